/** Long work in slices of a frame, so that typing and scrolling go on beside it. */

/** Leaves a frame of 16 ms room for the screen. */
const BUDGET_MS = 8;

/**
 * Calls `work` for each item and gives the browser a turn whenever the budget is used up. The first slice runs
 * before the promise is returned: short work is done in the frame it was asked for.
 */
export async function runInSlices<T>(items: Iterable<T>, work: (item: T) => void): Promise<void> {
  let end = performance.now() + BUDGET_MS;
  for (const item of items) {
    if (performance.now() >= end) {
      await nextTurn();
      end = performance.now() + BUDGET_MS;
    }
    work(item);
  }
}

/** Resolves after the browser had a chance to paint and to handle input. */
export function nextTurn(): Promise<void> {
  const scheduler = (globalThis as { scheduler?: { yield?: () => Promise<void> } }).scheduler;
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
