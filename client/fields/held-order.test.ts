import fc from 'fast-check';
import { expect, test } from 'vitest';
import { holdOrder } from './held-order.ts';

test('a row that would move stays where it is', () => {
  const before = ['a', 'b', 'c'];
  expect(holdOrder(before, ['c', 'a', 'b'])).toBe(before);
});

test('what went away leaves, what is new follows the row it belongs behind', () => {
  expect(holdOrder(['a', 'b', 'c'], ['c', 'a'])).toEqual(['a', 'c']);
  expect(holdOrder(['a', 'b'], ['new', 'b', 'other', 'a'])).toEqual(['new', 'a', 'b', 'other']);
});

test('the held list has exactly the rows of the true one, and those of before keep their order', () => {
  const ids = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String));
  fc.assert(
    fc.property(ids, ids, (before, now) => {
      const held = holdOrder(before, now);
      expect([...held].sort()).toEqual([...now].sort());
      const kept = before.filter((id) => now.includes(id));
      expect(held.filter((id) => kept.includes(id))).toEqual(kept);
    }),
  );
});
