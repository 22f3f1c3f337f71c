/**
 * The data folder: one SQLite file with everything, and a lock that one server at a time holds.
 *
 * The lock is an exclusive transaction on a file of its own, so that it dies with the process (kill -9 too), and backups
 * and `sqlite3` can still read the data file while the server runs.
 */
import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { StartRefused } from '../start-refused.ts';
import { beginEpoch, identityOf, newestSeq } from './meta.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/registry.ts';
import { openWitness, readTestimony, WITNESS_FILE, type Witness } from './witness.ts';

export const DATABASE_FILE = 'rapport.db';
const LOCK_FILE = 'rapport.lock';

export interface DataFolder {
  readonly path: string;
  readonly db: Database;
  readonly witness: Witness;
  /** What whoever started the server has to know: the database holds less than it did. Null for the usual. */
  readonly warning: string | null;
  /** Folds the write-ahead log into the file and gives the folder free. */
  close(): void;
}

/**
 * Opens, locks and migrates a data folder; makes it when it is not there.
 *
 * @throws StartRefused when the folder cannot be written, another server holds it, or the data is newer or damaged.
 */
export function openDataFolder(folder: string): DataFolder {
  const path = resolve(folder);
  makeWritable(path);
  const lock = lockFolder(path);
  let db: Database | undefined;
  try {
    refuseMissing(path);
    const opened = openDatabase(join(path, DATABASE_FILE), path);
    db = opened;
    const warning = hearWitness(opened, path);
    const witness = openWitness(path, { epoch: identityOf(opened).epoch, seq: newestSeq(opened) });
    return {
      path,
      db: opened,
      witness,
      warning,
      close() {
        opened.close();
        witness.close();
        lock.close();
      },
    };
  } catch (error) {
    db?.close();
    lock.close();
    throw explained(error, path);
  }
}

/** Makes the lock of a folder that no server runs on, for restoring into it. @throws StartRefused when one does. */
export function holdDataFolder(folder: string): { readonly path: string; release(): void } {
  const path = resolve(folder);
  makeWritable(path);
  const lock = lockFolder(path);
  return { path, release: () => void lock.close() };
}

/** A database that was here and is gone is no reason to begin an empty one. */
function refuseMissing(path: string): void {
  if (existsSync(join(path, DATABASE_FILE))) return;
  const left = [`${DATABASE_FILE}-wal`, WITNESS_FILE].filter((name) => existsSync(join(path, name)));
  if (left.length === 0) return;
  throw new StartRefused(
    `The database ${DATABASE_FILE} is missing from ${path}, though ${left.join(' and ')} show${left.length === 1 ? 's' : ''} that it was there. ` +
      'Nothing was changed. Restore a backup ("npm run restore -- <file>"), or remove what is left to begin an empty workspace.',
  );
}

/** Holds the database against what the last server here had committed; a shortfall begins a new epoch. */
function hearWitness(db: Database, path: string): string | null {
  const testimony = readTestimony(path);
  const { epoch } = identityOf(db);
  const seq = newestSeq(db);
  if (testimony === null || (testimony.epoch === epoch && testimony.seq <= seq)) return null;
  const lost =
    testimony.epoch === epoch
      ? `The database ends at update ${seq}, though update ${testimony.seq} was stored here: its last pages were damaged, or an older file was put in its place.`
      : 'The database was replaced by another one without "npm run restore".';
  const reason = `${lost} Devices may know more than the server does.`;
  beginEpoch(db, { reason, at: Date.now(), above: testimony.seq });
  return `${reason} They keep back what they have until an owner decides, in Settings, Backups.`;
}

/** A database in memory with the real schema, for tests. */
export function openMemoryDatabase(): Database {
  const db = new SqliteDatabase(':memory:');
  db.pragma('foreign_keys = ON');
  migrate(db, migrations, 'memory');
  return db;
}

function openDatabase(file: string, folder: string): Database {
  let db: Database | undefined;
  try {
    db = new SqliteDatabase(file);
    db.pragma('journal_mode = WAL');
    // Each commit reaches the disk before it is acknowledged or delivered.
    db.pragma('synchronous = FULL');
    db.pragma('foreign_keys = ON');
    db.pragma('busy_timeout = 5000');
    // What is deleted within a page is overwritten, which costs nothing; see scrubbing.ts.
    db.pragma('secure_delete = FAST');
    migrate(db, migrations, folder);
    return db;
  } catch (error) {
    db?.close();
    throw explained(error, folder);
  }
}

function makeWritable(path: string): void {
  try {
    makeFolder(path);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new StartRefused(
      `Rapport cannot write to its data folder ${path}: ${reasonOf(error)}. Nothing was changed. ` +
        'Give this user write permission on it, or set DATA_DIR to another folder.',
      { cause: error },
    );
  }
}

/** Like `mkdir -p`. Node's own recursive mkdir never returns where the system takes no folders (/proc, on Node 20). */
export function makeFolder(path: string): void {
  if (existsSync(path)) {
    if (!statSync(path).isDirectory()) throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' });
    return;
  }
  makeFolder(dirname(path));
  mkdirSync(path);
}

function lockFolder(path: string): Database {
  let lock: Database | undefined;
  try {
    lock = new SqliteDatabase(join(path, LOCK_FILE), { timeout: 0 });
    lock.exec('BEGIN EXCLUSIVE');
    return lock;
  } catch (error) {
    lock?.close();
    if (codeOf(error).startsWith('SQLITE_BUSY')) {
      throw new StartRefused(
        `Another Rapport server is already using the data folder ${path}. Nothing was changed and it goes on running. ` +
          'Stop it first, or start this one with another DATA_DIR.',
        { cause: error },
      );
    }
    throw explained(error, path);
  }
}

/** Turns what SQLite says about a file into a sentence for the person who starts the server. */
function explained(error: unknown, folder: string): unknown {
  const code = codeOf(error);
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new StartRefused(
      `The database in ${folder} is damaged and cannot be read (${code}). Nothing was changed. ` +
        'Keep a copy of the folder, then restore a backup into it.',
      { cause: error },
    );
  }
  if (/^SQLITE_(READONLY|CANTOPEN|PERM|IOERR|FULL)/.test(code)) {
    return new StartRefused(
      `Rapport cannot write its database in ${folder} (${code}). What is stored there was not changed. ` +
        'Check the permissions and the free space of that folder, or set DATA_DIR to another one.',
      { cause: error },
    );
  }
  return error;
}

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  const reasons: Readonly<Record<string, string>> = {
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    EROFS: 'the disk is read-only',
    ENOTDIR: 'a file stands in its place',
    ENOENT: 'it cannot be made',
    ENOSPC: 'the disk is full',
  };
  return reasons[code] ?? code;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
