/**
 * The records of one document in a fresh one: the values that are shown move from edits into the bases, with their stamps
 * (`f`), and what was deleted or replaced leaves no trace. Reading either document gives equal records; an edit that comes
 * late wins or loses against a folded value as it would have against the edit.
 *
 * Kept as they are: paths that people edited apart (both values), elements of sets, fields this build does not know, and
 * edits whose record has not arrived.
 */
import * as Y from 'yjs';
import type { Registry } from '../entities/registry.ts';
import { META_FIELDS } from '../model/entity.ts';
import { entityNameOf } from '../model/id.ts';
import { parseKey, RECORDS, readBase } from './record-keys.ts';
import { isStamp } from './stamp.ts';

interface LiveEdit {
  readonly key: string;
  readonly path: string;
  readonly stamp: string;
  readonly value: unknown;
}

export function foldRecords(from: Y.Doc, registry: Registry): Y.Doc {
  const bases = new Map<string, unknown>();
  const edits = new Map<string, LiveEdit[]>();
  from.getMap(RECORDS).forEach((value, key) => {
    const parsed = parseKey(key);
    if (parsed.kind === 'base') {
      bases.set(key, value);
      return;
    }
    const edit = { key, path: parsed.path, stamp: parsed.stamp, value };
    const others = edits.get(parsed.id);
    if (others === undefined) edits.set(parsed.id, [edit]);
    else others.push(edit);
  });
  const doc = new Y.Doc();
  const map = doc.getMap(RECORDS);
  doc.transact(() => {
    for (const [id, base] of bases) {
      const ofRecord = edits.get(id);
      edits.delete(id);
      if (ofRecord === undefined) map.set(id, base);
      else putFolded(map, { id, base, edits: ofRecord, registry });
    }
    for (const left of edits.values()) for (const { key, value } of left) map.set(key, value);
  });
  return doc;
}

interface Folding {
  readonly id: string;
  readonly base: unknown;
  readonly edits: readonly LiveEdit[];
  readonly registry: Registry;
}

function putFolded(map: Y.Map<unknown>, { id, base, edits, registry }: Folding): void {
  const name = entityNameOf(id);
  const fields = { ...META_FIELDS, ...(Object.hasOwn(registry, name) ? registry[name]?.fields : undefined) };
  const values: Record<string, unknown> = { ...readBase(base) };
  const stamps: Record<string, unknown> = { ...(values.f as Record<string, unknown> | undefined) };
  const paths = new Map<string, number>();
  for (const { path } of edits) paths.set(path, (paths.get(path) ?? 0) + 1);
  let count = 0;
  for (const { key, path, stamp, value } of edits) {
    const field = Object.hasOwn(fields, path) ? fields[path as keyof typeof fields] : undefined;
    const folded = Object.hasOwn(stamps, path) ? stamps[path] : '';
    if (typeof folded === 'string' && stamp < folded) continue;
    const isPlain = field !== undefined && field.elements === undefined && field.accepts(value);
    if (isPlain && paths.get(path) === 1 && isStamp(stamp)) {
      values[path] = value;
      stamps[path] = stamp;
      count++;
    } else map.set(key, value);
  }
  if (count === 0) map.set(id, base);
  else {
    const { t, s, f: _former, ...rest } = values;
    map.set(id, JSON.stringify({ t, s, f: stamps, ...rest }));
  }
}

/** Keys that were ever written for each key that is a record: what folding would take away. */
export function editWeight(doc: Y.Doc): { readonly keys: number; readonly bases: number } {
  const map = doc.getMap(RECORDS);
  let bases = 0;
  map._map.forEach((item, key) => {
    if (!item.deleted && !key.includes('/')) bases++;
  });
  return { keys: map._map.size, bases };
}

/** Texts that several people write at once cannot be carried over entry by entry: a room that has some keeps its generation. */
export function hasTexts(doc: Y.Doc): boolean {
  for (const [name, type] of doc.share) if (name.startsWith('text:') && type._start !== null) return true;
  return false;
}
