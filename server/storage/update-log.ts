/**
 * The log of every update of every room, on disk. `commit` is the only way in: one transaction for everything that
 * arrived within a few milliseconds, and nothing is delivered to anybody before it returns.
 *
 * Laws:
 * - a sequence number is given once, also after the newest rows were deleted;
 * - a snapshot and the deletion of the rows it replaces are one transaction;
 * - raw updates stay for `RAW_DAYS` after they were folded, so that a bad fold can be undone, unless what is in them has
 *   to go for good;
 * - a room whose rows are damaged, or fewer than the room's own counter says, is refused and never served short.
 */
import { crc32 } from 'node:zlib';
import type { Database } from 'better-sqlite3';
import { atOnce, inTurns } from '../turns.ts';
import { overwriting } from './scrubbing.ts';
import {
  createSnapshotStore,
  PIECE_BYTES,
  type SnapshotMark,
  type SnapshotStore,
  type WrittenPieces,
} from './snapshot-store.ts';

export const RAW_DAYS = 30;
const DAY_MS = 86_400_000;

/** Dropped at once: a matter of some milliseconds. */
const MOST_DROPPED = 1_000;
const MOST_DROPPED_BYTES = 2 * 1024 * 1024;

/** More than this of refused bytes is not kept: a flood of nonsense must not fill the disk. */
const QUARANTINE_BYTES = 64 * 1024 * 1024;

export interface StoredUpdate {
  readonly seq: number;
  readonly data: Uint8Array;
  /** Null: written by the server itself. */
  readonly userId: string | null;
  readonly at: number;
}

export interface StoredRoom {
  /** Null when the room was never folded. */
  readonly snapshot: Uint8Array | null;
  /** Null without one. */
  readonly mark: SnapshotMark | null;
  /** What came after the snapshot, oldest first. */
  readonly updates: readonly StoredUpdate[];
  /** Up to which update the snapshot goes; 0 without one. */
  readonly foldedSeq: number;
  /** Up to which update the change history is written. */
  readonly historySeq: number;
  /** Up to which update the successor has what came late; 0 without a successor. */
  readonly carriedSeq: number;
}

export interface UpdateWrite {
  readonly room: string;
  readonly data: Uint8Array;
  /** Who is answerable for it; null for the server itself. */
  readonly userId: string | null;
  readonly claims: readonly Claim[];
}

/** A Yjs client id that belongs to somebody (null: to the server) in this room from now on. */
export interface Claim {
  readonly client: number;
  readonly userId: string | null;
}

export interface QuarantineWrite {
  readonly room: string;
  readonly userId: string | null;
  readonly code: string;
  readonly reason: string;
  readonly data: Uint8Array;
}

export interface ChangeRow {
  readonly seq: number;
  readonly room: string;
  readonly record: string;
  /** Field path; empty for the record as a whole (created, or purged). */
  readonly field: string;
  /** JSON, or null for nothing. */
  readonly old: string | null;
  readonly new: string | null;
  readonly userId: string | null;
  /** The Yjs client id the change was made under. */
  readonly device: number;
  readonly stamp: string | null;
  /** `clock-ahead` when the stamp was more than two minutes ahead of the server; null for the usual. */
  readonly flag: string | null;
  readonly at: number;
}

export interface Batch {
  readonly updates: readonly UpdateWrite[];
  readonly quarantine: readonly QuarantineWrite[];
  readonly changes: readonly ChangeRow[];
  /** Room → the newest update that `changes` now covers. */
  readonly historySeqs: ReadonlyMap<string, number>;
}

export interface Committed {
  /** One per update of the batch, in its order. */
  readonly seqs: readonly number[];
  /** One per quarantine entry; null where the quarantine is full. */
  readonly quarantineIds: readonly (number | null)[];
}

/** A room's rows are not what was written. The message names the room and what is wrong, for the log. */
export class RoomDamaged extends Error {
  override readonly name = 'RoomDamaged';
}

export interface UpdateLog {
  /** Makes the room if it is new. */
  ensureRoom(room: string): void;
  roomNames(): readonly string[];
  hasRoom(room: string): boolean;
  /** The room's next generation; null while it is the newest itself. */
  successorOf(room: string): string | null;
  /** The room's newest update; 0 without any. */
  lastSeq(room: string): number;
  /** @throws RoomDamaged when a row is damaged or missing. */
  load(room: string): StoredRoom;
  /** The same beside whatever else goes on; as the room is in the end. Rejects with RoomDamaged. */
  loadInTurns(room: string): Promise<StoredRoom>;
  /** Stores a room's next generation and makes it the successor: all of it or nothing. */
  beginGeneration(next: { from: string; to: string; snapshot: Uint8Array; client: number }): void;
  /** Rooms whose successor lacks what came late: the process ended in between. */
  roomsBehind(): readonly string[];
  /** Up to which update of a room its successor has what came late. */
  setCarried(room: string, seq: number): void;
  /** One transaction, on disk when it returns. @throws when the disk refuses: then nothing of the batch is stored. */
  commit(batch: Batch): Committed;
  /** Takes an update that Yjs could not apply out of the log, into the quarantine. */
  expel(update: { room: string; seq: number; reason: string }): number;
  /** Replaces the room's snapshot by one that covers everything up to `seq`, and drops raw updates older than 30 days. */
  fold(room: string, seq: number, snapshot: Uint8Array): SnapshotMark;
  /**
   * The same beside whatever else goes on: all of it or nothing, as with `fold`. Null when the room was folded further
   * meanwhile: then nothing was changed.
   */
  foldInTurns(room: string, seq: number, snapshot: Uint8Array): Promise<SnapshotMark | null>;
  /** What a former process left behind in the middle of a `foldInTurns`. Only at the start. */
  dropLeftovers(): void;
  /** As `fold`, and no raw update up to there stays, nor its bytes: something in them was erased. */
  rewrite(room: string, seq: number, snapshot: Uint8Array): void;
  /**
   * Drops some of the raw updates that are folded, however young. Their bytes stay in free pages of the file until those are
   * overwritten (see scrubbing.ts).
   *
   * @returns whether there are more.
   */
  dropFolded(room: string): boolean;
  /** Which snapshot a room has, without reading it; null when it was never folded. */
  snapshotMark(room: string): SnapshotMark | null;
  ownerOf(room: string, client: number): { readonly userId: string | null } | undefined;
  /** How many updates loading the room has to read beside its snapshot. */
  unfolded(room: string): number;
  /** The same, with their bytes; counted anew. */
  unfoldedSize(room: string): { readonly updates: number; readonly bytes: number };
}

/** @param committed told the newest sequence number after each commit. */
export function createUpdateLog(
  db: Database,
  now: () => number = Date.now,
  committed: (seq: number) => void = () => undefined,
): UpdateLog {
  const statements = prepare(db);
  const snapshots = createSnapshotStore(db);

  const commit = db.transaction((batch: Batch): Committed => {
    const at = now();
    const stored = new Map<string, { seq: number; count: number }>();
    const seqs = batch.updates.map((update) => {
      const { lastInsertRowid } = statements.append.run(
        update.room,
        update.data,
        crc32(update.data),
        update.userId,
        at,
      );
      const seq = Number(lastInsertRowid);
      for (const { client, userId } of update.claims) statements.claim.run(update.room, client, userId, at);
      stored.set(update.room, { seq, count: (stored.get(update.room)?.count ?? 0) + 1 });
      return seq;
    });
    for (const [room, { seq, count }] of stored) statements.countStored.run(seq, count, room);

    const quarantineIds = batch.quarantine.map((entry) => {
      const held = statements.quarantineBytes.get()?.bytes ?? 0;
      if (held + entry.data.length > QUARANTINE_BYTES) return null;
      return Number(
        statements.quarantine.run(entry.room, entry.userId, entry.code, entry.reason, entry.data, at).lastInsertRowid,
      );
    });

    for (const row of batch.changes) {
      const { seq, room, record, field, old, device, stamp, flag } = row;
      statements.change.run(seq, room, record, field, old, row.new, row.userId, device, stamp, flag, row.at);
    }
    for (const [room, seq] of batch.historySeqs) statements.setHistorySeq.run(seq, room);
    return { seqs, quarantineIds };
  });

  const expel = db.transaction((update: { room: string; seq: number; reason: string }): number => {
    const entry = statements.expel.run(update.reason, now(), update.seq, update.room);
    statements.deleteUpdate.run(update.seq);
    statements.recount.run({ room: update.room });
    return Number(entry.lastInsertRowid);
  });

  function isFolded(room: string, seq: number, at: number): void {
    statements.setFoldedSeq.run(seq, room);
    statements.recount.run({ room });
    statements.dropOldUpdates.run(room, seq, at - RAW_DAYS * DAY_MS);
  }

  const fold = db.transaction((room: string, seq: number, snapshot: Uint8Array): SnapshotMark => {
    const at = now();
    const mark = snapshots.put(room, { seq, data: snapshot, at });
    isFolded(room, seq, at);
    return mark;
  });

  /** What is in nobody's way afterwards: the set that was replaced, or the new one when it came too late. */
  const takeOver = db.transaction((room: string, seq: number, pieces: WrittenPieces) => {
    const at = now();
    if ((snapshots.mark(room)?.seq ?? 0) > seq) return { isTaken: false, unused: pieces.version };
    const unused = snapshots.putWritten(room, pieces, { seq, at });
    isFolded(room, seq, at);
    return { isTaken: true, unused };
  });

  async function foldInTurns(room: string, seq: number, snapshot: Uint8Array): Promise<SnapshotMark | null> {
    if (snapshot.length <= PIECE_BYTES) {
      return (snapshots.mark(room)?.seq ?? 0) > seq ? null : fold.immediate(room, seq, snapshot);
    }
    const pieces = await inTurns(snapshots.writing(snapshot));
    const { isTaken, unused } = takeOver.immediate(room, seq, pieces);
    if (unused !== null) await inTurns(snapshots.dropping(unused));
    return isTaken ? { seq, crc: pieces.crc, length: pieces.length } : null;
  }

  const rewrite = db.transaction((room: string, seq: number, snapshot: Uint8Array): void => {
    fold(room, seq, snapshot);
    statements.dropUpdates.run(room, seq);
  });

  const beginGeneration = db.transaction(
    ({ from, to, snapshot, client }: { from: string; to: string; snapshot: Uint8Array; client: number }): void => {
      const at = now();
      statements.ensureRoom.run(to, at);
      const { lastInsertRowid } = statements.append.run(to, snapshot, crc32(snapshot), null, at);
      const seq = Number(lastInsertRowid);
      statements.claim.run(to, client, null, at);
      snapshots.put(to, { seq, data: snapshot, at });
      statements.setFoldedSeq.run(seq, to);
      statements.deleteUpdate.run(seq);
      statements.recount.run({ room: to });
      statements.setHistorySeq.run(seq, to);
      statements.setSuccessor.run(to, from);
      committed(seq);
    },
  );

  return {
    ensureRoom: (room) => void statements.ensureRoom.run(room, now()),
    roomNames: () => statements.roomNames.all().map((row) => row.name),
    hasRoom: (room) => statements.room.get(room) !== undefined,
    beginGeneration: (next) => beginGeneration.immediate(next),
    setCarried: (room, seq) => void statements.setCarried.run(seq, room),
    roomsBehind: () => statements.roomsBehind.all().map(({ name }) => name),
    successorOf: (room) => statements.room.get(room)?.successor ?? null,
    lastSeq: (room) => statements.room.get(room)?.last_seq ?? 0,
    load: (room) => atOnce(loadingRoom(statements, snapshots, room)),
    loadInTurns: (room) => inTurns(loadingRoom(statements, snapshots, room)),
    commit(batch) {
      // Inside somebody else's transaction a commit would only be a savepoint, and the acknowledgement a lie.
      if (db.inTransaction) throw new Error('another transaction is open on this connection');
      const stored = commit.immediate(batch);
      const newest = stored.seqs.at(-1);
      if (newest !== undefined) committed(newest);
      return stored;
    },
    expel: (update) => expel.immediate(update),
    fold: (room, seq, snapshot) => fold.immediate(room, seq, snapshot),
    foldInTurns,
    dropLeftovers: () => snapshots.dropLeftovers(),
    rewrite(room, seq, snapshot) {
      overwriting(db, () => rewrite.immediate(room, seq, snapshot));
    },
    dropFolded(room) {
      const some = statements.foldedSizes.all(room, MOST_DROPPED);
      let [count, bytes] = [0, 0];
      for (; count < some.length && bytes < MOST_DROPPED_BYTES; count++) bytes += some[count]?.bytes ?? 0;
      const last = some[count - 1];
      if (last !== undefined) statements.dropUpdates.run(room, last.seq);
      return count === MOST_DROPPED || count < some.length;
    },
    snapshotMark: (room) => snapshots.mark(room),
    ownerOf(room, client) {
      const row = statements.owner.get(room, client);
      return row === undefined ? undefined : { userId: row.user };
    },
    unfolded: (room) => statements.room.get(room)?.unfolded ?? 0,
    unfoldedSize: (room) => statements.unfoldedSize.get(room) ?? { updates: 0, bytes: 0 },
  };
}

function* loadingRoom(
  statements: Statements,
  snapshots: SnapshotStore,
  room: string,
): Generator<undefined, StoredRoom> {
  const snapshot = yield* snapshots.reading(room);
  // Read after the snapshot, without a pause in between: others go on writing.
  const head = statements.room.get(room);
  if (head === undefined) throw new RoomDamaged(`${room}: there is no such room in the database`);
  if (head.folded_seq !== (snapshot?.mark.seq ?? 0)) {
    throw new RoomDamaged(`${room}: its snapshot up to update ${head.folded_seq} is missing`);
  }
  if (snapshot?.data === null) throw new RoomDamaged(`${room}: its snapshot is damaged`);
  const updates = statements.updatesAfter.all(room, head.folded_seq);
  for (const update of updates) {
    if (crc32(update.data) !== update.crc) throw new RoomDamaged(`${room}: update ${update.seq} is damaged`);
  }
  if (updates.length !== head.unfolded || (updates.at(-1)?.seq ?? head.folded_seq) !== head.last_seq) {
    throw new RoomDamaged(
      `${room}: ${head.unfolded} updates up to ${head.last_seq} were stored and ${updates.length} are there`,
    );
  }
  return {
    snapshot: snapshot?.data ?? null,
    mark: snapshot?.mark ?? null,
    updates: updates.map(({ seq, data, user, at }) => ({ seq, data, userId: user, at })),
    foldedSeq: head.folded_seq,
    historySeq: head.history_seq,
    carriedSeq: head.carried_seq,
  };
}

type Statements = ReturnType<typeof prepare>;

interface RoomRow {
  readonly last_seq: number;
  readonly folded_seq: number;
  readonly unfolded: number;
  readonly history_seq: number;
  readonly successor: string | null;
  readonly carried_seq: number;
}

function prepare(db: Database) {
  return {
    ensureRoom: db.prepare('INSERT INTO rooms (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING'),
    roomNames: db.prepare<[], { name: string }>('SELECT name FROM rooms'),
    room: db.prepare<[string], RoomRow>('SELECT * FROM rooms WHERE name = ?'),
    append: db.prepare('INSERT INTO updates (room, data, crc, user, at) VALUES (?, ?, ?, ?, ?)'),
    claim: db.prepare(
      'INSERT INTO client_ids (room, client, user, since) VALUES (?, ?, ?, ?) ON CONFLICT (room, client) DO NOTHING',
    ),
    owner: db.prepare<[string, number], { user: string | null }>(
      'SELECT user FROM client_ids WHERE room = ? AND client = ?',
    ),
    countStored: db.prepare('UPDATE rooms SET last_seq = ?, unfolded = unfolded + ? WHERE name = ?'),
    setFoldedSeq: db.prepare('UPDATE rooms SET folded_seq = ? WHERE name = ?'),
    setSuccessor: db.prepare('UPDATE rooms SET successor = ?, carried_seq = last_seq WHERE name = ?'),
    roomsBehind: db.prepare<[], { name: string }>(
      'SELECT name FROM rooms WHERE successor IS NOT NULL AND last_seq > carried_seq',
    ),
    setCarried: db.prepare('UPDATE rooms SET carried_seq = ? WHERE name = ?'),
    setHistorySeq: db.prepare('UPDATE rooms SET history_seq = ? WHERE name = ?'),
    recount: db.prepare(
      `UPDATE rooms SET
         last_seq = coalesce((SELECT max(seq) FROM updates WHERE room = @room AND seq > folded_seq), folded_seq),
         unfolded = (SELECT count(*) FROM updates WHERE room = @room AND seq > folded_seq)
       WHERE name = @room`,
    ),
    deleteUpdate: db.prepare('DELETE FROM updates WHERE seq = ?'),
    expel: db.prepare(
      `INSERT INTO quarantine (room, user, code, reason, data, at)
       SELECT room, user, 'not-applicable', ?, data, ? FROM updates WHERE seq = ? AND room = ?`,
    ),
    quarantine: db.prepare('INSERT INTO quarantine (room, user, code, reason, data, at) VALUES (?, ?, ?, ?, ?, ?)'),
    quarantineBytes: db.prepare<[], { bytes: number }>(
      'SELECT coalesce(sum(length(data)), 0) AS bytes FROM quarantine',
    ),
    change: db.prepare(
      `INSERT INTO changes (seq, room, record, field, old, new, user, device, stamp, flag, at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    ),
    updatesAfter: db.prepare<
      [string, number],
      { seq: number; data: Buffer; crc: number; user: string | null; at: number }
    >('SELECT seq, data, crc, user, at FROM updates WHERE room = ? AND seq > ? ORDER BY seq'),
    unfoldedSize: db.prepare<[string], { updates: number; bytes: number }>(
      `SELECT count(*) AS updates, coalesce(sum(length(u.data)), 0) AS bytes
       FROM rooms r JOIN updates u ON u.room = r.name AND u.seq > r.folded_seq WHERE r.name = ?`,
    ),
    foldedSizes: db.prepare<[string, number], { seq: number; bytes: number }>(
      `SELECT u.seq, length(u.data) AS bytes FROM rooms r JOIN updates u ON u.room = r.name AND u.seq <= r.folded_seq
       WHERE r.name = ? ORDER BY u.seq LIMIT ?`,
    ),
    dropUpdates: db.prepare('DELETE FROM updates WHERE room = ? AND seq <= ?'),
    dropOldUpdates: db.prepare('DELETE FROM updates WHERE room = ? AND seq <= ? AND at < ?'),
  };
}
