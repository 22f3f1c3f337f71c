/** What a card says about a deal: its date, what comes next, and whether it has gone quiet. */
import type { Deal } from '../../../shared/entities/deal.ts';
import type { Stage } from '../../../shared/entities/stage.ts';
import { type Day, daysBetween } from '../../../shared/model/day.ts';
import { quietDays, statusOf } from '../../../shared/query/pipeline-view.ts';
import { formatDay } from '../../fields/format.ts';

export type NextStepKind = 'call' | 'email' | 'meeting' | 'task';

export interface NextLine {
  readonly kind: NextStepKind | 'none' | 'quiet';
  readonly text: string;
  /** Quiet words at the right edge: when. */
  readonly when: string;
  readonly tone: 'plain' | 'today' | 'late' | 'missing';
}

export interface CardFacts {
  readonly date: { readonly text: string; readonly late: boolean } | null;
  /** Null for closed deals: nothing is to come. */
  readonly next: NextLine | null;
  /** Twice the stage's limit and more is stale. */
  readonly quiet: 'no' | 'quiet' | 'stale';
}

/** From this many days on a passed date is shown as itself: "3,285 days late" helps nobody. */
const LATE_IN_DAYS = 100;

/** `step` is what comes next by the tasks about the deal; without one the deal's own field says it. */
export function cardFacts(
  own: Deal,
  stage: Stage | undefined,
  today: Day,
  step?: { readonly text: string; readonly day: Day | null },
): CardFacts {
  const deal = step ? { ...own, nextStep: step.text, nextStepOn: step.day } : own;
  const status = statusOf(stage);
  if (status !== 'open') {
    const word = status === 'won' ? 'Won' : 'Lost';
    const text = deal.closedOn === null ? word : `${word} ${inSentence(formatDay(deal.closedOn, today))}`;
    return { date: { text, late: false }, next: null, quiet: 'no' };
  }
  // A step that is planned and not yet due keeps a deal from being quiet.
  const planned = deal.nextStepOn !== null && deal.nextStepOn >= today;
  const days = planned ? null : quietDays(deal, stage, today);
  const stale = days !== null && days >= 2 * (stage?.quietAfterDays ?? 0);
  return {
    date: deal.closesOn === null ? null : dateText(deal.closesOn, today),
    next: nextLine(deal, today, days, stale),
    quiet: days === null ? 'no' : stale ? 'stale' : 'quiet',
  };
}

function dateText(day: Day, today: Day): { text: string; late: boolean } {
  const days = daysBetween(day, today);
  if (days <= 0) return { text: formatDay(day, today), late: false };
  return { text: days < LATE_IN_DAYS ? lateText(days) : formatDay(day, today), late: true };
}

function nextLine(deal: Deal, today: Day, quiet: number | null, stale: boolean): NextLine {
  const late = deal.nextStepOn !== null && deal.nextStepOn < today;
  if (quiet !== null && !late) {
    return { kind: 'quiet', text: `Quiet ${dayCount(quiet)}`, when: '', tone: stale ? 'late' : 'missing' };
  }
  if (deal.nextStep === '' && deal.nextStepOn === null) {
    return { kind: 'none', text: 'No next step', when: '', tone: 'missing' };
  }
  const text = deal.nextStep || 'Next step';
  const kind = nextStepKind(deal.nextStep);
  if (deal.nextStepOn === null) return { kind, text, when: '', tone: 'plain' };
  if (late) return { kind, text, when: dateText(deal.nextStepOn, today).text, tone: 'late' };
  const when = inSentence(formatDay(deal.nextStepOn, today));
  return { kind, text, when, tone: deal.nextStepOn === today ? 'today' : 'plain' };
}

const KIND_WORDS: readonly (readonly [NextStepKind, RegExp])[] = [
  ['call', /\b(call|phone|ring)/i],
  ['email', /\b(e-?mail|mail|write|send)/i],
  ['meeting', /\b(meet|demo|visit|workshop|lunch|presentation)/i],
];

/** Which icon a next step gets, from its words. */
export function nextStepKind(text: string): NextStepKind {
  return KIND_WORDS.find(([, pattern]) => pattern.test(text))?.[0] ?? 'task';
}

function lateText(days: number): string {
  return `${dayCount(days)} late`;
}

export function dayCount(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

/** `Today` and `Tomorrow` within a line are small; weekdays and months are names and stay. */
export function inSentence(day: string): string {
  return /^(Today|Tomorrow|Yesterday)/.test(day) ? day.charAt(0).toLowerCase() + day.slice(1) : day;
}
