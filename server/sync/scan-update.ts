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
 */
import * as decoding from 'lib0/decoding';

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

export interface ScannedUpdate {
  readonly blocks: readonly Block[];
  readonly deletes: readonly DeleteRange[];
}

/** The bytes are no update, or one beyond the limits. */
export class MalformedUpdate extends Error {
  override readonly name = 'MalformedUpdate';
}

/** Beyond these an update is no honest one: 50,000 imported records are 50,000 structs of one block. */
const MOST_STRUCTS = 2_000_000;
const MOST_DELETES = 2_000_000;
/** Blocks, and references to other clients, each cost an entry in a map. */
const MOST_CLIENTS = 50_000;
const MOST_REFERENCES = 1_000_000;
const DEEPEST_VALUE = 64;
/** 2^48: clocks stay far below what a double counts exactly. */
const HIGHEST_CLOCK = 281_474_976_710_656;
const HIGHEST_CLIENT = Number.MAX_SAFE_INTEGER;

/** @throws MalformedUpdate on anything that is not exactly one update. */
export function scanUpdate(bytes: Uint8Array): ScannedUpdate {
  try {
    const decoder = decoding.createDecoder(bytes);
    const blocks = scanBlocks(decoder);
    const deletes = scanDeletes(decoder);
    if (decoding.hasContent(decoder)) throw new MalformedUpdate('bytes after the end');
    return { blocks, deletes };
  } catch (error) {
    if (error instanceof MalformedUpdate) throw error;
    throw new MalformedUpdate('the bytes end too early or hold a number out of range', { cause: error });
  }
}

function scanBlocks(decoder: decoding.Decoder): Block[] {
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
    for (let struct = 0; struct < structs; struct++) {
      const { length, isHole } = scanStruct(decoder, needs);
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
  const deletes: DeleteRange[] = [];
  for (let index = 0; index < clients; index++) {
    const client = decoding.readVarUint(decoder);
    const ranges = decoding.readVarUint(decoder);
    if (deletes.length + ranges > MOST_DELETES) throw new MalformedUpdate(`more than ${MOST_DELETES} deletions`);
    for (let range = 0; range < ranges; range++) {
      const clock = decoding.readVarUint(decoder);
      const length = decoding.readVarUint(decoder);
      if (length === 0 || clock + length > HIGHEST_CLOCK) throw new MalformedUpdate('a deletion out of range');
      deletes.push({ client, clock, length });
    }
  }
  return deletes;
}

const ORIGIN = 0b1000_0000;
const RIGHT_ORIGIN = 0b0100_0000;
const PARENT_KEY = 0b0010_0000;
const CONTENT = 0b0001_1111;
const GC = 0;
const SKIP = 10;

function scanStruct(decoder: decoding.Decoder, needs: Map<number, number>): { length: number; isHole: boolean } {
  const info = decoding.readUint8(decoder);
  const kind = info & CONTENT;
  if (kind === GC || kind === SKIP) return { length: decoding.readVarUint(decoder), isHole: kind === SKIP };
  if (info & ORIGIN) need(decoder, needs);
  if (info & RIGHT_ORIGIN) need(decoder, needs);
  if ((info & (ORIGIN | RIGHT_ORIGIN)) === 0) {
    if (decoding.readVarUint(decoder) === 1) skipText(decoder);
    else need(decoder, needs);
    if (info & PARENT_KEY) skipText(decoder);
  }
  return { length: scanContent(decoder, kind), isHole: false };
}

function need(decoder: decoding.Decoder, needs: Map<number, number>): void {
  const client = decoding.readVarUint(decoder);
  const clock = decoding.readVarUint(decoder);
  if (clock >= HIGHEST_CLOCK) throw new MalformedUpdate('a reference out of range');
  if (clock + 1 > (needs.get(client) ?? 0)) needs.set(client, clock + 1);
}

/** Skips the content and returns how many clocks it takes. */
function scanContent(decoder: decoding.Decoder, kind: number): number {
  switch (kind) {
    case 1: // deleted
      return decoding.readVarUint(decoder);
    case 2: // JSON texts
      return repeat(decoder, skipText);
    case 3: // binary
      skipText(decoder);
      return 1;
    case 4: // text: its length is counted in UTF-16 units
      return decoding.readVarString(decoder).length;
    case 5: // embed
      skipText(decoder);
      return 1;
    case 6: // format
      skipText(decoder);
      skipText(decoder);
      return 1;
    case 7: {
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

/** Texts and byte arrays are both: length, bytes. */
function skipText(decoder: decoding.Decoder): void {
  skipBytes(decoder, decoding.readVarUint(decoder));
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
    case 122:
      skipBytes(decoder, 8);
      return;
    case 119: // text
    case 116: // bytes
      skipText(decoder);
      return;
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
