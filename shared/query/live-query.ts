/**
 * A query that stays true: which records match, in which order, in which group, with which sums. One changed
 * record costs two binary searches, not a new sort; the whole is computed again only when everything may have
 * changed. Knows neither Yjs nor Solid; `client/data` feeds it and shows it.
 *
 * Law: after any sequence of changes the result equals that of a query computed from nothing.
 */
import { compareSortKeys, type SortKey } from '../model/text-order.ts';
import { sortRows } from './sort-rows.ts';

export interface QuerySpec<R> {
  /** Which records belong; all when left out. Records in the trash never do. */
  readonly where?: (record: R) => boolean;
  /**
   * One key per sort level; computed once per record and change. Equal keys are ordered by id. Without it the records come
   * in no particular order: putting 25,000 in order that nobody looks at takes 40 ms.
   */
  readonly sortBy?: (record: R) => SortKey | readonly SortKey[];
  readonly descending?: boolean;
  /** The group a record is in; '' for all when left out. */
  readonly groupBy?: (record: R) => string;
  /** Numbers that are summed per group, e.g. minor units. Integers stay exact. */
  readonly sums?: (record: R) => readonly number[];
  /** For who goes on to read the records: told of every change of one that matches, also where nothing above is altered. */
  readonly tellsAll?: boolean;
}

export interface QueryGroup {
  readonly ids: readonly string[];
  readonly sums: readonly number[];
}

interface Row {
  readonly id: string;
  readonly keys: readonly SortKey[];
  readonly group: string;
  readonly sums: readonly number[];
}

interface Group {
  rows: Row[];
  /** Ids of the rows, kept beside them because copying a list of texts is ten times quicker than making one. */
  ids: string[];
  sums: number[];
  /** Handed out; rebuilt after a change so that readers see a new object. */
  view: QueryGroup | null;
}

interface Queryable {
  readonly id: string;
  readonly deleted: boolean;
  readonly mergedInto: string | null;
}

export const EMPTY_GROUP: QueryGroup = Object.freeze({ ids: Object.freeze([]), sums: Object.freeze([]) });
/** From this share of changed rows on, sorting again is cheaper than moving each row. */
const BULK_SHARE = 0.05;
/** Up to here rows are moved one by one; beyond it one pass over the group is cheaper. */
const MOST_SINGLE_MOVES = 16;

export class LiveQuery<R extends Queryable> {
  private readonly spec: QuerySpec<R>;
  private readonly rows = new Map<string, Row>();
  private groups = new Map<string, Group>();

  constructor(spec: QuerySpec<R>, records: Iterable<R>) {
    this.spec = spec;
    this.reset(records);
  }

  /** Computes everything again. */
  reset(records: Iterable<R>): void {
    this.rows.clear();
    this.groups = new Map();
    for (const record of records) {
      const row = this.rowOf(record);
      if (row) this.rows.set(row.id, row);
    }
    for (const row of this.rows.values()) {
      const group = this.groupFor(row.group);
      group.rows.push(row);
      addSums(group.sums, row.sums, 1);
    }
    for (const group of this.groups.values()) {
      if (this.spec.sortBy) group.rows = sortRows(group.rows, this.compare, this.spec.descending ?? false);
      group.ids = group.rows.map((row) => row.id);
    }
  }

  /**
   * Takes changed records in. `current` gives a record as it is now, or undefined when it is gone; `all` is only
   * read when so much changed that starting anew is cheaper. Returns whether anything that is shown has changed.
   */
  update(ids: Iterable<string>, current: (id: string) => R | undefined, all: () => Iterable<R>): boolean {
    const changed = [...ids];
    if (changed.length > 50 && changed.length > this.rows.size * BULK_SHARE) {
      this.reset(all());
      return true;
    }
    const gone: Row[] = [];
    const come: Row[] = [];
    let isTold = false;
    for (const id of changed) {
      const record = current(id);
      const before = this.rows.get(id);
      const after = record && this.rowOf(record);
      // Most edits touch no field that this query looks at.
      if (before && after && isSameRow(before, after)) {
        isTold ||= this.spec.tellsAll ?? false;
        continue;
      }
      if (before) gone.push(before);
      if (after) come.push(after);
    }
    if (gone.length + come.length <= MOST_SINGLE_MOVES) {
      for (const row of gone) this.take(row);
      for (const row of come) this.put(row);
    } else {
      this.replace(gone, come);
    }
    return isTold || gone.length + come.length > 0;
  }

  /** Takes in records it does not have yet, as a part of many; what it has stays as it is. */
  add(records: Iterable<R>): void {
    const come: Row[] = [];
    for (const record of records) {
      const row = this.rows.has(record.id) ? undefined : this.rowOf(record);
      if (!row) continue;
      this.rows.set(row.id, row);
      come.push(row);
    }
    this.replace([], come);
  }

  /** Number of matching records over all groups. */
  get size(): number {
    return this.rows.size;
  }

  group(key: string): QueryGroup {
    const group = this.groups.get(key);
    if (!group) return EMPTY_GROUP;
    group.view ??= { ids: group.ids.slice(), sums: [...group.sums] };
    return group.view;
  }

  groupKeys(): readonly string[] {
    return [...this.groups].filter(([, group]) => group.rows.length > 0).map(([key]) => key);
  }

  /** Whether a record matches now. */
  has(id: string): boolean {
    return this.rows.has(id);
  }

  private rowOf(record: R): Row | undefined {
    if (record.deleted || record.mergedInto !== null) return undefined;
    const { where, sortBy, groupBy, sums } = this.spec;
    if (where && !where(record)) return undefined;
    const keys = sortBy ? sortBy(record) : NO_KEYS;
    return {
      id: record.id,
      keys: Array.isArray(keys) ? keys : [keys as SortKey],
      group: groupBy?.(record) ?? '',
      sums: sums?.(record) ?? NO_SUMS,
    };
  }

  private groupFor(key: string): Group {
    let group = this.groups.get(key);
    if (!group) {
      group = { rows: [], ids: [], sums: [], view: null };
      this.groups.set(key, group);
    }
    group.view = null;
    return group;
  }

  private take(row: Row): void {
    this.rows.delete(row.id);
    const group = this.groupFor(row.group);
    const position = this.spec.sortBy ? this.positionOf(group.rows, row) : group.rows.indexOf(row);
    group.rows.splice(position, 1);
    group.ids.splice(position, 1);
    addSums(group.sums, row.sums, -1);
  }

  private put(row: Row): void {
    this.rows.set(row.id, row);
    const group = this.groupFor(row.group);
    const position = this.spec.sortBy ? this.positionOf(group.rows, row) : group.rows.length;
    group.rows.splice(position, 0, row);
    group.ids.splice(position, 0, row.id);
    addSums(group.sums, row.sums, 1);
  }

  /** Takes and puts many rows in one pass per group: moving 50,000 positions once per row would cost 20 µs each time. */
  private replace(gone: readonly Row[], come: readonly Row[]): void {
    const left = new Set(gone);
    for (const row of gone) {
      this.rows.delete(row.id);
      addSums(this.groupFor(row.group).sums, row.sums, -1);
    }
    const comeByGroup = new Map<string, Row[]>(gone.map((row) => [row.group, []]));
    for (const row of come) {
      this.rows.set(row.id, row);
      addSums(this.groupFor(row.group).sums, row.sums, 1);
      const others = comeByGroup.get(row.group);
      if (others) others.push(row);
      else comeByGroup.set(row.group, [row]);
    }
    for (const [key, added] of comeByGroup) {
      const group = this.groupFor(key);
      const stayed = left.size === 0 ? group.rows : group.rows.filter((row) => !left.has(row));
      group.rows = this.spec.sortBy ? this.merge(stayed, added.sort(this.compare)) : [...stayed, ...added];
      group.ids = group.rows.map((row) => row.id);
    }
  }

  private merge(left: readonly Row[], right: readonly Row[]): Row[] {
    if (right.length === 0) return left as Row[];
    const merged: Row[] = [];
    let at = 0;
    for (const row of left) {
      for (let next = right[at]; next && this.compare(next, row) < 0; next = right[++at]) merged.push(next);
      merged.push(row);
    }
    for (; at < right.length; at++) merged.push(right[at] as Row);
    return merged;
  }

  /** Where a row is, or where it belongs: the first position whose row is not before it. */
  private positionOf(rows: readonly Row[], row: Row): number {
    let low = 0;
    let high = rows.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(rows[middle] as Row, row) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private readonly compare = (left: Row, right: Row): number => {
    const { descending } = this.spec;
    for (let level = 0; level < left.keys.length; level++) {
      const a = left.keys[level] ?? null;
      const b = right.keys[level] ?? null;
      if (a === b) continue;
      // Empty values stay last in both directions.
      const order = compareSortKeys(a, b);
      if (order !== 0) return descending && a !== null && b !== null ? -order : order;
    }
    return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
  };
}

const NO_KEYS: readonly SortKey[] = [];
const NO_SUMS: readonly number[] = [];

function isSameRow(left: Row, right: Row): boolean {
  return (
    left.group === right.group &&
    left.keys.length === right.keys.length &&
    left.keys.every((key, level) => key === right.keys[level]) &&
    left.sums.length === right.sums.length &&
    left.sums.every((sum, index) => sum === right.sums[index])
  );
}

function addSums(total: number[], added: readonly number[], sign: 1 | -1): void {
  for (const [index, value] of added.entries()) total[index] = (total[index] ?? 0) + sign * value;
}
