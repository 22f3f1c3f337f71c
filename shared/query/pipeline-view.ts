/** Pipelines, stages and deals as screens and reports see them: order, status, probability, weighted value. */
import type { Deal } from '../entities/deal.ts';
import type { Pipeline } from '../entities/pipeline.ts';
import type { Stage, StageType } from '../entities/stage.ts';
import { type Day, dayOfInstant, daysBetween } from '../model/day.ts';

const TYPE_ORDER: readonly string[] = ['open', 'won', 'lost'];

function byRank(left: { rank: string; id: string }, right: { rank: string; id: string }): number {
  if (left.rank !== right.rank) return left.rank < right.rank ? -1 : 1;
  return left.id < right.id ? -1 : 1;
}

/** The stages of a pipeline in order: open ones by rank, then won, then lost; those in the trash left out. */
export function stagesOf(stages: Iterable<Stage>, pipelineId: string): readonly Stage[] {
  return [...stages]
    .filter((stage) => stage.pipeline === pipelineId && !stage.deleted)
    .sort((left, right) => typeOrder(left) - typeOrder(right) || byRank(left, right));
}

function typeOrder(stage: Stage): number {
  return Math.max(0, TYPE_ORDER.indexOf(stage.type ?? 'open'));
}

export function sortedPipelines(pipelines: Iterable<Pipeline>): readonly Pipeline[] {
  return [...pipelines].filter((each) => !each.deleted).sort(byRank);
}

/** Open, won or lost. A deal in a stage that does not exist (any more) is open: it must be seen and mended, not lost. */
export function statusOf(stage: Stage | undefined): StageType {
  return stage?.type === 'won' || stage?.type === 'lost' ? stage.type : 'open';
}

/** Percent, 0 to 100: the deal's own, else its stage's; a closed deal counts 100 or 0 whatever was said before. */
export function probabilityOf(deal: Deal, stage: Stage | undefined): number {
  const status = statusOf(stage);
  if (status !== 'open') return status === 'won' ? 100 : 0;
  return deal.probability ?? stage?.probability ?? 0;
}

/** Amount × probability in minor units of the deal's own currency, rounded; 0 without an amount (FIELD §5, "weighted"). */
export function weightedMinor(deal: Deal, stage: Stage | undefined): number {
  return Math.round(((deal.amount?.minor ?? 0) * probabilityOf(deal, stage)) / 100);
}

/** Days without a change of an open deal, when that is at least the stage's limit; null otherwise. */
export function quietDays(deal: Deal, stage: Stage | undefined, today: Day): number | null {
  const limit = stage?.quietAfterDays ?? null;
  if (limit === null || statusOf(stage) !== 'open' || deal.updatedAt === 0) return null;
  const days = daysBetween(dayOfInstant(deal.updatedAt), today);
  return days >= limit ? days : null;
}

/** Order of cards in a column: by rank as plain text, equal ranks by id. */
export function compareCards(left: Deal, right: Deal): number {
  if (left.place[2] !== right.place[2]) return left.place[2] < right.place[2] ? -1 : 1;
  return left.id < right.id ? -1 : left.id > right.id ? 1 : 0;
}
