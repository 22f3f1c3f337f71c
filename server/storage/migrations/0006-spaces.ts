/** Private spaces, who is in them and was, and which records have moved from one space to another. */
import type { Migration } from '../migrate.ts';

export const spaces: Migration = {
  name: 'spaces',
  up: `
    CREATE TABLE spaces (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL,
      created_by TEXT NOT NULL REFERENCES "user" ("id"),
      created_at INTEGER NOT NULL
    ) STRICT;

    -- A row stays when somebody leaves: their devices are told so in clear words, and only then take their copy away.
    CREATE TABLE space_members (
      space TEXT NOT NULL REFERENCES spaces (id),
      user TEXT NOT NULL REFERENCES "user" ("id"),
      added_by TEXT NOT NULL REFERENCES "user" ("id"),
      added_at INTEGER NOT NULL,
      left_at INTEGER,
      PRIMARY KEY (space, user)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX space_members_by_user ON space_members (user);

    -- Where a record is that was moved; all others are in the space of their room since they were made.
    CREATE TABLE moved_records (
      record TEXT PRIMARY KEY,
      space TEXT NOT NULL,
      by TEXT NOT NULL REFERENCES "user" ("id"),
      at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Only members of its space decide about what a removed member had not sent.
    ALTER TABLE held_changes ADD COLUMN space TEXT NOT NULL DEFAULT 'team';
  `,
};
