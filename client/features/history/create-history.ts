/** The pages of a history that somebody is looking at: read when asked for, with what this device knows when nobody answers. */
import { createEffect, createSignal, on } from 'solid-js';
import { isStampOf, stampTime } from '../../../shared/sync/stamp.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import { type Change, type HistoryFilter, HistoryUnreachable, readHistory } from './history-api.ts';

export interface HistoryList {
  readonly changes: () => readonly Change[];
  readonly isLoading: () => boolean;
  readonly hasMore: () => boolean;
  readonly more: () => void;
  /** The server did not answer: these are only this device's own edits. */
  readonly isOnlyHere: () => boolean;
  /** Reads it anew, after something was taken back. */
  readonly reload: () => void;
}

/** `filter` tracks: another question begins anew. */
export function createHistory(filter: () => HistoryFilter): HistoryList {
  const workspace = useWorkspace();
  const [changes, setChanges] = createSignal<readonly Change[]>([]);
  const [next, setNext] = createSignal<number | null>(null);
  const [isLoading, setLoading] = createSignal(true);
  const [isOnlyHere, setOnlyHere] = createSignal(false);
  let question = 0;

  async function read(asked: HistoryFilter, before?: number): Promise<void> {
    const mine = ++question;
    setLoading(true);
    try {
      const page = await readHistory(asked, before);
      if (mine !== question) return;
      setChanges((known) => (before === undefined ? page.changes : [...known, ...page.changes]));
      setNext(page.next);
      setOnlyHere(false);
    } catch (error) {
      if (!(error instanceof HistoryUnreachable)) throw error;
      if (mine !== question) return;
      if (before === undefined) setChanges(knownChanges(workspace, asked));
      setNext(null);
      setOnlyHere(true);
    } finally {
      if (mine === question) setLoading(false);
    }
  }
  createEffect(on(filter, (asked) => void read(asked)));

  return {
    changes,
    isLoading,
    hasMore: () => next() !== null,
    more: () => void read(filter(), next() ?? undefined),
    isOnlyHere,
    reload: () => void read(filter()),
  };
}

/** The newest edit of each field of a record, which every device has: enough to say who wrote what stands there now. */
function knownChanges(workspace: Workspace, { record, member, field, from, to }: HistoryFilter): readonly Change[] {
  if (record === undefined) return [];
  return workspace
    .newestEdits(record)
    .map((edit): Change => {
      const at = stampTime(edit.stamp);
      const by = edit.by || null;
      return { id: 0, at, record, field: edit.path, old: null, new: edit.value, by, stamp: edit.stamp };
    })
    .filter(
      (change) =>
        (member === undefined || isStampOf(change.stamp, member)) &&
        (field === undefined || change.field === field || change.field.startsWith(`${field}:`)) &&
        (from === undefined || change.at >= from) &&
        (to === undefined || change.at < to),
    )
    .sort((left, right) => right.at - left.at);
}
