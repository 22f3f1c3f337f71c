import { expect, test } from 'vitest';
import { guessCountry } from './guess-country.ts';

test('the country is that of the currency, else that of a language the person reads', () => {
  expect(guessCountry(['en-US'], 'NOK')).toBe('NO');
  expect(guessCountry(['en-US', 'nl'], 'EUR')).toBe('NL');
  expect(guessCountry(['de-AT', 'en'], 'EUR')).toBe('AT');
  expect(guessCountry(['en-IE'], 'EUR')).toBe('IE');
  expect(guessCountry([], 'EUR')).toBe('US');
});
