/**
 * What Today asks of the records, each by a name, so that it is kept from one visit to the next and is ready before the
 * first. Only what is shown is asked for: of 15,000 birthdays those of this week.
 */
import type { Appointment } from '../../../shared/entities/appointment.ts';
import type { Deal } from '../../../shared/entities/deal.ts';
import type { EntityName } from '../../../shared/entities/registry.ts';
import type { Task } from '../../../shared/entities/task.ts';
import { type Day, dayOfInstant } from '../../../shared/model/day.ts';
import type { When } from '../../../shared/model/when.ts';
import { appointmentItems } from '../../../shared/query/calendar-view.ts';
import { NEWS_ENTITIES } from '../../../shared/query/news.ts';
import { statusOf } from '../../../shared/query/pipeline-view.ts';
import { dayHere, groupOf, taskOrder } from '../../../shared/query/task-view.ts';
import { celebratesWithin } from '../../../shared/query/today-view.ts';
import type { QueryOptions, Workspace } from '../../data/workspace.ts';
import { lookedSince } from '../../fields/news/looked.ts';
import { rightNow } from '../../platform/right-now.ts';

export interface Asked {
  readonly day: Day;
  /** IANA zone of the reader. */
  readonly zone: string;
  /** Only what is theirs; null for everybody's. */
  readonly owner: string | null;
}

export const CELEBRATE_DAYS = 7;

export function todayQueries(workspace: Workspace, { day, zone, owner }: Asked) {
  const isOurs = (id: string | null) => owner === null || id === owner;
  const statusNow = ({ place }: Deal) => {
    const stage = workspace.collection('stage').peek(place[1]);
    return statusOf(stage?.deleted ? undefined : stage);
  };
  const whose = owner ?? 'team';
  const here = `${day} ${zone} ${whose}`;
  const tasks: QueryOptions<'task'> = {
    keep: `for ${here}`,
    where: (task) => isOurs(task.owner) && isForToday(task, day, zone),
    sortBy: (task) => taskOrder(task, zone),
    groupBy: (task) => (task.due !== null && dayHere(task.due, zone) < day ? 'late' : 'today'),
  };
  const openTasks: QueryOptions<'task'> = { keep: 'open', tellsAll: true, where: (task) => task.doneAt === null };
  const openDeals: QueryOptions<'deal'> = {
    keep: `open of ${whose}`,
    tellsAll: true,
    where: (deal) => isOurs(deal.owner) && statusNow(deal) === 'open',
    dependsOn: ['stage'],
  };
  const wonDeals: QueryOptions<'deal'> = {
    keep: 'won',
    tellsAll: true,
    where: (deal) => deal.closedOn !== null && statusNow(deal) === 'won',
    dependsOn: ['stage'],
  };
  const celebrates = celebratesWithin({ today: day, days: CELEBRATE_DAYS });
  const watched: QueryOptions<'contact'> = {
    keep: `watched on ${day}`,
    tellsAll: true,
    where: (contact) => contact.keepInTouchWeeks !== null || celebrates(contact),
  };
  const appointments: QueryOptions<'appointment'> = {
    keep: `on ${here}`,
    tellsAll: true,
    where: (each) =>
      !each.cancelled &&
      (owner === null || each.owner === owner || each.team.includes(owner)) &&
      startOn(each, day, zone) !== null,
  };
  return { tasks, openTasks, openDeals, wonDeals, watched, appointments };
}

/** What was written since a moment (epoch ms). */
export function newsQuery(since: number): QueryOptions<EntityName> {
  return { keep: `since ${since}`, where: (record) => record.updatedAt > since };
}

/** Looks through all records for the first visit of the day, in slices between frames. */
export async function prepareToday(workspace: Workspace): Promise<void> {
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const asked = { day: dayOfInstant(rightNow()), zone, owner: workspace.me().memberId };
  const queries = todayQueries(workspace, asked);
  await workspace.prepareQuery('task', queries.tasks);
  await workspace.prepareQuery('task', queries.openTasks);
  await workspace.prepareQuery('deal', queries.openDeals);
  await workspace.prepareQuery('deal', queries.wonDeals);
  await workspace.prepareQuery('contact', queries.watched);
  await workspace.prepareQuery('appointment', queries.appointments);
  for (const name of NEWS_ENTITIES) {
    await workspace.prepareQuery<EntityName>(name, newsQuery(lookedSince(workspace)));
  }
}

/** The start of an appointment on a day, its repetitions included; null when it is not on that day. */
export function startOn(each: Appointment, day: Day, zone: string): When | null {
  return appointmentItems(each, [day, day], zone)[0]?.start ?? null;
}

/** Open and due until today, or done today. */
function isForToday(task: Task, today: Day, zone: string): boolean {
  if (task.doneAt !== null) {
    return task.due !== null && dayHere(task.due, zone) === today && dayOfInstant(task.doneAt, zone) === today;
  }
  const group = groupOf(task, { today, zone });
  return group === 'late' || group === 'today';
}
