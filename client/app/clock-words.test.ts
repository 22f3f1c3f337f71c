import { expect, test } from 'vitest';
import { clockNotice, clockWords } from './clock-words.ts';

const MINUTE = 60_000;

test.each([
  [0, null],
  [-24 * 60 * MINUTE, '1 day ahead of the server’s'],
  [3 * 24 * 60 * MINUTE + 20_000, '3 days behind the server’s'],
  [-60 * MINUTE, '60 minutes ahead of the server’s'],
  [5 * 60 * MINUTE, '5 hours behind the server’s'],
])('a clock to be moved by %d ms is %s', (correction, words) => {
  expect(clockWords(correction)).toBe(words);
});

test('whoever has a wrong clock reads by whose the work goes', () => {
  expect(clockNotice(-24 * 60 * MINUTE)).toBe(
    'This device’s clock is 1 day ahead of the server’s. Days and reminders go by the server’s.',
  );
  expect(clockNotice(0)).toBeNull();
});
