/**
 * Shows what has come as a notification of the system, to somebody who is elsewhere: one per person across tabs (a lock)
 * and, as far as their devices hear of each other in time, across devices (`shownAt`). Who is looking at Rapport needs none,
 * and their other devices wait a moment to learn that. The clock of the reminders comes by every minute for the rest.
 */
import { createEffect, type JSX, onCleanup, onMount } from 'solid-js';
import { forgettable, markShown } from '../../shared/commands/notice-commands.ts';
import { deleteRecords } from '../../shared/commands/record-commands.ts';
import { isUnread, type Notice, notice } from '../../shared/entities/notice.ts';
import { useWorkspace } from '../data/workspace.ts';
import { noticeDetail, noticeHref, noticeSentence } from '../features/inbox/notice-words.ts';
import { attempt } from '../fields/record-edit.ts';
import { createNow } from '../platform/create-now.ts';
import { notify, notifyState } from '../platform/notifications.ts';
import { rightNow } from '../platform/right-now.ts';

const LOOK_EVERY_MS = 30_000;
/** What happened before the app was opened waits in the inbox; clocks of devices differ by less. */
const EARLIER_MS = 60_000;
/** So long a device that nobody looks at waits for one that somebody looks at. */
const AFTER_YOU_MS = 1_500;
/** Old notices are cleared when there is nothing else to do. */
const CLEAR_AFTER_MS = 20_000;
const MOST_CLEARED = 200;

export function NoticeWatcher(): JSX.Element {
  const workspace = useWorkspace();
  const now = createNow(LOOK_EVERY_MS);
  const since = rightNow() - EARLIER_MS;
  const seen = new Set<string>();
  const query = workspace.createQuery('notice', () => {
    const { memberId } = workspace.me();
    const at = now();
    return { where: (each) => each.owner === memberId && each.kind !== 'due' && isNews(each, since, at) };
  });

  createEffect(() => {
    for (const id of query.ids()) {
      const each = workspace.collection('notice').peek(id);
      if (!each) continue;
      // A notice that is brought up again is news again.
      const key = `${id}/${each.at}/${each.snoozedUntil}`;
      if (seen.has(key)) continue;
      seen.add(key);
      void tell(id);
    }
  });

  async function tell(id: string): Promise<void> {
    if (document.hasFocus()) {
      markHere(id);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, AFTER_YOU_MS));
    await alone(async () => {
      const each = workspace.collection('notice').peek(id);
      if (!each || each.shownAt !== null || !isUnread(each, rightNow()) || notifyState() !== 'on') return;
      const path = noticeHref(workspace, each) ?? '/inbox';
      const title = noticeSentence(workspace, each);
      if (await notify({ tag: id, title, text: noticeDetail(each), path })) markHere(id);
    });
  }
  function markHere(id: string): void {
    attempt(() => workspace.runQuietly((tx) => markShown(tx, { id })));
  }
  function clear(): void {
    if (!workspace.canWrite()) return;
    const old = forgettable(workspace.collection('notice').each(), workspace.me().memberId, rightNow());
    const ids = old.slice(0, MOST_CLEARED);
    if (ids.length > 0) attempt(() => workspace.runQuietly((tx) => deleteRecords(tx, { entity: notice, ids })));
  }

  onMount(() => {
    const timer = setTimeout(clear, CLEAR_AFTER_MS);
    onCleanup(() => clearTimeout(timer));
  });
  return null;
}

function isNews(each: Notice, since: number, now: number): boolean {
  const { at, createdAt, snoozedUntil, shownAt } = each;
  return shownAt === null && isUnread(each, now) && Math.max(at ?? createdAt, snoozedUntil ?? 0) > since;
}

/** One tab at a time; where there are no locks, tabs replace each other's notification by its tag. */
async function alone(run: () => Promise<void>): Promise<void> {
  const { locks } = navigator as Partial<Navigator>;
  if (locks) await locks.request('rapport.notices', run);
  else await run();
}
