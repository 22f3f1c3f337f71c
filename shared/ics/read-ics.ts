/** Calendar files (iCalendar, RFC 5545) as appointments. What cannot be used is said in a sentence, and never stops the rest. */
import ICAL from 'ical.js';
import { defaultEnd } from '../commands/appointment-commands.ts';
import type { ATTENDANCE } from '../entities/appointment.ts';
import { REMINDER_MINUTES } from '../entities/task.ts';
import { addDays, type Day, dayFrom, isDay } from '../model/day.ts';
import { isRepeat } from '../model/repeat.ts';
import { makeWhen, type When, whenDay, whenInstant, whenOfInstant, whenTime, whenZone } from '../model/when.ts';
import { zoneOfTzid } from './ics-zones.ts';

export interface IcsPerson {
  readonly name: string;
  readonly email: string;
  readonly answer: keyof typeof ATTENDANCE;
}

export interface IcsAppointment {
  /** The file's own name for it, with the day of an occurrence that was moved; the same in every copy of the file. */
  readonly uid: string;
  readonly title: string;
  readonly start: When;
  readonly end: When;
  readonly place: string;
  readonly notes: string;
  readonly repeats: string;
  readonly skipped: readonly Day[];
  readonly reminders: readonly string[];
  readonly cancelled: boolean;
  readonly people: readonly IcsPerson[];
  /** Address of who invited; '' when nobody is named. */
  readonly organizer: string;
  /** Of an occurrence that was moved: the `uid` of what repeats. */
  readonly seriesUid: string | null;
}

export interface IcsFile {
  readonly appointments: readonly IcsAppointment[];
  /** Sentences: what was left out, and why. */
  readonly problems: readonly string[];
}

const MOST_CHARACTERS = 20_000_000;

/** Reads a file; `zone` is the reader's, for times that name none. Never throws. */
export function readIcs(text: string, zone: string): IcsFile {
  if (text.length > MOST_CHARACTERS)
    return nothing('The file is larger than 20 MB. Export a shorter time and try again.');
  const trimmed = text.replace(/^\uFEFF/, '').trim();
  if (!/^BEGIN:VCALENDAR/i.test(trimmed)) {
    return nothing('This is no calendar file: it does not begin with BEGIN:VCALENDAR. Nothing was added.');
  }
  let calendars: ICAL.Component[];
  try {
    const parsed: unknown = ICAL.parse(trimmed);
    const all = Array.isArray(parsed) && Array.isArray(parsed[0]) ? parsed : [parsed];
    calendars = all.map((each) => new ICAL.Component(each as ConstructorParameters<typeof ICAL.Component>[0]));
  } catch (error) {
    const breaksOff = error instanceof Error && /did not end/.test(error.message);
    return nothing(
      breaksOff
        ? 'The file breaks off before its end. Nothing was added. Export or download it again.'
        : 'The file is damaged and cannot be read. Nothing was added.',
    );
  }
  const events = calendars.flatMap((calendar) => calendar.getAllSubcomponents('vevent'));
  const todos = calendars.flatMap((calendar) => calendar.getAllSubcomponents('vtodo')).length;
  const isCancel = calendars.some(
    (calendar) => String(calendar.getFirstPropertyValue('method')).toUpperCase() === 'CANCEL',
  );
  const appointments: IcsAppointment[] = [];
  const counts = new Map<string, number>();
  const problem = (sentence: string) => counts.set(sentence, (counts.get(sentence) ?? 0) + 1);
  for (const [index, event] of events.entries()) {
    const read = readEvent(event, { zone, index, problem });
    if (read) appointments.push(isCancel ? { ...read, cancelled: true } : read);
  }
  if (events.length === 0) problem('The file holds no events. Nothing was added.');
  if (todos > 0) problem(`${todos === 1 ? 'One to-do was' : `${todos} to-dos were`} left out: only events are read.`);
  const problems = [...counts].map(([sentence, count]) => (count === 1 ? sentence : `${sentence} (${count} times)`));
  return { appointments: withMovedOnes(appointments), problems };
}

function nothing(problem: string): IcsFile {
  return { appointments: [], problems: [problem] };
}

interface Reading {
  readonly zone: string;
  readonly index: number;
  readonly problem: (sentence: string) => void;
}

function readEvent(event: ICAL.Component, reading: Reading): IcsAppointment | null {
  const title = textOf(event, 'summary').replace(/\s+/g, ' ').trim().slice(0, 500) || 'Untitled appointment';
  const named = textOf(event, 'summary') ? `“${title}”` : 'An event';
  const start = whenOf(event.getFirstProperty('dtstart'), reading.zone);
  if (start === null) {
    const why = event.hasProperty('dtstart') ? 'its start cannot be read' : 'it has no start';
    reading.problem(`${named} was left out: ${why}.`);
    return null;
  }
  const ruleText = event.getFirstPropertyValue('rrule')?.toString() ?? '';
  const repeats = isRepeat(ruleText) ? ruleText : '';
  if (ruleText !== '' && repeats === '') {
    reading.problem(`${named} repeats in a way that cannot be followed here. It was added once.`);
  }
  if (event.hasProperty('rdate')) reading.problem(`Single extra dates of ${named} were left out.`);
  const uid = textOf(event, 'uid') || `${title}:${start}`;
  const moved = whenOf(event.getFirstProperty('recurrence-id'), reading.zone);
  const movedDay = moved && dayIn(moved, start, reading.zone);
  return {
    uid: movedDay ? `${uid}:${movedDay}` : uid,
    seriesUid: movedDay ? uid : null,
    title,
    start,
    end: endOf(event, { start, zone: reading.zone, named, problem: reading.problem }),
    place: textOf(event, 'location').trim().slice(0, 1_000),
    notes: textOf(event, 'description').trim().slice(0, 100_000),
    repeats,
    skipped: event
      .getAllProperties('exdate')
      .flatMap((property) => whensOf(property, reading.zone))
      .map((when) => dayIn(when, start, reading.zone)),
    reminders: [...new Set(event.getAllSubcomponents('valarm').flatMap(reminderOf))],
    cancelled: textOf(event, 'status').toUpperCase() === 'CANCELLED',
    people: event.getAllProperties('attendee').flatMap(personOf),
    organizer: addressOf(event.getFirstPropertyValue('organizer')),
  };
}

/** An occurrence that was moved is left out of what repeats; its day is in the zone of that. */
function withMovedOnes(appointments: readonly IcsAppointment[]): readonly IcsAppointment[] {
  return appointments.map((each) => {
    if (each.seriesUid !== null) return each;
    const moved = appointments
      .filter((other) => other.seriesUid === each.uid)
      .map((other) => other.uid.slice(each.uid.length + 1));
    return moved.length === 0 ? each : { ...each, skipped: [...new Set([...each.skipped, ...moved])] };
  });
}

function textOf(event: ICAL.Component, name: string): string {
  const value: unknown = event.getFirstPropertyValue(name);
  return typeof value === 'string' ? value : '';
}

function whenOf(property: ICAL.Property | null, zone: string): When | null {
  return property === null ? null : (whensOf(property, zone)[0] ?? null);
}

/** What a property says, each as a time; those that cannot be read are left out. */
function whensOf(property: ICAL.Property, zone: string): When[] {
  try {
    const tzid: unknown = property.getFirstParameter('tzid');
    // ical.js makes the 7th of February of the 99th of January: only what is written as a day is taken.
    const written: readonly unknown[] = property.toJSON().slice(3);
    return property.getValues().flatMap((value: unknown, index: number) => {
      const isReal = isDay(String(written[index]).slice(0, 10));
      const when =
        value instanceof ICAL.Time && isReal ? whenOfTime(value, typeof tzid === 'string' ? tzid : '', zone) : null;
      return when === null ? [] : [when];
    });
  } catch {
    return []; // ical.js throws where a value is no date
  }
}

function whenOfTime(time: ICAL.Time, tzid: string, here: string): When | null {
  const day = dayFrom(time.year, time.month, time.day);
  if (day === null || ![time.hour, time.minute].every(Number.isInteger)) return null;
  if (time.isDate) return day;
  const clock = `${String(time.hour).padStart(2, '0')}:${String(time.minute).padStart(2, '0')}`;
  if (tzid !== '') {
    const zone = zoneOfTzid(tzid);
    if (zone !== null) return makeWhen(day, clock, zone);
  } else if (time.zone !== ICAL.Timezone.utcTimezone) {
    return makeWhen(day, clock, here);
  }
  // In UTC, or in a zone that only the file describes.
  const at = time.toUnixTime() * 1_000;
  return Number.isFinite(at) ? whenOfInstant(at, here) : null;
}

/** The day of a time on the clocks of an appointment. */
function dayIn(when: When, start: When, here: string): Day {
  if (whenTime(when) === null || whenTime(start) === null) return whenDay(when);
  return whenDay(whenOfInstant(whenInstant(when, here), whenZone(start) ?? here));
}

function endOf(
  event: ICAL.Component,
  { start, zone, named, problem }: { start: When; zone: string; named: string; problem: (sentence: string) => void },
): When {
  const isDay = whenTime(start) === null;
  const end = whenOf(event.getFirstProperty('dtend'), zone) ?? afterDuration(event, start, zone);
  if (end === null || (whenTime(end) === null) !== isDay) return defaultEnd(start);
  // The end of whole days is the day after the last one.
  const last = isDay && end > start ? addDays(whenDay(end), -1) : end;
  if (whenInstant(last, zone) >= whenInstant(start, zone)) return last;
  problem(`${named} ends before it starts. It was added with ${isDay ? 'one day' : 'one hour'}.`);
  return defaultEnd(start);
}

function afterDuration(event: ICAL.Component, start: When, here: string): When | null {
  const duration: unknown = event.getFirstPropertyValue('duration');
  if (!(duration instanceof ICAL.Duration)) return null;
  const seconds = duration.toSeconds();
  if (whenTime(start) === null) return addDays(whenDay(start), Math.max(1, Math.round(seconds / 86_400)));
  return whenOfInstant(whenInstant(start, here) + seconds * 1_000, whenZone(start) ?? here);
}

/** The reminder that comes as early as the file's alarm, or the next earlier one. */
function reminderOf(alarm: ICAL.Component): string[] {
  const trigger: unknown = alarm.getFirstPropertyValue('trigger');
  if (!(trigger instanceof ICAL.Duration)) return [];
  const before = -trigger.toSeconds() / 60;
  if (before < 0) return [];
  const [fitting] = Object.entries(REMINDER_MINUTES)
    .sort(([, left], [, right]) => left - right)
    .find(([, minutes]) => minutes >= before) ?? ['w1'];
  return [fitting];
}

const ANSWERS: Readonly<Record<string, keyof typeof ATTENDANCE>> = {
  ACCEPTED: 'accepted',
  TENTATIVE: 'tentative',
  DECLINED: 'declined',
};

function personOf(property: ICAL.Property): IcsPerson[] {
  const email = addressOf(property.getFirstValue());
  const [name, answer] = [property.getFirstParameter('cn'), property.getFirstParameter('partstat')];
  return email === ''
    ? []
    : [{ name: name ?? '', email, answer: ANSWERS[(answer ?? '').toUpperCase()] ?? 'needsAction' }];
}

function addressOf(value: unknown): string {
  const address =
    typeof value === 'string'
      ? value
          .replace(/^mailto:/i, '')
          .trim()
          .toLowerCase()
      : '';
  return /^[^\s@]+@[^\s@]+$/.test(address) ? address : '';
}
