/**
 * A calendar day is the text `YYYY-MM-DD` and never passes through a timestamp: a birthday is the same day
 * in Lisbon and in Auckland. Arithmetic goes through UTC noon-free day numbers, so no clock change can touch it.
 */
export type Day = string;

const MS_PER_DAY = 86_400_000;

/** Order of the parts in a numeric date; asked from the file or the reader when a text is ambiguous. */
export type DayOrder = 'dmy' | 'mdy';

export function isDay(value: unknown): value is Day {
  if (typeof value !== 'string' || value.length !== 10 || value[4] !== '-' || value[7] !== '-') return false;
  const [year, month, date] = [digitsAt(value, 0, 4), digitsAt(value, 5, 7), digitsAt(value, 8, 10)];
  return year >= 1 && month >= 1 && month <= 12 && date >= 1 && date <= daysInMonth(year, month);
}

/** The number those digits say; NaN when one of them is none. Every stored day is read through this: no garbage. */
function digitsAt(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

/** The day with these parts, or null when there is none (31 February, month 13). Years 1 to 9999. */
export function dayFrom(year: number, month: number, date: number): Day | null {
  if (year < 1 || year > 9999 || month < 1 || month > 12 || date < 1 || date > daysInMonth(year, month)) return null;
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Days since 1970-01-01; the unit of `addDays` and `daysBetween`. */
export function dayNumber(day: Day): number {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const utc = new Date(0);
  utc.setUTCFullYear(year, month - 1, date);
  return Math.round(utc.getTime() / MS_PER_DAY);
}

function dayFromNumber(days: number): Day {
  const utc = new Date(days * MS_PER_DAY);
  return dayFrom(utc.getUTCFullYear(), utc.getUTCMonth() + 1, utc.getUTCDate()) ?? '1970-01-01';
}

export function addDays(day: Day, days: number): Day {
  return dayFromNumber(dayNumber(day) + days);
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from);
}

/** The calendar day a person with this clock sees at an instant. `zone` is an IANA name; the device's own when left out. */
export function dayOfInstant(epochMs: number, zone?: string): Day {
  if (zone === undefined) {
    const local = new Date(epochMs);
    return dayFrom(local.getFullYear(), local.getMonth() + 1, local.getDate()) ?? '1970-01-01';
  }
  let format = dayFormats.get(zone);
  if (format === undefined) {
    const parts = { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' } as const;
    ({ format } = new Intl.DateTimeFormat('en-CA', parts));
    if (dayFormats.size >= MOST_FORMATS) dayFormats.clear();
    dayFormats.set(zone, format);
  }
  return format(epochMs);
}

/** A day whose year matters, as written in sentences: `19 Nov 1986`. */
export function fullDayText(day: Day): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return `${date} ${SHORT_MONTHS[month - 1]} ${year}`;
}

/** By zone, because making one takes 50 times as long as using it. */
const dayFormats = new Map<string, (epochMs: number) => Day>();
const MOST_FORMATS = 200;

export const SHORT_MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const MONTHS = SHORT_MONTHS.map((month) => month.toLowerCase());
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const NUMERIC = /^(\d{1,4})[./\- ]+(\d{1,2})[./\- ]+(\d{1,4})\.?$/;
const DATE_MONTH = /^(?:\p{L}+,?\s+)?(\d{1,2})(?:st|nd|rd|th|\.)?[ \-/]*(\p{L}{3,})\.?,?[ \-/]*(\d{2}|\d{4})?$/u;
const AHEAD = /^in (an?|[1-9]\d{0,2}) (day|week)s?$/;
const MONTH_DATE = /^(\p{L}{3,})\.?[ -]*(\d{1,2})(?:st|nd|rd|th)?,?(?:[ -]+(\d{4}))?$/u;

export interface DayHints {
  /** For `03/04/2026`; day first when left out, unless the numbers only fit the other way. */
  readonly dayOrder?: DayOrder;
  /** What `today`, `fri` and a date without a year are relative to; without it those are not understood. */
  readonly today?: Day;
}

/**
 * Reads what people and programs write for a day: `2026-11-27`, `20261127`, `27.11.2026`, `27/11/26`, `27 Nov`,
 * `Nov 27, 2026`, `today`, `fri`, `in 3 days`. A time behind the date is ignored. Null when it is none of these.
 */
export function parseDay(text: string, hints: DayHints = {}): Day | null {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/[t ]+\d{1,2}:\d{2}.*$/, '');
  if (isDay(plain)) return plain;
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(plain);
  if (compact) return dayFrom(Number(compact[1]), Number(compact[2]), Number(compact[3]));
  const numeric = NUMERIC.exec(plain);
  if (numeric) return numericDay(numeric[1] ?? '', numeric[2] ?? '', numeric[3] ?? '', hints.dayOrder ?? 'dmy');
  const ahead = hints.today && AHEAD.exec(plain);
  if (ahead) return addDays(hints.today, (Number(ahead[1]) || 1) * (ahead[2] === 'week' ? 7 : 1));
  const dateMonth = DATE_MONTH.exec(plain);
  if (dateMonth) return namedDay(dateMonth[1], dateMonth[2], dateMonth[3], hints.today);
  const monthDate = MONTH_DATE.exec(plain);
  if (monthDate) return namedDay(monthDate[2], monthDate[1], monthDate[3], hints.today);
  return hints.today ? relativeDay(plain, hints.today) : null;
}

function numericDay(first: string, second: string, third: string, order: DayOrder): Day | null {
  if (first.length > 2) return dayFrom(Number(first), Number(second), Number(third));
  const year = fullYear(third);
  const [a, b] = [Number(first), Number(second)];
  const dayFirst = dayFrom(year, b, a);
  const monthFirst = dayFrom(year, a, b);
  return order === 'dmy' ? (dayFirst ?? monthFirst) : (monthFirst ?? dayFirst);
}

function namedDay(date = '', monthName = '', year: string | undefined, today: Day | undefined): Day | null {
  const month = MONTHS.indexOf(monthName.slice(0, 3)) + 1;
  if (month === 0) return null;
  if (year !== undefined) return dayFrom(fullYear(year), month, Number(date));
  if (today === undefined) return null;
  const thisYear = dayFrom(Number(today.slice(0, 4)), month, Number(date));
  // "15 Jan" said in December means the coming one; "15 Oct" said in November means the one just past.
  return thisYear && daysBetween(thisYear, today) > 183
    ? dayFrom(Number(today.slice(0, 4)) + 1, month, Number(date))
    : thisYear;
}

function relativeDay(plain: string, today: Day): Day | null {
  if (plain === 'today') return today;
  if (plain === 'tomorrow') return addDays(today, 1);
  if (plain === 'yesterday') return addDays(today, -1);
  const weekday = plain.length >= 3 ? WEEKDAYS.findIndex((name) => plain.startsWith(name)) : -1;
  if (weekday < 0 || !/^(sun|mon|tue|wed|thu|fri|sat)(day|sday|nesday|rsday|urday|s|rs|r)?$/.test(plain)) return null;
  const todayWeekday = (((dayNumber(today) + 4) % 7) + 7) % 7;
  return addDays(today, (weekday - todayWeekday + 7) % 7 || 7);
}

/** Two-digit years follow POSIX: 69–99 are 19xx, 00–68 are 20xx. */
function fullYear(text: string): number {
  const year = Number(text);
  if (text.length > 2) return year;
  return year >= 69 ? 1900 + year : 2000 + year;
}
