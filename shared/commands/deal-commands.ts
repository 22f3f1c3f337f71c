/** What people do with deals beyond editing fields: create in a stage, move, win, lose, reopen. */
import { type Deal, deal } from '../entities/deal.ts';
import { type Stage, stage } from '../entities/stage.ts';
import type { Changes } from '../model/entity.ts';
import type { Id } from '../model/id.ts';
import { rankBetween, ranksAfter } from '../model/rank.ts';
import { compareCards, statusOf } from '../query/pipeline-view.ts';
import { mustGet, type Tx } from './command.ts';

type DealChanges = Changes<typeof deal>;

/** Creates a deal on top of a stage's column; the person who creates it owns it unless told otherwise. */
export function createDeal(tx: Tx, { stageId, values }: { stageId: string; values: DealChanges }): Id<'deal'> {
  const target = mustGet(tx, stage, stageId);
  const first = cardsIn(tx, stageId)[0];
  return tx.insert(deal, {
    openedOn: tx.today,
    ...(tx.actor === '' ? {} : { owner: tx.actor }),
    ...values,
    ...closing(tx, target, values.closedOn ?? null),
    place: [target.pipeline ?? '', target.id, rankBetween('', first?.place[2] ?? '')],
    stages: [{ stamp: tx.stamp, from: '', to: target.id, by: tx.actor }],
  });
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
  const current = mustGet(tx, deal, id);
  const target = mustGet(tx, stage, to.stageId);
  const neighbours = {
    below: to.below ? tx.get(deal, to.below) : undefined,
    above: to.above ? tx.get(deal, to.above) : undefined,
  };
  const inColumn = (each: Deal | undefined) =>
    each && each.place[1] === target.id && each.id !== id ? each.place[2] : '';
  let [low, high] = [inColumn(neighbours.below), inColumn(neighbours.above)];
  if (low === '' && high === '') {
    const cards = cardsIn(tx, target.id).filter((each) => each.id !== id);
    if (to.below === undefined) high = cards[0]?.place[2] ?? '';
    else low = cards.at(-1)?.place[2] ?? '';
  }
  place(tx, current, target, rankBetween(low, high));
}

/** Puts several deals at the bottom of a stage, in the order given. */
export function placeDeals(tx: Tx, ids: readonly string[], target: Stage): void {
  const last = cardsIn(tx, target.id).at(-1)?.place[2] ?? '';
  const ranks = ranksAfter(last, ids.length);
  for (const [index, id] of ids.entries()) place(tx, mustGet(tx, deal, id), target, ranks[index] ?? last);
}

/** Moves several deals to a stage at once: bulk edit, or a drop of a selection. */
export function moveDeals(tx: Tx, { ids, stageId }: { ids: readonly string[]; stageId: string }): void {
  placeDeals(tx, ids, mustGet(tx, stage, stageId));
}

/** Marks deals as won or lost in their own pipelines. `reason` and `note` are kept with a lost (or won) deal. */
export function closeDeals(
  tx: Tx,
  { ids, as, reason, note }: { ids: readonly string[]; as: 'won' | 'lost'; reason?: string; note?: string },
): void {
  for (const id of ids) {
    const current = mustGet(tx, deal, id);
    const target = [...tx.all(stage)].find((each) => each.pipeline === current.place[0] && each.type === as);
    if (!target) continue;
    if (current.place[1] !== target.id) moveDeal(tx, { id, to: { stageId: target.id } });
    tx.patch(deal, id, {
      ...(reason === undefined ? {} : { lostReason: reason }),
      ...(note === undefined ? {} : { closingNote: note }),
    });
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

function cardsIn(tx: Tx, stageId: string): readonly Deal[] {
  return [...tx.all(deal)].filter((each) => each.place[1] === stageId).sort(compareCards);
}
