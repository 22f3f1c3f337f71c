/**
 * Days that come back every year: a birthday, a wedding, the end of a contract. The year is kept where it is known,
 * for "turns 40"; without it the text is `--MM-DD`, as vCards write it.
 */
import { type Day, dayFrom, isDay, parseDay } from './day.ts';
import type { Field, ParseHints } from './field.ts';
import { ok } from './result.ts';
import { invalid, rawText } from './scalar-fields.ts';
import { setField, withoutMarks } from './set-fields.ts';
import { foldText } from './text-order.ts';

/** `1986-11-19`, or `--11-19` when nobody knows the year. */
export type YearlyDay = string;

/** A year that has a 29 February. */
const LEAP = '2000';

export function isYearlyDay(stored: unknown): stored is YearlyDay {
  if (typeof stored !== 'string') return false;
  return isDay(stored.startsWith('--') ? `${LEAP}-${stored.slice(2)}` : stored);
}

/** Reads a day with or without its year: `19 Nov`, `19 Nov 1986`, `--11-19`. Null when it is neither. */
export function parseYearlyDay(text: string, hints: ParseHints = {}): YearlyDay | null {
  const plain = text.trim();
  const yearless = /^--?(\d{2})-?(\d{2})$/.exec(plain);
  if (yearless) {
    const day = `--${yearless[1]}-${yearless[2]}`;
    return isYearlyDay(day) ? day : null;
  }
  const order = hints.dayOrder ? { dayOrder: hints.dayOrder } : {};
  const whole = parseDay(plain, order);
  if (whole !== null) return whole;
  // Without a year the reader of days needs one to lean on; "fri" and "today" are no day of every year.
  const leaning = /\d/.test(plain) ? parseDay(plain, { ...order, today: `${LEAP}-07-01` }) : null;
  return leaning && `--${leaning.slice(5)}`;
}

/** The next time it comes, today included. A 29 February is kept on the 28th in other years. */
export function nextYearly(on: YearlyDay, today: Day): Day {
  const year = Number(today.slice(0, 4));
  const inYear = (which: number): Day => {
    const [month = 1, date = 1] = on.slice(-5).split('-').map(Number);
    return dayFrom(which, month, date) ?? dayFrom(which, month, date - 1) ?? today;
  };
  return inYear(year) >= today ? inYear(year) : inYear(year + 1);
}

/** How many years it is old on a day, 40 for "turns 40"; null without a year, or before it has come round once. */
export function yearsOn(on: YearlyDay, day: Day): number | null {
  if (!isDay(on)) return null;
  const years = Number(day.slice(0, 4)) - Number(on.slice(0, 4));
  return years > 0 ? years : null;
}

/** A day of somebody that matters every year. */
export interface ImportantDate {
  /** "Wedding", "Contract renewal". */
  readonly label: string;
  readonly on: YearlyDay;
}

function isImportantDate(stored: unknown): stored is ImportantDate {
  if (typeof stored !== 'object' || stored === null) return false;
  const { label, on } = stored as Partial<ImportantDate>;
  return typeof label === 'string' && isYearlyDay(on);
}

const NAMELESS = 'Important date';

/** Days with a name each, in the order of the year. */
export function yearlyDates(label: string): Field<readonly ImportantDate[], 'yearlyDates'> {
  return setField<ImportantDate, 'yearlyDates'>({
    kind: 'yearlyDates',
    label,
    shape: {
      // The day is part of it: two anniversaries are two.
      key: (date) => `${date.on} ${foldText(date.label)}`,
      accepts: isImportantDate,
      sortKey: ({ on }) => on.slice(-5),
    },
    elementText: (date) => `${date.label}: ${date.on}`,
    readElement: (raw, _first, hints) => {
      const given = typeof raw === 'object' && raw !== null ? (raw as Readonly<Record<string, unknown>>) : null;
      const labelled = given ? null : /^([^:]*):\s*(.+)$/s.exec(rawText(raw).trim());
      const on = parseYearlyDay(given ? rawText(given.on) : (labelled?.[2] ?? rawText(raw)), hints);
      const words = withoutMarks(given ? given.label : (labelled?.[1] ?? ''), /[;:]/g);
      if (on === null) return invalid('An important date needs a day like 19 Nov or 2026-11-19.');
      return ok({ label: words.slice(0, 100).trim() || NAMELESS, on });
    },
  });
}
