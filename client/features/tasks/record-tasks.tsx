/** What is next with a contact, company or deal: its open tasks with the one due first, a way to add one, and plans to start. */
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import CircleDashed from 'lucide-solid/icons/circle-dashed';
import ListChecks from 'lucide-solid/icons/list-checks';
import Plus from 'lucide-solid/icons/plus';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { planNextStep } from '../../../shared/commands/task-commands.ts';
import { type Day, daysBetween } from '../../../shared/model/day.ts';
import { taskOrder } from '../../../shared/query/task-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { createToday } from '../../fields/create-today.ts';
import { formatDay, formatPlural } from '../../fields/format.ts';
import { attempt } from '../../fields/record-edit.ts';
import { RecordSection } from '../../fields/record-panels.tsx';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { toggleDone } from '../../fields/tasks/task-actions.ts';
import { type TaskDraft, TaskForm } from '../../fields/tasks/task-form.tsx';
import { TaskLine } from '../../fields/tasks/task-line.tsx';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu } from '../../ui/menu.tsx';
import { Refusal } from '../../ui/refusal.tsx';
import { PlanStartDialog, type PlanToStart } from './plan-start.tsx';
import { RecordAppointments } from './record-appointments.tsx';

const FIRST_SHOWN = 5;

export function RecordTasks(props: RecordPartProps): JSX.Element {
  const workspace = useWorkspace();
  const today = createToday();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const [draft, setDraft] = createSignal<TaskDraft>();
  const [plan, setPlan] = createSignal<PlanToStart>();
  const [refused, setRefused] = createSignal<string>();
  const [all, setAll] = createSignal(false);
  const query = workspace.createQuery('task', () => {
    const { id } = props.record;
    const { survivorOf } = workspace.merges();
    return {
      where: (task) => task.doneAt === null && task.about.some((each) => survivorOf(each) === id),
      sortBy: (task) => taskOrder(task, zone),
    };
  });
  const shown = createMemo(() => (all() ? query.ids() : query.ids().slice(0, FIRST_SHOWN)));
  const add = () => setDraft({ about: [props.record.id] });
  createHotkeys(() => (workspace.canWrite() ? { T: add } : {}));
  /** A next step that is only written on the deal: from an import, or from before there were tasks. */
  const loose = () => {
    const { nextStep, nextStepOn } = props.record as {
      readonly nextStep?: string;
      readonly nextStepOn?: string | null;
    };
    return nextStep || nextStepOn ? { nextStep: nextStep ?? '', nextStepOn: nextStepOn ?? null } : undefined;
  };
  function makeTask(): void {
    const { id } = props.record;
    setRefused(attempt(() => workspace.run('Next step planned', (tx) => planNextStep(tx, id))));
  }
  const plans = () =>
    workspace
      .collection('plan')
      .all()
      .map(({ id, name }) => ({ label: name, onSelect: () => setPlan({ planId: id, name }) }));

  return (
    <>
      <RecordSection
        title="Next steps"
        count={query.ids().length || undefined}
        aside={
          <Show when={workspace.canWrite()}>
            <span class="row row--4">
              <Show when={plans().length > 0}>
                <Menu
                  items={plans()}
                  placement="bottom-end"
                  trigger={(trigger) => <IconButton {...trigger} size="sm" icon={ListChecks} label="Start a plan" />}
                />
              </Show>
              <IconButton size="sm" icon={Plus} label="Add a task" keys="T" onClick={add} />
            </span>
          </Show>
        }
      >
        <Show when={loose()}>
          {(step) => (
            <div class="taskline">
              <CircleDashed class="lucide--sm fg-3" />
              <span class="truncate grow" title={step().nextStep}>
                {step().nextStep || 'Next step'}
              </span>
              <Show when={step().nextStepOn}>{(day) => <LooseDay day={day()} today={today()} />}</Show>
              <Show when={workspace.canWrite()}>
                <Button size="sm" variant="quiet" onClick={makeTask}>
                  Make it a task
                </Button>
              </Show>
            </div>
          )}
        </Show>
        <Show
          when={query.ids().length > 0}
          fallback={
            <Show when={!loose()}>
              <p class="fg-3">No next step yet.</p>
            </Show>
          }
        >
          <ul class="tasklines">
            <For each={shown()}>
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
        </Show>
        <Show when={query.ids().length > shown().length}>
          <Button size="sm" variant="quiet" icon={CircleCheck} onClick={() => setAll(true)}>
            Show all {query.ids().length}
          </Button>
        </Show>
        <Refusal text={refused()} />
        <Show when={draft()} keyed>
          {(open) => <TaskForm draft={open} onClose={() => setDraft(undefined)} />}
        </Show>
        <Show when={plan()} keyed>
          {(chosen) => <PlanStartDialog plan={chosen} about={props.record.id} onClose={() => setPlan(undefined)} />}
        </Show>
      </RecordSection>
      <RecordAppointments record={props.record} />
    </>
  );
}

/** Of a next step that is no task: late and due today look as they do on tasks. */
function LooseDay(props: { readonly day: Day; readonly today: Day }): JSX.Element {
  const late = () => daysBetween(props.day, props.today);
  return (
    <span class="meta due" classList={{ 'due--late': late() > 0, 'due--today': late() === 0 }}>
      {late() > 0 ? `${formatPlural(late(), 'day', 'days')} late` : formatDay(props.day, props.today)}
    </span>
  );
}
