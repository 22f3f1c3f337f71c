/**
 * Changes of this device to records that were removed for good while it was away. They are sent all the same and stand in
 * the history; whoever made them hears what has become of them, in words that are noted before the records are gone.
 */
import { type Registry, recordTitle } from '../../shared/entities/registry.ts';
import { fieldOf } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { pathLabel, type RoomRecords } from '../../shared/sync/room-records.ts';
import { type WaitingSource, waitingEdits } from './waiting.ts';

/** What waits of one record. */
export interface UnsentEdits {
  readonly id: string;
  readonly title: string;
  /** Of its changed fields, each once. */
  readonly labels: readonly string[];
  /** Of the newest of these edits. */
  readonly stamp: string;
}

/** What waits as a line opens, but for records that were made here: nobody else can have removed those. */
export function unsentEdits(room: WaitingSource, registry: Registry): readonly UnsentEdits[] {
  const found = new Map<string, UnsentEdits>();
  const made = new Set<string>();
  for (const { id, path, stamp } of waitingEdits(room)) {
    const entity = registry[entityNameOf(id)];
    const record = room.records.get(id);
    if (path === '') made.add(id);
    // What only follows from an action is nothing that anybody would miss.
    if (!entity || !record || path === '' || path === 'deleted' || fieldOf(entity, path)?.hidden) continue;
    const label = pathLabel(entity, path);
    const before = found.get(id);
    found.set(id, {
      id,
      title: before?.title ?? recordTitle(registry, record),
      labels: [...new Set([...(before?.labels ?? []), label])],
      stamp: before && before.stamp > stamp ? before.stamp : stamp,
    });
  }
  return [...found.values()].filter(({ id }) => !made.has(id));
}

/** Those of them whose record has nothing to show any more. */
export function removedAmong(unsent: readonly UnsentEdits[], records: RoomRecords): readonly UnsentEdits[] {
  return unsent.filter(({ id }) => records.stateOf(id)?.base === undefined);
}
