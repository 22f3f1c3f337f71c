/** What a day asks for: whom to follow up with, which deals want a nudge, what closes this month, whom to congratulate. */
import type { Contact } from '../entities/contact.ts';
import type { Deal } from '../entities/deal.ts';
import type { Stage } from '../entities/stage.ts';
import type { Task } from '../entities/task.ts';
import { addDays, type Day, daysBetween } from '../model/day.ts';
import { entityNameOf } from '../model/id.ts';
import { nextYearly, yearsOn } from '../model/yearly-day.ts';
import { quietDays, statusOf } from './pipeline-view.ts';

/** The person, company and deal that a task is about: the first of each, the company else the person's or the deal's. */
export interface Subjects {
  readonly contact: string | null;
  readonly company: string | null;
  readonly deal: string | null;
}

interface Lookup {
  readonly contact: (id: string) => Pick<Contact, 'company'> | undefined;
  readonly deal: (id: string) => Pick<Deal, 'company' | 'contacts'> | undefined;
}

export function subjectsOf(about: readonly string[], { contact, deal }: Lookup): Subjects {
  const first = (name: string) => about.find((id) => entityNameOf(id) === name) ?? null;
  const dealId = first('deal');
  const aDeal = dealId === null ? undefined : deal(dealId);
  const contactId = first('contact') ?? aDeal?.contacts[0]?.contact ?? null;
  const companyId = first('company') ?? aDeal?.company ?? (contactId && contact(contactId)?.company) ?? null;
  return { contact: contactId, company: companyId || null, deal: dealId };
}

/** Why a deal or a person is worth a nudge. */
export type Nudge =
  | { readonly kind: 'quiet'; readonly deal: Deal; readonly days: number }
  | { readonly kind: 'no-step'; readonly deal: Deal }
  | { readonly kind: 'keep-in-touch'; readonly contactId: string; readonly daysOver: number };

export interface NudgeFacts {
  readonly today: Day;
  readonly stageOf: (id: string) => Stage | undefined;
  /** Whether an open task is about the record. */
  readonly hasStep: (id: string) => boolean;
}

/** Open deals that were left alone, then those without a next step; the longest and the largest first. */
export function dealNudges(deals: Iterable<Deal>, { today, stageOf, hasStep }: NudgeFacts): readonly Nudge[] {
  const quiet: (Nudge & { kind: 'quiet' })[] = [];
  const stepless: (Nudge & { kind: 'no-step' })[] = [];
  for (const deal of deals) {
    const stage = stageOf(deal.place[1]);
    if (statusOf(stage) !== 'open' || hasStep(deal.id)) continue;
    const days = quietDays(deal, stage, today);
    if (days !== null) quiet.push({ kind: 'quiet', deal, days });
    else if (deal.nextStep === '') stepless.push({ kind: 'no-step', deal });
  }
  quiet.sort((left, right) => right.days - left.days || byValue(left.deal, right.deal));
  stepless.sort((left, right) => byValue(left.deal, right.deal));
  return [...quiet, ...stepless];
}

function byValue(left: Deal, right: Deal): number {
  const difference = (right.amount?.minor ?? 0) - (left.amount?.minor ?? 0);
  return difference !== 0 ? difference : left.id < right.id ? -1 : 1;
}

/** The day somebody is to be in touch again; null when no interval is set. Never spoken with: since the first contact, else today. */
export function inTouchBy(
  { keepInTouchWeeks: weeks, firstContactOn }: Pick<Contact, 'keepInTouchWeeks' | 'firstContactOn'>,
  last: Day | null,
  today: Day,
): Day | null {
  if (weeks === null) return null;
  const since = last ?? firstContactOn;
  return since === null ? today : addDays(since, weeks * 7);
}

type KeptInTouch = Pick<Contact, 'id' | 'keepInTouchWeeks' | 'firstContactOn'>;

/** People nobody has spoken with for longer than their interval. `lastContact` is the day of the last time, if known. */
export function keepInTouchNudges(
  contacts: Iterable<KeptInTouch>,
  {
    today,
    lastContact,
    hasStep,
  }: {
    readonly today: Day;
    readonly lastContact: (id: string) => Day | null;
    readonly hasStep: (id: string) => boolean;
  },
): readonly Nudge[] {
  const due: (Nudge & { kind: 'keep-in-touch' })[] = [];
  for (const contact of contacts) {
    const { id, keepInTouchWeeks: weeks } = contact;
    if (weeks === null || hasStep(id)) continue;
    const last = lastContact(id) ?? contact.firstContactOn;
    const daysOver = last === null ? 0 : daysBetween(addDays(last, weeks * 7), today);
    if (daysOver >= 0) due.push({ kind: 'keep-in-touch', contactId: id, daysOver });
  }
  return due.sort((left, right) => right.daysOver - left.daysOver || (left.contactId < right.contactId ? -1 : 1));
}

/** A day to congratulate on. */
export interface Celebration {
  /** A contact, or the company whose first order this was. */
  readonly recordId: string;
  readonly day: Day;
  readonly kind: 'birthday' | 'date' | 'customer';
  /** The name of an important date; '' for the others. */
  readonly label: string;
  /** Years on that day; null when the first year is not known. */
  readonly years: number | null;
}

/** A test for people who may have a day of theirs from today on, for so many days: few of 50,000 are worth computing with. */
export function celebratesWithin({
  today,
  days,
}: {
  readonly today: Day;
  readonly days: number;
}): (contact: Pick<Contact, 'birthday' | 'dates'>) => boolean {
  const near = monthDays(today, days);
  const isNear = (on: string) => near.has(on.slice(-5));
  return ({ birthday, dates }) => (birthday !== null && isNear(birthday)) || dates.some(({ on }) => isNear(on));
}

/** Birthdays and important dates from today on, for so many days, and how long companies have been customers. */
export function celebrations(
  contacts: Iterable<Pick<Contact, 'id' | 'birthday' | 'dates'>>,
  wonDeals: Iterable<Pick<Deal, 'company' | 'closedOn'>>,
  { today, days }: { readonly today: Day; readonly days: number },
): readonly Celebration[] {
  const last = addDays(today, days);
  const near = monthDays(today, days);
  const found: Celebration[] = [];
  const look = (recordId: string, on: string, kind: Celebration['kind'], label = '') => {
    // Few of 50,000 birthdays are worth computing with.
    if (!near.has(on.slice(-5))) return;
    const day = nextYearly(on, today);
    if (day > last) return;
    const years = yearsOn(on, day);
    if (kind !== 'customer' || years !== null) found.push({ recordId, day, kind, label, years });
  };
  for (const { id, birthday, dates } of contacts) {
    if (birthday !== null) look(id, birthday, 'birthday');
    for (const { on, label } of dates) look(id, on, 'date', label);
  }
  const firstWon = new Map<string, Day>();
  for (const { company, closedOn } of wonDeals) {
    if (company === null || closedOn === null) continue;
    const known = firstWon.get(company);
    if (known === undefined || closedOn < known) firstWon.set(company, closedOn);
  }
  for (const [company, on] of firstWon) look(company, on, 'customer');
  return found.sort((left, right) => (left.day === right.day ? 0 : left.day < right.day ? -1 : 1));
}

/** `MM-DD` of so many days from one on; with the 28 February what is kept on it in years without a 29th. */
function monthDays(from: Day, days: number): ReadonlySet<string> {
  const near = new Set(Array.from({ length: days + 1 }, (_, ahead) => addDays(from, ahead).slice(5)));
  return near.has('02-28') ? near.add('02-29') : near;
}

const NUMBER_WORDS = 'No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve'.split(' ');

/** `Six`, and figures above twelve, as a sentence begins. */
export function countWord(count: number): string {
  return NUMBER_WORDS[count] ?? String(count);
}

/** The answer to "whom should I follow up with today?": people, where a task names one, else tasks. */
export function headline(tasks: readonly Task[], subjectOf: (task: Task) => Subjects): string {
  if (tasks.length === 0) return 'Nobody is waiting for you';
  const people = new Set(tasks.map((task) => subjectOf(task).contact ?? subjectOf(task).company));
  if (people.has(null))
    return tasks.length === 1 ? 'One thing to do today' : `${countWord(tasks.length)} things to do today`;
  return people.size === 1 ? 'One person to follow up with' : `${countWord(people.size)} people to follow up with`;
}
