import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LiveQuery, type QuerySpec } from './live-query.ts';

interface Row {
  readonly id: string;
  readonly deleted: boolean;
  readonly mergedInto: string | null;
  readonly name: string | null;
  readonly stage: string;
  readonly amount: number;
}

const SPEC: QuerySpec<Row> = {
  where: (row) => row.amount < 90,
  sortBy: (row) => [row.name, row.amount],
  groupBy: (row) => row.stage,
  sums: (row) => [row.amount, 1],
};

const row: fc.Arbitrary<Row> = fc.record({
  id: fc.integer({ min: 0, max: 20 }).map((index) => `row_${index}`),
  deleted: fc.boolean(),
  mergedInto: fc.constantFrom(null, null, null, 'row_1'),
  name: fc.constantFrom('ana', 'bert', 'carl', null),
  stage: fc.constantFrom('lead', 'won'),
  amount: fc.integer({ min: 0, max: 100 }),
});

function answerOf(query: LiveQuery<Row>): unknown {
  return ['lead', 'won'].map((stage) => ({
    ids: query.group(stage).ids,
    sums: query.group(stage).sums.map((sum) => sum),
  }));
}

describe.each([false, true])('with descending = %s', (descending) => {
  test('after any changes the result equals that of a query computed from nothing', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 40 }),
        fc.array(fc.array(row, { maxLength: 30 }), { maxLength: 20 }),
        (first, batches) => {
          const spec = { ...SPEC, descending };
          const rows = new Map(first.map((each) => [each.id, each]));
          const query = new LiveQuery(spec, rows.values());
          for (const batch of batches) {
            for (const each of batch) rows.set(each.id, each);
            query.update(
              new Set(batch.map((each) => each.id)),
              (id) => rows.get(id),
              () => rows.values(),
            );
            const fresh = new LiveQuery(spec, rows.values());
            expect(query.size).toBe(fresh.size);
            const [kept, anew] = [answerOf(query), answerOf(fresh)] as { ids: string[]; sums: number[] }[][];
            for (const [index, group] of (kept ?? []).entries()) {
              expect(group.ids).toEqual(anew?.[index]?.ids);
              if (group.ids.length > 0) expect(group.sums).toEqual(anew?.[index]?.sums);
            }
          }
        },
      ),
    );
  });
});

const aRow = (id: string, values: Partial<Row> = {}): Row => ({
  id,
  deleted: false,
  mergedInto: null,
  name: id,
  stage: 'lead',
  amount: 1,
  ...values,
});

test('rows without a value come last in both directions', () => {
  const rows = [aRow('a', { name: null }), aRow('b'), aRow('c')];
  const ids = (descending: boolean) =>
    new LiveQuery<Row>({ sortBy: (each) => each.name, descending }, rows).group('').ids;
  expect(ids(false)).toEqual(['b', 'c', 'a']);
  expect(ids(true)).toEqual(['c', 'b', 'a']);
});

test('without an order the right records are there, whatever changes', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), fc.array(fc.array(row, { maxLength: 30 })), (first, batches) => {
      const spec = { where: SPEC.where, groupBy: SPEC.groupBy, sums: SPEC.sums } as QuerySpec<Row>;
      const rows = new Map(first.map((each) => [each.id, each]));
      const query = new LiveQuery(spec, rows.values());
      for (const batch of batches) {
        for (const each of batch) rows.set(each.id, each);
        query.update(
          new Set(batch.map((each) => each.id)),
          (id) => rows.get(id),
          () => rows.values(),
        );
        const fresh = new LiveQuery(spec, rows.values());
        for (const stage of ['lead', 'won']) {
          expect([...query.group(stage).ids].sort()).toEqual([...fresh.group(stage).ids].sort());
          if (fresh.group(stage).ids.length > 0) expect(query.group(stage).sums).toEqual(fresh.group(stage).sums);
        }
      }
    }),
  );
});

test('a change outside the query is no change of it', () => {
  const query = new LiveQuery<Row>({ where: (each) => each.stage === 'won' }, [aRow('a')]);
  expect(
    query.update(
      ['a'],
      () => aRow('a', { name: 'other' }),
      () => [],
    ),
  ).toBe(false);
  expect(
    query.update(
      ['a'],
      () => aRow('a', { stage: 'won' }),
      () => [],
    ),
  ).toBe(true);
});

test('a bulk change gives the same answer as single ones', () => {
  const rows = new Map(
    Array.from({ length: 400 }, (_, index): [string, Row] => [`r${index}`, aRow(`r${index}`, { amount: index })]),
  );
  const query = new LiveQuery<Row>({ sortBy: (each) => each.amount, sums: (each) => [each.amount] }, rows.values());
  for (const [id, each] of rows) rows.set(id, { ...each, amount: -each.amount });
  query.update(
    rows.keys(),
    (id) => rows.get(id),
    () => rows.values(),
  );
  expect(query.group('').ids[0]).toBe('r399');
  expect(query.group('').sums).toEqual([-79_800]);
});
