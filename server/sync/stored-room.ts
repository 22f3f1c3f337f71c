/**
 * A large room that nobody writes in, served from its stored bytes: most that happens after a restart is that devices ask
 * for what they lack, and building the document for that costs seconds and hundreds of megabytes.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import type { StoredRoom } from '../storage/update-log.ts';
import { encodeUpdate } from './admission.ts';
import { MalformedUpdate, scanUpdate } from './scan-update.ts';

/** Below this a document is built in some milliseconds. */
export const SMALLEST_SNAPSHOT_BYTES = 256 * 1024;
/** With more updates than this the document answers better. */
const MOST_UPDATES = 100;
/** A state vector that names nobody. */
const EMPTY = 1;

export interface StoredBytes {
  readonly stateVector: Uint8Array;
  /**
   * The updates that bring a device with this state vector up to date, in this order; null when only the document can say.
   */
  since(stateVector: Uint8Array): readonly Uint8Array[] | null;
}

/** What else would have to be read out of a snapshot, a sixth of a second for 50,000 contacts. */
export interface SnapshotClocks {
  readonly stateVector: Uint8Array;
  /** What is deleted, as an update without structs. */
  readonly deletions: Uint8Array;
}

/** The clocks of a snapshot of this document, to be kept beside it. */
export function clocksOf(doc: Y.Doc): Uint8Array {
  const ranges = [...Y.createDeleteSetFromStructStore(doc.store).clients].flatMap(([client, items]) =>
    items.map(({ clock, len }) => ({ client, clock, length: len })),
  );
  const encoder = encoding.createEncoder();
  encoding.writeVarUint8Array(encoder, Y.encodeStateVector(doc));
  encoding.writeVarUint8Array(encoder, encodeUpdate([], ranges));
  return encoding.toUint8Array(encoder);
}

/** Null when it is nothing that `clocksOf` wrote. */
export function readClocks(bytes: Uint8Array): SnapshotClocks | null {
  try {
    const decoder = decoding.createDecoder(bytes);
    return { stateVector: decoding.readVarUint8Array(decoder), deletions: decoding.readVarUint8Array(decoder) };
  } catch {
    return null;
  }
}

/**
 * Null when the room has to be built anyway: it is small, or holds updates that were committed and perhaps never applied,
 * which nobody may see before Yjs took them.
 */
export function storedBytes(
  { snapshot, updates, historySeq }: StoredRoom,
  clocks: SnapshotClocks | null = null,
): StoredBytes | null {
  if (snapshot === null || snapshot.length < SMALLEST_SNAPSHOT_BYTES || updates.length > MOST_UPDATES) return null;
  if (updates.some(({ seq }) => seq > historySeq)) return null;
  // A third of the time of scanning it. What the server itself wrote needs no looking through.
  const folded = Y.decodeStateVector(clocks?.stateVector ?? Y.encodeStateVectorFromUpdate(snapshot));
  const known = new Map(folded);
  for (const { data } of updates) {
    for (const { client, to } of scanUpdate(data).blocks) known.set(client, Math.max(to, known.get(client) ?? 0));
  }
  const later = updates.map(({ data }) => data);
  let deletions: Uint8Array | null | undefined = clocks?.deletions;
  return {
    stateVector: Y.encodeStateVector(known),
    since(stateVector) {
      if (stateVector.length <= EMPTY) return [snapshot, ...later];
      const has = Y.decodeStateVector(stateVector);
      // Clocks do not tell which deletions it has: those are few bytes and sent again.
      if (![...folded].every(([client, clock]) => (has.get(client) ?? 0) >= clock)) return null;
      if (deletions === undefined) deletions = deletionsIn(snapshot);
      return deletions === null ? null : [deletions, ...later];
    },
  };
}

/** As an update without structs; null when the room has grown beyond what one message may hold. */
function deletionsIn(snapshot: Uint8Array): Uint8Array | null {
  try {
    return encodeUpdate([], scanUpdate(snapshot).deletes);
  } catch (error) {
    if (error instanceof MalformedUpdate) return null;
    throw error;
  }
}
