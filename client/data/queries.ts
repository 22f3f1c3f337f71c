/** Live queries as Solid reads them: one signal per open query, whatever number of rows it has. */
import { createMemo, createSignal, onCleanup, untrack } from 'solid-js';
import type { EntityName, RecordNamed } from '../../shared/entities/registry.ts';
import { LiveQuery } from '../../shared/query/live-query.ts';
import type { Tables } from './tables.ts';
import type { Query, QueryOptions } from './workspace.ts';

/** Lives as long as the current Solid owner. */
export function createLiveQuery<N extends EntityName>(tables: Tables, name: N, options: () => QueryOptions<N>): Query {
  const table = tables.table(name);

  /** Anew when what `options` reads changes; between that the query is kept true change by change. */
  const live = createMemo(() => {
    const spec = options();
    return untrack(() => {
      const query = new LiveQuery<RecordNamed<N>>(spec, table.each());
      const [version, setVersion] = createSignal(0);
      let isStale = false;
      const stops = [
        table.onChange((change) => {
          if (isStale) return;
          if (change === 'all') query.reset(table.each());
          else if (!query.update(change, table.peek, table.each)) return;
          setVersion((before) => before + 1);
        }),
        ...(spec.dependsOn ?? []).map((other) =>
          tables.table(other).onChange(() => {
            if (isStale) return;
            // Computed when somebody looks: several changes in one batch cost one computation.
            isStale = true;
            setVersion((before) => before + 1);
          }),
        ),
      ];
      onCleanup(() => {
        for (const stop of stops) stop();
      });
      return () => {
        version();
        if (isStale) {
          isStale = false;
          query.reset(table.each());
        }
        return query;
      };
    });
  });

  const current = () => live()();
  return {
    ids: () => current().group('').ids,
    group: (key) => current().group(key),
    groupKeys: () => current().groupKeys(),
    size: () => current().size,
  };
}
