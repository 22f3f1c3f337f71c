/**
 * One room on this device: loads the document from IndexedDB and writes every change back. The layout is that of
 * y-indexeddb, which can read these databases (tested); the code is our own because y-indexeddb hides what goes wrong:
 * a full disk, a database that the browser closed, a transaction that was taken back are unhandled rejections in
 * there, and writing to a closed database throws into the middle of a Yjs transaction.
 *
 * What one turn of the event loop changes is one transaction, issued in the microtask after it and committed by us.
 * A transaction that is left to commit by itself waits for this page to hear of its last request, one after the other:
 * a page that dies then takes them all with it. Measured in Chromium, 60 slices of 8 ms and a reload: 36 of 60 were
 * kept, all 60 with `commit()`.
 *
 * After a failure the database is opened once more, which writes the whole document, so nothing is lost in between.
 * When that fails too, `onProblem` is told, and stays told.
 */
import * as Y from 'yjs';
import { runInSlices } from './slices.ts';
import { splitUpdate } from './split-update.ts';

/** What went wrong for good: no space, no database, or the data was removed from outside (another tab signed out). */
export type StorageProblem = 'full' | 'broken' | 'removed';

export interface LocalStore {
  /** Settles when the device's copy is in the document, or when there is none to be had. Never rejects. */
  readonly loaded: Promise<void>;
  /** Changes and notes whose IndexedDB transaction is not complete; they stay counted when there is a problem. */
  unsaved(): number;
  /** Settles when nothing is unsaved, or when nothing can be saved any more. Never rejects. */
  stored(): Promise<void>;
  /** Small values kept beside the document; undefined when missing or unreadable. */
  readNotes(): Promise<ReadonlyMap<string, unknown>>;
  /** `undefined` removes. Failures are reported like those of changes. */
  writeNote(key: string, value: unknown): void;
  /** Writes the copy anew from the document, so that nothing stays of what is no longer in there. False: it could not. */
  rewrite(): Promise<boolean>;
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

/** What goes into one transaction. */
interface Batch {
  updates: Uint8Array[];
  readonly notes: Map<string, unknown>;
  /** How many writes this stands for. */
  changes: number;
}

const UPDATES = 'updates';
const NOTES = 'custom';
/** From so many stored updates on they are folded into one; loading one update is far quicker than loading 500. */
const FOLD_AT = 500;
const FOLD_DELAY_MS = 1_000;

export function openLocalStore({ name, doc, onChange, onProblem }: LocalStoreOptions): LocalStore {
  let database: IDBDatabase | null = null;
  /** What the next transaction takes. */
  let queued = newBatch();
  let writing = 0;
  let isFlushing = false;
  let isFolding = false;
  let isListening = true;
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
  const whenFolded: ((isWritten: boolean) => void)[] = [];
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
    if (queued.changes > 0 || hasReopened) {
      queued.updates = doc.store.clients.size > 0 ? [Y.encodeStateAsUpdate(doc)] : [];
      flush();
    }
    load();
  }

  /** The first reading goes update by update with frames between, because one of everything holds up the screen. */
  function load(): void {
    inTransaction([UPDATES], 'readonly', (transaction) => {
      const store = transaction.objectStore(UPDATES);
      const keys = store.getAllKeys();
      const updates = store.getAll();
      updates.onsuccess = async () => {
        await runInSlices(updates.result as Uint8Array[], (update) => {
          if (!isClosed) takeIn(update);
        });
        // Folding deletes up to this key, so not before all of it is in the document.
        lastKey = keys.result.at(-1) ?? lastKey;
        rows = Math.max(rows, keys.result.length);
        settleLoaded();
      };
    });
  }

  /**
   * Without the listener that writes: for it Yjs would encode again what it has just decoded, a fifth of a start. What
   * somebody changes in answer to it is written nevertheless.
   */
  function takeIn(update: Uint8Array): void {
    let isAnswered = false;
    const look = ({ origin }: Y.Transaction) => {
      if (origin !== fromDisk) isAnswered = true;
    };
    doc.off('update', write);
    doc.on('afterTransaction', look);
    try {
      Y.applyUpdate(doc, update, fromDisk);
    } finally {
      doc.off('afterTransaction', look);
      if (isListening) doc.on('update', write);
    }
    if (isAnswered && isListening) write(Y.encodeStateAsUpdate(doc), null);
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
    if (problem === null) queued.updates.push(update);
    enqueue();
    if (++rows < FOLD_AT) return;
    clearTimeout(foldTimer);
    foldTimer = setTimeout(fold, FOLD_DELAY_MS);
  }

  function enqueue(): void {
    queued.changes++;
    onChange?.();
    if (isFlushing) return;
    isFlushing = true;
    queueMicrotask(flush);
  }

  function flush(): void {
    isFlushing = false;
    if (database === null || queued.changes + queued.updates.length === 0) return;
    const batch = queued;
    queued = newBatch();
    writing += batch.changes;
    const db = database;
    inTransaction([UPDATES, NOTES], 'readwrite', (transaction) => {
      transaction.oncomplete = () => {
        hasReopened = false;
        writing -= batch.changes;
        settled();
      };
      transaction.onabort = () => {
        writing -= batch.changes;
        takeBack(batch);
        // Otherwise the database is opened again, and what is queued is written then.
        if (database !== null && database !== db) flush();
      };
      const [updates, notes] = [transaction.objectStore(UPDATES), transaction.objectStore(NOTES)];
      for (const update of batch.updates) for (const part of splitUpdate(update)) updates.add(part);
      for (const [key, value] of batch.notes) {
        if (value === undefined) notes.delete(key);
        else notes.put(value, key);
      }
      transaction.commit();
    });
  }

  /** Puts what was not written in front of what was queued since. */
  function takeBack({ updates, notes, changes }: Batch): void {
    queued = {
      updates: problem === null ? [...updates, ...queued.updates] : [],
      notes: new Map([...notes, ...queued.notes]),
      changes: changes + queued.changes,
    };
  }

  function settled(): void {
    if (isIdle()) for (const resolve of whenIdle.splice(0)) resolve();
    onChange?.();
  }

  const isIdle = () => problem !== null || isClosed || queued.changes + writing === 0;

  function stored(): Promise<void> {
    return isIdle() ? Promise.resolve() : new Promise((resolve) => whenIdle.push(resolve));
  }

  /** A few large updates instead of many small ones, in one transaction: a reader finds the many or the one. */
  function fold(): void {
    if (isFolding) return;
    flush();
    inTransaction([UPDATES], 'readwrite', (transaction) => {
      isFolding = true;
      const ended = (isWritten: boolean) => {
        isFolding = false;
        for (const resolve of whenFolded.splice(0)) resolve(isWritten);
      };
      transaction.oncomplete = () => ended(true);
      transaction.onabort = () => ended(false);
      const store = transaction.objectStore(UPDATES);
      readNew(store, () => {
        const upTo = lastKey;
        const parts = splitUpdate(Y.encodeStateAsUpdate(doc));
        for (const part of parts) store.add(part);
        if (upTo !== undefined) store.delete(IDBKeyRange.upperBound(upTo));
        transaction.commit();
        rows = parts.length;
      });
    });
  }

  const folded = () => new Promise<boolean>((resolve) => void whenFolded.push(resolve));

  function inTransaction(
    storeNames: readonly string[],
    mode: 'readonly' | 'readwrite',
    request: (transaction: IDBTransaction) => void,
  ): void {
    if (database === null) return;
    let transaction: IDBTransaction | null = null;
    try {
      transaction = database.transaction(storeNames, mode);
      request(transaction);
    } catch (error) {
      // Without its request the transaction would end as if it had been written.
      transaction?.abort();
      failed(error);
    }
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
    queued.updates = [];
    settleLoaded();
    settled();
    onProblem(reason);
  }

  doc.on('update', write);
  open();

  return {
    loaded,
    unsaved: () => queued.changes + writing,
    stored,
    readNotes: () =>
      new Promise((resolve) => {
        if (database === null) resolve(new Map());
        flush();
        inTransaction([NOTES], 'readonly', (transaction) => {
          const store = transaction.objectStore(NOTES);
          const keys = store.getAllKeys();
          const values = store.getAll();
          values.onsuccess = () =>
            resolve(new Map(keys.result.map((key, index) => [String(key), values.result[index] as unknown])));
          values.onerror = () => resolve(new Map());
        });
      }),
    writeNote(key, value) {
      queued.notes.set(key, value);
      enqueue();
    },
    async rewrite() {
      // What is being written now may have been read before.
      if (isFolding) await folded();
      clearTimeout(foldTimer);
      fold();
      return isFolding ? folded() : false;
    },
    async close() {
      isListening = false;
      doc.off('update', write);
      clearTimeout(foldTimer);
      await stored();
      if (isFolding) await folded();
      isClosed = true;
      settleLoaded();
      database?.close();
      database = null;
    },
  };
}

function newBatch(): Batch {
  return { updates: [], notes: new Map(), changes: 0 };
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

/** What follows this in the names of the databases that begin so, as far as the browser can list them. */
export async function listLocalStores(prefix: string): Promise<readonly string[]> {
  const all = (await globalThis.indexedDB?.databases?.().catch(() => [])) ?? [];
  return all.flatMap(({ name }) => (name?.startsWith(prefix) ? [name.slice(prefix.length)] : []));
}

/** Removes every room whose database's name begins so, as far as the browser can list them. */
export async function deleteLocalStores(prefix: string): Promise<void> {
  const names = await listLocalStores(prefix);
  await Promise.all(names.map((name) => deleteLocalStore(prefix + name)));
}
