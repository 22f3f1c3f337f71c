/** The table of rights, asked about what a command is about to write. The server asks it again. */
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { type Role, refusalOf } from '../../shared/model/rights.ts';
import type { Write } from '../../shared/sync/doc-tx.ts';
import type { Tables } from './tables.ts';

export function writeRefusals(
  role: () => Role,
  tables: Tables,
): (writes: readonly Pick<Write, 'id' | 'path'>[]) => string | null {
  /** The server knows for certain; here it is told from the profile: teammates an import made have no address. */
  const isAccount = (memberId: string) => {
    const member = tables.table('member').peek(memberId);
    return member !== undefined && member.email !== '' && member.batch === '';
  };
  const roomOf = (entity: string) => (isEntityName(entity) ? entities[entity].room : undefined);
  return (writes) => {
    for (const { id, path } of writes) {
      const entity = entityNameOf(id);
      const room = roomOf(entity);
      if (room !== 'workspace') continue;
      const refusal = refusalOf({ entity, id, path }, { role: role(), room, roomOf, isAccount });
      if (refusal !== null) return refusal;
    }
    return null;
  };
}
