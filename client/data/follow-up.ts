/**
 * What a step means for others (`shared/commands/notice-commands.ts`), written right after the step and undone with it. Its
 * code is not part of the first load: steps taken before it is here are followed up as soon as it is. Whatever goes wrong
 * with telling others never stands in the way of the step itself.
 */
import { batch } from 'solid-js';
import { CommandRefused, type Tx } from '../../shared/commands/command.ts';
import type { WrittenPath } from '../../shared/commands/notice-commands.ts';
import { applyPlan, type CommandContext, type Plan, planCommand } from '../../shared/sync/doc-tx.ts';

type Derive = (tx: Tx, writes: readonly WrittenPath[]) => void;

/** Returns what was written for others, to be part of the same step of undo; nothing while the code is on its way. */
export function createFollowUp(context: CommandContext, origin: unknown): (plan: Plan) => readonly Plan[] {
  let derive: Derive | undefined;
  let loading: Promise<void> | undefined;
  const waiting: Plan[] = [];

  function load(): Promise<void> {
    loading ??= import('../../shared/commands/notice-commands.ts').then(
      (code) => {
        derive = code.deriveNotices;
        for (const plan of waiting.splice(0)) follow(plan, code.deriveNotices);
      },
      () => {
        loading = undefined; // asked for again by the next step
      },
    );
    return loading;
  }

  function follow(plan: Plan, told: Derive): readonly Plan[] {
    try {
      const planned = planCommand(context, (tx) => told(tx, plan.writes));
      if (planned.writes.length === 0) return [];
      batch(() => applyPlan(context.rooms, planned, origin));
      return [planned];
    } catch (error) {
      // A room that is still on its way to this device.
      if (error instanceof CommandRefused) return [];
      throw error;
    }
  }

  return (plan) => {
    if (derive) return follow(plan, derive);
    waiting.push(plan);
    void load();
    return [];
  };
}
