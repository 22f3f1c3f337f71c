/**
 * The undo history of one person in one tab, kept in the tab's session storage so that a reload does not end it. Only
 * steps are kept, never records: taking one back still asks the documents who wrote last. Kept are the newest steps
 * of the last hours that fit; what is older than a step too large to keep is left out too, so that undo never skips
 * over a step without saying so.
 */
import type { Plan, Write } from '../../shared/sync/doc-tx.ts';
import type { RestoredStamps } from '../../shared/sync/plan-undo.ts';
import { isStamp, type Stamp, stampTime } from '../../shared/sync/stamp.ts';
import type { Step } from './undo.ts';

export interface KeptUndo {
  readonly done: readonly Step[];
  readonly undone: readonly Step[];
  readonly restored: RestoredStamps;
  /** The writers under which this tab has written, one per time it was opened. */
  readonly writers: ReadonlySet<string>;
}

export interface UndoShelf {
  read(): KeptUndo;
  /** Soon: a step made in the meantime is kept with it. */
  keepSoon(kept: () => KeptUndo): void;
}

const HOURS_MS = 8 * 3_600_000;
/** Characters of JSON; browsers give a tab's storage about 5 million. */
const MOST_CHARACTERS = 1_000_000;
/** Making the text of more writes than this would be felt; an import is taken back from its own page. */
const MOST_WRITES = 2_000;
const SOON_MS = 250;

export const EMPTY_UNDO: KeptUndo = { done: [], undone: [], restored: new Map(), writers: new Set() };

export function createUndoShelf(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
  key: string,
  now: () => number = Date.now,
): UndoShelf {
  const texts = new WeakMap<Step, string | null>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let latest: (() => KeptUndo) | undefined;

  function textOf(step: Step): string | null {
    let text = texts.get(step);
    if (text === undefined) {
      const writes = step.plans.reduce((count, plan) => count + plan.writes.length, 0);
      text = writes > MOST_WRITES ? null : JSON.stringify(step.plans.map(({ stamp, writes }) => ({ stamp, writes })));
      texts.set(step, text);
    }
    return text;
  }

  function keptTexts(steps: readonly Step[], budget: number): readonly string[] {
    const kept: string[] = [];
    let left = budget;
    for (const step of steps.toReversed()) {
      const plans = textOf(step);
      left -= plans?.length ?? 0;
      if (plans === null || left < 0 || isOld(step)) break;
      kept.unshift(`{"label":${JSON.stringify(step.label)},"plans":${plans}}`);
    }
    return kept;
  }
  const isOld = (step: Step) => stampTime(step.plans[0]?.stamp ?? '') < now() - HOURS_MS;

  function write(): void {
    clearTimeout(timer);
    timer = undefined;
    const kept = latest?.();
    latest = undefined;
    if (!kept) return;
    const done = keptTexts(kept.done, MOST_CHARACTERS);
    const undone = keptTexts(kept.undone, MOST_CHARACTERS / 2);
    const about = JSON.stringify({ restored: [...kept.restored], writers: [...kept.writers] });
    try {
      if (done.length + undone.length === 0) storage.removeItem(key);
      else storage.setItem(key, `{"done":[${done}],"undone":[${undone}],"about":${about}}`);
    } catch {
      // Full or forbidden storage costs the history of a reload, nothing else.
    }
  }

  // The last chance to write before the page goes; phones may never say more than this.
  globalThis.addEventListener?.('pagehide', write);
  globalThis.document?.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && write());

  return {
    read() {
      try {
        return readKept(storage.getItem(key), isOld);
      } catch {
        return EMPTY_UNDO; // storage is forbidden, or somebody else's text
      }
    },
    keepSoon(kept) {
      latest = kept;
      timer ??= setTimeout(write, SOON_MS);
    },
  };
}

function readKept(text: string | null, isOld: (step: Step) => boolean): KeptUndo {
  const kept: unknown = text === null ? null : JSON.parse(text);
  if (!isObject(kept)) return EMPTY_UNDO;
  const about = isObject(kept.about) ? kept.about : {};
  const steps = (value: unknown) =>
    listOf(value)
      .flatMap(readStep)
      .filter((step) => !isOld(step));
  const restored = listOf(about.restored).filter(
    (pair): pair is [string, Stamp] => Array.isArray(pair) && pair.every((part) => typeof part === 'string'),
  );
  const writers = listOf(about.writers).filter((writer) => typeof writer === 'string');
  return { done: steps(kept.done), undone: steps(kept.undone), restored: new Map(restored), writers: new Set(writers) };
}

function readStep(value: unknown): readonly Step[] {
  if (!isObject(value) || typeof value.label !== 'string') return [];
  const plans = listOf(value.plans).flatMap(readPlan);
  return plans.length > 0 ? [{ label: value.label, plans }] : [];
}

function readPlan(value: unknown): readonly Plan[] {
  if (!isObject(value) || typeof value.stamp !== 'string' || !isStamp(value.stamp)) return [];
  const writes = listOf(value.writes).flatMap((each): readonly Write[] => {
    if (!isObject(each)) return [];
    const { id, path, before, beforeStamp, after } = each;
    if (typeof id !== 'string' || typeof path !== 'string' || typeof beforeStamp !== 'string') return [];
    return [{ id, path, before, beforeStamp, after }];
  });
  return [{ stamp: value.stamp, writes, result: undefined }];
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
