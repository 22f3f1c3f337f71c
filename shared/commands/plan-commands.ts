/** Keeping the team's plans: named, ordered templates of tasks. Starting one is `startPlan` in task-commands.ts. */
import { plan, planStep } from '../entities/plan.ts';
import type { Changes } from '../model/entity.ts';
import type { Id } from '../model/id.ts';
import { mustGet, type Tx } from './command.ts';
import { savePlan, stepsOf } from './task-commands.ts';

/** A plan begins with a step to name. */
export function addPlan(tx: Tx, { name, step }: { readonly name: string; readonly step: string }): Id<'plan'> {
  return savePlan(tx, { name, steps: [{ title: step }] });
}

export function editPlan(
  tx: Tx,
  { id, changes }: { readonly id: string; readonly changes: Changes<typeof plan> },
): void {
  tx.patch(plan, mustGet(tx, plan, id).id, changes);
}

/** The plan and its steps; tasks that were made of them stay. */
export function deletePlan(tx: Tx, { id }: { readonly id: string }): void {
  tx.patch(plan, mustGet(tx, plan, id).id, { deleted: true });
  for (const step of stepsOf(tx.all(planStep), id)) tx.patch(planStep, step.id, { deleted: true });
}

/** Adds a step at the end, due when the one before it is. */
export function addPlanStep(
  tx: Tx,
  { planId, title }: { readonly planId: string; readonly title: string },
): Id<'planStep'> {
  const last = stepsOf(tx.all(planStep), mustGet(tx, plan, planId).id).at(-1);
  const id = tx.insert(planStep, { plan: planId as Id<'plan'>, title, type: 'todo', afterDays: last?.afterDays ?? 0 });
  order(tx, [
    ...stepsOf(tx.all(planStep), planId)
      .filter((step) => step.id !== id)
      .map((step) => step.id),
    id,
  ]);
  return id;
}

export function editPlanStep(
  tx: Tx,
  {
    id,
    changes,
  }: { readonly id: string; readonly changes: Pick<Changes<typeof planStep>, 'title' | 'type' | 'afterDays' | 'note'> },
): void {
  tx.patch(planStep, mustGet(tx, planStep, id).id, changes);
}

/** Puts a step at a position among those of its plan, 0 for the first. */
export function movePlanStep(tx: Tx, { id, position }: { readonly id: string; readonly position: number }): void {
  const moved = mustGet(tx, planStep, id);
  const others = stepsOf(tx.all(planStep), moved.plan ?? '').flatMap((step) => (step.id === id ? [] : [step.id]));
  order(tx, [...others.slice(0, position), moved.id, ...others.slice(position)]);
}

export function deletePlanStep(tx: Tx, { id }: { readonly id: string }): void {
  tx.patch(planStep, mustGet(tx, planStep, id).id, { deleted: true });
}

function order(tx: Tx, ids: readonly string[]): void {
  for (const [index, id] of ids.entries()) {
    const rank = String(index).padStart(4, '0');
    if (mustGet(tx, planStep, id).rank !== rank) tx.patch(planStep, id, { rank });
  }
}
