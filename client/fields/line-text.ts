/**
 * Values that are edited as one line of text: what stands in the input, and how what was typed becomes a value.
 * Lists of e-mails and phones are here too: in a table cell the line is the primary one, the others stay.
 */
import { isDay } from '../../shared/model/day.ts';
import type { AnyField, FieldIssue, FieldKind, ParseHints } from '../../shared/model/field.ts';
import { currencyDigits, type Money, majorUnits } from '../../shared/model/money.ts';
import { ok, type Result } from '../../shared/model/result.ts';
import type { Reachable } from '../../shared/model/set-fields.ts';
import { isWhen, whenDay, whenTime } from '../../shared/model/when.ts';
import { formatFullDay } from './format.ts';

export interface LineText {
  // biome-ignore lint/suspicious/noExplicitAny: each is only used with values of its own kind.
  readonly toLine: (value: any, field: AnyField, hints: ParseHints) => string;
  // biome-ignore lint/suspicious/noExplicitAny: as above.
  readonly fromLine: (line: string, field: AnyField, hints: ParseHints, before: any) => Result<unknown, FieldIssue>;
  readonly inputMode?: 'text' | 'decimal' | 'numeric' | 'email' | 'tel' | 'url';
}

const canonical: LineText = {
  toLine: (value, field) => field.toText(value),
  fromLine: (line, field, hints) => field.parse(line, hints),
};

const primary: LineText = {
  toLine: (value: readonly Reachable[]) => value[0]?.value ?? '',
  fromLine(line, field, hints, before: readonly Reachable[]) {
    const [first, ...others] = before;
    const kept = line.trim() === '' ? [] : [{ value: line, label: first?.label ?? '', primary: true }];
    return field.parse([...kept, ...others], hints);
  },
};

const LINE_TEXTS = {
  text: canonical,
  email: { ...canonical, inputMode: 'email' },
  phone: { ...canonical, inputMode: 'tel' },
  url: { ...canonical, inputMode: 'url' },
  number: { ...canonical, inputMode: 'decimal' },
  money: { ...canonical, toLine: moneyLine, inputMode: 'text' },
  day: { ...canonical, toLine: (value: string | null) => (isDay(value) ? formatFullDay(value) : '') },
  when: { ...canonical, toLine: whenLine },
  instant: { toLine: instantLine, fromLine: localInstant },
  emails: { ...primary, inputMode: 'email' },
  phones: { ...primary, inputMode: 'tel' },
} satisfies Partial<Record<FieldKind, LineText>>;

/** How a field is edited as a line; undefined when it is not. */
export function lineText(field: AnyField): LineText | undefined {
  return Object.hasOwn(LINE_TEXTS, field.kind) ? LINE_TEXTS[field.kind as keyof typeof LINE_TEXTS] : undefined;
}

/** A bare figure in the workspace's currency, with the code in any other: what a person would type. */
function moneyLine(value: Money | null, _field: AnyField, hints: ParseHints): string {
  if (value === null) return '';
  const digits = value.minor % 10 ** currencyDigits(value.currency) === 0 ? 0 : currencyDigits(value.currency);
  const amount = majorUnits(value).toFixed(digits);
  return value.currency === (hints.currency ?? 'EUR') ? amount : `${amount} ${value.currency}`;
}

function whenLine(value: string | null): string {
  if (!isWhen(value)) return '';
  const time = whenTime(value);
  return time === null ? formatFullDay(whenDay(value)) : `${formatFullDay(whenDay(value))} ${time}`;
}

function instantLine(value: number | null): string {
  if (value === null) return '';
  const local = new Date(value - new Date(value).getTimezoneOffset() * 60_000).toISOString();
  return `${formatFullDay(local.slice(0, 10))} ${local.slice(11, 16)}`;
}

/** A time typed without a zone is the time on this device's clock; the field alone would take it as UTC. */
function localInstant(line: string, field: AnyField, hints: ParseHints): Result<unknown, FieldIssue> {
  const result = field.parse(line, hints);
  if (!result.ok || typeof result.value !== 'number' || /(z|[+-]\d{2}:?\d{2})\s*$/i.test(line)) return result;
  const utc = new Date(result.value);
  const { year, month, date } = { year: utc.getUTCFullYear(), month: utc.getUTCMonth(), date: utc.getUTCDate() };
  return ok(new Date(year, month, date, utc.getUTCHours(), utc.getUTCMinutes()).getTime());
}
