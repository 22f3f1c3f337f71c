/** What a calendar shows of a range of days, and where: appointments with their repetitions, tasks that are due, deals that close. */
import { occurrenceOn } from '../commands/appointment-commands.ts';
import type { Appointment } from '../entities/appointment.ts';
import type { Deal } from '../entities/deal.ts';
import type { Task } from '../entities/task.ts';
import { addDays, type Day, daysBetween } from '../model/day.ts';
import { repeatsBetween } from '../model/repeat.ts';
import { type When, whenDay, whenInstant, whenOfInstant, whenTime } from '../model/when.ts';

export interface CalendarItem {
  /** Of this one time: the record's id, and the day of a repetition. */
  readonly key: string;
  readonly kind: 'appointment' | 'task' | 'close';
  readonly id: string;
  readonly title: string;
  /** The day of a repetition, in the appointment's own zone; null when it does not repeat. */
  readonly occurrence: Day | null;
  /** Whole days, and all that lasts a day or longer: it stands above the hours. */
  readonly isWholeDay: boolean;
  /** As stored; `end` is never null. */
  readonly start: When;
  readonly end: When;
  /** Epoch ms; of whole days the midnights of the reader's zone, the end the midnight after the last day. */
  readonly from: number;
  readonly until: number;
  /** Days of the reader's zone, both included. */
  readonly firstDay: Day;
  readonly lastDay: Day;
}

/** Both included. */
export type DayRange = readonly [first: Day, last: Day];

type Timed = Pick<Appointment, 'id' | 'title' | 'start' | 'end' | 'repeats' | 'skipped'>;

/** The times of an appointment that touch a range of days in the reader's zone. */
export function appointmentItems(record: Timed, [first, last]: DayRange, zone: string): readonly CalendarItem[] {
  const { start, repeats } = record;
  if (start === null) return [];
  const itemOn = (day: Day | null): CalendarItem => {
    const times = day === null ? record : occurrenceOn(record, day);
    return item('appointment', record, { start: times.start ?? start, end: times.end, occurrence: day }, zone);
  };
  const touches = (each: CalendarItem) => each.firstDay <= last && each.lastDay >= first;
  if (repeats === '') return [itemOn(null)].filter(touches);
  // Its own zone may be a day ahead or behind, and one that began before the range may last into it.
  const length = record.end === null ? 0 : Math.max(0, daysBetween(whenDay(start), whenDay(record.end)));
  const wide: DayRange = [addDays(first, -1 - Math.min(length, 366)), addDays(last, 1)];
  const days = new Set(repeatsBetween(repeats, start, wide).map(whenDay));
  // What began it counts, whatever weekday the rule names.
  if (whenDay(start) >= wide[0] && whenDay(start) <= wide[1]) days.add(whenDay(start));
  for (const day of record.skipped) days.delete(day);
  return [...days].sort().map(itemOn).filter(touches);
}

/** An open task on its day; at its time, half an hour long, when it has one. */
export function taskItem(task: Pick<Task, 'id' | 'title' | 'due'>, zone: string): CalendarItem | null {
  return task.due === null ? null : item('task', task, { start: task.due, end: null, occurrence: null }, zone);
}

/** The day a deal is expected to close. */
export function closeItem(deal: Pick<Deal, 'id' | 'title' | 'closesOn'>, zone: string): CalendarItem | null {
  const { closesOn } = deal;
  return closesOn === null ? null : item('close', deal, { start: closesOn, end: closesOn, occurrence: null }, zone);
}

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;
/** What has no end is drawn this long. */
const NO_END_MS = 30 * MINUTE;

function item(
  kind: CalendarItem['kind'],
  { id, title }: { readonly id: string; readonly title: string },
  { start, end, occurrence }: { readonly start: When; readonly end: When | null; readonly occurrence: Day | null },
  zone: string,
): CalendarItem {
  const key = occurrence === null ? id : `${id}:${occurrence}`;
  if (whenTime(start) === null) {
    const firstDay = whenDay(start);
    // Somebody's device may have written an end before the start: then it is the day it begins.
    const lastDay = end === null || whenDay(end) < firstDay ? firstDay : whenDay(end);
    const [from, until] = [whenInstant(firstDay, zone), whenInstant(addDays(lastDay, 1), zone)];
    return { key, kind, id, title, occurrence, isWholeDay: true, start, end: lastDay, from, until, firstDay, lastDay };
  }
  const from = whenInstant(start, zone);
  const until = end === null ? from + NO_END_MS : Math.max(from, whenInstant(end, zone));
  const firstDay = whenDay(whenOfInstant(from, zone));
  // Until midnight is not into the next day.
  const lastDay = until > from ? whenDay(whenOfInstant(until - 1, zone)) : firstDay;
  const isWholeDay = until - from >= DAY_MINUTES * MINUTE;
  const stored = end === null ? whenOfInstant(until, zone) : end;
  return { key, kind, id, title, occurrence, isWholeDay, start, end: stored, from, until, firstDay, lastDay };
}

/** Order within a day: whole days first, then by time, the longer first, then by name. */
export function byTime(left: CalendarItem, right: CalendarItem): number {
  return (
    Number(right.isWholeDay) - Number(left.isWholeDay) ||
    left.from - right.from ||
    right.until - left.until ||
    (left.title === right.title ? 0 : left.title < right.title ? -1 : 1) ||
    (left.key < right.key ? -1 : 1)
  );
}

/** Where an item stands in a day's column of hours. */
export interface Placed {
  readonly item: CalendarItem;
  /** Minutes on the clock since midnight; a day of 23 or 25 hours is drawn with 24. */
  readonly top: number;
  readonly height: number;
  /** Beside how many others it stands, and as which. */
  readonly column: number;
  readonly columns: number;
}

/** Shorter ones are drawn this high, so that they can be read and taken. */
const LEAST_MINUTES = 20;

/** Lays out what has a time on a day: what overlaps stands side by side. */
export function placeInDay(items: readonly CalendarItem[], day: Day, zone: string): readonly Placed[] {
  const spans = items
    .filter((each) => !each.isWholeDay && each.firstDay <= day && each.lastDay >= day)
    .sort(byTime)
    .map((each) => ({ item: each, ...minutesOf(each, day, zone) }));
  const placed: Placed[] = [];
  let cluster: { item: CalendarItem; top: number; height: number; column: number }[] = [];
  let ends: number[] = [];
  const close = () => {
    placed.push(...cluster.map((each) => ({ ...each, columns: ends.length })));
    cluster = [];
    ends = [];
  };
  for (const span of spans) {
    if (ends.length > 0 && ends.every((end) => end <= span.top)) close();
    const free = ends.findIndex((end) => end <= span.top);
    const column = free === -1 ? ends.length : free;
    ends[column] = span.top + span.height;
    cluster.push({ ...span, column });
  }
  close();
  return placed;
}

function minutesOf(each: CalendarItem, day: Day, zone: string): { readonly top: number; readonly height: number } {
  const top = each.firstDay < day ? 0 : minuteOfDay(each.from, zone);
  const bottom = each.lastDay > day ? DAY_MINUTES : endMinute(each, zone);
  const from = Math.min(top, DAY_MINUTES - LEAST_MINUTES);
  return { top: from, height: Math.max(LEAST_MINUTES, bottom - from) };
}

/** Midnight at the end is 24:00. */
function endMinute({ from, until }: CalendarItem, zone: string): number {
  const minute = minuteOfDay(until, zone);
  return minute === 0 && until > from ? DAY_MINUTES : minute;
}

export function minuteOfDay(epochMs: number, zone: string): number {
  const [hours = '0', minutes = '0'] = (whenTime(whenOfInstant(epochMs, zone)) ?? '').split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** A bar over several days of a week, above the hours. */
export interface Bar {
  readonly item: CalendarItem;
  /** Index of its first day among those shown, and over how many it goes. */
  readonly column: number;
  readonly span: number;
  /** From the top. */
  readonly lane: number;
}

/** Lays out whole days over the shown ones, each in the first lane that is free. */
export function placeBars(items: readonly CalendarItem[], days: readonly Day[]): readonly Bar[] {
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const taken: number[] = [];
  return items
    .filter((each) => each.isWholeDay && each.firstDay <= last && each.lastDay >= first)
    .sort((left, right) =>
      left.firstDay === right.firstDay ? byTime(left, right) : left.firstDay < right.firstDay ? -1 : 1,
    )
    .map((each) => {
      const column = Math.max(0, daysBetween(first, each.firstDay));
      const end = Math.min(days.length - 1, daysBetween(first, each.lastDay));
      const free = taken.findIndex((until) => until < column);
      const lane = free === -1 ? taken.length : free;
      taken[lane] = end;
      return { item: each, column, span: end - column + 1, lane };
    });
}

/** The days that a view shows around one of them. Weeks begin on `weekStart`, 0 Sunday to 6 Saturday. */
export function daysShown(view: 'day' | 'week' | 'month', day: Day, weekStart: number): readonly Day[] {
  if (view === 'day') return [day];
  const weekOf = (each: Day) => addDays(each, -((weekdayOf(each) - weekStart + 7) % 7));
  if (view === 'week') return Array.from({ length: 7 }, (_, index) => addDays(weekOf(day), index));
  const first = weekOf(`${day.slice(0, 8)}01`);
  const nextMonth = addDays(`${day.slice(0, 8)}01`, 31);
  const weeks = Math.ceil(daysBetween(first, `${nextMonth.slice(0, 8)}01`) / 7);
  return Array.from({ length: weeks * 7 }, (_, index) => addDays(first, index));
}

/** 0 Sunday to 6 Saturday. */
export function weekdayOf(day: Day): number {
  return (((daysBetween('1970-01-01', day) + 4) % 7) + 7) % 7;
}
