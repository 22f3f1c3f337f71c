/** What belongs to a record and would be torn from it in another space: its entries, tasks, appointments, comments, files. */
import type { EntityName } from '../../../shared/entities/registry.ts';
import { entities, isEntityName } from '../../../shared/entities/registry.ts';
import type { Workspace } from '../../data/workspace.ts';

/** Ids of what is about a record in the rooms of work and timelines on this device, the trash included. */
export function linkedRecords(workspace: Workspace, id: string): readonly string[] {
  const found = new Set<string>();
  // A comment on a task of the deal belongs to the deal too.
  const wanted = new Set([id, ...workspace.merges().mergedFrom(id)]);
  for (let round = 0; round < 2; round++) {
    for (const name of Object.keys(entities).filter(isEntityName)) {
      if (!isAbout(name)) continue;
      for (const record of workspace.collection(name).eachWithTrash()) {
        if (!found.has(record.id) && names(record, wanted)) found.add(record.id);
      }
    }
    for (const each of found) wanted.add(each);
  }
  found.delete(id);
  return [...found];
}

const isAbout = (name: EntityName) => entities[name].room === 'work' || entities[name].room === 'timeline';

function names(value: unknown, wanted: ReadonlySet<string>): boolean {
  if (typeof value === 'string') return wanted.has(value);
  return typeof value === 'object' && value !== null && Object.values(value).some((each) => names(each, wanted));
}
