/** One deal on the board: who it is with, what it is, how much, by when and what comes next. */
import { draggable } from '@atlaskit/pragmatic-drag-and-drop/adapter/element-adapter';
import { disableNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/disable-native-drag-preview';
import { createMemo, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { type Deal, deal as dealEntity } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { FieldEditor } from '../../fields/field-editor.tsx';
import { formatMoney } from '../../fields/format.ts';
import styles from './board.module.css';
import { useBoard } from './board-context.tsx';
import { CardActions } from './card-actions.tsx';
import { CardFace } from './deal-card-face.tsx';
import { type CardFacts, cardFacts } from './deal-card-model.ts';
import { followTouch } from './touch-carry.ts';

/** A card with everything that can be done to it. */
export function DealCard(props: {
  readonly deal: Deal;
  readonly column: string;
  readonly stage: Stage | undefined;
  /** Whether Tab reaches it. */
  readonly isActive: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  const board = useBoard();
  const facts = createMemo(() => cardFacts(props.deal, props.stage, board.today()));
  const id = () => props.deal.id;
  const isSelected = () => board.selected().has(id());
  const isCarried = () => board.carry.carried()?.ids.includes(id()) ?? false;
  let article!: HTMLElement;

  onMount(() => {
    const element = article;
    onCleanup(
      draggable({
        element,
        canDrag: ({ input }) => workspace.canWrite() && !board.isEditing(id()) && input.button === 0,
        getInitialData: () => ({ card: id(), column: props.column }),
        onGenerateDragPreview: ({ nativeSetDragImage }) => disableNativeDragPreview({ nativeSetDragImage }),
      }),
    );
    // Asked when a finger comes down, never to follow it.
    // oxlint-disable-next-line solid/reactivity
    onCleanup(followTouch(element, board, () => ({ id: id(), column: props.column })));
  });

  return (
    <article
      ref={article}
      class="card"
      classList={{
        [`card--${facts().quiet}`]: facts().quiet !== 'no',
        'is-selected': isSelected(),
        'is-hover': board.isHot(id()),
        [styles.carried ?? '']: isCarried(),
      }}
      data-card={id()}
      tabIndex={props.isActive ? 0 : -1}
      aria-roledescription="deal card"
      aria-label={spokenCard(props.deal, facts(), isSelected())}
      onPointerEnter={(event) => event.pointerType === 'mouse' && board.setHot(id())}
      onPointerLeave={() => !board.isMenuOpen(id()) && board.setHot(null)}
      onFocusIn={() => board.setActive(props.column, id())}
    >
      <CardFace
        deal={props.deal}
        facts={facts()}
        editor={
          <Show when={board.isEditing(id()) && board.editing()}>
            {(editing) => <CardFieldEditor deal={props.deal} field={editing().what} column={props.column} />}
          </Show>
        }
      />
      <CardActions deal={props.deal} stage={props.stage} />
    </article>
  );
}

function spokenCard(deal: Deal, facts: CardFacts, selected: boolean): string {
  const amount = deal.amount ? formatMoney(deal.amount) : 'no value';
  const next = facts.next && [facts.next.text, facts.next.when].filter(Boolean).join(', ');
  return [deal.title || 'Untitled deal', amount, facts.date?.text, next, selected ? 'selected' : '']
    .filter(Boolean)
    .join(', ');
}

const EDIT_LABELS = { amount: 'Value', owner: 'Owner', closesOn: 'Close date', place: 'Stage' } as const;

function CardFieldEditor(props: {
  readonly deal: Deal;
  readonly field: keyof typeof EDIT_LABELS;
  readonly column: string;
}): JSX.Element {
  const board = useBoard();
  function commit(value: unknown): string | undefined {
    if (props.field !== 'place') {
      return board.actions.edit([props.deal.id], { [props.field]: value }, EDIT_LABELS[props.field]);
    }
    const [, stageId = ''] = value as readonly string[];
    if (stageId !== props.deal.place[1]) board.actions.moveToStage([props.deal.id], stageId);
    return undefined;
  }
  return (
    <FieldEditor
      field={dealEntity.fields[props.field]}
      value={props.deal[props.field]}
      label={`${EDIT_LABELS[props.field]} of ${props.deal.title}`}
      onCommit={commit}
      onLeave={() => {
        const { id, place } = props.deal;
        board.stopEditing();
        board.focusCard(place[1] === '' ? props.column : place[1], id);
      }}
    />
  );
}
