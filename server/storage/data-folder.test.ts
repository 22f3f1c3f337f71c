import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StartRefused } from '../start-refused.ts';
import { DATABASE_FILE, openDataFolder } from './data-folder.ts';
import { identityOf } from './meta.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-folder-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('makes the folder, with parents, and keeps its identity over restarts', () => {
  const place = join(folder, 'a', 'b');
  const first = openDataFolder(place);
  const identity = identityOf(first.db);
  first.close();
  const second = openDataFolder(place);
  expect(identityOf(second.db)).toEqual(identity);
  second.close();
});

test('commits reach the disk before they return', () => {
  const { db, close } = openDataFolder(folder);
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal');
  expect(db.pragma('synchronous', { simple: true })).toBe(2);
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1);
  close();
});

test('a second server on the same folder is refused, and the first goes on', () => {
  const first = openDataFolder(folder);
  expect(() => openDataFolder(folder)).toThrow(
    `Another Rapport server is already using the data folder ${folder}. Nothing was changed and it goes on running. ` +
      'Stop it first, or start this one with another DATA_DIR.',
  );
  expect(first.db.prepare('SELECT 1 AS one').get()).toEqual({ one: 1 });
  first.close();
  openDataFolder(folder).close();
});

test.each([
  ['a file stands in its place', 'file'],
  ['a file stands in its place', 'file/inside'],
])('a folder that cannot be made is refused: %s (%s)', (reason, path) => {
  writeFileSync(join(folder, 'file'), 'x');
  expect(() => openDataFolder(join(folder, path))).toThrow(StartRefused);
  expect(() => openDataFolder(join(folder, path))).toThrow(reason);
});

test('a place where nobody can make folders is refused and not tried for ever', () => {
  expect(() => openDataFolder('/proc/rapport')).toThrow(StartRefused);
});

test('a file that is no database is refused and left as it is', () => {
  writeFileSync(
    join(folder, DATABASE_FILE),
    'this is a letter to my aunt, not a database, and it is long enough'.repeat(40),
  );
  expect(() => openDataFolder(folder)).toThrow('is damaged and cannot be read');
});

test('a database from a newer version is refused with one sentence, and the folder is free again', () => {
  openDataFolder(folder).close();
  const raw = new SqliteDatabase(join(folder, DATABASE_FILE));
  raw.pragma('user_version = 77');
  raw.close();
  expect(() => openDataFolder(folder)).toThrow('was written by a newer Rapport (format 77');
  expect(() => openDataFolder(folder)).toThrow('newer Rapport');
});

test('a database file that cannot be opened is refused with one sentence', () => {
  mkdirSync(join(folder, DATABASE_FILE));
  expect(() => openDataFolder(folder)).toThrow('cannot write its database');
});
