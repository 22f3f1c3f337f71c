/**
 * What was done, one line per action however much it changed: an import of 45,000 rows is one, as is an edit of one field.
 * One stamp is one action, but a long one is written in slices with a stamp each; those that a tab wrote one right after the
 * other belong together. Nobody's inbox or own settings are told.
 */
import type { Database } from 'better-sqlite3';
import { stampTime, stampWriter } from '../../shared/sync/stamp.ts';
import type { HistoryQuery, HistoryRow } from './history.ts';

export interface ActionRow {
  /** Id of its newest change: where the next page begins. */
  readonly id: number;
  /** Epoch ms when the server took its newest change. */
  readonly at: number;
  readonly user: string | null;
  /** The oldest first; empty for a removal for good. */
  readonly stamps: readonly string[];
  readonly changes: number;
  readonly records: number;
  /** Records it made. */
  readonly made: number;
  /** It put back what the change before had replaced, as undo does. */
  readonly putBack: boolean;
  /** The first of its changes, in order; not more than its words need. */
  readonly sample: readonly HistoryRow[];
}

export type ActionQuery = Omit<HistoryQuery, 'record' | 'merged'>;

export interface ActionList {
  /** Newest first. */
  actions(query: ActionQuery): readonly ActionRow[];
}

interface Newest {
  readonly id: number;
  readonly seq: number;
  readonly stamp: string | null;
}

/** What one stamp, or one removal for good, did. */
interface Part {
  readonly id: number;
  readonly changes: number;
  readonly records: number;
  readonly made: number;
  readonly deleted: number;
}

/** So many changes of an action are read for its words. */
const SAMPLE = 60;
/** So many changes that undo something make an action that puts back. */
const LOOKED_AT = 3;
/** A slice has at least so many records, but for the last one. */
const SLICE_RECORDS = 20;
/** A slice follows the one before within so many ms; those that make records, or put them into the trash, may take longer. */
const GAP_MS = 500;
const LONG_GAP_MS = 2_000;
/** Between two slices of many records, on a device that is busy with other things. */
const LONGEST_GAP_MS = 10_000;
const MOST_SLICES = 5_000;

const COLUMNS = 'id, at, room, record, field, old, new, user, stamp, flag';
const NOT_PERSONAL = (table: string) =>
  `substr(${table}.record, 1, instr(${table}.record, '_') - 1) NOT IN ('notice', 'noticeChoice', 'preference', 'star')`;
const READABLE = (table: string) => `coalesce(
  (SELECT space FROM moved_records WHERE moved_records.record = ${table}.record),
  substr(${table}.room, 1, instr(${table}.room, '.') - 1)
) IN (SELECT value FROM json_each(@spaces))`;

/** Whether two stamps of one tab, the older first, are slices of one action. */
export function areOneAction(
  older: { readonly stamp: string } & Omit<Part, 'id' | 'changes'>,
  newer: { readonly stamp: string } & Omit<Part, 'id' | 'changes'>,
): boolean {
  if (stampWriter(older.stamp) !== stampWriter(newer.stamp)) return false;
  if (Math.max(older.records, newer.records) < SLICE_RECORDS) return false;
  // Making records and putting them into the trash again are two things.
  if (older.made > 0 !== newer.made > 0 && older.deleted + newer.deleted > 0) return false;
  const gap = stampTime(newer.stamp) - stampTime(older.stamp);
  const isLong = older.made + newer.made > 0 || (older.deleted > 0 && newer.deleted > 0);
  if (!isLong) return gap <= GAP_MS;
  return gap <= (Math.min(older.records, newer.records) < SLICE_RECORDS ? LONG_GAP_MS : LONGEST_GAP_MS);
}

export function createActionList(db: Database): ActionList {
  const sums = `count(*) AS changes, count(DISTINCT record) AS records, max(id) AS id,
    sum(field = '' AND old IS NULL AND stamp IS NOT NULL) AS made, sum(field = 'deleted' AND new = 'true') AS deleted`;
  const told = `${NOT_PERSONAL('changes')} AND ${READABLE('changes')}`;
  const byStamp = db.prepare<[object], Part>(`SELECT ${sums} FROM changes WHERE stamp = @stamp AND ${told}`);
  const rowsOfStamp = db.prepare<[object], HistoryRow>(
    `SELECT ${COLUMNS} FROM changes WHERE stamp = @stamp AND ${told} ORDER BY id LIMIT @limit`,
  );
  const earlier = db
    .prepare<[object], string>(
      `SELECT stamp FROM changes WHERE stamp < @stamp AND stamp >= @until AND substr(stamp, 14) = @writer AND ${told}
       ORDER BY stamp DESC LIMIT 1`,
    )
    .pluck();
  const later = db
    .prepare<[object], string>(
      `SELECT stamp FROM changes WHERE stamp > @stamp AND stamp <= @until AND substr(stamp, 14) = @writer AND ${told}
       ORDER BY stamp LIMIT 1`,
    )
    .pluck();
  const removed = `stamp IS NULL AND seq = @seq AND id <= @id AND ${told}`;
  const removal = db.prepare<[object], Part>(`SELECT ${sums} FROM changes WHERE ${removed}`);
  const rowsOfRemoval = db.prepare<[object], HistoryRow>(
    `SELECT ${COLUMNS} FROM changes WHERE ${removed} ORDER BY id DESC LIMIT @limit`,
  );
  const before = db.prepare<[string, string, number], { old: string | null; new: string | null }>(
    'SELECT old, new FROM changes WHERE record = ? AND field = ? AND id < ? ORDER BY id DESC LIMIT 1',
  );

  /** Not the whole of an action that a page was asked of: its newest change only. */
  function newest({ userId, field, from, to, before: cursor, limit, spaces }: ActionQuery): readonly Newest[] {
    const matches = (table: string) =>
      [
        userId === undefined ? '' : `${table}.user IS @userId`,
        field === undefined
          ? ''
          : `(${table}.field = @field OR substr(${table}.field, 1, length(@field) + 1) = @field || ':')`,
        from === undefined ? '' : `${table}.at >= @from`,
        to === undefined ? '' : `${table}.at < @to`,
        NOT_PERSONAL(table),
        READABLE(table),
      ]
        .filter(Boolean)
        .join(' AND ');
    return db
      .prepare<[object], Newest>(
        `SELECT id, seq, stamp FROM changes WHERE ${cursor === undefined ? '' : 'id < @cursor AND'} ${matches('changes')}
         AND NOT EXISTS (SELECT 1 FROM changes later WHERE later.stamp = changes.stamp AND later.id > changes.id
           AND ${matches('later')})
         AND NOT EXISTS (SELECT 1 FROM changes next WHERE changes.stamp IS NULL AND next.id = changes.id + 1
           AND next.stamp IS NULL AND next.seq = changes.seq AND ${matches('next')})
         ORDER BY id DESC LIMIT @limit`,
      )
      .all({ userId, field, from, to, cursor, limit, spaces: JSON.stringify(spaces) });
  }

  function partOf(stamp: string, spaces: string) {
    return { ...(byStamp.get({ stamp, spaces }) as Part), stamp };
  }

  function neighbour(which: typeof earlier, stamp: string, spaces: string): string | undefined {
    const [time, writer] = [stampTime(stamp), stampWriter(stamp)];
    if (time === 0) return undefined;
    const until = time + (which === earlier ? -LONGEST_GAP_MS : LONGEST_GAP_MS + 1);
    return which.get({ stamp, until: until.toString(36).padStart(9, '0'), writer, spaces });
  }

  /** Undefined for a slice that a later one tells. */
  function actionOf({ id, seq, stamp }: Newest, spaces: string): ActionRow | undefined {
    if (stamp === null) {
      const part = removal.get({ seq, id, spaces }) as Part;
      return tell(part, [], rowsOfRemoval.all({ seq, id, spaces, limit: SAMPLE }).toReversed());
    }
    const last = partOf(stamp, spaces);
    const next = neighbour(later, stamp, spaces);
    if (next !== undefined && areOneAction(last, partOf(next, spaces))) return undefined;
    const parts = [last];
    while (parts.length < MOST_SLICES) {
      const [first] = parts as [typeof last];
      const previous = neighbour(earlier, first.stamp, spaces);
      if (previous === undefined) break;
      const part = partOf(previous, spaces);
      if (!areOneAction(part, first)) break;
      parts.unshift(part);
    }
    const sample: HistoryRow[] = [];
    for (const part of parts) {
      if (sample.length >= SAMPLE) break;
      sample.push(...rowsOfStamp.all({ stamp: part.stamp, spaces, limit: SAMPLE - sample.length }));
    }
    const sum = (key: 'changes' | 'records' | 'made') => parts.reduce((total, part) => total + part[key], 0);
    const whole = { ...last, id, changes: sum('changes'), records: sum('records'), made: sum('made') };
    return tell(
      whole,
      parts.map((part) => part.stamp),
      sample,
    );
  }

  function tell(part: Part, stamps: readonly string[], sample: readonly HistoryRow[]): ActionRow | undefined {
    const row = sample.at(-1);
    if (row === undefined) return undefined;
    const { id, changes, records, made } = part;
    const putBack = stamps.length > 0 && made === 0 && sample.slice(0, LOOKED_AT).every(isPutBack);
    return { id, at: row.at, user: row.user, stamps, changes, records, made, putBack, sample };
  }

  function isPutBack(row: HistoryRow): boolean {
    // What was removed for good is told without its values.
    if (isSame(row.old, row.new)) return false;
    const replaced = before.get(row.record, row.field, row.id);
    return replaced !== undefined && isSame(replaced.old, row.new) && isSame(replaced.new, row.old);
  }

  return {
    actions(query) {
      const spaces = JSON.stringify(query.spaces);
      const found: ActionRow[] = [];
      let cursor = query.before;
      for (;;) {
        const page = newest({ ...query, ...(cursor === undefined ? {} : { before: cursor }) });
        for (const each of page) {
          const action = actionOf(each, spaces);
          if (action !== undefined) found.push({ ...action, id: each.id });
          if (found.length === query.limit) return found;
        }
        cursor = page.at(-1)?.id;
        if (page.length < query.limit || cursor === undefined) return found;
      }
    },
  };
}

/** Nothing there is written in several ways. */
const NOTHING: ReadonlySet<string | null> = new Set([null, 'null', '""', '[]', 'false']);

function isSame(left: string | null, right: string | null): boolean {
  return left === right || (NOTHING.has(left) && NOTHING.has(right));
}
