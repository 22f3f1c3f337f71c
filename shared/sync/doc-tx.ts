/**
 * How commands write. A command runs against a buffer first: it reads its own writes, may refuse at any point,
 * and only when it has returned are its writes put into the rooms, one Yjs transaction per room. (A Yjs
 * transaction does not roll back when the function throws, so nothing may be written before everything is checked.)
 *
 * Every write of one command carries one stamp: that makes a command the unit of history, of undo and of "n changes waiting".
 */

import { CommandRefused, type Tx } from '../commands/command.ts';
import type { Registry } from '../entities/registry.ts';
import { dayOfInstant } from '../model/day.ts';
import {
  type AnyRecord,
  type Changes,
  type Entity,
  fieldOf,
  META_FIELDS,
  type RecordOf,
  type RoomKind,
} from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';
import { entityNameOf, type Id, newId, type RandomBytes, timelineId } from '../model/id.ts';
import { normalizeElements } from '../model/set-fields.ts';
import { editKey, elementPath } from './record-keys.ts';
import {
  buildRecord,
  copyState,
  newRecordState,
  putEdit,
  type RecordState,
  setBase,
  winnerOf,
} from './record-state.ts';
import { addressOf } from './room-names.ts';
import type { RoomRecords } from './room-records.ts';
import { type Clock, NO_STAMP, type Stamp, stampTime } from './stamp.ts';

/**
 * Characters of one value, or of a whole new record. The server takes 4 MiB (server/sync/limits.ts), and what it does not
 * take would hold back everything a device writes after it.
 */
const LONGEST_JSON = 1_000_000;

/** Creation of a record is a write of this path. */
export const BASE_PATH = '';

/** One thing a command changed. `before` and `after` are stored values; undefined = there was none. */
export interface Write {
  readonly id: string;
  readonly path: string;
  readonly before: unknown;
  /** The stamp `before` carried; '' when there was nothing. */
  readonly beforeStamp: Stamp;
  readonly after: unknown;
  /** Where a new record goes; left out for the team's space and for edits. */
  readonly space?: string;
}

/** What a command wants to write, complete before the first byte is written. */
export interface Plan<R = unknown> {
  readonly stamp: Stamp;
  readonly writes: readonly Write[];
  readonly result: R;
}

/** Where records are on this device or server. Both throw `CommandRefused` when a room that is needed is not loaded. */
export interface Rooms {
  /** The room the record is in; for an id that nobody has yet, the room it belongs to in `space` (the team's when left out). */
  readonly homeOf: (id: string, space?: string) => RoomRecords;
  /** Every room that holds records of the entity: one, or a timeline per year. */
  readonly holding: (entity: Entity) => Iterable<RoomRecords>;
  /** The private space a record that is about to be made belongs to; undefined for the team's. */
  readonly spaceForNew?: (
    entity: Entity,
    values: Readonly<Record<string, unknown>>,
    made: ReadonlyMap<string, string>,
  ) => string | undefined;
}

/** The rooms of the private spaces that are here, beside the team's. */
export interface PrivateRooms {
  readonly at: (
    kind: RoomKind,
    year: number | null,
  ) => Iterable<{ readonly space: string; readonly records: RoomRecords }>;
  /** The space that new records are to go to; null for the team's. */
  readonly current: () => string | null;
}

/** What is about other records: it goes where they are, so that nobody outside learns of them by it. */
const ROOMS_ABOUT_OTHERS: ReadonlySet<RoomKind> = new Set(['work', 'timeline']);

/** `Rooms` over a way to find one by its kind and year; `years` are those whose timelines are here. */
export function roomsBy(
  registry: Registry,
  at: (kind: RoomKind, year: number | null) => RoomRecords,
  years: () => Iterable<number>,
  privately?: PrivateRooms,
): Rooms {
  const entityOf = (id: string) => {
    const name = entityNameOf(id);
    return Object.hasOwn(registry, name) ? registry[name] : undefined;
  };
  const team: Rooms = {
    homeOf(id) {
      const entity = entityOf(id);
      if (!entity) throw new CommandRefused('missing', 'This record is of a kind that this version does not know.');
      const { kind, year } = addressOf(entity, id);
      return at(kind, year);
    },
    holding: ({ room }) => (room === 'timeline' ? [...years()].map((year) => at(room, year)) : [at(room, null)]),
  };
  return privately === undefined ? team : withPrivateRooms(team, { entityOf, years, privately });
}

interface WithPrivate {
  readonly entityOf: (id: string) => Entity | undefined;
  readonly years: () => Iterable<number>;
  readonly privately: PrivateRooms;
}

/** A record is where its base is. What is in no private space is the team's, as if there were no others. */
function withPrivateRooms(team: Rooms, { entityOf, years, privately }: WithPrivate): Rooms {
  function privateHome(id: string) {
    const entity = entityOf(id);
    if (entity === undefined) return undefined;
    const { kind, year } = addressOf(entity, id);
    for (const place of privately.at(kind, year)) if (place.records.stateOf(id)?.base !== undefined) return place;
    return undefined;
  }
  return {
    homeOf(id, space) {
      const home = privateHome(id);
      if (home !== undefined) return home.records;
      const entity = entityOf(id);
      if (space === undefined || entity === undefined) return team.homeOf(id);
      const { kind, year } = addressOf(entity, id);
      for (const place of privately.at(kind, year)) if (place.space === space) return place.records;
      throw new CommandRefused('not-ready', 'This space is still on its way to this device. Try again in a moment.');
    },
    *holding(entity) {
      yield* team.holding(entity);
      for (const year of entity.room === 'timeline' ? new Set(years()) : [null]) {
        for (const { records } of privately.at(entity.room, year)) yield records;
      }
    },
    spaceForNew(entity, values, made) {
      const current = privately.current() ?? undefined;
      if (current !== undefined && !ROOMS_ABOUT_OTHERS.has(entity.room)) return current;
      for (const id of idsIn(values)) {
        const space = made.get(id) ?? privateHome(id)?.space;
        if (space !== undefined) return space;
      }
      return current;
    },
  };
}

/** Every text in it, at any depth: ids of other records are among them. */
function* idsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (typeof value === 'object' && value !== null) for (const each of Object.values(value)) yield* idsIn(each);
}

export interface CommandContext {
  readonly registry: Registry;
  readonly rooms: Rooms;
  readonly clock: Clock;
  /** Member id of the person who acts; '' for the server itself. */
  readonly actor: string;
  readonly random?: RandomBytes;
}

/**
 * Runs a command to the end without writing anything. Throws what the command throws. What a person writes over must
 * lose to it: where a value carries a stamp from a clock far ahead, the command is run again with a stamp above that.
 */
export function planCommand<R>(context: CommandContext, command: (tx: Tx) => R): Plan<R> {
  const attempt = () => {
    const buffer = createBuffer(context);
    const result = command(buffer.tx);
    return { stamp: buffer.tx.stamp, writes: buffer.writes(), result };
  };
  const plan = attempt();
  const ahead = newestReplaced(plan.writes);
  if (ahead < plan.stamp) return plan;
  context.clock.exceed(ahead);
  return attempt();
}

function newestReplaced(writes: readonly Write[]): Stamp {
  return writes.reduce((newest, { beforeStamp }) => (beforeStamp > newest ? beforeStamp : newest), NO_STAMP);
}

/** Puts a plan into the rooms: each write sets its key and removes the older edits of that path that were seen. */
export function applyPlan(rooms: Rooms, plan: Plan, origin: unknown): void {
  for (const [room, writes] of byRoom(rooms, plan.writes)) {
    room.doc.transact(() => {
      for (const write of writes) {
        if (write.path === BASE_PATH) {
          room.map.set(write.id, write.after);
          continue;
        }
        for (const stamp of room.editStamps(write.id, write.path)) {
          if (stamp < plan.stamp) room.map.delete(editKey(write.id, write.path, stamp));
        }
        room.map.set(editKey(write.id, write.path, plan.stamp), write.after);
      }
    }, origin);
  }
}

function byRoom(rooms: Rooms, writes: readonly Write[]): ReadonlyMap<RoomRecords, readonly Write[]> {
  const groups = new Map<RoomRecords, Write[]>();
  const spaces = new Map(writes.flatMap(({ id, space }) => (space === undefined ? [] : [[id, space]])));
  for (const write of writes) {
    const room = rooms.homeOf(write.id, spaces.get(write.id));
    const group = groups.get(room);
    if (group) group.push(write);
    else groups.set(room, [write]);
  }
  return groups;
}

/** `planCommand` and `applyPlan` in one. */
export function runCommand<R>(context: CommandContext, command: (tx: Tx) => R, origin: unknown): Plan<R> {
  const plan = planCommand(context, command);
  applyPlan(context.rooms, plan, origin);
  return plan;
}

interface Buffer {
  readonly tx: Tx;
  readonly writes: () => readonly Write[];
}

function createBuffer({ registry, rooms, clock, actor, random }: CommandContext): Buffer {
  const stamp = clock.next();
  const now = stampTime(stamp);
  const changed = new Map<string, RecordState>();
  const createdByEntity = new Map<string, string[]>();
  const writes = new Map<string, Write>();
  /** Private spaces of the records this command makes. */
  const spaces = new Map<string, string>();

  function idFor<Name extends string>(entity: Entity | undefined, name: Name, values: object): Id<Name> {
    if (entity?.room !== 'timeline') return newId(name, random);
    const { at } = values as { at?: unknown };
    return timelineId(name, yearOf(typeof at === 'number' ? at : now), random);
  }

  const stateOf = (entity: Entity, id: string) => changed.get(id) ?? stateIn(rooms, entity, id);

  const recordOf = (entity: Entity, id: string): AnyRecord | undefined => {
    const state = stateOf(entity, id);
    const record = state && buildRecord(state, registry);
    return record?.entity === entity.name ? record : undefined;
  };

  /** As everybody reads it: without a merge that does not count. Writing compares with what is stored. */
  const shownRecord = (entity: Entity, id: string): AnyRecord | undefined => {
    const record = recordOf(entity, id);
    if (!record || record.mergedInto === null || changed.has(id)) return record;
    return rooms.homeOf(id).get(id) ?? record;
  };

  const write = (entity: Entity, id: string, path: string, after: unknown) => {
    const original = stateIn(rooms, entity, id);
    const before = original ? winnerOf(original, entity, path) : { stamp: NO_STAMP, value: undefined };
    const state = changed.get(id) ?? copyState(original ?? newRecordState(id));
    putEdit(state, path, { stamp, value: after });
    changed.set(id, state);
    writes.set(`${id}/${path}`, { id, path, before: before.value, beforeStamp: before.stamp, after });
  };

  const tx: Tx = {
    stamp,
    now,
    today: dayOfInstant(now),
    actor,
    newId: (name) => idFor(registry[name], name, { at: now }),
    get: <E extends Entity>(entity: E, id: string) => shownRecord(entity, id) as RecordOf<E> | undefined,
    mergedFrom: (id) => rooms.homeOf(id).merges().mergedFrom(id),
    areTogether: (ids) => new Set(ids.map((id) => rooms.homeOf(id))).size <= 1,
    *all<E extends Entity>(entity: E) {
      const created = createdByEntity.get(entity.name) ?? [];
      const known = [...rooms.holding(entity)].flatMap((room) => [...room.ids(entity.name)]);
      for (const id of [...known, ...created]) {
        const record = shownRecord(entity, id);
        if (record && !record.deleted && record.mergedInto === null) yield record as unknown as RecordOf<E>;
      }
    },
    insert: <E extends Entity>(entity: E, values: Changes<E>, id: string = idFor(entity, entity.name, values)) => {
      if (stateOf(entity, id)?.base !== undefined)
        throw new CommandRefused('conflict', `There is already a ${entity.label.toLowerCase()} with this id.`);
      const base = baseOf(entity, values, stamp);
      const json = JSON.stringify(base);
      if (json.length > LONGEST_JSON)
        throw new CommandRefused(
          'invalid',
          `This ${entity.label.toLowerCase()} holds too much text: at most a million characters.`,
        );
      const state = copyState(stateIn(rooms, entity, id) ?? newRecordState(id));
      setBase(state, json);
      changed.set(id, state);
      const created = createdByEntity.get(entity.name);
      if (created) created.push(id);
      else createdByEntity.set(entity.name, [id]);
      const made = { id, path: BASE_PATH, before: undefined, beforeStamp: NO_STAMP, after: json };
      const space = entity.room === 'workspace' ? undefined : rooms.spaceForNew?.(entity, values, spaces);
      if (space !== undefined) spaces.set(id, space);
      writes.set(id, space === undefined ? made : { ...made, space });
      return id as Id<E['name']>;
    },
    patch: (entity, id, changes) => {
      const record = recordOf(entity, id);
      if (!record) throw new CommandRefused('missing', `This ${entity.label.toLowerCase()} is no longer there.`);
      for (const [name, value] of Object.entries(changes)) {
        if (value === undefined) continue;
        const field = checkedField(entity, name, value);
        if (!field.elements) {
          if (!sameJson(record[name], value)) write(entity, id, name, value);
          continue;
        }
        for (const [key, element] of changedElements(
          field,
          record[name] as readonly unknown[],
          value as readonly unknown[],
        )) {
          write(entity, id, elementPath(name, key), element);
        }
      }
    },
    settle: (entity, id, path) => {
      const state = stateOf(entity, id);
      if (!state) throw new CommandRefused('missing', `This ${entity.label.toLowerCase()} is no longer there.`);
      const { value } = winnerOf(state, entity, path);
      if (value !== undefined && !writes.has(`${id}/${path}`)) write(entity, id, path, value);
    },
  };
  return { tx, writes: () => [...writes.values()] };
}

/** An id that is none of this entity's is nowhere, and no reason to wait for another room. */
function stateIn(rooms: Rooms, entity: Entity, id: string): RecordState | undefined {
  return entityNameOf(id) === entity.name ? rooms.homeOf(id).stateOf(id) : undefined;
}

/** The timeline of an instant: its year in UTC, within the years a room can be named after. */
function yearOf(instant: number): number {
  return Math.min(2999, Math.max(1970, new Date(instant).getUTCFullYear() || 1970));
}

function checkedField(entity: Entity, name: string, value: unknown): AnyField {
  const field = fieldOf(entity, name);
  if (!field) throw new Error(`${entity.name} has no field ${name}`);
  if (!field.accepts(value)) throw new CommandRefused('invalid', `${field.label} cannot hold this value.`);
  if (field.required && field.sortKey(value) === null)
    throw new CommandRefused('invalid', `${field.label} cannot be empty.`);
  if (typeof value === 'string' && value.length > LONGEST_JSON)
    throw new CommandRefused('invalid', `${field.label} is too long: at most a million characters.`);
  return field;
}

/** The base of a new record: only what differs from the initial values, in the entity's own field order. */
function baseOf(entity: Entity, values: Readonly<Record<string, unknown>>, stamp: Stamp): Record<string, unknown> {
  for (const [name, value] of Object.entries(values)) if (value !== undefined) checkedField(entity, name, value);
  const base: Record<string, unknown> = { t: entity.name, s: stamp };
  for (const fields of [META_FIELDS, entity.fields]) {
    for (const [name, field] of Object.entries(fields) as [string, AnyField][]) {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined) {
        if (field.required) throw new CommandRefused('invalid', `${field.label} cannot be empty.`);
      } else if (!sameJson(value, field.initial)) {
        base[name] = field.elements ? normalizeElements(field.elements, value as readonly unknown[]) : value;
      }
    }
  }
  return base;
}

/** What differs between two values of a set-like field: element key → new element, or null where it was taken out. */
function changedElements(
  field: AnyField,
  before: readonly unknown[],
  after: readonly unknown[],
): ReadonlyMap<string, unknown> {
  const keyOf = (element: unknown): string => field.elements?.key(element) ?? '';
  const old = new Map(before.map((element) => [keyOf(element), element]));
  const differing = new Map<string, unknown>();
  for (const element of after) {
    const key = keyOf(element);
    if (!old.has(key) || !sameJson(old.get(key), element)) differing.set(key, element);
    old.delete(key);
  }
  for (const key of old.keys()) differing.set(key, null);
  return differing;
}

function sameJson(left: unknown, right: unknown): boolean {
  return left === right || JSON.stringify(left) === JSON.stringify(right);
}
