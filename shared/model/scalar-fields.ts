/** Field kinds that hold one plain value: texts, numbers, dates, choices, references. */
import { type Day, isDay, parseDay } from './day.ts';
import { type Field, type FieldIssue, makeField, type ParseHints } from './field.ts';
import { currencyDigits, isMoney, MONEY_LIMIT, type Money, majorUnits, parseAmount, parseMoney } from './money.ts';
import { fail, ok, type Result } from './result.ts';
import { foldText, textSortKey } from './text-order.ts';
import { isWhen, parseWhen, type When } from './when.ts';

const TEXT_LIMIT = 1_000;
const LONG_TEXT_LIMIT = 200_000;
const isString = (stored: unknown): stored is string => typeof stored === 'string';
const isStringOrNull = (stored: unknown): stored is string | null => stored === null || typeof stored === 'string';

/** Raw input as text: what CSV cells, forms and JSON clients send. Anything that is no plain value is empty. */
export function rawText(raw: unknown): string {
  if (typeof raw === 'string') return raw;
  return typeof raw === 'number' || typeof raw === 'boolean' || typeof raw === 'bigint' ? String(raw) : '';
}

const isBlank = (raw: unknown): boolean => raw === null || raw === undefined || rawText(raw).trim() === '';

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out.
const CONTROLS = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Composed characters, no control characters, no white space at the ends; one line. */
export function cleanLine(text: string): string {
  return text.replace(CONTROLS, '').normalize('NFC').replace(/\s+/g, ' ').trim();
}

function cleanLines(text: string): string {
  return text.replace(CONTROLS, '').normalize('NFC').replace(/\r\n?/g, '\n').trim();
}

export function invalid(message: string, code: FieldIssue['code'] = 'invalid'): Result<never, FieldIssue> {
  return fail({ code, message });
}

function parseText(
  raw: unknown,
  label: string,
  limit: number,
  clean: (text: string) => string,
): Result<string, FieldIssue> {
  if (raw !== null && typeof raw === 'object') return invalid(`${label} must be a text.`);
  const text = clean(rawText(raw));
  return text.length <= limit
    ? ok(text)
    : invalid(
        `${label} is ${text.length.toLocaleString('en')} characters long; ${limit.toLocaleString('en')} fit.`,
        'too-long',
      );
}

/** One line of text. */
export function text(label: string): Field<string, 'text'> {
  return makeField({
    kind: 'text',
    label,
    initial: '',
    accepts: isString,
    parse: (raw) => parseText(raw, label, TEXT_LIMIT, cleanLine),
    toText: (value) => value,
    sortKey: textSortKey,
  });
}

/** Several lines of plain text. */
export function longText(label: string): Field<string, 'longText'> {
  return makeField({
    kind: 'longText',
    label,
    initial: '',
    accepts: isString,
    parse: (raw) => parseText(raw, label, LONG_TEXT_LIMIT, cleanLines),
    toText: (value) => value,
    sortKey: textSortKey,
  });
}

const EMAIL = /^[^\s@,;:<>()"]+@[^\s@,;:<>()"]+\.[^\s@.,;:<>()"]{2,}$/;

/** Reads one e-mail address; `Ana Lopes <ana@lopes.pt>` and `mailto:` are understood. Null when it is none. */
export function readEmail(input: string): string | null {
  const inner = /<([^<>]+)>\s*$/.exec(input)?.[1] ?? input;
  const address = cleanLine(inner).replace(/^mailto:/i, '');
  return EMAIL.test(address) && address.length <= 254 ? address : null;
}

/** One e-mail address, kept as typed; compared without case. */
export function email(label: string): Field<string, 'email'> {
  return makeField({
    kind: 'email',
    label,
    initial: '',
    accepts: isString,
    parse: (raw) => {
      if (isBlank(raw)) return ok('');
      const address = readEmail(rawText(raw));
      return address === null ? invalid(`${label} needs a name, an @ and an ending like .com.`) : ok(address);
    },
    toText: (value) => value,
    sortKey: textSortKey,
  });
}

/** Reads a phone number as people write it, extension included. Null when it has fewer than three digits or stray letters. */
export function readPhone(input: string): string | null {
  const number = cleanLine(input).replace(/^tel:/i, '').trim();
  const digits = number.replace(/\D/g, '').length;
  const plain = /^[+\d\s().\-/#*]+(?:\s*(?:x|ext\.?|extension)\s*\d+)?$/i.test(number);
  return plain && digits >= 3 && digits <= 24 ? number : null;
}

/** One phone number, kept as typed. */
export function phone(label: string): Field<string, 'phone'> {
  return makeField({
    kind: 'phone',
    label,
    initial: '',
    accepts: isString,
    parse: (raw) => {
      if (isBlank(raw)) return ok('');
      const number = readPhone(rawText(raw));
      return number === null
        ? invalid(`${label} needs at least three digits and no letters but an extension.`)
        : ok(number);
    },
    toText: (value) => value,
    sortKey: textSortKey,
  });
}

/** Reads a web address, adding `https://` where a scheme is missing. Null for anything a browser must not open. */
function readUrl(input: string): URL | null {
  const plain = cleanLine(input);
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(plain) ? plain : `https://${plain}`;
  if (/\s/.test(plain) || !URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  const safe = url.protocol === 'https:' || url.protocol === 'http:';
  return safe && url.hostname.includes('.') && url.username === '' ? url : null;
}

/** A web address; only `http` and `https`, so that a link never runs a script. */
export function url(label: string): Field<string, 'url'> {
  return makeField({
    kind: 'url',
    label,
    initial: '',
    accepts: isString,
    parse: (raw) => {
      if (isBlank(raw)) return ok('');
      const address = readUrl(rawText(raw));
      return address ? ok(address.href) : invalid(`${label} needs a web address like https://example.com.`);
    },
    toText: (value) => value,
    sortKey: (value) => textSortKey(value.replace(/^https?:\/\/(www\.)?/, '')),
  });
}

/** A company's domain, `example.com`; a whole web address or e-mail address is cut down to it. */
export function domain(label: string): Field<string, 'url'> {
  return makeField({
    kind: 'url',
    label,
    initial: '',
    accepts: isString,
    parse: (raw) => {
      if (isBlank(raw)) return ok('');
      const address = readUrl(rawText(raw).replace(/^.*@/, ''));
      return address
        ? ok(address.hostname.replace(/^(www\.)+(?=[^.]+\.)/, ''))
        : invalid(`${label} needs a name like example.com.`);
    },
    toText: (value) => value,
    sortKey: textSortKey,
  });
}

/** A number; `min` and `max` are inclusive. `unit` is shown behind it and may be typed with it. */
export function number(
  label: string,
  limits: { min?: number; max?: number; integer?: boolean; unit?: readonly [one: string, many: string] } = {},
): Field<number | null, 'number'> {
  const { min = -Number.MAX_VALUE, max = Number.MAX_VALUE, integer = false, unit } = limits;
  const behind = new RegExp(`\\s*(?:${unit ? `%|${unit[1]}|${unit[0]}` : '%'})$`, 'i');
  return makeField({
    kind: 'number',
    label,
    ...(unit ? { unit } : {}),
    initial: null,
    accepts: (stored): stored is number | null =>
      stored === null || (typeof stored === 'number' && Number.isFinite(stored)),
    parse: (raw, hints) => {
      if (isBlank(raw)) return ok(null);
      const value =
        typeof raw === 'number'
          ? raw
          : parseAmount(rawText(raw).replace(behind, ''), hints?.decimal ? { decimal: hints.decimal } : {});
      if (value === null || !Number.isFinite(value)) return invalid(`${label} needs a number.`);
      if (integer && !Number.isInteger(value)) return invalid(`${label} needs a whole number.`);
      if (value < min || value > max) return invalid(`${label} needs a number ${rangeText(limits)}.`, 'out-of-range');
      return ok(value === 0 ? 0 : value);
    },
    toText: (value) => (value === null ? '' : String(value)),
    sortKey: (value) => value,
  });
}

function rangeText({ min, max }: { min?: number; max?: number }): string {
  if (min !== undefined && max !== undefined) return `from ${min} to ${max}`;
  return min === undefined ? `of at most ${max}` : `of at least ${min}`;
}

/** An amount with its currency. Sorted by amount within a currency; different currencies are not converted here. */
export function money(label: string): Field<Money | null, 'money'> {
  return makeField({
    kind: 'money',
    label,
    initial: null,
    accepts: (stored): stored is Money | null => stored === null || isMoney(stored),
    parse: (raw, hints) => {
      if (isMoney(raw) && Math.abs(raw.minor) <= MONEY_LIMIT)
        return ok({ minor: raw.minor === 0 ? 0 : raw.minor, currency: raw.currency });
      if (isBlank(raw)) return ok(null);
      const value = parseMoney(rawText(raw), hints?.currency ?? 'EUR', hints?.decimal);
      if (value === 'currency') return invalid(`${label} names a currency that is not known. Use its code, like EUR.`);
      return value === null ? invalid(`${label} needs an amount like 48000 or 48k, below a trillion.`) : ok(value);
    },
    toText: (value) =>
      value === null ? '' : `${majorUnits(value).toFixed(currencyDigits(value.currency))} ${value.currency}`,
    sortKey: (value) => (value === null ? null : majorUnits(value)),
  });
}

/** A calendar day, `YYYY-MM-DD`. */
export function day(label: string): Field<Day | null, 'day'> {
  return makeField({
    kind: 'day',
    label,
    initial: null,
    accepts: (stored): stored is Day | null => stored === null || isDay(stored),
    parse: (raw, hints) => {
      if (isBlank(raw)) return ok(null);
      const value = parseDay(rawText(raw), hints);
      return value === null ? invalid(`${label} needs a date like 2026-11-27 or 27 Nov 2026.`) : ok(value);
    },
    toText: (value) => value ?? '',
    sortKey: (value) => value,
  });
}

/** A day, or a time of day in a zone; see when.ts. */
export function when(label: string): Field<When | null, 'when'> {
  return makeField({
    kind: 'when',
    label,
    initial: null,
    accepts: (stored): stored is When | null => stored === null || isWhen(stored),
    parse: (raw, hints) => {
      if (isBlank(raw)) return ok(null);
      const value = parseWhen(rawText(raw), hints);
      return value === null ? invalid(`${label} needs a date like 27 Nov 2026 or 27 Nov 15:00.`) : ok(value);
    },
    toText: (value) => value ?? '',
    sortKey: (value) => value,
  });
}

const MAX_INSTANT = 8.64e15;

/** A moment: milliseconds since 1970 in UTC. A text without a zone is taken as UTC. */
export function instant(label: string): Field<number | null, 'instant'> {
  return makeField({
    kind: 'instant',
    label,
    initial: null,
    accepts: (stored): stored is number | null =>
      stored === null || (Number.isInteger(stored) && Math.abs(stored as number) <= MAX_INSTANT),
    parse: (raw, hints) => {
      if (isBlank(raw)) return ok(null);
      const value = typeof raw === 'number' ? raw : readInstant(rawText(raw), hints);
      if (value === null || !Number.isInteger(value) || Math.abs(value) > MAX_INSTANT) {
        return invalid(`${label} needs a date and time like 2026-11-27 14:00.`);
      }
      return ok(value === 0 ? 0 : value);
    },
    toText: (value) => (value === null ? '' : new Date(value).toISOString()),
    sortKey: (value) => value,
  });
}

function readInstant(input: string, hints: ParseHints | undefined): number | null {
  const plain = input.trim();
  if (/^[+-]?\d{4,6}-\d{2}-\d{2}T.*Z$/.test(plain)) return finiteOrNull(Date.parse(plain));
  const match = /^(.*?)(?:[T ,]+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap]m)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i.exec(
    plain,
  );
  const date = match?.[1] === undefined ? null : parseDay(match[1], hints);
  if (!match || date === null) return null;
  const [, , hourText = '0', minute = '0', second = '0', half, zone = 'Z'] = match;
  const hour = (Number(hourText) % (half ? 12 : 24)) + (half?.toLowerCase() === 'pm' ? 12 : 0);
  const offset = zone === 'Z' || zone === 'z' ? 'Z' : zone.replace(/^(.\d\d)(\d\d)$/, '$1:$2');
  const clock = [String(hour), minute, second].map((part) => part.padStart(2, '0')).join(':');
  return finiteOrNull(Date.parse(`${date}T${clock}${offset}`));
}

const finiteOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);

/** Finds an option by key or label, ignoring case, accents and punctuation. */
export function findOption(options: Readonly<Record<string, string>>, input: string): string | null {
  const wanted = foldText(input).replace(/[^\p{L}\p{N}]/gu, '');
  const bare = (option: string) => foldText(option).replace(/[^\p{L}\p{N}]/gu, '');
  return (
    Object.keys(options).find((key) => key === input || bare(key) === wanted || bare(options[key] ?? '') === wanted) ??
    null
  );
}

/** The label of a stored option; an option this build does not know is shown by its key. */
export function optionLabel(options: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(options, key) ? (options[key] ?? key) : key;
}

export function optionNames(options: Readonly<Record<string, string>>): string {
  return Object.values(options).join(', ');
}

/** One of a list. Stored by key, so that a label can be reworded. */
export function choice<O extends Record<string, string>>(
  label: string,
  options: O,
): Field<string | null, 'choice'> & { options: O } {
  const order = Object.keys(options);
  const field = makeField<string | null, 'choice'>({
    kind: 'choice',
    label,
    initial: null,
    options,
    accepts: isStringOrNull,
    parse: (raw) => {
      if (isBlank(raw)) return ok(null);
      const key = findOption(options, cleanLine(rawText(raw)));
      return key === null ? invalid(`${label} must be one of: ${optionNames(options)}.`, 'not-an-option') : ok(key);
    },
    toText: (value) => (value === null ? '' : optionLabel(options, value)),
    sortKey: (value) => (value === null ? null : order.includes(value) ? order.indexOf(value) : textSortKey(value)),
  });
  return { ...field, options };
}

function readYes(raw: unknown): boolean | null {
  const plain = foldText(rawText(raw).trim());
  if (['', 'no', 'false', '0', 'n', 'off', 'nein', 'non'].includes(plain)) return false;
  return ['yes', 'true', '1', 'y', 'x', 'on', 'ja', 'oui', 'si', '✓'].includes(plain) ? true : null;
}

/** Yes or no; unsaid is no. */
export function checkbox(label: string): Field<boolean, 'checkbox'> {
  return makeField({
    kind: 'checkbox',
    label,
    initial: false,
    accepts: (stored): stored is boolean => typeof stored === 'boolean',
    parse: (raw) => {
      const value = readYes(raw);
      return value === null ? invalid(`${label} must be yes or no.`) : ok(value);
    },
    toText: (value) => (value ? 'yes' : 'no'),
    sortKey: (value) => (value ? 0 : 1),
  });
}

const REFERENCE = /^[a-z][A-Za-z]*_[0-9A-Za-z]{1,64}$/;

/** Whether a text has the form of an id of this entity; of any entity when `target` is empty. */
export function isIdOf(target: string, value: string): boolean {
  return REFERENCE.test(value) && (target === '' || value.startsWith(`${target}_`));
}

function parseReference(label: string, target: string, raw: unknown): Result<string | null, FieldIssue> {
  if (isBlank(raw)) return ok(null);
  const id = rawText(raw).trim();
  return isIdOf(target, id) ? ok(id) : invalid(`${label} must name a ${target} by its id.`);
}

/** A reference to another record by id. What it points to may be missing, deleted or merged: readers cope. */
export function ref<E extends string>(label: string, target: E): Field<string | null, 'ref'> {
  return makeField({
    kind: 'ref',
    label,
    target,
    initial: null,
    accepts: isStringOrNull,
    parse: (raw) => parseReference(label, target, raw),
    toText: (value) => value ?? '',
    sortKey: (value) => value,
  });
}

/** A teammate: a reference to a member. */
export function person(label: string): Field<string | null, 'person'> {
  return makeField({
    kind: 'person',
    label,
    target: 'member',
    initial: null,
    accepts: isStringOrNull,
    parse: (raw) => parseReference(label, 'member', raw),
    toText: (value) => value ?? '',
    sortKey: (value) => value,
  });
}
