/**
 * Looks through a long list without holding up the frame that asked: as many matches as a screen shows are there at
 * once, the whole answer when all was looked at.
 */
import { createSignal } from 'solid-js';
import { nextTurn } from '../data/slices.ts';

export interface Scan<T> {
  /** What matches, in order: the first of it, and later all of it. Tracks. */
  readonly found: () => readonly T[];
  /** What may match something narrower: the matches, and what was not looked at yet. */
  readonly candidatesLeft: () => readonly T[];
  readonly stop: () => void;
}

/** More than fit on a screen. */
const FIRST_MATCHES = 120;
/** What looking may take of a frame; painting the matches takes the rest. */
const BUDGET_MS = 6;
/** The clock is looked at this often. */
const STRIDE = 512;

export function createScan<T>(items: readonly T[], matches: (item: T) => boolean): Scan<T> {
  let kept: T[] = [];
  let next = 0;
  let isStopped = false;

  /** Goes on for a slice; with `enough` not before there are so many matches. */
  function look(enough: number): void {
    const end = performance.now() + BUDGET_MS;
    while (next < items.length) {
      const until = Math.min(next + STRIDE, items.length);
      for (; next < until; next++) {
        const item = items[next] as T;
        if (matches(item)) kept.push(item);
      }
      if (kept.length >= enough && performance.now() >= end) return;
    }
  }
  look(FIRST_MATCHES);
  const [found, setFound] = createSignal<readonly T[]>(kept);

  async function goOn(): Promise<void> {
    while (next < items.length) {
      await nextTurn();
      if (isStopped) return;
      look(0);
    }
    setFound(kept);
  }
  if (next < items.length) {
    kept = [...kept];
    void goOn();
  }

  return {
    found,
    candidatesLeft: () => (next < items.length ? [...kept, ...items.slice(next)] : kept),
    stop() {
      isStopped = true;
    },
  };
}
