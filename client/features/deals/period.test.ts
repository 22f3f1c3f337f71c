import { expect, test } from 'vitest';
import { isInPeriod, periodRange, periodTitle } from './period.ts';

test('a period is the whole month, quarter or year around a day', () => {
  expect(periodRange('month', '2024-02-10')).toEqual({ from: '2024-02-01', to: '2024-02-29' });
  expect(periodRange('month', '2026-11-22')).toEqual({ from: '2026-11-01', to: '2026-11-30' });
  expect(periodRange('quarter', '2026-11-22')).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(periodRange('year', '2026-11-22')).toEqual({ from: '2026-01-01', to: '2026-12-31' });
});

test('a deal without a closing day is shown only when all are', () => {
  expect(isInPeriod(null, 'year', '2026-11-22')).toBe(false);
  expect(isInPeriod(null, 'all', '2026-11-22')).toBe(true);
  expect(isInPeriod('2026-11-30', 'month', '2026-11-22')).toBe(true);
  expect(isInPeriod('2026-12-01', 'month', '2026-11-22')).toBe(false);
});

test('the heading names the period', () => {
  const titles = (['month', 'quarter', 'year', 'all'] as const).map((period) =>
    periodTitle('Won', period, '2026-11-22'),
  );
  expect(titles).toEqual(['Won in November', 'Won in Q4', 'Won in 2026', 'Won']);
});
