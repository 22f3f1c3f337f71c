/** Something somebody is to do, by when, and about whom. */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { alsoNamed, hidden, required } from '../model/field.ts';
import { choice, day, instant, longText, person, ref, text, when } from '../model/scalar-fields.ts';
import { links, multiChoice, tags } from '../model/set-fields.ts';
import { SUBJECTS } from './activity.ts';

export const TASK_TYPES = { todo: 'To-do', call: 'Call', email: 'Email', meeting: 'Meeting' } as const;

export type TaskType = keyof typeof TASK_TYPES;

export const PRIORITIES = { high: 'High', normal: 'Normal', low: 'Low' } as const;

/** How long before; `REMINDER_MINUTES` counts them. */
export const REMINDERS = {
  m0: 'At the time',
  m5: '5 minutes before',
  m15: '15 minutes before',
  m30: '30 minutes before',
  h1: '1 hour before',
  h2: '2 hours before',
  d1: '1 day before',
  d2: '2 days before',
  w1: '1 week before',
} as const;

export const REMINDER_MINUTES: Readonly<Record<keyof typeof REMINDERS, number>> = {
  m0: 0,
  m5: 5,
  m15: 15,
  m30: 30,
  h1: 60,
  h2: 120,
  d1: 1_440,
  d2: 2_880,
  w1: 10_080,
};

export const task = defineEntity('task', {
  label: 'Task',
  plural: 'Tasks',
  room: 'work',
  fields: {
    title: alsoNamed(required(text('Title')), 'task name', 'subject', 'task', 'aufgabe', 'betreff'),
    type: alsoNamed(choice('Type', TASK_TYPES), 'task type', 'activity type'),
    due: alsoNamed(when('Due'), 'due date', 'due on', 'deadline', 'fällig'),
    owner: alsoNamed(person('Owner'), 'assigned to', 'task owner', 'assignee', 'betreuer'),
    priority: alsoNamed(choice('Priority', PRIORITIES), 'task priority'),
    about: alsoNamed(links('About', ...SUBJECTS), 'related to', 'associated records'),
    note: alsoNamed(longText('Note'), 'description', 'notes', 'task notes'),
    reminders: multiChoice('Reminders', REMINDERS),
    /** An RRULE (RFC 5545) without a start: `FREQ=WEEKLY;INTERVAL=2`; '' for once. The next task is made when this one is done. */
    repeats: hidden(text('Repeats')),
    /** Of a repeated one that was put off: the day it had by its rule, which the next is counted from; null while `due` is that day. */
    repeatsFrom: hidden(day('Repeats from')),
    /** Reminders are quiet until then. */
    snoozedUntil: hidden(instant('Snoozed until')),
    /** When it was done; null while open. */
    doneAt: alsoNamed(instant('Done'), 'completed', 'completed at', 'completion date'),
    doneBy: person('Done by'),
    outcome: longText('Outcome'),
    /** The task whose completion made this one: a repetition, the next step of a chain, or of a plan. */
    after: hidden(ref('After', 'task')),
    /** The step of a plan that made it. */
    planStep: hidden(ref('Plan step', 'planStep')),
    tags: tags('Tags'),
  },
  title: (record) => record.title,
  searchable: ['note', 'tags'],
});

export type Task = RecordOf<typeof task>;
