/**
 * How texts are put in order and searched, everywhere the same. Intl.Collator takes 378 ms for 100,000 rows
 * because it works on every comparison; a key computed once per row makes it a plain `<`.
 */

const DIACRITICS = /\p{M}+/gu;
const DIGITS = /\d+/g;
const PLAIN = /^[ -~]*$/;

/** Letters that Unicode does not take apart into a base letter and a mark. */
const UNDECOMPOSED: Record<string, string> = {
  ø: 'o',
  æ: 'ae',
  œ: 'oe',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};
const UNDECOMPOSED_PATTERN = /[øæœßđðłþı]/g;

/** Lower case without accents: what search compares. `Gdańsk` → `gdansk`, `Bjørn` → `bjorn`. */
export function foldText(text: string): string {
  const lower = text.toLowerCase();
  if (PLAIN.test(lower)) return lower;
  return lower
    .normalize('NFD')
    .replace(DIACRITICS, '')
    .replace(UNDECOMPOSED_PATTERN, (letter) => UNDECOMPOSED[letter] ?? letter);
}

/** The sort key of a text: folded, with numbers padded so that `Lane 9` comes before `Lane 10`. Empty text has no key. */
export function textSortKey(text: string): string | null {
  if (text === '') return null;
  return foldText(text).replace(DIGITS, (digits) => digits.padStart(12, '0'));
}

/** What a field gives to be sorted by; `null` is empty and always comes last. */
export type SortKey = string | number | null;

/** Total order over sort keys: numbers, then texts, then nothing. */
export function compareSortKeys(left: SortKey, right: SortKey): number {
  if (left === right) return 0;
  if (left === null) return 1;
  if (right === null) return -1;
  if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1;
  return left < right ? -1 : left > right ? 1 : 0;
}
