/**
 * The records of every entity as Solid sees them. Records stay plain frozen objects in `RoomRecords`; a signal exists
 * per entity ("something changed") and per record that a computation is reading right now. Measured at 50,000 rows,
 * one edit to recomputed total: 0.5 ms this way, 5–11 ms with a signal per row.
 */
import { batch, createSignal, getListener, onCleanup, untrack } from 'solid-js';
import { type EntityName, entities, isEntityName, type RecordNamed } from '../../shared/entities/registry.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { type Merges, NO_MERGES } from '../../shared/sync/merges.ts';
import type { RecordsChange, RoomRecords } from '../../shared/sync/room-records.ts';
import type { Collection } from './workspace.ts';

/** Ids whose records changed, or 'all' when a room was opened. */
export type TableChange = ReadonlySet<string> | 'all';

export interface Table<N extends EntityName> extends Collection<N> {
  /** Tracks any change of the entity. */
  track(): void;
  /** Told of each change, in the batch that tells Solid, before any computation runs. */
  onChange(listener: (change: TableChange) => void): () => void;
}

export interface Tables {
  table<N extends EntityName>(name: N): Table<N>;
  /** Makes a room's records readable. Returns what undoes it. */
  addRoom(records: RoomRecords): () => void;
  /** Tracks one record, of whichever entity, in the trash or not. */
  trackRecord(id: string): void;
  /** Which records live on in which others; tracks merging, and nothing else. */
  merges(): Merges;
  /** The record of an id in any room, untracked. */
  find(id: string): AnyRecord | undefined;
  /** Records on this device, those in the trash included. */
  recordCount(): number;
}

export function createTables(): Tables {
  const rooms = new Set<RoomRecords>();
  const rows = createRowSignals();
  const tables = new Map<EntityName, InnerTable>();
  const [merges, setMerges] = createSignal<Merges>(NO_MERGES);
  let known: readonly Merges[] = [];

  function followMerges(): void {
    const found = [...rooms].map((room) => room.merges()).filter((each) => each !== NO_MERGES);
    if (found.length === known.length && found.every((each, index) => each === known[index])) return;
    known = found;
    setMerges(() => mergesOf(found));
  }
  const survivorOf = (id: string) => untrack(merges).survivorOf(id);

  const tableOf = (name: EntityName): InnerTable => {
    let table = tables.get(name);
    if (!table) {
      table = createTable(name, { rooms, rows, survivorOf });
      tables.set(name, table);
    }
    return table;
  };

  const find = (id: string): AnyRecord | undefined => {
    for (const room of rooms) {
      const record = room.get(id);
      if (record) return record;
    }
    return undefined;
  };

  function changed(room: RoomRecords, { ids }: Pick<RecordsChange, 'ids'>): void {
    const idsByEntity = new Map<EntityName, Set<string>>();
    for (const id of ids) {
      const name = room.get(id)?.entity ?? entityNameOf(id);
      if (!isEntityName(name)) continue;
      const group = idsByEntity.get(name);
      if (group) group.add(id);
      else idsByEntity.set(name, new Set([id]));
    }
    batch(() => {
      followMerges();
      for (const [name, group] of idsByEntity) tableOf(name).changed(group);
      rows.changed(ids);
    });
  }

  return {
    table: <N extends EntityName>(name: N) => tableOf(name) as unknown as Table<N>,
    addRoom(room) {
      rooms.add(room);
      const stop = room.onChange((change) => changed(room, change));
      const names = Object.keys(entities).filter(isEntityName);
      const announce = () =>
        batch(() => {
          followMerges();
          for (const name of names) if (room.ids(name).size > 0) tableOf(name).changed('all');
          rows.changedAll();
        });
      announce();
      return () => {
        stop();
        rooms.delete(room);
        announce();
      };
    },
    trackRecord: (id) => rows.track(id),
    merges,
    find,
    recordCount() {
      let count = 0;
      for (const room of rooms) for (const name of Object.keys(entities)) count += room.ids(name).size;
      return count;
    },
  };
}

/** What was merged lies in one room with what stands for it. */
function mergesOf(parts: readonly Merges[]): Merges {
  const [only] = parts;
  if (only === undefined) return NO_MERGES;
  if (parts.length === 1) return only;
  return {
    into: (id) => parts.map((each) => each.into(id)).find((each) => each !== null) ?? null,
    survivorOf: (id) => parts.map((each) => each.survivorOf(id)).find((each) => each !== id) ?? id,
    mergedFrom: (id) => parts.flatMap((each) => each.mergedFrom(id)),
    *ids() {
      for (const each of parts) yield* each.ids();
    },
  };
}

type InnerTable = Table<EntityName> & { changed(change: TableChange): void };

const isShown = (record: AnyRecord | undefined): record is AnyRecord =>
  record !== undefined && !record.deleted && record.mergedInto === null;

interface TableInputs {
  readonly rooms: ReadonlySet<RoomRecords>;
  readonly rows: RowSignals;
  /** Untracked: whoever is told of a merge is told by the records it changes. */
  readonly survivorOf: (id: string) => string;
}

function createTable(name: EntityName, { rooms, rows, survivorOf }: TableInputs): InnerTable {
  type R = RecordNamed<EntityName>;
  const [version, setVersion] = createSignal(0);
  const listeners = new Set<(change: TableChange) => void>();
  /** Ids not in the trash; made when first asked for, then kept. */
  let shown: Set<string> | null = null;
  let list: readonly R[] | null = null;
  /** The rooms that hold any; there are a dozen rooms, and 50,000 records are looked up in a frame. */
  let holders: readonly RoomRecords[] | null = null;

  const peek = (id: string): R | undefined => {
    holders ??= [...rooms].filter((room) => room.ids(name).size > 0);
    for (const room of holders) {
      const record = room.get(id);
      if (record?.entity === name) return record as unknown as R;
    }
    return undefined;
  };

  const shownIds = (): Set<string> => {
    if (shown === null) {
      shown = new Set();
      for (const room of rooms) for (const record of room.all(name)) if (isShown(record)) shown.add(record.id);
    }
    return shown;
  };

  function* each(): Generator<R> {
    // Whoever reads in slices must not wait for all records to be built first.
    if (shown === null) {
      for (const room of rooms) {
        for (const record of room.all(name)) if (isShown(record)) yield record as unknown as R;
      }
      return;
    }
    for (const id of shownIds()) {
      const record = peek(id);
      if (record) yield record;
    }
  }

  const byIdInTrash = (id: string | null | undefined): R | undefined => {
    if (!id) return undefined;
    rows.track(id);
    const standsFor = survivorOf(id);
    if (standsFor !== id) rows.track(standsFor);
    return peek(standsFor);
  };

  function* eachWithTrash(): Generator<R> {
    for (const room of rooms) {
      for (const record of room.all(name)) if (record.mergedInto === null) yield record as unknown as R;
    }
  }

  return {
    byIdInTrash,
    byId(id) {
      const record = byIdInTrash(id);
      return record?.deleted ? undefined : record;
    },
    all() {
      version();
      list ??= Object.freeze([...each()]);
      return list;
    },
    count() {
      version();
      return shownIds().size;
    },
    each,
    eachWithTrash,
    peek,
    track: () => void version(),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changed(change) {
      list = null;
      holders = null;
      if (change === 'all') shown = null;
      else if (shown !== null) {
        for (const id of change) {
          if (isShown(peek(id) as AnyRecord | undefined)) shown.add(id);
          else shown.delete(id);
        }
      }
      for (const listener of listeners) listener(change);
      setVersion((before) => before + 1);
    },
  };
}

export interface RowSignals {
  track(id: string): void;
  changed(ids: ReadonlySet<string>): void;
  changedAll(): void;
}

/** One signal per record that is being read; gone with its last reader. */
export function createRowSignals(): RowSignals {
  interface Row {
    readonly read: () => void;
    readonly bump: () => void;
    readers: number;
  }
  const rows = new Map<string, Row>();

  return {
    track(id) {
      // Outside of a computation nobody would be told, and nobody would let go.
      if (!getListener()) return;
      let row = rows.get(id);
      if (!row) {
        const [read, write] = createSignal(undefined, { equals: false });
        row = { read, bump: () => write(undefined), readers: 0 };
        rows.set(id, row);
      }
      const tracked = row;
      tracked.readers++;
      tracked.read();
      onCleanup(() => {
        // A computation that runs again lets go and takes hold in one go: look after it.
        if (--tracked.readers === 0) {
          queueMicrotask(() => {
            if (tracked.readers === 0 && rows.get(id) === tracked) rows.delete(id);
          });
        }
      });
    },
    changed(ids) {
      // A bulk change touches more records than anybody reads.
      if (ids.size > rows.size) {
        for (const [id, row] of rows) if (ids.has(id)) row.bump();
      } else {
        for (const id of ids) rows.get(id)?.bump();
      }
    },
    changedAll() {
      for (const row of rows.values()) row.bump();
    },
  };
}
