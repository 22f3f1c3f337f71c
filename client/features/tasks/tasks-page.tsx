/** All tasks: grouped by when they are due, narrowed by words, owner and type, worked through by keyboard, dragged to another day. */
import './tasks-page.css';
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import Plus from 'lucide-solid/icons/plus';
import { createMemo, createSignal, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { Task } from '../../../shared/entities/task.ts';
import { addDays, type Day } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { foldText } from '../../../shared/model/text-order.ts';
import { whenDay } from '../../../shared/model/when.ts';
import { dayHere, groupOf, TASK_GROUPS, type TaskGroup, taskOrder } from '../../../shared/query/task-view.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { createToday } from '../../fields/create-today.ts';
import { FilterBar } from '../../fields/filter-bar.tsx';
import { formatCount, formatDay } from '../../fields/format.ts';
import { createListFilters } from '../../fields/list-filters.ts';
import { PresenceStack } from '../../fields/presence.tsx';
import { followReference } from '../../fields/reference.ts';
import { moveTo, snoozeItems, toggleDone } from '../../fields/tasks/task-actions.ts';
import { TaskForm } from '../../fields/tasks/task-form.tsx';
import { createTaskListKeys } from '../../fields/tasks/task-list-keys.ts';
import { TaskRow } from '../../fields/tasks/task-row.tsx';
import { announce } from '../../platform/announce.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { Banner } from '../../ui/banner.tsx';
import { Button } from '../../ui/button.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Segmented } from '../../ui/segmented.tsx';
import { DayTray } from './day-tray.tsx';
import { createTaskDrag } from './task-drag.ts';

const OPEN_GROUPS: readonly TaskGroup[] = ['late', 'today', 'week', 'later', 'none'];
/** Lines of a group before somebody asks for the rest. */
const FIRST_SHOWN = 100;

export function TasksPage(): JSX.Element {
  const workspace = useWorkspace();
  const today = createToday();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const filters = createListFilters('task', ['owner', 'type', 'priority', 'tags']);
  const [show, setShow] = createSignal<'mine' | 'team' | 'done'>('mine');
  const [grouping, setGrouping] = createSignal<'day' | 'owner'>('day');
  const [refused, setRefused] = createSignal<string>();
  const [whole, setWhole] = createSignal<ReadonlySet<string>>(new Set());
  let find: HTMLInputElement | undefined;

  const isByOwner = () => show() === 'team' && grouping() === 'owner';
  /** By name; last those of nobody, and of people who left. */
  const owners = createMemo(() =>
    [...workspace.collection('member').all()].sort((left, right) => left.name.localeCompare(right.name)),
  );
  const query = workspace.createQuery('task', () => {
    const [day, which, where] = [today(), show(), filters.where()];
    const people = isByOwner() ? new Set<string>(owners().map((member) => member.id)) : undefined;
    const words = foldText(filters.words()).split(/\s+/).filter(Boolean);
    const { memberId } = workspace.me();
    return {
      where: (task) =>
        (which === 'done') === (task.doneAt !== null) &&
        (which !== 'mine' || task.owner === memberId) &&
        (where?.(task as unknown as AnyRecord) ?? true) &&
        words.every((word) => haystack(task).includes(word)),
      sortBy: (task) => (which === 'done' ? task.doneAt : taskOrder(task, zone)),
      descending: which === 'done',
      groupBy: (task) =>
        people ? (people.has(task.owner ?? '') ? (task.owner ?? '') : '') : groupOf(task, { today: day, zone }),
      dependsOn: words.length > 0 ? ['contact', 'company', 'deal'] : [],
    };
  });
  const haystack = (task: Task) =>
    foldText([task.title, task.note, ...task.tags, ...task.about.map((id) => nameOf(id))].join(' '));
  const nameOf = (id: string) => followReference(workspace, id).title;

  const groups = createMemo((): readonly string[] => {
    if (isByOwner()) return [...owners().map((member) => member.id), ''];
    return show() === 'done' ? ['done'] : OPEN_GROUPS;
  });
  const titleOf = (group: string) =>
    isByOwner() ? nameOfOwner(group) : (TASK_GROUPS[group as TaskGroup] as string | undefined);
  const nameOfOwner = (id: string) => workspace.collection('member').byId(id)?.name ?? 'Nobody, or somebody who left';
  const idsOf = (group: string) => {
    const { ids } = query.group(group);
    return whole().has(group) ? ids : ids.slice(0, FIRST_SHOWN);
  };
  const taskOf = (id: string) => workspace.collection('task').byId(id);
  const here = () => ({ today: today(), zone });
  /** Dropping on a task means its day, unless that is past. */
  const dropDayOf = ({ due, doneAt }: Task): Day | undefined => {
    const day = due === null || doneAt !== null ? undefined : dayHere(due, zone);
    return day !== undefined && day >= today() ? day : undefined;
  };
  const keys = createTaskListKeys({ ids: () => groups().flatMap(idsOf), onRefused: setRefused });
  createHotkeys(() => ({ F: () => find?.focus() }));

  let list: HTMLDivElement | undefined;
  const { carried, begin } = createTaskDrag({ canDrag: workspace.canWrite, scroller: () => list, onDrop: drop });

  function drop(id: string, day: Day): void {
    const task = taskOf(id);
    if (!task || (task.due !== null && whenDay(task.due) === day)) return;
    const sentence = moveTo(workspace, [task], day);
    setRefused(sentence);
    if (sentence === undefined) announce(`${task.title} moved to ${formatDay(day, today())}`);
  }
  /** A late one is moved from today on. */
  function moveFocused(by: number): void {
    const task = taskOf(keys.focused() ?? '');
    if (!task || task.doneAt !== null) return;
    const from = task.due === null || whenDay(task.due) < today() ? today() : whenDay(task.due);
    drop(task.id, addDays(from, by));
    keys.setFocused(task.id);
    document.querySelector<HTMLElement>(`[data-task="${task.id}"]`)?.focus();
  }
  createHotkeys(() =>
    workspace.canWrite() ? { 'Alt+ArrowDown': () => moveFocused(1), 'Alt+ArrowUp': () => moveFocused(-1) } : {},
  );

  return (
    <>
      <header class="topbar">
        <CircleCheck class="fg-3" />
        <h1>Tasks</h1>
        <span class="count fs-12">{formatCount(query.size())}</span>
        <Segmented
          label="Which tasks"
          value={show()}
          options={[
            { value: 'mine', label: 'Mine' },
            { value: 'team', label: 'Team' },
            { value: 'done', label: 'Done' },
          ]}
          onChange={setShow}
        />
        <div class="push row">
          <PresenceStack />
          <Show when={workspace.canWrite()}>
            <Button variant="primary" icon={Plus} keys="N" class="topbar__new" onClick={() => keys.openForm({})}>
              <span class="topbar__what">New task</span>
            </Button>
          </Show>
        </div>
      </header>
      <FilterBar
        filters={filters}
        placeholder="Find a task"
        inputRef={(input) => {
          find = input;
        }}
      >
        <Show when={show() === 'team'}>
          <div class="filterbar__group">
            <Segmented
              label="Grouped by"
              value={grouping()}
              options={[
                { value: 'day', label: 'By day' },
                { value: 'owner', label: 'By owner' },
              ]}
              onChange={setGrouping}
            />
          </div>
        </Show>
      </FilterBar>
      <div
        class="tasks"
        ref={(element) => {
          list = element;
        }}
      >
        <Show when={refused()}>
          {(sentence) => (
            <Banner tone="warning" actions={<Button onClick={() => setRefused(undefined)}>Close</Button>}>
              {sentence()}
            </Banner>
          )}
        </Show>
        <For each={groups()}>
          {(group) => (
            <Show when={query.group(group).ids.length > 0 || (group === 'today' && query.size() > 0)}>
              <section aria-labelledby={`tasks-${group}`} data-drop-day={dayOf(group, today()) ?? ''}>
                <header
                  class="taskgroup"
                  classList={{ 'is-target': carried() !== null && carried()?.day === dayOf(group, today()) }}
                >
                  <h2 id={`tasks-${group}`} classList={{ 'fg-danger': group === 'late' }}>
                    {titleOf(group)}
                  </h2>
                  <span class="count">{formatCount(query.group(group).ids.length)}</span>
                </header>
                <ul>
                  <For each={idsOf(group)}>
                    {(id) => (
                      <Show when={taskOf(id)}>
                        {(task) => (
                          <TaskRow
                            task={task()}
                            here={here()}
                            focused={keys.focused() === id}
                            showOwner={show() !== 'mine'}
                            canWrite={workspace.canWrite()}
                            dropDay={dropDayOf(task())}
                            lifted={carried()?.id === id}
                            onPointerDown={(event) => show() !== 'done' && begin(event, id)}
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
                <Show when={query.group(group).ids.length > idsOf(group).length}>
                  <Button size="sm" variant="quiet" onClick={() => setWhole(new Set([...whole(), group]))}>
                    Show all {formatCount(query.group(group).ids.length)}
                  </Button>
                </Show>
              </section>
            </Show>
          )}
        </For>
        <Show when={query.size() === 0}>
          <Switch
            fallback={
              <EmptyState
                icon={CircleCheck}
                title={show() === 'done' ? 'Nothing is done yet' : 'Nothing to do'}
                text={
                  show() === 'done'
                    ? 'What is finished comes here.'
                    : 'A task says what is next, by when, and about whom.'
                }
                action={
                  <Show when={workspace.canWrite() && show() !== 'done'}>
                    <Button onClick={() => keys.openForm({})}>Add a task</Button>
                  </Show>
                }
              />
            }
          >
            <Match when={filters.isActive()}>
              <EmptyState
                icon={CircleCheck}
                title="No task matches"
                text="Titles, notes, tags and the names of the records they are about were searched."
                action={<Button onClick={() => filters.clear()}>Clear filters</Button>}
              />
            </Match>
          </Switch>
        </Show>
      </div>
      <Show when={carried()}>
        {(held) => <DayTray carried={held()} title={taskOf(held().id)?.title ?? ''} today={today()} />}
      </Show>
      <Show when={keys.draft()} keyed>
        {(draft) => <TaskForm draft={draft} onClose={() => keys.openForm(undefined)} />}
      </Show>
    </>
  );
}

/** The day that dropping on a group's heading means; null where it means none. */
function dayOf(group: string, today: Day): Day | null {
  if (group === 'today') return today;
  if (group === 'week') return addDays(today, 1);
  return group === 'later' ? addDays(today, 8) : null;
}
