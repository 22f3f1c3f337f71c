/**
 * The inbox: what somebody should hear of, worked through by keyboard as Today is. What becomes of a notice is up to whom it
 * is for, viewers too.
 */
import './inbox.css';
import { useNavigate } from '@solidjs/router';
import CheckCheck from 'lucide-solid/icons/check-check';
import InboxIcon from 'lucide-solid/icons/inbox';
import Settings2 from 'lucide-solid/icons/settings-2';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { finishNotices, markRead, snoozeNotice } from '../../../shared/commands/notice-commands.ts';
import { isUnread, type Notice } from '../../../shared/entities/notice.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatInstant, formatPlural } from '../../fields/format.ts';
import { attempt } from '../../fields/record-edit.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { rightNow } from '../../platform/right-now.ts';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { createMediaQuery } from '../../ui/media-query.ts';
import type { MenuItem } from '../../ui/menu.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { useToaster } from '../../ui/toaster.tsx';
import { createInbox, type InboxView } from './inbox-data.ts';
import { InboxRow } from './inbox-row.tsx';
import { InboxSettings } from './inbox-settings.tsx';
import { noticeHref } from './notice-words.ts';

const NOTHING: Readonly<Record<InboxView, readonly [title: string, text: string]>> = {
  inbox: ['You are up to date', 'Mentions, replies, and what is given to you or changes on what you follow come here.'],
  later: ['Nothing is put off', 'S on a line puts it away until a time you choose.'],
  done: ['Nothing is done yet', 'E on a line moves it here.'],
};

export function InboxPage(): JSX.Element {
  const workspace = useWorkspace();
  const toaster = useToaster();
  const isNarrow = createMediaQuery('(max-width: 899.98px)');
  const navigate = useNavigate();
  const [view, setView] = createSignal<InboxView>('inbox');
  const [moved, setMoved] = createSignal<string>();
  const [snoozing, setSnoozing] = createSignal<string>();
  const [choosing, setChoosing] = createSignal(false);
  const inbox = createInbox(view);
  const shown = createMemo(() => inbox.groups().flatMap((group) => group.ids));
  const focused = () => {
    const id = moved();
    return id !== undefined && shown().includes(id) ? id : shown()[0];
  };
  const unread = createMemo(() =>
    view() === 'inbox' ? shown().filter((id) => isUnread(inbox.noticeOf(id) ?? READ, rightNow())) : [],
  );
  const say = (sentence: string | undefined) => sentence && toaster?.show({ tone: 'failed', text: sentence });

  function move(by: number): void {
    const at = shown().indexOf(focused() ?? '');
    const next = shown()[moved() === undefined && by > 0 ? 0 : Math.min(Math.max(at + by, 0), shown().length - 1)];
    if (next !== undefined) stand(next);
  }
  function stand(id: string): void {
    setMoved(id);
    document.querySelector<HTMLElement>(`[data-notice="${id}"]`)?.focus();
  }
  const onNotice = (act: (notice: Notice) => void) => {
    const each = inbox.noticeOf(focused() ?? '');
    if (each) act(each);
  };
  /** Looked at: no step that anybody would want to undo. */
  function read(ids: readonly string[], isRead = true): void {
    attempt(() => workspace.runQuietly((tx) => markRead(tx, { ids, read: isRead })));
  }
  function open(each: Notice): void {
    read([each.id]);
    const href = noticeHref(workspace, each);
    if (href) navigate(href);
  }
  function finish({ id, doneAt }: Notice): void {
    const next = shown()[shown().indexOf(id) + 1] ?? shown()[shown().indexOf(id) - 1];
    const done = doneAt === null;
    say(
      attempt(() =>
        workspace.run(done ? 'Notice done' : 'Notice put back', (tx) => finishNotices(tx, { ids: [id], done })),
      ),
    );
    if (next !== undefined) stand(next);
  }
  function finishAll(): void {
    const ids = shown();
    const label = `${formatPlural(ids.length, 'notice', 'notices')} done`;
    say(attempt(() => workspace.run(label, (tx) => finishNotices(tx, { ids, done: true }))));
  }
  const snoozeItems = (id: string): readonly MenuItem[] =>
    snoozeTimes(rightNow()).map(({ label, until }) => ({
      label,
      meta: formatInstant(until, rightNow()),
      onSelect: () => say(attempt(() => workspace.run('Notice put off', (tx) => snoozeNotice(tx, { id, until })))),
    }));

  createHotkeys(() => ({
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    J: () => move(1),
    K: () => move(-1),
    Enter: (event) => {
      // A button or link with the focus does what it says.
      if (event.target instanceof Element && event.target.closest('a, button, input') !== null) return;
      onNotice(open);
    },
    E: () => onNotice(finish),
    S: () => onNotice((each) => setSnoozing(each.id)),
    U: () => onNotice((each) => read([each.id], each.readAt === null)),
  }));

  return (
    <>
      <header class="topbar">
        <InboxIcon class="fg-3" />
        <h1>Inbox</h1>
        <Show when={!isNarrow()}>
          <Views />
        </Show>
        <div class="push row">
          <Show when={view() === 'inbox' && shown().length > 0}>
            <Button variant="quiet" icon={CheckCheck} onClick={finishAll}>
              <span class="topbar__what">All done</span>
            </Button>
          </Show>
          <IconButton icon={Settings2} label="What to hear of" onClick={() => setChoosing(true)} />
        </div>
      </header>
      <div class="inbox scroll" data-page>
        <Show when={isNarrow()}>
          <Views />
        </Show>
        <p class="sr" role="status">
          {view() === 'inbox' ? `${unread().length} unread` : ''}
        </p>
        <Show
          when={shown().length > 0}
          fallback={<EmptyState icon={InboxIcon} title={NOTHING[view()][0]} text={NOTHING[view()][1]} />}
        >
          <For each={inbox.groups()}>
            {(group) => (
              <section aria-label={group.heading}>
                <h2 class="inbox__day">{group.heading}</h2>
                <ul>
                  <For each={group.ids}>
                    {(id) => (
                      <Show when={inbox.noticeOf(id)}>
                        {(notice) => (
                          <InboxRow
                            notice={notice()}
                            focused={focused() === id}
                            onFocus={() => setMoved(id)}
                            onOpen={() => read([id])}
                            onDone={() => finish(notice())}
                            snooze={snoozeItems(id)}
                            snoozeOpen={snoozing() === id}
                            onSnoozeOpen={(isOpen) => setSnoozing(isOpen ? id : undefined)}
                          />
                        )}
                      </Show>
                    )}
                  </For>
                </ul>
              </section>
            )}
          </For>
          <footer class="hints inbox__hints" aria-hidden="true">
            <For each={HINTS}>
              {(hint) => (
                <span>
                  <Kbd keys={hint.key} /> {hint.what}
                </span>
              )}
            </For>
          </footer>
        </Show>
      </div>
      <Show when={choosing()}>
        <InboxSettings onClose={() => setChoosing(false)} />
      </Show>
    </>
  );

  function Views(): JSX.Element {
    return (
      <Segmented
        label="What to show"
        value={view()}
        options={[
          { value: 'inbox', label: 'Inbox' },
          { value: 'later', label: 'Snoozed' },
          { value: 'done', label: 'Done' },
        ]}
        onChange={setView}
      />
    );
  }
}

const READ = { readAt: 0, doneAt: null, snoozedUntil: null };

const HINTS = [
  { key: 'ArrowDown', what: 'Move' },
  { key: 'Enter', what: 'Open' },
  { key: 'E', what: 'Done' },
  { key: 'S', what: 'Snooze' },
  { key: 'U', what: 'Unread' },
] as const;

const HOUR_MS = 3_600_000;

/** The mornings are nine o'clock here. */
function snoozeTimes(now: number): readonly { readonly label: string; readonly until: number }[] {
  const morning = (days: number) => {
    const at = new Date(now);
    at.setDate(at.getDate() + days);
    return at.setHours(9, 0, 0, 0);
  };
  const weekday = new Date(now).getDay();
  return [
    { label: 'In an hour', until: now + HOUR_MS },
    { label: 'In 3 hours', until: now + 3 * HOUR_MS },
    { label: 'Tomorrow', until: morning(1) },
    { label: 'Next Monday', until: morning((8 - weekday) % 7 || 7) },
  ];
}
