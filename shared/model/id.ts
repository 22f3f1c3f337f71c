/**
 * Ids: `<entity>_<16 characters>`. The prefix makes an id readable in a log and lets a reader find the
 * entity of a record without looking it up. An id never contains `/` or `:` (they separate record keys).
 */
export type Id<Name extends string = string> = `${Name}_${string}`;

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const LENGTH = 16;

/** Fills a byte array with random bytes; `crypto.getRandomValues` in production, seeded in tests. */
export type RandomBytes = (bytes: Uint8Array<ArrayBuffer>) => Uint8Array;

const systemRandom: RandomBytes = (bytes) => globalThis.crypto.getRandomValues(bytes);

/** `length` random characters of `0-9A-Za-z`. Bytes of 248 and above are thrown away, so that no character is favoured. */
export function randomText(length: number, random: RandomBytes = systemRandom): string {
  let text = '';
  while (text.length < length) {
    for (const byte of random(new Uint8Array(length * 2))) {
      if (byte < 248 && text.length < length) text += ALPHABET[byte % 62];
    }
  }
  return text;
}

/** A new id for a record that a person makes. */
export function newId<Name extends string>(name: Name, random?: RandomBytes): Id<Name> {
  return `${name}_${randomText(LENGTH, random)}`;
}

/**
 * The id of a machine-made record is a hash of what caused it, so that two devices which do the same chore
 * make one record. Not for secrets: 2 × 53 bits of a fast hash, enough against accidents.
 */
export function idFromCause<Name extends string>(name: Name, cause: string): Id<Name> {
  const digits = (hash53(cause, 0x9e3779b9).toString(36) + hash53(cause, 0x85ebca6b).toString(36)).padStart(
    LENGTH,
    '0',
  );
  return `${name}_${digits.slice(0, LENGTH)}`;
}

/**
 * Ids of records that live in a year's timeline begin with that year (`activity_2026…`), so that a link to one says which
 * room it is in. `year` has four digits.
 */
export function timelineId<Name extends string>(name: Name, year: number, random?: RandomBytes): Id<Name> {
  return `${name}_${year}${randomText(LENGTH - 4, random)}`;
}

/** `idFromCause` for a record of a year's timeline. */
export function timelineIdFromCause<Name extends string>(name: Name, year: number, cause: string): Id<Name> {
  return `${name}_${year}${idFromCause(name, cause).slice(name.length + 1, name.length + 1 + LENGTH - 4)}`;
}

/** The year a timeline's record says it is in; null when the id names none. */
export function yearOfId(id: string): number | null {
  const year = /^[A-Za-z]+_([12][0-9]{3})/.exec(id)?.[1];
  return year === undefined ? null : Number(year);
}

/** The entity name an id claims to belong to: `deal_x1` → `deal`. Empty when the text is no id. */
export function entityNameOf(id: string): string {
  const end = id.indexOf('_');
  return end > 0 ? id.slice(0, end) : '';
}

/** cyrb53 by bryc (public domain): 53 well-mixed bits from a text. */
function hash53(text: string, seed: number): number {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 2654435761);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  return 4294967296 * (2097151 & low) + (high >>> 0);
}
