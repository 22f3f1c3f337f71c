/** The way of a deal through its stages: how long it was in each, and what is behind and before it. */
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { dayOfInstant, daysBetween } from '../../../shared/model/day.ts';
import { statusOf } from '../../../shared/query/pipeline-view.ts';
import { stampTime } from '../../../shared/sync/stamp.ts';

export interface PathStep {
  readonly stage: Stage;
  readonly state: 'done' | 'now' | 'next';
  /** Whole days the deal has been there, all visits together; null when it never was, as far as is known. */
  readonly days: number | null;
}

/** The steps a deal takes: its open stages and won; lost only for a deal that is lost. */
export function stagePath(deal: Deal, stages: readonly Stage[], nowMs: number): readonly PathStep[] {
  const current = stages.find((stage) => stage.id === deal.place[1]);
  const isLost = statusOf(current) === 'lost';
  const steps = stages
    .filter((stage) => statusOf(stage) !== 'lost' || isLost)
    .filter((stage) => !(isLost && statusOf(stage) === 'won'));
  const at = steps.findIndex((stage) => stage.id === deal.place[1]);
  const days = daysInStages(deal, nowMs);
  return steps.map((stage, index) => ({
    stage,
    state: index === at ? 'now' : index < at && wasPassed(stage, isLost, days) ? 'done' : 'next',
    days: days.get(stage.id) ?? null,
  }));
}

/** A lost deal has been through the stages it was in, and through no others. */
function wasPassed(stage: Stage, isLost: boolean, days: ReadonlyMap<string, number>): boolean {
  return !isLost || days.has(stage.id);
}

/** Days per stage id, from the moves. A deal without moves has been where it is since it was made. */
export function daysInStages(deal: Deal, nowMs: number): ReadonlyMap<string, number> {
  const moves = deal.stages.map((move) => ({ to: move.to, at: stampTime(move.stamp) })).filter((move) => move.at > 0);
  if (moves.length === 0 && deal.createdAt > 0) moves.push({ to: deal.place[1], at: deal.createdAt });
  const days = new Map<string, number>();
  for (const [index, move] of moves.entries()) {
    const until = moves[index + 1]?.at ?? nowMs;
    const stay = Math.max(0, daysBetween(dayOfInstant(move.at), dayOfInstant(until)));
    days.set(move.to, (days.get(move.to) ?? 0) + stay);
  }
  return days;
}

/** The newest move from one stage to another, while it is news: undone with one click. */
export interface RecentMove {
  readonly from: string;
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
}

const NEWS_MS = 24 * 60 * 60 * 1000;

export function recentMove(deal: Deal, nowMs: number): RecentMove | null {
  const last = deal.stages.at(-1);
  const at = last ? stampTime(last.stamp) : 0;
  if (!last || last.from === '' || last.to !== deal.place[1] || nowMs - at > NEWS_MS) return null;
  return { from: last.from, by: last.by, at };
}
