/**
 * Repetition by the rules of iCalendar (RFC 5545), over calendar days: a rule has no start of its own, the record's date is
 * its start, and the time of day stays what it is on the wall.
 */
import * as library from 'rrule';
import { addDays, type Day, dayNumber, daysBetween, fullDayText } from './day.ts';
import { hasBadEnd, repeatEnd, repeatEndText, withoutRepeatEnd } from './repeat-end.ts';
import { onDay, type When, whenDay } from './when.ts';

/** Node, without a bundle, takes the package for CommonJS and has its names under `default`; bundlers read its modules. */
const namesOf = (module: typeof library & { readonly default?: typeof library }) => module.default ?? module;
const { RRule, rrulestr } = namesOf(library);

/** Repetitions looked through for the next one, and shown in a calendar at most. */
const MOST = 1_000;

const noon = (day: Day): Date => new Date(dayNumber(day) * 86_400_000);
const dayOf = (date: Date): Day => date.toISOString().slice(0, 10);

/** Whether a text is a rule that `nextRepeat` can follow: `FREQ=WEEKLY;BYDAY=MO`. Hours and minutes are not repeated by. */
export function isRepeat(rule: string): boolean {
  if (rule.length > 500 || !/^FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)(;|$)/.test(rule)) return false;
  if (/(^|;)(BYHOUR|BYMINUTE|BYSECOND|DTSTART)=|INTERVAL=0+(;|$)/.test(rule) || hasBadEnd(rule)) return false;
  try {
    ruleFrom(rule, '2026-01-01');
    return true;
  } catch {
    return false;
  }
}

/**
 * A rule by months or years whose first day not every month has: on the last day of shorter months, instead of leaving
 * them out as RFC 5545 would (an invoice of the 31st is also due in February).
 */
export function withShortMonths(rule: string, first: Day): string {
  const date = Number(first.slice(8));
  if (date < 29 || /(^|;)BY/.test(rule)) return rule;
  const dates = [28, 29, 30, 31].filter((each) => each <= date).join(',');
  if (rule.startsWith('FREQ=MONTHLY')) return `${rule};BYMONTHDAY=${dates};BYSETPOS=-1`;
  if (rule.startsWith('FREQ=YEARLY') && first.endsWith('-02-29')) {
    return `${rule};BYMONTH=2;BYMONTHDAY=${dates};BYSETPOS=-1`;
  }
  return rule;
}

/** What `withShortMonths` adds. */
const SHORT_MONTHS = /(;BYMONTH=2)?;BYMONTHDAY=28,29(,30)?(,31)?;BYSETPOS=-1/;

/** A rule without what `withShortMonths` added, for another first day. */
export function withoutShortMonths(rule: string): string {
  return rule.replace(SHORT_MONTHS, '');
}

/**
 * Why a record cannot repeat by a rule from its day on, in plain words; null when it can. For what somebody writes now:
 * what is stored already is read as far as it goes.
 */
export function repeatIssue(rule: string, first: When): string | null {
  if (rule === '') return null;
  if (hasBadEnd(rule)) return 'A repetition ends on a day, or after a whole number of times, 1 or more.';
  if (!isRepeat(rule)) return 'This repetition cannot be read. Choose one of the list.';
  const end = repeatEnd(rule);
  if (end === null || !('until' in end) || end.until >= whenDay(first)) return null;
  return `It would stop repeating on ${fullDayText(end.until)}, before its first day. Choose a later last day.`;
}

function ruleFrom(rule: string, start: Day): library.RRule {
  const parsed = rrulestr(`RRULE:${rule}`);
  return new RRule({ ...parsed.origOptions, dtstart: noon(start) });
}

/**
 * The next time after `from`, not before `earliest`; null when the rule has ended or cannot be read. What was left undone
 * for weeks comes back once, not once per week.
 */
export function nextRepeat(rule: string, from: When, earliest: Day): When | null {
  if (!isRepeat(rule)) return null;
  const start = whenDay(from);
  const after = addDays(earliest, -1) > start ? addDays(earliest, -1) : start;
  const next = ruleFrom(rule, start).after(noon(after));
  return next === null ? null : onDay(from, dayOf(next));
}

/** Every time from the first on that falls into the days `first` to `last`, both included; at most a thousand. */
export function repeatsBetween(rule: string, from: When, [first, last]: readonly [first: Day, last: Day]): When[] {
  if (!isRepeat(rule)) return whenDay(from) >= first && whenDay(from) <= last ? [from] : [];
  const start = nearerStart(rule, whenDay(from), first);
  const days = ruleFrom(rule, start).between(noon(first), noon(last), true, (_date, index) => index < MOST);
  return days.map((date) => onDay(from, dayOf(date)));
}

/**
 * A start with the same days from `first` on, so that a daily rule is not followed through twenty years (measured: 370 ms).
 * What is counted, or repeats by months, is followed from its own start: twelve steps a year.
 */
function nearerStart(rule: string, start: Day, first: Day): Day {
  const [, unit, rest = ''] = /^FREQ=(DAILY|WEEKLY)(.*)$/.exec(rule) ?? [];
  if (unit === undefined || rest.includes('COUNT=') || first <= start) return start;
  const step = Number(/INTERVAL=(\d+)/.exec(rest)?.[1] ?? 1) * (unit === 'DAILY' ? 1 : 7);
  return addDays(start, Math.floor(daysBetween(start, first) / step) * step - (unit === 'DAILY' ? 0 : step));
}

/** The rule in words: "every 2 weeks on Monday until 31 Dec 2026"; '' when there is none or it cannot be read. */
export function repeatText(rule: string): string {
  if (!isRepeat(rule)) return '';
  const words = ruleFrom(withoutRepeatEnd(withoutShortMonths(rule)), '2026-01-01').toText();
  const end = repeatEndText(repeatEnd(rule));
  const [short, , thirty, thirtyOne] = SHORT_MONTHS.exec(rule) ?? [];
  if (short === undefined) return `${words}${end}`;
  return `${words}, on ${thirtyOne || !thirty ? 'the last day' : 'the 30th or the last day'}${end}`;
}
