/** One notice as a line of the inbox: unread or not, who, what, about which record, when, and what to do with it. */
import AlarmClock from 'lucide-solid/icons/alarm-clock';
import Check from 'lucide-solid/icons/check';
import Undo from 'lucide-solid/icons/undo-2';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { isUnread, type Notice, noticeKind } from '../../../shared/entities/notice.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatDay, formatInstant, formatTime } from '../../fields/format.ts';
import { MemberAvatar, MemberName } from '../../fields/person.tsx';
import { currentDay, followReference } from '../../fields/reference.ts';
import { rightNow } from '../../platform/right-now.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { NOTICE_ICONS, noticeDetail, noticeHref, noticeVerb } from './notice-words.ts';

export function InboxRow(props: {
  readonly notice: Notice;
  readonly focused: boolean;
  readonly onFocus: () => void;
  readonly onOpen: () => void;
  readonly onDone: () => void;
  readonly snooze: readonly MenuItem[];
  readonly snoozeOpen: boolean;
  readonly onSnoozeOpen: (open: boolean) => void;
}): JSX.Element {
  const workspace = useWorkspace();
  const kind = () => noticeKind(props.notice);
  const unread = () => isUnread(props.notice, rightNow());
  const subject = () => props.notice.record[0];
  const title = () => {
    const id = subject();
    return id === undefined ? '' : followReference(workspace, id).title;
  };
  const detail = () => noticeDetail(props.notice);
  const when = () => {
    const at = props.notice.at ?? props.notice.createdAt;
    const today = currentDay();
    return dayOfInstant(at) === today ? formatTime(at) : formatDay(dayOfInstant(at), today);
  };
  return (
    <li
      class="notice"
      classList={{ 'is-focus': props.focused, 'is-unread': unread() }}
      data-notice={props.notice.id}
      tabIndex={props.focused ? 0 : -1}
      onFocusIn={() => props.onFocus()}
    >
      <span class="notice__dot">
        <Show when={unread()}>
          <span class="sr">Unread</span>
        </Show>
      </span>
      <Show
        when={props.notice.by}
        fallback={
          <span class="notice__icon">
            <Dynamic component={NOTICE_ICONS[kind()]} />
          </span>
        }
      >
        {(by) => <MemberAvatar memberId={by()} size={28} decorative />}
      </Show>
      <div class="notice__main">
        <p class="notice__what">
          <Dynamic component={NOTICE_ICONS[kind()]} class="lucide--sm fg-3" />
          <span class="truncate">
            <Show when={props.notice.by}>
              {(by) => (
                <>
                  <MemberName memberId={by()} short /> {noticeVerb(props.notice)}{' '}
                </>
              )}
            </Show>
            <Show when={title()}>
              {(words) => (
                <Show when={noticeHref(workspace, props.notice)} fallback={words()}>
                  {(href) => (
                    <a href={href()} class="notice__link" onClick={() => props.onOpen()}>
                      {words()}
                    </a>
                  )}
                </Show>
              )}
            </Show>
          </span>
        </p>
        <Show when={detail()}>
          <p class="notice__detail truncate">{detail()}</p>
        </Show>
        <Show when={props.notice.snoozedUntil}>
          {(until) => <p class="meta">Back {formatInstant(until(), rightNow())}</p>}
        </Show>
      </div>
      <span class="notice__actions">
        <Show when={props.notice.doneAt === null}>
          <Menu
            items={props.snooze}
            open={props.snoozeOpen}
            onOpenChange={(open) => props.onSnoozeOpen(open)}
            placement="bottom-end"
            trigger={(trigger) => <IconButton {...trigger} size="sm" icon={AlarmClock} label="Snooze" keys="S" />}
          />
        </Show>
        <IconButton
          size="sm"
          icon={props.notice.doneAt === null ? Check : Undo}
          label={props.notice.doneAt === null ? 'Done' : 'Back to the inbox'}
          keys="E"
          onClick={() => props.onDone()}
        />
      </span>
      <time class="meta notice__time">{when()}</time>
    </li>
  );
}
