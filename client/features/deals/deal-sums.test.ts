import { expect, test } from 'vitest';
import { leadingSum, shortSums } from './deal-sums.ts';

const SUMS = new Map([
  ['USD', 940_000],
  ['EUR', 6_000_049],
  ['GBP', 100],
]);

test('one line leads with the sum of the workspace and counts the other currencies', () => {
  expect(leadingSum(SUMS, 'EUR')).toEqual({ text: '€60,000', others: 2 });
  expect(leadingSum(new Map([['USD', 940_000]]), 'EUR').others).toBe(0);
  expect(leadingSum(new Map(), 'EUR')).toEqual({ text: '', others: 0 });
});

test('two currencies are written out, further ones counted, none is ever added to another', () => {
  expect(shortSums(SUMS, 'EUR')).toMatch(/^€60,000 \+ £1 \+ 1 more$/);
});
