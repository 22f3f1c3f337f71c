/** Numbered migrations: forward only, each in its own transaction, the version in SQLite's `user_version`. */
import type { Database } from 'better-sqlite3';
import { StartRefused } from '../start-refused.ts';

export interface Migration {
  readonly name: string;
  /** SQL, one or more statements. Runs in one transaction with the version's increment: all of it or nothing. */
  readonly up: string;
}

export function schemaVersion(db: Database): number {
  return db.pragma('user_version', { simple: true }) as number;
}

/**
 * Brings the database to the newest version this build knows.
 *
 * @throws StartRefused when a newer build wrote the database: going on could lose what that build stored.
 */
export function migrate(db: Database, migrations: readonly Migration[], place: string): void {
  const current = schemaVersion(db);
  if (current > migrations.length) {
    throw new StartRefused(
      `The data in ${place} was written by a newer Rapport (format ${current}; this one knows ${migrations.length}). ` +
        'Nothing was changed. Start the newer version again, or restore a backup made before the upgrade.',
    );
  }
  migrations.slice(current).forEach((migration, index) => {
    db.transaction(() => {
      db.exec(migration.up);
      db.pragma(`user_version = ${current + index + 1}`);
    }).exclusive();
  });
}
