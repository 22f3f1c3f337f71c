import { expect, test } from 'vitest';
import type { Appointment } from '../entities/appointment.ts';
import type { Task } from '../entities/task.ts';
import { whenInstant } from '../model/when.ts';
import { appointmentMoments, dateMoments, isQuiet, newestOfEach, reminderIssue, taskMoments } from './reminders.ts';

const OSLO = 'Europe/Oslo';
const at = (wall: string) => whenInstant(`${wall}[${OSLO}]`, OSLO);
const week = [at('2026-11-22T00:00'), at('2026-11-29T00:00')] as const;

const aTask = (values: Partial<Task>): Task =>
  ({ id: 'task_1', due: null, doneAt: null, reminders: [], snoozedUntil: null, ...values }) as Task;
const anAppointment = (values: Partial<Appointment>): Appointment =>
  ({
    id: 'appointment_1',
    title: 'Visit',
    end: null,
    repeats: '',
    skipped: [],
    cancelled: false,
    ...values,
  }) as Appointment;
const times = (moments: readonly { readonly at: number }[]) => moments.map((moment) => moment.at);

test('a task is told at each of its reminders; a day counts from nine', () => {
  const timed = aTask({ due: '2026-11-24T15:00[Europe/Oslo]', reminders: ['m0', 'h1', 'w1'] });
  expect(times(taskMoments(timed, week, OSLO))).toEqual([at('2026-11-24T15:00'), at('2026-11-24T14:00')]);
  expect(times(taskMoments(aTask({ due: '2026-11-24', reminders: ['m0'] }), week, OSLO))).toEqual([
    at('2026-11-24T09:00'),
  ]);
  expect(taskMoments(aTask({ due: '2026-11-24', reminders: ['m0'], doneAt: 1 }), week, OSLO)).toEqual([]);
});

test.each([
  [{ due: null, reminders: ['m0'] }, 'A reminder needs a due day to count from.'],
  [{ due: null, reminders: [] }, undefined],
  [{ due: '2026-11-24T15:00[Europe/Oslo]', reminders: ['m0', 'h1'] }, undefined],
  [{ due: '2026-11-24T15:00[Europe/Oslo]', reminders: ['m0', 'h2'] }, '1 of these has passed and will not come.'],
  [{ due: '2026-11-24T13:00[Europe/Oslo]', reminders: ['m0'] }, 'That time has passed: it will not come.'],
  // Nine o'clock of the day is over.
  [{ due: '2026-11-24', reminders: ['m0', 'd1'] }, 'Those times have passed: they will not come.'],
] as const)('reminders that will not come are told while they are chosen: %o', (task, words) => {
  expect(reminderIssue(aTask(task as Partial<Task>), at('2026-11-24T13:30'), OSLO)).toBe(words);
});

test('a day before is the same time on the wall, also when the clocks change in between', () => {
  const span = [at('2026-10-20T00:00'), at('2026-10-27T00:00')] as const;
  const task = aTask({ due: '2026-10-25T15:00[Europe/Oslo]', reminders: ['h2', 'd1'] });
  expect(times(taskMoments(task, span, OSLO))).toEqual([at('2026-10-25T13:00'), at('2026-10-24T15:00')]);
});

test('what was put off is quiet until then, and speaks once', () => {
  const until = at('2026-11-24T14:30');
  const task = aTask({ due: '2026-11-24T15:00[Europe/Oslo]', reminders: ['m0', 'h1'], snoozedUntil: until });
  expect(times(taskMoments(task, week, OSLO))).toEqual([at('2026-11-24T15:00'), until]);
});

test('each occurrence of an appointment is told, but for those left out, at the same time on the wall', () => {
  const daily = anAppointment({
    start: '2026-10-24T09:00[Europe/Oslo]',
    repeats: 'FREQ=DAILY',
    reminders: ['m15'],
    skipped: ['2026-10-26'],
  });
  const span = [at('2026-10-24T00:00'), at('2026-10-28T00:00')] as const;
  expect(times(appointmentMoments(daily, span, OSLO))).toEqual([
    at('2026-10-24T08:45'),
    at('2026-10-25T08:45'),
    at('2026-10-27T08:45'),
  ]);
  expect(appointmentMoments({ ...daily, cancelled: true }, span, OSLO)).toEqual([]);
});

test('a week before is found a week before', () => {
  const fair = anAppointment({ start: '2026-12-01T10:00[Europe/Oslo]', reminders: ['w1'] });
  expect(times(appointmentMoments(fair, week, OSLO))).toEqual([at('2026-11-24T10:00')]);
});

test('birthdays and dates come every year in the morning, once when both are on one day', () => {
  const contact = { id: 'contact_1', birthday: '--11-24', dates: [{ label: 'Founding', on: '1999-11-24' }] } as never;
  expect(times(dateMoments(contact, week, OSLO))).toEqual([at('2026-11-24T09:00')]);
});

test('of what was slept through the newest of each record is told', () => {
  const moments = [
    { record: 'task_1', kind: 'reminder', at: 1 },
    { record: 'task_1', kind: 'reminder', at: 3 },
    { record: 'task_2', kind: 'reminder', at: 2 },
  ] as const;
  expect(newestOfEach(moments).map((each) => [each.record, each.at])).toEqual([
    ['task_2', 2],
    ['task_1', 3],
  ]);
});

test('quiet hours go over midnight, and weekends are quiet when somebody wants', () => {
  const quiet = { quietFrom: '22:00', quietUntil: '07:00', quietWeekends: false };
  const hours = (wall: string) => isQuiet(quiet, at(wall), OSLO);
  expect(['2026-11-24T21:59', '2026-11-24T22:00', '2026-11-25T06:59', '2026-11-25T07:00'].map(hours)).toEqual([
    false,
    true,
    true,
    false,
  ]);
  expect(isQuiet({ ...quiet, quietWeekends: true }, at('2026-11-22T12:00'), OSLO)).toBe(true);
  expect(isQuiet({ quietFrom: '', quietUntil: '', quietWeekends: false }, at('2026-11-24T23:00'), OSLO)).toBe(false);
});
