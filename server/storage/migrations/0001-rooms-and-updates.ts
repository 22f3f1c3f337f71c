/**
 * The log everything else is derived from. `updates.seq` is AUTOINCREMENT: a number is never used twice, not even after
 * the newest rows were deleted, because clients and the change history remember them.
 */
import type { Migration } from '../migrate.ts';

export const roomsAndUpdates: Migration = {
  name: 'rooms and updates',
  up: `
    CREATE TABLE meta (
      key TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT;

    -- last_seq: the newest committed update. folded_seq: what the snapshot covers. unfolded: how many updates came since.
    -- history_seq: what "changes" covers.
    CREATE TABLE rooms (
      name TEXT PRIMARY KEY,
      created_at INTEGER NOT NULL,
      last_seq INTEGER NOT NULL DEFAULT 0,
      folded_seq INTEGER NOT NULL DEFAULT 0,
      unfolded INTEGER NOT NULL DEFAULT 0,
      history_seq INTEGER NOT NULL DEFAULT 0
    ) STRICT;

    -- user is null for what the server itself wrote. crc is CRC-32 of data: it tells a damaged row from a bad update.
    CREATE TABLE updates (
      seq INTEGER PRIMARY KEY AUTOINCREMENT,
      room TEXT NOT NULL REFERENCES rooms (name),
      data BLOB NOT NULL,
      crc INTEGER NOT NULL,
      user TEXT,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX updates_by_room ON updates (room, seq);

    CREATE TABLE snapshots (
      room TEXT PRIMARY KEY REFERENCES rooms (name),
      seq INTEGER NOT NULL,
      data BLOB NOT NULL,
      crc INTEGER NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;

    -- Who may write under a Yjs client id. The first claim wins and is never given up.
    CREATE TABLE client_ids (
      room TEXT NOT NULL REFERENCES rooms (name),
      client INTEGER NOT NULL,
      user TEXT,
      since INTEGER NOT NULL,
      PRIMARY KEY (room, client)
    ) STRICT, WITHOUT ROWID;

    CREATE TABLE changes (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      seq INTEGER NOT NULL,
      room TEXT NOT NULL REFERENCES rooms (name),
      record TEXT NOT NULL,
      field TEXT NOT NULL,
      old TEXT,
      new TEXT,
      user TEXT,
      device INTEGER NOT NULL,
      stamp TEXT,
      flag TEXT,
      at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX changes_by_record ON changes (record, id);

    CREATE TABLE quarantine (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      room TEXT NOT NULL,
      user TEXT,
      code TEXT NOT NULL,
      reason TEXT NOT NULL,
      data BLOB NOT NULL,
      at INTEGER NOT NULL
    ) STRICT;
  `,
};
