/**
 * What Today shows, alive: lists of tasks, nudges, the agenda, the month, the days to congratulate on. Each is worked out
 * when it is first shown: what is not in the first frame does not delay it.
 */
import { createLazyMemo } from '@solid-primitives/memo';
import { createMemo } from 'solid-js';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Task } from '../../../shared/entities/task.ts';
import { addDays, type Day, dayOfInstant } from '../../../shared/model/day.ts';
import { whenInstant, whenTime } from '../../../shared/model/when.ts';
import { weightedMinor } from '../../../shared/query/pipeline-view.ts';
import { dayHere, nextSteps } from '../../../shared/query/task-view.ts';
import { celebrations, dealNudges, keepInTouchNudges, type Nudge } from '../../../shared/query/today-view.ts';
import { type Query, useWorkspace } from '../../data/workspace.ts';
import { taskHref } from '../../fields/tasks/task-row.tsx';
import { CELEBRATE_DAYS, startOn, todayQueries } from './today-queries.ts';

export interface TodayScope {
  readonly today: () => Day;
  readonly zone: string;
  /** Only what is mine, or everybody's. */
  readonly isMine: () => boolean;
}

/** Something at a time of today. */
export interface AgendaItem {
  readonly id: string;
  readonly title: string;
  /** Where it is looked at: its hour in the calendar, or what the task is about. */
  readonly href: string;
  /** Epoch ms; null for the whole day. */
  readonly start: number | null;
  readonly end: number | null;
}

export function createTodayData({ today, zone, isMine }: TodayScope) {
  const workspace = useWorkspace();
  const { memberId } = workspace.me();
  const isOurs = (owner: string | null) => !isMine() || owner === memberId;

  const asked = createMemo(() => todayQueries(workspace, { day: today(), zone, owner: isMine() ? memberId : null }));
  const tasks = workspace.createQuery('task', () => asked().tasks);
  const openTasks = workspace.createQuery('task', () => asked().openTasks);
  const openDeals = workspace.createQuery('deal', () => asked().openDeals);
  const wonDeals = workspace.createQuery('deal', () => asked().wonDeals);
  const watched = workspace.createQuery('contact', () => asked().watched);
  const appointments = workspace.createQuery('appointment', () => asked().appointments);
  const taskOf = (id: string): Task | undefined => workspace.collection('task').byId(id);
  const recordsOf = <R>(query: Query, peek: (id: string) => R | undefined): readonly R[] =>
    query.ids().flatMap((id) => peek(id) ?? []);

  const steps = createLazyMemo(() => nextSteps(recordsOf(openTasks, workspace.collection('task').peek)));
  const stages = createLazyMemo(
    () =>
      new Map(
        workspace
          .collection('stage')
          .all()
          .map((stage) => [stage.id as string, stage]),
      ),
  );

  // Looked up once for all that is made of them.
  const deals = createLazyMemo(() => recordsOf(openDeals, workspace.collection('deal').peek));
  const wins = createLazyMemo(() => recordsOf(wonDeals, workspace.collection('deal').peek));
  const people = createLazyMemo(() => recordsOf(watched, workspace.collection('contact').peek));

  const lastContact = (id: string): Day | null => {
    const last = workspace.about.lastContact(id);
    return last && dayOfInstant(last.at, zone);
  };
  const nudges = createLazyMemo((): readonly Nudge[] => {
    const hasStep = (id: string) => steps().has(id);
    const ours = people().filter((each) => isOurs(each.owner));
    return [
      ...keepInTouchNudges(ours, { today: today(), lastContact, hasStep }),
      ...dealNudges(deals(), { today: today(), stageOf: (id) => stages().get(id), hasStep }),
    ];
  });

  const month = createLazyMemo(() => {
    const current = today().slice(0, 7);
    const known = stages();
    const closing = deals()
      .filter((deal) => deal.closesOn?.slice(0, 7) === current)
      .sort((left, right) => ((left.closesOn ?? '') < (right.closesOn ?? '') ? -1 : 1));
    const won = wins().filter((deal) => deal.closedOn?.slice(0, 7) === current && isOurs(deal.owner));
    return {
      closing,
      won: sumsOf(won, (deal) => deal.amount?.minor ?? 0),
      weighted: sumsOf(closing, (deal) => weightedMinor(deal, known.get(deal.place[1]))),
    };
  });

  const congratulate = createLazyMemo(() => celebrations(people(), wins(), { today: today(), days: CELEBRATE_DAYS }));

  const agenda = createLazyMemo((): readonly AgendaItem[] => {
    const day = today();
    const kept = recordsOf(appointments, workspace.collection('appointment').peek).map((each): AgendaItem => {
      const start = startOn(each, day, zone) ?? day;
      const length =
        each.start && each.end && whenTime(each.end) !== null
          ? whenInstant(each.end, zone) - whenInstant(each.start, zone)
          : null;
      const at = whenTime(start) === null || dayHere(start, zone) < day ? null : whenInstant(start, zone);
      const end = at !== null && length !== null ? at + length : null;
      return { id: each.id, title: each.title, href: `/calendar?view=day&day=${day}`, start: at, end };
    });
    const timed = tasks.group('today').ids.flatMap((id): AgendaItem[] => {
      const task = taskOf(id);
      const at = task?.due && whenTime(task.due) !== null ? whenInstant(task.due, zone) : null;
      return task && at !== null && task.doneAt === null
        ? [{ id: task.id, title: task.title, href: taskHref(workspace, task) ?? '/tasks', start: at, end: null }]
        : [];
    });
    return [...kept, ...timed].sort((left, right) => (left.start ?? 0) - (right.start ?? 0));
  });

  return {
    lateIds: () => tasks.group('late').ids,
    todayIds: () => tasks.group('today').ids,
    taskOf,
    nudges,
    month,
    congratulate,
    agenda,
    /** Tomorrow, for "move all to tomorrow". */
    tomorrow: () => addDays(today(), 1),
  };
}

export type TodayData = ReturnType<typeof createTodayData>;

function sumsOf(deals: readonly Deal[], minorOf: (deal: Deal) => number): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const deal of deals) {
    const currency = deal.amount?.currency;
    if (currency !== undefined) sums.set(currency, (sums.get(currency) ?? 0) + minorOf(deal));
  }
  return sums;
}
