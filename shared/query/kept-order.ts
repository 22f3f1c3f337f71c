/**
 * The ids of all records in the order of one key, for both directions, kept true as records change. What `LiveQuery` says of
 * a query that only sorts, at about half its memory, so that a table can keep the orders of all its columns: a click on
 * a header then looks one up instead of reading and sorting 50,000 records.
 *
 * Law: after any sequence of changes, in either direction, the ids are those of a `LiveQuery` with the same `sortBy`.
 */
import { compareSortKeys, type SortKey } from '../model/text-order.ts';
import { sortRows } from './sort-rows.ts';

interface Orderable {
  readonly id: string;
  readonly deleted: boolean;
  readonly mergedInto: string | null;
}

/** Ids in one direction. */
interface Order {
  readonly isDescending: boolean;
  ids: string[];
  /** Handed out; null after a change, so that readers see a new array. */
  view: readonly string[] | null;
}

/** From this share of changed rows on, sorting again is cheaper than moving each row. */
const BULK_SHARE = 0.05;
/** Up to here rows are moved one by one; beyond it one pass over all is cheaper. */
const MOST_SINGLE_MOVES = 16;

export class KeptOrder<R extends Orderable> {
  private readonly sortBy: (record: R) => SortKey;
  private readonly keys = new Map<string, SortKey>();
  private readonly up: Order = { isDescending: false, ids: [], view: null };
  /** Made of the other when somebody asks for it, then kept beside it. */
  private down: Order | null = null;

  constructor(sortBy: (record: R) => SortKey, records: Iterable<R>) {
    this.sortBy = sortBy;
    this.reset(records);
  }

  /** Computes everything again. */
  reset(records: Iterable<R>): void {
    this.keys.clear();
    const rows: { readonly id: string; readonly keys: readonly SortKey[] }[] = [];
    for (const record of records) {
      if (!isShown(record)) continue;
      const key = this.sortBy(record);
      this.keys.set(record.id, key);
      rows.push({ id: record.id, keys: [key] });
    }
    const byKey = (left: { readonly id: string }, right: { readonly id: string }) =>
      this.compare(left.id, right.id, false);
    this.set(
      this.up,
      sortRows(rows, byKey, false).map(({ id }) => id),
    );
    this.down = null;
  }

  /**
   * Takes changed records in; `current` and `all` as in `LiveQuery`. Returns whether the order is another one.
   */
  update(ids: Iterable<string>, current: (id: string) => R | undefined, all: () => Iterable<R>): boolean {
    const changed = [...ids];
    if (changed.length > 50 && changed.length > this.keys.size * BULK_SHARE) {
      this.reset(all());
      return true;
    }
    const gone: string[] = [];
    const come = new Map<string, SortKey>();
    for (const id of changed) {
      const record = current(id);
      const before = this.keys.get(id);
      const after = record && isShown(record) ? this.sortBy(record) : undefined;
      // Most edits touch no field that this order looks at.
      if (before === after) continue;
      if (before !== undefined) gone.push(id);
      if (after !== undefined) come.set(id, after);
    }
    if (gone.length + come.size === 0) return false;
    const orders = this.down ? [this.up, this.down] : [this.up];
    // Positions are found by the keys from before, so all leave before any comes.
    for (const order of orders) this.takeAll(order, gone);
    for (const id of gone) this.keys.delete(id);
    for (const [id, key] of come) this.keys.set(id, key);
    for (const order of orders) this.putAll(order, [...come.keys()]);
    return true;
  }

  /** Takes in records it does not have yet, as a part of many; what it has stays as it is. */
  add(records: Iterable<R>): void {
    const come: string[] = [];
    for (const record of records) {
      if (this.keys.has(record.id) || !isShown(record)) continue;
      this.keys.set(record.id, this.sortBy(record));
      come.push(record.id);
    }
    this.down = null;
    this.putAll(this.up, come);
  }

  get size(): number {
    return this.keys.size;
  }

  ids(descending: boolean): readonly string[] {
    if (descending) this.down ??= this.turnedRound();
    const order = descending && this.down ? this.down : this.up;
    order.view ??= order.ids.slice();
    return order.view;
  }

  private takeAll(order: Order, gone: readonly string[]): void {
    if (gone.length > MOST_SINGLE_MOVES) {
      const left = new Set(gone);
      this.set(
        order,
        order.ids.filter((id) => !left.has(id)),
      );
      return;
    }
    for (const id of gone) order.ids.splice(this.positionOf(order, id, 0), 1);
    order.view = null;
  }

  private putAll(order: Order, come: readonly string[]): void {
    if (come.length > MOST_SINGLE_MOVES) {
      this.merge(order, come);
      return;
    }
    for (const id of come) order.ids.splice(this.positionOf(order, id, 0), 0, id);
    order.view = null;
  }

  /** Looks up where each one belongs and copies what lies between: of 50,000 rows few are compared. */
  private merge(order: Order, come: readonly string[]): void {
    const merged: string[] = [];
    let from = 0;
    for (const id of [...come].sort((left, right) => this.compare(left, right, order.isDescending))) {
      const to = this.positionOf(order, id, from);
      for (; from < to; from++) merged.push(order.ids[from] as string);
      merged.push(id);
    }
    for (; from < order.ids.length; from++) merged.push(order.ids[from] as string);
    this.set(order, merged);
  }

  private set(order: Order, ids: string[]): void {
    order.ids = ids;
    order.view = null;
  }

  /** Where an id is, or where it belongs, from a position on: the first whose id is not before it. */
  private positionOf({ ids, isDescending }: Order, id: string, from: number): number {
    let low = from;
    let high = ids.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.compare(ids[middle] as string, id, isDescending) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private compare(left: string, right: string, descending: boolean): number {
    const [a, b] = [this.keyOf(left), this.keyOf(right)];
    const order = compareSortKeys(a, b);
    // Empty values stay last in both directions.
    if (order !== 0) return descending && a !== null && b !== null ? -order : order;
    return left < right ? -1 : left > right ? 1 : 0;
  }

  private keyOf(id: string): SortKey {
    return this.keys.get(id) ?? null;
  }

  /** The keys the other way round; ids of one key, and empty ones behind all others, keep their order. */
  private turnedRound(): Order {
    const { ids } = this.up;
    let filled = ids.length;
    while (filled > 0 && this.keyOf(ids[filled - 1] as string) === null) filled--;
    const turned: string[] = [];
    for (let begin = filled, end = filled; end > 0; end = begin) {
      const key = this.keyOf(ids[end - 1] as string);
      for (begin = end - 1; begin > 0 && this.keyOf(ids[begin - 1] as string) === key; ) begin--;
      for (let at = begin; at < end; at++) turned.push(ids[at] as string);
    }
    for (let at = filled; at < ids.length; at++) turned.push(ids[at] as string);
    return { isDescending: true, ids: turned, view: null };
  }
}

function isShown(record: Orderable): boolean {
  return !record.deleted && record.mergedInto === null;
}
