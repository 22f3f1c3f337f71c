import { expect, test } from 'vitest';
import type { Appointment } from '../entities/appointment.ts';
import {
  appointmentItems,
  type CalendarItem,
  closeItem,
  daysShown,
  placeBars,
  placeInDay,
  taskItem,
} from './calendar-view.ts';

const OSLO = 'Europe/Oslo';
const HOUR = 3_600_000;

const kept = (values: Partial<Appointment>): Appointment =>
  ({ id: 'appointment_1', title: 'Visit', start: null, end: null, repeats: '', skipped: [], ...values }) as Appointment;
const timed = (from: string, until: string, title = 'Visit', zone = OSLO) =>
  kept({ id: `appointment_${title}`, title, start: `${from}[${zone}]`, end: `${until}[${zone}]` });
const onDays = (records: readonly Appointment[], first: string, last = first, zone = OSLO): CalendarItem[] =>
  records.flatMap((record) => appointmentItems(record, [first, last], zone));

test('an appointment is on each day it touches, and until midnight is not into the next', () => {
  const night = timed('2026-11-24T22:00', '2026-11-25T02:00');
  expect(onDays([night], '2026-11-24')).toHaveLength(1);
  expect(onDays([night], '2026-11-25')).toHaveLength(1);
  expect(onDays([timed('2026-11-24T22:00', '2026-11-25T00:00')], '2026-11-25')).toHaveLength(0);
});

test('a time in another zone is on the reader’s day', () => {
  const call = timed('2026-11-24T20:00', '2026-11-24T21:00', 'Call', 'America/New_York');
  expect(onDays([call], '2026-11-25')).toMatchObject([{ firstDay: '2026-11-25' }]);
  expect(onDays([call], '2026-11-24')).toHaveLength(0);
});

test('a repetition stays at its time on the wall when the clocks change, and its length too', () => {
  const weekly = kept({
    start: '2026-10-20T09:00[Europe/Oslo]',
    end: '2026-10-20T10:00[Europe/Oslo]',
    repeats: 'FREQ=WEEKLY',
  });
  const items = onDays([weekly], '2026-10-20', '2026-10-31');
  expect(items.map((each) => each.start)).toEqual(['2026-10-20T09:00[Europe/Oslo]', '2026-10-27T09:00[Europe/Oslo]']);
  const [summer, winter] = items;
  expect((winter?.from ?? 0) - (summer?.from ?? 0)).toBe(7 * 24 * HOUR + HOUR);
  expect((winter?.until ?? 0) - (winter?.from ?? 0)).toBe(HOUR);
});

test('an appointment over the hour that comes twice lasts an hour longer, one in the hour that is skipped is after it', () => {
  const [autumn] = onDays([timed('2026-10-25T01:00', '2026-10-25T04:00')], '2026-10-25');
  expect((autumn?.until ?? 0) - (autumn?.from ?? 0)).toBe(4 * HOUR);
  const spring = onDays([timed('2026-03-29T02:15', '2026-03-29T02:45')], '2026-03-29');
  expect(placeInDay(spring, '2026-03-29', OSLO)).toMatchObject([{ top: 195, height: 30 }]);
});

test('a repetition in a zone ahead is found on the reader’s day before, and what was left out is not', () => {
  const daily = kept({
    start: '2026-11-23T08:00[Asia/Tokyo]',
    end: '2026-11-23T09:00[Asia/Tokyo]',
    repeats: 'FREQ=DAILY',
    skipped: ['2026-11-25'],
  });
  const items = onDays([daily], '2026-11-22', '2026-11-25');
  expect(items.map((each) => [each.occurrence, each.firstDay])).toEqual([
    ['2026-11-23', '2026-11-23'],
    ['2026-11-24', '2026-11-24'],
  ]);
});

test('what repeats over several days is found by its last day', () => {
  const retreat = kept({ start: '2026-11-27', end: '2026-11-29', repeats: 'FREQ=MONTHLY' });
  expect(onDays([retreat], '2026-12-29')).toMatchObject([{ firstDay: '2026-12-27', lastDay: '2026-12-29' }]);
});

test('a repetition without end costs a year what a year has', () => {
  const daily = kept({ start: '2000-01-01', end: '2000-01-01', repeats: 'FREQ=DAILY' });
  expect(onDays([daily], '2026-01-01', '2026-12-31')).toHaveLength(365);
});

test('whole days lie over the days shown, cut at both ends, each in the first free lane', () => {
  const days = daysShown('week', '2026-11-25', 1);
  const records = [
    kept({ id: 'appointment_a', start: '2026-11-20', end: '2026-11-24' }),
    kept({ id: 'appointment_b', start: '2026-11-24', end: '2026-12-10' }),
    kept({ id: 'appointment_c', start: '2026-11-25', end: '2026-11-25' }),
  ];
  const bars = placeBars(onDays(records, '2026-11-23', '2026-11-29'), days);
  expect(bars.map(({ item, column, span, lane }) => [item.id, column, span, lane])).toEqual([
    ['appointment_a', 0, 2, 0],
    ['appointment_b', 1, 6, 1],
    ['appointment_c', 2, 1, 0],
  ]);
});

test('what overlaps stands side by side, and what comes after has the width again', () => {
  const items = onDays(
    [
      timed('2026-11-24T09:00', '2026-11-24T11:00', 'a'),
      timed('2026-11-24T09:30', '2026-11-24T10:00', 'b'),
      timed('2026-11-24T10:00', '2026-11-24T10:30', 'c'),
      timed('2026-11-24T11:00', '2026-11-24T12:00', 'd'),
    ],
    '2026-11-24',
  );
  const placed = placeInDay(items, '2026-11-24', OSLO);
  expect(placed.map((each) => [each.item.title, each.column, each.columns, each.top])).toEqual([
    ['a', 0, 2, 540],
    ['b', 1, 2, 570],
    ['c', 1, 2, 600],
    ['d', 0, 1, 660],
  ]);
});

test('through the night it is drawn to midnight, and from midnight on the day after', () => {
  const night = onDays([timed('2026-11-24T22:00', '2026-11-25T02:00')], '2026-11-24', '2026-11-25');
  expect(placeInDay(night, '2026-11-24', OSLO)).toMatchObject([{ top: 1_320, height: 120 }]);
  expect(placeInDay(night, '2026-11-25', OSLO)).toMatchObject([{ top: 0, height: 120 }]);
});

test('an end before the start, as another device may send it, is shown at its start', () => {
  expect(onDays([timed('2026-11-24T10:00', '2026-11-24T09:00')], '2026-11-24')).toHaveLength(1);
  expect(onDays([kept({ start: '2026-11-24', end: '2026-11-20' })], '2026-11-24')).toHaveLength(1);
});

test('tasks and closing deals have a day; without one they are nowhere', () => {
  expect(taskItem({ id: 'task_1', title: 'Call', due: '2026-11-24T09:00[Europe/Oslo]' }, OSLO)).toMatchObject({
    isWholeDay: false,
    firstDay: '2026-11-24',
  });
  expect(taskItem({ id: 'task_1', title: 'Call', due: null }, OSLO)).toBeNull();
  expect(closeItem({ id: 'deal_1', title: 'Tankers', closesOn: '2026-11-24' }, OSLO)).toMatchObject({
    isWholeDay: true,
  });
});

test('a month is shown in whole weeks from the day the week begins', () => {
  const days = daysShown('month', '2026-11-22', 1);
  expect([days[0], days.at(-1), days.length]).toEqual(['2026-10-26', '2026-12-06', 42]);
  expect(daysShown('month', '2026-02-10', 0)).toHaveLength(28);
});
