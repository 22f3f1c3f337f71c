import { expect, test } from 'vitest';
import { contact } from '../entities/contact.ts';
import { type Deal, deal } from '../entities/deal.ts';
import type { Stage } from '../entities/stage.ts';
import type { AnyRecord } from '../model/entity.ts';
import { comparePipelines, recordAsOf, recordsAsOf, stageTotals } from './past.ts';

const femke = {
  id: 'contact_f',
  entity: 'contact',
  lastName: 'Visser',
  jobTitle: 'Buyer',
  tags: ['New', 'VIP'],
  deleted: false,
  mergedInto: null,
} as unknown as AnyRecord;

test('changes are taken off one after the other, elements of a set one by one', () => {
  const former = [
    { record: 'contact_f', field: 'lastName', old: 'de Boer' },
    { record: 'contact_f', field: 'tags:new', old: null },
    { record: 'contact_f', field: 'tags:trade fair', old: 'Trade fair' },
    { record: 'contact_f', field: 'lastName', old: null },
    { record: 'contact_f', field: 'shoeSize', old: 44 },
  ];
  expect(recordAsOf(contact, femke, former)).toMatchObject({
    lastName: '',
    jobTitle: 'Buyer',
    tags: ['Trade fair', 'VIP'],
  });
  expect(recordAsOf(contact, femke, former.slice(0, 1))).toMatchObject({ lastName: 'de Boer', tags: ['New', 'VIP'] });
});

test('before its creation a record was not there', () => {
  expect(recordAsOf(contact, femke, [{ record: 'contact_f', field: '', old: null }])).toBeNull();
});

test('a value the field takes no longer reads as empty', () => {
  expect(recordAsOf(contact, femke, [{ record: 'contact_f', field: 'jobTitle', old: 5 }])).toMatchObject({
    jobTitle: '',
  });
});

const STAGES: Record<string, Partial<Stage>> = {
  lead: { type: 'open', probability: 10 },
  offer: { type: 'open', probability: 50 },
  won: { type: 'won' },
  lost: { type: 'lost' },
};
const stageOf = (id: string) => STAGES[id] as Stage | undefined;
const aDeal = (id: string, stage: string, values: Partial<Deal> = {}): Deal =>
  ({
    id,
    entity: 'deal',
    place: ['p', stage, 'a'],
    amount: { minor: 1000, currency: 'EUR' },
    closesOn: null,
    probability: null,
    deleted: false,
    mergedInto: null,
    ...values,
  }) as unknown as Deal;

test('the pipeline of a past day has the totals it had, deals deleted since included', () => {
  const today = [
    aDeal('deal_a', 'won'),
    aDeal('deal_b', 'offer', { amount: { minor: 3000, currency: 'EUR' } }),
    aDeal('deal_new', 'lead'),
    aDeal('deal_gone', 'lead', { deleted: true }),
  ];
  const former = [
    { record: 'deal_a', field: 'place', old: ['p', 'lead', 'a'] },
    { record: 'deal_b', field: 'amount', old: { minor: 2000, currency: 'EUR' } },
    { record: 'deal_new', field: '', old: null },
    { record: 'deal_gone', field: 'deleted', old: null },
  ];
  const then = recordsAsOf(deal, today, former);
  expect([...then.keys()]).toEqual(['deal_a', 'deal_b', 'deal_gone']);
  const totals = stageTotals(then.values(), stageOf);
  expect(totals.get('lead')).toEqual({ count: 2, sums: new Map([['EUR', 2000]]), weighted: new Map([['EUR', 200]]) });
  expect(totals.get('offer')).toEqual({ count: 1, sums: new Map([['EUR', 2000]]), weighted: new Map([['EUR', 1000]]) });
  expect(totals.get('won')).toBeUndefined();
});

test('two days differ in what was added, won, lost, moved, put off and deleted', () => {
  const mapOf = (...deals: Deal[]) => new Map(deals.map((each) => [each.id as string, each]));
  const before = mapOf(
    aDeal('deal_won', 'offer'),
    aDeal('deal_moved', 'lead'),
    aDeal('deal_slipped', 'lead', { closesOn: '2026-11-20' }),
    aDeal('deal_gone', 'lead'),
    aDeal('deal_old', 'lost'),
  );
  const after = mapOf(
    aDeal('deal_won', 'won'),
    aDeal('deal_moved', 'offer'),
    aDeal('deal_slipped', 'lead', { closesOn: '2026-12-20' }),
    aDeal('deal_new', 'lost'),
    aDeal('deal_old', 'lost'),
  );
  const { added, won, lost, moved, slipped, gone } = comparePipelines(before, after, stageOf);
  const ids = (deals: readonly Deal[]) => deals.map(({ id }) => id);
  expect([ids(added), ids(won), ids(lost), ids(gone)]).toEqual([
    ['deal_new'],
    ['deal_won'],
    ['deal_new'],
    ['deal_gone'],
  ]);
  expect(moved.map(({ deal: each, from }) => [each.id, from])).toEqual([['deal_moved', 'lead']]);
  expect(slipped.map(({ deal: each, from }) => [each.id, from])).toEqual([['deal_slipped', '2026-11-20']]);
});
