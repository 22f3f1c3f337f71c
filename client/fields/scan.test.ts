import { expect, test, vi } from 'vitest';
import { createScan } from './scan.ts';

const NUMBERS = Array.from({ length: 5_000 }, (_, index) => index);

test('a short list is answered at once', () => {
  const { found } = createScan([1, 2, 3, 4], (each) => each % 2 === 0);
  expect(found()).toEqual([2, 4]);
});

test('of a long list the first matches are there at once, and all of them in the end', async () => {
  let clock = 0;
  // Each look at the clock is 4 ms after the one before.
  const now = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 4));
  const { found, candidatesLeft } = createScan(NUMBERS, (each) => each % 2 === 0);
  const first = found();
  expect(first.length).toBeGreaterThanOrEqual(120);
  expect(first.length).toBeLessThan(2_500);
  expect(first).toEqual(NUMBERS.filter((each) => each % 2 === 0).slice(0, first.length));
  expect(candidatesLeft().filter((each) => each % 2 === 0)).toEqual(NUMBERS.filter((each) => each % 2 === 0));
  await vi.waitFor(() => expect(found()).toHaveLength(2_500));
  now.mockRestore();
  expect(candidatesLeft()).toEqual(found());
});

test('what was stopped tells nothing more', async () => {
  let clock = 0;
  const now = vi.spyOn(performance, 'now').mockImplementation(() => (clock += 4));
  const { found, stop } = createScan(NUMBERS, () => true);
  const first = found();
  stop();
  now.mockRestore();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(found()).toBe(first);
});
