/**
 * How a repetition ends: never, on a last day, or after so many times. It is part of the rule (`UNTIL`, `COUNT`), read and
 * written here so that a form can ask for it apart from how often.
 */
import { type Day, fullDayText, isDay } from './day.ts';

/** `until` is the last day it may fall on; `times` counts the first one too. */
export type RepeatEnd = { readonly until: Day } | { readonly times: number };

const END_PART = /(^|;)(?:UNTIL|COUNT)=[^;]*/g;

/** The end of a rule; null for one without end, and for an end that nobody can follow. */
export function repeatEnd(rule: string): RepeatEnd | null {
  const until = /(?:^|;)UNTIL=(\d{4})(\d\d)(\d\d)(?:T\d{6}Z?)?(?:;|$)/.exec(rule);
  if (until) {
    const day = until.slice(1).join('-');
    return isDay(day) ? { until: day } : null;
  }
  const times = /(?:^|;)COUNT=([1-9]\d*)(?:;|$)/.exec(rule)?.[1];
  return times === undefined ? null : { times: Number(times) };
}

/** Whether a rule says an end that means nothing: no day there is, or not a whole number of times. */
export function hasBadEnd(rule: string): boolean {
  return /(^|;)(UNTIL|COUNT)=/.test(rule) && repeatEnd(rule) === null;
}

/** How often alone. */
export function withoutRepeatEnd(rule: string): string {
  return rule.replace(END_PART, '').replace(/^;/, '');
}

/** The same rhythm with this end instead of the one it had. */
export function withRepeatEnd(rule: string, end: RepeatEnd | null): string {
  const often = withoutRepeatEnd(rule);
  if (often === '' || end === null) return often;
  return 'until' in end ? `${often};UNTIL=${end.until.replaceAll('-', '')}` : `${often};COUNT=${end.times}`;
}

/** What is said behind how often: " until 31 Dec 2026", ", 3 times"; '' without an end. */
export function repeatEndText(end: RepeatEnd | null): string {
  if (end === null) return '';
  if ('until' in end) return ` until ${fullDayText(end.until)}`;
  return end.times === 1 ? ', once' : `, ${end.times} times`;
}
