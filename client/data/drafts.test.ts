import { beforeEach, expect, test } from 'vitest';
import { clearDrafts, createDrafts } from './drafts.ts';

beforeEach(() => localStorage.clear());

test('a draft is one person’s and one record’s', () => {
  const anna = createDrafts('member_anna');
  expect(anna.write('contact_a', { body: 'half a sen' })).toBe(true);
  expect(createDrafts('member_anna').read('contact_a')).toEqual({ body: 'half a sen' });
  expect(anna.read('contact_b')).toBeUndefined();
  expect(createDrafts('member_jonas').read('contact_a')).toBeUndefined();
  anna.clear('contact_a');
  expect(anna.read('contact_a')).toBeUndefined();
});

test('signing out takes a person’s drafts along and nobody else’s', () => {
  createDrafts('member_anna').write('contact_a', 1);
  createDrafts('member_jonas').write('contact_a', 2);
  clearDrafts('member_anna');
  expect(createDrafts('member_anna').read('contact_a')).toBeUndefined();
  expect(createDrafts('member_jonas').read('contact_a')).toBe(2);
});

test('a browser without room says so and nothing breaks', () => {
  const full = {
    length: 0,
    key: () => null,
    getItem: () => '{',
    removeItem: () => undefined,
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  };
  const drafts = createDrafts('member_anna', full);
  expect(drafts.write('contact_a', 1)).toBe(false);
  expect(drafts.read('contact_a')).toBeUndefined();
});
