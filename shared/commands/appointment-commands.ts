/**
 * What people do with appointments: add, change, move, call off, and answer for a guest. Of one that repeats either all are
 * changed, or one: that one is left out of the repetition and becomes a record of its own.
 */
import { type Appointment, type ATTENDANCE, appointment } from '../entities/appointment.ts';
import { addDays, type Day, dayNumber, daysBetween } from '../model/day.ts';
import type { Changes } from '../model/entity.ts';
import { type Id, idFromCause } from '../model/id.ts';
import { repeatIssue, withoutShortMonths, withShortMonths } from '../model/repeat.ts';
import { makeWhen, onDay, type When, whenDay, whenInstant, whenTime, whenZone } from '../model/when.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

type AppointmentChanges = Changes<typeof appointment>;

/** Which of an appointment's times is meant: one day of a repetition, or all of it (also what does not repeat). */
export interface WhichOne {
  readonly id: string;
  /** The day of the occurrence, in the appointment's own zone. */
  readonly only?: Day | null;
}

/** Adds an appointment; who adds it owns it unless told otherwise. Without an end it lasts an hour, or the day. */
export function addAppointment(tx: Tx, values: AppointmentChanges): Id<'appointment'> {
  // Said first: whoever writes a rule without a start is to read what the rule lacks.
  if (values.start == null) checkRepeat(values.repeats ?? '', null);
  const times = checkedTimes(values.start ?? null, values.end ?? null);
  checkRepeat(values.repeats ?? '', times.start);
  const repeats = withShortMonths(values.repeats ?? '', whenDay(times.start));
  return tx.insert(appointment, { ...(tx.actor === '' ? {} : { owner: tx.actor }), ...values, ...times, repeats });
}

/** Changes an appointment, or one occurrence of it. Returns the id of the record that was changed or made. */
export function editAppointment(
  tx: Tx,
  { id, only, changes }: WhichOne & { readonly changes: AppointmentChanges },
): Id<'appointment'> {
  const current = mustGet(tx, appointment, id);
  const { start: from, end: until } = only ? occurrenceOn(current, only) : current;
  const start = changes.start === undefined ? from : changes.start;
  const end = changes.end === undefined ? until : changes.end;
  // What was stored without an end is not refused because somebody corrects its title.
  const isMoved = changes.start !== undefined || changes.end !== undefined;
  const times = isMoved ? checkedTimes(start, end) : {};
  const isNewRule = changes.repeats !== undefined && changes.repeats !== current.repeats;
  if (!only || current.repeats === '') {
    const first = isMoved ? start : current.start;
    // A rule that is stored already does not stand in the way of another title.
    if (isNewRule) checkRepeat(changes.repeats ?? '', first);
    const repeats = isNewRule && first ? { repeats: withShortMonths(changes.repeats ?? '', whenDay(first)) } : {};
    tx.patch(appointment, id, { ...changes, ...times, ...repeats });
    return current.id;
  }
  const { repeats: _alwaysOnce, ...own } = changes;
  return takeOut(tx, current, only, { ...own, ...times });
}

/**
 * Moves an appointment, or one occurrence, to other times. When all of a repetition are moved, `from` says by which of
 * its days: all move as far as that one, and so do the weekdays of its rule.
 */
export function moveAppointment(
  tx: Tx,
  { id, only, from, start, end }: WhichOne & { readonly from?: Day | null; readonly start: When; readonly end: When },
): Id<'appointment'> {
  const current = mustGet(tx, appointment, id);
  if (only || current.repeats === '' || current.start === null) {
    return editAppointment(tx, { id, only: only ?? null, changes: { start, end } });
  }
  const times = checkedTimes(start, end);
  const days = daysBetween(from ?? whenDay(current.start), whenDay(times.start));
  const first = addDays(whenDay(current.start), days);
  const repeats =
    days === 0 ? current.repeats : withShortMonths(shiftedRule(withoutShortMonths(current.repeats), days), first);
  tx.patch(appointment, id, {
    start: onDay(times.start, first),
    end: onDay(times.end, addDays(first, daysBetween(whenDay(times.start), whenDay(times.end)))),
    repeats,
    skipped: current.skipped.map((day) => addDays(day, days)),
  });
  return current.id;
}

/** Calls an appointment off. It stays to be seen; one occurrence is only left out. */
export function cancelAppointment(tx: Tx, { id, only }: WhichOne): void {
  const current = mustGet(tx, appointment, id);
  if (!only || current.repeats === '') tx.patch(appointment, id, { cancelled: true });
  else tx.patch(appointment, id, { skipped: [...current.skipped, only] });
}

/** Takes back that it was called off, while nothing else of it changes. */
export function reinstateAppointment(tx: Tx, { id }: { readonly id: string }): void {
  tx.patch(appointment, mustGet(tx, appointment, id).id, { cancelled: false });
}

/** Puts it into the trash; one occurrence is left out. */
export function removeAppointment(tx: Tx, { id, only }: WhichOne): void {
  const current = mustGet(tx, appointment, id);
  if (!only || current.repeats === '') tx.patch(appointment, id, { deleted: true });
  else tx.patch(appointment, id, { skipped: [...current.skipped, only] });
}

/** What a guest answered. Somebody who was not invited is from then on. */
export function answerFor(
  tx: Tx,
  { id, contact, answer }: { readonly id: string; readonly contact: string; readonly answer: keyof typeof ATTENDANCE },
): void {
  const { guests } = mustGet(tx, appointment, id);
  tx.patch(appointment, id, {
    guests: [...guests.filter((guest) => guest.contact !== contact), { contact, role: answer }],
  });
}

/** The times of a repetition on one of its days. */
export function occurrenceOn(
  { start, end }: Pick<Appointment, 'start' | 'end'>,
  day: Day,
): { readonly start: When | null; readonly end: When | null } {
  if (start === null) return { start, end };
  const days = daysBetween(whenDay(start), day);
  return { start: onDay(start, day), end: end === null ? null : onDay(end, addDays(whenDay(end), days)) };
}

/** Under an id that follows from series and day: two people who move the same occurrence apart make one record. */
function takeOut(tx: Tx, series: Appointment, day: Day, changes: AppointmentChanges): Id<'appointment'> {
  const { title, place, notes, owner, guests, team, about, reminders } = series;
  const id = idFromCause('appointment', `${series.id}:${day}`);
  if (!series.skipped.includes(day)) tx.patch(appointment, series.id, { skipped: [...series.skipped, day] });
  if (tx.get(appointment, id)) {
    tx.patch(appointment, id, { ...changes, deleted: false });
    return id;
  }
  const copied = { title, place, notes, owner, guests, team, about, reminders, ...occurrenceOn(series, day) };
  return tx.insert(appointment, { ...copied, ...changes, series: series.id }, id);
}

function checkedTimes(start: When | null, end: When | null): { readonly start: When; readonly end: When } {
  if (start === null) throw new CommandRefused('invalid', 'An appointment needs a start.');
  if (end === null) return { start, end: defaultEnd(start) };
  if ((whenTime(start) === null) !== (whenTime(end) === null)) {
    throw new CommandRefused('invalid', 'Give start and end a time, or neither: without times it lasts whole days.');
  }
  const here = whenZone(start) ?? 'UTC';
  if (whenInstant(end, here) < whenInstant(start, here)) {
    throw new CommandRefused('invalid', 'The end is before the start. Nothing was changed.');
  }
  return { start, end };
}

/** An hour on the clock of its zone, or the same day. */
export function defaultEnd(start: When): When {
  const time = whenTime(start);
  if (time === null) return start;
  const hour = Number(time.slice(0, 2)) + 1;
  const day = hour > 23 ? addDays(whenDay(start), 1) : whenDay(start);
  return makeWhen(day, `${String(hour % 24).padStart(2, '0')}${time.slice(2)}`, whenZone(start) ?? 'UTC');
}

function checkRepeat(rule: string, first: When | null): void {
  if (rule === '') return;
  if (first === null) {
    throw new CommandRefused('invalid', 'An appointment that repeats needs a start to count from.');
  }
  const issue = repeatIssue(rule, first);
  if (issue !== null) throw new CommandRefused('invalid', issue);
}

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

/** A weekly rule's days move along. Days of a month do not: the first Monday moved by a day is not the first Tuesday. */
function shiftedRule(rule: string, days: number): string {
  const fixed = /(^|;)BY(?!DAY=)/.test(rule) || (/BYDAY=/.test(rule) && !/FREQ=WEEKLY/.test(rule));
  if (fixed) {
    throw new CommandRefused(
      'conflict',
      'This repeats on fixed days of the month. Open it and change how it repeats, or move only this one.',
    );
  }
  const shifted = (name: string) => WEEKDAYS[(WEEKDAYS.indexOf(name) + (days % 7) + 7) % 7] ?? name;
  return rule
    .replace(/BYDAY=([A-Z,]+)/, (_all, names: string) => `BYDAY=${names.split(',').map(shifted).join(',')}`)
    .replace(/UNTIL=(\d{4})(\d\d)(\d\d)/, (_all, year: string, month: string, date: string) => {
      const until = addDays(`${year}-${month}-${date}`, days);
      return dayNumber(until) > 0 ? `UNTIL=${until.replaceAll('-', '')}` : _all;
    });
}
