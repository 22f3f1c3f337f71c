/** What a column of texts looks like: how full it is, how its dates and numbers are written, a few examples. */
import { type DayOrder, parseDay } from '../model/day.ts';
import type { DecimalMark } from '../model/money.ts';
import type { Table } from './read-csv.ts';

export interface ColumnProfile {
  readonly header: string;
  /** Rows with something in this column. */
  readonly filled: number;
  /** Up to three different texts, in the order of the file. */
  readonly examples: readonly string[];
  /** Different texts, counted up to `DISTINCT_LIMIT`. */
  readonly distinct: number;
  /** Null when these are no dates. `ambiguous`: every date reads both ways, so the person must say. */
  readonly dates: DayOrder | 'ymd' | 'ambiguous' | null;
  /** Null when no number here has a decimal mark. `ambiguous`: `1.234` or `1,234` may be a thousand or a bit over one. */
  readonly decimal: DecimalMark | 'ambiguous' | null;
}

const DISTINCT_LIMIT = 1_000;
const EXAMPLES = 3;

export function profileColumn(table: Table, column: number): ColumnProfile {
  let filled = 0;
  const seen = new Set<string>();
  const dates = new DateWatch();
  const numbers = new NumberWatch();
  for (const row of table.rows) {
    const cell = (row[column] ?? '').trim();
    if (cell === '') continue;
    filled++;
    if (seen.size < DISTINCT_LIMIT) seen.add(cell);
    dates.see(cell);
    numbers.see(cell);
  }
  return {
    header: table.headers[column] ?? '',
    filled,
    examples: [...seen].slice(0, EXAMPLES).map((text) => (text.length > 80 ? `${text.slice(0, 79)}…` : text)),
    distinct: seen.size,
    dates: dates.verdict(filled),
    decimal: numbers.verdict(),
  };
}

const NUMERIC_DATE = /^(\d{1,4})[./\- ](\d{1,2})[./\- ](\d{2,4})(?:[T ,].*)?$/;
const LONELY_NUMBER = /^[\d.,\s]+$/;

/** A column is dates when nearly all its texts are; one number above 12 tells which part is the day. */
class DateWatch {
  private numeric = 0;
  private spelled = 0;
  private yearFirst = 0;
  private dayFirst = 0;
  private monthFirst = 0;
  private pointed = 0;

  see(cell: string): void {
    const match = NUMERIC_DATE.exec(cell);
    if (!match) {
      if (!LONELY_NUMBER.test(cell) && this.spelled < 200 && parseDay(cell) !== null) this.spelled++;
      return;
    }
    this.numeric++;
    const [, first = '', second = ''] = match;
    if (first.length > 2) this.yearFirst++;
    else if (Number(first) > 12 && Number(second) <= 12) this.dayFirst++;
    else if (Number(second) > 12 && Number(first) <= 12) this.monthFirst++;
    else if (cell.includes('.')) this.pointed++;
  }

  verdict(filled: number): ColumnProfile['dates'] {
    const found = this.numeric + this.spelled;
    if (filled === 0 || found < Math.min(filled, 200) * 0.8) return null;
    if (this.numeric === this.yearFirst) return 'ymd';
    if (this.dayFirst > 0 && this.monthFirst > 0) return 'ambiguous';
    if (this.monthFirst > 0) return 'mdy';
    // 03.11.2025 with points is day first wherever it is written.
    return this.dayFirst > 0 || this.pointed > 0 ? 'dmy' : 'ambiguous';
  }
}

class NumberWatch {
  private point = 0;
  private comma = 0;
  private unclear = 0;

  see(cell: string): void {
    const plain = cell.replace(/[^\d.,]/g, '');
    const point = plain.lastIndexOf('.');
    const comma = plain.lastIndexOf(',');
    if (
      (point < 0 && comma < 0) ||
      !/^[^\d\p{L}]*[\p{Sc}\p{Lu}]{0,3}\s?[-(+−]?\d[\d.,' \u00a0\u202f]*\)?\s?[\p{Sc}\p{L}%]{0,3}$/u.test(cell)
    )
      return;
    if (point >= 0 && comma >= 0) point > comma ? this.point++ : this.comma++;
    else if (point >= 0)
      this.seeAlone(
        plain,
        '.',
        () => this.point++,
        () => this.comma++,
      );
    else
      this.seeAlone(
        plain,
        ',',
        () => this.comma++,
        () => this.point++,
      );
  }

  /** One kind of mark only: twice means thousands; before exactly three digits nobody can say. */
  private seeAlone(plain: string, mark: string, asDecimal: () => void, asGroup: () => void): void {
    const parts = plain.split(mark);
    if (parts.length > 2) asGroup();
    else if (parts[1]?.length === 3 && parts[0] !== '0') this.unclear++;
    else asDecimal();
  }

  verdict(): ColumnProfile['decimal'] {
    if (this.point > 0 && this.comma > 0) return 'ambiguous';
    if (this.point > 0) return '.';
    if (this.comma > 0) return ',';
    return this.unclear > 0 ? 'ambiguous' : null;
  }
}
