/**
 * One room on this device: loads the document from IndexedDB and writes every change back. y-indexeddb gives the
 * layout, the loading and the folding of many updates into one; the writing is done here, because y-indexeddb
 * swallows errors: a full disk, a database that the browser closed, a transaction that was taken back.
 *
 * After a failure the database is opened once more (which writes the whole document, so nothing is lost in between).
 * When that fails too, `onProblem` is told, and stays told.
 */
import { IndexeddbPersistence, PREFERRED_TRIM_SIZE, storeState } from 'y-indexeddb';
import type * as Y from 'yjs';

/** What went wrong for good: no space, no database, or the data was removed from outside (another tab signed out). */
export type StorageProblem = 'full' | 'broken' | 'removed';

export interface LocalStore {
  /** Settles when the device's copy is in the document, or when there is none to be had. Never rejects. */
  readonly loaded: Promise<void>;
  /** Changes whose IndexedDB transaction is not complete yet. */
  unsaved(): number;
  /** Small values kept beside the document; undefined when missing or unreadable. */
  readNotes(): Promise<ReadonlyMap<string, unknown>>;
  /** `undefined` removes. Failures are reported like those of changes. */
  writeNote(key: string, value: unknown): void;
  /** Closes; what was written stays. Waits for running transactions. */
  close(): Promise<void>;
}

export interface LocalStoreOptions {
  readonly name: string;
  readonly doc: Y.Doc;
  /** Told after each complete transaction and each change of `unsaved`. */
  readonly onChange?: () => void;
  readonly onProblem: (problem: StorageProblem) => void;
}

/** y-indexeddb's second object store. */
const NOTES = 'custom';
const UPDATES = 'updates';
const FOLD_DELAY_MS = 1_000;

export function openLocalStore({ name, doc, onChange, onProblem }: LocalStoreOptions): LocalStore {
  let persistence: IndexeddbPersistence;
  let database: IDBDatabase | null = null;
  let unsaved = 0;
  let isClosed = false;
  let problem: StorageProblem | null = null;
  /** A second failure without a success in between is final. */
  let hasReopened = false;
  let foldTimer: ReturnType<typeof setTimeout> | undefined;
  const idle = new Set<() => void>();
  let settleLoaded: () => void = () => undefined;
  const loaded = new Promise<void>((resolve) => {
    settleLoaded = resolve;
  });

  const write = (update: Uint8Array, origin: unknown) => {
    // Before the database is open nothing needs writing: opening writes the document as it is then.
    if (origin === persistence || database === null) return;
    put(UPDATES, (store) => store.add(update));
    if (++persistence._dbsize >= PREFERRED_TRIM_SIZE) {
      clearTimeout(foldTimer);
      foldTimer = setTimeout(() => {
        if (database !== null) storeState(persistence, false).catch(failed);
      }, FOLD_DELAY_MS);
    }
  };

  function put(storeName: string, request: (store: IDBObjectStore) => void): void {
    if (database === null) return;
    try {
      const transaction = database.transaction([storeName], 'readwrite');
      unsaved++;
      onChange?.();
      let isOver = false;
      const over = () => {
        if (isOver) return;
        isOver = true;
        unsaved--;
        if (unsaved === 0) for (const resolve of idle) resolve();
        if (unsaved === 0) idle.clear();
        onChange?.();
      };
      transaction.addEventListener('complete', () => {
        hasReopened = false;
        over();
      });
      transaction.addEventListener('abort', over);
      request(transaction.objectStore(storeName));
    } catch (error) {
      failed(error);
    }
  }

  function open(): void {
    const opened = new IndexeddbPersistence(name, doc);
    persistence = opened;
    doc.off('update', opened._storeUpdate);
    opened._db.then((db) => {
      if (persistence !== opened || isClosed) return;
      database = db;
      watch(db);
    }, failed);
    opened.whenSynced.then(() => {
      if (persistence === opened) settleLoaded();
    });
  }

  function watch(db: IDBDatabase): void {
    // lib0 sets `onversionchange` to close; a listener beside it learns why.
    db.addEventListener('versionchange', (event) => {
      if (database !== db) return;
      database = null;
      if (event.newVersion === null) giveUp('removed');
      else failed(new Error('another version of the app has changed this database'));
    });
    db.addEventListener('close', () => {
      if (database === db) failed(new Error('the browser closed the database'));
    });
    db.addEventListener('abort', (event) => {
      const { error } = event.target as IDBTransaction;
      if (database === db) failed(error ?? new Error('a transaction was taken back'));
    });
  }

  function failed(error: unknown): void {
    if (isClosed || problem !== null) return;
    database = null;
    if (hasReopened) {
      giveUp(isQuotaError(error) ? 'full' : 'broken');
      return;
    }
    hasReopened = true;
    persistence.destroy().catch(() => undefined);
    open();
  }

  function giveUp(reason: StorageProblem): void {
    if (isClosed || problem !== null) return;
    problem = reason;
    database = null;
    settleLoaded();
    onProblem(reason);
  }

  doc.on('update', write);
  open();

  return {
    loaded,
    unsaved: () => unsaved,
    async readNotes() {
      const db = database;
      if (db === null) return new Map();
      try {
        const store = db.transaction([NOTES], 'readonly').objectStore(NOTES);
        const [keys, values] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll())]);
        return new Map(keys.map((key, index) => [String(key), values[index] as unknown]));
      } catch (error) {
        failed(error);
        return new Map();
      }
    },
    writeNote(key, value) {
      put(NOTES, (store) => (value === undefined ? store.delete(key) : store.put(value, key)));
    },
    async close() {
      isClosed = true;
      clearTimeout(foldTimer);
      doc.off('update', write);
      settleLoaded();
      if (unsaved > 0 && problem === null) await new Promise<void>((resolve) => idle.add(resolve));
      database = null;
      await persistence.destroy().catch(() => undefined);
    },
  };
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function isQuotaError(error: unknown): boolean {
  return error instanceof Object && 'name' in error && error.name === 'QuotaExceededError';
}

/** Removes a room from this device. Resolves also when another tab still holds it open: the browser removes it then. */
export function deleteLocalStore(name: string): Promise<void> {
  return new Promise((resolve) => {
    const request = indexedDB.deleteDatabase(name);
    request.onsuccess = () => resolve();
    request.onerror = () => resolve();
    request.onblocked = () => resolve();
  });
}

/** Whether this browser has an IndexedDB that opens at all (some private modes have none). */
export function canStoreLocally(): Promise<boolean> {
  return new Promise((resolve) => {
    try {
      const request = indexedDB.open('rapport-probe');
      request.onsuccess = () => {
        request.result.close();
        resolve(true);
      };
      request.onerror = () => resolve(false);
      request.onblocked = () => resolve(false);
    } catch {
      resolve(false);
    }
  });
}
