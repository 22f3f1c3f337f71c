/**
 * Reads a Yjs update (V1) without building it: which clocks of which clients it brings, what it builds on, what it deletes.
 *
 * Yjs's own decoder makes an object per struct and recurses into values; a crafted frame can cost it gigabytes or the
 * stack. This one keeps a few numbers per client, has limits, and remembers where each client's block of bytes lies, so
 * that a part can be left out without encoding anything again.
 *
 * The format, as Yjs writes it:
 *
 *     update    = varuint blocks, block*, deletes
 *     block     = varuint structs, varuint client, varuint clock, struct*
 *     struct    = info byte, then by its low five bits: 0 gc, 10 skip, else an item with that content
 *     item      = [origin] [right origin] [parent, [key]] content
 *     deletes   = varuint clients, { varuint client, varuint ranges, { varuint clock, varuint length }* }*
 *
 * Law: what passes here decodes in Yjs without an error (texts are UTF-8, JSON is JSON), and costs time linear in its
 * bytes to scan.
 */
import { Buffer, isUtf8 } from 'node:buffer';
import * as decoding from 'lib0/decoding';
import { entityNameOf } from '../../shared/model/id.ts';
import { parseKey, RECORDS } from '../../shared/sync/record-keys.ts';
import { isStamp } from '../../shared/sync/stamp.ts';
import {
  DEEPEST_VALUE,
  HIGHEST_CLOCK,
  LONGEST_KEY,
  LONGEST_VALUE_BYTES,
  MOST_CLIENTS,
  MOST_DELETES,
  MOST_PLACED,
  MOST_REFERENCES,
  MOST_STRUCTS,
} from './limits.ts';

export interface Block {
  readonly client: number;
  /** First clock of the block. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** For each client the clock (exclusive) that must be known before this block can be integrated. */
  readonly needs: ReadonlyMap<number, number>;
  /** Holes between `from` and `to`: an incomplete merge. */
  readonly hasHoles: boolean;
  readonly bytes: Uint8Array;
}

export interface DeleteRange {
  readonly client: number;
  readonly clock: number;
  readonly length: number;
}

export interface WrittenKey {
  readonly key: string;
  readonly client: number;
  readonly clock: number;
  /** The last clock it takes. */
  readonly last: number;
  /** False for what comes deleted already. */
  readonly isLive: boolean;
}

export const PLACED = {
  numbers: 6,
  /** Flags: it is not deleted already; it is a type, which others can stand in; how it stands to the other struct. */
  isLive: 1,
  isType: 2,
  behind: 4,
  before: 8,
  inside: 16,
} as const;

export interface ScannedUpdate {
  readonly blocks: readonly Block[];
  /** Sorted and disjoint per client: a range that is named a thousand times is looked at once. */
  readonly deletes: readonly DeleteRange[];
  readonly structs: number;
  /**
   * Structs whose place Yjs may have to search for, past others with the same neighbours. The rest (a new key of a map,
   * what goes on right behind the struct before it) are put in place at once.
   */
  readonly searching: number;
  /** Keys of the records that are written without building on what was under them: what our own clients write. */
  readonly keys: readonly WrittenKey[];
  /**
   * Structs that say where they stand by another struct and not by the name of a root. `PLACED.numbers` each: client, clock,
   * last clock, flags (`PLACED`), and client and clock of the other.
   */
  readonly placed: readonly number[];
  /**
   * What stands before the `_` of every new key of the records: which entities the update writes under. A key that
   * replaces one that is there carries no name of its own and is not in here.
   */
  readonly entities: ReadonlySet<string>;
}

/** The bytes are no update, or one beyond the limits. */
export class MalformedUpdate extends Error {
  override readonly name = 'MalformedUpdate';
}

/** An update like any other, but with a key or a value longer than the server takes. */
export class ValueTooLarge extends MalformedUpdate {}

const HIGHEST_CLIENT = Number.MAX_SAFE_INTEGER;

/** @throws MalformedUpdate on anything that is not exactly one update. */
export function scanUpdate(bytes: Uint8Array): ScannedUpdate {
  try {
    const decoder = decoding.createDecoder(bytes);
    const tally: Tally = {
      structs: 0,
      searching: 0,
      keys: [],
      placed: [],
      entities: new Set(),
      places: new Set(),
      isFollowing: false,
    };
    const blocks = scanBlocks(decoder, tally);
    const deletes = scanDeletes(decoder);
    if (decoding.hasContent(decoder)) throw new MalformedUpdate('bytes after the end');
    const { structs, searching, keys, placed, entities } = tally;
    return { blocks, deletes, structs, searching, keys, placed, entities };
  } catch (error) {
    if (error instanceof MalformedUpdate) throw error;
    throw new MalformedUpdate('the bytes end too early or hold a number out of range', { cause: error });
  }
}

/** What is learnt about the structs on the way. */
interface Tally {
  structs: number;
  searching: number;
  readonly keys: WrittenKey[];
  readonly placed: number[];
  readonly entities: Set<string>;
  /** Map entries written without an origin: root name and key. */
  readonly places: Set<string>;
  /** The struct before this one belongs to the same block. */
  isFollowing: boolean;
}

function scanBlocks(decoder: decoding.Decoder, tally: Tally): Block[] {
  const count = decoding.readVarUint(decoder);
  if (count > MOST_CLIENTS) throw new MalformedUpdate(`more than ${MOST_CLIENTS} clients`);
  const blocks: Block[] = [];
  let references = 0;
  const seen = new Set<number>();
  let structsLeft = MOST_STRUCTS;
  for (let index = 0; index < count; index++) {
    const start = decoder.pos;
    const structs = decoding.readVarUint(decoder);
    const client = decoding.readVarUint(decoder);
    const from = decoding.readVarUint(decoder);
    structsLeft -= structs;
    if (structsLeft < 0) throw new MalformedUpdate(`more than ${MOST_STRUCTS} structs`);
    if (client > HIGHEST_CLIENT || seen.has(client)) throw new MalformedUpdate(`client ${client} comes twice`);
    seen.add(client);
    const needs = new Map<number, number>();
    let clock = from;
    let hasHoles = false;
    tally.structs += structs;
    for (let struct = 0; struct < structs; struct++) {
      tally.isFollowing = struct > 0;
      const { length, isHole } = scanStruct(decoder, { client, clock, needs, tally });
      if (length === 0) throw new MalformedUpdate('a struct of no length');
      clock += length;
      hasHoles ||= isHole;
      if (clock > HIGHEST_CLOCK) throw new MalformedUpdate('a clock out of range');
      if (references + needs.size > MOST_REFERENCES) {
        throw new MalformedUpdate(`more than ${MOST_REFERENCES} references to other clients`);
      }
    }
    // What a block says about its own client before `from` is the gap check's; later clocks of its own are inside it.
    if ((needs.get(client) ?? 0) > clock) throw new MalformedUpdate('a struct that builds on its own future');
    needs.delete(client);
    references += needs.size;
    blocks.push({ client, from, to: clock, needs, hasHoles, bytes: decoder.arr.subarray(start, decoder.pos) });
  }
  return blocks;
}

function scanDeletes(decoder: decoding.Decoder): DeleteRange[] {
  const clients = decoding.readVarUint(decoder);
  const byClient = new Map<number, { clock: number; length: number }[]>();
  let count = 0;
  for (let index = 0; index < clients; index++) {
    const client = decoding.readVarUint(decoder);
    const ranges = decoding.readVarUint(decoder);
    count += ranges;
    if (count > MOST_DELETES) throw new MalformedUpdate(`more than ${MOST_DELETES} deletions`);
    const ofClient = byClient.get(client) ?? [];
    if (ranges > 0) byClient.set(client, ofClient);
    for (let range = 0; range < ranges; range++) {
      const clock = decoding.readVarUint(decoder);
      const length = decoding.readVarUint(decoder);
      if (length === 0 || clock + length > HIGHEST_CLOCK) throw new MalformedUpdate('a deletion out of range');
      ofClient.push({ clock, length });
    }
  }
  return [...byClient].flatMap(([client, ranges]) => merged(ranges).map((range) => ({ client, ...range })));
}

function merged(ranges: { clock: number; length: number }[]): { clock: number; length: number }[] {
  ranges.sort((left, right) => left.clock - right.clock);
  const disjoint: { clock: number; length: number }[] = [];
  for (const range of ranges) {
    const last = disjoint.at(-1);
    if (last === undefined || range.clock > last.clock + last.length) disjoint.push({ ...range });
    else last.length = Math.max(last.length, range.clock + range.length - last.clock);
  }
  return disjoint;
}

const ORIGIN = 0b1000_0000;
const RIGHT_ORIGIN = 0b0100_0000;
const PARENT_KEY = 0b0010_0000;
const CONTENT = 0b0001_1111;
const GC = 0;
const DELETED = 1;
const TEXT = 4;
const TYPE = 7;
const SKIP = 10;
/** In lib0's `any` encoding. */
const TEXT_VALUE = 119;

/** Where a struct stands and what is gathered about its block and its update. */
interface Standing {
  readonly client: number;
  readonly clock: number;
  readonly needs: Map<number, number>;
  readonly tally: Tally;
}

function scanStruct(decoder: decoding.Decoder, standing: Standing): { length: number; isHole: boolean } {
  const { client, clock, needs, tally } = standing;
  const info = decoding.readUint8(decoder);
  const kind = info & CONTENT;
  if (kind === GC || kind === SKIP) return { length: decoding.readVarUint(decoder), isHole: kind === SKIP };
  let key: string | null = null;
  let isPlaced = false;
  let other: { client: number; clock: number } | null = null;
  let relation: number = PLACED.inside;
  const isLive = kind !== DELETED;
  if (info & ORIGIN) {
    other = need(decoder, needs);
    relation = PLACED.behind;
    // Nothing can stand between it and the struct before it but what this same update put there.
    isPlaced = tally.isFollowing && (info & RIGHT_ORIGIN) === 0 && other.client === client && other.clock === clock - 1;
  }
  if (info & RIGHT_ORIGIN) {
    const right = need(decoder, needs);
    if (other === null) relation = PLACED.before;
    other ??= right;
  }
  if ((info & (ORIGIN | RIGHT_ORIGIN)) === 0) {
    const root = decoding.readVarUint(decoder) === 1 ? readKey(decoder) : null;
    if (root === null) other = need(decoder, needs);
    if (info & PARENT_KEY) {
      const mapKey = readKey(decoder);
      const place = `${root}\0${mapKey}`;
      isPlaced = root !== null && !tally.places.has(place);
      tally.places.add(place);
      if (root === RECORDS) {
        checkKey(mapKey);
        key = mapKey;
        tally.entities.add(entityNameOf(mapKey));
      }
    }
  }
  if (!isPlaced) tally.searching++;
  // Records are flat: a nested type under one key would be lost when two devices create it, and has no place in a base.
  if (key !== null && kind === TYPE) throw new MalformedUpdate('a nested type among the records');
  const start = decoder.pos;
  const length = scanContent(decoder, kind);
  if (key !== null) tally.keys.push({ key, client, clock, last: clock + length - 1, isLive });
  if (other !== null) {
    if (tally.placed.length > PLACED.numbers * MOST_PLACED)
      throw new MalformedUpdate(`more than ${MOST_PLACED} pieces`);
    const flags = relation | (isLive ? PLACED.isLive : 0) | (kind === TYPE ? PLACED.isType : 0);
    tally.placed.push(client, clock, clock + length - 1, flags, other.client, other.clock);
  }
  // A text that is typed or pasted has only the message's own limit: refusing it would hold back all that follows it.
  if (kind !== TEXT && decoder.pos - start > LONGEST_VALUE_BYTES)
    throw new ValueTooLarge(`a value of ${decoder.pos - start} bytes`);
  if (key !== null && kind === 8 && !key.includes('/')) checkBase(decoder.arr.subarray(start, decoder.pos));
  return { length, isHole: false };
}

/** Goes past one struct and returns how many clocks it takes. `needs`: as those of a block. */
export function skipStruct(decoder: decoding.Decoder, needs: Map<number, number>): number {
  const info = decoding.readUint8(decoder);
  const kind = info & CONTENT;
  if (kind === GC || kind === SKIP) return decoding.readVarUint(decoder);
  if (info & ORIGIN) need(decoder, needs);
  if (info & RIGHT_ORIGIN) need(decoder, needs);
  if ((info & (ORIGIN | RIGHT_ORIGIN)) === 0) {
    if (decoding.readVarUint(decoder) === 1) skipText(decoder);
    else need(decoder, needs);
    if (info & PARENT_KEY) skipText(decoder);
  }
  return scanContent(decoder, kind);
}

/** An edit whose stamp is none would win for ever, because it sorts above all that will be given. */
function checkKey(key: string): void {
  const parsed = parseKey(key);
  if (parsed.kind === 'edit' && !isStamp(parsed.stamp)) throw new MalformedUpdate('an edit without a stamp');
}

function need(decoder: decoding.Decoder, needs: Map<number, number>): { client: number; clock: number } {
  const client = decoding.readVarUint(decoder);
  const clock = decoding.readVarUint(decoder);
  if (clock >= HIGHEST_CLOCK) throw new MalformedUpdate('a reference out of range');
  if (clock + 1 > (needs.get(client) ?? 0)) needs.set(client, clock + 1);
  return { client, clock };
}

/** Skips the content and returns how many clocks it takes. */
function scanContent(decoder: decoding.Decoder, kind: number): number {
  switch (kind) {
    case DELETED:
      return decoding.readVarUint(decoder);
    case 2: // JSON texts
      return repeat(decoder, (from) => skipJson(from, true));
    case 3: // binary
      skipBytes(decoder, decoding.readVarUint(decoder));
      return 1;
    case TEXT: // its length is counted in UTF-16 units
      return decoding.readVarString(decoder).length;
    case 5: // embed
      skipJson(decoder);
      return 1;
    case 6: // format
      skipText(decoder);
      skipJson(decoder);
      return 1;
    case TYPE: {
      const type = decoding.readVarUint(decoder);
      if (type > 6) throw new MalformedUpdate(`unknown type ${type}`);
      if (type === 3 || type === 5) skipText(decoder);
      return 1;
    }
    case 8: // any value
      return repeat(decoder, (from) => skipValue(from, 0));
    default: // 9 is a nested document, which no room has
      throw new MalformedUpdate(`unknown content ${kind}`);
  }
}

function repeat(decoder: decoding.Decoder, skip: (decoder: decoding.Decoder) => void): number {
  const count = decoding.readVarUint(decoder);
  for (let index = 0; index < count; index++) skip(decoder);
  return count;
}

function skipText(decoder: decoding.Decoder): Uint8Array {
  const length = decoding.readVarUint(decoder);
  const start = decoder.pos;
  skipBytes(decoder, length);
  const text = decoder.arr.subarray(start, decoder.pos);
  if (!isUtf8(text)) throw new MalformedUpdate(`the text at byte ${start} is not UTF-8`);
  return text;
}

function readKey(decoder: decoding.Decoder): string {
  const key = decoding.readVarString(decoder);
  if (key.length > LONGEST_KEY) throw new ValueTooLarge(`a key of ${key.length} characters`);
  return key;
}

/** A JSON text, which Yjs parses: it must be one. */
function skipJson(decoder: decoding.Decoder, mayBeUndefined = false): void {
  const bytes = skipText(decoder);
  checkDepth(bytes);
  const text = Buffer.from(bytes).toString();
  if (!mayBeUndefined || text !== 'undefined') JSON.parse(text);
}

/** A record as it was created is one JSON text. */
function checkBase(content: Uint8Array): void {
  const decoder = decoding.createDecoder(content);
  decoding.readVarUint(decoder);
  if (decoding.readUint8(decoder) === TEXT_VALUE) checkDepth(skipText(decoder));
}

/** JSON nested so deep that writing it out again overflows the stack is refused. Brackets inside texts do not count. */
function checkDepth(json: Uint8Array): void {
  let depth = 0;
  let isText = false;
  for (let index = 0; index < json.length; index++) {
    const byte = json[index];
    if (byte === 0x22) isText = !isText;
    else if (isText) index += byte === 0x5c ? 1 : 0;
    else if (byte === 0x7b || byte === 0x5b) depth++;
    else if (byte === 0x7d || byte === 0x5d) depth--;
    if (depth > DEEPEST_VALUE) throw new MalformedUpdate(`a value nested deeper than ${DEEPEST_VALUE}`);
  }
}

function skipBytes(decoder: decoding.Decoder, count: number): void {
  if (decoder.pos + count > decoder.arr.length) throw new MalformedUpdate('the bytes end too early');
  decoder.pos += count;
}

/** lib0's `any` encoding. */
function skipValue(decoder: decoding.Decoder, depth: number): void {
  if (depth > DEEPEST_VALUE) throw new MalformedUpdate(`a value nested deeper than ${DEEPEST_VALUE}`);
  const type = decoding.readUint8(decoder);
  switch (type) {
    case 127: // undefined
    case 126: // null
    case 121: // false
    case 120: // true
      return;
    case 125:
      decoding.readVarInt(decoder);
      return;
    case 124:
      skipBytes(decoder, 4);
      return;
    case 123:
      skipBytes(decoder, 8);
      return;
    case TEXT_VALUE:
      skipText(decoder);
      return;
    case 116: // bytes
      skipBytes(decoder, decoding.readVarUint(decoder));
      return;
    case 122:
      throw new MalformedUpdate('a value that JSON cannot say');
    case 118:
      repeat(decoder, (from) => {
        skipText(from);
        skipValue(from, depth + 1);
      });
      return;
    case 117:
      repeat(decoder, (from) => skipValue(from, depth + 1));
      return;
    default:
      throw new MalformedUpdate(`unknown value type ${type}`);
  }
}
