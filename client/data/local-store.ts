/**
 * One room on this device: loads the document from IndexedDB and writes every change back. The layout is that of
 * y-indexeddb, which can read these databases (tested); the code is our own because y-indexeddb hides what goes wrong:
 * a full disk, a database that the browser closed, a transaction that was taken back are unhandled rejections in
 * there, and writing to a closed database throws into the middle of a Yjs transaction.
 *
 * After a failure the database is opened once more, which writes the whole document, so nothing is lost in between.
 * When that fails too, `onProblem` is told, and stays told.
 */
import * as Y from 'yjs';

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

const UPDATES = 'updates';
const NOTES = 'custom';
/** From so many stored updates on they are folded into one; loading one update is far quicker than loading 500. */
const FOLD_AT = 500;
const FOLD_DELAY_MS = 1_000;

export function openLocalStore({ name, doc, onChange, onProblem }: LocalStoreOptions): LocalStore {
  let database: IDBDatabase | null = null;
  let unsaved = 0;
  let isClosed = false;
  let problem: StorageProblem | null = null;
  /** A second failure without a success in between is final. */
  let hasReopened = false;
  /** Origin of what comes from the disk. */
  const fromDisk = Symbol('disk');
  /** Stored updates, and the key up to which they are in the document. */
  let rows = 0;
  let lastKey: IDBValidKey | undefined;
  let foldTimer: ReturnType<typeof setTimeout> | undefined;
  const whenIdle: (() => void)[] = [];
  let settleLoaded: () => void = () => undefined;
  const loaded = new Promise<void>((resolve) => {
    settleLoaded = resolve;
  });

  function open(): void {
    try {
      const request = indexedDB.open(name);
      request.onupgradeneeded = () => {
        request.result.createObjectStore(UPDATES, { autoIncrement: true });
        request.result.createObjectStore(NOTES);
      };
      request.onerror = () => failed(request.error);
      request.onsuccess = () => use(request.result);
    } catch (error) {
      failed(error);
    }
  }

  function use(db: IDBDatabase): void {
    if (isClosed || problem !== null) {
      db.close();
      return;
    }
    database = db;
    db.onversionchange = (event) => {
      db.close();
      if (database !== db) return;
      if (event.newVersion === null) giveUp('removed');
      else failed(new Error('another version of the app has changed this database'));
    };
    db.onclose = () => {
      if (database === db) failed(new Error('the browser closed the database'));
    };
    db.onabort = (event) => {
      const { error } = event.target as IDBTransaction;
      if (database === db) failed(error ?? new Error('a transaction was taken back'));
    };
    // What was written before the database was there, or while it was broken.
    if (doc.store.clients.size > 0) write(Y.encodeStateAsUpdate(doc), null);
    load();
  }

  function load(): void {
    inTransaction(UPDATES, 'readonly', (store) => readNew(store, settleLoaded));
  }

  /** Takes stored updates that are not in the document yet, ours and other tabs', then goes on in the same transaction. */
  function readNew(store: IDBObjectStore, then: () => void): void {
    const range = lastKey === undefined ? null : IDBKeyRange.lowerBound(lastKey, true);
    const keys = store.getAllKeys(range);
    const updates = store.getAll(range);
    updates.onsuccess = () => {
      Y.transact(
        doc,
        () => {
          for (const update of updates.result) Y.applyUpdate(doc, update as Uint8Array, fromDisk);
        },
        fromDisk,
        false,
      );
      lastKey = keys.result.at(-1) ?? lastKey;
      rows = Math.max(rows, keys.result.length);
      then();
    };
  }

  function write(update: Uint8Array, origin: unknown): void {
    if (origin === fromDisk) return;
    inTransaction(UPDATES, 'readwrite', (store) => store.add(update));
    if (++rows < FOLD_AT) return;
    clearTimeout(foldTimer);
    foldTimer = setTimeout(fold, FOLD_DELAY_MS);
  }

  /** One update instead of many, in one transaction: a reader finds the many or the one. */
  function fold(): void {
    inTransaction(UPDATES, 'readwrite', (store) =>
      readNew(store, () => {
        const upTo = lastKey;
        store.add(Y.encodeStateAsUpdate(doc));
        if (upTo !== undefined) store.delete(IDBKeyRange.upperBound(upTo));
        rows = 1;
      }),
    );
  }

  function inTransaction(
    storeName: string,
    mode: 'readonly' | 'readwrite',
    request: (store: IDBObjectStore) => void,
  ): void {
    if (database === null) return;
    let transaction: IDBTransaction | null = null;
    try {
      transaction = database.transaction([storeName], mode);
      request(transaction.objectStore(storeName));
      if (mode === 'readwrite') count(transaction);
    } catch (error) {
      // Without its request the transaction would end as if it had been written.
      transaction?.abort();
      failed(error);
    }
  }

  /** Counts a transaction as unsaved until it is complete (or was taken back: then the failure is dealt with). */
  function count(transaction: IDBTransaction): void {
    const over = () => {
      unsaved--;
      if (unsaved === 0) for (const resolve of whenIdle.splice(0)) resolve();
      onChange?.();
    };
    unsaved++;
    onChange?.();
    transaction.oncomplete = () => {
      hasReopened = false;
      over();
    };
    transaction.onabort = over;
  }

  function failed(error: unknown): void {
    if (isClosed || problem !== null) return;
    database?.close();
    database = null;
    if (hasReopened) {
      giveUp(isQuotaError(error) ? 'full' : 'broken');
      return;
    }
    hasReopened = true;
    open();
  }

  function giveUp(reason: StorageProblem): void {
    problem = reason;
    database?.close();
    database = null;
    settleLoaded();
    onProblem(reason);
  }

  doc.on('update', write);
  open();

  return {
    loaded,
    unsaved: () => unsaved,
    readNotes: () =>
      new Promise((resolve) => {
        if (database === null) resolve(new Map());
        inTransaction(NOTES, 'readonly', (store) => {
          const keys = store.getAllKeys();
          const values = store.getAll();
          values.onsuccess = () =>
            resolve(new Map(keys.result.map((key, index) => [String(key), values.result[index] as unknown])));
          values.onerror = () => resolve(new Map());
        });
      }),
    writeNote(key, value) {
      inTransaction(NOTES, 'readwrite', (store) => {
        if (value === undefined) store.delete(key);
        else store.put(value, key);
      });
    },
    async close() {
      doc.off('update', write);
      clearTimeout(foldTimer);
      if (unsaved > 0 && problem === null) await new Promise<void>((resolve) => whenIdle.push(resolve));
      isClosed = true;
      settleLoaded();
      database?.close();
      database = null;
    },
  };
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
