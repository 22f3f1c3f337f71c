/**
 * Live queries as Solid reads them: one signal per open query, whatever number of rows it has. A query with a name stays
 * when its last reader is gone, and only notes what changes until somebody opens it again: coming back to a page looks at
 * what changed since and not at all records.
 *
 * Law: whoever opens a query, kept or not, sees what one computed from nothing would say.
 */
import { createMemo, createSignal, onCleanup, untrack } from 'solid-js';
import type { EntityName, RecordNamed } from '../../shared/entities/registry.ts';
import { KeptOrder } from '../../shared/query/kept-order.ts';
import { EMPTY_GROUP, LiveQuery, type QueryGroup } from '../../shared/query/live-query.ts';
import { runInSlices } from './slices.ts';
import type { Tables } from './tables.ts';
import type { Query, QueryOptions } from './workspace.ts';

export interface Queries {
  /** Lives as long as the current Solid owner. */
  create<N extends EntityName>(name: N, options: () => QueryOptions<N>): Query;
  /** Makes a kept query ready in slices between frames. */
  prepare<N extends EntityName>(name: N, options: QueryOptions<N>): Promise<void>;
}

/** Of queries that nobody reads so many stay, as long as they have no more rows than this together: some 30 MB. */
const MOST_KEPT = 40;
const MOST_ROWS_KEPT = 200_000;
/** Orders are counted by themselves, so that those of a large table leave Today its queries. */
const MOST_ROWS_ORDERED = 600_000;
/** Rows that are sorted in at once while a query is made ready. */
const CHUNK = 500;

export function createQueries(tables: Tables): Queries {
  /** By entity and name. Those without readers are in the order in which they were let go of. */
  const kept = new Map<string, OpenQuery>();

  function acquire<N extends EntityName>(name: N, options: QueryOptions<N>): OpenQuery {
    const known = kept.get(keyOf(name, options));
    const query = known ?? openQuery(tables, name, options, 'filled');
    if (options.keep !== undefined) kept.set(keyOf(name, options), query);
    query.join();
    return query;
  }

  function release<N extends EntityName>(name: N, options: QueryOptions<N>, query: OpenQuery): void {
    if (query.leave() > 0) return;
    if (options.keep === undefined) query.close();
    else putLast(keyOf(name, options));
  }

  function putLast(key: string): void {
    const query = kept.get(key);
    if (!query) return;
    kept.delete(key);
    kept.set(key, query);
    const { isOrder } = query;
    const idle = idleOnes(isOrder);
    let rows = rowsOf(idle);
    let count = idle.length;
    for (const [oldest, each] of idle) {
      if (rows <= (isOrder ? MOST_ROWS_ORDERED : MOST_ROWS_KEPT) && count <= MOST_KEPT) return;
      rows -= each.size();
      count--;
      each.close();
      kept.delete(oldest);
    }
  }

  const idleOnes = (areOrders: boolean) =>
    [...kept].filter(([, each]) => each.isOrder === areOrders && each.readers() === 0);

  return {
    create<N extends EntityName>(name: N, options: () => QueryOptions<N>): Query {
      /** Another one when what `options` reads changes; between that the query is kept true change by change. */
      const open = createMemo(() => {
        const spec = options();
        const query = untrack(() => acquire(name, spec));
        onCleanup(() => release(name, spec, query));
        return { query, descending: spec.descending ?? false };
      });
      const current = () => open().query.current(open().descending);
      return {
        ids: () => current().group('').ids,
        group: (key) => current().group(key),
        groupKeys: () => current().groupKeys(),
        size: () => current().size,
      };
    },
    async prepare(name, options) {
      const key = keyOf(name, options);
      if (options.keep === undefined) return;
      const known = kept.get(key);
      if (known && (known.readers() > 0 || !known.isStale())) return;
      // Those who come late must not put out those that are ready.
      const others = idleOnes(true).filter(([other]) => other !== key);
      if (isOrder(options) && rowsOf(others) + untrack(tables.table(name).count) > MOST_ROWS_ORDERED) return;
      const query = known ?? openQuery(tables, name, options, 'empty');
      kept.set(key, query);
      await query.fill();
      if (query.readers() === 0) putLast(key);
    },
  };
}

type Kept = readonly (readonly [key: string, query: OpenQuery])[];

const rowsOf = (some: Kept): number => some.reduce((sum, [, each]) => sum + each.size(), 0);

/** With a `where` (of a space, for instance) it is a query like any other. */
const isOrder = ({ orderBy, where }: { readonly orderBy?: unknown; readonly where?: unknown }): boolean =>
  orderBy !== undefined && where === undefined;

const keyOf = (name: string, { keep = '' }: { readonly keep?: string }): string => `${name}/${keep}`;

/** What is read of a query. */
interface Answer {
  group(key: string): QueryGroup;
  groupKeys(): readonly string[];
  readonly size: number;
}

function answerOf<R extends RecordNamed<EntityName>>(order: KeptOrder<R>, descending: boolean): Answer {
  return {
    group: (key) => (key === '' ? { ids: order.ids(descending), sums: EMPTY_GROUP.sums } : EMPTY_GROUP),
    groupKeys: () => (order.size > 0 ? [''] : []),
    size: order.size,
  };
}

interface OpenQuery {
  readonly isOrder: boolean;
  /** As it is now; tracks. Only an order has both directions. */
  current(descending: boolean): Answer;
  /** From now on changes are taken in as they come. */
  join(): void;
  /** Returns how many readers are left; without any, changes are only noted. */
  leave(): number;
  readers(): number;
  size(): number;
  /** Whether the whole has to be computed again for the next one who looks. */
  isStale(): boolean;
  /** Takes in all records anew, in slices, unless somebody reads it before. */
  fill(): Promise<void>;
  close(): void;
}

function openQuery<N extends EntityName>(
  tables: Tables,
  name: N,
  spec: QueryOptions<N>,
  begins: 'filled' | 'empty',
): OpenQuery {
  const table = tables.table(name);
  const first = begins === 'filled' ? table.each() : [];
  const { orderBy = () => null } = spec;
  const query = isOrder(spec)
    ? new KeptOrder<RecordNamed<N>>(orderBy, first)
    : new LiveQuery<RecordNamed<N>>(spec.orderBy ? { ...spec, sortBy: spec.orderBy } : spec, first);
  const [version, setVersion] = createSignal(0);
  /** Changed since the query was true; 'all': it is computed again when somebody looks, once for several changes. */
  let missed: Set<string> | 'all' | null = begins === 'filled' ? null : 'all';
  /** Another one for each time it is filled; null when nobody fills it. */
  let filling: object | null = null;
  let readers = 0;
  const tell = () => setVersion((before) => before + 1);
  const missAll = () => {
    filling = null;
    if (missed === 'all') return;
    missed = 'all';
    tell();
  };

  const stops = [
    table.onChange((change) => {
      if (change === 'all') missAll();
      else if (missed === 'all') return;
      else if (readers > 0) {
        if (query.update(change, table.peek, table.each)) tell();
      } else {
        missed ??= new Set();
        for (const id of change) missed.add(id);
      }
    }),
    ...(spec.dependsOn ?? []).map((other) =>
      typeof other === 'string'
        ? tables.table(other).onChange(missAll)
        : tables.table(other.entity).onChange((change) => {
            if (other.matters(change)) missAll();
          }),
    ),
  ];

  function catchUp(): void {
    const changes = missed;
    missed = null;
    if (changes === 'all' || filling) query.reset(table.each());
    else if (changes !== null) query.update(changes, table.peek, table.each);
    filling = null;
  }

  return {
    isOrder: query instanceof KeptOrder,
    current(descending) {
      version();
      // What the keys are read from is told by `dependsOn`.
      if (missed !== null) untrack(catchUp);
      return query instanceof KeptOrder ? answerOf(query, descending) : query;
    },
    join() {
      if (missed !== null || filling) catchUp();
      readers++;
    },
    leave: () => --readers,
    readers: () => readers,
    size: () => query.size,
    isStale: () => missed === 'all',
    async fill() {
      const mine = {};
      filling = mine;
      // What changes from here on is noted, and taken in at the end.
      missed = null;
      query.reset([]);
      let chunk: RecordNamed<N>[] = [];
      await runInSlices(table.each(), (record) => {
        if (filling !== mine) return;
        chunk.push(record);
        if (chunk.length < CHUNK) return;
        query.add(chunk);
        chunk = [];
      });
      if (filling !== mine) return;
      query.add(chunk);
      filling = null;
    },
    close() {
      filling = null;
      for (const stop of stops) stop();
    },
  };
}
