import { describe, expect, test } from 'vitest';
import { createFormats, formatDay, formatFullDay, formatSums } from './format.ts';

const british = createFormats({ locale: 'en-GB', zone: 'Europe/Oslo' });
const american = createFormats({ locale: 'en-US', zone: 'America/New_York' });
const german = createFormats({ locale: 'de-DE', zone: 'Europe/Berlin' });
const spaced = (text: string) => text.replace(/\u00a0/g, ' ');

describe('money', () => {
  test('has no decimals when there are none, and all of them when there are some', () => {
    expect(british.money({ minor: 4_800_000, currency: 'EUR' })).toBe('€48,000');
    expect(british.money({ minor: 4_800_050, currency: 'EUR' })).toBe('€48,000.50');
    expect(british.money({ minor: 500, currency: 'JPY' })).toBe('JP¥500');
  });

  test('shows the code where several currencies share a symbol', () => {
    expect(spaced(british.money({ minor: 41_000_000, currency: 'NOK' }))).toBe('NOK 410,000');
    expect(spaced(british.money({ minor: 100, currency: 'USD' }))).toBe('US$1');
    expect(american.money({ minor: 2_250_000, currency: 'USD' })).toBe('$22,500');
    expect(american.money({ minor: 2_250_000, currency: 'CAD' })).toBe('CA$22,500');
  });

  test('shows a symbol that is only one currency’s', () => {
    expect(spaced(british.money({ minor: 28_900_000, currency: 'PLN' }))).toBe('zł 289,000');
  });

  test('writes negative amounts with a real minus', () => {
    expect(british.minor(-120_000, 'EUR')).toBe('−€1,200');
  });

  test('follows the locale', () => {
    expect(spaced(german.money({ minor: 4_800_000, currency: 'EUR' }))).toBe('48.000 €');
  });

  test('never adds currencies: the workspace’s comes first', () => {
    const sums = new Map([
      ['USD', 2_250_000],
      ['EUR', 8_267_000],
    ]);
    const [first, second] = formatSums(sums, 'EUR').split(' + ');
    expect(first).toContain('82');
    expect(second).toContain('22');
    expect(formatSums(new Map(), 'EUR')).toBe('');
  });
});

describe('days', () => {
  const today = '2026-11-22';

  test('are words next to today', () => {
    expect(formatDay('2026-11-22', today)).toBe('Today');
    expect(formatDay('2026-11-21', today)).toBe('Yesterday');
    expect(formatDay('2026-11-23', today)).toBe('Tomorrow');
  });

  test('carry the weekday within 14 days, nothing within a year, the year beyond', () => {
    expect(formatDay('2026-11-20', today)).toBe('Fri 20 Nov');
    expect(formatDay('2026-12-06', today)).toBe('Sun 6 Dec');
    expect(formatDay('2026-12-07', today)).toBe('7 Dec');
    expect(formatDay('2027-01-29', today)).toBe('29 Jan');
    expect(formatDay('2025-11-23', today)).toBe('23 Nov');
    expect(formatDay('2025-11-22', today)).toBe('22 Nov 2025');
    expect(formatDay('1969-12-31', today)).toBe('31 Dec 1969');
  });

  test('keep their year where it matters', () => {
    expect(formatFullDay('1986-11-19')).toBe('19 Nov 1986');
  });
});

describe('times', () => {
  const noon = Date.UTC(2026, 10, 22, 13, 5);

  test('follow the locale and the zone', () => {
    expect(british.time(noon)).toBe('14:05');
    expect(spaced(american.time(noon))).toBe('8:05 am');
    expect(british.time(Date.UTC(2026, 10, 22, 8, 5))).toBe('09:05');
  });

  test('ages are short up to a day', () => {
    expect(british.age(noon - 20_000, noon)).toBe('just now');
    expect(british.age(noon - 5 * 60_000, noon)).toBe('5 min ago');
    expect(british.age(noon - 2 * 3_600_000, noon)).toBe('2 h ago');
    expect(british.age(noon - 24 * 3_600_000, noon)).toBe('Yesterday');
    expect(british.age(noon + 5_000, noon)).toBe('just now');
  });

  test('an instant names its day where the person is', () => {
    expect(british.instant(Date.UTC(2026, 10, 21, 23, 30), noon)).toBe('Today, 00:30');
  });
});

test('numbers keep their decimals, counts have none', () => {
  expect(british.number(1250.5)).toBe('1,250.5');
  expect(british.number(-3)).toBe('−3');
  expect(british.count(2418)).toBe('2,418');
});
