import { describe, expect, test } from 'vitest';
import { addDays, dayOfInstant, daysBetween, isDay, parseDay } from './day.ts';

const today = '2026-11-22'; // a Sunday

describe('days as people and programs write them', () => {
  test.each([
    ['2026-11-27', '2026-11-27'],
    ['20261127', '2026-11-27'],
    ['27.11.2026', '2026-11-27'],
    ['27/11/26', '2026-11-27'],
    ['01-03-17', '2017-03-01'],
    ['11/27/2026', '2026-11-27'],
    ['2/26/2018 19:58', '2018-02-26'],
    ['2024-03-12 09:14', '2024-03-12'],
    ['2026-11-27T10:00:00Z', '2026-11-27'],
    ['27 Nov', '2026-11-27'],
    ['Nov 27, 2026', '2026-11-27'],
    ['Fri 27 November 2026', '2026-11-27'],
    ['15 Jan', '2027-01-15'],
    ['today', '2026-11-22'],
    ['tomorrow', '2026-11-23'],
    ['fri', '2026-11-27'],
    ['Sunday', '2026-11-29'],
    ['in 3 days', '2026-11-25'],
    ['in a week', '2026-11-29'],
    ['In 2 weeks', '2026-12-06'],
  ])('%s is %s', (text, day) => expect(parseDay(text, { today })).toBe(day));

  test.each([
    '',
    '31.02.2026',
    '2026-13-01',
    '32',
    'soon',
    'month',
    '0/0/0',
    'in days',
    'in 3 dogs',
    'in 0 days',
    'in a 3 days',
  ])('%s is no day', (text) => expect(parseDay(text, { today })).toBeNull());

  test('month first is read where the file says so', () => {
    expect(parseDay('03/04/2026', { dayOrder: 'mdy' })).toBe('2026-03-04');
    expect(parseDay('03/04/2026')).toBe('2026-04-03');
  });
});

test('arithmetic crosses months, leap days and centuries', () => {
  expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
  expect(addDays('1899-12-31', 1)).toBe('1900-01-01');
  expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
  expect(isDay('1900-02-29')).toBe(false);
});

test('an instant is the day people see on their own calendar', () => {
  expect(dayOfInstant(Date.UTC(2026, 10, 22, 23, 30), 'Pacific/Auckland')).toBe('2026-11-23');
  expect(dayOfInstant(Date.UTC(2026, 10, 22, 23, 30), 'America/New_York')).toBe('2026-11-22');
});
