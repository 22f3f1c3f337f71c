/**
 * Sorting very many rows by their keys, without comparing them: a key is a few digits, the rows are dealt into piles by
 * each digit from the last to the first, and only rows with the same digits are compared. 50,000 names take half the
 * time of comparing them, numbers a third.
 *
 * Law: the order is that of `rows.sort(compare)`, for a `compare` that goes by the keys, level by level, then by the id.
 */
import type { SortKey } from '../model/text-order.ts';

interface Keyed {
  readonly id: string;
  readonly keys: readonly SortKey[];
}

/** Below it dealing costs more than it saves. */
const FEWEST = 500;
/** A text is told 16 characters at a time, two in a digit; a number by its 64 bits. */
const TEXT_DIGITS = 8;
const TOLD_AT_ONCE = 2 * TEXT_DIGITS;
const NUMBER_DIGITS = 4;
/** Characters from here on, and all that follows them, are not told apart; one more than the code of each. */
const LAST_CODE = 127;

/** How much of a key its digits tell: not all of what they stand for, all until where they end, all of it. */
const [UNTOLD, LONGER, WHOLE] = [0, 1, 2] as const;

/** Of several keys with the same digits. */
interface Extent {
  readonly least: number;
  readonly isLonger: boolean;
}

/** @param descending the order of `compare`: empty keys and equal ones keep theirs. */
export function sortRows<R extends Keyed>(
  rows: readonly R[],
  compare: (left: R, right: R) => number,
  descending: boolean,
): R[] {
  return sortLevel(rows, 0, 0);

  /** `from`: texts are the same until there. */
  function sortLevel(some: readonly R[], level: number, from: number): R[] {
    const isId = level >= (some[0]?.keys.length ?? 0);
    if (some.length < FEWEST) return [...some].sort(isId ? byId : compare);
    const keyOf = (row: R): SortKey => (isId ? row.id : (row.keys[level] ?? null));
    const filled = some.filter((row) => keyOf(row) !== null);
    const empty = filled.length === some.length ? [] : some.filter((row) => keyOf(row) === null);
    const told = digitsOf(filled.map(keyOf), { from, descending: descending && !isId });
    if (!told) return [...some].sort(compare);
    const sorted: R[] = [];
    const order = deal(told);
    for (let begin = 0, end = 0; begin < order.length; begin = end) {
      const first = order[begin] as number;
      let least: number = WHOLE;
      let isLonger = false;
      for (end = begin; end < order.length && isSame(told.digits, first, order[end] as number); end++) {
        const extent = told.extents[order[end] as number] as number;
        least = Math.min(least, extent);
        isLonger ||= extent === LONGER;
      }
      if (end - begin === 1) {
        sorted.push(filled[first] as R);
        continue;
      }
      const same = Array.from(order.subarray(begin, end), (at) => filled[at] as R);
      for (const row of sortSame(same, { least, isLonger }, level, from)) sorted.push(row);
    }
    for (const row of sortedEmpty(empty, level)) sorted.push(row);
    return sorted;
  }

  function sortSame(same: R[], { least, isLonger }: Extent, level: number, from: number): readonly R[] {
    if (least === UNTOLD) return same.sort(compare);
    if (isLonger) return sortLevel(same, level, from + TOLD_AT_ONCE);
    return level >= (same[0]?.keys.length ?? 0) ? same : sortLevel(same, level + 1, 0);
  }

  function sortedEmpty(empty: readonly R[], level: number): readonly R[] {
    return empty.length === 0 ? empty : sortLevel(empty, level + 1, 0);
  }
}

function byId(left: Keyed, right: Keyed): number {
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}

function isSame(digits: readonly Uint16Array[], left: number, right: number): boolean {
  for (const digit of digits) if (digit[left] !== digit[right]) return false;
  return true;
}

interface Told {
  /** The first digit of each key, then the second of each, … */
  readonly digits: readonly Uint16Array[];
  /** Digits are below it. */
  readonly piles: number;
  readonly extents: Uint8Array;
}

/** Undefined for texts and numbers in one column. */
function digitsOf(
  keys: readonly SortKey[],
  { from, descending }: { readonly from: number; readonly descending: boolean },
): Told | undefined {
  const extents = new Uint8Array(keys.length);
  const isText = typeof keys[0] === 'string';
  const piles = isText ? 1 << 14 : 1 << 16;
  const digits = Array.from({ length: isText ? TEXT_DIGITS : NUMBER_DIGITS }, () => new Uint16Array(keys.length));
  for (const [at, key] of keys.entries()) {
    if ((typeof key === 'string') !== isText || Number.isNaN(key)) return undefined;
    if (typeof key === 'string') extents[at] = putText(key, from, { at, digits });
    else {
      putNumber(key as number, at, digits);
      extents[at] = WHOLE;
    }
  }
  if (descending) {
    for (const digit of digits) for (let at = 0; at < digit.length; at++) digit[at] = piles - 1 - (digit[at] as number);
  }
  return { digits, piles, extents };
}

function putText(
  text: string,
  from: number,
  { at, digits }: { readonly at: number; readonly digits: readonly Uint16Array[] },
): number {
  const length = Math.min(text.length - from, TOLD_AT_ONCE);
  for (let place = 0; place < length; place++) {
    const code = Math.min(text.charCodeAt(from + place) + 1, LAST_CODE);
    const digit = digits[place >> 1] as Uint16Array;
    digit[at] = (digit[at] as number) + (place % 2 === 0 ? code << 7 : code);
    if (code === LAST_CODE) return UNTOLD;
  }
  return text.length - from > TOLD_AT_ONCE ? LONGER : WHOLE;
}

const number = new Float64Array(1);
const bits = new Uint32Array(number.buffer);
/** Which half of a number has its sign depends on the machine. */
const HIGH = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 1 : 0;

/** Bits of a number so that they are in its order: negative ones are turned around. */
function putNumber(key: number, at: number, digits: readonly Uint16Array[]): void {
  // Minus zero is zero.
  number[0] = key + 0;
  let [high, low] = [bits[HIGH] as number, bits[1 - HIGH] as number];
  if (high >= 0x8000_0000) [high, low] = [~high >>> 0, ~low >>> 0];
  else high += 0x8000_0000;
  for (const [place, part] of [high >>> 16, high & 0xffff, low >>> 16, low & 0xffff].entries()) {
    (digits[place] as Uint16Array)[at] = part;
  }
}

/** Positions in the order of the digits; equal ones stay in theirs. */
function deal({ digits, piles }: Told): Uint32Array {
  const count = digits[0]?.length ?? 0;
  let order = Uint32Array.from({ length: count }, (_, at) => at);
  let next = new Uint32Array(count);
  const ends = new Uint32Array(piles + 1);
  for (const digit of digits.toReversed()) {
    ends.fill(0);
    for (let at = 0; at < count; at++)
      ends[(digit[at] as number) + 1] = (ends[(digit[at] as number) + 1] as number) + 1;
    // All in one pile: short texts have no last digits.
    if (ends.includes(count)) continue;
    for (let pile = 1; pile <= piles; pile++) ends[pile] = (ends[pile] as number) + (ends[pile - 1] as number);
    for (const at of order) {
      const pile = digit[at] as number;
      const place = ends[pile] as number;
      next[place] = at;
      ends[pile] = place + 1;
    }
    [order, next] = [next, order];
  }
  return order;
}
