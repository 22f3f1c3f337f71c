/** Which rooms are in memory: loads them before anybody is served, unloads them when nobody looks, folds their logs. */
import { randomInt } from 'node:crypto';
import * as Y from 'yjs';
import { CLOSE } from '../../shared/sync/protocol.ts';
import type { SnapshotShelf } from '../storage/snapshot-shelf.ts';
import { type ChangeRow, RoomDamaged, type StoredRoom, type UpdateLog } from '../storage/update-log.ts';
import { atOnce, inTurns } from '../turns.ts';
import { applyPart, applyWhole, missingIn } from './apply-update.ts';
import { Applied, keysAhead, watchChanges } from './change-history.ts';
import { type Committer, createCommitter } from './committer.ts';
import { foldRoom } from './fold-room.ts';
import { beginGeneration, type Carrier, createCarrier, nextGeneration } from './generations.ts';
import { createInspector, type Inspector } from './inspector.ts';
import { type ErasedRecords, watchForErased } from './late-erasures.ts';
import { type Strays, watchForStrays } from './move-records.ts';
import { restamp } from './restamp.ts';
import { type LoadedRoom, Room, type RoomServices } from './room.ts';
import { createSnapshotDownloads, type SnapshotDownloads } from './snapshot-downloads.ts';
import { readClocks, storedBytes } from './stored-room.ts';
import { createStrikes } from './strikes.ts';
import { updateParts } from './update-parts.ts';

export interface RoomsOptions {
  readonly log: UpdateLog;
  /** Where what is worked out of snapshots is kept; nowhere when left out. */
  readonly shelf?: SnapshotShelf;
  readonly now?: () => number;
  /** A room nobody looks at is unloaded after this. */
  readonly idleMs?: number;
  readonly inspector?: Inspector;
  /** How often rooms are tidied. */
  readonly tidyMs?: number;
  /** Rooms with fewer keys keep their generation. */
  readonly fewestKeys?: number;
  /** The space a record was moved to; null when it never was. */
  readonly movedTo?: (record: string) => string | null;
  /** What was erased for good: what comes of it is taken away again. */
  readonly erased?: ErasedRecords;
  /** Told about what somebody should look into. */
  readonly report?: (message: string, error?: unknown) => void;
}

export interface Rooms {
  readonly services: RoomServices;
  /**
   * The room, completely loaded.
   *
   * @throws when it cannot be loaded: then nobody is served, least of all an empty document.
   */
  open(name: string): Room;
  /** The room of exactly this generation, for devices that still have it; `open` goes on to its newest successor. */
  openExact(name: string): Room;
  /**
   * `openExact`, and builds its document in slices, beside which others are served.
   *
   * @throws as `open`.
   */
  prepare(name: string): Promise<Room>;
  /** Snapshots for devices that have nothing of a room. */
  readonly downloads: SnapshotDownloads;
  /** Goes over to the room's next generation, if its edits outweigh its records. Runs by itself for every room. */
  renew(name: string, fewestKeys?: number): void;
  /** Rooms that are in memory. */
  loaded(): readonly Room[];
  /** Unloads what is idle and folds what has grown. Runs by itself every half minute. */
  tidy(): void;
  /** Writes what waits, folds, and closes every connection with a code that means: try again. */
  close(): void;
}

const IDLE_MS = 60_000;
const TIDY_MS = 30_000;
/** Folding reads and writes the whole room; below this many updates loading them is cheaper. */
const FOLD_AFTER_UPDATES = 1_000;
/** As much as an import: a room with a snapshot can be served without building it. */
const FOLD_AFTER_BYTES = 512 * 1024;

/** What the log says of a room. */
interface Read {
  readonly doc: Y.Doc;
  readonly lastSeq: number;
  /** Rows of updates that were committed just before the process ended, and of which no history is written. */
  readonly late: readonly (readonly ChangeRow[])[];
}

type Loaded = LoadedRoom & Pick<Read, 'late'> & { readonly carriedSeq: number };

export function createRooms(options: RoomsOptions): Rooms {
  const {
    log,
    shelf = null,
    now = Date.now,
    idleMs = IDLE_MS,
    fewestKeys,
    movedTo,
    erased,
    report = () => undefined,
    inspector = createInspector({ report }),
  } = options;
  const rooms = new Map<string, Room>();
  const committer: Committer = createCommitter(log, (error) => {
    report('Updates could not be written to disk; every room is closed and loaded again', error);
    for (const room of [...rooms.values()]) drop(room, 'the disk refused a write');
  });
  committer.onBatchEnd(() => {
    for (const room of [...rooms.values()]) {
      room.endBatch();
      const keys = room.takeAheadKeys();
      if (keys.length > 0) restampSafely(room, keys);
    }
    for (const carrier of [...carriers.values()]) carrySafely(carrier);
    for (const each of [...strays.values()]) carrySafely(each);
    for (const each of [...late.values()]) takeAwaySafely(each);
  });

  function drop(room: Room, reason: string) {
    if (rooms.get(room.name) === room) rooms.delete(room.name);
    carriers.delete(room);
    strays.delete(room);
    late.delete(room);
    committer.forgetHistory(room.name);
    report(`Room ${room.name} is loaded again: ${reason}`);
    for (const peer of [...room.peers]) peer.close(CLOSE.roomUnavailable, 'The room has to be loaded again.');
    room.destroy();
  }

  const services: RoomServices = { log, shelf, committer, inspector, strikes: createStrikes(now), now, drop };

  function restampSafely(room: Room, keys: readonly string[]) {
    try {
      restamp(services, room, keys);
    } catch (error) {
      report(`Stamps from the future stay in ${room.name}`, error);
    }
  }

  /** The history of what a former process stored and had not come to. */
  function writeLate(name: string, late: Read['late']) {
    for (const rows of late) committer.addHistory(name, rows[0]?.seq ?? 0, rows);
  }

  /** Nothing may be committed between the two: with its history written, nobody looks at a stamp again. */
  function restampLate(room: Room, late: Read['late'], keys: readonly string[]) {
    if (rooms.get(room.name) !== room) return;
    room.settleNow();
    writeLate(room.name, late);
    restampSafely(room, keys);
  }

  /** Watches over the rooms that have a successor. */
  const carriers = new Map<Room, Carrier>();
  /** Watches over records that have moved to another space. */
  const strays = new Map<Room, Strays>();
  /** Watches over records that were erased. */
  const late = new Map<Room, { carry(): void }>();
  /** Up to which update a room was looked at for its weight. */
  const weighedAt = new Map<string, number>();

  function open(name: string): Room {
    const successor = log.successorOf(name);
    return successor === null ? openExact(name) : open(successor);
  }

  function openExact(name: string): Room {
    return rooms.get(name) ?? enter(name, read(name));
  }

  function enter(name: string, loaded: Loaded): Room {
    const room = new Room(name, loaded, services);
    rooms.set(name, room);
    const ahead = loaded.late.flatMap(keysAhead);
    if (ahead.length === 0) writeLate(name, loaded.late);
    else setImmediate(() => restampLate(room, loaded.late, ahead));
    if (movedTo !== undefined) {
      room.onBuilt(() => strays.set(room, watchForStrays({ open, services }, room, movedTo)));
    }
    if (erased !== undefined) room.onBuilt(() => late.set(room, watchForErased(services, room, erased)));
    if (log.successorOf(name) !== null) {
      const isBehind = loaded.lastSeq > loaded.carriedSeq;
      const carrier = createCarrier(services, room, { successor: () => open(name), isBehind });
      carriers.set(room, carrier);
      if (isBehind) carrySafely(carrier);
    }
    return room;
  }

  function carrySafely(carrier: Carrier | Strays) {
    try {
      carrier.carry();
    } catch (error) {
      report('Late changes could not be carried to where their records are; they are tried again', error);
    }
  }

  function takeAwaySafely(each: { carry(): void }) {
    try {
      each.carry();
    } catch (error) {
      report('What came late of erased records could not be taken away; it is tried again', error);
    }
  }

  function renew(name: string, fewestKeys?: number) {
    committer.flush();
    const room = open(name);
    const next = nextGeneration(room, fewestKeys);
    if (next === null) return;
    beginGeneration(services, room, next);
    report(`Room ${room.name} goes on as ${next}: its edits outweighed its records.`);
    rooms.delete(room.name);
    strays.delete(room);
    late.delete(room);
    for (const peer of [...room.peers]) peer.close(CLOSE.goingAway, 'This room goes on in its next generation.');
    room.destroy();
  }

  /** The room's stored bytes where they do, its document where not. */
  function read(name: string): Loaded {
    const inLog = log.load(name);
    const { carriedSeq, mark } = inLog;
    const clocks = mark === null ? null : (shelf?.get(name, mark, 'clocks') ?? null);
    const stored = log.successorOf(name) === null ? storedBytes(inLog, clocks && readClocks(clocks)) : null;
    if (stored !== null) {
      const lastSeq = inLog.updates.at(-1)?.seq ?? inLog.foldedSeq;
      return { stored, lastSeq, carriedSeq, late: [], build: () => load(name, log.load(name)).doc };
    }
    const { doc, lastSeq, late } = load(name, inLog);
    return { stored, lastSeq, carriedSeq, late, build: () => doc };
  }

  async function prepare(name: string): Promise<Room> {
    for (;;) {
      const known = rooms.get(name);
      if (known?.isBuilt) return known;
      committer.flush();
      const inLog = await log.loadInTurns(name);
      // What no history is written of yet must be built once only.
      if (inLog.updates.some(({ seq }) => seq > inLog.historySeq)) {
        const room = openExact(name);
        void room.doc;
        return room;
      }
      const { doc, lastSeq } = await inTurns(loading(name, inLog, updateParts));
      const room = rooms.get(name);
      const isCurrent = !room?.isBuilt && log.lastSeq(name) === lastSeq && (room?.lastSeq ?? lastSeq) === lastSeq;
      if (!isCurrent) {
        doc.destroy();
        continue;
      }
      if (room === undefined) {
        return enter(name, { stored: null, lastSeq, carriedSeq: inLog.carriedSeq, late: [], build: () => doc });
      }
      room.takeBuilt(doc);
      return room;
    }
  }

  function load(name: string, stored: StoredRoom): Read {
    return atOnce(loading(name, stored, (snapshot) => [snapshot]));
  }

  /** Pauses now and then. @param cut the snapshot, into parts; null for a pause. */
  function* loading(
    name: string,
    stored: StoredRoom,
    cut: (snapshot: Uint8Array) => Iterable<Uint8Array | null>,
  ): Generator<undefined, Read> {
    const doc = new Y.Doc();
    const late: (readonly ChangeRow[])[] = [];
    let lastSeq = stored.foldedSeq;
    const fail = (problem: string) => {
      doc.destroy();
      throw new RoomDamaged(`${name}: ${problem}`);
    };
    if (stored.snapshot !== null) {
      let problem: string | null = null;
      for (const part of cut(stored.snapshot)) {
        if (part !== null) problem ??= applyPart(doc, part, new Applied({ seq: 0, userId: null, at: 0 }));
        yield;
      }
      problem ??= missingIn(doc);
      if (problem !== null) fail(`its snapshot cannot be read: ${problem}`);
    }
    const stopWatching = watchChanges(name, doc, (rows) => {
      if ((rows[0]?.seq ?? 0) > stored.historySeq) late.push(rows);
    });
    for (const update of stored.updates) {
      const problem = applyWhole(doc, update.data, new Applied(update));
      if (problem !== null && update.seq > stored.historySeq) {
        // Committed and never applied: the process ended in between. Nobody has seen it, so it goes where it belongs.
        report(`Room ${name}: update ${update.seq} goes to quarantine: ${problem}`);
        log.expel({ room: name, seq: update.seq, reason: problem });
        doc.destroy();
        return yield* loading(name, log.load(name), cut);
      }
      if (problem !== null) fail(`update ${update.seq} cannot be read: ${problem}`);
      lastSeq = update.seq;
      yield;
    }
    stopWatching();
    while (log.ownerOf(name, doc.clientID) !== undefined) doc.clientID = randomInt(2 ** 32);
    return { doc, lastSeq, late };
  }

  function unload(room: Room) {
    const carrier = carriers.get(room);
    if (carrier !== undefined) carrySafely(carrier);
    carriers.delete(room);
    strays.delete(room);
    late.delete(room);
    const { updates, bytes } = log.unfoldedSize(room.name);
    if (updates >= FOLD_AFTER_UPDATES || bytes >= FOLD_AFTER_BYTES) foldRoom(services, room);
    rooms.delete(room.name);
    room.destroy();
  }

  function tidy() {
    committer.flush();
    for (const room of [...rooms.values()]) {
      weigh(room);
      if (rooms.get(room.name) !== room) continue;
      room.rest();
      if (room.idleSince !== null && now() - room.idleSince >= idleMs) unload(room);
      else if (log.unfolded(room.name) >= 2 * FOLD_AFTER_UPDATES) foldRoom(services, room);
    }
    shelf?.tidy((name) => log.snapshotMark(name));
  }

  /** What was imported a minute ago is in no snapshot yet. */
  const downloads = createSnapshotDownloads(log, shelf, (name) => {
    const room = rooms.get(name);
    if (room?.isBuilt && log.unfoldedSize(name).bytes >= FOLD_AFTER_BYTES) foldRoom(services, room);
  });

  function weigh(room: Room) {
    if (!room.isBuilt || weighedAt.get(room.name) === room.lastSeq || log.successorOf(room.name) !== null) return;
    weighedAt.set(room.name, room.lastSeq);
    try {
      renew(room.name, fewestKeys);
    } catch (error) {
      report(`${room.name} keeps its generation`, error);
    }
  }

  log.dropLeftovers();
  for (const name of log.roomsBehind()) {
    try {
      openExact(name);
    } catch (error) {
      report(`What came late to ${name} waits until it can be read`, error);
    }
  }

  const tidying = setInterval(() => {
    try {
      tidy();
    } catch (error) {
      report('Rooms could not be tidied', error);
    }
  }, options.tidyMs ?? TIDY_MS);
  tidying.unref();

  return {
    services,
    open,
    openExact,
    prepare,
    downloads,
    renew,
    loaded: () => [...rooms.values()],
    tidy,
    close() {
      clearInterval(tidying);
      inspector.close();
      committer.stop();
      for (const room of [...rooms.values()]) {
        for (const peer of [...room.peers]) peer.close(CLOSE.goingAway, 'The server is restarting.');
        unload(room);
      }
    },
  };
}
