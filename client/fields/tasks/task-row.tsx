/**
 * A task as a line that can be worked through: round box, who it is about, what and why, the deal, when. Used by Today and
 * by the list of all tasks. The buttons of the line the person stands on show the keys that do the same.
 */
import '../fields.css';
import './tasks.css';
import AlarmClock from 'lucide-solid/icons/alarm-clock';
import CalendarDays from 'lucide-solid/icons/calendar-days';
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import ListPlus from 'lucide-solid/icons/list-plus';
import Mail from 'lucide-solid/icons/mail';
import Pencil from 'lucide-solid/icons/pencil';
import Phone from 'lucide-solid/icons/phone';
import Repeat from 'lucide-solid/icons/repeat';
import { createMemo, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Task } from '../../../shared/entities/task.ts';
import { repeatText } from '../../../shared/model/repeat.ts';
import { whenInstant, whenTime } from '../../../shared/model/when.ts';
import { dayHere, daysLate, groupOf } from '../../../shared/query/task-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import type { Icon } from '../../ui/icon.ts';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { StageSign } from '../field-value.tsx';
import { formatDay, formatMoney, formatTime } from '../format.ts';
import { CompanyMark, ContactAvatar, MemberAvatar, RecordLink } from '../person.tsx';
import { followReference, recordHref } from '../reference.ts';
import { callHref, mailHref, taskSubjects } from './task-actions.ts';

export const TASK_ICONS: Readonly<Record<string, Icon>> = {
  todo: CircleCheck,
  call: Phone,
  email: Mail,
  meeting: CalendarDays,
};

export interface TaskRowProps {
  readonly task: Task;
  /** The day and the clocks here. */
  readonly here: { readonly today: string; readonly zone: string };
  /** The person stands on this line. */
  readonly focused: boolean;
  readonly onFocus: () => void;
  readonly onToggle: () => void;
  readonly onEdit: () => void;
  /** Finishes it with what comes next. */
  readonly onNext: () => void;
  readonly snooze: readonly MenuItem[];
  readonly snoozeOpen: boolean;
  readonly onSnoozeOpen: (open: boolean) => void;
  /** Whose it is, where tasks of several people stand together. */
  readonly showOwner?: boolean;
  readonly canWrite: boolean;
  /** The day that dropping another task here means. */
  readonly dropDay?: string | undefined;
  /** It is being carried. */
  readonly lifted?: boolean;
  readonly onPointerDown?: (event: PointerEvent) => void;
}

export function TaskRow(props: TaskRowProps): JSX.Element {
  const workspace = useWorkspace();
  const subjects = createMemo(() => taskSubjects(workspace, props.task.about));
  const deal = () => workspace.collection('deal').byId(subjects().deal);
  const isDone = () => props.task.doneAt !== null;
  /** What it is about beyond what the line has room for. */
  const others = () => {
    const { contact, company, deal: dealId } = subjects();
    return props.task.about.filter((id) => id !== contact && id !== company && id !== dealId);
  };
  const nameOf = (id: string) => followReference(workspace, id).title;
  return (
    <li
      class="fu"
      classList={{ 'is-done': isDone(), 'is-focus': props.focused, 'is-lifted': props.lifted === true }}
      data-task={props.task.id}
      data-drop-day={props.dropDay}
      onPointerDown={(event) => props.onPointerDown?.(event)}
      onFocusIn={() => props.onFocus()}
      tabIndex={props.focused ? 0 : -1}
    >
      <Checkbox
        round
        aria-label={`Done: ${props.task.title}`}
        checked={isDone()}
        disabled={!props.canWrite}
        onChange={() => props.onToggle()}
      />
      <Who contact={subjects().contact} company={subjects().company} deal={subjects().deal} title={props.task.title} />
      <div class="fu__what">
        <span class="fu__task">
          <Dynamic component={TASK_ICONS[props.task.type ?? 'todo'] ?? CircleCheck} class="lucide--sm" />
          <button type="button" class="fu__title truncate" onClick={() => props.onEdit()} title={props.task.title}>
            {props.task.title}
          </button>
          <Show when={props.task.repeats}>
            <Repeat class="lucide--sm" role="img" aria-label={`Repeats ${repeatText(props.task.repeats)}`.trim()} />
          </Show>
          <Show when={others().length > 0}>
            <span class="meta" title={others().map(nameOf).join(', ')}>
              +{others().length}
              <span class="sr"> more records: {others().map(nameOf).join(', ')}</span>
            </span>
          </Show>
          <Show when={props.task.priority === 'high'}>
            <span class="tag tag--warning">High</span>
          </Show>
        </span>
        <Show when={reasonOf(props.task)}>
          {(reason) => (
            <span class="fu__why truncate" title={reason()}>
              {reason()}
            </span>
          )}
        </Show>
      </div>
      <Show
        when={props.focused && !isDone() && props.canWrite}
        fallback={
          <span class="fu__deal">
            <Show when={props.showOwner}>
              <MemberAvatar memberId={props.task.owner} size={18} />
            </Show>
            <Show when={deal()}>
              {(record) => (
                <>
                  <StageSign
                    stageId={record().place[1]}
                    size={14}
                    label={workspace.collection('stage').byIdInTrash(record().place[1])?.name}
                  />
                  <Show when={record().amount}>{(amount) => <span>{formatMoney(amount())}</span>}</Show>
                </>
              )}
            </Show>
          </span>
        }
      >
        <span class="fu__actions">
          <Show when={props.task.type === 'call' && callHref(workspace, props.task)}>
            {(href) => (
              <a class="btn btn--sm" href={href()}>
                <Phone />
                Call
                <kbd class="kbd">C</kbd>
              </a>
            )}
          </Show>
          <Show when={props.task.type === 'email' && mailHref(workspace, props.task)}>
            {(href) => (
              <a class="btn btn--sm" href={href()}>
                <Mail />
                Reply
                <kbd class="kbd">R</kbd>
              </a>
            )}
          </Show>
          <Menu
            items={props.snooze}
            open={props.snoozeOpen}
            onOpenChange={(open) => props.onSnoozeOpen(open)}
            placement="bottom-end"
            trigger={(trigger) => (
              <Button {...trigger} size="sm" icon={AlarmClock} keys="S">
                Snooze
              </Button>
            )}
          />
          <IconButton
            size="sm"
            icon={ListPlus}
            label={`Done, and plan what comes after ${props.task.title}`}
            keys="Shift+D"
            onClick={() => props.onNext()}
          />
          <IconButton
            size="sm"
            icon={Pencil}
            label={`Edit ${props.task.title}`}
            keys="E"
            onClick={() => props.onEdit()}
          />
        </span>
      </Show>
      <Due task={props.task} here={props.here} />
    </li>
  );
}

/** The second line: the note's beginning, or what came of it. */
function reasonOf(task: Task): string {
  return (task.doneAt !== null && task.outcome) || (task.note.trim().split('\n', 1)[0] ?? '');
}

/** The person with the company below; the company, or the deal, where no person is known. */
export function Who(props: {
  readonly contact: string | null;
  readonly company: string | null;
  readonly deal: string | null;
  readonly title: string;
}): JSX.Element {
  return (
    <div class="fu__who">
      <Switch>
        <Match when={props.contact}>
          {(id) => (
            <>
              <ContactAvatar contactId={id()} size={28} />
              <div class="fu__names">
                <RecordLink id={id()} class="fu__name" />
                <Show when={props.company}>{(company) => <CompanyLine id={company()} />}</Show>
              </div>
            </>
          )}
        </Match>
        <Match when={props.company}>
          {(id) => (
            <>
              <CompanyMark companyId={id()} size={28} />
              <RecordLink id={id()} class="fu__name" />
            </>
          )}
        </Match>
        <Match when={props.deal}>{(id) => <RecordLink id={id()} class="fu__name" />}</Match>
      </Switch>
    </div>
  );
}

function CompanyLine(props: { readonly id: string }): JSX.Element {
  return (
    <span class="fu__co">
      <CompanyMark companyId={props.id} />
      <RecordLink id={props.id} />
    </span>
  );
}

/** When it is due, in the words of the day. */
export function Due(props: { readonly task: Task; readonly here: TaskRowProps['here'] }): JSX.Element {
  const group = () => groupOf(props.task, props.here);
  const late = () => daysLate(props.task, props.here);
  const words = () => {
    const { due } = props.task;
    if (group() === 'done') return 'Done';
    if (due === null) return '';
    if (late() > 0) return late() === 1 ? '1 day late' : `${late()} days late`;
    const day = formatDay(dayHere(due, props.here.zone), props.here.today);
    if (whenTime(due) === null) return day;
    const time = formatTime(whenInstant(due, props.here.zone));
    return group() === 'today' ? time : `${day}, ${time}`;
  };
  return (
    <span
      class="due fu__due"
      classList={{
        'due--late': group() === 'late',
        'due--today': group() === 'today',
        'due--done': group() === 'done',
      }}
    >
      {words()}
    </span>
  );
}

/** Where Enter leads from a task's line: its deal, else its person, else its company. */
export function taskHref(workspace: ReturnType<typeof useWorkspace>, task: Task): string | undefined {
  const id = taskPageId(workspace, task);
  return id === undefined ? undefined : recordHref(id);
}

export function taskPageId(workspace: ReturnType<typeof useWorkspace>, task: Task): string | undefined {
  const { contact, deal, company } = taskSubjects(workspace, task.about);
  return [deal, contact, company].find((id): id is string => id !== null && recordHref(id) !== undefined);
}
