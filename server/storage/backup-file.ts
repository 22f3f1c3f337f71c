/**
 * A backup: one SQLite file with everything in it (records, accounts, invitations, history and the secret that signs
 * sessions), so that it can be restored on another machine. Made while the server runs, by SQLite's online backup; held
 * against `integrity_check` and every stored checksum before it gets its name.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
// By its default, because the bundle's banner takes the name `createRequire`.
import nodeModule from 'node:module';
import { dirname } from 'node:path';
import { Worker } from 'node:worker_threads';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { migrations } from './migrations/registry.ts';

/** A file that cannot be restored, with a sentence that says why. */
export class BackupUnusable extends Error {
  override readonly name = 'BackupUnusable';
}

export interface BackupFacts {
  readonly serverId: string;
  readonly schema: number;
  readonly rooms: number;
  readonly updates: number;
  readonly people: number;
}

/** Pages per turn of the event loop: 4 MiB, some ten milliseconds. */
const PAGES_PER_STEP = 1_024;

/**
 * Copies the running database to `target`, verifies the copy and only then gives it its name. Until then, and when
 * anything fails, there is no file of that name.
 *
 * @throws BackupUnusable, and what the disk says.
 */
export async function writeBackup(db: Database, target: string): Promise<BackupFacts> {
  const partial = `${target}.partial`;
  removeDatabase(partial);
  try {
    await db.backup(partial, { progress: () => PAGES_PER_STEP });
    makeSingleFile(partial);
    const facts = await verifyBackup(partial);
    syncFile(partial);
    renameSync(partial, target);
    syncFile(dirname(target));
    return facts;
  } finally {
    removeDatabase(partial);
  }
}

/** A copy of a database in WAL mode is one too, and would leave files beside it wherever it is looked at. */
function makeSingleFile(file: string): void {
  const copy = new SqliteDatabase(file);
  try {
    copy.pragma('journal_mode = DELETE');
  } finally {
    copy.close();
  }
}

/** Opens a database that a server may be using, to read it. The caller closes it. */
export function openForReading(file: string): Database {
  return new SqliteDatabase(file, { readonly: true, fileMustExist: true });
}

/**
 * Reads the whole file, in a thread of its own: 100 MB take a second, in which everybody else would wait.
 *
 * @throws BackupUnusable when a page, a row or a counter is not what was written, or the file is none of ours.
 */
export async function verifyBackup(file: string): Promise<BackupFacts> {
  if (!existsSync(file)) throw new BackupUnusable(`There is no file ${file}.`);
  const worker = new Worker(VERIFIER, {
    eval: true,
    // Flags of this process, like `--input-type`, would be taken for the worker's.
    execArgv: [],
    workerData: { file, sqlite: nodeModule.createRequire(import.meta.url).resolve('better-sqlite3') },
  });
  const result = await new Promise<{ problem: string } | { facts: BackupFacts }>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the check of ${file} ended with ${code}`)));
  });
  if ('problem' in result) throw new BackupUnusable(`${file} cannot be used: ${result.problem}.`);
  if (result.facts.schema > migrations.length) {
    throw new BackupUnusable(
      `${file} was written by a newer Rapport (format ${result.facts.schema}; this one knows ${migrations.length}).`,
    );
  }
  return result.facts;
}

export function removeDatabase(file: string): void {
  for (const each of [file, `${file}-journal`, `${file}-wal`, `${file}-shm`]) rmSync(each, { force: true });
}

export function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The check as a text, because a bundle has no second file to start a thread with. Reads every format since the first. */
const VERIFIER = `
const { workerData, parentPort } = require('node:worker_threads');
const { crc32 } = require('node:zlib');
const Database = require(workerData.sqlite);

function check(db) {
  const integrity = db.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') return { problem: 'its pages are damaged (' + String(integrity).slice(0, 120) + ')' };
  if (db.pragma('foreign_key_check').length > 0) return { problem: 'rows in it refer to rows that are missing' };
  const tables = new Set(db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all());
  for (const name of ['meta', 'rooms', 'updates', 'snapshots']) {
    if (!tables.has(name)) return { problem: 'it is no Rapport database' };
  }
  for (const row of db.prepare('SELECT room, seq, data, crc FROM updates').iterate()) {
    if (crc32(row.data) !== row.crc) return { problem: 'update ' + row.seq + ' of ' + row.room + ' is damaged' };
  }
  const pieces = tables.has('snapshot_pieces')
    ? db.prepare('SELECT data FROM snapshot_pieces WHERE version = ? ORDER BY place').pluck()
    : null;
  const snapshot = db.prepare('SELECT * FROM snapshots WHERE room = ?');
  for (const room of db.prepare('SELECT room FROM snapshots').pluck().all()) {
    const row = snapshot.get(room);
    let sum = crc32(row.data);
    for (const data of row.pieces == null ? [] : pieces.all(row.pieces)) sum = crc32(data, sum);
    if (sum !== row.crc) return { problem: 'snapshot ' + row.seq + ' of ' + room + ' is damaged' };
  }
  const short = db.prepare(
    'SELECT r.name FROM rooms r LEFT JOIN snapshots s ON s.room = r.name WHERE r.folded_seq <> coalesce(s.seq, 0) ' +
    'OR r.unfolded <> (SELECT count(*) FROM updates u WHERE u.room = r.name AND u.seq > r.folded_seq)',
  ).pluck().get();
  if (short !== undefined) return { problem: 'parts of ' + short + ' are missing' };
  const number = (sql) => db.prepare(sql).pluck().get();
  return {
    facts: {
      serverId: String(number("SELECT value FROM meta WHERE key = 'server_id'") ?? ''),
      schema: db.pragma('user_version', { simple: true }),
      rooms: number('SELECT count(*) FROM rooms'),
      updates: number('SELECT count(*) FROM updates'),
      people: tables.has('members') ? number('SELECT count(*) FROM members') : 0,
    },
  };
}

let db;
try {
  db = new Database(workerData.file, { readonly: true, fileMustExist: true });
  parentPort.postMessage(check(db));
} catch (error) {
  parentPort.postMessage({ problem: 'it cannot be read as a database (' + (error.code ?? error.message) + ')' });
} finally {
  db?.close();
}
`;
