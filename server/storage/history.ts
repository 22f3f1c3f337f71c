/** Reading the change history: in pages, by record, person, field, time or action, and what was there at a moment. */
import type { Database } from 'better-sqlite3';
import { type ActionList, createActionList } from './action-list.ts';

export interface HistoryRow {
  readonly id: number;
  /** Epoch ms when the server took it. */
  readonly at: number;
  readonly room: string;
  readonly record: string;
  /** A field, or `field:element`; '' for the record as a whole. */
  readonly field: string;
  /** JSON; null when there was nothing. */
  readonly old: string | null;
  readonly new: string | null;
  /** Account id; null for the server. */
  readonly user: string | null;
  readonly stamp: string | null;
  readonly flag: string | null;
}

export interface HistoryQuery {
  readonly record?: string;
  /** Records that live on in that one: theirs is told along with its own. */
  readonly merged?: readonly string[];
  /** Null for what the server did by itself. */
  readonly userId?: string | null;
  readonly field?: string;
  /** Epoch ms, the first included, the last not. */
  readonly from?: number;
  readonly to?: number;
  /** Only rows older than this one: the next page. */
  readonly before?: number;
  readonly limit: number;
  /** Spaces whose records may be told about. */
  readonly spaces: readonly string[];
}

export interface FormerValue {
  readonly record: string;
  readonly field: string;
  readonly old: string | null;
  /** The record itself came later. */
  readonly created: boolean;
}

export interface History extends ActionList {
  /** Newest first. */
  list(query: HistoryQuery): readonly HistoryRow[];
  /** What one action changed, in order, after a row; at most `limit`. */
  action(
    stamp: string,
    ask: { readonly after: number; readonly limit: number; readonly spaces: readonly string[] },
  ): readonly HistoryRow[];
  /**
   * For everything in the rooms of a kind that changed after a moment: the value it had then. What is not listed is today
   * as it was.
   */
  valuesAt(kind: string, ask: { readonly at: number; readonly spaces: readonly string[] }): readonly FormerValue[];
  /** The same for one record. */
  valuesOf(record: string, ask: { readonly at: number; readonly spaces: readonly string[] }): readonly FormerValue[];
  /** Takes the values out of what is told about records; who changed them when stays. */
  forget(records: readonly string[]): void;
}

interface MomentOf {
  readonly at: number;
  /** JSON of their ids. */
  readonly spaces: string;
  /** A pattern of room names. */
  readonly rooms?: string;
  readonly record?: string;
}

interface PathThen {
  readonly record: string;
  readonly field: string;
  /** What the writer of the first change since then saw. */
  readonly old: string | null;
  /** Whether the path had been changed before, and what won. */
  readonly isChanged: 0 | 1;
  readonly won: string | null;
}

const toFormer = ({ record, field, old, isChanged, won }: PathThen): FormerValue => ({
  record,
  field,
  old: isChanged === 1 ? won : old,
  created: field === '' && old === null,
});

const COLUMNS = 'id, at, room, record, field, old, new, user, stamp, flag';

/** A record is told about where it is now, also what happened before it was moved there. */
const inSpaces = (spaces: '?' | '@spaces') => `coalesce(
  (SELECT space FROM moved_records WHERE moved_records.record = changes.record), substr(room, 1, instr(room, '.') - 1)
) IN (SELECT value FROM json_each(${spaces}))`;
const IN_SPACES = inSpaces('?');

/**
 * Of the changes before a moment the one with the highest stamp is what was shown. Where there is none, the first one after it
 * replaced what was there; where people wrote apart, that one may have seen something else. Changes with a stamp from the
 * future do not count: the server writes them once more under one of now. SQLite takes the columns beside a min or max
 * from the row that has it.
 */
const valuesThen = (where: string) => `
  WITH since AS MATERIALIZED (
    SELECT record, field, old, min(id) AS id FROM changes
    WHERE at > @at AND ${where} AND ${inSpaces('@spaces')} GROUP BY record, field
  ), before AS MATERIALIZED (
    SELECT record, field, new, max(stamp) AS stamp FROM changes
    WHERE record IN (SELECT record FROM since) AND at <= @at AND flag IS NULL AND field <> '' GROUP BY record, field
  )
  SELECT since.record, since.field, since.old, before.stamp IS NOT NULL AS isChanged, before.new AS won
  FROM since LEFT JOIN before ON before.record = since.record AND before.field = since.field`;

export function createHistory(db: Database): History {
  const byAction = db.prepare<[string, number, string, number], HistoryRow>(
    `SELECT ${COLUMNS} FROM changes WHERE stamp = ? AND id > ? AND ${IN_SPACES} ORDER BY id LIMIT ?`,
  );
  const first = db.prepare<[MomentOf], PathThen>(valuesThen('room LIKE @rooms'));
  const firstOf = db.prepare<[MomentOf], PathThen>(valuesThen('record = @record'));
  const forget = db.prepare('UPDATE changes SET old = NULL, new = NULL WHERE record = ?');
  return {
    ...createActionList(db),
    forget: db.transaction((records: readonly string[]) => {
      for (const record of records) forget.run(record);
    }),
    list({ record, merged = [], userId, field, from, to, before, limit, spaces }) {
      const wheres: string[] = [];
      const values: (string | number)[] = [];
      const add = (where: string, ...value: (string | number)[]) => {
        wheres.push(where);
        values.push(...value);
      };
      if (record !== undefined && merged.length === 0) add('record = ?', record);
      else if (record !== undefined)
        add('record IN (SELECT value FROM json_each(?))', JSON.stringify([record, ...merged]));
      if (userId === null) add('user IS NULL');
      else if (userId !== undefined) add('user = ?', userId);
      if (field !== undefined) add("(field = ? OR substr(field, 1, length(?) + 1) = ? || ':')", field, field, field);
      if (from !== undefined) add('at >= ?', from);
      if (to !== undefined) add('at < ?', to);
      if (before !== undefined) add('id < ?', before);
      add(IN_SPACES, JSON.stringify(spaces));
      return db
        .prepare<unknown[], HistoryRow>(
          `SELECT ${COLUMNS} FROM changes WHERE ${wheres.join(' AND ')} ORDER BY id DESC LIMIT ?`,
        )
        .all(...values, limit);
    },
    action: (stamp, { after, limit, spaces }) => byAction.all(stamp, after, JSON.stringify(spaces), limit),
    valuesAt: (kind, { at, spaces }) =>
      first.all({ at, rooms: `%.${kind}.%`, spaces: JSON.stringify(spaces) }).map(toFormer),
    valuesOf: (record, { at, spaces }) => firstOf.all({ at, record, spaces: JSON.stringify(spaces) }).map(toFormer),
  };
}
