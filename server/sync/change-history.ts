/**
 * What changed, for people: one row per field that an update changed. The user is the one whose session delivered it,
 * never what the payload says.
 *
 * A new edit of a path removes the older edits of that path that its writer had seen; the newest of those is what the
 * writer changed, and the base's value when there was none.
 */
import type * as Y from 'yjs';
import { editKey, parseKey, RECORDS, readBase, splitPath } from '../../shared/sync/record-keys.ts';
import { stampTime } from '../../shared/sync/stamp.ts';
import type { ChangeRow } from '../storage/update-log.ts';
import { stampsIn } from './entry-stamps.ts';

/** A stamp further ahead of the server's clock than this is flagged. */
export const CLOCK_TOLERANCE_MS = 120_000;

/** Origin of the Yjs transaction that applies one update; `seq` 0 while a change of the server is not stored yet. */
export class Applied {
  readonly seq: number;
  readonly userId: string | null;
  readonly at: number;

  constructor(update: { readonly seq: number; readonly userId: string | null; readonly at: number }) {
    this.seq = update.seq;
    this.userId = update.userId;
    this.at = update.at;
  }
}

/** Calls `record` with the rows of each transaction whose origin is `Applied`. Returns how to stop. */
export function watchChanges(room: string, doc: Y.Doc, record: (rows: ChangeRow[]) => void): () => void {
  const records = doc.getMap<unknown>(RECORDS);
  const observer = (event: Y.YMapEvent<unknown>, transaction: Y.Transaction) => {
    if (transaction.origin instanceof Applied) record(rowsOf(room, records, event, transaction.origin));
  };
  records.observe(observer);
  return () => records.unobserve(observer);
}

/** Keys of what these rows tell that has a stamp from the future. */
export function keysAhead(rows: readonly ChangeRow[]): readonly string[] {
  return rows.flatMap(({ flag, record, field, stamp }) =>
    flag === null ? [] : [field === '' ? record : editKey(record, field, stamp ?? '')],
  );
}

function rowsOf(room: string, records: Y.Map<unknown>, event: Y.YMapEvent<unknown>, applied: Applied): ChangeRow[] {
  const { seq, userId, at } = applied;
  const rows: ChangeRow[] = [];
  const replaced = new Map<string, { stamp: string; value: unknown }>();
  for (const [key, change] of event.changes.keys) {
    const parsed = parseKey(key);
    if (change.action !== 'delete' || parsed.kind !== 'edit') continue;
    const path = `${parsed.id}/${parsed.path}`;
    const other = replaced.get(path);
    if (other === undefined || parsed.stamp > other.stamp) {
      replaced.set(path, { stamp: parsed.stamp, value: change.oldValue as unknown });
    }
  }
  const row = (record: string, field: string, old: unknown, value: unknown) => ({
    seq,
    room,
    record,
    field,
    old: toJson(old),
    new: toJson(value),
    userId,
    device: 0,
    stamp: null as string | null,
    flag: null as string | null,
    at,
  });
  const ahead = (key: string, value: unknown) =>
    stampsIn({ key, value }).some((stamp) => stampTime(stamp) > at + CLOCK_TOLERANCE_MS) ? 'clock-ahead' : null;

  for (const [key, change] of event.changes.keys) {
    const parsed = parseKey(key);
    const device = records._map.get(key)?.id.client ?? 0;
    if (change.action === 'delete') {
      // A purge; edits that a newer edit replaced are told by that one.
      if (parsed.kind === 'base') rows.push({ ...row(parsed.id, '', change.oldValue, undefined), device });
      continue;
    }
    if (parsed.kind === 'base') {
      const { s } = readBase(records.get(key));
      const stamp = typeof s === 'string' ? s : null;
      const old: unknown = change.action === 'update' ? change.oldValue : undefined;
      // A creation is not copied here: the base stays in the room as it was written.
      const value = change.action === 'update' ? records.get(key) : undefined;
      rows.push({ ...row(parsed.id, '', old, value), device, stamp, flag: ahead(key, records.get(key)) });
      continue;
    }
    const path = `${parsed.id}/${parsed.path}`;
    const old = replaced.get(path)?.value ?? baseValue(records, parsed.id, parsed.path);
    replaced.delete(path);
    const { stamp } = parsed;
    rows.push({
      ...row(parsed.id, parsed.path, old, records.get(key)),
      device,
      stamp,
      flag: ahead(key, records.get(key)),
    });
  }
  return rows;
}

function baseValue(records: Y.Map<unknown>, id: string, path: string): unknown {
  const { field, element } = splitPath(path);
  return element === null ? readBase(records.get(id))[field] : undefined;
}

/** What JSON cannot say (a peer may have stored anything) is told as nothing: history must not keep an update out. */
function toJson(value: unknown): string | null {
  if (value === undefined) return null;
  try {
    return JSON.stringify(value) ?? null;
  } catch {
    return null;
  }
}
