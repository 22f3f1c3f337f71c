/**
 * Puts a backup in the place of the database. What was there is kept beside it; the backup is checked and brought to
 * today's format before anything is moved, and the exchange itself is one rename.
 */
import { copyFileSync, existsSync, renameSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { removeDatabase, syncFile, verifyBackup } from './backup-file.ts';
import { DATABASE_FILE, holdDataFolder } from './data-folder.ts';
import { mirrorFiles } from './file-store.ts';
import { beginEpoch, beginLine, identityOf, newestSeq } from './meta.ts';
import { migrate } from './migrate.ts';
import { migrations } from './migrations/registry.ts';
import { createUpdateLog } from './update-log.ts';
import { openWitness, readTestimony, WITNESS_FILE } from './witness.ts';

/**
 * - `recover`: devices that know more bring it back, once an owner agrees;
 * - `revert`: the backup is what counts; devices start afresh from it and offer each person what they changed since.
 */
export type RestoreMode = 'recover' | 'revert';

export interface RestoreOptions {
  readonly folder: string;
  readonly file: string;
  readonly mode: RestoreMode;
  /** Epoch ms. */
  readonly at: number;
}

export interface Restored {
  /** Where the former database is now; null when there was none. */
  readonly formerFile: string | null;
}

/**
 * @throws StartRefused when a server runs on the folder or it cannot be written; BackupUnusable when the file is not
 * whole. Then nothing was changed.
 */
export async function restoreBackup({ folder, file, mode, at }: RestoreOptions): Promise<Restored> {
  await verifyBackup(file);
  const { path, release } = holdDataFolder(folder);
  const database = join(path, DATABASE_FILE);
  const incoming = join(path, `${DATABASE_FILE}.restoring`);
  try {
    removeDatabase(incoming);
    copyFileSync(file, incoming);
    const above = Math.max(readTestimony(path)?.seq ?? 0, seqIn(database));
    carryErasures(database, incoming);
    const testimony = prepare({ incoming, mode, at, above });
    // Nothing is taken away: files of the former database are still found when it is put back.
    await mirrorFiles(dirname(resolve(file)), path);
    const formerFile = setAside(database, at);
    renameSync(incoming, database);
    rmSync(join(path, WITNESS_FILE), { force: true });
    openWitness(path, testimony).close();
    syncFile(path);
    return { formerFile };
  } finally {
    removeDatabase(incoming);
    release();
  }
}

function prepare({ incoming, mode, at, above }: { incoming: string; mode: RestoreMode; at: number; above: number }) {
  const db = new SqliteDatabase(incoming);
  try {
    db.pragma('foreign_keys = ON');
    migrate(db, migrations, incoming);
    const log = createUpdateLog(db);
    for (const room of log.roomNames()) log.load(room);
    if (mode === 'revert') beginLine(db, above);
    else {
      const reason = `The server was restored from a backup on ${new Date(at).toISOString().slice(0, 10)}. Devices may know more than it does.`;
      beginEpoch(db, { reason, at, above });
    }
    return { epoch: identityOf(db).epoch, seq: newestSeq(db) };
  } finally {
    db.close();
    syncFile(incoming);
  }
}

/** Who was erased since the backup is erased again at the next start. A database too damaged to say has nothing to carry. */
function carryErasures(from: string, to: string): void {
  if (!existsSync(from)) return;
  const target = new SqliteDatabase(to);
  try {
    migrate(target, migrations, to);
    const source = new SqliteDatabase(from, { readonly: true });
    try {
      const insert = target.prepare(
        'INSERT INTO erased_records (record, by, at) VALUES (@record, @by, @at) ON CONFLICT (record) DO UPDATE SET is_done = 0',
      );
      for (const row of source.prepare('SELECT record, by, at FROM erased_records').all()) insert.run(row);
    } catch (error) {
      if (!(error instanceof SqliteDatabase.SqliteError)) throw error;
    } finally {
      source.close();
    }
  } finally {
    target.close();
  }
}

/** The newest number the present database gave; 0 when it is not there or too damaged to say. */
function seqIn(database: string): number {
  if (!existsSync(database)) return 0;
  try {
    const db = new SqliteDatabase(database);
    try {
      return newestSeq(db);
    } finally {
      db.close();
    }
  } catch {
    return 0;
  }
}

/** The write-ahead log belongs to the file and goes with it. */
function setAside(database: string, at: number): string | null {
  if (!existsSync(database)) {
    removeDatabase(database);
    return null;
  }
  const former = `${database}.before-restore-${new Date(at).toISOString().replaceAll(':', '-').slice(0, 19)}`;
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(database + suffix)) renameSync(database + suffix, former + suffix);
  }
  return former;
}
