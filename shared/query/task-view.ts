/** Tasks as lists show them: which are late, which come when, in which order, and what comes next for a record. */
import type { Task } from '../entities/task.ts';
import { addDays, type Day, dayOfInstant, daysBetween } from '../model/day.ts';
import type { SortKey } from '../model/text-order.ts';
import { type When, whenDay, whenInstant, whenTime, whenZone } from '../model/when.ts';

/** Where the reader is: what day it is there, the moment, and the clocks they live by. */
export interface Here {
  readonly today: Day;
  /** Epoch ms. */
  readonly now: number;
  /** IANA zone. */
  readonly zone: string;
}

export const TASK_GROUPS = {
  late: 'Late',
  today: 'Today',
  week: 'Next 7 days',
  later: 'Later',
  none: 'No date',
  done: 'Done',
} as const;

export type TaskGroup = keyof typeof TASK_GROUPS;

/** The day a time falls on where the reader is: a call at 23:00 in New York is tomorrow's in Oslo. */
export function dayHere(when: When, zone: string): Day {
  const own = whenZone(when);
  return own === null || own === zone ? whenDay(when) : dayOfInstant(whenInstant(when, zone), zone);
}

type Dated = Pick<Task, 'due' | 'doneAt'>;

/** Late from the day after; a task with a time is not late on its day, only over its time. */
export function groupOf(task: Dated, { today, zone }: Pick<Here, 'today' | 'zone'>): TaskGroup {
  if (task.doneAt !== null) return 'done';
  if (task.due === null) return 'none';
  const day = dayHere(task.due, zone);
  if (day < today) return 'late';
  if (day === today) return 'today';
  return day <= addDays(today, 7) ? 'week' : 'later';
}

/** Whole days since the due day; 0 when it is not late. */
export function daysLate(task: Dated, { today, zone }: Pick<Here, 'today' | 'zone'>): number {
  if (task.due === null || task.doneAt !== null) return 0;
  return Math.max(0, daysBetween(dayHere(task.due, zone), today));
}

const PRIORITY_ORDER: Readonly<Record<string, number>> = { high: 0, normal: 1, low: 2 };

/** Order in a list: by day, then by time (whole days first), then by priority, then by name. */
export function taskOrder(task: Pick<Task, 'due' | 'priority' | 'title'>, zone: string): readonly SortKey[] {
  const { due, priority, title } = task;
  return [
    due === null ? null : dayHere(due, zone),
    due === null || whenTime(due) === null ? 0 : whenInstant(due, zone),
    PRIORITY_ORDER[priority ?? 'normal'] ?? 1,
    title,
  ];
}

/** The open task about a record that is due first, per record. One with a date comes before those without. */
export function nextSteps(tasks: Iterable<Task>): ReadonlyMap<string, Task> {
  const first = new Map<string, Task>();
  for (const task of tasks) {
    if (task.doneAt !== null || task.deleted) continue;
    for (const id of task.about) {
      const known = first.get(id);
      if (!known || isBefore(task, known)) first.set(id, task);
    }
  }
  return first;
}

function isBefore(left: Task, right: Task): boolean {
  if (left.due !== right.due) return right.due === null || (left.due !== null && left.due < right.due);
  return left.id < right.id;
}
