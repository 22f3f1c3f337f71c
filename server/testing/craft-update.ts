/** Yjs updates (V1) byte by byte, as no library would write them. For tests. */
import * as encoding from 'lib0/encoding';

export type Craft = (encoder: encoding.Encoder) => void;

export interface CraftedBlock {
  readonly client: number;
  readonly clock: number;
  readonly structs: readonly Craft[];
}

/** Client, clock, length. */
export type CraftedDelete = readonly [number, number, number];

export function craftUpdate(blocks: readonly CraftedBlock[], deletes: readonly CraftedDelete[] = []): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, blocks.length);
  for (const { client, clock, structs } of blocks) {
    encoding.writeVarUint(encoder, structs.length);
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    for (const struct of structs) struct(encoder);
  }
  encoding.writeVarUint(encoder, deletes.length);
  for (const [client, clock, length] of deletes) {
    for (const number of [client, 1, clock, length]) encoding.writeVarUint(encoder, number);
  }
  return encoding.toUint8Array(encoder);
}

/** What was deleted and forgotten, so many clocks of it. */
export const gc =
  (length: number): Craft =>
  (encoder) => {
    encoding.writeUint8(encoder, 0);
    encoding.writeVarUint(encoder, length);
  };

/** A new key of a map, written without looking at what is under it. */
export const entry =
  (key: string, content: Craft, root = 'records'): Craft =>
  (encoder) => {
    encoding.writeUint8(encoder, 0b0010_0000 | kindOf(content));
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarString(encoder, root);
    encoding.writeVarString(encoder, key);
    content(encoder);
  };

/** Put behind another item: over it, when that is the entry of a map. */
export const behind =
  (origin: { readonly client: number; readonly clock: number }, content: Craft): Craft =>
  (encoder) => {
    encoding.writeUint8(encoder, 0b1000_0000 | kindOf(content));
    encoding.writeVarUint(encoder, origin.client);
    encoding.writeVarUint(encoder, origin.clock);
    content(encoder);
  };

/** Put into a nested type. */
export const inside =
  (parent: { readonly client: number; readonly clock: number }, content: Craft): Craft =>
  (encoder) => {
    encoding.writeUint8(encoder, kindOf(content));
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, parent.client);
    encoding.writeVarUint(encoder, parent.clock);
    content(encoder);
  };

const kinds = new WeakMap<Craft, number>();
const kindOf = (content: Craft): number => kinds.get(content) ?? 0;

function content(kind: number, craft: Craft): Craft {
  kinds.set(craft, kind);
  return craft;
}

/** A value as lib0 writes it. */
export const value = (any: unknown): Craft =>
  content(8, (encoder) => {
    encoding.writeVarUint(encoder, 1);
    encoding.writeAny(encoder, any as never);
  });

/** A value in bytes of one's own. */
export const rawValue = (...bytes: readonly number[]): Craft =>
  content(8, (encoder) => {
    encoding.writeVarUint(encoder, 1);
    for (const byte of bytes) encoding.writeUint8(encoder, byte);
  });

/** Comes deleted already. */
export const deleted = (length = 1): Craft => content(1, (encoder) => encoding.writeVarUint(encoder, length));

/** An embedded value as JSON text, which need not be JSON. */
export const embed = (json: string): Craft => content(5, (encoder) => encoding.writeVarString(encoder, json));

/** A nested type: 0 list, 1 map. */
export const nested = (type: number): Craft => content(7, (encoder) => encoding.writeVarUint(encoder, type));
