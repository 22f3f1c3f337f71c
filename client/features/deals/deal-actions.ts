/** What the deal screens let people do, with the words that undo and the toast say afterwards. */
import { useLocation, useNavigate } from '@solidjs/router';
import type { Tx } from '../../../shared/commands/command.ts';
import { closeDeals, moveDeals, moveDealsTo, reopenDeals, type Slot } from '../../../shared/commands/deal-commands.ts';
import { deleteRecords, editRecords, restoreRecords } from '../../../shared/commands/record-commands.ts';
import { deal } from '../../../shared/entities/deal.ts';
import type { Changes } from '../../../shared/model/entity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { listTrail } from '../../fields/list-trail.ts';
import { attempt, describeRecords } from '../../fields/record-edit.ts';

export interface DealActions {
  /** `among` are the deals around it, which J and K on its page go through. */
  readonly open: (id: string, among: readonly string[]) => void;
  /** Moves cards to the place between two others. */
  readonly place: (ids: readonly string[], to: Slot) => void;
  readonly moveToStage: (ids: readonly string[], stageId: string) => void;
  readonly win: (ids: readonly string[]) => void;
  readonly lose: (ids: readonly string[], why: { readonly reason: string; readonly note: string }) => void;
  readonly reopen: (ids: readonly string[]) => void;
  /** `what` begins the sentence "Owner of … changed". Returns a sentence when it was refused. */
  readonly edit: (ids: readonly string[], changes: Changes<typeof deal>, what: string) => string | undefined;
  readonly remove: (ids: readonly string[]) => void;
  readonly restore: (ids: readonly string[]) => void;
}

export function createDealActions(options: { readonly onRefused: (sentence: string) => void }): DealActions {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const location = useLocation();
  const name = (ids: readonly string[]) => describeRecords(workspace, 'deal', ids);
  const stageName = (id: string) => workspace.collection('stage').peek(id)?.name ?? 'another stage';

  function act(label: string, command: (tx: Tx) => unknown): void {
    const refused = attempt(() => workspace.run(label, command));
    if (refused !== undefined) options.onRefused(refused);
  }

  return {
    open: (id, among) =>
      navigate(`/deals/${id}`, { state: { trail: listTrail(among, id, location.pathname + location.search) } }),
    place(ids, to) {
      const stays = ids.every((id) => workspace.collection('deal').peek(id)?.place[1] === to.stageId);
      const label = stays ? `${name(ids)} moved` : `${name(ids)} moved to ${stageName(to.stageId)}`;
      act(label, (tx) => moveDealsTo(tx, { ids, to }));
    },
    moveToStage(ids, stageId) {
      const [only] = ids;
      act(`${name(ids)} moved to ${stageName(stageId)}`, (tx) =>
        ids.length === 1 && only ? moveDealsTo(tx, { ids, to: { stageId } }) : moveDeals(tx, { ids, stageId }),
      );
    },
    win: (ids) => act(`${name(ids)} marked as won`, (tx) => closeDeals(tx, { ids, as: 'won' })),
    lose: (ids, why) => act(`${name(ids)} marked as lost`, (tx) => closeDeals(tx, { ids, as: 'lost', ...why })),
    reopen: (ids) => act(`${name(ids)} reopened`, (tx) => reopenDeals(tx, { ids })),
    edit(ids, changes, what) {
      return attempt(() =>
        workspace.run(`${what} of ${name(ids)} changed`, (tx) => editRecords(tx, { entity: deal, ids, changes })),
      );
    },
    remove: (ids) => act(`${name(ids)} deleted`, (tx) => deleteRecords(tx, { entity: deal, ids })),
    restore: (ids) => act(`${name(ids)} restored`, (tx) => restoreRecords(tx, { entity: deal, ids })),
  };
}
