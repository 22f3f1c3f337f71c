/**
 * What was erased because a person asked for it. Ids only, which name nobody: so that what a device brings late of these
 * records is taken away again, an erasure that was cut short is finished, and a restored backup is brought to it.
 */
import type { Migration } from '../migrate.ts';

export const erasures: Migration = {
  name: 'erasures',
  up: `
    CREATE TABLE erased_records (
      record TEXT PRIMARY KEY,
      by TEXT,
      at INTEGER NOT NULL,
      is_done INTEGER NOT NULL DEFAULT 0
    ) STRICT, WITHOUT ROWID;

    -- Content that no device is to send again, and whose copies beside backups go when no backup is left from before.
    CREATE TABLE erased_files (
      hash TEXT PRIMARY KEY,
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
  `,
};
