/** The records of one entity as a CSV text, those in the trash left out. */
import { exportCsv } from '../../../shared/csv/export.ts';
import { entities, isEntityName, recordTitle } from '../../../shared/entities/registry.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import type { Workspace } from '../../data/workspace.ts';

export type Exported = 'contact' | 'company' | 'deal';

export function recordsAsCsv(workspace: Pick<Workspace, 'collection'>, name: Exported): string {
  /** Many rows point to the same few owners and stages. */
  const names = new Map<string, string>();
  function nameOf(id: string): string {
    let title = names.get(id);
    if (title === undefined) {
      const entity = entityNameOf(id);
      const record = isEntityName(entity) ? workspace.collection(entity).byIdInTrash(id) : undefined;
      title = record ? recordTitle(entities, record as unknown as AnyRecord) : '';
      names.set(id, title);
    }
    return title;
  }
  const records = workspace.collection(name).each() as unknown as Iterable<Readonly<Record<string, unknown>>>;
  return exportCsv(entities[name], records, { nameOf });
}
