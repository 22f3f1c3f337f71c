/** Slows down strangers: at most so many requests per address and minute on paths that need no session. */

export interface RateLimit {
  /** Seconds to wait, or 0 when the request may go on. */
  take(address: string): number;
}

const WINDOW_MS = 60_000;
/** Addresses remembered at once; beyond it the oldest windows are forgotten. */
const MOST_ADDRESSES = 10_000;

export function createRateLimit(perMinute: number, now: () => number = Date.now): RateLimit {
  const windows = new Map<string, { start: number; count: number }>();
  return {
    take(address) {
      const at = now();
      const window = windows.get(address);
      if (window === undefined || at - window.start >= WINDOW_MS) {
        windows.delete(address);
        if (windows.size >= MOST_ADDRESSES) windows.delete(windows.keys().next().value ?? '');
        windows.set(address, { start: at, count: 1 });
        return 0;
      }
      window.count += 1;
      return window.count > perMinute ? Math.ceil((window.start + WINDOW_MS - at) / 1000) : 0;
    },
  };
}
