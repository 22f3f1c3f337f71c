/** The calendar: a day, a week or a month of appointments, tasks that are due and deals that close. */
import './calendar.css';
import { useNavigate, useSearchParams } from '@solidjs/router';
import CalendarDays from 'lucide-solid/icons/calendar-days';
import ChevronLeft from 'lucide-solid/icons/chevron-left';
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Eye from 'lucide-solid/icons/eye';
import FileUp from 'lucide-solid/icons/file-up';
import Plus from 'lucide-solid/icons/plus';
import { createMemo, createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { addDays, type Day, isDay } from '../../../shared/model/day.ts';
import type { When } from '../../../shared/model/when.ts';
import type { Times } from '../../../shared/query/calendar-moves.ts';
import { type CalendarItem, daysShown } from '../../../shared/query/calendar-view.ts';
import { dayHere } from '../../../shared/query/task-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { type AppointmentDraft, AppointmentForm, nextHour } from '../../fields/appointments/appointment-form.tsx';
import { IcsDrop } from '../../fields/appointments/ics-drop.tsx';
import { createToday } from '../../fields/create-today.ts';
import { formatFullDay, formatMonth, formatWeekday } from '../../fields/format.ts';
import { recordHref } from '../../fields/reference.ts';
import { type TaskDraft, TaskForm } from '../../fields/tasks/task-form.tsx';
import { announce } from '../../platform/announce.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { createMediaQuery } from '../../ui/media-query.ts';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { timesText, writeTimes } from './calendar-actions.ts';
import { type CalendarContext, CalendarProvider } from './calendar-context.ts';
import { createCalendarData } from './calendar-data.ts';
import { focusItem, onItemKey } from './calendar-keys.ts';
import { MonthGrid } from './month-grid.tsx';
import { TimeGrid } from './time-grid.tsx';
import { WeekList } from './week-list.tsx';

type View = 'day' | 'week' | 'month';

const VIEWS = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
  { value: 'month', label: 'Month' },
] as const;

type Scope = 'mine' | 'team';

const SCOPES = [
  { value: 'mine', label: 'Mine' },
  { value: 'team', label: 'Team' },
] as const;

const SMALL = '(max-width: 899.98px)';
const NARROW = '(max-width: 599.98px)';
/** Whose calendar it is stands beside the views above this width, and in the menu below it. */
const CROWDED = '(max-width: 1099.98px)';

export function CalendarPage(): JSX.Element {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const [params, setParams] = useSearchParams<{ view?: string; day?: string }>();
  const today = createToday();
  const isSmall = createMediaQuery(SMALL);
  const isNarrow = createMediaQuery(NARROW);
  const isCrowded = createMediaQuery(CROWDED);
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const [scope, setScope] = createSignal<Scope>('mine');
  const [showsTasks, setShowsTasks] = createSignal(true);
  const [showsCloses, setShowsCloses] = createSignal(true);
  const [focusedKey, setFocused] = createSignal<string>();
  const [draft, setDraft] = createSignal<AppointmentDraft>();
  const [taskDraft, setTaskDraft] = createSignal<TaskDraft>();
  const [asking, setAsking] = createSignal<{ readonly item: CalendarItem; readonly times: Times }>();
  const [refused, setRefused] = createSignal<string>();
  let chooseFile: (() => void) | undefined;

  const view = (): View => {
    const { view: named } = params;
    if (named === 'day' || named === 'week' || named === 'month') return named;
    return isNarrow() ? 'day' : 'week';
  };
  const day = (): Day => (isDay(params.day) ? params.day : today());
  const days = createMemo(() => daysShown(view(), day(), firstWeekday()));
  const items = createCalendarData({
    range: () => [days()[0] ?? day(), days().at(-1) ?? day()],
    zone,
    isMine: () => scope() === 'mine',
    showsTasks,
    showsCloses,
  });
  const show = (next: { readonly view?: View; readonly day?: Day }) =>
    setParams({
      ...(next.view === undefined ? {} : { view: next.view }),
      ...(next.day === undefined ? {} : { day: next.day === today() ? undefined : next.day }),
    });
  function turn(by: number): void {
    const step = view() === 'day' ? 1 : 7;
    const month = addDays(`${day().slice(0, 8)}01`, by > 0 ? 31 : -1);
    show({ day: view() === 'month' ? `${month.slice(0, 8)}01` : addDays(day(), by * step) });
    announce(title());
  }
  const title = () => {
    const [first = day(), last = day()] = [days()[0], days().at(-1)];
    if (view() === 'day') {
      const weekday = formatWeekday(day());
      return isNarrow() ? `${weekday.slice(0, 3)} ${formatFullDay(day()).replace(/ \d{4}$/, '')}` : weekday;
    }
    if (view() === 'month') return `${formatMonth(day())} ${day().slice(0, 4)}`;
    const isOneMonth = first.slice(0, 7) === last.slice(0, 7);
    const end = isNarrow() ? formatFullDay(last).replace(/ \d{4}$/, '') : formatFullDay(last);
    return `${isOneMonth ? Number(first.slice(8)) : formatFullDay(first).replace(/ \d{4}$/, '')} – ${end}`;
  };
  function change(item: CalendarItem, times: Times): void {
    if (item.occurrence !== null) setAsking({ item, times });
    else write(item, times, false);
  }
  function write(item: CalendarItem, times: Times, all: boolean): void {
    setAsking(undefined);
    if (times.start === item.start && times.end === item.end) return;
    const { refused: sentence, key } = writeTimes(workspace, item, times, all);
    setRefused(sentence);
    if (sentence !== undefined) return;
    announce(`${item.title}, ${timesText(item, times)}`);
    setFocused(key);
    // Moved out of sight it is followed.
    const to = dayHere(times.start, zone);
    if (!days().includes(to)) show({ day: to });
    requestAnimationFrame(() => focusItem(key));
  }
  function open(item: CalendarItem): void {
    if (item.kind === 'task') {
      const task = workspace.collection('task').peek(item.id);
      if (task && workspace.canWrite()) setTaskDraft({ edit: task });
    } else if (item.kind === 'close') {
      navigate(recordHref(item.id) ?? '/deals');
    } else {
      const edit = workspace.collection('appointment').peek(item.id);
      if (edit) setDraft({ edit, occurrence: item.occurrence });
    }
  }
  const add = (start?: When, end?: When) =>
    setDraft({ start: start ?? nextHour(day(), today(), new Date()), ...(end === undefined ? {} : { end }) });
  const calendar: CalendarContext = {
    zone,
    today,
    days,
    items,
    canWrite: workspace.canWrite,
    focused: () => {
      const key = focusedKey();
      return items().some((each) => each.key === key) ? key : items()[0]?.key;
    },
    setFocused,
    open,
    add,
    change,
    showDay: (next) => show({ view: 'day', day: next }),
  };
  createHotkeys(() => ({
    ArrowLeft: () => turn(-1),
    ArrowRight: () => turn(1),
    D: () => show({ view: 'day' }),
    W: () => show({ view: 'week' }),
    M: () => show({ view: 'month' }),
    Home: () => show({ day: today() }),
    ...(workspace.canWrite() ? { N: () => add() } : {}),
  }));
  const menu = (): readonly MenuItem[] => [
    ...(isCrowded()
      ? ([
          {
            kind: 'radio',
            label: 'Whose calendar',
            value: scope(),
            options: SCOPES,
            onChange: (value) => setScope(value as Scope),
          },
          { kind: 'separator' },
        ] satisfies MenuItem[])
      : []),
    { kind: 'check', label: 'Tasks', checked: showsTasks(), onChange: setShowsTasks },
    { kind: 'check', label: 'Deals that close', checked: showsCloses(), onChange: setShowsCloses },
    ...(workspace.canWrite()
      ? ([
          { kind: 'separator' },
          { label: 'Add from a file (.ics)', icon: FileUp, onSelect: () => chooseFile?.() },
        ] satisfies MenuItem[])
      : []),
  ];

  return (
    <>
      <header class="topbar">
        <CalendarDays class="fg-3" />
        <h1 class="truncate">{isSmall() ? title() : 'Calendar'}</h1>
        <Show when={!isSmall()}>
          <Turning />
        </Show>
        <div class="push row">
          <Show when={!isSmall()}>
            <Choices />
          </Show>
          <Show when={workspace.canWrite()}>
            <Button variant="primary" icon={Plus} keys="N" class="topbar__new" onClick={() => add()}>
              <span class="topbar__what">New appointment</span>
            </Button>
          </Show>
        </div>
      </header>
      <Show when={isSmall()}>
        <div class="calbar">
          <Turning />
          <span class="push row row--4">
            <Choices />
          </span>
        </div>
      </Show>
      <Show when={refused()}>
        {(sentence) => (
          <Banner tone="warning" actions={<Button onClick={() => setRefused(undefined)}>Close</Button>}>
            {sentence()}
          </Banner>
        )}
      </Show>
      <IcsDrop
        about={[]}
        chooser={(choose) => {
          chooseFile = choose;
        }}
        onAdded={(first) => show({ day: first })}
      >
        <section
          class="cal"
          aria-label={title()}
          onKeyDown={(event) => {
            if (!onItemKey(event, calendar, view())) return;
            event.preventDefault();
            event.stopPropagation();
          }}
        >
          <CalendarProvider value={calendar}>
            <Switch fallback={<TimeGrid />}>
              <Match when={view() === 'month'}>
                <MonthGrid month={day().slice(0, 7)} narrow={isNarrow()} />
              </Match>
              <Match when={view() === 'week' && isNarrow()}>
                <WeekList />
              </Match>
            </Switch>
          </CalendarProvider>
        </section>
      </IcsDrop>
      <Show when={draft()} keyed>
        {(shown) => <AppointmentForm draft={shown} onClose={() => setDraft(undefined)} />}
      </Show>
      <Show when={taskDraft()} keyed>
        {(shown) => <TaskForm draft={shown} onClose={() => setTaskDraft(undefined)} />}
      </Show>
      <Show when={asking()} keyed>
        {(question) => (
          <Dialog
            open
            onOpenChange={() => setAsking(undefined)}
            title={`Move ${question.item.title}?`}
            description={`It repeats. To ${timesText(question.item, question.times)}: this one, or all of them as far.`}
            actions={
              <>
                <Button variant="quiet" onClick={() => setAsking(undefined)}>
                  Cancel
                </Button>
                <Button onClick={() => write(question.item, question.times, true)}>All of them</Button>
                <Button variant="primary" onClick={() => write(question.item, question.times, false)}>
                  Only this one
                </Button>
              </>
            }
          />
        )}
      </Show>
    </>
  );

  /** Above the days where there is room, else in a line of their own. */
  function Turning(): JSX.Element {
    return (
      <>
        <span class="row row--4">
          <IconButton label="Earlier" keys="ArrowLeft" icon={ChevronLeft} size="sm" onClick={() => turn(-1)} />
          <Button
            size="sm"
            onClick={() => show({ day: today() })}
            disabled={days().includes(today()) && view() !== 'month' && day() === today()}
          >
            Today
          </Button>
          <IconButton label="Later" keys="ArrowRight" icon={ChevronRight} size="sm" onClick={() => turn(1)} />
        </span>
        <Show when={!isSmall()}>
          <h2 class="caltitle">{title()}</h2>
        </Show>
      </>
    );
  }
  function Choices(): JSX.Element {
    return (
      <>
        <Segmented label="Days shown" value={view()} options={VIEWS} onChange={(next) => show({ view: next })} />
        <Show when={!isCrowded()}>
          <Segmented label="Whose calendar" value={scope()} options={SCOPES} onChange={setScope} />
        </Show>
        <Menu
          items={menu()}
          placement="bottom-end"
          trigger={(trigger) => <IconButton {...trigger} icon={Eye} size="sm" label="What is shown" />}
        />
      </>
    );
  }
}

/** 0 Sunday to 6 Saturday, as the person's locale has it; Monday where the browser does not say. */
function firstWeekday(): number {
  const locale = new Intl.Locale(Intl.DateTimeFormat().resolvedOptions().locale) as Intl.Locale & {
    getWeekInfo?: () => { readonly firstDay: number };
    weekInfo?: { readonly firstDay: number };
  };
  return (locale.getWeekInfo?.().firstDay ?? locale.weekInfo?.firstDay ?? 1) % 7;
}
