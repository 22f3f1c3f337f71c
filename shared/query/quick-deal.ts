/**
 * One line of typing read as a deal: `Polar Freight pallet trackers 14k 15 Dec` is a title, a company, an amount and
 * a close date. A company is one that is known, or the words behind an `@`.
 *
 * Law: nothing typed is lost. Every word is in the title or in exactly one of the parts, and a title is never empty
 * while words are there.
 */
import { type Day, parseDay } from '../model/day.ts';
import { type Money, parseMoney } from '../model/money.ts';
import { foldText } from '../model/text-order.ts';

/** A piece of the line that was understood; `text` is what was typed for it. */
interface Part {
  readonly text: string;
  /** Positions of its first word and of the one behind its last. */
  readonly from: number;
  readonly to: number;
}

export interface QuickDeal {
  readonly title: string;
  readonly amount: (Part & { readonly value: Money }) | null;
  readonly closesOn: (Part & { readonly value: Day }) | null;
  /** `id` is null for a company that is still to be made. */
  readonly company: (Part & { readonly id: string | null; readonly name: string }) | null;
}

export interface QuickDealHints {
  readonly today: Day;
  /** ISO code for an amount that names none. */
  readonly currency: string;
  /** The company of this name, however it is written; asked with up to `MAX_COMPANY_WORDS` words. */
  readonly findCompany: (foldedName: string) => { readonly id: string; readonly name: string } | undefined;
}

const MAX_COMPANY_WORDS = 6;
const MAX_DAY_WORDS = 3;

/** What company names are compared by: folded, single spaces, no comma at the end. */
export function companyKey(name: string): string {
  return foldText(name.trim().replace(/\s+/g, ' ').replace(/[,;]$/, ''));
}

export function parseQuickDeal(line: string, hints: QuickDealHints): QuickDeal {
  const words = line.split(/\s+/).filter((word) => word !== '');
  const taken = new Set<number>();
  const take = <P extends Part>(part: P | null): P | null => {
    for (let index = part?.from ?? 0; index < (part?.to ?? 0); index++) taken.add(index);
    return part;
  };
  let company = take(findMarkedCompany(words, hints) ?? findKnownCompany(words, hints));
  const closesOn = take(findDay(words, taken, hints.today));
  const amount = take(findAmount(words, taken, hints.currency));
  const left = () => words.filter((_, index) => !taken.has(index));
  if (left().length === 0 && company) {
    // "Polar Freight 14k": the company's name is all there is to call the deal by.
    for (let index = company.from; index < company.to; index++) taken.delete(index);
    const title = left().join(' ').replace(/^@/, '');
    return { title, amount, closesOn, company: { ...company, text: '' } };
  }
  if (left().length === 0) {
    company = null;
    return { title: words.join(' '), amount, closesOn, company };
  }
  return { title: tidy(left().join(' ')), amount, closesOn, company };
}

function tidy(title: string): string {
  const trimmed = title.replace(/^[,;:–-]+\s+/, '').replace(/[,;:]+$/, '');
  return trimmed === '' ? title : trimmed;
}

function part(words: readonly string[], from: number, to: number): Part {
  return { text: words.slice(from, to).join(' '), from, to };
}

/** `@Polar Freight`: up to a comma, an amount, a date or the end; the longest known name wins. */
function findMarkedCompany(words: readonly string[], hints: QuickDealHints): QuickDeal['company'] {
  const from = words.findIndex((word) => word.length > 1 && word.startsWith('@'));
  if (from < 0) return null;
  let end = from + 1;
  const closed = (index: number) => /[,;]$/.test(words[index] ?? '');
  while (
    end < words.length &&
    end - from < MAX_COMPANY_WORDS &&
    !closed(end - 1) &&
    !startsSomething(words, end, hints)
  )
    end++;
  for (let to = end; to > from; to--) {
    const known = hints.findCompany(companyKey(words.slice(from, to).join(' ').slice(1)));
    if (known) return { ...part(words, from, to), ...known };
  }
  const name = words.slice(from, end).join(' ').slice(1).replace(/[,;]$/, '');
  return name === '' ? null : { ...part(words, from, end), id: null, name };
}

function startsSomething(words: readonly string[], index: number, hints: QuickDealHints): boolean {
  const nothing = new Set<number>();
  const day = findDay(words.slice(index), nothing, hints.today);
  const amount = findAmount(words.slice(index), nothing, hints.currency);
  return day?.from === 0 || amount?.from === 0;
}

/** The longest run of words that is a company's whole name; the first one of equal length. */
function findKnownCompany(words: readonly string[], hints: QuickDealHints): QuickDeal['company'] {
  for (let length = Math.min(MAX_COMPANY_WORDS, words.length); length > 0; length--) {
    for (let from = 0; from + length <= words.length; from++) {
      const key = companyKey(words.slice(from, from + length).join(' '));
      const known = key.length < 3 ? undefined : hints.findCompany(key);
      if (known) return { ...part(words, from, from + length), ...known };
    }
  }
  return null;
}

const MONTH =
  /^(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)[.,]?$/i;
const SINGLE_DATE =
  /^(\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.(\d{2}|\d{4})?|\d{1,2}[/-]\d{1,2}[/-](\d{2}|\d{4})|\d{1,2}-?[a-z]{3}(-?\d{2,4})?)$/i;
const DATE_NUMBER = /^\d{1,2}(st|nd|rd|th|\.)?,?$/i;
const YEAR = /^20\d{2}$/;
const RELATIVE = /^(today|tomorrow|mon|tues?|wed|thu(rs?)?|fri|sat|sun|(mon|tues|wednes|thurs|fri|satur|sun)day)$/i;

/** The last date in the line. A weekday or `tomorrow` counts only behind all other words: "Sun Solar" is a name. */
function findDay(words: readonly string[], taken: ReadonlySet<number>, today: Day): QuickDeal['closesOn'] {
  for (let to = words.length; to > 0; to--) {
    for (let length = Math.min(MAX_DAY_WORDS, to); length > 0; length--) {
      const from = to - length;
      const run = words.slice(from, to);
      if (run.some((_, index) => taken.has(from + index))) continue;
      const plain = run.join(' ').replace(/,$/, '');
      if (!looksLikeDay(run) && !(RELATIVE.test(plain) && onlyFiguresBehind(words, to, taken))) continue;
      const value = readDay(plain, today);
      if (value !== null) return { ...part(words, from, to), value };
    }
  }
  return null;
}

function looksLikeDay(run: readonly string[]): boolean {
  const [first = '', second = '', third] = run;
  if (run.length === 1)
    return (
      SINGLE_DATE.test(first) &&
      (!/[a-z]/i.test(first) || /^\d+-?(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)/i.test(first))
    );
  const dayAndMonth =
    (DATE_NUMBER.test(first) && MONTH.test(second)) || (MONTH.test(first) && DATE_NUMBER.test(second));
  return dayAndMonth && (third === undefined || YEAR.test(third));
}

function readDay(text: string, today: Day): Day | null {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.$/.exec(text);
  if (!dotted) return parseDay(text, { today });
  const thisYear = parseDay(`${dotted[1]}.${dotted[2]}.${today.slice(0, 4)}`);
  if (thisYear === null || thisYear >= today) return thisYear;
  return parseDay(`${dotted[1]}.${dotted[2]}.${Number(today.slice(0, 4)) + 1}`);
}

function onlyFiguresBehind(words: readonly string[], index: number, taken: ReadonlySet<number>): boolean {
  return words.slice(index).every((word, offset) => taken.has(index + offset) || /\d/.test(word));
}

const NUMBER = String.raw`\d[\d.,'’]*`;
const SYMBOL = String.raw`(?:[€£$¥₹₩₺]|zł|R\$|[A-Z]{3}|kr)`;
/** From the surest to the least sure; the last word of each kind in the line wins. */
const AMOUNTS: readonly { readonly pattern: RegExp; readonly words: number; readonly last?: boolean }[] = [
  { pattern: new RegExp(String.raw`^(?:${SYMBOL}) \d{1,3} \d{3}$`), words: 3 },
  { pattern: new RegExp(String.raw`^\d{1,3} \d{3} (?:${SYMBOL})$`), words: 3 },
  { pattern: new RegExp(`^(?:${SYMBOL}) ${NUMBER}(?:k|m|mio|bn)?$`), words: 2 },
  { pattern: new RegExp(`^${NUMBER}(?:k|m|mio|bn)? (?:${SYMBOL})$`), words: 2 },
  { pattern: new RegExp(`^(?:${SYMBOL})${NUMBER}(?:k|m|mio|bn)?$`, 'i'), words: 1 },
  { pattern: new RegExp(`^${NUMBER}(?:k|m|mio|bn)?(?:${SYMBOL})$`), words: 1 },
  { pattern: new RegExp(`^${NUMBER}(?:k|m|mio)$`, 'i'), words: 1 },
  { pattern: /^\d{1,3}(?:[.,'’]\d{3})+(?:[.,]\d{1,2})?$/, words: 1 },
  { pattern: /^(?!(?:19|20)\d\d$)\d{4,}$/, words: 1, last: true },
];

/** An amount of money. A bare number is one only when it is large and the last word left: "120 units" is not. */
function findAmount(words: readonly string[], taken: ReadonlySet<number>, currency: string): QuickDeal['amount'] {
  const free = words.flatMap((_, index) => (taken.has(index) ? [] : [index]));
  for (const kind of AMOUNTS) {
    for (let to = words.length; to >= kind.words; to--) {
      const from = to - kind.words;
      if (words.slice(from, to).some((_, index) => taken.has(from + index))) continue;
      if (kind.last && from !== free.at(-1)) continue;
      const text = words.slice(from, to).join(' ').replace(/[,;]$/, '');
      const value = kind.pattern.test(text) ? parseMoney(text, currency) : null;
      if (value !== null && value !== 'currency' && knownCurrency(value.currency)) {
        return { ...part(words, from, to), value };
      }
    }
  }
  return null;
}

const KNOWN_CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** Three capitals before a number are a currency only when there is one: "NOK 410" is, "LED 60" is not. */
function knownCurrency(code: string): boolean {
  return KNOWN_CURRENCIES.has(code);
}
