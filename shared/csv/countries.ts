/** Tells a column of countries from one of addresses: `Kenya` is no street. Names come from Intl, in seven languages. */
import { foldText } from '../model/text-order.ts';

const LANGUAGES = ['en', 'de', 'fr', 'es', 'it', 'nl', 'nb'];
let names: ReadonlySet<string> | null = null;

function countryNames(): ReadonlySet<string> {
  const found = new Set<string>(['usa', 'uk', 'great britain', 'england', 'scotland', 'wales', 'korea', 'holland']);
  const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];
  for (const language of LANGUAGES) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const first of letters)
      for (const second of letters) {
        const name = display.of(first + second);
        if (name !== undefined) found.add(foldText(name));
      }
  }
  return found;
}

/** Whether four in five of the different texts are names of countries. */
export function isCountryColumn(cells: readonly string[]): boolean {
  names ??= countryNames();
  const different = new Set(cells.map((cell) => foldText(cell.trim())).filter((cell) => cell !== ''));
  let known = 0;
  for (const text of different) if (names.has(text)) known++;
  return different.size > 0 && known >= different.size * 0.8;
}
