/** Waits for something to become true, and says what when it does not. For tests. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + MOST_MS;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within ${MOST_MS / 1_000} s: ${what}`);
    await new Promise((next) => setTimeout(next, 10));
  }
}

/** A busy machine takes its time. */
const MOST_MS = 15_000;
