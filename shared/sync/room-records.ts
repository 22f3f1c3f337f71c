/**
 * The records of one room: an index over its `Y.Map` that is kept up to date key by key. The one place where
 * Yjs events become "these records changed"; used by browsers and by the server alike.
 */
import type * as Y from 'yjs';
import type { Registry } from '../entities/registry.ts';
import type { AnyRecord, Entity } from '../model/entity.ts';
import { entityNameOf } from '../model/id.ts';
import { changedMerges, type Merges, RoomMerges } from './merges.ts';
import { parseKey, RECORDS, splitPath } from './record-keys.ts';
import {
  buildRecord,
  dropEdit,
  type Edit,
  editsApart,
  editsOf,
  highestStampIn,
  newRecordState,
  putEdit,
  type RecordState,
  setBase,
  winnerOf,
} from './record-state.ts';
import { isStamp, type Stamp } from './stamp.ts';

/** What one Yjs transaction did to the records of a room. */
export interface RecordsChange {
  /** Records that read otherwise now; of a merge also those that stand for others, or do no more. */
  readonly ids: ReadonlySet<string>;
  /** The keys of the map that were set or taken away. */
  readonly keys: ReadonlySet<string>;
  /** The origin given to the transaction. */
  readonly origin: unknown;
  /** Made through this document, not received. */
  readonly local: boolean;
}

/** A path that people edited apart: the first edit is shown, the others are kept until the next write. */
export interface KeptEdits {
  readonly path: string;
  readonly edits: readonly Edit[];
}

/** The ids of an entity's records as they are now: a view, not a copy. */
export interface Ids extends Iterable<string> {
  readonly size: number;
  has(id: string): boolean;
}

/** A peer can write any number of kinds. */
const MOST_ID_STARTS = 16;
const NO_STATES: ReadonlyMap<string, RecordState> = new Map();
const MERGED_INTO = 'mergedInto';

export class RoomRecords {
  readonly doc: Y.Doc;
  readonly map: Y.Map<unknown>;
  /** The highest stamp this room has seen; clocks must be above it. */
  highestStamp: Stamp = '';
  private readonly registry: Registry;
  /** States by id, per entity, in the order in which their bases came: what is listed is read without looking anything up. */
  private readonly tables = new Map<string, Map<string, RecordState>>();
  /** States of which only edits have arrived. */
  private readonly baseless = new Map<string, RecordState>();
  /** The same by how the ids begin: a room has few kinds of records, and trying them costs less than taking an id apart. */
  private readonly byIdStart: { readonly idStart: string; readonly table: Map<string, RecordState> }[] = [];
  private readonly listeners = new Set<(change: RecordsChange) => void>();
  private readonly merging = new RoomMerges((id) => this.tableOf(id)?.has(id) ?? false);
  /** Records whose own merge does not count, by the record as it is stored. */
  private readonly freed = new WeakMap<AnyRecord, AnyRecord>();
  private readonly onYjsEvent: (event: Y.YMapEvent<unknown>, transaction: Y.Transaction) => void;

  constructor(doc: Y.Doc, registry: Registry) {
    this.doc = doc;
    this.registry = registry;
    this.map = doc.getMap(RECORDS);
    // Not `entries()`: lib0's iterators take three times as long as this.
    this.map.forEach((value, key) => {
      this.read(key, value);
    });
    this.onYjsEvent = (event, transaction) => {
      const ids = new Set<string>();
      const merges = this.merging.current();
      for (const key of event.keysChanged) ids.add(this.read(key, this.map.get(key), this.map.has(key)));
      for (const id of changedMerges(merges, this.merging.current())) ids.add(id);
      const change = { ids, keys: event.keysChanged, origin: transaction.origin as unknown, local: transaction.local };
      for (const listener of this.listeners) listener(change);
    };
    this.map.observe(this.onYjsEvent);
  }

  /** The record, in the trash or not; undefined when there is none or only edits of it have arrived. */
  get(id: string): AnyRecord | undefined {
    const state = this.stateOf(id);
    return (state && this.build(state)) ?? undefined;
  }

  /** Which records live on in which others; a new object after each change of it. */
  merges(): Merges {
    return this.merging.current();
  }

  /** Ids of an entity's records, those in the trash included. */
  ids(entityName: string): Ids {
    const table = this.tables.get(entityName) ?? NO_STATES;
    return { size: table.size, has: (id) => table.has(id), [Symbol.iterator]: () => table.keys() };
  }

  /** All records of an entity, those in the trash included. */
  *all(entityName: string): Generator<AnyRecord> {
    for (const state of (this.tables.get(entityName) ?? NO_STATES).values()) {
      const record = this.build(state);
      if (record) yield record;
    }
  }

  /** The inside of a record, for writers and conflict views. */
  stateOf(id: string): RecordState | undefined {
    return this.tableOf(id)?.get(id) ?? this.baseless.get(id);
  }

  /** The edits that lost to a later one and are still kept. */
  keptEdits(id: string): readonly KeptEdits[] {
    const state = this.stateOf(id);
    if (!state?.edits) return [];
    return [...state.edits.keys()]
      .map((path) => ({ path, edits: editsApart(state, path) }))
      .filter(({ edits }) => edits.length > 1);
  }

  /** The value that is shown for a path and the stamp it carries. */
  winner(id: string, path: string): Edit {
    const state = this.stateOf(id);
    return state ? winnerOf(state, this.entityOf(state), path) : { stamp: '', value: undefined };
  }

  /** Keys of older edits that a new edit of this path replaces. */
  editStamps(id: string, path: string): readonly Stamp[] {
    const state = this.stateOf(id);
    return state ? editsOf(state, path).map(({ stamp }) => stamp) : [];
  }

  onChange(listener: (change: RecordsChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  destroy(): void {
    this.map.unobserve(this.onYjsEvent);
    this.listeners.clear();
  }

  /** `mergedInto` reads as null where the merge does not count, see merges.ts. */
  private build(state: RecordState): AnyRecord | null {
    const record = buildRecord(state, this.registry);
    if (record === null || record.mergedInto === null) return record;
    if (this.merging.current().into(record.id) !== null) return record;
    let freed = this.freed.get(record);
    if (!freed) {
      freed = { ...record, mergedInto: null };
      this.freed.set(record, freed);
    }
    return freed;
  }

  private readMerge(state: RecordState): void {
    const { value, stamp } = winnerOf(state, this.entityOf(state), MERGED_INTO);
    this.merging.set(state.id, typeof value === 'string' && value !== '' ? { into: value, stamp } : null);
  }

  private entityOf(state: RecordState): Entity | undefined {
    const name = entityNameOf(state.id);
    return Object.hasOwn(this.registry, name) ? this.registry[name] : undefined;
  }

  /** Where the records with such an id are listed. */
  private tableOf(id: string): Map<string, RecordState> | undefined {
    for (const { idStart, table } of this.byIdStart) if (id.startsWith(idStart)) return table;
    return this.tables.get(entityNameOf(id));
  }

  private newTable(name: string): Map<string, RecordState> {
    const table = new Map<string, RecordState>();
    this.tables.set(name, table);
    if (name !== '' && this.byIdStart.length < MOST_ID_STARTS) this.byIdStart.push({ idStart: `${name}_`, table });
    return table;
  }

  /** Takes one key into the index and returns the id of the record it belongs to. */
  private read(key: string, value: unknown, present = true): string {
    const parsed = parseKey(key);
    if (parsed.kind === 'base') {
      this.readBase(key, value, present);
      return key;
    }
    const { id, path, stamp } = parsed;
    let state = this.stateOf(id);
    if (present) {
      if (!state) {
        state = newRecordState(id);
        this.baseless.set(id, state);
      }
      putEdit(state, path, { stamp, value: value ?? null });
    } else if (state) {
      dropEdit(state, path, stamp);
      if (!state.edits?.size) this.baseless.delete(id);
    }
    if (path === MERGED_INTO && state) this.readMerge(state);
    this.sawStamp(stamp);
    return id;
  }

  private readBase(id: string, value: unknown, present: boolean): void {
    let table = this.tableOf(id);
    let state = table?.get(id);
    if (!present) {
      if (!state) return;
      setBase(state, undefined);
      table?.delete(id);
      if (state.edits?.size) this.baseless.set(id, state);
      this.baseChanged(state);
      return;
    }
    if (!state) {
      state = this.baseless.get(id) ?? newRecordState(id);
      this.baseless.delete(id);
      table ??= this.newTable(entityNameOf(id));
      table.set(id, state);
    }
    setBase(state, value ?? null);
    this.baseChanged(state);
    this.sawStamp(highestStampIn(state));
  }

  private baseChanged(state: RecordState): void {
    const { base } = state;
    // Hardly any base speaks of a merge; looked for by its capital letter, which hardly any base has as often.
    if ((typeof base === 'string' && base.includes('Into":')) || this.merging.has(state.id)) this.readMerge(state);
    this.merging.presenceChanged(state.id);
  }

  private sawStamp(stamp: Stamp): void {
    if (stamp > this.highestStamp && isStamp(stamp)) this.highestStamp = stamp;
  }
}

/** The field a path belongs to, in words: `emails:a@b.c` → `Emails`. The path itself when this build does not know it. */
export function pathLabel(entity: Entity | undefined, path: string): string {
  const { field } = splitPath(path);
  return entity && Object.hasOwn(entity.fields, field) ? (entity.fields[field]?.label ?? path) : path;
}
