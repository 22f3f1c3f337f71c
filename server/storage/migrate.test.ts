import { getMigrations } from 'better-auth/db/migration';
import SqliteDatabase, { type Database } from 'better-sqlite3';
import { expect, test } from 'vitest';
import { authOptions } from '../auth/auth.ts';
import { StartRefused } from '../start-refused.ts';
import { openMemoryDatabase } from './data-folder.ts';
import { type Migration, migrate, schemaVersion } from './migrate.ts';
import { migrations } from './migrations/registry.ts';

/** A whole schema as text. */
function serializeSchema(db: Database): string {
  const rows = db
    .prepare<[], { sql: string }>("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")
    .all();
  return rows
    .map(({ sql }) =>
      sql
        .replace(/--[^\n]*/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .sort()
    .join('\n');
}

test('the whole schema is this, and a change of it is a new migration', () => {
  expect(serializeSchema(openMemoryDatabase())).toMatchSnapshot();
});

test('every migration has a name of its own', () => {
  expect(new Set(migrations.map(({ name }) => name)).size).toBe(migrations.length);
});

test('migrating can stop at any step and go on later, with the same schema in the end', () => {
  const whole = serializeSchema(openMemoryDatabase());
  for (let stop = 0; stop <= migrations.length; stop++) {
    const db = new SqliteDatabase(':memory:');
    migrate(db, migrations.slice(0, stop), 'memory');
    expect(schemaVersion(db)).toBe(stop);
    migrate(db, migrations, 'memory');
    expect(serializeSchema(db)).toBe(whole);
  }
});

test('migrating twice changes nothing', () => {
  const db = openMemoryDatabase();
  const before = serializeSchema(db);
  migrate(db, migrations, 'memory');
  expect(serializeSchema(db)).toBe(before);
});

test('a migration that fails leaves the database exactly as it was', () => {
  const db = openMemoryDatabase();
  const before = serializeSchema(db);
  const broken: Migration = { name: 'broken', up: 'CREATE TABLE half (x TEXT); CREATE TABLE rooms (x TEXT);' };
  expect(() => migrate(db, [...migrations, broken], 'memory')).toThrow();
  expect(serializeSchema(db)).toBe(before);
  expect(schemaVersion(db)).toBe(migrations.length);
});

test('migrations keep the data that is there', () => {
  const db = new SqliteDatabase(':memory:');
  migrate(db, migrations.slice(0, 1), 'memory');
  db.prepare("INSERT INTO meta (key, value) VALUES ('kept', 'yes')").run();
  migrate(db, migrations, 'memory');
  expect(db.prepare("SELECT value FROM meta WHERE key = 'kept'").get()).toEqual({ value: 'yes' });
});

test('a database of a newer version is refused with one clear sentence and not touched', () => {
  const db = openMemoryDatabase();
  db.pragma('user_version = 999');
  expect(() => migrate(db, migrations, '/srv/rapport')).toThrow(StartRefused);
  expect(() => migrate(db, migrations, '/srv/rapport')).toThrow(
    `The data in /srv/rapport was written by a newer Rapport (format 999; this one knows ${migrations.length}). ` +
      'Nothing was changed. Start the newer version again, or restore a backup made before the upgrade.',
  );
  expect(schemaVersion(db)).toBe(999);
});

test('better-auth finds every table and column it wants', async () => {
  const options = authOptions({
    db: openMemoryDatabase(),
    secret: 'x'.repeat(32),
    publicUrl: 'http://localhost',
    report: () => undefined,
  });
  const { toBeCreated, toBeAdded, toBeAddedIndexes, unsafeChanges } = await getMigrations(options);
  expect({ toBeCreated, toBeAdded, toBeAddedIndexes, unsafeChanges }).toEqual({
    toBeCreated: [],
    toBeAdded: [],
    toBeAddedIndexes: [],
    unsafeChanges: [],
  });
});
