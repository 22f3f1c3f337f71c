/** Where free pages of the file are taken to be overwritten, a few at a time; empty but for that. See scrubbing.ts. */
import type { Migration } from '../migrate.ts';

export const blankPages: Migration = {
  name: 'blank-pages',
  up: `
    CREATE TABLE blank_pages (
      id INTEGER PRIMARY KEY,
      data BLOB NOT NULL
    ) STRICT;
  `,
};
