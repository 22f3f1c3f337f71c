import type { Workspace } from '../data/workspace.ts';
import type { SyncFacts } from './sync-words.ts';

/** What the words about the sync are made from. */
export function syncFacts({ sync }: Workspace, now: number): SyncFacts {
  return {
    state: sync.state(),
    waitingCount: sync.waitingCount(),
    refusedCount: sync.refused().length,
    incomingCount: sync.incomingCount(),
    lastSyncedAt: sync.lastSyncedAt(),
    offlineSince: sync.offlineSince(),
    now,
  };
}
