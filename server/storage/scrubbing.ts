/**
 * Taking what was deleted out of the database file while everybody goes on working. SQLite has `VACUUM` for that, which
 * writes the whole file anew in one piece (13 s of waiting for everybody on a loaded machine and 130,000 records); only a
 * small file is still done that way. For others:
 *
 * - the connection deletes with `secure_delete = FAST` (data-folder.ts): what goes from within a page is overwritten;
 * - pages that are free, and hold what was there before, are taken and given back as zeros, a few at a time;
 * - the write-ahead log is copied into the file by another thread, and emptied at the end;
 * - what SQLite may have left between the rows of a page when it moved them goes when the file is written anew after all:
 *   at the next start, or when nobody is there.
 *
 * Everything that writes is on the one connection, so nobody ever meets a lock; killed at any moment the log is whole, and
 * the next start does the rest of an erasure again.
 */
// By its default, because the bundle's banner takes the name `createRequire`.
import nodeModule from 'node:module';
import { setTimeout as later, setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Database } from 'better-sqlite3';

export interface Scrubbing {
  /** Copies what was written until now from the write-ahead log into the file, in another thread. */
  settle(): Promise<void>;
  /** Overwrites what is free, and empties the write-ahead log. */
  finish(): Promise<void>;
  /** To be called in any case. */
  end(): void;
}

/** Writing so much anew takes some fifty milliseconds. */
const SMALL_BYTES = 8 * 1024 * 1024;
/** One slice: 1 MiB. */
const PAGES_AT_ONCE = 256;
/** The write-ahead log is copied after so many slices. */
const SLICES_PER_COPY = 16;
/** How SQLite leaves a log of the usual size to itself. */
const USUAL_CHECKPOINT_PAGES = 1_000;
const COMPACT = 'compact';
/** Somebody may be reading the log (a backup): so often it is tried again. */
const MOST_TRIES = 50;
const TRY_EVERY_MS = 100;

export function beginScrubbing(db: Database, smallBytes = SMALL_BYTES): Scrubbing {
  let copier: Copier | null = null;
  const number = (name: string) => db.pragma(name, { simple: true }) as number;
  const isSmall = () => db.memory || number('page_count') * number('page_size') <= smallBytes;
  const fill = db.prepare('INSERT INTO blank_pages (data) VALUES (zeroblob(?))');
  const give = db.prepare('DELETE FROM blank_pages WHERE id = (SELECT min(id) FROM blank_pages)');
  // Else every thousandth page would be copied here, in the middle of somebody's commit.
  db.pragma('wal_autocheckpoint = 0');
  const settle = async () => {
    if (isSmall()) return;
    copier ??= startCopier(db.name);
    await copier.copy();
  };

  async function inSlices(step: () => boolean): Promise<void> {
    for (let slices = 1; step(); slices++) {
      if (slices % SLICES_PER_COPY === 0) await settle();
      await nextTurn();
    }
  }

  async function overwriteFreePages(): Promise<void> {
    const pageBytes = number('page_size');
    // Others give pages free meanwhile, of what they replace: those hold nothing that had to go.
    let slices = 2 * Math.ceil(number('freelist_count') / PAGES_AT_ONCE) + 1;
    await inSlices(() => {
      const free = number('freelist_count');
      if (free === 0 || slices-- === 0) return false;
      fill.run(Math.min(free, PAGES_AT_ONCE) * pageBytes);
      return true;
    });
    await inSlices(() => deletingAll(db, () => give.run().changes > 0));
  }

  return {
    settle,
    async finish() {
      if (isSmall()) {
        db.exec('VACUUM');
      } else {
        db.prepare("INSERT INTO meta (key, value) VALUES (?, '1') ON CONFLICT (key) DO NOTHING").run(COMPACT);
        await overwriteFreePages();
      }
      await settle();
      for (let tries = 0; !emptyLog(db) && tries < MOST_TRIES; tries++) await later(TRY_EVERY_MS);
    },
    end() {
      db.pragma(`wal_autocheckpoint = ${USUAL_CHECKPOINT_PAGES}`);
      copier?.end();
    },
  };
}

/** Writes the file anew when an erasure asked for it. Everybody else waits for that: a second for some 50 MB. */
export function compactIfDue(db: Database): void {
  if (!isCompactDue(db)) return;
  db.exec('VACUUM');
  emptyLog(db);
  db.prepare('DELETE FROM meta WHERE key = ?').run(COMPACT);
}

const isCompactDue = (db: Database) => db.prepare('SELECT value FROM meta WHERE key = ?').get(COMPACT) !== undefined;

export interface QuietWatch {
  readonly db: Database;
  /** Nobody would have to wait now. */
  readonly isQuiet: () => boolean;
  /** Resolves when the file is not being read. */
  readonly idle: () => Promise<void>;
  readonly report: (message: string, error?: unknown) => void;
}

const LOOK_EVERY_MS = 600_000;

/** Does it when nobody is there. Returns what ends looking for such a moment. */
export function compactInQuiet({ db, isQuiet, idle, report }: QuietWatch, everyMs = LOOK_EVERY_MS): () => void {
  let isEnded = false;
  const look = async () => {
    if (!isCompactDue(db) || !isQuiet()) return;
    await idle();
    if (!isEnded && isQuiet()) compactIfDue(db);
  };
  const timer = setInterval(() => {
    look().catch((error: unknown) => report(NOT_COMPACTED, error));
  }, everyMs);
  timer.unref();
  return () => {
    isEnded = true;
    clearInterval(timer);
  };
}

export const NOT_COMPACTED =
  'The database could not be written anew after an erasure; it is tried again at the next start, or when nobody is there';

/** What is deleted meanwhile is overwritten in the file and leaves the write-ahead log. */
export function overwriting(db: Database, work: () => void): void {
  deletingAll(db, work);
  emptyLog(db);
}

/** Pages that get free meanwhile are overwritten too. */
function deletingAll<Result>(db: Database, work: () => Result): Result {
  db.pragma('secure_delete = ON');
  try {
    return work();
  } finally {
    db.pragma('secure_delete = FAST');
  }
}

/** False when somebody is reading it. */
function emptyLog(db: Database): boolean {
  const [state] = db.pragma('wal_checkpoint(TRUNCATE)') as { readonly busy: number }[];
  return state?.busy !== 1;
}

interface Copier {
  copy(): Promise<void>;
  end(): void;
}

/** Copying goes on beside commits. Where the thread cannot be started, emptying the log does the whole work. */
function startCopier(file: string): Copier {
  const worker = new Worker(COPIER, {
    eval: true,
    // Flags of this process, like `--input-type`, would be taken for the worker's.
    execArgv: [],
    workerData: { file, sqlite: nodeModule.createRequire(import.meta.url).resolve('better-sqlite3') },
  });
  const waiting: (() => void)[] = [];
  let isGone = false;
  worker.on('message', () => waiting.shift()?.());
  worker.on('error', () => undefined);
  worker.on('exit', () => {
    isGone = true;
    for (const done of waiting.splice(0)) done();
  });
  worker.unref();
  return {
    copy: () =>
      new Promise((resolve) => {
        if (isGone) return resolve();
        waiting.push(resolve);
        worker.postMessage('copy');
      }),
    end: () => {
      if (!isGone) worker.postMessage('end');
    },
  };
}

/** The thread as a text, because a bundle has no second file to start it with. */
const COPIER = `
const { workerData, parentPort } = require('node:worker_threads');
const Database = require(workerData.sqlite);
const db = new Database(workerData.file, { fileMustExist: true });
parentPort.on('message', (word) => {
  if (word === 'end') {
    db.close();
    parentPort.close();
    return;
  }
  try {
    db.pragma('wal_checkpoint(PASSIVE)');
  } finally {
    parentPort.postMessage('done');
  }
});
`;
