import { describe, expect, test } from 'vitest';
import { isYearlyDay, nextYearly, parseYearlyDay, yearlyDates, yearsOn } from './yearly-day.ts';

describe('a day of every year', () => {
  test.each([
    ['19 Nov 1986', '1986-11-19'],
    ['1986-11-19', '1986-11-19'],
    ['19 Nov', '--11-19'],
    ['Nov 19', '--11-19'],
    ['--11-19', '--11-19'],
    ['--1119', '--11-19'],
    ['29 Feb', '--02-29'],
    ['fri', null],
    ['31 Feb', null],
    ['--02-30', null],
    ['soon', null],
  ])('reads %s', (text, on) => {
    expect(parseYearlyDay(text)).toBe(on);
  });

  test('is kept in the order of the day that the file has', () => {
    expect(parseYearlyDay('03/04/1986', { dayOrder: 'mdy' })).toBe('1986-03-04');
  });

  test('comes next this year or the following one, today included', () => {
    expect(nextYearly('1986-11-19', '2026-11-19')).toBe('2026-11-19');
    expect(nextYearly('--11-19', '2026-11-20')).toBe('2027-11-19');
  });

  test('29 February is kept on the 28th where there is none', () => {
    expect(nextYearly('--02-29', '2026-02-01')).toBe('2026-02-28');
    expect(nextYearly('2004-02-29', '2028-02-01')).toBe('2028-02-29');
    expect(nextYearly('--02-29', '2026-03-01')).toBe('2027-02-28');
  });

  test('knows its age only with a year, and not before it has come round', () => {
    expect(yearsOn('1986-11-19', '2026-11-19')).toBe(40);
    expect(yearsOn('2026-11-19', '2026-11-19')).toBeNull();
    expect(yearsOn('--11-19', '2026-11-19')).toBeNull();
  });

  test('without a year is a day of a leap year or none', () => {
    expect(isYearlyDay('--02-29')).toBe(true);
    expect(isYearlyDay('--02-30')).toBe(false);
    expect(isYearlyDay('02-29')).toBe(false);
  });
});

test('two anniversaries are two, in the order of the year', () => {
  const parsed = yearlyDates('Important dates').parse('Anniversary: 19 Nov 1999; Anniversary: 3 Mar; 7 Jan');
  expect(parsed).toEqual({
    ok: true,
    value: [
      { label: 'Important date', on: '--01-07' },
      { label: 'Anniversary', on: '--03-03' },
      { label: 'Anniversary', on: '1999-11-19' },
    ],
  });
});
