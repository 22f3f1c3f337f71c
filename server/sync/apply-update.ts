/** Updates and a document: applying one, and what one would take away. */
import * as Y from 'yjs';
import type { Applied } from './change-history.ts';
import type { DeleteRange } from './scan-update.ts';

/**
 * Applies one update completely. Returns what is wrong with it instead of throwing: then the document may hold half of
 * it and must be thrown away.
 */
export function applyWhole(doc: Y.Doc, data: Uint8Array, origin: Applied): string | null {
  return applyPart(doc, data, origin) ?? missingIn(doc);
}

/** The same for a part of one, which may build on parts that come later. */
export function applyPart(doc: Y.Doc, data: Uint8Array, origin: Applied): string | null {
  try {
    Y.applyUpdate(doc, data, origin);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

export function missingIn({ store }: Y.Doc): string | null {
  return store.pendingStructs !== null || store.pendingDs !== null ? 'it builds on changes that are missing' : null;
}

/** The parts of a range that the document still shows; what it does not know yet counts as shown. */
export function notDeleted(doc: Y.Doc, range: DeleteRange): readonly DeleteRange[] {
  const { client, clock, length } = range;
  const end = clock + length;
  const structs = doc.store.clients.get(client);
  const known = Math.min(end, Y.getState(doc.store, client));
  const parts: { client: number; clock: number; length: number }[] = [];
  const add = (from: number, to: number) => {
    const last = parts.at(-1);
    if (last !== undefined && last.clock + last.length === from) last.length += to - from;
    else if (to > from) parts.push({ client, clock: from, length: to - from });
  };
  if (structs !== undefined && clock < known) {
    for (let index = Y.findIndexSS(structs, clock); index < structs.length; index++) {
      const struct = structs[index];
      if (struct === undefined || struct.id.clock >= known) break;
      if (!struct.deleted) add(Math.max(clock, struct.id.clock), Math.min(known, struct.id.clock + struct.length));
    }
  }
  add(Math.max(clock, known), end);
  return parts;
}
