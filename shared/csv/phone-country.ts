/**
 * Phone numbers without a country code, as nearly every list has them: which ones, and what they are with the code of
 * a country. The rules of all countries are libphonenumber's (80 kB), so this is loaded by the import worker and late.
 */
import {
  type CountryCode,
  getCountries,
  getCountryCallingCode,
  isSupportedCountry,
  parsePhoneNumberFromString,
} from 'libphonenumber-js/min';

/** Whether a number can only be called from its own country as it stands. */
export function isNational(number: string): boolean {
  return !/^\s*(?:\+|00|\(\+)/.test(number);
}

/** Countries with their calling codes: `NL` → `31`. */
export function callingCodes(): ReadonlyMap<string, string> {
  return new Map(getCountries().map((country) => [country, getCountryCallingCode(country)]));
}

/**
 * Writes national numbers of a country internationally (`06 1234 5678` → `+31 6 12345678`), extensions included. What
 * cannot be a number of that country, an emergency number for instance, stays as it was typed.
 */
export function createDialler(country: string): (number: string) => string {
  if (!isSupportedCountry(country)) return (number) => number;
  const defaultCountry: CountryCode = country;
  return (number) => {
    if (!isNational(number)) return number;
    const parsed = parsePhoneNumberFromString(number, { defaultCountry, extract: false });
    // Left to itself it writes extensions in the words of the country: `Anexo 3`.
    const formatExtension = (digits: string, extension: string) => `${digits} ext. ${extension}`;
    return parsed?.isPossible() ? parsed.format('INTERNATIONAL', { formatExtension }) : number;
  };
}
