/**
 * Cuts a large Yjs update into several that say the same. Applying one cannot be interrupted, and a room's first
 * download is one: stored as it came it would hold up the screen at every start.
 */
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';

/** Taking in so many records and building them is a matter of some ten milliseconds. */
const MOST_STRUCTS = 1_000;
/** Smaller ones are not looked into; 2,000 contacts have 600 kB. */
const SMALL_BYTES = 200_000;

/**
 * Law: applied in order, the parts leave a document as the update does. A part may need structs of a later one (Yjs
 * keeps it back until then); between records there is no such need.
 */
export function splitUpdate(update: Uint8Array): readonly Uint8Array[] {
  if (update.byteLength < SMALL_BYTES) return [update];
  const { structs, ds } = Y.decodeUpdate(update);
  const parts: Uint8Array[] = [];
  for (let from = 0; from < structs.length; ) {
    const client = structs[from]?.id.client;
    let to = from;
    while (to < structs.length && to - from < MOST_STRUCTS && structs[to]?.id.client === client) to++;
    parts.push(encodeUpdate(structs.slice(from, to), []));
    from = to;
  }
  if (parts.length < 2) return [update];
  if (ds.clients.size > 0) parts.push(encodeUpdate([], ds.clients));
  return parts;
}

interface Deleted {
  readonly clock: number;
  readonly len: number;
}

type Update = ReturnType<typeof Y.decodeUpdate>;

/** The form of update V1: structs of one client, then what is deleted per client. */
function encodeUpdate(structs: Update['structs'], deleted: Iterable<[number, readonly Deleted[]]>): Uint8Array {
  const encoder = new Y.UpdateEncoderV1();
  const { restEncoder } = encoder;
  const [first] = structs;
  encoding.writeVarUint(restEncoder, first ? 1 : 0);
  if (first) {
    encoding.writeVarUint(restEncoder, structs.length);
    encoder.writeClient(first.id.client);
    encoding.writeVarUint(restEncoder, first.id.clock);
    for (const struct of structs) struct.write(encoder, 0);
  }
  const clients = [...deleted];
  encoding.writeVarUint(restEncoder, clients.length);
  for (const [client, ranges] of clients) {
    encoding.writeVarUint(restEncoder, client);
    encoding.writeVarUint(restEncoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoding.writeVarUint(restEncoder, clock);
      encoding.writeVarUint(restEncoder, len);
    }
  }
  return encoder.toUint8Array();
}
