/**
 * The snapshots of rooms. A large one lies in pieces of `PIECE_BYTES`: writing or reading 25 MB in one statement held
 * everybody up for 0.2 to 0.6 s on a busy machine, and pieces go one by one.
 *
 * Laws:
 * - a snapshot is there when its row in `snapshots` names its set of pieces, and not before: killed at any moment the
 *   former one is whole;
 * - what is read is held against the CRC-32 of all of it, however it lies;
 * - sets that nothing names are taken away when the server starts.
 */
import { crc32 } from 'node:zlib';
import type { Database } from 'better-sqlite3';

export const PIECE_BYTES = 512 * 1024;

/** Names one snapshot of a room. */
export interface SnapshotMark {
  /** The newest update in it. */
  readonly seq: number;
  /** CRC-32 of its bytes. */
  readonly crc: number;
  /** How many bytes it has. */
  readonly length: number;
}

/** What is in the database for a room: `data` is null when its bytes are not those that were written. */
export interface ReadSnapshot {
  readonly mark: SnapshotMark;
  readonly data: Uint8Array | null;
}

/** A set of pieces that is stored and that nobody sees yet. */
export interface WrittenPieces {
  readonly version: number;
  readonly crc: number;
  readonly length: number;
}

export interface SnapshotStore {
  mark(room: string): SnapshotMark | null;
  /** Pauses between pieces. Should the snapshot be replaced meanwhile, it begins anew. Null without a snapshot. */
  reading(room: string): Generator<undefined, ReadSnapshot | null>;
  /** Within the caller's transaction. */
  put(room: string, snapshot: { readonly seq: number; readonly data: Uint8Array; readonly at: number }): SnapshotMark;
  /** Stores the pieces, each with a commit of its own, and pauses between them. `putWritten` or `drop` has to follow. */
  writing(data: Uint8Array): Generator<undefined, WrittenPieces>;
  /**
   * Makes written pieces the room's snapshot, within the caller's transaction.
   *
   * @returns the set that was there before, for `drop`; null when it was none.
   */
  putWritten(room: string, pieces: WrittenPieces, at: { readonly seq: number; readonly at: number }): number | null;
  /** Takes a set away that no snapshot names, piece by piece. */
  dropping(version: number): Generator<undefined, void>;
  /** What a former process left behind while it wrote or dropped a set. Only before anything is written. */
  dropLeftovers(): void;
}

interface SnapshotRow extends SnapshotMark {
  /** Null: all of it is in `snapshots.data`. */
  readonly pieces: number | null;
}

export function createSnapshotStore(db: Database): SnapshotStore {
  const row = db.prepare<[string], SnapshotRow>(
    'SELECT seq, crc, coalesce(length, length(data)) AS length, pieces FROM snapshots WHERE room = ?',
  );
  const whole = db.prepare<[string], Buffer>('SELECT data FROM snapshots WHERE room = ?').pluck();
  const piece = db
    .prepare<[number, number], Buffer>('SELECT data FROM snapshot_pieces WHERE version = ? AND place = ?')
    .pluck();
  const sizeOf = db.prepare<[number], { places: number; bytes: number }>(
    'SELECT count(*) AS places, coalesce(sum(length(data)), 0) AS bytes FROM snapshot_pieces WHERE version = ?',
  );
  const nextVersion = db
    .prepare<[], number>(
      `SELECT 1 + max(coalesce((SELECT max(version) FROM snapshot_pieces), 0),
                      coalesce((SELECT max(pieces) FROM snapshots), 0))`,
    )
    .pluck();
  const addPiece = db.prepare('INSERT INTO snapshot_pieces (version, place, data) VALUES (?, ?, ?)');
  const dropPiece = db.prepare('DELETE FROM snapshot_pieces WHERE version = ? AND place = ?');
  const dropSet = db.prepare('DELETE FROM snapshot_pieces WHERE version = ?');
  const dropUnnamed = db.prepare(
    'DELETE FROM snapshot_pieces WHERE version NOT IN (SELECT pieces FROM snapshots WHERE pieces IS NOT NULL)',
  );
  const put = db.prepare(
    `INSERT INTO snapshots (room, seq, data, crc, at, pieces, length) VALUES (?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (room) DO UPDATE SET seq = excluded.seq, data = excluded.data, crc = excluded.crc, at = excluded.at,
       pieces = excluded.pieces, length = excluded.length`,
  );

  function* writing(data: Uint8Array): Generator<undefined, WrittenPieces> {
    const version = nextVersion.get() ?? 1;
    let crc = 0;
    let isWhole = false;
    try {
      for (let place = 0; place * PIECE_BYTES < data.length; place++) {
        const part = data.subarray(place * PIECE_BYTES, (place + 1) * PIECE_BYTES);
        crc = crc32(part, crc);
        addPiece.run(version, place, part);
        yield;
      }
      isWhole = true;
    } finally {
      // The disk may be full: nothing half stays on it.
      if (!isWhole) dropSet.run(version);
    }
    return { version, crc, length: data.length };
  }

  /** Null when they are not what was written. */
  function* piecesOf(version: number, { length, crc }: SnapshotMark): Generator<undefined, Uint8Array | null> {
    if (sizeOf.get(version)?.bytes !== length) return null;
    // Memory of its own: whoever gets it may hand it to another thread.
    const data = Buffer.allocUnsafeSlow(length);
    let [at, sum] = [0, 0];
    for (let place = 0; at < length; place++) {
      const part = piece.get(version, place);
      if (part === undefined || part.length === 0 || at + part.length > length) return null;
      data.set(part, at);
      at += part.length;
      sum = crc32(part, sum);
      yield;
    }
    return sum === crc ? data : null;
  }

  function* reading(room: string): Generator<undefined, ReadSnapshot | null> {
    for (;;) {
      const found = row.get(room);
      if (found === undefined) return null;
      const { pieces, ...mark } = found;
      if (pieces === null) {
        const data = whole.get(room) ?? null;
        return { mark, data: data !== null && crc32(data) === mark.crc ? data : null };
      }
      const data = yield* piecesOf(pieces, mark);
      const now = row.get(room);
      if (now?.pieces === pieces && now.seq === mark.seq && now.crc === mark.crc) return { mark, data };
    }
  }

  return {
    mark(room) {
      const found = row.get(room);
      if (found === undefined) return null;
      const { seq, crc, length } = found;
      return { seq, crc, length };
    },
    reading,
    put(room, { seq, data, at }) {
      const former = row.get(room)?.pieces ?? null;
      const { length } = data;
      if (length <= PIECE_BYTES) {
        const crc = crc32(data);
        put.run(room, seq, data, crc, at, null, null);
        if (former !== null) dropSet.run(former);
        return { seq, crc, length };
      }
      const steps = writing(data);
      let step = steps.next();
      while (step.done !== true) step = steps.next();
      const { version, crc } = step.value;
      put.run(room, seq, Buffer.alloc(0), crc, at, version, length);
      if (former !== null) dropSet.run(former);
      return { seq, crc, length };
    },
    writing,
    putWritten(room, { version, crc, length }, { seq, at }) {
      const former = row.get(room)?.pieces ?? null;
      put.run(room, seq, Buffer.alloc(0), crc, at, version, length);
      return former;
    },
    *dropping(version) {
      for (let left = sizeOf.get(version)?.places ?? 0; left > 0; left--) {
        dropPiece.run(version, left - 1);
        yield;
      }
    },
    dropLeftovers: () => void dropUnnamed.run(),
  };
}
