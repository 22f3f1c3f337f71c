/**
 * Large snapshots lie in pieces, so that one can be written and read beside whatever else goes on; see snapshot-store.ts.
 * Those that are there stay as they are until their room is folded again.
 */
import type { Migration } from '../migrate.ts';

export const snapshotPieces: Migration = {
  name: 'snapshot-pieces',
  up: `
    -- A set that no snapshot names is being written, or was when the process ended.
    CREATE TABLE snapshot_pieces (
      version INTEGER NOT NULL,
      place INTEGER NOT NULL,
      data BLOB NOT NULL,
      PRIMARY KEY (version, place)
    ) STRICT;

    -- pieces: the set it lies in; null for one that is whole in "data". length: of all pieces together.
    ALTER TABLE snapshots ADD COLUMN pieces INTEGER;
    ALTER TABLE snapshots ADD COLUMN length INTEGER;
  `,
};
