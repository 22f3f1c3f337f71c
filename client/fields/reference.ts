/** What an id points to. A reference may dangle: the record is in the trash, merged, unknown, or not loaded yet. */
import { type EntityName, entities, isEntityName, recordTitle } from '../../shared/entities/registry.ts';
import { type Day, dayOfInstant } from '../../shared/model/day.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import type { Workspace } from '../data/workspace.ts';
import { rightNow } from '../platform/right-now.ts';
import type { TextContext } from './field-text.ts';

export interface Reference {
  readonly record: AnyRecord | undefined;
  readonly state: 'here' | 'deleted' | 'missing' | 'loading';
  /** Never empty but while loading: "Ingrid Solberg", "Deleted contact". */
  readonly title: string;
}

/** Follows an id to its record, through at most five merges. Tracks the records on the way. */
export function followReference(workspace: Workspace, id: string): Reference {
  let name = entityNameOf(id);
  let record: AnyRecord | undefined;
  let next: string | null = id;
  for (let hops = 0; next !== null && hops < 5; hops++) {
    name = entityNameOf(next);
    record = isEntityName(name) ? (workspace.collection(name).byIdInTrash(next) as AnyRecord | undefined) : undefined;
    next = record?.mergedInto ?? null;
  }
  const label = isEntityName(name) ? entities[name].label.toLowerCase() : 'record';
  if (record === undefined) {
    const loaded = !isEntityName(name) || workspace.isLoaded(entities[name].room);
    return { record, state: loaded ? 'missing' : 'loading', title: loaded ? `Private or removed ${label}` : '' };
  }
  return { record, state: record.deleted ? 'deleted' : 'here', title: recordTitle(entities, record) };
}

const SECTIONS: Partial<Record<EntityName, string>> = { contact: 'contacts', company: 'companies', deal: 'deals' };

/** The page of a record; undefined for what has none (stages, members). */
export function recordHref(id: string): string | undefined {
  const name = entityNameOf(id);
  const section = isEntityName(name) ? SECTIONS[name] : undefined;
  return section && `/${section}/${id}`;
}

/** The calendar day where this device is. Read when something is drawn; nothing is redrawn at midnight. */
export function currentDay(): Day {
  return dayOfInstant(rightNow());
}

/** What `fieldText` needs, from the records of a workspace; reading names tracks those records. */
export function textContext(workspace: Workspace): TextContext {
  return {
    get today() {
      return currentDay();
    },
    nameOf: (id) => followReference(workspace, id).title,
  };
}
