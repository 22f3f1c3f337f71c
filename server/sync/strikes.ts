/** Who sent updates that hang the server's reader or that Yjs chokes on: after a few, that person's sockets stay closed for a while. */
import { MOST_STRIKES, STRIKE_WINDOW_MS } from './limits.ts';

export interface Strikes {
  add(userId: string): void;
  /** True while the person has to wait. */
  isOut(userId: string): boolean;
}

export function createStrikes(now: () => number = Date.now): Strikes {
  const times = new Map<string, number[]>();
  const recent = (userId: string) => (times.get(userId) ?? []).filter((time) => now() - time < STRIKE_WINDOW_MS);
  return {
    add: (userId) => void times.set(userId, [...recent(userId), now()]),
    isOut: (userId) => recent(userId).length >= MOST_STRIKES,
  };
}
