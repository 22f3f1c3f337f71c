/**
 * Whom or what a row is about, in its own words: names, ids, e-mail addresses, and what it lacks to become a record.
 */
import { contactName } from '../entities/contact.ts';
import type { AnyField } from '../model/field.ts';
import { isIdOf } from '../model/scalar-fields.ts';
import type { Reachable } from '../model/set-fields.ts';

type Values = Readonly<Record<string, unknown>>;

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export function isUnset(value: unknown): boolean {
  return value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
}

export function emailsOf(values: Values): string[] {
  return ((values.emails as readonly Reachable[] | undefined) ?? []).map(({ value }) => value);
}

/** As people call the contact that a row makes. */
export function contactNameOf(values: Values): string {
  return contactName({
    prefix: textOf(values.prefix),
    firstName: textOf(values.firstName),
    middleName: textOf(values.middleName),
    lastName: textOf(values.lastName),
    suffix: textOf(values.suffix),
    emails: (values.emails as readonly Reachable[] | undefined) ?? [],
  });
}

/** `Halvorsen, Marta` and `Marta Halvorsen`; particles stay with the last name (`Piet van der Berg`). */
export function nameParts(full: string): { firstName: string; lastName: string } {
  const plain = full.replace(/\s+/g, ' ').trim();
  const turned = /^([^,]+),\s*([^,]+)$/.exec(plain);
  if (turned?.[1] && turned[2]) return { firstName: turned[2], lastName: turned[1] };
  const words = plain.split(' ');
  if (words.length === 1) return { firstName: plain, lastName: '' };
  const particle = words.findIndex(
    (word, index) => index > 0 && /^(van|von|de|da|di|del|der|den|dos|la|le|el|bin|ten|ter|zu|zur|af|av)$/i.test(word),
  );
  const from = particle > 0 ? particle : words.length - 1;
  return { firstName: words.slice(0, from).join(' '), lastName: words.slice(from).join(' ') };
}

export function splitName(values: Record<string, unknown>, texts: ReadonlyMap<string, string>): void {
  const full = texts.get('contact.fullName');
  if (full !== undefined && !values.firstName && !values.lastName) Object.assign(values, nameParts(full));
}

/** Our own id where the text is one; else the id in the program the file came from. */
export function idsOf(role: string, texts: ReadonlyMap<string, string>): { id: string; sourceId: string } {
  const given = texts.get(`${role}.id`) ?? '';
  const source =
    texts.get(`${role}.sourceId`) ??
    texts.get(`${role}.titleAndSourceId`) ??
    texts.get(`${role}.nameAndSourceId`) ??
    '';
  if (isIdOf(role, given)) return { id: given, sourceId: source };
  return { id: '', sourceId: source !== '' ? source : given };
}

export function nameFromIds(
  role: string,
  values: Record<string, unknown>,
  texts: ReadonlyMap<string, string>,
  sourceId: string,
): void {
  if (role === 'deal' && !values.title && texts.has('deal.titleAndSourceId'))
    values.title = texts.get('deal.titleAndSourceId');
  if (role === 'contact' && contactNameOf(values) === '' && texts.has('contact.nameAndSourceId'))
    values.lastName = sourceId;
}

export function missingPart(role: string, fields: Readonly<Record<string, AnyField>>, values: Values): string | null {
  return missingField(fields, values) ?? (role === 'contact' ? missingName(values) : null);
}

function missingField(fields: Readonly<Record<string, AnyField>>, values: Values): string | null {
  for (const [name, field] of Object.entries(fields))
    if (field.required && isUnset(values[name]))
      return `${field.label} is missing, and a record cannot be made without it.`;
  return null;
}

function missingName(values: Values): string | null {
  return contactNameOf(values) === '' && isUnset(values.phones)
    ? 'A contact needs a name, an e-mail address or a phone number.'
    : null;
}
