/** What one can do with a task from any list: finish, take up again, put off, call, write. Each is one step of undo. */
import { completeTask, moveTasksTo, reopenTask, snoozeTask } from '../../../shared/commands/task-commands.ts';
import { primaryOf } from '../../../shared/entities/contact.ts';
import type { Task } from '../../../shared/entities/task.ts';
import { addDays, type Day } from '../../../shared/model/day.ts';
import { whenDay } from '../../../shared/model/when.ts';
import { type Subjects, subjectsOf } from '../../../shared/query/today-view.ts';
import type { Workspace } from '../../data/workspace.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { formatDay } from '../format.ts';
import { telHref } from '../property-list.tsx';
import { attempt } from '../record-edit.ts';
import { currentDay } from '../reference.ts';

/** The person, company and deal a task is about. Tracks them. */
export function taskSubjects(workspace: Workspace, about: readonly string[]): Subjects {
  return subjectsOf(about, {
    contact: (id) => workspace.collection('contact').byId(id),
    deal: (id) => workspace.collection('deal').byId(id),
  });
}

export function toggleDone(workspace: Workspace, task: Task): string | undefined {
  if (task.doneAt !== null) {
    return attempt(() => workspace.run(`${task.title} taken up again`, (tx) => reopenTask(tx, task.id)));
  }
  return attempt(() => workspace.run(`${task.title} done`, (tx) => completeTask(tx, { id: task.id })));
}

export function moveTo(workspace: Workspace, tasks: readonly Task[], day: Day): string | undefined {
  const [first] = tasks;
  if (!first) return undefined;
  const what = tasks.length === 1 ? first.title : `${tasks.length} tasks`;
  const ids = tasks.map((task) => task.id);
  return attempt(() =>
    workspace.run(`${what} moved to ${formatDay(day, currentDay())}`, (tx) => moveTasksTo(tx, { ids, day })),
  );
}

const HOUR = 3_600_000;
/** Putting off, in the words of a person: so many days from today. */
const POSTPONE = [
  { label: 'Tomorrow', days: 1 },
  { label: 'In 3 days', days: 3 },
  { label: 'In a week', days: 7 },
  { label: 'In a month', days: 30 },
] as const;

/** The rows of a task's "snooze" menu. `onOther` is for who means another day or hour: the form. */
export function snoozeItems(
  workspace: Workspace,
  task: Task,
  { onRefused, onOther }: { readonly onRefused: (sentence: string | undefined) => void; readonly onOther: () => void },
): MenuItem[] {
  const quiet: MenuItem = {
    label: 'Reminders in 3 hours',
    onSelect: () =>
      onRefused(
        attempt(() =>
          workspace.run(`Reminders of ${task.title} put off`, (tx) =>
            snoozeTask(tx, { id: task.id, until: tx.now + 3 * HOUR }),
          ),
        ),
      ),
  };
  const today = currentDay();
  const days = POSTPONE.map(({ label, days: count }) => ({ label, day: addDays(today, count) }))
    .filter(({ day }) => task.due === null || whenDay(task.due) !== day)
    .map(({ label, day }): MenuItem => {
      const meta = formatDay(day, today);
      return { label, ...(meta === label ? {} : { meta }), onSelect: () => onRefused(moveTo(workspace, [task], day)) };
    });
  const other: MenuItem = { label: 'Another day or time', onSelect: onOther };
  return task.reminders.length > 0 ? [...days, other, { kind: 'separator' }, quiet] : [...days, other];
}

/** A task, or a line about a record itself, whose title is ''. */
export type Reason = Pick<Task, 'about' | 'title'>;

/** Where the person of a line can be written to; undefined when no address is known. */
export function mailHref(workspace: Workspace, { about, title }: Reason): string | undefined {
  const { contact } = taskSubjects(workspace, about);
  const address = primaryOf(workspace.collection('contact').byId(contact)?.emails ?? [])?.value;
  return address && `mailto:${address}${title && `?subject=${encodeURIComponent(title)}`}`;
}

/** Where the person of a line can be called; undefined when no number is known. A fax is none. */
export function callHref(workspace: Workspace, { about }: Reason): string | undefined {
  const { contact } = taskSubjects(workspace, about);
  const phones = workspace.collection('contact').byId(contact)?.phones ?? [];
  const number = phones.find((each) => !/fax/i.test(each.label))?.value;
  return number && telHref(number);
}
