import { expect, test } from 'vitest';
import type { HeldChange } from './review-api.ts';
import { reviewLine } from './review-words.ts';

const context = { today: '2026-11-22', nameOf: (id: string) => (id === 'member_mia' ? 'Mia' : '') } as const;
const aChange = (change: Partial<HeldChange>): HeldChange => ({
  id: 'deal_1',
  entity: 'deal',
  title: 'Cold rooms',
  field: 'title',
  element: null,
  old: null,
  new: null,
  at: 0,
  ...change,
});
const what = (change: Partial<HeldChange>) => reviewLine(aChange(change), context).what;

test('a change says what it is about and what becomes of what', () => {
  expect(reviewLine(aChange({ old: 'Cold rooms', new: 'Cold rooms XL' }), context)).toEqual({
    about: 'Deal “Cold rooms”',
    what: 'Title: Cold rooms → Cold rooms XL',
  });
  expect(what({ field: 'owner', new: 'member_mia' })).toBe('Owner: Mia');
  expect(what({ field: 'source', old: 'Fair', new: '' })).toBe('Source: Fair removed');
  expect(what({ field: 'tags', element: 'vip', new: 'VIP' })).toBe('Tags: VIP');
});

test('making, deleting and restoring a record are words of their own', () => {
  expect(what({ field: '' })).toBe('Added');
  expect(what({ field: 'deleted', new: true })).toBe('Deleted');
  expect(what({ field: 'deleted', new: false })).toBe('Restored');
});

test('what this build does not know, or cannot read, is named and never breaks the list', () => {
  expect(what({ field: 'unheardOf', new: { a: 1 } })).toBe('unheardOf changed');
  expect(what({ field: 'amount', new: 'nonsense' })).toBe('Value changed');
  expect(reviewLine(aChange({ entity: 'ticket', title: '' }), context).about).toBe('Record “Untitled”');
});
