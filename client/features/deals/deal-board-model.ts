/**
 * The board without a screen: which columns there are, which deals are in which and in what order, and where a card
 * lands that is let go somewhere.
 */
import type { Deal } from '../../../shared/entities/deal.ts';
import { STAGE_HUES, type Stage, type StageType } from '../../../shared/entities/stage.ts';
import { type Day, dayNumber } from '../../../shared/model/day.ts';
import type { QueryGroup, QuerySpec } from '../../../shared/query/live-query.ts';
import { statusOf } from '../../../shared/query/pipeline-view.ts';
import type { CurrencyPlaces } from './deal-sums.ts';
import { isInPeriod, type Period, periodTitle } from './period.ts';

/** Key of the column for deals whose stage does not exist (any more): they must be seen, never lost. */
export const NO_STAGE = 'no-stage';

export interface BoardColumn {
  /** Stage id, or `NO_STAGE`. */
  readonly key: string;
  readonly stage: Stage | undefined;
  readonly name: string;
  /** With the period of a closed column: "Won in November". */
  readonly title: string;
  readonly status: StageType;
  readonly hue: keyof typeof STAGE_HUES;
  /** Place among the open stages, and how many there are: the phase of the glyph's moon. */
  readonly position: number;
  readonly openCount: number;
}

export interface BoardView {
  /** Stages of the pipeline in order. */
  readonly stages: readonly Stage[];
  readonly wonPeriod: Period;
  /** Null = the lost column is hidden. */
  readonly lostPeriod: Period | null;
  readonly today: Day;
}

/** The columns of a pipeline; a column for deals without a stage comes first when `strays` are there. */
export function boardColumns(view: BoardView, strays: boolean): readonly BoardColumn[] {
  const open = view.stages.filter((stage) => statusOf(stage) === 'open');
  const columns = view.stages.flatMap((stage): BoardColumn[] => {
    const status = statusOf(stage);
    if (status === 'lost' && view.lostPeriod === null) return [];
    const period = status === 'won' ? view.wonPeriod : view.lostPeriod;
    const title = status === 'open' || period === null ? stage.name : periodTitle(stage.name, period, view.today);
    const position = Math.max(0, open.indexOf(stage));
    const shape = { status, hue: hueOf(stage), position, openCount: open.length };
    return [{ key: stage.id, stage, name: stage.name, title, ...shape }];
  });
  if (!strays) return columns;
  const words = { name: 'No stage', title: 'No stage' };
  return [
    { key: NO_STAGE, stage: undefined, ...words, status: 'open', hue: 'slate', position: 0, openCount: open.length },
    ...columns,
  ];
}

/** The stage's colour, or one that says open, won or lost when it has none that is known. */
function hueOf(stage: Stage): keyof typeof STAGE_HUES {
  if (stage.hue !== null && Object.hasOwn(STAGE_HUES, stage.hue)) return stage.hue as keyof typeof STAGE_HUES;
  const status = statusOf(stage);
  return status === 'open' ? 'slate' : status;
}

export interface BoardScope {
  readonly pipelineId: string;
  /** Deals of pipelines that are gone are shown in the first one. */
  readonly isFirstPipeline: boolean;
  readonly pipelineIds: ReadonlySet<string>;
}

/** Whether a deal belongs to the pipeline that is shown. */
export function isInScope(deal: Deal, scope: BoardScope): boolean {
  if (deal.place[0] === scope.pipelineId) return true;
  return scope.isFirstPipeline && !scope.pipelineIds.has(deal.place[0]);
}

/**
 * The board's live query: grouped by column; open columns in the order of their cards, closed ones newest first.
 * Filters are no part of it: see `filterColumns`.
 */
export function boardQuery(view: BoardView & BoardScope & { readonly places: CurrencyPlaces }): QuerySpec<Deal> {
  const stages = new Map<string, Stage>(view.stages.map((stage) => [stage.id, stage]));
  const stageOf = (deal: Deal) => stages.get(deal.place[1]);
  return {
    where: (deal) => isInScope(deal, view) && isOnBoard(deal, stageOf(deal), view),
    groupBy: (deal) => stageOf(deal)?.id ?? NO_STAGE,
    sortBy: (deal) =>
      statusOf(stageOf(deal)) === 'open'
        ? deal.place[2]
        : [deal.closedOn === null ? null : -dayNumber(deal.closedOn), deal.place[2]],
    sums: (deal) => view.places.sumsOf(deal, stageOf(deal)),
  };
}

/**
 * The columns with only the deals that match: one pass over the ids in their order. Sorting 10,000 deals anew for
 * every letter typed would take 100 ms.
 */
export function filterColumns(
  query: { readonly groupKeys: () => readonly string[]; readonly group: (key: string) => QueryGroup },
  dealOf: (id: string) => Deal | undefined,
  matches: (deal: Deal) => boolean,
  sumsOf: (deal: Deal) => readonly number[],
): ReadonlyMap<string, QueryGroup> {
  const columns = new Map<string, QueryGroup>();
  for (const key of query.groupKeys()) {
    const sums: number[] = [];
    const ids = query.group(key).ids.filter((id) => {
      const deal = dealOf(id);
      if (!deal || !matches(deal)) return false;
      for (const [place, value] of sumsOf(deal).entries()) sums[place] = (sums[place] ?? 0) + value;
      return true;
    });
    if (ids.length > 0) columns.set(key, { ids, sums });
  }
  return columns;
}

function isOnBoard(deal: Deal, stage: Stage | undefined, view: BoardView): boolean {
  const status = statusOf(stage);
  if (status === 'open') return true;
  const period = status === 'won' ? view.wonPeriod : view.lostPeriod;
  return period !== null && isInPeriod(deal.closedOn, period, view.today);
}

/** A place in a column: in front of the card that is at `index` now. */
export interface BoardPlace {
  readonly column: string;
  readonly index: number;
}

/** The cards a dropped one comes between, the carried ones themselves left out; '' = an end of the column. */
export function neighboursAt(
  ids: readonly string[],
  index: number,
  carried: ReadonlySet<string>,
): { readonly below: string; readonly above: string } {
  let before = index - 1;
  while (before >= 0 && carried.has(ids[before] ?? '')) before--;
  let after = index;
  while (after < ids.length && carried.has(ids[after] ?? '')) after++;
  return { below: ids[before] ?? '', above: ids[after] ?? '' };
}

/** Whether cards dropped in front of `index` would stay where they are. */
export function isSamePlace(ids: readonly string[], index: number, carried: ReadonlySet<string>): boolean {
  const own = ids.flatMap((id, at) => (carried.has(id) ? [at] : []));
  const [first = -1] = own;
  const together = own.every((at, offset) => at === first + offset);
  return own.length === carried.size && together && index >= first && index <= first + own.length;
}

/**
 * In front of which card a pointer at `y` (px from the top of the list) opens a slot. `edges` are the tops and
 * bottoms of the cards without a slot; cards behind the present slot are drawn `slotHeight` px lower, which is
 * counted here, so that a slot does not jump back and forth under a pointer that rests.
 */
export function slotIndexAt(
  y: number,
  edges: readonly { readonly start: number; readonly end: number }[],
  slot: { readonly index: number; readonly height: number } | null,
): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const card = edges[middle] as { start: number; end: number };
    const shift = slot && middle >= slot.index ? slot.height : 0;
    if (y < (card.start + card.end) / 2 + shift) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * Where a lifted card is after a step of the keyboard: up and down count the other cards of the column, left and
 * right go to the next column that takes cards, at the same height. Closed columns are ordered by date: top only.
 */
export function steppedPlace(
  columns: readonly BoardColumn[],
  idsOf: (column: string) => readonly string[],
  { at, carried }: { readonly at: BoardPlace; readonly carried: ReadonlySet<string> },
  by: { readonly places: number } | { readonly columns: number },
): BoardPlace {
  const others = (column: string) => idsOf(column).filter((id) => !carried.has(id));
  const height = idsOf(at.column)
    .slice(0, at.index)
    .filter((id) => !carried.has(id)).length;
  const placeIn = (column: BoardColumn | undefined, wanted: number): BoardPlace => {
    if (!column) return at;
    const rest = others(column.key);
    const next = column.status === 'open' ? Math.max(0, Math.min(wanted, rest.length)) : 0;
    const before = rest[next];
    const ids = idsOf(column.key);
    return { column: column.key, index: before === undefined ? ids.length : ids.indexOf(before) };
  };
  const present = columns.findIndex((column) => column.key === at.column);
  if ('places' in by) return placeIn(columns[present], height + by.places);
  const takers = columns.map((column, index) => ({ column, index })).filter(({ column }) => column.key !== NO_STAGE);
  const beyond = takers.filter(({ index }) => (by.columns > 0 ? index > present : index < present));
  return placeIn((by.columns > 0 ? beyond[0] : beyond.at(-1))?.column, height);
}
