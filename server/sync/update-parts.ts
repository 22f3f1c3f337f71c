/**
 * Cuts a large update of our own into several that say the same, without building any of it, so that a room can be loaded
 * in slices.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { skipStruct } from './scan-update.ts';

/** Some ten milliseconds of applying. */
const PART_BYTES = 256 * 1024;

interface Part {
  readonly client: number;
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly structs: Uint8Array;
  /** For each client the clock (exclusive) that must be known before this part. */
  readonly needs: ReadonlyMap<number, number>;
}

/**
 * Pauses with null while it reads.
 *
 * Law: applied in order, the parts leave a document as the update does, and none builds on a later one: what Yjs has to keep
 * back it would merge again with each part. Structs of several clients that build on each other stay together.
 *
 * @throws MalformedUpdate when it comes to what is no struct.
 */
export function* updateParts(update: Uint8Array, partBytes = PART_BYTES): Generator<Uint8Array | null> {
  const decoder = decoding.createDecoder(update);
  const waiting: Part[][] = [];
  for (let blocks = decoding.readVarUint(decoder); blocks > 0; blocks--) {
    const parts: Part[] = [];
    waiting.push(parts);
    for (const part of blockParts(decoder, partBytes)) {
      parts.push(part);
      yield null;
    }
  }
  const known = new Map<number, number>();
  const isReady = ({ needs }: Part) => [...needs].every(([client, clock]) => (known.get(client) ?? 0) >= clock);
  for (let hasMoved = true; hasMoved; ) {
    hasMoved = false;
    for (const parts of waiting) {
      for (let [part] = parts; part !== undefined && isReady(part); [part] = parts) {
        parts.shift();
        known.set(part.client, part.to);
        hasMoved = true;
        yield together([[part]]);
      }
    }
  }
  const left = waiting.filter((parts) => parts.length > 0);
  if (left.length > 0) yield together(left);
  yield deletionsAlone(update.subarray(decoder.pos));
}

function* blockParts(decoder: decoding.Decoder, partBytes: number): Generator<Part> {
  const count = decoding.readVarUint(decoder);
  const client = decoding.readVarUint(decoder);
  let clock = decoding.readVarUint(decoder);
  let needs = new Map<number, number>();
  let first = { clock, index: 0, position: decoder.pos };
  for (let index = 1; index <= count; index++) {
    clock += skipStruct(decoder, needs);
    if (decoder.pos - first.position < partBytes && index < count) continue;
    const structs = decoder.arr.subarray(first.position, decoder.pos);
    needs.delete(client);
    yield { client, from: first.clock, to: clock, count: index - first.index, structs, needs };
    needs = new Map();
    first = { clock, index, position: decoder.pos };
  }
}

/** One block per client, of its parts in a row. */
function together(blocks: readonly (readonly Part[])[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, blocks.length);
  for (const parts of blocks) {
    encoding.writeVarUint(
      encoder,
      parts.reduce((sum, { count }) => sum + count, 0),
    );
    encoding.writeVarUint(encoder, parts[0]?.client ?? 0);
    encoding.writeVarUint(encoder, parts[0]?.from ?? 0);
    for (const { structs } of parts) encoding.writeUint8Array(encoder, structs);
  }
  encoding.writeVarUint(encoder, 0);
  return encoding.toUint8Array(encoder);
}

function deletionsAlone(deletions: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 0);
  encoding.writeUint8Array(encoder, deletions);
  return encoding.toUint8Array(encoder);
}
