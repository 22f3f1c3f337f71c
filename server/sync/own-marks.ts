/**
 * Whether an update does nothing but mark notices that are its writer's own: what a viewer may write. Everything it brings
 * and everything it takes away is looked at; what cannot be placed counts as something else.
 */
import type * as Y from 'yjs';
import { isOwnMark } from '../../shared/model/rights.ts';
import { parseKey } from '../../shared/sync/record-keys.ts';
import { keysDeleted } from './erasures.ts';
import { MalformedUpdate, type ScannedUpdate, scanUpdate } from './scan-update.ts';

/** A key with its instant; there is nothing more to say about a notice. */
const LONGEST_MARK_BYTES = 256;
/** Some four thousand notices at once: reading them takes no longer than a few milliseconds. */
const MOST_BYTES = 1_048_576;

export interface MarkedRoom {
  readonly doc: Y.Doc;
  /** Whose a notice is; null for none. */
  readonly ownerOf: (noticeId: string) => string | null;
}

/** @param data what is left of the message after admission: complete, and without what the room has already. */
export function marksOwnNotices({ doc, ownerOf }: MarkedRoom, data: Uint8Array, memberId: string): boolean {
  if (data.length > MOST_BYTES) return false;
  const update = scanned(data);
  // Every struct is an entry of the records under a key of its own: none that writes over, or into, anything else.
  if (update === null || update.structs !== update.keys.length) return false;
  const deleted = keysDeleted(doc, update.deletes);
  if (deleted === null) return false;
  const keys = [...update.keys.map(({ key }) => key), ...deleted];
  if (data.length > LONGEST_MARK_BYTES * (keys.length + 1)) return false;
  return keys.every((key) => {
    const parsed = parseKey(key);
    return parsed.kind === 'edit' && isOwnMark(parsed.path) && ownerOf(parsed.id) === memberId;
  });
}

function scanned(data: Uint8Array): ScannedUpdate | null {
  try {
    return scanUpdate(data);
  } catch (error) {
    if (error instanceof MalformedUpdate) return null;
    throw error;
  }
}
