/**
 * When something is: a day, or a time of day in a zone. Stored as one text, so that it is always changed as a whole:
 * `2026-11-27` or `2026-11-27T15:00[Europe/Oslo]` (RFC 9557 without the offset). The wall time is what people agreed on:
 * when a country changes its clocks, the meeting stays at three.
 */
import { tzOffset } from '@date-fns/tz/tzOffset';
import { addDays, type Day, type DayHints, isDay, parseDay } from './day.ts';

export type When = string;

/** `15:00`, 24 hours. */
export type TimeOfDay = string;

const TIMED = /^(\d{4}-\d{2}-\d{2})T((?:[01]\d|2[0-3]):[0-5]\d)\[([A-Za-z0-9_+\-/]{1,60})\]$/;
const MINUTE = 60_000;
const DAY_MS = 86_400_000;

export function isWhen(value: unknown): value is When {
  if (typeof value !== 'string') return false;
  const [, day] = TIMED.exec(value) ?? [];
  return isDay(day ?? value);
}

/** A `When`; with a time it needs the zone it is meant in. */
export function makeWhen(day: Day, time: TimeOfDay | null = null, zone = 'UTC'): When {
  return time === null ? day : `${day}T${time}[${zone}]`;
}

export function whenDay(when: When): Day {
  return when.slice(0, 10);
}

/** The time of day; null for a whole day. */
export function whenTime(when: When): TimeOfDay | null {
  return TIMED.exec(when)?.[2] ?? null;
}

/** The IANA zone; null for a whole day. */
export function whenZone(when: When): string | null {
  return TIMED.exec(when)?.[3] ?? null;
}

/** The same time on another day. */
export function onDay(when: When, day: Day): When {
  return `${day}${when.slice(10)}`;
}

/** What was found out before: making a formatter takes longer than all the rest of reading a time. */
const knownZones = new Map<string, boolean>();
/** Beyond so many, what others wrote is found out anew. */
const MOST_KNOWN = 5_000;

/** Whether this machine knows the zone. */
export function isZone(zone: string): boolean {
  let isKnown = knownZones.get(zone);
  if (isKnown === undefined) {
    isKnown = makesFormatter(zone);
    if (knownZones.size >= MOST_KNOWN) knownZones.clear();
    knownZones.set(zone, isKnown);
  }
  return isKnown;
}

function makesFormatter(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/**
 * Epoch ms of a `When`. A whole day is its beginning in `here`, the reader's zone; a zone this machine does not know reads
 * as `here`. A time that the clocks skip is the one after the gap, one that comes twice is the first (as Temporal's
 * "compatible").
 */
export function whenInstant(when: When, here: string): number {
  const zone = whenZone(when) ?? here;
  return wallInstant(whenDay(when), whenTime(when) ?? '00:00', isZone(zone) ? zone : here);
}

/** By zone and day: how far its clocks are from UTC, null where they change within three days of it. */
const steadyOffsets = new Map<string, number | null>();

/** Ms; null where the clocks of the zone may change on this day or beside it. */
function steadyOffset(day: Day, zone: string): number | null {
  const key = `${day}${zone}`;
  let offset = steadyOffsets.get(key);
  if (offset === undefined) {
    const midnight = Date.parse(`${day}T00:00Z`);
    const before = tzOffset(zone, new Date(midnight - DAY_MS)) * MINUTE;
    offset = before === tzOffset(zone, new Date(midnight + 2 * DAY_MS)) * MINUTE ? before : null;
    if (steadyOffsets.size >= MOST_KNOWN) steadyOffsets.clear();
    steadyOffsets.set(key, offset);
  }
  return offset;
}

function wallInstant(day: Day, time: TimeOfDay, zone: string): number {
  const wall = Date.parse(`${day}T${time}:00Z`);
  const steady = steadyOffset(day, zone);
  if (steady !== null) return wall - steady;
  const offsetAt = (instant: number) => tzOffset(zone, new Date(instant)) * MINUTE;
  const [before, after] = [offsetAt(wall - DAY_MS), offsetAt(wall + DAY_MS)];
  for (const offset of [before, after]) if (offsetAt(wall - offset) === offset) return wall - offset;
  return wall - before;
}

/** The day and time of an instant on the clocks of a zone. */
export function whenOfInstant(epochMs: number, zone: string): When {
  const wall = new Date(epochMs + tzOffset(zone, new Date(epochMs)) * MINUTE).toISOString();
  return makeWhen(wall.slice(0, 10), wall.slice(11, 16), zone);
}

export interface WhenHints extends DayHints {
  /** The zone of a time that names none; UTC when left out. */
  readonly zone?: string;
}

/** A time at the end of a text: with a colon, or with a word that says it is one (`27.11` is a day). */
const CLOCK =
  /(?:^|[\s,])(?:at\s+|um\s+)?(\d{1,2})(?::(\d{2})\s*(am|pm|uhr)?|[.h](\d{2})\s*(am|pm|uhr)|\s*(am|pm|uhr))$/i;

/** Reads what people write: `27 Nov 15:00`, `tomorrow at 3pm`, `fri`, `15:00` (today), and the stored text. Null = no date. */
export function parseWhen(text: string, hints: WhenHints = {}): When | null {
  const trimmed = text.trim();
  // As unknown: a text that is no When is still a text.
  if (isWhen(trimmed as unknown)) return trimmed;
  const iso = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d+)?)?$/.exec(trimmed);
  if (iso?.[1] && iso[2] && isDay(iso[1])) return makeWhen(iso[1], iso[2], hints.zone);
  const clock = CLOCK.exec(trimmed);
  if (clock === null) return parseDay(trimmed, hints);
  const time = timeFrom(clock);
  if (time === null) return null;
  const rest = trimmed.slice(0, clock.index).replace(/[\s,]+$/, '');
  const day = rest === '' ? (hints.today ?? null) : parseDay(rest, hints);
  return day === null ? null : makeWhen(day, time, hints.zone);
}

function timeFrom([, hourText, minutes, half, minutesToo, halfToo, onlyHalf]: RegExpExecArray): TimeOfDay | null {
  const hour = Number(hourText);
  const minute = Number(minutes ?? minutesToo ?? 0);
  const suffix = half ?? halfToo ?? onlyHalf ?? '';
  const isHalf = /^[ap]m$/i.test(suffix);
  if (minute > 59 || hour > (isHalf ? 12 : 23) || (isHalf && hour === 0)) return null;
  const hours = isHalf ? (hour % 12) + (/^p/i.test(suffix) ? 12 : 0) : hour;
  return `${String(hours).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
}

/** Moves a `When` by days, its time kept. */
export function addDaysTo(when: When, days: number): When {
  return onDay(when, addDays(whenDay(when), days));
}
