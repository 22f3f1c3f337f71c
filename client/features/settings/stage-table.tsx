/** The stages of a pipeline: open ones can be moved, won and lost always come last. */
import { Key } from '@solid-primitives/keyed';
import { createMemo, createSignal, type JSX, Show } from 'solid-js';
import { deleteStage, moveStage } from '../../../shared/commands/pipeline-commands.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { statusOf } from '../../../shared/query/pipeline-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { announce } from '../../platform/announce.ts';
import { DeleteStageDialog } from './delete-stage-dialog.tsx';
import styles from './settings.module.css';
import { StageRow } from './stage-row.tsx';

export function StageTable(props: {
  readonly stages: readonly Stage[];
  readonly onRefused: (sentence: string | undefined) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const [leaving, setLeaving] = createSignal<Stage>();
  const deals = workspace.createQuery('deal', () => ({ groupBy: (deal) => deal.place[1] }));
  const countIn = (id: string) => deals.group(id).ids.length;
  const open = createMemo(() => props.stages.filter((each) => statusOf(each) === 'open'));
  const closed = createMemo(() => props.stages.filter((each) => statusOf(each) !== 'open'));

  function move(id: string, position: number): void {
    const name = open().find((each) => each.id === id)?.name ?? '';
    const count = open().length;
    if (position < 0 || position >= count) return;
    const refused = attempt(() => workspace.run(`${name} moved`, (tx) => moveStage(tx, { id, position })));
    props.onRefused(refused);
    if (refused === undefined) announce(`${name}, ${position + 1} of ${count}`);
  }
  function remove(stage: Stage, moveTo: string | null): void {
    setLeaving(undefined);
    props.onRefused(
      attempt(() => workspace.run(`${stage.name} deleted`, (tx) => deleteStage(tx, { id: stage.id, moveTo }))),
    );
  }
  /** A dialog only when there is something to ask; the command has the last word in any case. */
  function askToRemove(stage: Stage): void {
    if (countIn(stage.id) > 0 && open().length > 1) setLeaving(stage);
    else remove(stage, null);
  }

  return (
    <>
      <div class={`box ${styles.table}`}>
        <table class={`plain stages ${styles.stages}`}>
          <caption class="sr">Stages</caption>
          <thead>
            <tr>
              <th class={styles.order}>
                <span class="sr">Order</span>
              </th>
              <th scope="col">Stage</th>
              <th scope="col" class={styles.probability}>
                Probability
              </th>
              <th scope="col" class={styles.quiet}>
                Quiet after
              </th>
              <th scope="col" class={`num ${styles.deals}`}>
                Deals
              </th>
              <th class={styles.more}>
                <span class="sr">More</span>
              </th>
            </tr>
          </thead>
          <tbody>
            <Key each={open()} by="id">
              {(stage, index) => (
                <StageRow
                  stage={stage()}
                  order={{ ids: open().map((each) => each.id), index: index() }}
                  deals={countIn(stage().id)}
                  onMove={move}
                  onDelete={() => askToRemove(stage())}
                />
              )}
            </Key>
          </tbody>
          <tbody class="stages__end">
            <Key each={closed()} by="id">
              {(stage) => <StageRow stage={stage()} deals={countIn(stage().id)} />}
            </Key>
          </tbody>
        </table>
      </div>
      <Show when={leaving()} keyed>
        {(stage) => (
          <DeleteStageDialog
            stage={stage}
            deals={countIn(stage.id)}
            targets={open().filter((each) => each.id !== stage.id)}
            onDelete={(moveTo) => remove(stage, moveTo)}
            onClose={() => setLeaving(undefined)}
          />
        )}
      </Show>
    </>
  );
}
