import { expect, test } from 'vitest';
import { company } from '../../shared/entities/company.ts';
import { contact } from '../../shared/entities/contact.ts';
import { deal } from '../../shared/entities/deal.ts';
import type { AnyField, ParseHints } from '../../shared/model/field.ts';
import { instant } from '../../shared/model/scalar-fields.ts';
import { fieldText } from './field-text.ts';
import { lineText } from './line-text.ts';
import { telHref } from './property-list.tsx';
import { withValue } from './record-edit.ts';

const hints: ParseHints = { today: '2026-11-22', currency: 'EUR', dayOrder: 'dmy' };
const line = (field: AnyField, value: unknown) => lineText(field)?.toLine(value, field, hints);
const typed = (field: AnyField, text: string, before: unknown = field.initial) => {
  const result = lineText(field)?.fromLine(text, field, hints, before);
  return result?.ok ? result.value : result?.issue.message;
};

test('an amount is edited as a bare figure in the workspace’s currency, with its code in another', () => {
  expect(line(deal.fields.amount, { minor: 4_800_000, currency: 'EUR' })).toBe('48000');
  expect(line(deal.fields.amount, { minor: 4_800_050, currency: 'EUR' })).toBe('48000.50');
  expect(line(deal.fields.amount, { minor: 41_000_000, currency: 'NOK' })).toBe('410000 NOK');
  expect(typed(deal.fields.amount, '48k')).toEqual({ minor: 4_800_000, currency: 'EUR' });
});

test('what stands in the editor is read back as the same value', () => {
  const cases: readonly (readonly [AnyField, unknown])[] = [
    [deal.fields.amount, { minor: -12_345, currency: 'USD' }],
    [deal.fields.amount, { minor: 500, currency: 'JPY' }],
    [contact.fields.birthday, '1986-11-19'],
    [deal.fields.closesOn, '2027-01-29'],
    [company.fields.size, 1250],
    [instant('Called'), new Date(2026, 10, 22, 14, 5).getTime()],
  ];
  for (const [field, value] of cases) expect(typed(field, line(field, value) ?? '', value)).toEqual(value);
});

test('a day is typed as people say it; what is no day stays with a reason', () => {
  expect(typed(deal.fields.closesOn, 'fri')).toBe('2026-11-27');
  expect(typed(deal.fields.closesOn, '27 Nov')).toBe('2026-11-27');
  expect(typed(deal.fields.closesOn, 'soon')).toMatch(/needs a date/);
});

test('in a cell the primary address is edited and the others stay', () => {
  const emails = [
    { value: 'a@x.no', label: 'work', primary: true },
    { value: 'b@x.no', label: 'home', primary: false },
  ];
  expect(line(contact.fields.emails, emails)).toBe('a@x.no');
  expect(typed(contact.fields.emails, 'c@x.no', emails)).toEqual([{ ...emails[0], value: 'c@x.no' }, emails[1]]);
  expect(typed(contact.fields.emails, '', emails)).toEqual([{ ...emails[1], primary: true }]);
  expect(typed(contact.fields.emails, 'nobody', emails)).toMatch(/needs a name/);
});

test('values in words: references by name, years without separators, what cannot be read as nothing', () => {
  const context = { today: '2026-11-22', nameOf: (id: string) => (id === 'company_1' ? 'Halden' : '') };
  expect(fieldText(contact.fields.company, 'company_1', context)).toBe('Halden');
  expect(fieldText(company.fields.founded, 1998, context)).toBe('1998');
  expect(fieldText(contact.fields.birthday, '1986-11-19', context)).toBe('19 Nov 1986');
  expect(fieldText(contact.fields.lifecycle, 'customer', context)).toBe('Customer');
  expect(fieldText(contact.fields.emails, { from: 'a newer build' }, context)).toBe('');
});

test('using a kept value replaces one element of a set and leaves the others', () => {
  const { tags } = contact.fields;
  expect(withValue(tags, ['VIP', 'EU'], 'vip', null)).toEqual(['EU']);
  expect(withValue(tags, ['EU'], 'vip', 'VIP')).toEqual(['EU', 'VIP']);
  expect(withValue(contact.fields.jobTitle, 'Buyer', null, 'Owner')).toBe('Owner');
});

test('a number is called without its decoration, the extension behind it', () => {
  expect(telHref('+47 (906) 12-447')).toBe('tel:+4790612447');
  expect(telHref('020 7946 0000 ext. 12')).toBe('tel:02079460000;ext=12');
});
