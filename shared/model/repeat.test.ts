import { expect, test } from 'vitest';
import {
  isRepeat,
  nextRepeat,
  repeatIssue,
  repeatsBetween,
  repeatText,
  withoutShortMonths,
  withShortMonths,
} from './repeat.ts';
import { repeatEnd, withoutRepeatEnd, withRepeatEnd } from './repeat-end.ts';

test('the next week, month and year keep the time on the wall', () => {
  expect(nextRepeat('FREQ=WEEKLY', '2026-11-23T09:00[Europe/Oslo]', '2026-11-23')).toBe(
    '2026-11-30T09:00[Europe/Oslo]',
  );
  expect(nextRepeat('FREQ=MONTHLY;BYMONTHDAY=-1', '2026-01-31', '2026-01-31')).toBe('2026-02-28');
  expect(nextRepeat('FREQ=YEARLY', '2024-02-29', '2024-03-01')).toBe('2028-02-29');
  expect(nextRepeat('FREQ=WEEKLY;BYDAY=MO,TH', '2026-11-23', '2026-11-23')).toBe('2026-11-26');
});

test('what was left undone for weeks comes back once', () => {
  expect(nextRepeat('FREQ=DAILY', '2026-01-01', '2026-11-22')).toBe('2026-11-22');
});

test('a rule that has ended has no next time', () => {
  expect(nextRepeat('FREQ=DAILY;COUNT=1', '2026-11-22', '2026-11-22')).toBeNull();
  expect(nextRepeat('FREQ=DAILY;UNTIL=20261123', '2026-11-23', '2026-11-23')).toBeNull();
});

test('a rule without an end stays within the days asked for', () => {
  const days = repeatsBetween('FREQ=DAILY', '2020-01-01', ['2026-11-01', '2026-11-30']);
  expect([days.length, days[0], days.at(-1)]).toEqual([30, '2026-11-01', '2026-11-30']);
  expect(repeatsBetween('FREQ=DAILY', '2020-01-01', ['2020-01-01', '2030-12-31'])).toHaveLength(1_000);
  expect(repeatsBetween('', '2026-11-05', ['2026-11-01', '2026-11-30'])).toEqual(['2026-11-05']);
});

test.each([
  '',
  'weekly',
  'FREQ=SECONDLY',
  'FREQ=DAILY;BYHOUR=9',
  'FREQ=DAILY;INTERVAL=0',
  'FREQ=WEEKLY;BYDAY=XX',
  'FREQ=DAILY;COUNT=0',
  'FREQ=DAILY;COUNT=1.5',
  'FREQ=DAILY;COUNT=-2',
  'FREQ=DAILY;COUNT=some',
  'FREQ=DAILY;UNTIL=20261331',
  'FREQ=DAILY;UNTIL=soon',
  'x'.repeat(600),
])('%j is no rule, and nothing repeats by it', (rule) => {
  expect(isRepeat(rule)).toBe(false);
  expect(nextRepeat(rule, '2026-11-22', '2026-11-22')).toBeNull();
  expect(repeatText(rule)).toBe('');
});

test('what begins on the 31st comes on the last day of shorter months, and goes back to the 31st', () => {
  const rule = withShortMonths('FREQ=MONTHLY', '2026-01-31');
  expect(repeatsBetween(rule, '2026-01-31', ['2026-01-01', '2026-05-31'])).toEqual([
    '2026-01-31',
    '2026-02-28',
    '2026-03-31',
    '2026-04-30',
    '2026-05-31',
  ]);
  expect(nextRepeat(rule, '2026-02-28', '2026-02-28')).toBe('2026-03-31');
  const leap = withShortMonths('FREQ=YEARLY', '2024-02-29');
  expect(nextRepeat(leap, '2024-02-29', '2024-03-01')).toBe('2025-02-28');
  expect(nextRepeat(leap, '2027-02-28', '2027-03-01')).toBe('2028-02-29');
  expect([withoutShortMonths(rule), withoutShortMonths(leap)]).toEqual(['FREQ=MONTHLY', 'FREQ=YEARLY']);
});

test('a rule that every month can keep, or that names its days, stays as it is', () => {
  for (const [rule, first] of [
    ['FREQ=MONTHLY', '2026-01-28'],
    ['FREQ=YEARLY', '2026-01-31'],
    ['FREQ=WEEKLY', '2026-01-31'],
    ['FREQ=MONTHLY;BYDAY=-1FR', '2026-01-30'],
  ] as const) {
    expect(withShortMonths(rule, first)).toBe(rule);
  }
});

test('a rule is said in words', () => {
  expect(repeatText(withShortMonths('FREQ=MONTHLY', '2026-01-31'))).toBe('every month, on the last day');
  expect(repeatText(withShortMonths('FREQ=MONTHLY', '2026-01-30'))).toBe('every month, on the 30th or the last day');
  expect(repeatText('FREQ=WEEKLY;INTERVAL=2;BYDAY=MO')).toBe('every 2 weeks on Monday');
});

test.each([
  'FREQ=DAILY',
  'FREQ=DAILY;INTERVAL=3',
  'FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR',
  'FREQ=WEEKLY;BYDAY=SU',
  'FREQ=WEEKLY',
])('long after it began, %s has the days it has from its beginning', (rule) => {
  const whole = repeatsBetween(rule, '2020-01-01', ['2020-01-01', '2022-03-31']).filter((day) => day >= '2022-01-10');
  expect(repeatsBetween(rule, '2020-01-01', ['2022-01-10', '2022-03-31'])).toEqual(whole);
  expect(whole.length).toBeGreaterThan(5);
});

test('the end of a rule is read, taken off and set, and how often stays', () => {
  expect(repeatEnd('FREQ=WEEKLY;UNTIL=20261231;BYDAY=MO')).toEqual({ until: '2026-12-31' });
  expect(repeatEnd('FREQ=WEEKLY;UNTIL=20261231T225959Z')).toEqual({ until: '2026-12-31' });
  expect(repeatEnd('FREQ=WEEKLY;COUNT=12')).toEqual({ times: 12 });
  expect(repeatEnd('FREQ=WEEKLY')).toBeNull();
  expect(withoutRepeatEnd('FREQ=WEEKLY;COUNT=3;INTERVAL=2')).toBe('FREQ=WEEKLY;INTERVAL=2');
  expect(withRepeatEnd('FREQ=WEEKLY;COUNT=3', { until: '2026-12-31' })).toBe('FREQ=WEEKLY;UNTIL=20261231');
  expect(withRepeatEnd('FREQ=WEEKLY;UNTIL=20261231', { times: 5 })).toBe('FREQ=WEEKLY;COUNT=5');
  expect(withRepeatEnd('FREQ=WEEKLY;UNTIL=20261231', null)).toBe('FREQ=WEEKLY');
  expect(withRepeatEnd('', { times: 5 })).toBe('');
});

test('the last day is one of the days, and an end is said in words', () => {
  expect(repeatsBetween('FREQ=WEEKLY;UNTIL=20261207', '2026-11-23', ['2026-11-01', '2027-01-31'])).toEqual([
    '2026-11-23',
    '2026-11-30',
    '2026-12-07',
  ]);
  expect(repeatText('FREQ=WEEKLY;UNTIL=20261207')).toBe('every week until 7 Dec 2026');
  expect(repeatText('FREQ=DAILY;COUNT=3')).toBe('every day, 3 times');
  expect(repeatText(withShortMonths('FREQ=MONTHLY;COUNT=2', '2026-01-31'))).toBe(
    'every month, on the last day, 2 times',
  );
});

test('an end before the first day, and a count that is none, are refused in words', () => {
  expect(repeatIssue('FREQ=WEEKLY;UNTIL=20261122', '2026-11-23T09:00[Europe/Oslo]')).toMatch(/on 22 Nov 2026, before/);
  expect(repeatIssue('FREQ=WEEKLY;COUNT=0', '2026-11-23')).toMatch(/a whole number of times, 1 or more/);
  expect(repeatIssue('weekly', '2026-11-23')).toMatch(/cannot be read/);
  for (const rule of ['', 'FREQ=WEEKLY', 'FREQ=WEEKLY;UNTIL=20261123', 'FREQ=WEEKLY;COUNT=1']) {
    expect(repeatIssue(rule, '2026-11-23')).toBeNull();
  }
});
