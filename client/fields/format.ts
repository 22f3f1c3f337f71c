/**
 * How numbers, money, days and times look on screen (design guide, section 6). Numbers and clock times follow the
 * person's locale; day and month names are in the language of the interface, the day before the month, so that
 * nobody has to guess which of two figures is the month.
 */
import {
  type Day,
  dayNumber,
  dayOfInstant,
  daysBetween,
  fullDayText,
  isDay,
  SHORT_MONTHS,
} from '../../shared/model/day.ts';
import { currencyDigits, type Money } from '../../shared/model/money.ts';
import type { YearlyDay } from '../../shared/model/yearly-day.ts';

const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Symbols that more than one currency uses: with them the code or `US$` is shown instead. */
const SHARED_SYMBOL = /^(kr\.?|\$|¥|£|Rs\.?|₨|R)$/;

export interface Formats {
  /** `€48,000`, `NOK 410,000`; decimals only where there are some. */
  readonly money: (money: Money) => string;
  readonly minor: (minor: number, currency: string) => string;
  /** `1,250.5`; at most six decimals. */
  readonly number: (value: number) => string;
  /** `2,418`. */
  readonly count: (value: number) => string;
  /** `Today`, `Yesterday`, `Tomorrow`, `Fri 20 Nov` within 14 days, `29 Jan` within a year, `12 Mar 2025` beyond. */
  readonly day: (day: Day, today: Day) => string;
  /** `14:00` or `2:00 pm`. */
  readonly time: (epochMs: number) => string;
  /** `Today, 09:40`. */
  readonly instant: (epochMs: number, nowMs: number) => string;
  /** `just now`, `5 min ago`, `2 h ago`; from a day on as `day`. */
  readonly age: (epochMs: number, nowMs: number) => string;
}

/** Formats for a locale and an IANA zone; the device's own where left out. */
export function createFormats({ locale, zone }: { locale?: string; zone?: string } = {}): Formats {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const clock = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: zone });
  const clock24 = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone: zone });
  const twelveHours = clock.resolvedOptions().hour12 === true;
  const moneyFormats = new Map<string, Intl.NumberFormat>();

  function moneyFormat(currency: string, digits: number): Intl.NumberFormat {
    const key = `${currency}${digits}`;
    let format = moneyFormats.get(key);
    if (format === undefined) {
      const options: Intl.NumberFormatOptions = {
        style: 'currency',
        currency,
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      };
      const narrow = new Intl.NumberFormat(locale, { ...options, currencyDisplay: 'narrowSymbol' });
      const symbol = narrow.formatToParts(0).find((part) => part.type === 'currency')?.value ?? '';
      format = SHARED_SYMBOL.test(symbol) ? new Intl.NumberFormat(locale, options) : narrow;
      moneyFormats.set(key, format);
    }
    return format;
  }
  function minor(amount: number, currency: string): string {
    const digits = currencyDigits(currency);
    const unit = 10 ** digits;
    return realMinus(moneyFormat(currency, amount % unit === 0 ? 0 : digits).format(amount / unit));
  }
  const time = (epochMs: number) =>
    plainSpaces((twelveHours ? clock : clock24).format(epochMs)).replace(/[AP]M/, (half) => half.toLowerCase());
  const dayAt = (epochMs: number) => dayOfInstant(epochMs, zone);

  return {
    money: (money) => minor(money.minor, money.currency),
    minor,
    number: (value) => realMinus(number.format(value)),
    count: (value) => realMinus(count.format(value)),
    day: formatDay,
    time,
    instant: (epochMs, nowMs) => `${formatDay(dayAt(epochMs), dayAt(nowMs))}, ${time(epochMs)}`,
    age(epochMs, nowMs) {
      const passed = nowMs - epochMs;
      if (passed < MINUTE) return 'just now';
      if (passed < HOUR) return `${Math.floor(passed / MINUTE)} min ago`;
      if (passed < 24 * HOUR) return `${Math.floor(passed / HOUR)} h ago`;
      return formatDay(dayAt(epochMs), dayAt(nowMs));
    },
  };
}

/** `Today`, `Yesterday`, `Tomorrow`, `Fri 20 Nov` within 14 days, `29 Jan` within a year, `12 Mar 2025` beyond. */
export function formatDay(day: Day, today: Day): string {
  const distance = daysBetween(today, day);
  if (distance === 0) return 'Today';
  if (distance === -1) return 'Yesterday';
  if (distance === 1) return 'Tomorrow';
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const dayAndMonth = `${date} ${SHORT_MONTHS[month - 1]}`;
  if (Math.abs(distance) <= 14) return `${WEEKDAYS[(((dayNumber(day) + 4) % 7) + 7) % 7]} ${dayAndMonth}`;
  return Math.abs(distance) < 365 ? dayAndMonth : `${dayAndMonth} ${year}`;
}

/** A birthday or another day whose year matters: `19 Nov 1986`. */
export const formatFullDay = fullDayText;

const LONG_MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const LONG_WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** `November`. */
export function formatMonth(day: Day): string {
  return LONG_MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
}

/** `Thursday 19 November`: the heading of a day. */
export function formatWeekday(day: Day): string {
  const weekday = LONG_WEEKDAYS[(((dayNumber(day) + 4) % 7) + 7) % 7];
  return `${weekday} ${Number(day.slice(8, 10))} ${formatMonth(day)}`;
}

/** A day of every year: `19 Nov`, with its year where it is known. */
export function formatYearly(on: YearlyDay): string {
  const [month = 1, date = 1] = on.slice(-5).split('-').map(Number);
  return isDay(on) ? fullDayText(on) : `${date} ${SHORT_MONTHS[month - 1]}`;
}

const device = createFormats();

export const formatMoney = device.money;
export const formatMinor = device.minor;
export const formatNumber = device.number;
export const formatCount = device.count;
export const formatTime = device.time;
export const formatInstant = device.instant;
export const formatAge = device.age;

/** `1 contact`, `2,418 contacts`. */
export function formatPlural(count: number, one: string, many: string): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/**
 * Sums that mix currencies side by side, never added: the workspace's currency first, then the largest count of
 * the others by code. Empty when there is nothing to sum. `minorByCurrency`: ISO code → minor units.
 */
export function formatSums(minorByCurrency: ReadonlyMap<string, number>, workspaceCurrency: string): string {
  const codes = [...minorByCurrency.keys()].sort((left, right) => {
    if (left === workspaceCurrency || right === workspaceCurrency) return left === workspaceCurrency ? -1 : 1;
    return left < right ? -1 : 1;
  });
  return codes.map((code) => formatMinor(minorByCurrency.get(code) ?? 0, code)).join(' + ');
}

/** Intl writes a hyphen; in a column of figures the real minus has the width of a digit. */
const realMinus = (text: string): string => plainSpaces(text).replace(/^-|(?<=[^\d])-(?=[\d])/, '−');

/** Narrow no-break spaces in times and amounts make texts that nobody can type or search. */
const plainSpaces = (text: string): string => text.replace(/\u202f/g, '\u00a0');
