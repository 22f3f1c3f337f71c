/** The pages of a history that somebody is looking at: read when asked for, with what this device knows when nobody answers. */
import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import type { EntityName } from '../../../shared/entities/registry.ts';
import { addDays, type Day } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { whenInstant } from '../../../shared/model/when.ts';
import { isStampOf, NO_STAMP, type Stamp, stampTime } from '../../../shared/sync/stamp.ts';
import { useWorkspace, type Workspace } from '../../data/workspace.ts';
import {
  type Action,
  AUTOMATIC,
  type Change,
  type HistoryFilter,
  HistoryUnreachable,
  type PastValues,
  readActions,
  readHistory,
  readRecordPast,
} from './history-api.ts';

/** So soon a change that was just made is in the history. */
const TOLD_WITHIN_MS = 500;

interface Pages<T> {
  readonly items: () => readonly T[];
  readonly isLoading: () => boolean;
  readonly hasMore: () => boolean;
  readonly more: () => void;
  /** The server did not answer: what is told is what this device knows. */
  readonly isOnlyHere: () => boolean;
  /** Reads it anew, after something was changed; what was read of earlier pages stays. */
  readonly reload: () => void;
}

export interface HistoryList extends Omit<Pages<Change>, 'items'> {
  readonly changes: () => readonly Change[];
}

/**
 * The changes of one record and of what was merged into it. `filter` tracks: another question begins anew. What is changed
 * while somebody looks is told at once, as this device knows it, and once it is there as the server does.
 */
export function createHistory(filter: () => HistoryFilter): HistoryList {
  const workspace = useWorkspace();
  const known = (asked: HistoryFilter): readonly Change[] =>
    [asked.record, ...workspace.merges().mergedFrom(asked.record ?? '')]
      .flatMap((record) => knownChanges(workspace, { ...asked, record }))
      .sort((left, right) => right.at - left.at);
  const { items, ...pages } = createPages(filter, {
    read: async (asked, before) => {
      const { changes, next } = await readHistory(asked, before);
      return { items: changes, next };
    },
    known,
  });
  const here = createMemo(() => known(filter()));
  /** What was there when it was asked for is told by the answer. */
  const asked = createMemo(on(filter, (question) => highestStamp(known(question))));
  const changes = createMemo(() => {
    const told = highestStamp(items(), asked());
    // Whether a move was to another stage is told by what was there before, which only the server has.
    const isNews = ({ field, stamp }: Change) => stamp > told && (field !== 'place' || pages.isOnlyHere());
    return [...here().filter(isNews), ...items()];
  });

  let asking: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(asking));
  function reloadWhenSent(): void {
    clearTimeout(asking);
    const isSent = () => workspace.sync.waitingCount() === 0 && !pages.isLoading();
    asking = setTimeout(() => (isSent() ? pages.reload() : reloadWhenSent()), TOLD_WITHIN_MS);
  }
  const stamps = createMemo(() =>
    here()
      .map(({ stamp }) => stamp)
      .join(),
  );
  createEffect(on([stamps, workspace.sync.offlineSince], reloadWhenSent, { defer: true }));
  if (untrack(workspace.sync.waitingCount) > 0) reloadWhenSent();
  return { changes, ...pages };
}

const highestStamp = (changes: readonly Change[], floor: Stamp = NO_STAMP): Stamp =>
  changes.reduce((highest, { stamp }) => (stamp > highest ? stamp : highest), floor);

/** What everybody did. `filter` tracks: another question begins anew. */
export function createActions(filter: () => Omit<HistoryFilter, 'record'>): Pages<Action> {
  const workspace = useWorkspace();
  return createPages(filter, {
    read: async (asked, before) => {
      const { actions, next } = await readActions(asked, before);
      return { items: actions, next };
    },
    known: (asked) => knownActions(workspace, asked),
  });
}

interface PageSource<T, F> {
  readonly read: (
    filter: F,
    before?: number,
  ) => Promise<{ readonly items: readonly T[]; readonly next: number | null }>;
  /** What this device has of it by itself. */
  readonly known: (filter: F) => readonly T[];
}

function createPages<T extends { readonly id: number }, F>(
  filter: () => F,
  { read: readPage, known }: PageSource<T, F>,
): Pages<T> {
  const [items, setItems] = createSignal<readonly T[]>([]);
  const [next, setNext] = createSignal<number | null>(null);
  const [isLoading, setLoading] = createSignal(true);
  const [isOnlyHere, setOnlyHere] = createSignal(false);
  let question = 0;

  async function read(asked: F, before?: number, isAgain = false): Promise<void> {
    const mine = ++question;
    setLoading(true);
    try {
      const page = await readPage(asked, before);
      if (mine !== question) return;
      // Whoever reads further down goes on there.
      const below = isAgain ? itemsBelow(items(), page.items.at(-1)?.id) : [];
      batch(() => {
        setItems((earlier) => (before === undefined ? [...page.items, ...below] : [...earlier, ...page.items]));
        if (below.length === 0) setNext(page.next);
        setOnlyHere(false);
      });
    } catch (error) {
      if (!(error instanceof HistoryUnreachable)) throw error;
      if (mine !== question) return;
      if (before === undefined) setItems(known(asked));
      setNext(null);
      setOnlyHere(true);
    } finally {
      if (mine === question) setLoading(false);
    }
  }
  createEffect(on(filter, (asked) => void read(asked)));

  return {
    items,
    isLoading,
    hasMore: () => next() !== null,
    more: () => void (isLoading() || read(filter(), next() ?? undefined)),
    isOnlyHere,
    reload: () => void read(filter(), undefined, true),
  };
}

/** What was read before of the pages after the one that ends with `last`. */
function itemsBelow<T extends { readonly id: number }>(items: readonly T[], last: number | undefined): readonly T[] {
  const at = items.findIndex(({ id }) => id === last);
  return at < 0 ? [] : items.slice(at + 1);
}

export interface RecordPast {
  /** The end of which day it was read for: what is shown stays until that of another day is here. */
  readonly day: Day;
  readonly values: PastValues['values'];
}

/** What a slider passes on its way is not read. */
const RESTS_MS = 150;
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

/** Records people look at; their newest changes are looked for among so many of each kind. */
const KNOWN_KINDS: readonly EntityName[] = ['deal', 'contact', 'company', 'task', 'appointment', 'activity'];
const MOST_KNOWN_RECORDS = 200;
const MOST_KNOWN_ACTIONS = 100;

/** What was last done to the records on this device that changed last, as far as it is still told apart. */
function knownActions(workspace: Workspace, filter: Omit<HistoryFilter, 'record'>): readonly Action[] {
  const byStamp = new Map<string, Change[]>();
  for (const kind of KNOWN_KINDS) {
    const records = [...workspace.collection(kind).eachWithTrash()] as unknown as readonly AnyRecord[];
    const newest = records.toSorted((left, right) => right.updatedAt - left.updatedAt).slice(0, MOST_KNOWN_RECORDS);
    for (const { id } of newest) {
      for (const change of knownChanges(workspace, { ...filter, record: id })) {
        byStamp.set(change.stamp, [...(byStamp.get(change.stamp) ?? []), change]);
      }
    }
  }
  const actions = [...byStamp.values()].map((sample): Action => {
    const [{ at, by } = { at: 0, by: null }] = sample;
    const records = new Set(sample.map(({ record }) => record)).size;
    return { id: at, at, by, stamps: [], changes: sample.length, records, made: 0, putBack: false, sample };
  });
  return actions.sort((left, right) => right.at - left.at).slice(0, MOST_KNOWN_ACTIONS);
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
        (member === undefined || (member === AUTOMATIC ? change.by === null : isStampOf(change.stamp, member))) &&
        (field === undefined || change.field === field || change.field.startsWith(`${field}:`)) &&
        (from === undefined || change.at >= from) &&
        (to === undefined || change.at < to),
    )
    .sort((left, right) => right.at - left.at);
}
