/**
 * From base and edits to a record. Tolerant: whatever a peer wrote, a record comes out; values that a field does
 * not accept read as its initial value, fields this build does not know are kept in `extra`.
 *
 * Laws: the highest stamp per path wins, whatever the order of arrival; elements of a set are decided one by one;
 * the same base and edits give an equal record on every device.
 */

import type { Registry } from '../entities/registry.ts';
import { type AnyRecord, type Entity, META_FIELDS } from '../model/entity.ts';
import type { AnyField, ElementShape } from '../model/field.ts';
import { entityNameOf } from '../model/id.ts';
import { normalizeElements } from '../model/set-fields.ts';
import { readBase, splitPath } from './record-keys.ts';
import { isStamp, NO_STAMP, STAMP_LENGTH, type Stamp, stampTime } from './stamp.ts';

/** One live edit of a path. */
export interface Edit {
  readonly stamp: Stamp;
  readonly value: unknown;
}

/** Everything a room holds about one record. */
export interface RecordState {
  readonly id: string;
  /**
   * The base as it is stored; undefined while only edits have arrived: the record is not shown yet, its edits are kept.
   * Parsed when it is needed and not kept: the built record holds the same values.
   */
  base: unknown;
  /** Live edits per path, highest stamp first. More than one = people edited apart; the first is shown. */
  edits: Map<string, Edit[]> | null;
  /** Built on demand, dropped when anything changes. */
  record: AnyRecord | null;
}

export function newRecordState(id: string): RecordState {
  return { id, base: undefined, edits: null, record: null };
}

export function setBase(state: RecordState, stored: unknown): void {
  state.base = stored;
  state.record = null;
}

/** Adds or replaces the edit with this stamp. */
export function putEdit(state: RecordState, path: string, edit: Edit): void {
  state.record = null;
  state.edits ??= new Map();
  const before = state.edits.get(path);
  if (before === undefined) {
    state.edits.set(path, [edit]);
    return;
  }
  const others = before.filter(({ stamp }) => stamp !== edit.stamp);
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

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** How the bases of an entity begin when this build wrote them: `{"t":"contact","s":"`. That of the last id is kept. */
let usual = { idStart: '_', baseStart: '{"t":"","s":"' };
/** How the last base began, and its stamp: what was imported together has one stamp. */
let recentStart = { text: '{"t":"","s":""', stamp: NO_STAMP };

/** The stamp of a record's creation; '' when it is not known. Found without parsing where this build wrote the base. */
export function creationStamp({ id, base }: Pick<RecordState, 'id' | 'base'>): Stamp {
  if (typeof base !== 'string') return NO_STAMP;
  if (!id.startsWith(usual.idStart)) {
    const name = entityNameOf(id);
    usual = { idStart: `${name}_`, baseStart: `{"t":"${name}","s":"` };
  }
  if (base.startsWith(recentStart.text)) return recentStart.stamp;
  const at = usual.baseStart.length;
  if (base.startsWith(usual.baseStart) && base[at + STAMP_LENGTH] === '"') {
    const stamp = base.slice(at, at + STAMP_LENGTH);
    if (isStamp(stamp)) {
      recentStart = { text: `${usual.baseStart}${stamp}"`, stamp };
      return stamp;
    }
  }
  return stampOf(readBase(base).s);
}

/** The highest stamp a base speaks of: clocks must be above it, or a new edit would lose against a folded value. */
export function highestStampIn(state: Pick<RecordState, 'id' | 'base'>): Stamp {
  const { base } = state;
  // Only bases that were folded are parsed. Looked for without its first quote: every value has one of those, and each
  // would be a place to begin at.
  return typeof base === 'string' && base.includes('f":{') ? newestOf(readBase(base)) : creationStamp(state);
}

/** The stamp of a value that was folded into the base after its creation: edits below it are void. '' for any other path. */
function foldedStamp(base: Readonly<Record<string, unknown>>, path: string): Stamp {
  const folded = base.f;
  if (typeof folded !== 'object' || folded === null || !Object.hasOwn(folded, path)) return NO_STAMP;
  return stampOf((folded as Record<string, unknown>)[path]);
}

/** The newest stamp in a base: that of its creation, or of what was folded into it. */
function newestOf(base: Readonly<Record<string, unknown>>): Stamp {
  let newest = textOf(base.s);
  const { f } = base;
  if (typeof f === 'object' && f !== null) {
    for (const stamp of Object.values(f)) if (stampOf(stamp) > newest) newest = stampOf(stamp);
  }
  return newest;
}

/**
 * The edits of a path and, where all of them are older than what was folded into the base, the folded value as one more: it
 * was written apart. An edit above a folded value has replaced it.
 */
export function editsApart(state: RecordState, path: string): readonly Edit[] {
  const edits = editsOf(state, path);
  const newest = edits[0];
  if (newest === undefined || typeof state.base !== 'string' || !state.base.includes('"f":{')) return edits;
  const base = readBase(state.base);
  const stamp = foldedStamp(base, path);
  if (newest.stamp >= stamp) return edits;
  return [...edits, { stamp, value: base[path] }].sort((left, right) => (left.stamp < right.stamp ? 1 : -1));
}

/** What is no stamp would sort above every stamp there will ever be: it counts as none. */
function stampOf(stored: unknown): Stamp {
  const text = textOf(stored);
  return isStamp(text) ? text : NO_STAMP;
}

/**
 * What is shown for a path: the winning edit, else the base's value with the stamp of the folding or the creation. An edit
 * counts even below the stamp of the creation: when two people import the same file apart, the record is made twice, and
 * which base stays is chance. What somebody has changed since must not hang on that.
 */
export function winnerOf(state: RecordState, entity: Entity | undefined, path: string): Edit {
  const base = readBase(state.base);
  const edit = editsOf(state, path)[0];
  const { field, element } = splitPath(path);
  const folded = foldedStamp(base, path);
  if (edit && edit.stamp >= folded) return edit;
  const stamp = folded === NO_STAMP ? stampOf(base.s) : folded;
  const stored = Object.hasOwn(base, field) ? base[field] : undefined;
  if (stored === undefined) return { stamp, value: undefined };
  if (element === null) return { stamp, value: stored };
  const shape = entity?.fields[field]?.elements;
  const isWanted = (each: unknown) => shape?.accepts(each) && shape.key(each) === element;
  const found: unknown = Array.isArray(stored) ? stored.find(isWanted) : undefined;
  return { stamp, value: found };
}

/** What an entity's records are made from: an object with every field in place, and the fields by name. */
interface Mould {
  readonly template: Readonly<Record<string, unknown>>;
  readonly fields: ReadonlyMap<string, AnyField>;
}

/**
 * One per entity, so that 50,000 records share one shape and are made by copying a template and laying the base's few
 * values over it: 66,000 records in half the time of filling each field by field.
 */
const moulds = new WeakMap<Entity, Mould>();
const UNKNOWN_MOULD = makeMould(undefined);

function makeMould(entity: Entity | undefined): Mould {
  const fields = new Map<string, AnyField>(Object.entries({ ...META_FIELDS, ...entity?.fields }));
  const names = ['id', 'entity', 'createdAt', 'updatedAt', ...fields.keys(), 'extra'];
  // Through JSON, because V8 copies an object that was filled key by key fifteen times slower (670 ms against 44 ms).
  const template = JSON.parse(JSON.stringify(Object.fromEntries(names.map((each) => [each, null])))) as Record<
    string,
    unknown
  >;
  template.entity = entity?.name ?? null;
  for (const [each, field] of fields) template[each] = field.initial;
  return { template, fields };
}

/** The mould of the last id: records of one entity are made in a row. */
let recent: { readonly registry: Registry; readonly idStart: string; readonly mould: Mould } | null = null;

function mouldOf(id: string, registry: Registry): Mould {
  if (recent !== null && recent.registry === registry && id.startsWith(recent.idStart)) return recent.mould;
  const name = entityNameOf(id);
  const mould = mouldNamed(name, registry);
  if (name !== '') recent = { registry, idStart: `${name}_`, mould };
  return mould;
}

function mouldNamed(name: string, registry: Registry): Mould {
  const entity = Object.hasOwn(registry, name) ? registry[name] : undefined;
  if (!entity) return UNKNOWN_MOULD;
  let mould = moulds.get(entity);
  if (!mould) {
    mould = makeMould(entity);
    moulds.set(entity, mould);
  }
  return mould;
}

/** The record of a state, or null while its base has not arrived. Cached in the state. */
export function buildRecord(state: RecordState, registry: Registry): AnyRecord | null {
  if (state.record !== null) return state.record;
  if (state.base === undefined) return null;
  const { template, fields } = mouldOf(state.id, registry);
  const base = readBase(state.base);
  const record: Record<string, unknown> = { ...template };
  let extra: Record<string, unknown> | null = null;
  record.id = state.id;
  if (template.entity === null) record.entity = entityNameOf(state.id);
  for (const key in base) {
    const field = fields.get(key);
    if (field) {
      const value = base[key];
      if (field.accepts(value)) record[key] = value;
    } else if (key !== 't' && key !== 's' && key !== 'f') {
      extra ??= Object.create(null) as Record<string, unknown>;
      extra[key] = base[key];
    }
  }
  record.createdAt = stampTime(textOf(base.s));
  record.updatedAt = base.f === undefined ? record.createdAt : stampTime(newestOf(base));
  if (state.edits !== null) extra = layEdits(record, { base, edits: state.edits, fields, extra });
  if (extra !== null) record.extra = Object.freeze(extra);
  // Readonly by type only: freezing takes 7 µs a record, more than half of opening a workspace.
  state.record = record as unknown as AnyRecord;
  return state.record;
}

interface EditsToLay {
  readonly base: Readonly<Record<string, unknown>>;
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly fields: ReadonlyMap<string, AnyField>;
  readonly extra: Record<string, unknown> | null;
}

/** Whole fields first, then single elements over them. Returns what this build does not know. */
function layEdits(
  record: Record<string, unknown>,
  { base, edits, fields, extra }: EditsToLay,
): Record<string, unknown> | null {
  const elements = new Map<string, Map<string, Edit>>();
  let unknown = extra;
  let newest = newestOf(base);
  for (const [path, [edit]] of edits) {
    if (edit === undefined || path === '') continue;
    if (edit.stamp > newest) newest = edit.stamp;
    const { field: name, element } = splitPath(path);
    const field = fields.get(name);
    if (!field) {
      unknown ??= Object.create(null) as Record<string, unknown>;
      unknown[path] = edit.value;
      continue;
    }
    if (edit.stamp < foldedStamp(base, path)) continue;
    if (element === null) {
      record[name] = field.accepts(edit.value) ? edit.value : field.initial;
    } else if (field.elements) {
      const ofField = elements.get(name) ?? new Map<string, Edit>();
      elements.set(name, ofField.set(element, edit));
    }
  }
  for (const [name, ofField] of elements) {
    const shape = fields.get(name)?.elements;
    if (shape)
      record[name] = mergeElements(record[name] as readonly unknown[], shape, ofField, edits.get(name)?.[0]?.stamp);
  }
  record.updatedAt = stampTime(newest);
  return unknown;
}

/** Lays element edits over a set; `since` is the stamp of an edit that replaced the whole set: older ones are void. */
function mergeElements(
  value: readonly unknown[],
  // biome-ignore lint/suspicious/noExplicitAny: a shape is only used with elements of its own field.
  shape: ElementShape<any>,
  edits: ReadonlyMap<string, Edit>,
  since: Stamp = NO_STAMP,
): readonly unknown[] {
  const elements = new Map(value.map((element) => [shape.key(element), element]));
  for (const [key, edit] of edits) {
    if (edit.stamp < since) continue;
    if (edit.value === null) elements.delete(key);
    else if (shape.accepts(edit.value)) elements.set(key, edit.value);
  }
  return normalizeElements(shape, elements.values());
}
