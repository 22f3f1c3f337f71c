/** Every field's value in words: what is read aloud, put into tooltips and undo labels, and shown where text is enough. */
import { type Day, dayOfInstant } from '../../shared/model/day.ts';
import type { AnyField, FieldKind } from '../../shared/model/field.ts';
import type { Money } from '../../shared/model/money.ts';
import type { Place } from '../../shared/model/place-field.ts';
import type { Position } from '../../shared/model/positions-field.ts';
import { optionLabel } from '../../shared/model/scalar-fields.ts';
import type { Address, Participant, Reachable, StageMove } from '../../shared/model/set-fields.ts';
import { type When, whenDay, whenInstant, whenTime } from '../../shared/model/when.ts';
import type { ImportantDate } from '../../shared/model/yearly-day.ts';
import { rightNow } from '../platform/right-now.ts';
import {
  formatDay,
  formatFullDay,
  formatInstant,
  formatMoney,
  formatNumber,
  formatPlural,
  formatTime,
  formatYearly,
} from './format.ts';

/** What a text needs to know beyond the value. */
export interface TextContext {
  readonly today: Day;
  /** What the record with this id is called; '' when nothing is known of it. */
  readonly nameOf: (id: string) => string;
}

type TextOf<T> = (value: T, field: AnyField, context: TextContext) => string;

const asIs: TextOf<string> = (value) => value;
const nameOfRef: TextOf<string | null> = (value, _field, { nameOf }) => (value === null ? '' : nameOf(value));

const TEXTS = {
  text: asIs,
  longText: asIs,
  email: asIs,
  phone: asIs,
  url: (value: string) => shortUrl(value),
  number: (value: number | null, field) => (value === null ? '' : numberText(value, field)),
  money: (value: Money | null) => (value === null ? '' : formatMoney(value)),
  day: (value: Day | null, _field, { today }) => (value === null ? '' : dayText(value, today)),
  when: (value: When | null, _field, { today }) => (value === null ? '' : whenText(value, today)),
  links: (value: readonly string[], _field, { nameOf }) => value.map(nameOf).filter(Boolean).join(', '),
  instant: (value: number | null) => (value === null ? '' : formatInstant(value, rightNow())),
  choice: (value: string | null, field) => (value === null ? '' : optionLabel(field.options ?? {}, value)),
  multiChoice: (value: readonly string[], field) =>
    value.map((option) => optionLabel(field.options ?? {}, option)).join(', '),
  tags: (value: readonly string[]) => value.join(', '),
  person: nameOfRef,
  ref: nameOfRef,
  address: (value: Address | null) => (value === null ? '' : addressLine(value)),
  checkbox: (value: boolean) => (value ? 'Yes' : 'No'),
  emails: (value: readonly Reachable[]) => value.map((each) => each.value).join(', '),
  phones: (value: readonly Reachable[]) => value.map((each) => each.value).join(', '),
  addresses: (value: readonly Address[]) => value.map(addressLine).join('; '),
  people: (value: readonly Participant[], _field, { nameOf }) =>
    value
      .map((each) => nameOf(each.contact))
      .filter(Boolean)
      .join(', '),
  positions: (value: readonly Position[], _field, { nameOf }) =>
    value
      .map((each) => [each.title, nameOf(each.company), each.ended ? 'ended' : ''].filter(Boolean).join(', '))
      .join('; '),
  yearlyDates: (value: readonly ImportantDate[]) =>
    value.map((each) => `${each.label} ${formatYearly(each.on)}`).join(', '),
  place: (value: Place, _field, { nameOf }) => nameOf(value[1]),
  stageHistory: (value: readonly StageMove[]) =>
    value.length === 0 ? '' : formatPlural(value.length, 'move', 'moves'),
  // biome-ignore lint/suspicious/noExplicitAny: each function is only called with values of its own kind.
} satisfies Record<FieldKind, TextOf<any>>;

/** The value as a person would say it; '' when empty. */
export function fieldText(field: AnyField, value: unknown, context: TextContext): string {
  return field.accepts(value) ? (TEXTS[field.kind] as TextOf<unknown>)(value, field, context) : '';
}

/** `Storgata 5, 0155 Oslo, Norway`. */
export function addressLine(address: Address): string {
  const town = [address.postalCode, address.city].filter(Boolean).join(' ');
  return [address.street, town, address.region, address.country].filter(Boolean).join(', ');
}

/** `Fri 27 Nov, 15:00`: in the reader's own zone, which is where they will be at that time. */
function whenText(value: When, today: Day): string {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (whenTime(value) === null) return formatDay(whenDay(value), today);
  const instant = whenInstant(value, zone);
  return `${formatDay(dayOfInstant(instant, zone), today)}, ${formatTime(instant)}`;
}

/** A web address as people write it: no scheme, no `www.`, no slash at the end. */
function shortUrl(address: string): string {
  return address.replace(/^https?:\/\/(www\.)?/, '').replace(/\/$/, '');
}

/** Years are not counted in thousands: a number field that holds a year is written without separators. */
function numberText(value: number, field: AnyField): string {
  if (field.unit) return formatPlural(value, ...field.unit);
  return /^(founded|year)/i.test(field.label) ? String(value) : formatNumber(value);
}

/** Days long past are birthdays and beginnings: their year matters even when it is this one's neighbour. */
function dayText(value: Day, today: Day): string {
  return value < today && Number(today.slice(0, 4)) - Number(value.slice(0, 4)) > 1
    ? formatFullDay(value)
    : formatDay(value, today);
}
