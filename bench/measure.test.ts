import { expect, test } from 'vitest';
import { isMeasured, measured, percentile } from './measure.ts';

test('a result survives its line', () => {
  const line = measured({ name: 'cold open', value: 310, unit: 'ms', against: 95, what: 'JSON.parse', atMost: 4 });
  expect(isMeasured(line)).toBe(true);
  expect(JSON.parse(line)).toMatchObject({ name: 'cold open', value: 310, against: 95, atMost: 4 });
});

test('other output is not a result', () => {
  expect(isMeasured('{"name":"cold open"}')).toBe(false);
});

test('percentiles are values that were measured', () => {
  const times = [5, 1, 4, 2, 3];
  expect(percentile(times, 0.5)).toBe(3);
  expect(percentile(times, 0.95)).toBe(5);
  expect(percentile(times, 0)).toBe(1);
});
