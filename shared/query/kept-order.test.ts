import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { SortKey } from '../model/text-order.ts';
import { KeptOrder } from './kept-order.ts';
import { LiveQuery } from './live-query.ts';

interface Row {
  readonly id: string;
  readonly deleted: boolean;
  readonly mergedInto: string | null;
  readonly key: SortKey;
}

const sortBy = (row: Row) => row.key;

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.integer({ min: 0, max: 60 }).map((index) => `row_${index}`),
  deleted: fc.constantFrom(false, false, false, true),
  mergedInto: fc.constantFrom(null, null, null, 'row_1'),
  key: fc.constantFrom<SortKey>('ana', 'ana', 'bert', 'bertram', 'é', '', 0, -0, -3, 12.5, null),
});

test('after any changes, up and down, the order is that of a query computed from nothing', () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 80 }),
      fc.array(fc.tuple(fc.array(row, { maxLength: 40 }), fc.boolean()), { maxLength: 12 }),
      (first, batches) => {
        const rows = new Map(first.map((each) => [each.id, each]));
        const order = new KeptOrder(sortBy, rows.values());
        for (const [batch, isLookedAt] of batches) {
          for (const each of batch) rows.set(each.id, each);
          const before = order.ids(false);
          const isOther = order.update(
            new Set(batch.map(({ id }) => id)),
            (id) => rows.get(id),
            () => rows.values(),
          );
          expect(isOther || order.ids(false) === before).toBe(true);
          if (!isLookedAt) continue;
          for (const descending of [false, true]) {
            const fresh = new LiveQuery({ sortBy, descending }, rows.values());
            expect(order.ids(descending)).toEqual(fresh.group('').ids);
            expect(order.size).toBe(fresh.size);
          }
        }
      },
    ),
  );
});

test('what is taken in part by part, over what is there already, is in the order of all', () => {
  fc.assert(
    fc.property(fc.array(fc.array(row, { maxLength: 40 }), { maxLength: 8 }), fc.boolean(), (parts, descending) => {
      const rows = new Map<string, Row>();
      const order = new KeptOrder(sortBy, []);
      for (const part of parts) {
        const some = new Map(part.filter(({ id }) => !rows.has(id)).map((each) => [each.id, each]));
        for (const [id, each] of some) rows.set(id, each);
        order.add(some.values());
        const fresh = new LiveQuery({ sortBy, descending }, rows.values());
        expect(order.ids(descending)).toEqual(fresh.group('').ids);
      }
    }),
  );
});

test('who holds an order is not handed another one under the hand', () => {
  const aRow = (id: string, key: SortKey): Row => ({ id, deleted: false, mergedInto: null, key });
  const order = new KeptOrder(sortBy, [aRow('a', 1), aRow('b', 2)]);
  const [up, down] = [order.ids(false), order.ids(true)];
  order.update(
    ['a'],
    () => aRow('a', 3),
    () => [],
  );
  expect([up, down]).toEqual([
    ['a', 'b'],
    ['b', 'a'],
  ]);
  expect([order.ids(false), order.ids(true)]).toEqual([
    ['b', 'a'],
    ['a', 'b'],
  ]);
});
