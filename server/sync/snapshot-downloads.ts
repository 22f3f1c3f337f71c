/**
 * A room's snapshot for a device that has nothing of it, over HTTP (SPEC S9): packed once, off the main thread, and kept
 * packed beside the database. What came after the snapshot the socket brings.
 */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { SnapshotShelf } from '../storage/snapshot-shelf.ts';
import type { SnapshotMark } from '../storage/snapshot-store.ts';
import type { UpdateLog } from '../storage/update-log.ts';
import { SMALLEST_SNAPSHOT_BYTES } from './stored-room.ts';

const pack = promisify(gzip);
/** Half the time of the usual 6 for a tenth more bytes. */
const LEVEL = 4;

export interface Download {
  readonly mark: SnapshotMark;
  readonly bytes: Uint8Array;
  readonly isPacked: boolean;
  /** Unpacked bytes that are left out. */
  readonly from: number;
}

export interface SnapshotDownloads {
  /** The room's newest snapshot; null when it has none worth a request of its own. */
  markOf(room: string): SnapshotMark | null;
  /**
   * That snapshot, or a newer one; null when there is none any more.
   *
   * @throws RoomDamaged
   */
  bytesOf(room: string, mark: SnapshotMark, isPacked: boolean): Promise<Download | null>;
  /**
   * The rest of exactly that snapshot; null when there is a newer one.
   *
   * @throws RoomDamaged
   */
  restOf(room: string, mark: SnapshotMark, { from, isPacked }: Rest): Promise<Download | null>;
}

interface Rest {
  /** Unpacked bytes that are there already. */
  readonly from: number;
  readonly isPacked: boolean;
}

/** @param foldIfGrown makes a new snapshot of a room that has grown much since its last. */
export function createSnapshotDownloads(
  log: UpdateLog,
  shelf: SnapshotShelf | null,
  foldIfGrown: (room: string) => void,
): SnapshotDownloads {
  /** Being packed: everybody who asks meanwhile waits for the same. */
  const packing = new Map<string, Promise<Download | null>>();

  async function packNow(room: string): Promise<Download | null> {
    const { snapshot, mark } = await log.loadInTurns(room);
    if (snapshot === null || mark === null) return null;
    const bytes = await pack(snapshot, { level: LEVEL });
    // What was erased meanwhile is not kept.
    if (log.snapshotMark(room)?.crc === mark.crc) shelf?.put(room, mark, 'gz', bytes);
    return { mark, bytes, isPacked: true, from: 0 };
  }

  return {
    markOf(room) {
      // A device that still has a former generation has a copy; a new one is never told of it.
      if (log.successorOf(room) !== null) return null;
      foldIfGrown(room);
      const mark = log.snapshotMark(room);
      return mark === null || mark.length < SMALLEST_SNAPSHOT_BYTES ? null : mark;
    },
    async bytesOf(room, mark, isPacked) {
      if (!isPacked) {
        const { snapshot, mark: newest } = await log.loadInTurns(room);
        return snapshot === null || newest === null ? null : { mark: newest, bytes: snapshot, isPacked, from: 0 };
      }
      const kept = shelf?.get(room, mark, 'gz') ?? null;
      if (kept !== null) return { mark, bytes: kept, isPacked, from: 0 };
      const key = `${room}@${mark.seq}-${mark.crc}`;
      const known = packing.get(key) ?? packNow(room).finally(() => packing.delete(key));
      packing.set(key, known);
      return await known;
    },
    async restOf(room, mark, { from, isPacked }) {
      const { snapshot, mark: newest } = await log.loadInTurns(room);
      if (snapshot === null || newest?.crc !== mark.crc || newest.seq !== mark.seq) return null;
      const rest = snapshot.subarray(from);
      return { mark, bytes: isPacked ? await pack(rest, { level: LEVEL }) : rest, isPacked, from };
    },
  };
}
