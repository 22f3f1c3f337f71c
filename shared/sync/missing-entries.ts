/**
 * What one document of records has and another lacks, entry by entry. A key says all about its entry (record, path, stamp),
 * so entries keep their meaning in another document: this is how changes survive when a document is left behind, by a new
 * generation, a restored backup or a wiped server.
 */
import type * as Y from 'yjs';
import { parseKey, RECORDS, splitPath } from './record-keys.ts';
import { creationStamp } from './record-state.ts';
import type { RoomRecords } from './room-records.ts';
import { isStampOf } from './stamp.ts';

export interface MissingEntry {
  readonly key: string;
  readonly value: unknown;
  /** Keys of the other document that whoever wrote this had seen and replaced. */
  readonly replaces: readonly string[];
}

/**
 * The entries of `from` that are news to `to`: records it does not have, and edits later than what it shows.
 *
 * @param memberId only what this member wrote, with the records it belongs to.
 */
export function missingEntries(from: Y.Doc, to: RoomRecords, memberId?: string): readonly MissingEntry[] {
  const map = from.getMap(RECORDS);
  const entries: MissingEntry[] = [];
  const bases = new Map<string, unknown>();
  const wanted = new Set<string>();
  map.forEach((value, key) => {
    const parsed = parseKey(key);
    if (parsed.kind === 'base') {
      if (to.stateOf(key)?.base === undefined) bases.set(key, value);
      return;
    }
    const { id, path, stamp } = parsed;
    if (path === '' || to.map.has(key) || isOlder(to, { id, path, stamp })) return;
    if (memberId !== undefined && !isStampOf(stamp, memberId)) return;
    wanted.add(id);
    entries.push({ key, value, replaces: seenBy(map, to, { id, path, stamp }) });
  });
  for (const [id, value] of bases) {
    if (memberId === undefined || wanted.has(id) || isBaseOf(value, memberId)) {
      entries.push({ key: id, value, replaces: [] });
    }
  }
  // Bases first, so that no reader sees edits of a record that is not there.
  return entries.sort((left, right) => Number(left.key.includes('/')) - Number(right.key.includes('/')));
}

/**
 * Whether what `to` shows was written later. A base that says nothing of the path was not: it counts for what it holds, and
 * a record that was begun anew (the settings of a workspace that was set up again) leaves the rest to what there was.
 */
function isOlder(to: RoomRecords, { id, path, stamp }: { id: string; path: string; stamp: string }): boolean {
  const shown = to.winner(id, path);
  if (stamp > shown.stamp) return false;
  const state = to.stateOf(id);
  if (state?.base === undefined || shown.stamp !== creationStamp(state)) return true;
  const { field } = splitPath(path);
  const isUntold = [path, field].every((each) => to.editStamps(id, each).length === 0);
  return !isUntold || to.winner(id, field).value !== undefined;
}

const STAMP_IN_BASE = /^\{"t":"[A-Za-z]+","s":"([0-9A-Za-z]{23})"/;

function isBaseOf(value: unknown, memberId: string): boolean {
  const stamp = typeof value === 'string' ? STAMP_IN_BASE.exec(value)?.[1] : undefined;
  return stamp !== undefined && isStampOf(stamp, memberId);
}

/** Older edits of the path in `to` that `from` once had and deleted: their replacement goes along. */
function seenBy(
  from: Y.Map<unknown>,
  to: RoomRecords,
  { id, path, stamp }: { id: string; path: string; stamp: string },
): readonly string[] {
  return to
    .editStamps(id, path)
    .filter((other) => other < stamp)
    .map((other) => `${id}/${path}/${other}`)
    .filter((key) => from._map.get(key)?.deleted === true);
}

/** Writes entries as they are. Call inside a transaction of `map`'s document. */
export function putEntry(map: Y.Map<unknown>, { key, value, replaces }: MissingEntry): void {
  map.set(key, value);
  for (const replaced of replaces) map.delete(replaced);
}
