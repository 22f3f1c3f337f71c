/** The log first, for what the server writes itself: everything in one go, so that nobody sees it before it is on disk. */
import { Applied } from './change-history.ts';
import type { Room, RoomServices } from './room.ts';

export interface OwnWrite {
  readonly involved: readonly Room[];
  /** Who is answerable; null for the server. */
  readonly userId: string | null;
  /** Leaves no rows in the history: what is written is known already. */
  readonly isSilent?: boolean;
}

/**
 * Calls `apply`, which writes to the documents of `involved` with the origin it is given, and stores what it wrote.
 * The committer must be flushed.
 *
 * @throws what `apply` or the disk throws; then the rooms are loaded again and nothing was changed.
 */
export function storeOwn(services: RoomServices, write: OwnWrite, apply: (origin: Applied) => void): void {
  const { log, drop, now } = services;
  const { involved, userId, isSilent = false } = write;
  const gathering = involved.map((room) => ({ room, end: room.gatherOwn() }));
  try {
    apply(new Applied({ seq: 0, userId, at: now() }));
    const written = gathering.flatMap(({ room, end }) => {
      const { data, rows } = end();
      return data === null ? [] : [{ room, data, rows }];
    });
    if (written.length === 0) return;
    const { seqs } = log.commit({
      updates: written.map(({ room, data }) => ({ room: room.name, data, userId, claims: room.ownClaims() })),
      quarantine: [],
      changes: [],
      historySeqs: new Map(),
    });
    written.forEach(({ room, data, rows }, index) => {
      room.ownStored(seqs[index] ?? room.lastSeq, data, isSilent ? [] : rows);
    });
  } catch (error) {
    // The documents may hold what the disk does not: nobody may see that.
    for (const room of involved) drop(room, 'a change of the server could not be stored');
    throw error;
  }
}
