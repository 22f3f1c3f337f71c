/**
 * What somebody has begun to write and not saved yet: one draft per person and record, kept in this browser, so that it is
 * still there after leaving the page and after a restart. Drafts never travel.
 */
const PREFIX = 'rapport.draft.';

type Shelf = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>;

export interface Drafts {
  /** What was kept, as it was written; undefined when there is none or it cannot be read. */
  read(recordId: string): unknown;
  /** False when the browser has no room for it. */
  write(recordId: string, draft: unknown): boolean;
  clear(recordId: string): void;
}

export function createDrafts(memberId: string, shelf: Shelf | null = browserShelf()): Drafts {
  const keyOf = (recordId: string) => `${PREFIX}${memberId}.${recordId}`;
  return {
    read(recordId) {
      try {
        const kept = shelf?.getItem(keyOf(recordId));
        return kept === null || kept === undefined ? undefined : (JSON.parse(kept) as unknown);
      } catch {
        return undefined;
      }
    },
    write(recordId, draft) {
      try {
        shelf?.setItem(keyOf(recordId), JSON.stringify(draft));
        return shelf !== null;
      } catch {
        return false;
      }
    },
    clear(recordId) {
      try {
        shelf?.removeItem(keyOf(recordId));
      } catch {
        // Without storage nothing was kept.
      }
    },
  };
}

/** Everything a person has begun on this device; when they sign out. */
export function clearDrafts(memberId: string, shelf: Shelf | null = browserShelf()): void {
  if (shelf === null) return;
  const keys = Array.from({ length: shelf.length }, (_, index) => shelf.key(index));
  for (const key of keys) if (key?.startsWith(`${PREFIX}${memberId}.`)) shelf.removeItem(key);
}

function browserShelf(): Shelf | null {
  try {
    return globalThis.localStorage ?? null;
  } catch {
    return null;
  }
}
