/**
 * Group commit: everything that arrives within a few milliseconds, in all rooms, reaches the disk in one transaction.
 * The first update after a pause is written at once, so that a lone edit waits for nothing but the disk.
 */
import type { Batch, ChangeRow, Committed, QuarantineWrite, UpdateLog, UpdateWrite } from '../storage/update-log.ts';

/** What one message comes to. All of a connection's messages pass through here, so that they are decided in order. */
export interface Decision {
  readonly update: UpdateWrite | null;
  readonly quarantine: QuarantineWrite | null;
  /** Called after the commit, in the order of submission. */
  readonly committed: (stored: { readonly seq: number | null; readonly quarantineId: number | null }) => void;
}

export interface Committer {
  submit(decision: Decision): void;
  /** Change rows go with the next commit, at the latest after `HISTORY_DELAY_MS`. */
  addHistory(room: string, seq: number, rows: readonly ChangeRow[]): void;
  /** Drops the rows of a room that is loaded again: it will write them then. */
  forgetHistory(room: string): void;
  /** Writes everything that waits, the history of it included, now. */
  flush(): void;
  /** Told of change rows once they are on disk. */
  onHistory(listener: (rows: readonly ChangeRow[]) => void): void;
  /** Runs after the decisions of a commit were all told. */
  onBatchEnd(listener: () => void): void;
  stop(): void;
}

/** While updates keep coming, they are gathered for this long. */
const GATHER_MS = 4;
/**
 * And for as long as the last commit took, with applying and sending what was in it, up to this: at most half of the time
 * goes into commits then, whatever the disk and the number of devices.
 */
const LONGEST_GATHER_MS = 20;
/** With so many in one commit there is a rush, and each commit is a write to every socket: they are gathered longer. */
const RUSH = 32;
const RUSH_FACTOR = 3;
const LONGEST_RUSH_MS = 60;
const HISTORY_DELAY_MS = 50;
/** A batch that grew to this is written without waiting for the rest of the time. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * @param onFailure told when the disk refused a batch: nothing of it is stored, none of its decisions was told.
 */
export function createCommitter(log: UpdateLog, onFailure: (error: unknown) => void): Committer {
  let queue: Decision[] = [];
  let queuedBytes = 0;
  let changes: ChangeRow[] = [];
  let historySeqs = new Map<string, number>();
  let lastCommitAt = 0;
  let gatherMs = GATHER_MS;
  let timer: NodeJS.Timeout | undefined;
  let immediate: NodeJS.Immediate | undefined;
  const batchEndListeners: (() => void)[] = [];
  const historyListeners: ((rows: readonly ChangeRow[]) => void)[] = [];

  function schedule() {
    if (immediate !== undefined) return;
    const wait = lastCommitAt + gatherMs - performance.now();
    if (wait <= 0 || queuedBytes > MOST_BYTES) {
      clearTimeout(timer);
      immediate = setImmediate(commitQueue);
    } else {
      clearTimeout(timer);
      timer = setTimeout(commitQueue, Math.ceil(wait));
    }
  }

  function commitQueue() {
    clearTimeout(timer);
    clearImmediate(immediate);
    timer = undefined;
    immediate = undefined;
    if (queue.length === 0 && historySeqs.size === 0) return;
    const decisions = queue;
    const batch: Batch = {
      updates: decisions.flatMap(({ update }) => (update === null ? [] : [update])),
      quarantine: decisions.flatMap(({ quarantine }) => (quarantine === null ? [] : [quarantine])),
      changes,
      historySeqs,
    };
    queue = [];
    queuedBytes = 0;
    changes = [];
    historySeqs = new Map();
    const needsDisk = batch.updates.length + batch.quarantine.length + batch.historySeqs.size > 0;
    let stored: Committed = { seqs: [], quarantineIds: [] };
    const began = performance.now();
    try {
      if (needsDisk) stored = log.commit(batch);
    } catch (error) {
      onFailure(error);
      return;
    }
    tell(decisions, stored);
    lastCommitAt = performance.now();
    const tookMs = lastCommitAt - began;
    gatherMs =
      decisions.length >= RUSH
        ? Math.min(LONGEST_RUSH_MS, Math.max(GATHER_MS, RUSH_FACTOR * tookMs))
        : Math.min(LONGEST_GATHER_MS, Math.max(GATHER_MS, tookMs));
    if (batch.changes.length > 0) for (const listener of historyListeners) listener(batch.changes);
  }

  function flush() {
    while (queue.length > 0 || historySeqs.size > 0) commitQueue();
  }

  function tell(decisions: readonly Decision[], stored: Committed) {
    let update = 0;
    let quarantine = 0;
    for (const decision of decisions) {
      const seq = decision.update === null ? null : (stored.seqs[update++] ?? null);
      const quarantineId = decision.quarantine === null ? null : (stored.quarantineIds[quarantine++] ?? null);
      decision.committed({ seq, quarantineId });
    }
    if (decisions.length > 0) for (const listener of batchEndListeners) listener();
  }

  return {
    submit(decision) {
      queue.push(decision);
      queuedBytes += decision.update?.data.length ?? 0;
      schedule();
    },
    addHistory(room, seq, rows) {
      for (const row of rows) changes.push(row);
      historySeqs.set(room, seq);
      timer ??= setTimeout(commitQueue, HISTORY_DELAY_MS);
    },
    forgetHistory(room) {
      changes = changes.filter((row) => row.room !== room);
      historySeqs.delete(room);
    },
    flush,
    onHistory: (listener) => void historyListeners.push(listener),
    onBatchEnd: (listener) => void batchEndListeners.push(listener),
    stop() {
      flush();
      clearTimeout(timer);
      clearImmediate(immediate);
    },
  };
}
