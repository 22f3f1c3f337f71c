/**
 * The likely duplicates of all contacts or companies, kept up to date while the page is open. 50,000 records are looked
 * through in slices beside everything else; what somebody merged, deleted or keeps separate goes from the answer at once.
 */
import { type Accessor, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { MergeableName } from '../../../shared/entities/mergeable.ts';
import { entities } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { createDuplicateFinder, type DuplicateGroup } from '../../../shared/query/duplicate-groups.ts';
import { areSeparate } from '../../../shared/query/duplicates.ts';
import { runInSlices } from '../../data/slices.ts';
import type { Workspace } from '../../data/workspace.ts';

/** So long after a change before all are looked through again, in ms: an import changes something in every frame. */
const AGAIN_AFTER = 500;

/** Undefined until all were looked through once. Within a Solid owner. */
export function createDuplicates(
  workspace: Workspace,
  name: MergeableName,
): Accessor<readonly DuplicateGroup[] | undefined> {
  const collection = workspace.collection(name);
  const read = (id: string) => collection.peek(id) as AnyRecord | undefined;
  const [found, setFound] = createSignal<readonly DuplicateGroup[]>();
  const changed = createMemo(() => [collection.count(), workspace.merges()]);
  let runs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function look(): Promise<void> {
    timer = undefined;
    const run = ++runs;
    const { survivorOf } = untrack(workspace.merges);
    const hasSpaces = untrack(workspace.spaces.list).length > 0;
    const finder = createDuplicateFinder(name, {
      standsFor: survivorOf,
      ...(hasSpaces ? { placeOf: (id: string) => untrack(() => workspace.spaces.of(id)) } : {}),
    });
    await runInSlices([...collection.each()], (record) => {
      if (run === runs) finder.add(record as unknown as AnyRecord);
    });
    await runInSlices(finder.shared(), (value) => {
      if (run === runs) finder.compare(value);
    });
    if (run === runs) setFound(finder.groups());
  }

  createEffect(
    on([changed, () => workspace.isLoaded(entities[name].room)], ([, isLoaded]) => {
      if (!isLoaded) return;
      timer ??= setTimeout(() => void look(), untrack(found) === undefined ? 0 : AGAIN_AFTER);
    }),
  );
  onCleanup(() => {
    clearTimeout(timer);
    runs++;
  });

  const shown = createMemo(() => {
    changed();
    const { survivorOf } = workspace.merges();
    const isThere = (id: string) => {
      const record = read(id);
      return record !== undefined && !record.deleted && survivorOf(id) === id;
    };
    return found()?.flatMap((group) => {
      const ids = group.ids.filter(isThere);
      const records = ids.flatMap((id) => read(id) ?? []);
      if (ids.length < 2 || allSeparate(records, survivorOf)) return [];
      return ids.length === group.ids.length ? group : { ...group, ids };
    });
  });
  return shown;
}

/** Of more than these only some are ever compared by a person at once. */
const FEW = 5;

function allSeparate(records: readonly AnyRecord[], standsFor: (id: string) => string): boolean {
  if (records.length > FEW) return false;
  return records.every((left, at) => records.slice(at + 1).every((right) => areSeparate(left, right, standsFor)));
}
