/** The next steps in front of the feed, where the panel with all of them is not beside it. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { createToday } from '../../fields/create-today.ts';
import { toggleDone } from '../../fields/tasks/task-actions.ts';
import { type TaskDraft, TaskForm } from '../../fields/tasks/task-form.tsx';
import { TaskLine } from '../../fields/tasks/task-line.tsx';
import { Refusal } from '../../ui/refusal.tsx';

const MOST_SHOWN = 2;

export function NextUp(props: { readonly record: AnyRecord }): JSX.Element {
  const workspace = useWorkspace();
  const today = createToday();
  const [draft, setDraft] = createSignal<TaskDraft>();
  const [refused, setRefused] = createSignal<string>();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const open = createMemo(() =>
    workspace.about
      .tasks(props.record.id)
      .filter((id) => workspace.collection('task').byId(id)?.doneAt === null)
      .slice(0, MOST_SHOWN),
  );
  return (
    <Show when={open().length > 0}>
      <section class="tl__next" aria-labelledby="timeline-next">
        <h3 class="tl__day" id="timeline-next">
          Next
        </h3>
        <ul class="nextup">
          <For each={open()}>
            {(id) => (
              <Show when={workspace.collection('task').byId(id)}>
                {(task) => (
                  <TaskLine
                    task={task()}
                    here={{ today: today(), zone }}
                    canWrite={workspace.canWrite()}
                    onToggle={() => setRefused(toggleDone(workspace, task()))}
                    onEdit={() => setDraft({ edit: task() })}
                  />
                )}
              </Show>
            )}
          </For>
        </ul>
        <Refusal text={refused()} />
        <Show when={draft()} keyed>
          {(edited) => <TaskForm draft={edited} onClose={() => setDraft(undefined)} />}
        </Show>
      </section>
    </Show>
  );
}
