/**
 * How a room's log is folded: a snapshot of all that is in the document takes the place of the updates that made it.
 *
 * - `foldRoom` makes loading cheap. The updates stay for a month (see update-log.ts).
 * - `rewriteRoom` and `rewriteRoomInTurns` leave nothing of what the document no longer holds: something was erased.
 *
 * What is on disk covers what was acknowledged, before and after: the log replaces snapshot and updates in one transaction.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as Y from 'yjs';
import type { StoredRoom } from '../storage/update-log.ts';
import type { Room, RoomServices } from './room.ts';
import { clocksOf, SMALLEST_SNAPSHOT_BYTES } from './stored-room.ts';

type Stores = Pick<RoomServices, 'log' | 'shelf'>;

/** Does nothing with a room that is not settled: its document lacks what is accepted; and with one nobody has built. */
export function foldRoom({ log, shelf }: Stores, room: Room): void {
  if (!room.isSettled || !room.isBuilt) return;
  const mark = log.fold(room.name, room.lastSeq, Y.encodeStateAsUpdate(room.doc));
  if (mark.length >= SMALLEST_SNAPSHOT_BYTES) shelf?.put(room.name, mark, 'clocks', clocksOf(room.doc));
}

/** @throws when the room is not settled. */
export function rewriteRoom(stores: Stores, room: Room): void {
  if (!room.isSettled) throw new Error(`${room.name} is not settled`);
  stores.log.rewrite(room.name, room.lastSeq, Y.encodeStateAsUpdate(room.doc));
  forgetFormer(stores, room);
}

/**
 * The same beside whatever else goes on. What the log no longer needs still lies in free pages of the file afterwards: see
 * `Scrubbing`.
 *
 * @param snapshotOf makes a snapshot of all that is in the log.
 * @returns false when the room was loaded again meanwhile: the updates are all still there then.
 */
export async function rewriteRoomInTurns(
  stores: Stores,
  room: Room,
  snapshotOf: (stored: StoredRoom) => Promise<Uint8Array>,
): Promise<boolean> {
  const { log } = stores;
  for (;;) {
    room.settleNow();
    const stored = await log.loadInTurns(room.name);
    const seq = stored.updates.at(-1)?.seq ?? stored.foldedSeq;
    const snapshot = await snapshotOf(stored);
    if (room.isGone) return false;
    // What came meanwhile stays in the log, unless it was folded too.
    const mark = await log.foldInTurns(room.name, seq, snapshot);
    if (room.isGone) return false;
    if (mark === null) continue;
    forgetFormer(stores, room);
    for (let hasMore = true; hasMore; hasMore = log.dropFolded(room.name)) await nextTurn();
    return true;
  }
}

/** Copies of the former snapshot, in memory and beside the database. */
function forgetFormer({ log, shelf }: Stores, room: Room): void {
  room.rest();
  shelf?.tidy((name) => log.snapshotMark(name));
}
