/** One stage: its values edited in place; an open one moves by its grip, by Alt and the arrow keys, and from its menu. */
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import GripVertical from 'lucide-solid/icons/grip-vertical';
import { createEffect, createMemo, createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { editStage } from '../../../shared/commands/pipeline-commands.ts';
import { STAGE_HUES, type Stage, stage as stageEntity } from '../../../shared/entities/stage.ts';
import { statusOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { StageSign } from '../../fields/field-value.tsx';
import { formatCount, formatNumber } from '../../fields/format.ts';
import { attempt } from '../../fields/record-edit.ts';
import { InlineField } from '../../ui/inline-field.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { StageGlyph, type StageHue } from '../../ui/stage-glyph.tsx';
import { makeOrderedRow } from './ordered-row.ts';
import styles from './settings.module.css';
import { dropPosition, quietText, readProbability, readQuietDays } from './stage-values.ts';

type StageChanges = Parameters<typeof editStage>[1]['changes'];

/** Green and charcoal say won and lost. */
const OPEN_HUES = (Object.keys(STAGE_HUES) as StageHue[]).filter((hue) => hue !== 'won' && hue !== 'lost');

export function StageRow(props: {
  readonly stage: Stage;
  /** The open stages and where this one is among them; left out for won and lost. */
  readonly order?: { readonly ids: readonly string[]; readonly index: number };
  readonly deals: number;
  readonly onMove?: (id: string, position: number) => void;
  readonly onDelete?: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [lifted, setLifted] = createSignal(false);
  const [over, setOver] = createSignal<'above' | 'below' | null>(null);
  const canEdit = () => workspace.may('settings');
  const canMove = createMemo(() => canEdit() && props.order !== undefined);
  const isOpen = () => statusOf(props.stage) === 'open';
  let row!: HTMLTableRowElement;
  let grip: HTMLElement | undefined;

  function edit(changes: StageChanges, label: string): string | undefined {
    const { id } = props.stage;
    return attempt(() => workspace.run(label, (tx) => editStage(tx, { id, changes })));
  }
  function rename(typed: string): string | undefined {
    const read = stageEntity.fields.name.parse(typed);
    return read.ok ? edit({ name: read.value }, `${props.stage.name} renamed`) : read.issue.message;
  }
  function setProbability(typed: string): string | undefined {
    const read = readProbability(typed);
    return read.ok ? edit({ probability: read.value }, `Probability of ${props.stage.name} changed`) : read.issue;
  }
  function setQuiet(typed: string): string | undefined {
    const read = readQuietDays(typed);
    return read.ok ? edit({ quietAfterDays: read.value }, `Quiet limit of ${props.stage.name} changed`) : read.issue;
  }
  const ordering = makeOrderedRow({
    element: () => row,
    index: () => props.order?.index ?? 0,
    count: () => props.order?.ids.length ?? 0,
    canMove,
    onMove: (position) => props.onMove?.(props.stage.id, position),
    onDelete: () => props.onDelete?.(),
  });

  createEffect(() => {
    if (!canMove() || !grip) return;
    const edgeOf = (clientY: number) => {
      const box = row.getBoundingClientRect();
      return clientY < box.top + box.height / 2 ? ('above' as const) : ('below' as const);
    };
    const positionOf = (moved: unknown, clientY: number) =>
      dropPosition(props.order?.ids ?? [], String(moved), props.stage.id, edgeOf(clientY));
    onCleanup(
      combine(
        draggable({
          element: row,
          dragHandle: grip,
          getInitialData: () => ({ stage: props.stage.id }),
          onDragStart: () => setLifted(true),
          onDrop: () => setLifted(false),
        }),
        dropTargetForElements({
          element: row,
          canDrop: ({ source }) => typeof source.data.stage === 'string',
          onDrag: ({ source, location }) => {
            const { clientY } = location.current.input;
            setOver(positionOf(source.data.stage, clientY) === null ? null : edgeOf(clientY));
          },
          onDragLeave: () => setOver(null),
          onDrop: ({ source, location }) => {
            setOver(null);
            const position = positionOf(source.data.stage, location.current.input.clientY);
            if (position !== null) props.onMove?.(String(source.data.stage), position);
          },
        }),
      ),
    );
  });

  return (
    <tr
      ref={row}
      data-stage={props.stage.id}
      class={styles.stage}
      classList={{
        [styles.lifted ?? '']: lifted(),
        [styles.above ?? '']: over() === 'above',
        [styles.below ?? '']: over() === 'below',
      }}
      onKeyDown={ordering.onKeyDown}
    >
      <td>
        <Show when={canMove()}>
          <span
            ref={(element) => {
              grip = element;
            }}
            class={`iconbtn iconbtn--xs grip ${styles.grip}`}
            aria-hidden="true"
            title="Drag to move"
          >
            <GripVertical class="lucide--sm" />
          </span>
        </Show>
      </td>
      <td>
        <span class="row row--6">
          <Show
            when={canEdit() && isOpen()}
            fallback={
              <span class="stages__g">
                <StageSign stageId={props.stage.id} />
              </span>
            }
          >
            <HueMenu stage={props.stage} onChange={(hue) => edit({ hue }, `Colour of ${props.stage.name} changed`)} />
          </Show>
          <span class={styles.cell} data-stage-name>
            <InlineField
              label="Stage"
              class="fw-5"
              value={props.stage.name}
              text={props.stage.name}
              onCommit={rename}
              readOnly={!canEdit()}
              hideHints
            />
          </span>
        </span>
      </td>
      <td>
        <Show
          when={isOpen()}
          fallback={
            <span class={`stin ${styles.fixed}`}>
              {props.stage.type === 'won' ? 100 : 0}
              <span class="fg-3">%</span>
            </span>
          }
        >
          <span class={styles.cell}>
            <InlineField
              label={`Probability of ${props.stage.name}`}
              value={String(props.stage.probability ?? 0)}
              text={`${formatNumber(props.stage.probability ?? 0)} %`}
              view={
                <span class="tnum">
                  {formatNumber(props.stage.probability ?? 0)}
                  <span class="fg-3">{'\u2009'}%</span>
                </span>
              }
              onCommit={setProbability}
              readOnly={!canEdit()}
              hideHints
            />
          </span>
        </Show>
      </td>
      <td>
        <Show when={props.stage.type !== 'lost'}>
          <span class={styles.of} aria-hidden="true">
            Quiet after
          </span>
        </Show>
        <Show
          when={isOpen()}
          fallback={
            <span class={`stin fg-3 ${styles.fixed}`}>
              {props.stage.type === 'won' ? 'Never' : 'Asks for a reason'}
            </span>
          }
        >
          <span class={styles.cell}>
            <InlineField
              label={`${props.stage.name} is quiet after`}
              value={quietText(props.stage.quietAfterDays)}
              text={quietText(props.stage.quietAfterDays)}
              onCommit={setQuiet}
              readOnly={!canEdit()}
              hideHints
            />
          </span>
        </Show>
      </td>
      <td class="num fg-3">{formatCount(props.deals)}</td>
      <td>
        <Show when={canMove()}>
          <MoreMenu size="xs" label={`More about ${props.stage.name}`} items={ordering.menu()} />
        </Show>
      </td>
    </tr>
  );
}

function HueMenu(props: { readonly stage: Stage; readonly onChange: (hue: StageHue) => void }): JSX.Element {
  const items = (): readonly MenuItem[] => [
    {
      kind: 'radio',
      label: 'Colour',
      value: props.stage.hue ?? 'slate',
      options: OPEN_HUES.map((hue) => ({
        value: hue,
        label: STAGE_HUES[hue],
        lead: () => <StageGlyph type="open" position={1} count={2} hue={hue} />,
      })),
      onChange: (hue) => props.onChange(hue as StageHue),
    },
  ];
  return (
    <Menu
      items={items()}
      trigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          class="iconbtn iconbtn--xs"
          aria-label={`Colour of ${props.stage.name}`}
          title="Colour"
        >
          <StageSign stageId={props.stage.id} />
        </button>
      )}
    />
  );
}
