/** The table of rights, asked about what a command is about to write. The server asks it again. */
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { may, type Role, refusalOf } from '../../shared/model/rights.ts';
import type { Write } from '../../shared/sync/doc-tx.ts';
import type { Tables } from './tables.ts';

export function writeRefusals(
  me: () => { readonly memberId: string; readonly role: Role },
  tables: Tables,
): (writes: readonly Pick<Write, 'id' | 'path'>[]) => string | null {
  /** The server knows for certain; here it is told from the profile: teammates an import made have no address. */
  const isAccount = (memberId: string) => {
    const member = tables.table('member').peek(memberId);
    return member !== undefined && member.email !== '' && member.batch === '';
  };
  const roomOf = (entity: string) => (isEntityName(entity) ? entities[entity].room : undefined);
  const isOwnNotice = (id: string) => tables.table('notice').peek(id)?.owner === me().memberId;
  return (writes) => {
    const { role } = me();
    for (const { id, path } of writes) {
      const entity = entityNameOf(id);
      const room = roomOf(entity);
      if (room !== 'workspace' && may(role, 'records')) continue;
      const refusal = refusalOf({ entity, id, path }, { role, room: room ?? '', roomOf, isAccount, isOwnNotice });
      if (refusal !== null) return refusal;
    }
    return null;
  };
}
