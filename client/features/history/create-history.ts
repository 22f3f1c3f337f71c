/** The pages of a history that somebody is looking at: read when asked for, with what this device knows when nobody answers. */
import { createEffect, createSignal, on, onCleanup } from 'solid-js';
import { addDays, type Day } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { whenInstant } from '../../../shared/model/when.ts';
import { isStampOf, stampTime } from '../../../shared/sync/stamp.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import {
  type Change,
  type HistoryFilter,
  HistoryUnreachable,
  type PastValues,
  readHistory,
  readRecordPast,
} from './history-api.ts';

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

export interface RecordPast {
  /** The end of which day it was read for: what is shown stays until that of another day is here. */
  readonly day: Day;
  readonly values: PastValues['values'];
}

/** What a slider passes on its way is not read. */
const RESTS_MS = 150;
/** So soon a change that was just made is in the history. */
const TOLD_WITHIN_MS = 500;

/** What a record was on a day, as the server's log has it, also when somebody goes on changing it. */
export function createRecordPast(record: () => AnyRecord, day: () => Day) {
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const [past, setPast] = createSignal<RecordPast>();
  const [isUnreachable, setUnreachable] = createSignal(false);
  let question = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(id: string, asked: Day): Promise<void> {
    const mine = ++question;
    try {
      const values = await readRecordPast(id, whenInstant(addDays(asked, 1), zone));
      if (mine !== question) return;
      setPast({ day: asked, values });
      setUnreachable(false);
    } catch (error) {
      if (!(error instanceof HistoryUnreachable)) throw error;
      if (mine !== question) return;
      setPast(undefined);
      setUnreachable(true);
    }
  }
  createEffect(
    on([day, record], ([asked, { id }], before) => {
      clearTimeout(timer);
      const wait = before === undefined ? 0 : before[0] === asked ? TOLD_WITHIN_MS : RESTS_MS;
      timer = setTimeout(() => void read(id, asked), wait);
    }),
  );
  onCleanup(() => {
    clearTimeout(timer);
    question++;
  });
  return { past, isUnreachable };
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
