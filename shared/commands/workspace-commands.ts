/** The beginning of a workspace, and who belongs to it. Run by the server when accounts are made. */

import { member, type ROLES } from '../entities/member.ts';
import { CURRENCIES, WORKSPACE_ID, workspace } from '../entities/workspace.ts';
import type { Id } from '../model/id.ts';
import { mustGet, type Tx } from './command.ts';
import { addPipeline } from './pipeline-commands.ts';

export interface NewMember {
  readonly id: Id<'member'>;
  readonly name: string;
  readonly email: string;
  readonly role: keyof typeof ROLES;
}

/** Writes the workspace's settings, a first pipeline with its stages, and the owner. */
export function setUpWorkspace(
  tx: Tx,
  { name, currency, owner }: { name: string; currency: string; owner: NewMember },
): void {
  tx.insert(workspace, { name, currency: Object.hasOwn(CURRENCIES, currency) ? currency : 'EUR' }, WORKSPACE_ID);
  addPipeline(tx, { name: 'New business' });
  addMember(tx, owner);
}

/** Adds a teammate, or brings the profile up to date when the account existed before. */
export function addMember(tx: Tx, { id, name, email, role }: NewMember): void {
  if (tx.get(member, id)) {
    tx.patch(member, id, { name, email, role, deleted: false });
    return;
  }
  tx.insert(member, { name, email, role, joinOrder: nextJoinOrder(tx) }, id);
}

/** Makes a teammate who owns records but has no account yet: an import knows them by name only. */
export function addMemberByName(
  tx: Tx,
  { name, team = '', manager = '', batch = '' }: { name: string; team?: string; manager?: string; batch?: string },
): Id<'member'> {
  return tx.insert(member, { name, role: 'member', team, manager, batch, joinOrder: nextJoinOrder(tx) });
}

/** The place of the next teammate in the order of joining, which decides the colour. */
export function nextJoinOrder(tx: Tx): number {
  let highest = -1;
  for (const each of tx.all(member)) highest = Math.max(highest, each.joinOrder ?? 0);
  return highest + 1;
}

export function renameWorkspace(tx: Tx, { name, currency }: { name?: string; currency?: string }): void {
  mustGet(tx, workspace, WORKSPACE_ID);
  tx.patch(workspace, WORKSPACE_ID, {
    ...(name === undefined ? {} : { name }),
    ...(currency === undefined ? {} : { currency }),
  });
}
