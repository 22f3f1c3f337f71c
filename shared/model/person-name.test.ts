import fc from 'fast-check';
import { expect, test } from 'vitest';
import { splitName } from './person-name.ts';

const parts = (typed: string) => {
  const { prefix, firstName, middleName, lastName } = splitName(typed);
  return [prefix, firstName, middleName, lastName].join('|');
};

test('a first and a last name, with a title, middle names and particles where they belong', () => {
  expect(parts('Ingrid Solberg')).toBe('|Ingrid||Solberg');
  expect(parts('Dr Amara Cole')).toBe('Dr|Amara||Cole');
  expect(parts('Prof. Dr. Ana Maria Lopes')).toBe('Prof. Dr.|Ana|Maria|Lopes');
  expect(parts('Femke de Boer')).toBe('|Femke||de Boer');
  expect(parts('Joris van der Meer')).toBe('|Joris||van der Meer');
});

test('family name first, with a comma', () => {
  expect(parts('Cole, Amara')).toBe('|Amara||Cole');
  expect(parts('van der Meer, Joris')).toBe('|Joris||van der Meer');
});

test('one word is a first name, behind a title a last name, nothing is nothing', () => {
  expect(parts('Yuki')).toBe('|Yuki||');
  expect(parts('Dr Cole')).toBe('Dr|||Cole');
  expect(parts('  ')).toBe('|||');
});

test('no word is lost, whatever is typed', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), (typed) => {
      const words = (text: string) => text.replace(/,/g, ' ').split(/\s+/).filter(Boolean).sort();
      const { prefix, firstName, middleName, lastName } = splitName(typed);
      expect(words([prefix, firstName, middleName, lastName].join(' '))).toEqual(words(typed));
    }),
  );
});
