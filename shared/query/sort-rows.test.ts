import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareSortKeys, type SortKey } from '../model/text-order.ts';
import { sortRows } from './sort-rows.ts';

const idOf = (number: number) => `row_${String(number).padStart(3, '0')}`;

interface Row {
  readonly id: string;
  readonly keys: readonly SortKey[];
}

const comparison =
  (descending: boolean) =>
  (left: Row, right: Row): number => {
    const [a = null, b = null] = [left.keys[0], right.keys[0]];
    const order = compareSortKeys(a, b);
    if (order !== 0) return descending && a !== null && b !== null ? -order : order;
    return left.id < right.id ? -1 : 1;
  };

/** Long beginnings in common, what is no ASCII, controls and nothing at all. */
const text = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '~', '\u007f', 'é', '中', '\u0000', ' '), maxLength: 18 }),
  fc.string({ unit: 'binary', maxLength: 9 }),
  fc.constantFrom('ingrid', 'ingrid solberg', 'ingrid solbergsen', 'ingrid sol'),
);
const number = fc.oneof(fc.integer(), fc.double({ noNaN: true }), fc.constantFrom(0, -0, 5, Number.POSITIVE_INFINITY));
const keys = fc.oneof(
  fc.array(fc.option(text), { minLength: 1, maxLength: 40 }),
  fc.array(fc.option(number), { minLength: 1, maxLength: 40 }),
  fc.array(fc.option(fc.oneof(text, number)), { minLength: 1, maxLength: 40 }),
);

test('rows are in the order in which comparing them puts them, up and down', () => {
  fc.assert(
    fc.property(keys, fc.boolean(), (some, descending) => {
      // So many that they are packed; the same ones over and over.
      const rows = Array.from(
        { length: 520 },
        (_, at): Row => ({ id: idOf((at * 7) % 520), keys: [some[at % some.length] ?? null] }),
      );
      const compare = comparison(descending);
      expect(sortRows(rows, compare, descending).map(({ id }) => id)).toEqual(
        [...rows].sort(compare).map(({ id }) => id),
      );
    }),
    { numRuns: 100 },
  );
});

test('rows whose first keys are equal go by the next, then by the id', () => {
  const rows = Array.from({ length: 1_200 }, (_, at) => ({ id: idOf((at * 7) % 1_200), keys: ['same', at % 2] }));
  const compare = (left: Row, right: Row) =>
    compareSortKeys(left.keys[1] ?? null, right.keys[1] ?? null) || (left.id < right.id ? -1 : 1);
  const sorted = sortRows(rows, compare, false);
  expect(sorted).toEqual([...rows].sort(compare));
});
