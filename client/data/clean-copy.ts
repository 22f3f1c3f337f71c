/**
 * Cleans this device's copy of a room when the server has removed records for good: what Yjs keeps of deleted entries goes,
 * and the copy is written anew, because older rows of it hold what was there. Nothing is noted about it: what is still to
 * be cleaned is found by looking. Loaded a while after a line was opened.
 */
import type * as Y from 'yjs';
import { parseKey, RECORDS } from '../../shared/sync/record-keys.ts';
import { scrubRecords } from '../../shared/sync/scrub.ts';
import type { LocalStore } from './local-store.ts';
import { runInSlices } from './slices.ts';

export interface CleanCopyOptions {
  readonly doc: Y.Doc;
  readonly store: Pick<LocalStore, 'rewrite'>;
  /** Ids of records of which nothing is left: what else this device keeps of them is to go too. */
  readonly onRemoved: (ids: readonly string[]) => void;
}

/** What is removed together comes in several messages. */
const DELAY_MS = 300;

/** Returns what ends it. */
export function keepCopyClean({ doc, store, onRemoved }: CleanCopyOptions): () => void {
  const map = doc.getMap<unknown>(RECORDS);
  const waiting = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isEnded = false;

  function found(ids: Iterable<string>): void {
    for (const id of ids) waiting.add(id);
    if (waiting.size === 0 || isEnded) return;
    clearTimeout(timer);
    timer = setTimeout(clean, DELAY_MS);
  }

  async function clean(): Promise<void> {
    const ids = [...waiting];
    waiting.clear();
    scrubRecords(doc, new Set(ids));
    onRemoved(ids);
    // What could not be written is found again by the next page: it is in the rows that page reads.
    await store.rewrite();
  }

  const observer = (event: Y.YMapEvent<unknown>, transaction: Y.Transaction) => {
    if (!transaction.local) found(goneAmong(map, event.keysChanged));
  };
  map.observe(observer);
  const before: string[] = [];
  void runInSlices(map._map, ([key, item]) => {
    if (item.deleted) before.push(...goneAmong(map, [key]));
  }).then(() => found(before));

  return () => {
    isEnded = true;
    map.unobserve(observer);
    clearTimeout(timer);
  };
}

/** Of these keys, the records that have no base: an edit that was replaced has one. */
function goneAmong(map: Y.Map<unknown>, keys: Iterable<string | null>): readonly string[] {
  const gone = new Set<string>();
  for (const key of keys) {
    if (key === null || map.has(key)) continue;
    const { id } = parseKey(key);
    if (!map.has(id)) gone.add(id);
  }
  return [...gone];
}
