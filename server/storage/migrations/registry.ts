/** Every migration, in order. The position is the schema version; never reorder, edit or remove one that was released. */
import type { Migration } from '../migrate.ts';
import { roomsAndUpdates } from './0001-rooms-and-updates.ts';
import { accounts } from './0002-accounts.ts';
import { generations } from './0003-generations.ts';
import { access } from './0004-access.ts';
import { historyIndexes } from './0005-history-indexes.ts';
import { spaces } from './0006-spaces.ts';
import { push } from './0007-push.ts';
import { erasures } from './0008-erasures.ts';
import { blankPages } from './0009-blank-pages.ts';
import { snapshotPieces } from './0010-snapshot-pieces.ts';

export const migrations: readonly Migration[] = [
  roomsAndUpdates,
  accounts,
  generations,
  access,
  historyIndexes,
  spaces,
  push,
  erasures,
  blankPages,
  snapshotPieces,
];
