import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { LiveQuery } from '../../../shared/query/live-query.ts';
import {
  type BoardView,
  boardColumns,
  boardQuery,
  filterColumns,
  isSamePlace,
  NO_STAGE,
  neighboursAt,
  slotIndexAt,
  steppedPlace,
} from './deal-board-model.ts';
import { createCurrencyPlaces } from './deal-sums.ts';

const aStage = (id: string, type: string, rank: string) =>
  ({
    id,
    name: id,
    type,
    rank,
    pipeline: 'p1',
    probability: 50,
    hue: 'sky',
    quietAfterDays: 14,
    deleted: false,
  }) as unknown as Stage;
const stages = [
  aStage('lead', 'open', 'a'),
  aStage('offer', 'open', 'b'),
  aStage('won', 'won', 'c'),
  aStage('lost', 'lost', 'd'),
];
const aDeal = (id: string, stage: string, more: Partial<Deal> = {}) =>
  ({
    id,
    title: id,
    place: ['p1', stage, id],
    amount: { minor: 10_000, currency: 'EUR' },
    probability: null,
    closedOn: null,
    deleted: false,
    mergedInto: null,
    ...more,
  }) as unknown as Deal;
const view: BoardView = { stages, wonPeriod: 'month', lostPeriod: null, today: '2026-11-22' };
const scope = { pipelineId: 'p1', isFirstPipeline: true, pipelineIds: new Set(['p1', 'p2']) };
const places = createCurrencyPlaces('EUR');
const read = (deals: readonly Deal[], change: Partial<BoardView> = {}) => {
  const query = new LiveQuery(boardQuery({ ...view, ...change, ...scope, places }), deals);
  return Object.fromEntries(query.groupKeys().map((key) => [key, query.group(key).ids]));
};

describe('the columns', () => {
  test('are the stages in order, the lost one only when it is asked for', () => {
    expect(boardColumns(view, false).map((column) => column.title)).toEqual(['lead', 'offer', 'won in November']);
    expect(boardColumns({ ...view, lostPeriod: 'all' }, false).at(-1)?.title).toBe('lost');
  });

  test('start with one for deals without a stage when there are any', () => {
    expect(boardColumns(view, true)[0]).toMatchObject({ key: NO_STAGE, name: 'No stage', status: 'open' });
  });

  test('know their place among the open ones, for the glyph', () => {
    expect(boardColumns(view, false).map((column) => [column.position, column.openCount])).toEqual([
      [0, 2],
      [1, 2],
      [0, 2],
    ]);
  });
});

describe('which deals are where', () => {
  test('open ones by rank, won ones newest first and only of the period', () => {
    const deals = [
      aDeal('b', 'lead'),
      aDeal('a', 'lead'),
      aDeal('old', 'won', { closedOn: '2026-10-31' }),
      aDeal('first', 'won', { closedOn: '2026-11-02' }),
      aDeal('last', 'won', { closedOn: '2026-11-20' }),
      aDeal('gone', 'lost', { closedOn: '2026-11-20' }),
    ];
    expect(read(deals)).toEqual({ lead: ['a', 'b'], won: ['last', 'first'] });
    expect(read(deals, { wonPeriod: 'all', lostPeriod: 'month' })).toMatchObject({
      won: ['last', 'first', 'old'],
      lost: ['gone'],
    });
  });

  test('a deal whose stage or pipeline is gone is shown and not lost', () => {
    const deals = [
      aDeal('stray', 'nothing'),
      aDeal('homeless', 'x', { place: ['gone', 'x', 'a'] }),
      aDeal('elsewhere', 'x', { place: ['p2', 'x', 'a'] }),
    ];
    expect(read(deals)[NO_STAGE]?.toSorted()).toEqual(['homeless', 'stray']);
  });

  test('sums never mix currencies and weigh by the stage', () => {
    const deals = [aDeal('a', 'lead'), aDeal('b', 'lead', { amount: { minor: 500, currency: 'USD' } })];
    const query = new LiveQuery(boardQuery({ ...view, ...scope, places }), deals);
    const { total, weighted } = places.read(query.group('lead').sums);
    expect([...total]).toEqual([
      ['EUR', 10_000],
      ['USD', 500],
    ]);
    expect([...weighted]).toEqual([
      ['EUR', 5_000],
      ['USD', 250],
    ]);
  });

  test('filtering gives what a query of only the matching deals would give', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(40), fc.constantFrom('lead', 'offer', 'nothing'), fc.boolean())), (rows) => {
        const deals = [
          ...new Map(
            rows.map(([n, stage, match]) => [n, aDeal(`d${n}`, stage, { source: match ? 'yes' : 'no' })]),
          ).values(),
        ];
        const byId = new Map(deals.map((deal) => [deal.id as string, deal]));
        const matches = (deal: Deal) => deal.source === 'yes';
        const stageOf = (deal: Deal) => stages.find((stage) => stage.id === deal.place[1]);
        const query = new LiveQuery(boardQuery({ ...view, ...scope, places }), deals);
        const found = filterColumns(
          query,
          (id) => byId.get(id),
          matches,
          (deal) => places.sumsOf(deal, stageOf(deal)),
        );
        const expected = new LiveQuery(boardQuery({ ...view, ...scope, places }), deals.filter(matches));
        expect([...found.keys()].sort()).toEqual([...expected.groupKeys()].sort());
        for (const [key, column] of found) {
          expect(column.ids).toEqual(expected.group(key).ids);
          expect(places.read(column.sums)).toEqual(places.read(expected.group(key).sums));
        }
      }),
    );
  });
});

describe('where a card lands', () => {
  test('between its new neighbours, never beside itself', () => {
    const ids = ['a', 'b', 'c', 'd'];
    expect(neighboursAt(ids, 2, new Set(['b']))).toEqual({ below: 'a', above: 'c' });
    expect(neighboursAt(ids, 0, new Set())).toEqual({ below: '', above: 'a' });
    expect(neighboursAt(ids, 4, new Set(['d']))).toEqual({ below: 'c', above: '' });
  });

  test('beside itself is no move', () => {
    const ids = ['a', 'b', 'c'];
    expect([0, 1, 2, 3].map((index) => isSamePlace(ids, index, new Set(['b'])))).toEqual([false, true, true, false]);
    expect(isSamePlace(ids, 1, new Set(['x']))).toBe(false);
    expect(isSamePlace(ids, 1, new Set(['a', 'c']))).toBe(false);
  });

  test('a slot does not jump while the pointer rests', () => {
    const edges = Array.from({ length: 30 }, (_, index) => ({ start: index * 106, end: index * 106 + 100 }));
    fc.assert(
      fc.property(fc.integer({ min: -50, max: 3400 }), fc.integer({ min: 40, max: 160 }), (y, height) => {
        let slot: { index: number; height: number } | null = null;
        // It settles at once: what the pointer opens stays what it opens.
        for (let turn = 0; turn < 3; turn++) slot = { index: slotIndexAt(y, edges, slot), height };
        expect(slotIndexAt(y, edges, slot)).toBe(slot?.index);
      }),
    );
  });

  test('above all cards is first and below all is last', () => {
    const edges = [
      { start: 8, end: 108 },
      { start: 114, end: 214 },
    ];
    expect([slotIndexAt(-10, edges, null), slotIndexAt(1000, edges, null), slotIndexAt(0, [], null)]).toEqual([
      0, 2, 0,
    ]);
  });
});

describe('a lifted card', () => {
  const columns = boardColumns(view, true);
  const ids: Record<string, string[]> = { lead: ['a', 'b', 'c'], offer: ['x'], won: ['w'] };
  const idsOf = (column: string) => ids[column] ?? [];
  const step = (column: string, index: number, by: { places: number } | { columns: number }, carried = 'b') =>
    steppedPlace(columns, idsOf, { at: { column, index }, carried: new Set([carried]) }, by);

  test('goes past the other cards, one at a time, and stops at the ends', () => {
    expect(step('lead', 1, { places: 1 })).toEqual({ column: 'lead', index: 3 });
    expect(step('lead', 1, { places: -1 })).toEqual({ column: 'lead', index: 0 });
    expect(step('lead', 0, { places: -1 })).toEqual({ column: 'lead', index: 0 });
    expect(step('lead', 3, { places: 1 })).toEqual({ column: 'lead', index: 3 });
  });

  test('goes to the next column at the same height, on top of closed ones, and never to "no stage"', () => {
    expect(step('lead', 1, { columns: 1 })).toEqual({ column: 'offer', index: 1 });
    expect(step('offer', 1, { columns: 1 })).toEqual({ column: 'won', index: 0 });
    expect(step('won', 0, { columns: 1 })).toEqual({ column: 'won', index: 0 });
    expect(step('lead', 0, { columns: -1 })).toEqual({ column: 'lead', index: 0 });
  });
});
