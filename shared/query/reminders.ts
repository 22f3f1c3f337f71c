/** When somebody is to be reminded of what. Pure: the moments follow from the records, so every device finds the same. */
import type { Appointment } from '../entities/appointment.ts';
import type { Contact } from '../entities/contact.ts';
import type { Preference } from '../entities/preference.ts';
import { REMINDER_MINUTES, type Task } from '../entities/task.ts';
import { type Day, dayOfInstant } from '../model/day.ts';
import { addDaysTo, makeWhen, type When, whenDay, whenInstant, whenTime } from '../model/when.ts';
import { nextYearly } from '../model/yearly-day.ts';
import { appointmentItems, minuteOfDay, weekdayOf } from './calendar-view.ts';

/** A moment to be told at. */
export interface Moment {
  /** Id of the record it is about. */
  readonly record: string;
  readonly kind: 'reminder' | 'date';
  /** Epoch ms. */
  readonly at: number;
}

/** After the first moment, up to the second, both epoch ms. */
export type Span = readonly [after: number, until: number];

const MINUTE = 60_000;
const DAY_MINUTES = 1_440;
const DAY_MS = DAY_MINUTES * MINUTE;
/** What has no time is counted from nine in the morning. */
const MORNING = '09:00';

const isIn = (at: number, [after, until]: Span) => at > after && at <= until;

function beginning(when: When, zone: string): number {
  return whenInstant(whenTime(when) === null ? makeWhen(whenDay(when), MORNING, zone) : when, zone);
}

const minutesBefore = (reminders: readonly string[]) =>
  reminders.flatMap((key) => REMINDER_MINUTES[key as keyof typeof REMINDER_MINUTES] ?? []);

/** Epoch ms of each reminder. Days before are days of the calendar: the evening before the clocks change it is the same time. */
function before(when: When, reminders: readonly string[], zone: string): number[] {
  return minutesBefore(reminders).map((minutes) =>
    minutes > 0 && minutes % DAY_MINUTES === 0
      ? beginning(addDaysTo(when, -minutes / DAY_MINUTES), zone)
      : beginning(when, zone) - minutes * MINUTE,
  );
}

/** Moments of an open task. Put off, it is quiet until then, and then it speaks once. */
export function taskMoments(
  { id, due, doneAt, reminders, snoozedUntil }: Pick<Task, 'id' | 'due' | 'doneAt' | 'reminders' | 'snoozedUntil'>,
  span: Span,
  zone: string,
): readonly Moment[] {
  if (doneAt !== null) return [];
  const own = due === null ? [] : before(due, reminders, zone);
  const heard = snoozedUntil === null ? own : [...own.filter((at) => at > snoozedUntil), snoozedUntil];
  return heard.filter((at) => isIn(at, span)).map((at) => ({ record: id, kind: 'reminder', at }));
}

/** Why reminders that were chosen for a task will not come, in words; undefined when each of them will. */
export function reminderIssue(
  { due, reminders }: Pick<Task, 'due' | 'reminders'>,
  now: number,
  zone: string,
): string | undefined {
  if (reminders.length === 0) return undefined;
  if (due === null) return 'A reminder needs a due day to count from.';
  const passed = before(due, reminders, zone).filter((at) => at <= now).length;
  if (passed === 0) return undefined;
  if (passed < reminders.length) return `${passed} of these ${passed === 1 ? 'has' : 'have'} passed and will not come.`;
  return passed === 1 ? 'That time has passed: it will not come.' : 'Those times have passed: they will not come.';
}

/** Moments of each occurrence of an appointment. */
export function appointmentMoments(
  record: Pick<Appointment, 'id' | 'title' | 'start' | 'end' | 'repeats' | 'skipped' | 'reminders' | 'cancelled'>,
  span: Span,
  zone: string,
): readonly Moment[] {
  if (record.cancelled || record.reminders.length === 0) return [];
  const earliest = Math.max(0, ...minutesBefore(record.reminders)) * MINUTE;
  const days: readonly [Day, Day] = [
    dayOfInstant(span[0] - DAY_MS, zone),
    dayOfInstant(span[1] + earliest + DAY_MS, zone),
  ];
  return appointmentItems(record, days, zone)
    .flatMap((item) => before(item.start, record.reminders, zone))
    .filter((at) => isIn(at, span))
    .map((at) => ({ record: record.id, kind: 'reminder', at }));
}

/** The mornings of birthdays and important dates. */
export function dateMoments(
  { id, birthday, dates }: Pick<Contact, 'id' | 'birthday' | 'dates'>,
  span: Span,
  zone: string,
): readonly Moment[] {
  const first = dayOfInstant(span[0], zone);
  const last = dayOfInstant(span[1], zone);
  const days = [...(birthday === null ? [] : [birthday]), ...dates.map(({ on }) => on)].map((on) =>
    nextYearly(on, first),
  );
  return [...new Set(days)]
    .filter((day) => day <= last)
    .map((day): Moment => ({ record: id, kind: 'date', at: beginning(day, zone) }))
    .filter(({ at }) => isIn(at, span));
}

/** Of each record the newest moment: three that were slept through are told as one. */
export function newestOfEach(moments: Iterable<Moment>): readonly Moment[] {
  const newest = new Map<string, Moment>();
  for (const moment of moments) {
    const known = newest.get(moment.record);
    if (!known || moment.at > known.at) newest.set(moment.record, moment);
  }
  return [...newest.values()].sort((left, right) => left.at - right.at || (left.record < right.record ? -1 : 1));
}

type Quiet = Pick<Preference, 'quietFrom' | 'quietUntil' | 'quietWeekends'>;

const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$/;

/** Whether nothing is to make a sound now. From 22:00 until 07:00 goes over midnight. */
export function isQuiet(preference: Quiet | undefined, now: number, zone: string): boolean {
  if (!preference) return false;
  const today = dayOfInstant(now, zone);
  if (preference.quietWeekends && [0, 6].includes(weekdayOf(today))) return true;
  const { quietFrom, quietUntil } = preference;
  if (!CLOCK.test(quietFrom) || !CLOCK.test(quietUntil) || quietFrom === quietUntil) return false;
  const [minute, from, until] = [minuteOfDay(now, zone), minutesOf(quietFrom), minutesOf(quietUntil)];
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

function minutesOf(clock: string): number {
  return Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
}
