/** The beginning of a workspace, and who belongs to it. Run by the server when accounts are made, changed and removed. */

import { deal } from '../entities/deal.ts';
import { member, type ROLES } from '../entities/member.ts';
import { stage } from '../entities/stage.ts';
import { task } from '../entities/task.ts';
import { CURRENCIES, WORKSPACE_ID, workspace } from '../entities/workspace.ts';
import type { Id } from '../model/id.ts';
import { statusOf } from '../query/pipeline-view.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';
import { addPipeline } from './pipeline-commands.ts';

export interface NewMember {
  readonly id: Id<'member'>;
  readonly name: string;
  readonly email: string;
  readonly role: keyof typeof ROLES;
  /** User id. */
  readonly account?: string;
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
export function addMember(tx: Tx, { id, name, email, role, account }: NewMember): void {
  const profile = { name, email, role, ...(account === undefined ? {} : { account }) };
  if (tx.get(member, id)) {
    tx.patch(member, id, { ...profile, deleted: false });
    return;
  }
  tx.insert(member, { ...profile, joinOrder: nextJoinOrder(tx) }, id);
}

/** Notes in profiles which account they stand for, where a server from before this was noted has not. */
export function noteAccounts(tx: Tx, accounts: readonly { readonly id: string; readonly account: string }[]): void {
  for (const { id, account } of accounts) if (tx.get(member, id)) tx.patch(member, id, { account });
}

/** Brings name or role of somebody's profile in line with their account. Run by the server when the account changes. */
export function updateMember(
  tx: Tx,
  { id, name, role }: { id: string; name?: string; role?: keyof typeof ROLES },
): void {
  if (tx.get(member, id) === undefined) return;
  tx.patch(member, id, { ...(name === undefined ? {} : { name }), ...(role === undefined ? {} : { role }) });
}

/** What somebody still has on their hands. */
export interface OpenWork {
  readonly deals: readonly string[];
  readonly tasks: readonly string[];
}

function openWorkOf(tx: Tx, memberId: string): OpenWork {
  const closed = new Set<string>();
  for (const each of tx.all(stage)) if (statusOf(each) !== 'open') closed.add(each.id);
  const deals: string[] = [];
  const tasks: string[] = [];
  for (const each of tx.all(deal)) if (each.owner === memberId && !closed.has(each.place[1])) deals.push(each.id);
  for (const each of tx.all(task)) if (each.owner === memberId && each.doneAt === null) tasks.push(each.id);
  return { deals, tasks };
}

/**
 * Takes somebody off the team: open deals and open tasks go to `heir` (null: to nobody), what is closed stays theirs, and
 * so does their name on everything they did.
 */
export function removeMember(tx: Tx, { id, heir }: { id: string; heir: string | null }): OpenWork {
  if (heir !== null) {
    const heirRecord = mustGet(tx, member, heir);
    if (heirRecord.deleted || heir === id) {
      throw new CommandRefused('conflict', 'Their deals and tasks cannot go to this person. Choose somebody else.');
    }
  }
  const work = openWorkOf(tx, id);
  for (const each of work.deals) tx.patch(deal, each, { owner: heir });
  for (const each of work.tasks) tx.patch(task, each, { owner: heir });
  if (tx.get(member, id)) tx.patch(member, id, { deleted: true });
  return work;
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
