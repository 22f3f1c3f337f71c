/** Today: whom to follow up with, what is late, what deserves a nudge, and the day and the month at a glance. */
import './today.css';
import { createLazyMemo } from '@solid-primitives/memo';
import { useNavigate } from '@solidjs/router';
import Clock from 'lucide-solid/icons/clock';
import Plus from 'lucide-solid/icons/plus';
import Sun from 'lucide-solid/icons/sun';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import type { Task } from '../../../shared/entities/task.ts';
import { daysLate, groupOf } from '../../../shared/query/task-view.ts';
import { countWord, headline, type Nudge } from '../../../shared/query/today-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { createFirstFrame } from '../../fields/create-first-frame.ts';
import { createToday } from '../../fields/create-today.ts';
import { formatPlural, formatWeekday } from '../../fields/format.ts';
import { PresenceStack, WorkingNow } from '../../fields/presence.tsx';
import { followReference, recordHref } from '../../fields/reference.ts';
import { SecondFrame } from '../../fields/second-frame.tsx';
import { moveTo, snoozeItems, taskSubjects, toggleDone } from '../../fields/tasks/task-actions.ts';
import { TaskForm } from '../../fields/tasks/task-form.tsx';
import { createTaskListKeys } from '../../fields/tasks/task-list-keys.ts';
import { TaskRow } from '../../fields/tasks/task-row.tsx';
import { runHotkey } from '../../platform/hotkeys.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { Kbd } from '../../ui/kbd.tsx';
import { lateComponent } from '../../ui/late.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { NudgeRow, nudgeId } from './nudge-row.tsx';
import { createTodayData } from './today-data.ts';
import { TodaySide } from './today-side.tsx';

const SinceSection = lateComponent(() => import('./since-section.tsx').then((module) => module.SinceSection));

/** Nudges shown before somebody asks for more. */
const FIRST_NUDGES = 6;
/** Late tasks shown before somebody asks for more: whoever has hundreds wants to see the day at once. */
const FIRST_LATE = 20;
/** The least height of a row, and how many of them the bars and the words over the first one take. */
const ROW_PX = 50;
const ROWS_ABOVE = 4;

export function TodayPage(): JSX.Element {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const today = createToday();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const [scope, setScope] = createSignal<'mine' | 'team'>('mine');
  const [refused, setRefused] = createSignal<string>();
  const [allNudges, setAllNudges] = createSignal(false);
  const [allLate, setAllLate] = createSignal(false);
  const data = createTodayData({ today, zone, isMine: () => scope() === 'mine' });
  const here = () => ({ today: today(), zone });
  const tasksOf = (ids: readonly string[]) => ids.flatMap((id) => data.taskOf(id) ?? []);
  const late = createMemo(() => tasksOf(data.lateIds()).filter((task) => task.doneAt === null));
  const shownLate = createMemo(() => (allLate() ? late() : late().slice(0, FIRST_LATE)));
  const due = createMemo(() => tasksOf(data.todayIds()));
  const waiting = createMemo(() => [...late(), ...due().filter((task) => task.doneAt === null)]);
  const shownNudges = createLazyMemo(() => (allNudges() ? data.nudges() : data.nudges().slice(0, FIRST_NUDGES)));
  const first = createFirstFrame();
  /** Of what stands one below the other, the part of the first screen, which is painted first. */
  const painted = createMemo(() => {
    if (first.isPainted()) return { late: shownLate(), due: due(), nudges: shownNudges() };
    const room = first.rows(ROW_PX) - ROWS_ABOVE;
    const tasks = { late: shownLate().slice(0, room), due: due().slice(0, Math.max(0, room - shownLate().length)) };
    const left = room - shownLate().length - due().length;
    return { ...tasks, nudges: left > 0 ? shownNudges().slice(0, left) : [] };
  });
  const nudgeOf = (id: string) => shownNudges().find((nudge) => nudgeId(nudge) === id);

  const keys = createTaskListKeys({
    ids: () => [...shownLate(), ...due()].map((task) => task.id as string).concat(shownNudges().map(nudgeId)),
    onRefused: setRefused,
    onPlan: (id) => plan(nudgeOf(id)),
    onOpen: (id) => {
      const nudge = nudgeOf(id);
      const href = nudge && recordHref('deal' in nudge ? nudge.deal.id : nudge.contactId);
      if (href) navigate(href);
    },
  });
  /** The keyboard goes on at the first line that was not there. */
  function showAllLate(): void {
    const next = late()[FIRST_LATE]?.id;
    setAllLate(true);
    document.querySelector<HTMLElement>(`[data-task="${next}"]`)?.focus();
  }
  function plan(nudge: Nudge | undefined): void {
    if (!nudge) return;
    const about =
      'deal' in nudge
        ? [nudge.deal.id, ...nudge.deal.contacts.slice(0, 1).map((each) => each.contact)]
        : [nudge.contactId];
    keys.openForm({ about, due: 'Tomorrow' });
  }

  return (
    <>
      <header class="topbar">
        <Sun class="fg-3" />
        <h1>Today</h1>
        <span class="meta today__date">{formatWeekday(today())}</span>
        <Segmented
          label="Whose day"
          value={scope()}
          options={[
            { value: 'mine', label: 'Mine' },
            { value: 'team', label: 'Team' },
          ]}
          onChange={setScope}
        />
        <div class="push row">
          <PresenceStack />
          <Show when={workspace.canWrite()}>
            <Button
              variant="quiet"
              icon={Clock}
              keys="L"
              class="today__log"
              disabled={keys.focused() === undefined}
              onClick={() => runHotkey('L')}
            >
              Log activity
            </Button>
            <Button variant="primary" icon={Plus} keys="T" class="topbar__new" onClick={() => keys.openForm({})}>
              <span class="topbar__what">Follow-up</span>
            </Button>
          </Show>
        </div>
      </header>
      <div class="today">
        <div class="today__main">
          <div class="today__lead">
            <h2>{headline(waiting(), (task) => taskSubjects(workspace, task.about))}</h2>
            <p>{leadSentence()}</p>
          </div>
          <Show when={refused()}>
            {(sentence) => (
              <Banner tone="warning" actions={<Button onClick={() => setRefused(undefined)}>Close</Button>}>
                {sentence()}
              </Banner>
            )}
          </Show>
          <SinceSection />
          <Show when={late().length > 0}>
            <section aria-labelledby="today-late">
              <header class="taskgroup">
                <h3 id="today-late" class="fg-danger">
                  Late
                </h3>
                <span class="count">{late().length}</span>
                <Show when={workspace.canWrite()}>
                  <Button
                    size="sm"
                    variant="quiet"
                    class="push"
                    onClick={() => setRefused(moveTo(workspace, late(), data.tomorrow()))}
                  >
                    Move all to tomorrow
                  </Button>
                </Show>
              </header>
              <Rows tasks={painted().late} />
              <Show when={shownLate().length < late().length}>
                <Button size="sm" variant="quiet" onClick={showAllLate}>
                  Show {late().length - FIRST_LATE} more
                </Button>
              </Show>
            </section>
          </Show>
          <section aria-labelledby="today-due">
            <header class="taskgroup">
              <h3 id="today-due">Today</h3>
              <Show when={due().length > 0} fallback={<span class="meta">Nothing is due</span>}>
                <span class="meta">
                  {due().filter((task) => task.doneAt !== null).length} of {due().length} done
                </span>
              </Show>
            </header>
            <Rows tasks={painted().due} />
          </section>
          <Show when={painted().nudges.length > 0}>
            <section aria-labelledby="today-nudge">
              <header class="taskgroup">
                <h3 id="today-nudge">Worth a nudge</h3>
                <span class="count">{data.nudges().length}</span>
                <span class="meta push today__why">
                  Quiet deals, deals without a next step, people to keep in touch with
                </span>
              </header>
              <ul>
                <For each={painted().nudges}>
                  {(nudge) => (
                    <NudgeRow
                      nudge={nudge}
                      focused={keys.focused() === nudgeId(nudge)}
                      canWrite={workspace.canWrite()}
                      onFocus={() => keys.setFocused(nudgeId(nudge))}
                      onPlan={() => plan(nudge)}
                    />
                  )}
                </For>
              </ul>
              <Show when={!allNudges() && data.nudges().length > FIRST_NUDGES}>
                <Button size="sm" variant="quiet" onClick={() => setAllNudges(true)}>
                  Show {data.nudges().length - FIRST_NUDGES} more
                </Button>
              </Show>
            </section>
          </Show>
          <footer class="hints today__hints" aria-hidden="true">
            <For each={HINTS.filter(({ writes }) => workspace.canWrite() || !writes)}>
              {(hint) => (
                <span>
                  <Kbd keys={hint.key} /> {hint.what}
                </span>
              )}
            </For>
            <span class="push">
              <Kbd keys="?" /> All keys
            </span>
          </footer>
        </div>
        <aside class="pane pane--well today__side" aria-label="Day at a glance">
          <SecondFrame>
            <TodaySide data={data} today={today()} isMine={scope() === 'mine'}>
              <WorkingNow />
            </TodaySide>
          </SecondFrame>
        </aside>
      </div>
      <Show when={keys.draft()} keyed>
        {(draft) => <TaskForm draft={draft} onClose={() => keys.openForm(undefined)} />}
      </Show>
    </>
  );

  function Rows(rows: { readonly tasks: readonly Task[] }): JSX.Element {
    return (
      <ul>
        <For each={rows.tasks.map((task) => task.id)}>
          {(id) => (
            <Show when={data.taskOf(id)}>
              {(task) => (
                <TaskRow
                  task={task()}
                  here={here()}
                  focused={keys.focused() === id}
                  showOwner={scope() === 'team'}
                  canWrite={workspace.canWrite()}
                  onFocus={() => keys.setFocused(id)}
                  onToggle={() => setRefused(toggleDone(workspace, task()))}
                  onEdit={() => keys.openForm({ edit: task() })}
                  onNext={() => keys.openForm({ after: task() })}
                  snooze={snoozeItems(workspace, task(), {
                    onRefused: setRefused,
                    onOther: () => keys.openForm({ edit: task() }),
                  })}
                  snoozeOpen={keys.snoozing() === id}
                  onSnoozeOpen={(open) => keys.setSnoozing(open ? id : undefined)}
                />
              )}
            </Show>
          )}
        </For>
      </ul>
    );
  }

  /** "Three are late. Start with Ellen Strand at Sundvik Seafood: …" */
  function leadSentence(): string {
    const [first] = waiting();
    if (!first) {
      const done = due().length;
      if (done > 0) return `All ${formatPlural(done, 'task is', 'tasks are')} done.`;
      return data.nudges().length > 0
        ? 'Nothing is due. Those below are worth a nudge.'
        : 'Nothing is due, and nobody waits to hear from you.';
    }
    const count = late().length;
    const lateWords = count === 0 ? '' : `${countWord(count)} ${count === 1 ? 'is' : 'are'} late. `;
    const { contact, company } = taskSubjects(workspace, first.about);
    const name = (id: string) => followReference(workspace, id).title;
    const who = contact
      ? `${name(contact)}${company ? ` at ${name(company)}` : ''}`
      : company
        ? name(company)
        : first.title;
    const days = groupOf(first, here()) === 'late' ? daysLate(first, here()) : 0;
    const why = days > 0 ? `, due ${formatPlural(days, 'day', 'days')} ago` : '';
    const what = contact || company ? `: ${first.title}` : '';
    return `${lateWords}Start with ${who}${what}${why}.`;
  }
}

interface Hint {
  readonly key: string;
  readonly what: string;
  /** Not for those who may only look. */
  readonly writes?: true;
}

const HINTS: readonly Hint[] = [
  { key: 'ArrowDown', what: 'Move' },
  { key: 'D', what: 'Done', writes: true },
  { key: 'S', what: 'Snooze', writes: true },
  { key: 'R', what: 'Reply' },
  { key: 'C', what: 'Call' },
  { key: 'P', what: 'Plan', writes: true },
  { key: 'Enter', what: 'Open' },
];
