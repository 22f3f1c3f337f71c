/** Appointments as a calendar file that other programs read (iCalendar, RFC 5545). */

import { tzOffset } from '@date-fns/tz/tzOffset';
import ICAL from 'ical.js';
import type { Appointment } from '../entities/appointment.ts';
import { REMINDER_MINUTES } from '../entities/task.ts';
import { addDays, type Day } from '../model/day.ts';
import { onDay, type When, whenDay, whenInstant, whenTime, whenZone } from '../model/when.ts';
import { offsetText, zoneChanges } from './ics-zones.ts';

export interface IcsNames {
  /** Name and address of a guest or teammate; undefined without an address: the format names people by theirs. */
  readonly personOf: (id: string) => { readonly name: string; readonly email: string } | undefined;
  /** Epoch ms, for DTSTAMP. */
  readonly now: number;
  /** For zones this machine does not know. */
  readonly zone: string;
}

type Written = Pick<
  Appointment,
  | 'id'
  | 'title'
  | 'start'
  | 'end'
  | 'place'
  | 'notes'
  | 'owner'
  | 'guests'
  | 'team'
  | 'reminders'
  | 'repeats'
  | 'skipped'
  | 'cancelled'
>;

const PARTSTAT: Readonly<Record<string, string>> = {
  accepted: 'ACCEPTED',
  tentative: 'TENTATIVE',
  declined: 'DECLINED',
};

/** A VCALENDAR with one event each. Those without a start have no place in it. */
export function writeIcs(appointments: readonly Written[], names: IcsNames): string {
  const calendar = new ICAL.Component('vcalendar');
  calendar.addPropertyWithValue('prodid', '-//Rapport//EN');
  calendar.addPropertyWithValue('version', '2.0');
  const zones = new Map<string, number>();
  const events = appointments.flatMap((each) => (each.start === null ? [] : [eventOf(each, each.start, names, zones)]));
  for (const [zone, from] of zones) calendar.addSubcomponent(timezoneOf(zone, from));
  for (const event of events) calendar.addSubcomponent(event);
  return `${calendar.toString()}\r\n`;
}

function eventOf(each: Written, start: When, names: IcsNames, zones: Map<string, number>): ICAL.Component {
  const event = new ICAL.Component('vevent');
  event.addPropertyWithValue('uid', `${each.id}@rapport`);
  event.addPropertyWithValue('dtstamp', utc(names.now));
  event.addPropertyWithValue('summary', each.title);
  const isRepeated = each.repeats !== '';
  const end = each.end ?? start;
  addTime(event, 'dtstart', start);
  addTime(event, 'dtend', whenTime(end) === null ? addDays(whenDay(end), 1) : end);
  if (isRepeated) {
    event.addPropertyWithValue('rrule', ICAL.Recur.fromString(each.repeats));
    for (const day of each.skipped) addTime(event, 'exdate', onDay(start, day));
  }
  if (each.place) event.addPropertyWithValue('location', each.place);
  if (each.notes) event.addPropertyWithValue('description', each.notes);
  event.addPropertyWithValue('status', each.cancelled ? 'CANCELLED' : 'CONFIRMED');
  const owner = each.owner === null ? undefined : names.personOf(each.owner);
  if (owner) addPerson(event, 'organizer', owner);
  const invited = [
    ...each.team.map((id) => ({ id, answer: 'ACCEPTED' })),
    ...each.guests.map(({ contact, role }) => ({ id: contact, answer: PARTSTAT[role] ?? 'NEEDS-ACTION' })),
  ];
  for (const { id, answer } of invited) {
    const person = names.personOf(id);
    if (person) addPerson(event, 'attendee', person).setParameter('partstat', answer);
  }
  for (const key of each.reminders) {
    const minutes = REMINDER_MINUTES[key as keyof typeof REMINDER_MINUTES];
    if (minutes === undefined) continue;
    const alarm = new ICAL.Component('valarm');
    alarm.addPropertyWithValue('action', 'DISPLAY');
    alarm.addPropertyWithValue('description', each.title);
    alarm.addPropertyWithValue('trigger', ICAL.Duration.fromSeconds(-minutes * 60));
    event.addSubcomponent(alarm);
  }
  return event;

  /** In UTC, which every program reads; what repeats by its zone, so that it stays at its hour when the clocks change. */
  function addTime(to: ICAL.Component, name: string, when: When): void {
    const [time, zone] = [whenTime(when), whenZone(when)];
    if (time === null) {
      to.addPropertyWithValue(name, ICAL.Time.fromDateString(whenDay(when)));
    } else if (isRepeated && zone !== null && zone !== 'UTC') {
      const property = to.addPropertyWithValue(name, ICAL.Time.fromDateTimeString(`${whenDay(when)}T${time}:00`));
      property.setParameter('tzid', zone);
      const at = whenInstant(when, names.zone);
      zones.set(zone, Math.min(at, zones.get(zone) ?? at));
    } else {
      to.addPropertyWithValue(name, utc(whenInstant(when, names.zone)));
    }
  }
}

function utc(epochMs: number): ICAL.Time {
  return ICAL.Time.fromDateTimeString(`${new Date(epochMs).toISOString().slice(0, 19)}Z`);
}

function addPerson(
  event: ICAL.Component,
  name: string,
  { name: cn, email }: { name: string; email: string },
): ICAL.Property {
  const property = event.addPropertyWithValue(name, `mailto:${email}`);
  property.setParameter('cn', cn);
  return property;
}

const YEAR = 366 * 86_400_000;

/** The clocks of a zone for ten years from a year before the first event on, change by change. */
function timezoneOf(zone: string, from: number): ICAL.Component {
  const component = new ICAL.Component('vtimezone');
  component.addPropertyWithValue('tzid', zone);
  const begin = from - YEAR;
  const first: Day = new Date(begin).toISOString().slice(0, 10);
  const offset = offsetText(tzOffset(zone, new Date(begin)));
  add('standard', `${first.replaceAll('-', '')}T000000`, offset, offset);
  for (const change of zoneChanges(zone, begin, from + 10 * YEAR)) {
    add(change.isForward ? 'daylight' : 'standard', change.wall, change.before, change.after);
  }
  return component;

  function add(kind: 'standard' | 'daylight', wall: string, before: string, after: string): void {
    const part = new ICAL.Component(kind);
    const iso = wall.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/, '$1-$2-$3T$4:$5:$6');
    part.addPropertyWithValue('dtstart', ICAL.Time.fromDateTimeString(iso));
    part.addPropertyWithValue('tzoffsetfrom', ICAL.UtcOffset.fromString(before));
    part.addPropertyWithValue('tzoffsetto', ICAL.UtcOffset.fromString(after));
    component.addSubcomponent(part);
  }
}
