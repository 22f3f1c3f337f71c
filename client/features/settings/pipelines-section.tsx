/** The ways of selling and their stages. */
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down';
import Info from 'lucide-solid/icons/info';
import Plus from 'lucide-solid/icons/plus';
import Trash from 'lucide-solid/icons/trash';
import { createMemo, createSignal, type JSX, onMount, Show } from 'solid-js';
import { addPipeline, addStage, deletePipeline, renamePipeline } from '../../../shared/commands/pipeline-commands.ts';
import { type Pipeline, pipeline as pipelineEntity } from '../../../shared/entities/pipeline.ts';
import { sortedPipelines, stagesOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatPlural } from '../../fields/format.ts';
import { attempt } from '../../fields/record-edit.ts';
import { makeNote, STAGES_SEEN } from '../../platform/device-note.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { InlineField } from '../../ui/inline-field.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { focusMade } from './focus-made.ts';
import { SettingGroup } from './setting-parts.tsx';
import styles from './settings.module.css';
import { StageTable } from './stage-table.tsx';
import { freeName } from './stage-values.ts';

export function PipelinesSection(): JSX.Element {
  const workspace = useWorkspace();
  const [chosen, setChosen] = createSignal('');
  const [refused, setRefused] = createSignal<string>();
  const pipelines = createMemo(() => sortedPipelines(workspace.collection('pipeline').all()));
  const current = createMemo(() => pipelines().find((each) => each.id === chosen()) ?? pipelines()[0]);
  onMount(() => makeNote(STAGES_SEEN));

  function add(): void {
    const names = pipelines().map((each) => each.name);
    setRefused(
      attempt(() => {
        const name = freeName('New pipeline', names);
        setChosen(workspace.run(`${name} added`, (tx) => addPipeline(tx, { name })));
      }),
    );
    focusMade('[data-pipeline-name] button');
  }

  return (
    <Show
      when={current()}
      fallback={
        <>
          <p class="set">There is no pipeline.</p>
          <Show when={workspace.may('settings')}>
            <Button icon={Plus} onClick={add}>
              Add a pipeline
            </Button>
          </Show>
        </>
      }
    >
      {(pipeline) => (
        <PipelineSettings
          pipeline={pipeline()}
          pipelines={pipelines()}
          onChoose={setChosen}
          onAdd={add}
          refused={refused()}
          onRefused={setRefused}
        />
      )}
    </Show>
  );
}

function PipelineSettings(props: {
  readonly pipeline: Pipeline;
  readonly pipelines: readonly Pipeline[];
  readonly refused: string | undefined;
  readonly onRefused: (sentence: string | undefined) => void;
  readonly onChoose: (id: string) => void;
  readonly onAdd: () => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [isDeleting, setDeleting] = createSignal(false);
  const stages = createMemo(() => stagesOf(workspace.collection('stage').all(), props.pipeline.id));

  function rename(typed: string): string | undefined {
    const read = pipelineEntity.fields.name.parse(typed);
    if (!read.ok) return read.issue.message;
    const { id } = props.pipeline;
    return attempt(() => workspace.run('Pipeline renamed', (tx) => renamePipeline(tx, { id, name: read.value })));
  }
  function newStage(): void {
    const name = freeName(
      'New stage',
      stages().map((each) => each.name),
    );
    const pipelineId = props.pipeline.id;
    let id = '';
    props.onRefused(
      attempt(() => {
        id = workspace.run(`${name} added`, (tx) => addStage(tx, { pipelineId, name }));
      }),
    );
    if (id !== '') focusMade(`[data-stage="${id}"] [data-stage-name] button`);
  }
  function remove(): void {
    const { id, name } = props.pipeline;
    setDeleting(false);
    props.onRefused(attempt(() => workspace.run(`${name} deleted`, (tx) => deletePipeline(tx, { id }))));
  }
  /** What can be said without asking: the command knows whether it may happen. */
  function askToDelete(): void {
    const { id } = props.pipeline;
    let deals = 0;
    for (const deal of workspace.collection('deal').each()) if (deal.place[0] === id) deals++;
    if (props.pipelines.length > 1 && deals === 0) setDeleting(true);
    else remove();
  }
  const menu = (): readonly MenuItem[] => [
    {
      kind: 'radio',
      label: 'Pipelines',
      value: props.pipeline.id,
      options: props.pipelines.map((each) => ({ value: each.id, label: each.name })),
      onChange: (id) => {
        props.onRefused(undefined);
        props.onChoose(id);
      },
    },
    ...(workspace.may('settings')
      ? ([
          { kind: 'separator' },
          { label: 'Add a pipeline', icon: Plus, onSelect: () => props.onAdd() },
          { label: `Delete ${props.pipeline.name}`, icon: Trash, danger: true, onSelect: askToDelete },
        ] as const)
      : []),
  ];

  return (
    <SettingGroup
      title={
        <span class={styles.pipeline} data-pipeline-name>
          <InlineField
            label="Pipeline name"
            value={props.pipeline.name}
            text={props.pipeline.name}
            onCommit={rename}
            readOnly={!workspace.may('settings')}
            hideHints
          />
        </span>
      }
      text="Stages, how likely deals are to close, and when a card counts as quiet."
      actions={
        <>
          <Menu
            placement="bottom-end"
            items={menu()}
            trigger={(trigger) => (
              <Button {...trigger} size="sm" icon={ChevronsUpDown}>
                {formatPlural(props.pipelines.length, 'pipeline', 'pipelines')}
              </Button>
            )}
          />
          <Show when={workspace.may('settings')}>
            <Button size="sm" icon={Plus} aria-label="Add a stage" onClick={newStage}>
              Stage
            </Button>
          </Show>
        </>
      }
    >
      <StageTable stages={stages()} onRefused={(sentence) => props.onRefused(sentence)} />
      <Refusal text={props.refused} />
      <Show when={workspace.may('settings')}>
        <p class="set__note">
          <Info class="lucide--sm" />
          Deleting a stage asks where its deals should go. Nothing is removed with it.
        </p>
      </Show>
      <Dialog
        open={isDeleting()}
        onOpenChange={setDeleting}
        title={`Delete ${props.pipeline.name}`}
        description="It has no deals. Its stages go with it, and undo brings everything back."
        actions={
          <>
            <Button variant="quiet" onClick={() => setDeleting(false)}>
              Cancel
            </Button>
            <Button variant="danger" onClick={remove}>
              Delete pipeline
            </Button>
          </>
        }
      />
    </SettingGroup>
  );
}
