import { expect, test } from 'vitest';
import type { AnyRecord } from '../model/entity.ts';
import { likelyDuplicates } from './duplicates.ts';

const person = (id: string, values: object) =>
  ({ id: `contact_${id}`, emails: [], phones: [], ...values }) as unknown as AnyRecord;
const firm = (id: string, values: object) =>
  ({ id: `company_${id}`, phones: [], domain: '', ...values }) as unknown as AnyRecord;
const reach = (value: string) => [{ value, label: 'work', primary: true }];

test('people of one address come before those of one number, and these before those of one name', () => {
  const jane = person('a', {
    firstName: 'Jane',
    lastName: 'Doé',
    emails: reach('jane@acme.com'),
    phones: reach('+47 22 33 44 55'),
  });
  const others = [
    person('b', { firstName: 'doe', lastName: 'jane' }),
    person('c', { firstName: 'J', lastName: 'D', phones: reach('22334455') }),
    person('d', { firstName: 'Somebody', lastName: 'Else', emails: reach('JANE@acme.com') }),
    person('e', { firstName: 'Jane', lastName: '' }),
    person('f', { firstName: 'Ola', lastName: 'Nordmann', phones: reach('112') }),
    jane,
  ];
  expect(likelyDuplicates('contact', jane, others)).toEqual([
    { id: 'contact_d', why: 'email' },
    { id: 'contact_c', why: 'phone' },
    { id: 'contact_b', why: 'name' },
  ]);
});

test('companies are alike by their domain, and by their name whatever they are by law', () => {
  const acme = firm('a', { name: 'Acme Tools, Inc.', domain: 'acme.com' });
  const others = [
    firm('b', { name: 'ACME-Tools' }),
    firm('c', { name: 'Something else', domain: 'acme.com' }),
    firm('d', { name: 'Acme' }),
    firm('e', { name: 'Inc.' }),
  ];
  expect(likelyDuplicates('company', acme, others)).toEqual([
    { id: 'company_c', why: 'domain' },
    { id: 'company_b', why: 'name' },
  ]);
  expect(likelyDuplicates('company', firm('x', { name: 'Inc.' }), others)).toEqual([{ id: 'company_e', why: 'name' }]);
});

test('what somebody keeps separate is not proposed, whichever of the two says so, also after a merge', () => {
  const jane = person('a', { firstName: 'Jane', lastName: 'Doe', separateFrom: ['contact_gone'] });
  const others = [
    person('b', { firstName: 'Jane', lastName: 'Doe' }),
    person('c', { firstName: 'Jane', lastName: 'Doe', separateFrom: ['contact_a'] }),
    person('d', { firstName: 'Jane', lastName: 'Doe', separateFrom: 'garbled' }),
  ];
  expect(likelyDuplicates('contact', jane, others).map(({ id }) => id)).toEqual(['contact_b', 'contact_d']);
  const standsFor = (id: string) => (id === 'contact_gone' ? 'contact_d' : id);
  expect(likelyDuplicates('contact', jane, others, standsFor).map(({ id }) => id)).toEqual(['contact_b']);
});
