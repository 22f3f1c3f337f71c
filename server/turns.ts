/** Long work in slices, so that requests and sockets are answered beside it. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Nobody notices to have waited for this. */
const BUDGET_MS = 20;

export interface Turns {
  /** The slice has taken its time: `next` before going on. */
  readonly isOver: boolean;
  /** Resolves after what waits in the event loop had its turn. */
  next(): Promise<void>;
}

export function takeTurns(budgetMs = BUDGET_MS): Turns {
  let end = performance.now() + budgetMs;
  return {
    get isOver() {
      return performance.now() >= end;
    },
    async next() {
      await nextTurn();
      end = performance.now() + budgetMs;
    },
  };
}

/** Runs a generator that pauses at each `yield`, slice by slice. */
export async function inTurns<Result>(steps: Generator<unknown, Result>, turns: Turns = takeTurns()): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (turns.isOver) await turns.next();
  }
}

/** Runs it to its end at once. */
export function atOnce<Result>(steps: Generator<unknown, Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
