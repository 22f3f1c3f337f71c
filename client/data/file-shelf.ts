/**
 * The bytes of files on this device, in an IndexedDB database of their own: what is still to be sent, what somebody pinned,
 * and what was opened lately. One transaction holds the bytes and what is known of them, so a reload finds both or
 * neither.
 */

export interface ShelfEntry {
  /** SHA-256, the key. */
  readonly hash: string;
  readonly bytes: number;
  /** As it was called where it was first met, for lists of what waits. */
  readonly name: string;
  /** Records made here that hold it. */
  readonly recordIds: readonly string[];
  /** The server does not have it yet: never thrown away. */
  readonly isUnsent: boolean;
  /** Somebody wants it at hand without a line: not thrown away either. */
  readonly isPinned: boolean;
  /** Epoch ms. */
  readonly usedAt: number;
}

/** The browser gives no more room. */
export class ShelfFull extends Error {
  override readonly name = 'ShelfFull';
}

export interface FileShelf {
  all(): Promise<readonly ShelfEntry[]>;
  /** Resolves when it is on the disk. @throws ShelfFull */
  put(entry: ShelfEntry, content: Blob): Promise<void>;
  /** Changes what is known of files that are here, by what is stored and not by what a page remembers; returns them. */
  change(hashes: readonly string[], change: (entry: ShelfEntry) => ShelfEntry): Promise<readonly ShelfEntry[]>;
  read(hash: string): Promise<Blob | null>;
  remove(hashes: readonly string[]): Promise<void>;
  close(): void;
}

const ENTRIES = 'entries';
const CONTENT = 'content';

/** @throws what IndexedDB says when this browser stores nothing. */
export async function openFileShelf(name: string): Promise<FileShelf> {
  const db = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(ENTRIES, { keyPath: 'hash' });
      request.result.createObjectStore(CONTENT);
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  // Another tab signs out: it removes this database.
  db.onversionchange = () => db.close();

  function inTransaction<T>(mode: IDBTransactionMode, act: (transaction: IDBTransaction) => IDBRequest<T> | undefined) {
    return new Promise<T | undefined>((resolve, reject) => {
      const transaction = db.transaction([ENTRIES, CONTENT], mode, { durability: 'strict' });
      const request = act(transaction);
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onabort = () => {
        const { error } = transaction;
        reject(error?.name === 'QuotaExceededError' ? new ShelfFull('the browser gives no more room') : error);
      };
    });
  }

  return {
    async all() {
      const entries = await inTransaction('readonly', (transaction) => transaction.objectStore(ENTRIES).getAll());
      return (entries ?? []) as readonly ShelfEntry[];
    },
    async put(entry, content) {
      await inTransaction('readwrite', (transaction) => {
        transaction.objectStore(CONTENT).put(content, entry.hash);
        transaction.objectStore(ENTRIES).put(entry);
        return undefined;
      });
    },
    async change(hashes, change) {
      const changed: ShelfEntry[] = [];
      await inTransaction('readwrite', (transaction) => {
        const store = transaction.objectStore(ENTRIES);
        for (const hash of hashes) {
          const request = store.get(hash) as IDBRequest<ShelfEntry | undefined>;
          request.onsuccess = () => {
            if (request.result === undefined) return;
            const entry = change(request.result);
            changed.push(entry);
            store.put(entry);
          };
        }
        return undefined;
      });
      return changed;
    },
    async read(hash) {
      const found: unknown = await inTransaction('readonly', (transaction) =>
        transaction.objectStore(CONTENT).get(hash),
      );
      return (found as Blob | undefined) ?? null;
    },
    async remove(hashes) {
      await inTransaction('readwrite', (transaction) => {
        for (const hash of hashes) {
          transaction.objectStore(CONTENT).delete(hash);
          transaction.objectStore(ENTRIES).delete(hash);
        }
        return undefined;
      });
    },
    close: () => db.close(),
  };
}
