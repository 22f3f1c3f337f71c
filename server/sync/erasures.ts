/**
 * What an update would take out of the records for good. Nobody's client does that: deleting a record is an edit that
 * can be taken back, and an edit goes only when a newer one of the same path comes in its place. Whoever sends something
 * else wants to make values disappear without a trace in the history.
 *
 * There are two ways to erase: to name what others wrote in the list of deletions (eight bytes can name a thousand
 * records), and to write a deleted value over a key, which Yjs then takes away.
 */
import * as Y from 'yjs';
import { type ParsedKey, parseKey, RECORDS } from '../../shared/sync/record-keys.ts';
import { type DeleteRange, PLACED, type ScannedUpdate } from './scan-update.ts';

export interface SplitDeletes {
  readonly allowed: readonly DeleteRange[];
  readonly erasing: readonly DeleteRange[];
}

type EditKey = Extract<ParsedKey, { kind: 'edit' }>;

const pathOf = ({ id, path }: EditKey) => `${id}/${path}`;

/**
 * Divides deletions of what the document holds. Those beyond its clocks (what comes with the update itself) are allowed;
 * those that follow from what the update brings are left out.
 *
 * @param ranges disjoint, and without what is deleted already.
 */
export function splitErasures(doc: Y.Doc, update: ScannedUpdate, ranges: readonly DeleteRange[]): SplitDeletes {
  const records = doc.getMap<unknown>(RECORDS) as unknown as Y.AbstractType<unknown>;
  const allowed: DeleteRange[] = [];
  const erasing: DeleteRange[] = [];
  const unsure: { readonly range: DeleteRange; readonly key: EditKey }[] = [];
  let written: ReadonlyMap<string, string> | null = null;
  let made: ReadonlySet<string> | null = null;
  for (const range of ranges) {
    for (const part of recordParts(doc, records, range)) {
      if (part.key === null) {
        allowed.push(part.range);
        continue;
      }
      const parsed = parseKey(part.key);
      if (parsed.kind === 'base') {
        // Two who imported the same made the same record. Yjs itself decides between them when the other one is taken in.
        made ??= newBases(doc, update);
        if (!made.has(part.key)) erasing.push(part.range);
        continue;
      }
      written ??= newestWritten(update);
      if ((written.get(pathOf(parsed)) ?? '') > parsed.stamp) allowed.push(part.range);
      else unsure.push({ range: part.range, key: parsed });
    }
  }
  if (unsure.length > 0) {
    const newest = newestAmong(records, new Set(unsure.map(({ key }) => pathOf(key))));
    for (const { range, key } of unsure) {
      if ((newest.get(pathOf(key)) ?? '') > key.stamp) allowed.push(range);
      else erasing.push(range);
    }
  }
  return { allowed, erasing };
}

/**
 * The keys of the records that deletions take out of the document; what comes with the update itself is none of them. Null
 * when they take away anything else.
 */
export function keysDeleted(doc: Y.Doc, ranges: readonly DeleteRange[]): readonly string[] | null {
  const records = doc.getMap<unknown>(RECORDS) as unknown as Y.AbstractType<unknown>;
  const keys: string[] = [];
  for (const range of ranges) {
    for (const { key, range: part } of recordParts(doc, records, range)) {
      if (key !== null) keys.push(key);
      else if (part.clock < Y.getState(doc.store, part.client)) return null;
    }
  }
  return keys;
}

interface RecordPart {
  readonly range: DeleteRange;
  /** The key of the records that would go; null for anything else. */
  readonly key: string | null;
}

/** Cuts a range at the entries of the records it names; what lies between stays in one piece. */
function* recordParts(doc: Y.Doc, records: unknown, range: DeleteRange): Generator<RecordPart> {
  const { client, clock, length } = range;
  const end = clock + length;
  const structs = doc.store.clients.get(client) ?? [];
  const known = Math.min(end, Y.getState(doc.store, client));
  let from = clock;
  for (let index = clock < known ? Y.findIndexSS(structs, clock) : structs.length; index < structs.length; index++) {
    const struct = structs[index];
    if (struct === undefined || struct.id.clock >= known) break;
    if (!(struct instanceof Y.Item) || struct.deleted || struct.parent !== records || struct.parentSub === null)
      continue;
    const start = Math.max(clock, struct.id.clock);
    const stop = Math.min(end, struct.id.clock + struct.length);
    if (start > from) yield { range: { client, clock: from, length: start - from }, key: null };
    yield { range: { client, clock: start, length: stop - start }, key: struct.parentSub };
    from = stop;
  }
  if (from < end) yield { range: { client, clock: from, length: end - from }, key: null };
}

/** Records that the update makes, and that the document may have from somebody else. */
function newBases(doc: Y.Doc, update: ScannedUpdate): ReadonlySet<string> {
  const isNew = ({ client, clock }: { client: number; clock: number }) => clock >= Y.getState(doc.store, client);
  const isDeleted = deletedIn(update);
  return new Set(
    update.keys
      .filter((each) => each.isLive && isNew(each) && !isDeleted(each.client, each.clock))
      .map(({ key }) => key),
  );
}

/** Path → the highest stamp that the update writes there and leaves there. */
function newestWritten(update: ScannedUpdate): Map<string, string> {
  const newest = new Map<string, string>();
  const isDeleted = deletedIn(update);
  for (const { key, client, clock, isLive } of update.keys) {
    const parsed = parseKey(key);
    if (parsed.kind === 'base' || !isLive) continue;
    const path = pathOf(parsed);
    if (parsed.stamp > (newest.get(path) ?? '') && !isDeleted(client, clock)) newest.set(path, parsed.stamp);
  }
  return newest;
}

/** Path → the highest stamp that the document shows there. */
function newestAmong(records: Y.AbstractType<unknown>, paths: ReadonlySet<string>): Map<string, string> {
  const newest = new Map<string, string>();
  for (const [key, item] of records._map) {
    if (item.deleted) continue;
    const parsed = parseKey(key);
    if (parsed.kind === 'base') continue;
    const path = pathOf(parsed);
    if (paths.has(path) && parsed.stamp > (newest.get(path) ?? '')) newest.set(path, parsed.stamp);
  }
  return newest;
}

/**
 * True when the update puts something deleted over a key that the document shows: directly, or at the end of a chain of
 * values that begins at such a key. What the document has already it puts nowhere, although an upload may repeat it, deleted
 * because its writer has replaced it since: whether that may go is for `splitErasures` to say.
 */
export function buriesKeys(doc: Y.Doc, update: ScannedUpdate): boolean {
  const records = doc.getMap<unknown>(RECORDS) as unknown as Y.AbstractType<unknown>;
  const isDeleted = deletedIn(update);
  const isKnown = (client: number, last: number) => last < Y.getState(doc.store, client);
  /** Where, in the update itself, a chain over a key of the records goes on from. */
  const chained = new Set<string>();
  for (const { key, client, clock, last, isLive } of update.keys) {
    if (isKnown(client, last) || records._map.get(key)?.deleted !== false) continue;
    if (!isLive || isDeleted(client, clock)) return true;
    chained.add(`${client} ${clock}`);
  }
  const isInRecords = (client: number, clock: number) => {
    if (clock >= Y.getState(doc.store, client)) return chained.has(`${client} ${clock}`);
    const item = Y.getItem(doc.store, Y.createID(client, clock));
    return item instanceof Y.Item && (item.parent as unknown) === records && item.parentSub !== null;
  };
  const { placed } = update;
  // A chain may run through several blocks in any order; what honest clients send begins none.
  for (let grew = true; grew; ) {
    grew = false;
    for (let at = 0; at < placed.length; at += PLACED.numbers) {
      const [client = 0, clock = 0, last = 0, flags = 0] = placed.slice(at, at + 4);
      if ((flags & PLACED.behind) === 0 || isKnown(client, last) || chained.has(`${client} ${last}`)) continue;
      if (!isInRecords(placed[at + 4] ?? 0, placed[at + 5] ?? 0)) continue;
      if ((flags & PLACED.isLive) === 0 || isDeleted(client, clock)) return true;
      chained.add(`${client} ${last}`);
      grew = true;
    }
  }
  return false;
}

/** Whether the update deletes what it brings itself. */
function deletedIn(update: ScannedUpdate): (client: number, clock: number) => boolean {
  const byClient = new Map<number, DeleteRange[]>();
  for (const range of update.deletes) {
    const ranges = byClient.get(range.client);
    if (ranges === undefined) byClient.set(range.client, [range]);
    else ranges.push(range);
  }
  return (client, clock) => {
    const ranges = byClient.get(client) ?? [];
    let low = 0;
    let high = ranges.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const range = ranges[middle];
      if (range === undefined || clock < range.clock) high = middle;
      else if (clock >= range.clock + range.length) low = middle + 1;
      else return true;
    }
    return false;
  };
}
