/**
 * Looks at the clock every full minute, notes the reminders that have come due, and shows what is new as notifications of
 * the system. Nothing needs the server. Each is told once per person:
 *
 * - of the tabs of a browser one has the clock (a Web Lock, which also keeps browsers from freezing that tab);
 * - of several devices the first to note it has told it (`shared/commands/reminder-commands.ts`). The one somebody looks at
 *   goes first, the others wait a moment for its word; offline there is nobody to wait for, and the records become one later;
 * - what no device told at its moment is told as missed when one is on again, the newest of each record.
 */
import { createEffect, on, onCleanup, untrack } from 'solid-js';
import { finishNotices } from '../../../shared/commands/notice-commands.ts';
import { markShown, reminderIdFor, tellReminder } from '../../../shared/commands/reminder-commands.ts';
import { isInInbox, isUnread, type Notice, noticeChoiceId } from '../../../shared/entities/notice.ts';
import { preferenceIdFor } from '../../../shared/entities/preference.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import { isQuiet, type Moment } from '../../../shared/query/reminders.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { closeNotification, notify, notifyState } from '../../platform/notifications.ts';
import { rightNow } from '../../platform/right-now.ts';
import { createReminderMoments } from './reminder-moments.ts';
import { noticePath, reminderText, summaryText } from './reminder-words.ts';

const MINUTE = 60_000;
/** How far back somebody who was away is told. */
const LOOK_BACK_MS = 7 * 24 * 60 * MINUTE;
/** A minute late is the timer's, not the person's. */
const MISSED_AFTER_MS = 5 * MINUTE;
/** News of other devices may still be on the way when the app opens. */
const SETTLE_MS = 8_000;
const MOST_SHOWN = 3;

export interface ReminderClockOptions {
  /** Something new while this device may not notify, and somebody is looking. */
  readonly tellInApp: (text: string, path: string) => void;
}

/** Runs for the life of the current owner. Viewers have no clock: nothing of theirs can be noted. */
export function createReminderClock(options: ReminderClockOptions): void {
  const workspace = useWorkspace();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const { memberId } = untrack(() => workspace.me());
  const moments = createReminderMoments(zone);
  const openedAt = Date.now();
  const notices = workspace.createQuery('notice', () => ({
    where: (each) => each.owner === memberId && each.kind === 'due' && each.doneAt === null,
  }));
  const peek = workspace.collection('notice').peek;

  onCleanup(onlyInOneTab(`rapport-reminders-${memberId}`, runClock));
  closeWhatIsAnswered();

  /** Returns what stops it. */
  function runClock(): () => void {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isStopped = false;
    async function tick(): Promise<void> {
      clearTimeout(timer);
      if (isReady()) {
        await whoeverIsLookedAtFirst();
        if (!isStopped) untrack(look);
      }
      clearTimeout(timer);
      if (!isStopped) timer = setTimeout(() => void tick(), isReady() ? MINUTE - (rightNow() % MINUTE) : 1_000);
    }
    const again = () => void tick();
    document.addEventListener('visibilitychange', again);
    void tick();
    return () => {
      isStopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', again);
    };
  }
  function isReady(): boolean {
    return untrack(() => {
      if (!workspace.canWrite() || !workspace.isLoaded('work') || !workspace.isLoaded('directory')) return false;
      const state = workspace.sync.state();
      return state === 'synced' || state === 'offline' || Date.now() - openedAt > SETTLE_MS;
    });
  }
  function whoeverIsLookedAtFirst(): Promise<void> {
    const isAlone = untrack(() => workspace.sync.state() === 'offline');
    const wait = isAlone || document.hasFocus() ? 0 : document.visibilityState === 'visible' ? 500 : 2_500;
    return wait === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait));
  }

  function look(): void {
    const now = rightNow();
    const toldAt = (record: string) => peek(reminderIdFor(memberId, record))?.at ?? null;
    const isMuted = workspace.collection('noticeChoice').peek(noticeChoiceId(memberId))?.muted.includes('due') ?? false;
    const due = isMuted ? [] : moments.due([now - LOOK_BACK_MS, now], toldAt);
    const answered = notices.ids().filter((id) => isAnswered(peek(id)));
    if (due.length > 0 || answered.length > 0) {
      workspace.runQuietly((tx) => {
        for (const moment of due) tellReminder(tx, { ...moment, text: textOf(moment, now) });
        if (answered.length > 0) finishNotices(tx, { ids: answered, done: true });
      });
    }
    show(now);
  }
  const textOf = (moment: Moment, now: number) =>
    reminderText(workspace, moment, now - moment.at > MISSED_AFTER_MS, zone);

  /** A reminder of a task that was done since has nothing more to say. */
  function isAnswered(each: Notice | undefined): boolean {
    const record = each?.kind === 'due' ? each.record[0] : undefined;
    if (record === undefined || entityNameOf(record) !== 'task') return false;
    const task = workspace.collection('task').peek(record);
    return task === undefined || task.doneAt !== null;
  }

  /** In quiet hours nothing is shown; what came then is shown when they are over. */
  function show(now: number): void {
    if (isQuiet(workspace.collection('preference').peek(preferenceIdFor(memberId)), now, zone)) return;
    const fresh = notices
      .ids()
      .flatMap((id) => peek(id) ?? [])
      .filter(
        (each) =>
          isUnread(each, now) && each.shownAt === null && (each.snoozedUntil ?? each.at ?? 0) > now - LOOK_BACK_MS,
      );
    const [first] = fresh;
    if (!first) return;
    const isHere = notifyState() === 'on';
    if (!isHere && document.visibilityState !== 'visible') return;
    workspace.runQuietly((tx) =>
      markShown(
        tx,
        fresh.map((each) => each.id),
      ),
    );
    if (!isHere) {
      options.tellInApp(
        fresh.length === 1 ? first.text : summaryText(fresh.length),
        fresh.length === 1 ? noticePath(workspace, first) : '/inbox',
      );
    } else if (fresh.length > MOST_SHOWN) {
      void notify({ tag: 'rapport-several', title: 'Rapport', text: summaryText(fresh.length), path: '/inbox' });
    } else {
      for (const each of fresh) {
        void notify({ tag: each.id, title: each.text, text: '', path: noticePath(workspace, each) });
      }
    }
  }

  /** What was read or done on any device disappears from this one's screen. */
  function closeWhatIsAnswered(): void {
    let before: readonly string[] = [];
    const waiting = () => notices.ids().filter((id) => waits(workspace.collection('notice').byId(id)));
    const waits = (each: Notice | undefined) =>
      each !== undefined && each.readAt === null && isInInbox(each, rightNow());
    createEffect(
      on(waiting, (ids) => {
        for (const id of before) if (!ids.includes(id)) void closeNotification(id);
        before = ids;
      }),
    );
  }
}

/** Runs `start` in one of the browser's tabs at a time. Returns what gives the turn to another. */
function onlyInOneTab(name: string, start: () => () => void): () => void {
  // Without Web Locks (plain http to another machine) each tab has its own clock: the records still become one.
  if (!('locks' in navigator)) return start();
  const abort = new AbortController();
  let release: (() => void) | undefined;
  const turn = navigator.locks.request(name, { signal: abort.signal }, () => {
    const stop = start();
    return new Promise<void>((resolve) => {
      release = () => {
        stop();
        resolve();
      };
    });
  });
  turn.catch((error: unknown) => {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  });
  return () => {
    if (release) release();
    else abort.abort();
  };
}
