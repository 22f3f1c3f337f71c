/** When a closed line is a reason to ask the server who is signed in: once per loss of the session, not once per room. */
const EVERY_MS = 30_000;
const AGAIN_MS = 1_000;

export interface SessionDoubt {
  /** A line was closed because of who asks. */
  doubt(): void;
  /** The server knows this person: the next loss is a new one (a role that changes twice). */
  trust(): void;
  stop(): void;
}

/**
 * @param ask the server; not in circles when it says yes and no at once.
 * @param lookAgain whether there still is a reason, when it is too early to ask again.
 */
export function createSessionDoubt(now: () => number, ask: () => void, lookAgain: () => void): SessionDoubt {
  let askedAt = Number.NEGATIVE_INFINITY;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    doubt() {
      const wait = askedAt + EVERY_MS - now();
      clearTimeout(timer);
      if (wait > 0) {
        timer = setTimeout(lookAgain, wait);
        return;
      }
      askedAt = now();
      ask();
    },
    trust() {
      askedAt = Math.min(askedAt, now() - EVERY_MS + AGAIN_MS);
    },
    stop: () => clearTimeout(timer),
  };
}
