/** What people do with deals beyond editing fields: create in a stage, move, win, lose, reopen. */

import { company } from '../entities/company.ts';
import { type Deal, deal } from '../entities/deal.ts';
import { type Stage, stage } from '../entities/stage.ts';
import type { Changes } from '../model/entity.ts';
import type { Id } from '../model/id.ts';
import type { Place } from '../model/place-field.ts';
import { rankBetween, ranksAfter } from '../model/rank.ts';
import { compareCards, stagesOf, statusOf } from '../query/pipeline-view.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

type DealChanges = Changes<typeof deal>;

/** Creates a deal on top of a stage's column; the person who creates it owns it unless told otherwise. */
export function createDeal(tx: Tx, { stageId, values }: { stageId: string; values: DealChanges }): Id<'deal'> {
  const target = mustGet(tx, stage, stageId);
  return tx.insert(deal, {
    openedOn: tx.today,
    ...(tx.actor === '' ? {} : { owner: tx.actor }),
    ...values,
    ...closing(tx, target, values.closedOn ?? null),
    place: [target.pipeline ?? '', target.id, rankBetween('', edgeRank(tx, stageId, 'first'))],
    stages: [{ stamp: tx.stamp, from: '', to: target.id, by: tx.actor }],
  });
}

/** Creates a deal and, in the same step, the company it is with when that one is new. */
export function createDealWithCompany(
  tx: Tx,
  { stageId, values, newCompany }: { stageId: string; values: DealChanges; newCompany: string | null },
): Id<'deal'> {
  mustGet(tx, stage, stageId);
  const owner = values.owner ?? (tx.actor === '' ? null : tx.actor);
  const made = newCompany === null ? null : tx.insert(company, { name: newCompany, owner });
  return createDeal(tx, { stageId, values: made === null ? values : { ...values, company: made } });
}

/** Where a card is put: between two others, or at an end of the column when a neighbour is left out. */
export interface Slot {
  readonly stageId: string;
  /** Id of the card above, or '' for the top. */
  readonly below?: string;
  /** Id of the card underneath, or '' for the bottom. */
  readonly above?: string;
}

/** Moves a card. A move to another stage is written into the deal's stage history; closing sets the closing day. */
export function moveDeal(tx: Tx, { id, to }: { id: string; to: Slot }): void {
  moveDealsTo(tx, { ids: [id], to });
}

/** Moves several cards to one place, in the order given: the drop of a selection. */
export function moveDealsTo(tx: Tx, { ids, to }: { ids: readonly string[]; to: Slot }): void {
  const target = mustGet(tx, stage, to.stageId);
  const rankOf = (neighbour: string | undefined) => {
    const found = neighbour && !ids.includes(neighbour) ? tx.get(deal, neighbour) : undefined;
    return found?.place[1] === target.id ? found.place[2] : '';
  };
  let [low, high] = [rankOf(to.below), rankOf(to.above)];
  if (low === '' && high === '') {
    if (to.below === undefined) high = edgeRank(tx, target.id, 'first', ids);
    else low = edgeRank(tx, target.id, 'last', ids);
  }
  for (const id of ids) {
    low = rankBetween(low, high);
    place(tx, mustGet(tx, deal, id), target, low);
  }
}

/** Puts cards to the very places given: back where they were before somebody else moved them. */
export function putBackDeals(tx: Tx, moves: readonly { readonly id: string; readonly to: Place }[]): void {
  for (const { id, to } of moves) place(tx, mustGet(tx, deal, id), mustGet(tx, stage, to[1]), to[2]);
}

/** Puts several deals at the bottom of a stage, in the order given. */
export function placeDeals(tx: Tx, ids: readonly string[], target: Stage): void {
  const last = edgeRank(tx, target.id, 'last');
  const ranks = ranksAfter(last, ids.length);
  for (const [index, id] of ids.entries()) place(tx, mustGet(tx, deal, id), target, ranks[index] ?? last);
}

/** Moves several deals to a stage at once: bulk edit. */
export function moveDeals(tx: Tx, { ids, stageId }: { ids: readonly string[]; stageId: string }): void {
  placeDeals(tx, ids, mustGet(tx, stage, stageId));
}

/** Marks deals as won or lost in their own pipelines. `reason` and `note` are kept with a lost (or won) deal. */
export function closeDeals(
  tx: Tx,
  { ids, as, reason, note }: { ids: readonly string[]; as: 'won' | 'lost'; reason?: string; note?: string },
): void {
  const targets = new Map<string, Stage>();
  for (const each of tx.all(stage)) if (each.type === as) targets.set(each.pipeline ?? '', each);
  const tops = new Map<string, string>();
  for (const id of ids) {
    const current = mustGet(tx, deal, id);
    const target = targets.get(current.place[0]);
    if (!target) throw new CommandRefused('conflict', `${current.title} is in a pipeline that is no longer there.`);
    if (current.place[1] !== target.id) {
      const rank = rankBetween('', tops.get(target.id) ?? edgeRank(tx, target.id, 'first'));
      tops.set(target.id, rank);
      place(tx, current, target, rank);
    }
    tx.patch(deal, id, {
      ...(reason === undefined ? {} : { lostReason: reason }),
      ...(note === undefined ? {} : { closingNote: note }),
    });
  }
}

/**
 * Puts won or lost deals back on top of the stage they were closed from; into the first open stage when that one
 * is gone. The reason and the note of the closing are emptied; they stay in the history.
 */
export function reopenDeals(tx: Tx, { ids }: { ids: readonly string[] }): void {
  for (const id of ids) {
    const current = mustGet(tx, deal, id);
    if (statusOf(tx.get(stage, current.place[1])) === 'open') continue;
    const open = stagesOf(tx.all(stage), current.place[0]).filter((each) => statusOf(each) === 'open');
    const before = current.stages.flatMap((move) => [move.from, move.to]).reverse();
    const target = before.flatMap((stageId) => open.find((each) => each.id === stageId) ?? []).at(0) ?? open[0];
    if (!target) throw new CommandRefused('conflict', `${current.title} is in a pipeline without an open stage.`);
    place(tx, current, target, rankBetween('', edgeRank(tx, target.id, 'first')));
    tx.patch(deal, id, { lostReason: '', closingNote: '' });
  }
}

function place(tx: Tx, current: Deal, target: Stage, rank: string): void {
  const next = [target.pipeline ?? '', target.id, rank] as const;
  if (current.place[1] === target.id) {
    tx.patch(deal, current.id, { place: next });
    return;
  }
  tx.patch(deal, current.id, {
    place: next,
    stages: [...current.stages, { stamp: tx.stamp, from: current.place[1], to: target.id, by: tx.actor }],
    ...closing(tx, target, null),
  });
}

/** The closing day follows the status: set on entering won or lost (`known` where it is known), emptied on reopening. */
function closing(tx: Tx, target: Stage, known: string | null): Pick<DealChanges, 'closedOn'> {
  return { closedOn: statusOf(target) === 'open' ? null : (known ?? tx.today) };
}

/** The rank of the first or last card of a stage, '' when it is empty. One pass: a column can hold thousands. */
function edgeRank(tx: Tx, stageId: string, end: 'first' | 'last', without: readonly string[] = []): string {
  let edge: Deal | undefined;
  for (const each of tx.all(deal)) {
    if (each.place[1] !== stageId || without.includes(each.id)) continue;
    if (!edge || compareCards(each, edge) < 0 === (end === 'first')) edge = each;
  }
  return edge?.place[2] ?? '';
}
