/**
 * What happened around a record, as one feed: what people wrote down, tasks that were done, appointments that are over,
 * and what the records say themselves (when they were made, moves of deals, the newest change of each field this device
 * knows of). Pure; newest first.
 */
import { SAMPLE_BATCH } from '../commands/batch-commands.ts';
import { type Activity, activityKind } from '../entities/activity.ts';
import type { Appointment } from '../entities/appointment.ts';
import type { Deal } from '../entities/deal.ts';
import type { Stage } from '../entities/stage.ts';
import type { Task } from '../entities/task.ts';
import { type Day, dayOfInstant, daysBetween } from '../model/day.ts';
import type { AnyRecord } from '../model/entity.ts';
import { foldText } from '../model/text-order.ts';
import { whenInstant } from '../model/when.ts';
import { stampTime } from '../sync/stamp.ts';

/** Something a record says about itself. */
export interface StoryFact {
  readonly kind: 'added' | 'imported' | 'sample' | 'first-contact' | 'opened' | 'moved' | 'closed' | 'edited';
  /** The deal it is about; null when it is about the record itself. */
  readonly dealId: string | null;
  /** Stage the deal went to; '' for what is no move. */
  readonly stageId: string;
  /** Member id; '' when unknown. */
  readonly by: string;
  /** Of an edit: the path, and what it was changed to. */
  readonly path: string;
  readonly value: unknown;
}

/** One line of a timeline. `at` is epoch ms, null when only the day is known. `key` is unique and stays the same. */
export type TimelineEntry = {
  readonly key: string;
  readonly day: Day;
  readonly at: number | null;
} & (
  | { readonly kind: 'activity'; readonly activity: Activity }
  | { readonly kind: 'task'; readonly task: Task }
  | { readonly kind: 'appointment'; readonly appointment: Appointment }
  | { readonly kind: 'story'; readonly story: StoryFact }
);

export const TIMELINE_FILTERS = {
  all: 'All',
  note: 'Notes',
  call: 'Calls',
  email: 'Emails',
  meeting: 'Meetings',
  task: 'Tasks',
  change: 'Changes',
} as const;

export type TimelineFilter = keyof typeof TIMELINE_FILTERS;

/** The newest edit of one path. */
export interface KnownEdit {
  readonly path: string;
  readonly stamp: string;
  readonly value: unknown;
  /** Member id; '' when unknown. */
  readonly by: string;
}

export interface TimelineSource {
  readonly record: AnyRecord;
  readonly activities: readonly Activity[];
  readonly tasks: readonly Task[];
  readonly appointments: readonly Appointment[];
  readonly deals: readonly Deal[];
  readonly edits: readonly KnownEdit[];
  readonly stageOf: (id: string) => Stage | undefined;
  /** Epoch ms: appointments that begin later are still to come. */
  readonly now: number;
  /** IANA zone of the reader. */
  readonly zone: string;
}

export function timelineOf(source: TimelineSource): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  const days = createDays();
  for (const activity of source.activities) {
    const at = activity.at ?? activity.createdAt;
    entries.push({ key: activity.id, kind: 'activity', activity, at, day: days(at) });
  }
  for (const task of source.tasks) {
    if (task.doneAt === null) continue;
    entries.push({ key: task.id, kind: 'task', task, at: task.doneAt, day: days(task.doneAt) });
  }
  for (const appointment of source.appointments) {
    if (appointment.start === null || appointment.cancelled) continue;
    const at = whenInstant(appointment.start, source.zone);
    if (at > source.now) continue;
    entries.push({ key: appointment.id, kind: 'appointment', appointment, at, day: days(at) });
  }
  entries.push(...storyOf(source, days));
  return entries.sort(newestFirst);
}

type Days = (at: number) => Day;

/** Entries come in rows of one day: the last answer is mostly the next one too. */
function createDays(): Days {
  let start = 0;
  let end = 0;
  let day: Day = '1970-01-01';
  return (at) => {
    if (at >= start && at < end) return day;
    const local = new Date(at);
    start = local.setHours(0, 0, 0, 0);
    end = local.setDate(local.getDate() + 1);
    day = dayOfInstant(at);
    return day;
  };
}

const FACT: StoryFact = { kind: 'added', dealId: null, stageId: '', by: '', path: '', value: undefined };

function* storyOf({ record, deals, edits, stageOf }: TimelineSource, days: Days): Generator<TimelineEntry> {
  const isDeal = record.entity === 'deal';
  const stories = deals.flatMap((deal) => [...dealStory(deal, stageOf, days)]);
  // "Opened in Lead" says that the deal was added, too.
  const isOpened = isDeal && stories.some(({ fact }) => fact.kind === 'opened' && fact.dealId === record.id);
  if (record.createdAt > 0 && !isOpened) {
    const kind = record.batch === '' ? 'added' : record.batch === SAMPLE_BATCH ? 'sample' : 'imported';
    const day = days(record.createdAt);
    yield { key: kind, kind: 'story', day, at: record.createdAt, story: { ...FACT, kind } };
  }
  const firstContact = record.firstContactOn;
  if (typeof firstContact === 'string') {
    const story: StoryFact = { ...FACT, kind: 'first-contact' };
    yield { key: 'first-contact', kind: 'story', day: firstContact, at: null, story };
  }
  for (const { key, day, at, fact } of stories) {
    const dealId = isDeal && fact.dealId === record.id ? null : fact.dealId;
    yield { key, kind: 'story', day, at, story: { ...fact, dealId } };
  }
  for (const edit of edits) {
    const at = stampTime(edit.stamp);
    if (at === 0) continue;
    const { path, value, by } = edit;
    yield {
      key: `edit/${path}`,
      kind: 'story',
      day: days(at),
      at,
      story: { ...FACT, kind: 'edited', path, value, by },
    };
  }
}

interface DealFact {
  readonly key: string;
  readonly day: Day;
  readonly at: number | null;
  readonly fact: StoryFact;
}

function* dealStory(deal: Deal, stageOf: TimelineSource['stageOf'], days: Days): Generator<DealFact> {
  const isImported = deal.batch !== '';
  let isOpeningTold = false;
  let wasClosedByMove = false;
  for (const { stamp, from, to, by } of deal.stages) {
    wasClosedByMove ||= from !== '' && to === deal.place[1];
    const at = stampTime(stamp);
    // An import writes the stage a deal is in, not when it came there; its own dates are below.
    if (at === 0 || (isImported && from === '')) continue;
    const kind = from === '' ? 'opened' : 'moved';
    isOpeningTold ||= kind === 'opened';
    yield {
      key: `${deal.id}/${stamp}`,
      day: days(at),
      at,
      fact: { ...FACT, kind, dealId: deal.id, stageId: to, by },
    };
  }
  const about = { ...FACT, dealId: deal.id };
  if (!isOpeningTold && deal.openedOn !== null) {
    yield { key: `${deal.id}/opened`, day: deal.openedOn, at: null, fact: { ...about, kind: 'opened' } };
  }
  const type = stageOf(deal.place[1])?.type;
  if (deal.closedOn !== null && !wasClosedByMove && (type === 'won' || type === 'lost')) {
    const fact: StoryFact = { ...about, kind: 'closed', stageId: deal.place[1] };
    yield { key: `${deal.id}/closed`, day: deal.closedOn, at: null, fact };
  }
}

/** By day, then by time; of one day what has no time comes after (it is older news there). */
function newestFirst(left: TimelineEntry, right: TimelineEntry): number {
  if (left.at !== null && right.at !== null && left.at !== right.at) return right.at - left.at;
  if (left.day !== right.day) return left.day < right.day ? 1 : -1;
  if (left.at !== right.at) return left.at === null ? 1 : -1;
  return left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
}

/** Whether a line belongs to what is asked for. */
export function matchesFilter(entry: TimelineEntry, filter: TimelineFilter): boolean {
  if (filter === 'all') return true;
  if (entry.kind === 'activity') {
    const kind = activityKind(entry.activity);
    return kind === filter || (kind === 'message' && filter === 'email');
  }
  if (entry.kind === 'task') return filter === 'task';
  return entry.kind === 'appointment' ? filter === 'meeting' : filter === 'change';
}

/** Folded texts of activities, which are replaced when they change. */
const foldedTexts = new WeakMap<object, string>();

function foldedOf(record: object, texts: () => readonly string[]): string {
  let folded = foldedTexts.get(record);
  if (folded === undefined) {
    folded = foldText(texts().join('\n'));
    foldedTexts.set(record, folded);
  }
  return folded;
}

/** A test for lines in which all words of a search occur; accents and case do not matter. */
export function matchesSearch(search: string): (entry: TimelineEntry) => boolean {
  const words = foldText(search.trim())
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return () => true;
  return (entry) => {
    const text = searchedText(entry);
    return text !== null && words.every((word) => text.includes(word));
  };
}

function searchedText(entry: TimelineEntry): string | null {
  switch (entry.kind) {
    case 'activity': {
      const { activity } = entry;
      return foldedOf(activity, () => [activity.subject, activity.body, activity.from, activity.to]);
    }
    case 'task': {
      const { task } = entry;
      return foldedOf(task, () => [task.title, task.note, task.outcome]);
    }
    case 'appointment': {
      const { appointment } = entry;
      return foldedOf(appointment, () => [appointment.title, appointment.place, appointment.notes]);
    }
    default:
      return null;
  }
}

/** A heading, or an entry under one. */
export type TimelineRow =
  | { readonly key: string; readonly heading: string }
  | { readonly key: string; readonly heading: null; readonly entry: TimelineEntry; readonly isLast: boolean };

/** Entries under their headings, the pinned ones first. */
export function timelineRows(entries: readonly TimelineEntry[], today: Day): readonly TimelineRow[] {
  const rows: TimelineRow[] = [];
  let heading = '';
  const push = (entry: TimelineEntry, under: string) => {
    if (under !== heading) {
      heading = under;
      rows.push({ key: `# ${under}`, heading: under });
    }
    rows.push({ key: entry.key, heading: null, entry, isLast: false });
  };
  const others: TimelineEntry[] = [];
  // Looked at once: 5,000 records that lie all over the memory take longer than what is done with them.
  for (const entry of entries) {
    if (isPinned(entry)) push(entry, 'Pinned');
    else others.push(entry);
  }
  let [day, under] = ['', ''];
  for (const entry of others) {
    if (entry.day !== day) {
      day = entry.day;
      under = timelineHeading(day, today);
    }
    push(entry, under);
  }
  return rows.map((row, index) => {
    const next = rows[index + 1];
    return row.heading === null && (next === undefined || next.heading !== null) ? { ...row, isLast: true } : row;
  });
}

const isPinned = (entry: TimelineEntry): boolean => entry.kind === 'activity' && entry.activity.pinned;

const MONTHS = 'January February March April May June July August September October November December'.split(' ');

/** What an entry stands under: `Today`, `Yesterday`, `Last 7 days`, `October`, `March 2025`. */
export function timelineHeading(day: Day, today: Day): string {
  const ago = daysBetween(day, today);
  if (ago < 0) return 'To come';
  if (ago === 0) return 'Today';
  if (ago === 1) return 'Yesterday';
  if (ago < 7) return 'Last 7 days';
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? '';
  return day.slice(0, 4) === today.slice(0, 4) ? month : `${month} ${day.slice(0, 4)}`;
}
