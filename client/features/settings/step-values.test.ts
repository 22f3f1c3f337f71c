import { expect, test } from 'vitest';
import { afterText, readAfterDays } from './step-values.ts';

test.each([
  ['3', 3],
  ['3 days', 3],
  ['after 1 day', 1],
  ['2 weeks', 14],
  ['1 month', 30],
  ['', 0],
  ['At once', 0],
])('“%s” is day %i', (typed, days) => {
  expect(readAfterDays(typed)).toEqual({ ok: true, value: days });
});

test.each(['soon', '-1', '3.5', '99999', '3 daze'])('“%s” is told what to type', (typed) => {
  expect(readAfterDays(typed)).toMatchObject({ ok: false, issue: expect.stringContaining('number of days') });
});

test('what is shown can be typed again', () => {
  for (const days of [0, 1, 14, 400]) expect(readAfterDays(afterText(days))).toEqual({ ok: true, value: days });
});
