import { expect, test } from 'vitest';
import { contact } from '../../shared/entities/contact.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { narrows } from './found-ids.ts';
import { NO_VALUE, valueTest } from './list-filters.ts';

const person = (values: Record<string, unknown>): AnyRecord => {
  const initial = Object.fromEntries(Object.entries(contact.fields).map(([name, field]) => [name, field.initial]));
  return { ...initial, id: 'contact_1', entity: 'contact', ...values } as unknown as AnyRecord;
};

test('a list field matches when any of its elements is asked for, whatever the case', () => {
  const isTagged = valueTest('tags', contact.fields.tags, ['Cold chain']);
  expect(isTagged(person({ tags: ['VIP', 'cold chain'] }))).toBe(true);
  expect(isTagged(person({ tags: ['VIP'] }))).toBe(false);
});

test('records without a value are found only when "none" is asked for', () => {
  const mine = valueTest('owner', contact.fields.owner, ['member_a']);
  const mineOrNobodys = valueTest('owner', contact.fields.owner, ['member_a', NO_VALUE]);
  expect(mine(person({ owner: null }))).toBe(false);
  expect(mineOrNobodys(person({ owner: null }))).toBe(true);
  expect(mineOrNobodys(person({ owner: 'member_a' }))).toBe(true);
  expect(mineOrNobodys(person({ owner: 'member_b' }))).toBe(false);
});

test('a longer word is looked for only among what the shorter one found', () => {
  expect(narrows(['hal'], ['hald'])).toBe(true);
  expect(narrows(['hal'], ['hal', 'mar'])).toBe(true);
  expect(narrows(['hald'], ['hal'])).toBe(false);
  expect(narrows(['hal', 'mar'], ['halden'])).toBe(false);
  expect(narrows([], ['hal'])).toBe(false);
});
