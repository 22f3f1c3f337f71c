/**
 * Room generations: a room whose edits outweigh its records is folded into a fresh one, its `successor`. The old one still
 * takes what devices bring that were away; `carried_seq` is the newest of its updates that the successor has.
 */
import type { Migration } from '../migrate.ts';

export const generations: Migration = {
  name: 'generations',
  up: `
    ALTER TABLE rooms ADD COLUMN successor TEXT REFERENCES rooms (name);
    ALTER TABLE rooms ADD COLUMN carried_seq INTEGER NOT NULL DEFAULT 0;
  `,
};
