/** Where something in a calendar goes when it is dragged, or moved and resized by keyboard. Pure: times in, times out. */
import { addDays, type Day, daysBetween } from '../model/day.ts';
import { makeWhen, onDay, type When, whenDay, whenInstant, whenOfInstant, whenTime, whenZone } from '../model/when.ts';
import type { CalendarItem } from './calendar-view.ts';

export interface Times {
  readonly start: When;
  readonly end: When;
}

type Movable = Pick<CalendarItem, 'start' | 'end' | 'from' | 'until' | 'firstDay'>;

const MINUTE = 60_000;
/** What is resized is not made shorter than this. */
const LEAST_MINUTES = 15;

/** Begins at a minute of the reader's day; each end keeps the clocks it is meant in, and the length stays. */
export function movedTo(item: Movable, { day, minute }: { day: Day; minute: number }, zone: string): Times {
  return lasting(item, instantAt(day, minute, zone), item.until - item.from, zone);
}

/** Goes to another day of the reader and keeps its times of day. */
export function movedToDay(item: Movable, day: Day): Times {
  return shiftedDays(item, daysBetween(item.firstDay, day));
}

export function shiftedDays({ start, end }: Movable, days: number): Times {
  return { start: onDay(start, addDays(whenDay(start), days)), end: onDay(end, addDays(whenDay(end), days)) };
}

/** Earlier or later by minutes; whole days stay. */
export function shiftedMinutes(item: Movable, minutes: number, zone: string): Times {
  if (whenTime(item.start) === null) return { start: item.start, end: item.end };
  return lasting(item, item.from + minutes * MINUTE, item.until - item.from, zone);
}

/** Ends at a minute of the reader's day, a quarter of an hour after it begins at the earliest. */
export function resizedTo(item: Movable, { day, minute }: { day: Day; minute: number }, zone: string): Times {
  const length = Math.max(LEAST_MINUTES * MINUTE, instantAt(day, minute, zone) - item.from);
  return { start: item.start, end: endAfter(item, item.from + length, zone) };
}

/** Ends later or earlier: by minutes, or for whole days by days. */
export function lengthened(item: Movable, { minutes, days }: { minutes: number; days: number }, zone: string): Times {
  if (whenTime(item.start) === null) {
    const last = addDays(whenDay(item.end), days);
    return { start: item.start, end: last < whenDay(item.start) ? item.start : last };
  }
  const length = Math.max(LEAST_MINUTES * MINUTE, item.until - item.from + (minutes + days * 1_440) * MINUTE);
  return { start: item.start, end: endAfter(item, item.from + length, zone) };
}

function lasting(item: Movable, from: number, length: number, zone: string): Times {
  return { start: whenOfInstant(from, whenZone(item.start) ?? zone), end: endAfter(item, from + length, zone) };
}

function endAfter(item: Movable, until: number, zone: string): When {
  return whenOfInstant(until, whenZone(item.end) ?? whenZone(item.start) ?? zone);
}

/** 24:00 is the midnight that ends the day. */
export function instantAt(day: Day, minute: number, zone: string): number {
  if (minute >= 1_440) return instantAt(addDays(day, 1), minute - 1_440, zone);
  return whenInstant(whenAt(day, minute, zone), zone);
}

/** A minute of a day as a stored time. */
export function whenAt(day: Day, minute: number, zone: string): When {
  if (minute >= 1_440) return whenAt(addDays(day, 1), minute - 1_440, zone);
  const clock = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
  return makeWhen(day, clock, zone);
}
