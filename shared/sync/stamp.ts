/**
 * The product's clock: hybrid logical stamps, so that "the later edit wins" means later in time and not
 * "the higher Yjs client id" (which lets an older offline edit beat a newer online one in half of all cases).
 *
 * A stamp is 23 characters, ordered as plain text:
 *   time     9 × base 36, milliseconds since 1970 (enough until the year 5188)
 *   counter  4 × base 36, distinguishes changes within one millisecond
 *   writer  10 × [0-9A-Za-z]: 6 that name the member, 4 that name the tab
 *
 * Laws: a stamp is never given twice by one clock; every stamp given is above every stamp seen, except those more
 * than two minutes ahead (one device with a wrong clock must not drag everybody's along; the server gives its edits
 * new stamps), unless a command writes over one; stamps order first by time, so that clocks which agree give the order in which people acted.
 */
import { type RandomBytes, randomText } from '../model/id.ts';

export type Stamp = string;

const TIME = 9;
const COUNTER = 4;
const WRITER = 10;
const MEMBER = 6;
export const STAMP_LENGTH = TIME + COUNTER + WRITER;
const COUNTER_LIMIT = 36 ** COUNTER;
/** How far ahead of one's own corrected clock a stamp may be and still be believed, in ms. */
export const CLOCK_TOLERANCE_MS = 120_000;

/** Before every real stamp: what a value has that nobody ever wrote. */
export const NO_STAMP: Stamp = '';

/** Without a regular expression: every record and every edit that is read asks this. */
export function isStamp(text: string): boolean {
  if (text.length !== STAMP_LENGTH) return false;
  for (let at = 0; at < STAMP_LENGTH; at++) {
    const code = text.charCodeAt(at);
    const isDigit = code >= 48 && code <= 57;
    const isSmall = code >= 97 && code <= 122;
    const isCapital = code >= 65 && code <= 90;
    if (!isDigit && !isSmall && !(isCapital && at >= TIME + COUNTER)) return false;
  }
  return true;
}

export function formatStamp(timeMs: number, counter: number, writer: string): Stamp {
  return timeMs.toString(36).padStart(TIME, '0') + counter.toString(36).padStart(COUNTER, '0') + writer;
}

/** Epoch ms of a stamp; 0 for anything that is none. */
export function stampTime(stamp: Stamp): number {
  if (!isStamp(stamp)) return 0;
  let time = 0;
  for (let at = 0; at < TIME; at++) {
    const code = stamp.charCodeAt(at);
    time = time * 36 + (code <= 57 ? code - 48 : code - 87);
  }
  return time;
}

function stampCounter(stamp: Stamp): number {
  return Number.parseInt(stamp.slice(TIME, TIME + COUNTER), 36);
}

export function stampWriter(stamp: Stamp): string {
  return stamp.slice(TIME + COUNTER);
}

/** The part of a member id that stamps carry: enough to tell fifty people apart, for display only (it can be forged; `changes` on the server cannot). */
function memberTag(memberId: string): string {
  return memberId
    .replace(/^member_/, '')
    .padEnd(MEMBER, '0')
    .slice(0, MEMBER);
}

/** Whether a stamp was written by this member, on whichever device. */
export function isStampOf(stamp: Stamp, memberId: string): boolean {
  return stampWriter(stamp).startsWith(memberTag(memberId));
}

/** A writer for one tab of one member; never stored, made anew each time the app opens. */
export function newWriter(memberId: string, random?: RandomBytes): string {
  return memberTag(memberId) + randomText(WRITER - MEMBER, random);
}

export interface Clock {
  /** A new stamp, above all that were given or seen. */
  next(): Stamp;
  /** Takes note of a stamp that came from elsewhere, unless it is more than two minutes ahead. */
  observe(stamp: Stamp): void;
  /** Takes note of a stamp however far ahead it is: somebody writes over what carries it, and that must show. */
  exceed(stamp: Stamp): void;
  /** Wall time in epoch ms with the correction applied. */
  now(): number;
  /** Server time minus device time, in ms, learnt from the hello. */
  correct(offsetMs: number): void;
}

/** `wall` gives the device's epoch ms; `writer` comes from `newWriter`. */
export function createClock(wall: () => number, writer: string): Clock {
  let offsetMs = 0;
  let lastTime = 0;
  let lastCounter = 0;

  function note(stamp: Stamp): void {
    const time = stampTime(stamp);
    const counter = stampCounter(stamp);
    if (time > lastTime || (time === lastTime && counter > lastCounter)) {
      lastTime = time;
      lastCounter = counter;
    }
  }

  return {
    next() {
      const time = Math.max(0, Math.floor(wall() + offsetMs));
      if (time > lastTime) {
        lastTime = time;
        lastCounter = 0;
      } else if (++lastCounter === COUNTER_LIMIT) {
        lastTime += 1;
        lastCounter = 0;
      }
      return formatStamp(lastTime, lastCounter, writer);
    },
    observe(stamp) {
      if (isStamp(stamp) && stampTime(stamp) <= wall() + offsetMs + CLOCK_TOLERANCE_MS) note(stamp);
    },
    exceed(stamp) {
      if (isStamp(stamp)) note(stamp);
    },
    now: () => Math.floor(wall() + offsetMs),
    correct(next) {
      offsetMs = next;
    },
  };
}
