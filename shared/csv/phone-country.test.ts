import { expect, test } from 'vitest';
import { phones } from '../model/set-fields.ts';
import { callingCodes, createDialler, isNational } from './phone-country.ts';

test('a national number gets the code of its country, and an extension stays with it', () => {
  const dial = createDialler('NL');
  expect(dial('06-12345678')).toBe('+31 6 12345678');
  expect(dial('(020) 123 4567')).toBe('+31 20 123 4567');
  expect(createDialler('GB')('020 7946 0018')).toBe('+44 20 7946 0018');
  expect(createDialler('US')('(212) 555-0147 ext. 12')).toBe('+1 212 555 0147 ext. 12');
});

test('what has a code, and what cannot be a number there, stays as it was typed', () => {
  const dial = createDialler('NL');
  for (const number of ['+47 22 12 34 56', '0047 22123456', '112', '0612 445 90 11 22 33 44 55']) {
    expect(dial(number), number).toBe(number);
  }
  expect(createDialler('XX')('06-12345678')).toBe('06-12345678');
  expect(isNational('06-12345678')).toBe(true);
  expect(isNational('+31 6 12345678')).toBe(false);
});

test('what it writes, the field of phone numbers reads', () => {
  const field = phones('Phone');
  for (const [country] of callingCodes()) {
    for (const number of ['0612345678', '2125550147', '030 123456', '(0)20 12345 ext. 3']) {
      const value = createDialler(country)(number);
      expect(field.parse([{ value, label: 'work', primary: true }]).ok, `${country}: ${value}`).toBe(true);
    }
  }
});
