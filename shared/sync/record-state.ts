/**
 * From base and edits to a record. Tolerant: whatever a peer wrote, a record comes out; values that a field does
 * not accept read as its initial value, fields this build does not know are kept in `extra`.
 *
 * Laws: the highest stamp per path wins, whatever the order of arrival; elements of a set are decided one by one;
 * the same base and edits give an equal record on every device.
 */

import type { Registry } from '../entities/registry.ts';
import { type AnyRecord, type Entity, META_FIELDS } from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';
import { entityNameOf } from '../model/id.ts';
import { normalizeElements } from '../model/set-fields.ts';
import { readBase, splitPath } from './record-keys.ts';
import { NO_STAMP, type Stamp, stampTime } from './stamp.ts';

/** One live edit of a path. */
export interface Edit {
  readonly stamp: Stamp;
  readonly value: unknown;
}

/** Everything a room holds about one record. */
export interface RecordState {
  readonly id: string;
  /** Null while only edits have arrived: the record is not shown yet, its edits are kept. */
  base: Readonly<Record<string, unknown>> | null;
  /** Live edits per path, highest stamp first. More than one = people edited apart; the first is shown. */
  edits: Map<string, Edit[]> | null;
  /** Built on demand, dropped when anything changes. */
  record: AnyRecord | null;
}

export function newRecordState(id: string): RecordState {
  return { id, base: null, edits: null, record: null };
}

export function setBase(state: RecordState, stored: unknown): void {
  state.base = readBase(stored);
  state.record = null;
}

/** Adds or replaces the edit with this stamp. */
export function putEdit(state: RecordState, path: string, edit: Edit): void {
  state.record = null;
  state.edits ??= new Map();
  const others = (state.edits.get(path) ?? []).filter(({ stamp }) => stamp !== edit.stamp);
  state.edits.set(
    path,
    [...others, edit].sort((left, right) => (left.stamp < right.stamp ? 1 : -1)),
  );
}

export function dropEdit(state: RecordState, path: string, stamp: Stamp): void {
  const left = state.edits?.get(path)?.filter((edit) => edit.stamp !== stamp);
  if (left === undefined) return;
  state.record = null;
  if (left.length > 0) state.edits?.set(path, left);
  else state.edits?.delete(path);
}

export function editsOf(state: RecordState, path: string): readonly Edit[] {
  return state.edits?.get(path) ?? [];
}

/** A copy that can be edited without the original noticing. */
export function copyState(state: RecordState): RecordState {
  return { ...state, edits: state.edits && new Map(state.edits) };
}

export function entityNameOfState(state: RecordState): string {
  const name = state.base?.t;
  return typeof name === 'string' ? name : entityNameOf(state.id);
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The stamp that a path's value in the base carries. */
function baseStamp(base: Readonly<Record<string, unknown>>, path: string): Stamp {
  const folded = base.f;
  if (typeof folded === 'object' && folded !== null && Object.hasOwn(folded, path))
    return textOf((folded as Record<string, unknown>)[path]);
  return textOf(base.s);
}

/** What is shown for a path: the winning edit, else the base's value (stamp of its creation), else nothing. */
export function winnerOf(state: RecordState, entity: Entity | undefined, path: string): Edit {
  const base = state.base ?? {};
  const edit = editsOf(state, path)[0];
  const { field, element } = splitPath(path);
  const stamp = baseStamp(base, path);
  if (edit && edit.stamp >= stamp) return edit;
  const stored = Object.hasOwn(base, field) ? base[field] : undefined;
  if (stored === undefined) return { stamp: NO_STAMP, value: undefined };
  if (element === null) return { stamp, value: stored };
  const shape = entity?.fields[field]?.elements;
  const found =
    Array.isArray(stored) && shape
      ? stored.find((each) => shape.accepts(each) && shape.key(each) === element)
      : undefined;
  return { stamp: found === undefined ? NO_STAMP : stamp, value: found };
}

/** The record of a state, or null while its base has not arrived. Cached in the state. */
export function buildRecord(state: RecordState, registry: Registry): AnyRecord | null {
  if (state.record !== null) return state.record;
  if (state.base === null) return null;
  const name = entityNameOfState(state);
  const entity = Object.hasOwn(registry, name) ? registry[name] : undefined;
  const record: Record<string, unknown> = {
    id: state.id,
    entity: name,
    createdAt: stampTime(textOf(state.base.s)),
    updatedAt: newestTime(state),
  };
  let known = 0;
  for (const fields of entity ? [META_FIELDS, entity.fields] : [META_FIELDS]) {
    for (const field in fields) {
      if (Object.hasOwn(state.base, field)) known++;
      record[field] = readField(state, field, fields[field as keyof typeof fields] as AnyField);
    }
  }
  record.extra = readExtra(state, state.base, entity, known);
  state.record = Object.freeze(record) as unknown as AnyRecord;
  return state.record;
}

function newestTime(state: RecordState): number {
  let newest = textOf(state.base?.s);
  for (const edits of state.edits?.values() ?? []) {
    const stamp = edits[0]?.stamp ?? '';
    if (stamp > newest) newest = stamp;
  }
  return stampTime(newest);
}

function readField(state: RecordState, name: string, field: AnyField): unknown {
  const base = state.base ?? {};
  let stored = Object.hasOwn(base, name) ? base[name] : undefined;
  if (state.edits === null) return stored === undefined ? field.initial : accepted(field, stored);
  const whole = state.edits.get(name)?.[0];
  const wins = whole !== undefined && whole.stamp >= baseStamp(base, name);
  if (wins) stored = whole.value;
  const value = stored === undefined ? field.initial : accepted(field, stored);
  return field.elements ? mergeElements(state, name, field, value, wins ? whole.stamp : null) : value;
}

function accepted(field: AnyField, stored: unknown): unknown {
  if (!field.accepts(stored)) return field.initial;
  return field.elements && Array.isArray(stored) && !Object.isFrozen(stored)
    ? normalizeElements(field.elements, stored)
    : stored;
}

/** Lays element edits over a set; `since` is the stamp of an edit that replaced the whole set. */
function mergeElements(
  state: RecordState,
  name: string,
  field: AnyField,
  value: readonly unknown[],
  since: Stamp | null,
): readonly unknown[] {
  const shape = field.elements;
  const prefix = `${name}:`;
  let elements: Map<string, unknown> | null = null;
  for (const [path, edits] of state.edits ?? []) {
    const edit = edits[0];
    if (!shape || !edit || !path.startsWith(prefix)) continue;
    if (edit.stamp < (since ?? baseStamp(state.base ?? {}, path))) continue;
    elements ??= new Map(value.map((element) => [shape.key(element), element]));
    if (edit.value === null) elements.delete(path.slice(prefix.length));
    else if (shape.accepts(edit.value)) elements.set(path.slice(prefix.length), edit.value);
  }
  return elements && shape ? normalizeElements(shape, elements.values()) : value;
}

const BASE_KEYS = ['t', 's', 'f'];

function readExtra(
  state: RecordState,
  base: Readonly<Record<string, unknown>>,
  entity: Entity | undefined,
  known: number,
): Readonly<Record<string, unknown>> | null {
  const isKnown = (field: string) =>
    BASE_KEYS.includes(field) ||
    Object.hasOwn(META_FIELDS, field) ||
    (entity !== undefined && Object.hasOwn(entity.fields, field));
  const extra = Object.create(null) as Record<string, unknown>;
  const keys = Object.keys(base);
  if (keys.length - known > (Object.hasOwn(base, 'f') ? 3 : 2)) {
    for (const field of keys) if (!isKnown(field)) extra[field] = base[field];
  }
  for (const [path, edits] of state.edits ?? []) {
    if (path !== '' && edits[0] !== undefined && !isKnown(splitPath(path).field)) extra[path] = edits[0].value;
  }
  for (const _ in extra) return Object.freeze(extra);
  return null;
}
