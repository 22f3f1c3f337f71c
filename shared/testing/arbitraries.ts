/** Random input for law tests: anything at all, and values of a field as `parse` can produce them. */
import fc from 'fast-check';
import type { AnyField, FieldKind } from '../model/field.ts';

const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 20 }),
  fc.constantFrom('', ' ', '__proto__', 'constructor', 'a;b', 'x|y', 'k: v', '12/11/26', '1.234,5'),
);

/** What a form, a file or a hostile client may hand to `parse`. */
export const anything = fc.oneof(word, fc.anything(), fc.double(), fc.integer());

const name = fc.stringMatching(/^[a-z][a-z0-9-]{0,12}$/);
const id = (target: string) => fc.stringMatching(/^[0-9A-Za-z]{16}$/).map((random) => `${target || 'deal'}_${random}`);
const emailAddress = fc.tuple(name, name).map(([user, host]) => `${user}@${host}.example`);
const phoneNumber = fc
  .tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 100, max: 99_999_999 }))
  .map(([country, rest]) => `+${country} ${rest}`);
const label = fc.oneof(fc.constantFrom('', 'work', 'Mobile', 'Home fax', 'Büro'), word);
const dayText = fc
  .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 31 }))
  .map((parts) => parts.map((part, index) => String(part).padStart(index === 0 ? 4 : 2, '0')).join('-'));
const currency = fc.constantFrom('EUR', 'USD', 'JPY', 'KWD', 'CLF', 'NOK', 'XTS');
const addressObject = fc.record({ label, street: word, postalCode: word, city: word, region: word, country: word });
const reachable = (value: fc.Arbitrary<string>) =>
  fc.array(fc.oneof(fc.record({ value, label, primary: fc.boolean() }), value), { maxLength: 5 });

/** Raw input of each kind that `parse` mostly accepts. */
const inputs = {
  text: () => word,
  longText: () =>
    fc.oneof(
      word,
      fc.array(word).map((lines) => lines.join('\n')),
    ),
  email: () => fc.oneof(emailAddress, fc.constant('')),
  phone: () => phoneNumber,
  url: () =>
    fc.oneof(
      fc.webUrl(),
      fc.tuple(name, name).map(([host, path]) => `www.${host}.example/${path}`),
      fc.constantFrom('www.www.a.com', 'a.com.'),
    ),
  number: (field) =>
    fc
      .oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 0, max: 100 }), fc.integer())
      .map((value) => (field.label === '' ? 0 : value)),
  money: () => fc.record({ minor: fc.integer({ min: -1e14, max: 1e14 }), currency }),
  day: () => dayText,
  instant: () => fc.integer({ min: -8.64e15, max: 8.64e15 }),
  choice: (field) => fc.constantFrom(null, ...Object.keys(field.options ?? {})),
  multiChoice: (field) => fc.subarray(Object.keys(field.options ?? {})),
  tags: () => fc.array(word),
  person: () => id('member'),
  ref: (field) => id(field.target ?? ''),
  address: () => fc.oneof(addressObject, word),
  checkbox: () => fc.boolean(),
  emails: () => reachable(emailAddress),
  phones: () => reachable(phoneNumber),
  addresses: () => fc.array(addressObject, { maxLength: 4 }),
  people: () => fc.array(fc.record({ contact: id('contact'), role: label }), { maxLength: 4 }),
  positions: () =>
    fc.array(
      fc.oneof(
        fc.record({ company: id('company'), title: label, ended: fc.boolean() }),
        fc.tuple(label, id('company')).map(([title, company]) => `${title} (ended): ${company}`),
      ),
      { maxLength: 4 },
    ),
  yearlyDates: () =>
    fc.array(
      fc.record({
        label,
        on: fc.oneof(
          dayText,
          dayText.map((day) => `-${day.slice(4)}`),
        ),
      }),
      { maxLength: 4 },
    ),
  place: () => fc.tuple(id('pipeline'), id('stage'), fc.stringMatching(/^[0-9A-Za-z]{0,8}$/)),
  when: () =>
    fc
      .tuple(dayText, fc.constantFrom('', 'T15:00[Europe/Oslo]', 'T00:30[UTC]', ' 9:15'))
      .map((parts) => parts.join('')),
  links: (field) =>
    fc.array(
      fc.constantFrom(...(field.targets ?? ['deal'])).chain((target) => id(target)),
      { maxLength: 4 },
    ),
  stageHistory: () =>
    fc.array(
      fc.record({
        stamp: fc.stringMatching(/^[0-9a-z]{13}[0-9A-Za-z]{10}$/),
        from: fc.oneof(id('stage'), fc.constant('')),
        to: id('stage'),
        by: id('member'),
      }),
      { maxLength: 4 },
    ),
} satisfies Record<FieldKind, (field: AnyField) => fc.Arbitrary<unknown>>;

/** Values of a field that `parse` produced. */
export function valuesOf(field: AnyField): fc.Arbitrary<unknown> {
  return fc
    .oneof(inputs[field.kind](field), anything)
    .map((raw) => field.parse(raw))
    .filter((result) => result.ok)
    .map((result) => (result.ok ? result.value : undefined));
}
