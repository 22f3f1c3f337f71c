/**
 * Field kinds whose value is a set of elements, each stored and merged on its own: tags, e-mails, phones,
 * addresses, people on a deal (`positions-field.ts` and `yearly-day.ts` have more of them). A value is a frozen array in
 * the field's own order.
 *
 * Their canonical text is `label: value; label: value`, the primary element first. Element texts therefore hold no `;`.
 */
import { type ElementShape, type Field, type FieldIssue, type FieldKind, makeField, type ParseHints } from './field.ts';
import { entityNameOf } from './id.ts';
import { fail, ok, type Result } from './result.ts';
import {
  cleanLine,
  findOption,
  invalid,
  isIdOf,
  optionLabel,
  optionNames,
  rawText,
  readEmail,
  readPhone,
} from './scalar-fields.ts';
import { compareSortKeys, foldText, textSortKey } from './text-order.ts';

/** Elements in the field's order, duplicates (same key) removed: the last one wins. */
export function normalizeElements<E>(shape: ElementShape<E>, elements: Iterable<E>): readonly E[] {
  const byKey = new Map<string, E>();
  for (const element of elements) byKey.set(shape.key(element), element);
  const ordered = [...byKey].sort(
    ([leftKey, left], [rightKey, right]) =>
      compareSortKeys(shape.sortKey(left), shape.sortKey(right)) || compareSortKeys(leftKey, rightKey),
  );
  return Object.freeze(ordered.map(([, element]) => element));
}

/** A text without the marks that separate elements. Composed first: the Greek question mark U+037E becomes a `;`. */
export const withoutMarks = (raw: unknown, marks: RegExp): string =>
  cleanLine(rawText(raw).normalize('NFC').replace(marks, ' '));

const EMPTY: readonly never[] = Object.freeze([]);

interface SetParts<E, K extends FieldKind> {
  readonly kind: K;
  readonly label: string;
  readonly shape: ElementShape<E>;
  readonly elementText: (element: E) => string;
  /** Reads one element from a text or an object. `first` tells the primary one. */
  readonly readElement: (raw: unknown, first: boolean, hints?: ParseHints) => Result<E, FieldIssue>;
  readonly split?: RegExp;
  readonly joint?: string;
  readonly options?: Readonly<Record<string, string>>;
  readonly target?: string;
  readonly targets?: readonly string[];
}

/** A field of elements from what its kind decides about one of them. */
export function setField<E, K extends FieldKind>(parts: SetParts<E, K>): Field<readonly E[], K> {
  const {
    kind,
    label,
    shape,
    elementText,
    readElement,
    split = /[;\n]/,
    joint = '; ',
    options,
    target,
    targets,
  } = parts;
  const toText = (value: readonly E[]) => value.map(elementText).join(joint);
  return makeField<readonly E[], K>({
    kind,
    label,
    elements: shape,
    ...(options ? { options } : {}),
    ...(target ? { target } : {}),
    ...(targets ? { targets } : {}),
    initial: EMPTY,
    accepts: (stored): stored is readonly E[] => Array.isArray(stored) && stored.every(shape.accepts),
    parse: (raw, hints) => {
      const rawElements = Array.isArray(raw) ? raw : rawText(raw).split(split);
      const elements = new Map<string, E>();
      for (const rawElement of rawElements) {
        if (typeof rawElement === 'string' && rawElement.trim() === '') continue;
        const result = readElement(rawElement, elements.size === 0, hints);
        if (!result.ok) return result;
        const key = shape.key(result.value);
        if (!elements.has(key)) elements.set(key, result.value);
      }
      return ok(normalizeElements(shape, elements.values()));
    },
    toText,
    sortKey: (value) => (value.length === 0 ? null : textSortKey(toText(value))),
  });
}

const isTag = (stored: unknown): stored is string => typeof stored === 'string' && stored !== '';

/** Free labels. Two tags that differ only in case or accents are one. */
export function tags(label: string): Field<readonly string[], 'tags'> {
  return setField<string, 'tags'>({
    kind: 'tags',
    label,
    split: /[;,\n]/,
    joint: ', ',
    shape: { key: foldText, accepts: isTag, sortKey: textSortKey },
    elementText: (tag) => tag,
    readElement: (raw) => {
      const tag = withoutMarks(raw, /[;,]/g);
      if (tag.length > 100) return invalid(`A tag in ${label} is longer than 100 characters.`, 'too-long');
      return tag === '' ? invalid(`${label} needs a word.`) : ok(tag);
    },
  });
}

/** Several of a list, stored by key. */
export function multiChoice<O extends Record<string, string>>(
  label: string,
  options: O,
): Field<readonly string[], 'multiChoice'> {
  const order = Object.keys(options);
  return setField<string, 'multiChoice'>({
    kind: 'multiChoice',
    label,
    options,
    shape: {
      key: (option) => option,
      accepts: isTag,
      sortKey: (option) => (order.includes(option) ? order.indexOf(option) : textSortKey(option)),
    },
    elementText: (option) => optionLabel(options, option),
    readElement: (raw) => {
      const key = findOption(options, cleanLine(rawText(raw)));
      return key === null ? invalid(`${label} must be of: ${optionNames(options)}.`, 'not-an-option') : ok(key);
    },
  });
}

/** One way to reach somebody. `value` is the address or number as typed. */
export interface Reachable {
  readonly value: string;
  readonly label: string;
  readonly primary: boolean;
}

function isReachable(stored: unknown): stored is Reachable {
  if (typeof stored !== 'object' || stored === null) return false;
  const { value, label, primary } = stored as Partial<Reachable>;
  return typeof value === 'string' && typeof label === 'string' && typeof primary === 'boolean';
}

function reachables<K extends 'emails' | 'phones'>(
  kind: K,
  label: string,
  how: {
    key: (value: string) => string;
    read: (text: string) => string | null;
    labels: Record<string, string>;
    fallback: string;
    advice: string;
  },
): Field<readonly Reachable[], K> {
  const labelPattern = /^([^:@+\d]{1,40}):\s*(.+)$/s;
  return setField<Reachable, K>({
    kind,
    label,
    options: how.labels,
    shape: {
      key: (element) => how.key(element.value),
      accepts: isReachable,
      sortKey: (element) => (element.primary ? 0 : 1),
    },
    elementText: (element) => `${optionLabel(how.labels, element.label)}: ${element.value}`,
    readElement: (raw, first) => {
      if (isReachable(raw)) {
        const value = how.read(raw.value);
        return value === null ? invalid(how.advice) : ok({ value, label: readLabel(raw.label), primary: first });
      }
      const match = labelPattern.exec(rawText(raw).trim());
      const value = how.read(match?.[2] ?? rawText(raw));
      return value === null ? invalid(how.advice) : ok({ value, label: readLabel(match?.[1] ?? ''), primary: first });
    },
  });

  function readLabel(input: string): string {
    const plain = withoutMarks(input, /[;:@+\d]/g)
      .slice(0, 40)
      .trim();
    return plain === '' ? how.fallback : (findOption(how.labels, plain) ?? plain);
  }
}

const EMAIL_LABELS = { work: 'Work', home: 'Home', other: 'Other' };
const PHONE_LABELS = {
  work: 'Work',
  mobile: 'Mobile',
  home: 'Home',
  fax: 'Fax',
  homeFax: 'Home fax',
  main: 'Main',
  pager: 'Pager',
  other: 'Other',
};
const ADDRESS_LABELS = { work: 'Work', home: 'Home', billing: 'Billing', shipping: 'Shipping', other: 'Other' };

/** Several e-mail addresses; the first is the primary one. Equal addresses (ignoring case) are one. */
export function emails(label: string): Field<readonly Reachable[], 'emails'> {
  return reachables('emails', label, {
    key: (value) => value.toLowerCase(),
    read: readEmail,
    labels: EMAIL_LABELS,
    fallback: 'work',
    advice: 'An e-mail address needs a name, an @ and an ending like .com.',
  });
}

/** Several typed phone numbers, fax included; the first is the primary one. Equal digits are one number. */
export function phones(label: string): Field<readonly Reachable[], 'phones'> {
  return reachables('phones', label, {
    key: (value) => value.toLowerCase().replace(/[^+\dx]/g, ''),
    read: readPhone,
    labels: PHONE_LABELS,
    fallback: 'work',
    advice: 'A phone number needs at least three digits and no letters but an extension.',
  });
}

/** A postal address. `label` says which of somebody's addresses it is. */
export interface Address {
  readonly label: string;
  readonly street: string;
  readonly postalCode: string;
  readonly city: string;
  readonly region: string;
  readonly country: string;
}

const ADDRESS_PARTS = ['street', 'postalCode', 'city', 'region', 'country'] as const;

function isAddress(stored: unknown): stored is Address {
  if (typeof stored !== 'object' || stored === null) return false;
  const address = stored as Partial<Address>;
  return typeof address.label === 'string' && ADDRESS_PARTS.every((part) => typeof address[part] === 'string');
}

/** `street | postal code | city | region | country`, empty ends left out. A text without `|` is a street. */
function addressText(address: Address): string {
  return ADDRESS_PARTS.map((part) => address[part])
    .join(' | ')
    .replace(/(\s*\|\s*)+$/, '');
}

const addressPart = (raw: unknown): string => withoutMarks(raw, /[;|:]/g).slice(0, 300).trim();

function readAddress(raw: unknown, labels: Record<string, string>): Result<Address, FieldIssue> {
  const given = typeof raw === 'object' && raw !== null ? (raw as Record<string, unknown>) : null;
  const labelled = given ? null : /^([^:|]{1,40}):\s*(.*)$/s.exec(rawText(raw).trim());
  const texts = given ? ADDRESS_PARTS.map((part) => given[part]) : (labelled?.[2] ?? rawText(raw)).split('|');
  const [street = '', postalCode = '', city = '', region = '', country = ''] = texts.map(addressPart);
  const plain = addressPart(given ? given.label : (labelled?.[1] ?? ''))
    .slice(0, 40)
    .trim();
  const label = plain === '' ? 'work' : (findOption(labels, plain) ?? plain);
  const empty = [street, postalCode, city, region, country].every((part) => part === '');
  return empty
    ? fail({ code: 'invalid', message: 'An address needs a street, city or country.' })
    : ok({ label, street, postalCode, city, region, country });
}

/** One postal address. */
export function address(label: string): Field<Address | null, 'address'> {
  return makeField<Address | null, 'address'>({
    kind: 'address',
    label,
    initial: null,
    accepts: (stored): stored is Address | null => stored === null || isAddress(stored),
    parse: (raw) => {
      if (raw === null || raw === undefined || (typeof raw === 'string' && raw.replace(/[|;]/g, '').trim() === ''))
        return ok(null);
      return readAddress(raw, ADDRESS_LABELS);
    },
    toText: (value) => (value === null ? '' : `${optionLabel(ADDRESS_LABELS, value.label)}: ${addressText(value)}`),
    sortKey: (value) => (value === null ? null : textSortKey(`${value.country} ${value.city} ${value.street}`)),
  });
}

/** Several postal addresses, one per label. */
export function addresses(label: string): Field<readonly Address[], 'addresses'> {
  const order = Object.keys(ADDRESS_LABELS);
  return setField<Address, 'addresses'>({
    kind: 'addresses',
    label,
    options: ADDRESS_LABELS,
    shape: {
      key: (element) => element.label,
      accepts: isAddress,
      sortKey: (element) => (order.includes(element.label) ? order.indexOf(element.label) : textSortKey(element.label)),
    },
    elementText: (element) => `${optionLabel(ADDRESS_LABELS, element.label)}: ${addressText(element)}`,
    readElement: (raw) => readAddress(raw, ADDRESS_LABELS),
  });
}

/** Somebody who has a part in a deal. */
export interface Participant {
  readonly contact: string;
  readonly role: string;
}

function isParticipant(stored: unknown): stored is Participant {
  if (typeof stored !== 'object' || stored === null) return false;
  const { contact, role } = stored as Partial<Participant>;
  return typeof contact === 'string' && typeof role === 'string';
}

/** Contacts with the role each plays; `roles` are suggestions, other words are kept. */
export function people(
  label: string,
  roles: Readonly<Record<string, string>>,
): Field<readonly Participant[], 'people'> {
  return setField<Participant, 'people'>({
    kind: 'people',
    label,
    options: roles,
    target: 'contact',
    shape: {
      key: (element) => element.contact,
      accepts: isParticipant,
      sortKey: (element) =>
        Object.keys(roles).includes(element.role) ? Object.keys(roles).indexOf(element.role) : null,
    },
    elementText: (element) =>
      element.role === '' ? element.contact : `${optionLabel(roles, element.role)}: ${element.contact}`,
    readElement: (raw) => {
      const given = isParticipant(raw) ? raw : null;
      const labelled = /^([^:]*):\s*(.+)$/s.exec(rawText(raw).trim());
      const contact = (given?.contact ?? labelled?.[2] ?? rawText(raw)).trim();
      const role = withoutMarks(given?.role ?? labelled?.[1] ?? '', /[;:]/g)
        .slice(0, 60)
        .trim();
      if (!isIdOf('contact', contact)) return invalid(`${label} must name contacts by their ids.`);
      return ok({ contact, role: role === '' ? '' : (findOption(roles, role) ?? role) });
    },
  });
}

const isLink = (stored: unknown): stored is string => typeof stored === 'string' && stored !== '';

/** Records of several kinds that this one is about, by id. What they point to may be missing, deleted or merged. */
export function links(label: string, ...targets: readonly string[]): Field<readonly string[], 'links'> {
  return setField<string, 'links'>({
    kind: 'links',
    label,
    targets,
    split: /[;,\s]/,
    shape: { key: (id) => id, accepts: isLink, sortKey: (id) => targets.indexOf(entityNameOf(id)) },
    elementText: (id) => id,
    readElement: (raw) => {
      const id = rawText(raw).trim();
      const isWanted = targets.some((target) => isIdOf(target, id));
      return isWanted ? ok(id) : invalid(`${label} must name records by their ids.`);
    },
  });
}

/** One move of a deal. `stamp` is the stamp of the change that made it; its time and writer are in it. */
export interface StageMove {
  readonly stamp: string;
  /** Stage id before, or '' when the deal was created there. */
  readonly from: string;
  readonly to: string;
  /** Member id, or '' when unknown. */
  readonly by: string;
}

function isStageMove(stored: unknown): stored is StageMove {
  if (typeof stored !== 'object' || stored === null) return false;
  const move = stored as Partial<StageMove>;
  return [move.stamp, move.from, move.to, move.by].every((part) => typeof part === 'string');
}

/** The moves of a deal through its stages, oldest first. Written by commands only. */
export function stageHistory(label: string): Field<readonly StageMove[], 'stageHistory'> {
  const plain = (part: unknown) => cleanLine(rawText(part)).replace(/[;>,\s]/g, '');
  return setField<StageMove, 'stageHistory'>({
    kind: 'stageHistory',
    label,
    shape: { key: (move) => move.stamp, accepts: isStageMove, sortKey: (move) => move.stamp },
    elementText: (move) => `${move.stamp}>${move.from}>${move.to}>${move.by}`,
    readElement: (raw) => {
      const given = isStageMove(raw) ? [raw.stamp, raw.from, raw.to, raw.by] : rawText(raw).split('>');
      const [stamp = '', from = '', to = '', by = ''] = given.map(plain);
      return stamp === '' ? invalid(`${label} cannot be read.`) : ok({ stamp, from, to, by });
    },
  });
}
