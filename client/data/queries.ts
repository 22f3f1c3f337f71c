/**
 * Live queries as Solid reads them: one signal per open query, whatever number of rows it has. A query with a name stays
 * when its last reader is gone, and only notes what changes until somebody opens it again: coming back to a page looks at
 * what changed since and not at all records.
 *
 * Law: whoever opens a query, kept or not, sees what one computed from nothing would say.
 */
import { createMemo, createSignal, onCleanup, untrack } from 'solid-js';
import type { EntityName, RecordNamed } from '../../shared/entities/registry.ts';
import { LiveQuery } from '../../shared/query/live-query.ts';
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
/** Rows that are sorted in at once while a query is made ready. */
const CHUNK = 500;

export function createQueries(tables: Tables): Queries {
  /** By entity and name. Those without readers are in the order in which they were let go of. */
  const kept = new Map<string, OpenQuery<EntityName>>();

  function acquire<N extends EntityName>(name: N, options: QueryOptions<N>): OpenQuery<N> {
    const known = kept.get(keyOf(name, options)) as OpenQuery<N> | undefined;
    const query = known ?? openQuery(tables, name, options, 'filled');
    if (options.keep !== undefined) kept.set(keyOf(name, options), query as unknown as OpenQuery<EntityName>);
    query.join();
    return query;
  }

  function release<N extends EntityName>(name: N, options: QueryOptions<N>, query: OpenQuery<N>): void {
    if (query.leave() > 0) return;
    if (options.keep === undefined) query.close();
    else putLast(keyOf(name, options));
  }

  function putLast(key: string): void {
    const query = kept.get(key);
    if (!query) return;
    kept.delete(key);
    kept.set(key, query);
    const idle = [...kept].filter(([, each]) => each.readers() === 0);
    let rows = idle.reduce((sum, [, each]) => sum + each.size(), 0);
    let count = idle.length;
    for (const [oldest, each] of idle) {
      if (rows <= MOST_ROWS_KEPT && count <= MOST_KEPT) return;
      rows -= each.size();
      count--;
      each.close();
      kept.delete(oldest);
    }
  }

  return {
    create<N extends EntityName>(name: N, options: () => QueryOptions<N>): Query {
      /** Another one when what `options` reads changes; between that the query is kept true change by change. */
      const open = createMemo(() => {
        const spec = options();
        const query = untrack(() => acquire(name, spec));
        onCleanup(() => release(name, spec, query));
        return query;
      });
      const current = () => open().current();
      return {
        ids: () => current().group('').ids,
        group: (key) => current().group(key),
        groupKeys: () => current().groupKeys(),
        size: () => current().size,
      };
    },
    async prepare(name, options) {
      const key = keyOf(name, options);
      if (options.keep === undefined || kept.has(key)) return;
      const query = openQuery(tables, name, options, 'empty');
      kept.set(key, query as unknown as OpenQuery<EntityName>);
      await query.fill();
      if (query.readers() === 0) putLast(key);
    },
  };
}

const keyOf = (name: string, { keep = '' }: { readonly keep?: string }): string => `${name}/${keep}`;

interface OpenQuery<N extends EntityName> {
  /** As it is now; tracks. */
  current(): LiveQuery<RecordNamed<N>>;
  /** From now on changes are taken in as they come. */
  join(): void;
  /** Returns how many readers are left; without any, changes are only noted. */
  leave(): number;
  readers(): number;
  size(): number;
  /** Takes in all records, in slices, unless somebody reads it before. */
  fill(): Promise<void>;
  close(): void;
}

function openQuery<N extends EntityName>(
  tables: Tables,
  name: N,
  spec: QueryOptions<N>,
  begins: 'filled' | 'empty',
): OpenQuery<N> {
  const table = tables.table(name);
  const query = new LiveQuery<RecordNamed<N>>(spec, begins === 'filled' ? table.each() : []);
  const [version, setVersion] = createSignal(0);
  /** Changed since the query was true; 'all': it is computed again when somebody looks, once for several changes. */
  let missed: Set<string> | 'all' | null = begins === 'filled' ? null : 'all';
  let isFilling = false;
  let readers = 0;
  const tell = () => setVersion((before) => before + 1);
  const missAll = () => {
    isFilling = false;
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
    ...(spec.dependsOn ?? []).map((other) => tables.table(other).onChange(missAll)),
  ];

  function catchUp(): void {
    const changes = missed;
    missed = null;
    if (changes === 'all' || isFilling) query.reset(table.each());
    else if (changes !== null) query.update(changes, table.peek, table.each);
    isFilling = false;
  }

  return {
    current() {
      version();
      if (missed !== null) catchUp();
      return query;
    },
    join() {
      if (missed !== null || isFilling) catchUp();
      readers++;
    },
    leave: () => --readers,
    readers: () => readers,
    size: () => query.size,
    async fill() {
      isFilling = true;
      // What changes from here on is noted, and taken in at the end.
      missed = null;
      let chunk: RecordNamed<N>[] = [];
      await runInSlices(table.each(), (record) => {
        if (!isFilling) return;
        chunk.push(record);
        if (chunk.length < CHUNK) return;
        query.add(chunk);
        chunk = [];
      });
      if (!isFilling) return;
      query.add(chunk);
      isFilling = false;
    },
    close() {
      isFilling = false;
      for (const stop of stops) stop();
    },
  };
}
