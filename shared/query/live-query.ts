/**
 * A query that stays true: which records match, in which order, in which group, with which sums. One changed
 * record costs two binary searches, not a new sort; the whole is computed again only when everything may have
 * changed. Knows neither Yjs nor Solid; `client/data` feeds it and shows it.
 *
 * Law: after any sequence of changes the result equals that of a query computed from nothing.
 */
import { compareSortKeys, type SortKey } from '../model/text-order.ts';

export interface QuerySpec<R> {
  /** Which records belong; all when left out. Records in the trash never do. */
  readonly where?: (record: R) => boolean;
  /** One key per sort level; computed once per record and change. Equal keys are ordered by id. */
  readonly sortBy?: (record: R) => SortKey | readonly SortKey[];
  readonly descending?: boolean;
  /** The group a record is in; '' for all when left out. */
  readonly groupBy?: (record: R) => string;
  /** Numbers that are summed per group, e.g. minor units. Integers stay exact. */
  readonly sums?: (record: R) => readonly number[];
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
  sums: number[];
  /** Handed out; rebuilt after a change so that readers see a new object. */
  view: QueryGroup | null;
}

interface Queryable {
  readonly id: string;
  readonly deleted: boolean;
  readonly mergedInto: string | null;
}

const EMPTY_GROUP: QueryGroup = Object.freeze({ ids: Object.freeze([]), sums: Object.freeze([]) });
/** From this share of changed rows on, sorting again is cheaper than moving each row. */
const BULK_SHARE = 0.05;

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
    for (const group of this.groups.values()) group.rows.sort(this.compare);
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
    let different = false;
    for (const id of changed) {
      const record = current(id);
      const before = this.rows.get(id);
      const after = record && this.rowOf(record);
      if (before) this.take(before);
      if (after) this.put(after);
      different ||= before !== undefined || after !== undefined;
    }
    return different;
  }

  /** Number of matching records over all groups. */
  get size(): number {
    return this.rows.size;
  }

  group(key: string): QueryGroup {
    const group = this.groups.get(key);
    if (!group) return EMPTY_GROUP;
    group.view ??= { ids: group.rows.map((row) => row.id), sums: [...group.sums] };
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
    const keys = sortBy?.(record) ?? null;
    return {
      id: record.id,
      keys: Array.isArray(keys) ? keys : [keys as SortKey],
      group: groupBy?.(record) ?? '',
      sums: sums?.(record) ?? [],
    };
  }

  private groupFor(key: string): Group {
    let group = this.groups.get(key);
    if (!group) {
      group = { rows: [], sums: [], view: null };
      this.groups.set(key, group);
    }
    group.view = null;
    return group;
  }

  private take(row: Row): void {
    this.rows.delete(row.id);
    const group = this.groupFor(row.group);
    group.rows.splice(this.positionOf(group.rows, row), 1);
    addSums(group.sums, row.sums, -1);
  }

  private put(row: Row): void {
    this.rows.set(row.id, row);
    const group = this.groupFor(row.group);
    group.rows.splice(this.positionOf(group.rows, row), 0, row);
    addSums(group.sums, row.sums, 1);
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
    const direction = this.spec.descending ? -1 : 1;
    for (let level = 0; level < left.keys.length; level++) {
      const [a, b] = [left.keys[level] ?? null, right.keys[level] ?? null];
      // Empty values stay last in both directions.
      const order = a === null || b === null ? compareSortKeys(a, b) : direction * compareSortKeys(a, b);
      if (order !== 0) return order;
    }
    return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
  };
}

function addSums(total: number[], added: readonly number[], sign: 1 | -1): void {
  for (const [index, value] of added.entries()) total[index] = (total[index] ?? 0) + sign * value;
}
