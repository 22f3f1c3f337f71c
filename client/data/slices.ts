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

/** How many pieces to do in the next slice, when so many took so long. */
export function sizeFor(done: number, tookMs: number): number {
  return Math.max(1, Math.min(2 * done, Math.floor((done * BUDGET_MS) / Math.max(tookMs, 0.1))));
}

/** A window that is covered paints no frames without being hidden. */
const LONGEST_FRAME_MS = 100;

/**
 * Resolves after the next frame is painted; where nothing is painted, after the tasks that wait. Not
 * `scheduler.yield()`: what continues after it goes before every other task, so that for as long as the work takes no
 * IndexedDB transaction completes and no message of the server is read (measured: after 60 slices of 8 ms none of 60
 * transactions was complete; this way never more than 3 are open).
 */
export async function nextTurn(): Promise<void> {
  if (typeof requestAnimationFrame !== 'undefined' && !globalThis.document?.hidden) await nextFrame();
  await new Promise<void>((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}

function nextFrame(): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, LONGEST_FRAME_MS);
    requestAnimationFrame(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
