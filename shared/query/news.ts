/**
 * What others did since somebody last looked: one item per record, in the words of the work (moved, won, wrote a note), and
 * what is alike put together, so that an import is one line.
 */
import { activityKind } from '../entities/activity.ts';
import { entities } from '../entities/registry.ts';
import type { AnyRecord } from '../model/entity.ts';
import { isStampOf, stampTime } from '../sync/stamp.ts';
import type { StampedPath } from '../sync/stamps-since.ts';

export type NewsWhat =
  | 'moved'
  | 'won'
  | 'lost'
  | 'made'
  | 'changed'
  | 'done'
  | 'note'
  | 'call'
  | 'email'
  | 'meeting'
  | 'message'
  | 'comment'
  | 'file';

export interface NewsItem {
  readonly what: NewsWhat;
  readonly entity: string;
  /** Of the record itself. */
  readonly id: string;
  /** The record whose page shows it. */
  readonly on: string;
  /** Member id; '' when it cannot be told. */
  readonly by: string;
  /** Epoch ms of the newest. */
  readonly at: number;
}

export interface NewsContext {
  /** Member ids of the team. */
  readonly members: readonly string[];
  /** Whose own changes are no news. */
  readonly me: string;
  /** Of a deal's stage. */
  readonly statusOf: (stageId: string) => 'open' | 'won' | 'lost';
}

/** Entities whose changes are worth telling. */
export const NEWS_ENTITIES = [
  'deal',
  'contact',
  'company',
  'activity',
  'comment',
  'task',
  'appointment',
  'file',
] as const;

/** Written by the program beside what people do. */
const SILENT: ReadonlySet<string> = new Set(['stages', 'batch', 'sourceId', 'mentions', 'people', 'reactions']);

/** Null when others changed nothing of it that is worth telling. `stamps`: of what was written since. */
export function newsOf(record: AnyRecord, stamps: readonly StampedPath[], context: NewsContext): NewsItem | null {
  const others = stamps.filter(({ stamp }) => !isStampOf(stamp, context.me));
  if (others.length === 0 || record.deleted || record.mergedInto !== null) return null;
  const what = whatOf(record, others, context);
  if (what === null) return null;
  const newest = others.reduce((last, each) => (each.stamp > last.stamp ? each : last));
  return {
    what,
    entity: record.entity,
    id: record.id,
    on: pageOf(record),
    by: context.members.find((id) => isStampOf(newest.stamp, id)) ?? '',
    at: stampTime(newest.stamp),
  };
}

function whatOf(record: AnyRecord, others: readonly StampedPath[], { statusOf }: NewsContext): NewsWhat | null {
  const isMade = others.some(({ path }) => path === '');
  const fields = new Set(others.map(({ path }) => path.split(':', 1)[0] ?? ''));
  const isTold = [...fields].some((field) => field !== '' && field !== 'place' && !SILENT.has(field));
  switch (record.entity) {
    case 'deal': {
      const [, stageId = ''] = Array.isArray(record.place) ? (record.place as string[]) : [];
      const status = statusOf(stageId);
      // A card that only changed its place in the column has no new line in its stage history.
      const isMoved = !isMade && fields.has('stages');
      if ((isMade || isMoved) && status !== 'open') return status;
      if (isMade) return 'made';
      return isMoved ? 'moved' : isTold ? 'changed' : null;
    }
    case 'activity':
      return isMade ? activityKind(record as never) : null;
    case 'comment':
      return isMade ? 'comment' : null;
    case 'file':
      return isMade ? 'file' : null;
    case 'task':
      return fields.has('doneAt') && record.doneAt !== null ? 'done' : isMade ? 'made' : isTold ? 'changed' : null;
    default:
      return isMade ? 'made' : isTold ? 'changed' : null;
  }
}

function pageOf(record: AnyRecord): string {
  const [first] = [record.on, record.about].flatMap((list) => (Array.isArray(list) ? (list as unknown[]) : []));
  return typeof first === 'string' ? first : record.id;
}

/** One line of the digest. */
export interface NewsLine {
  readonly key: string;
  readonly what: NewsWhat;
  readonly entity: string;
  readonly by: string;
  readonly at: number;
  /** Newest first; more than one where they were put together. */
  readonly items: readonly NewsItem[];
}

/** From so many on what one person did alike is one line. */
const TOGETHER = 4;

/** Newest first. */
export function newsLines(items: readonly NewsItem[]): readonly NewsLine[] {
  const groups = new Map<string, NewsItem[]>();
  for (const item of items.toSorted((left, right) => right.at - left.at)) {
    const key = `${item.by}/${item.entity}/${item.what}`;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  const lineOf = (key: string, of: readonly NewsItem[]): readonly NewsLine[] => {
    const [first] = of;
    return first === undefined
      ? []
      : [{ key, what: first.what, entity: first.entity, by: first.by, at: first.at, items: of }];
  };
  return [...groups]
    .flatMap(([key, group]) =>
      group.length < TOGETHER ? group.flatMap((item) => lineOf(item.id, [item])) : lineOf(key, group),
    )
    .sort((left, right) => right.at - left.at);
}

const COUNTED: readonly (readonly [what: NewsWhat, one: string, many: string])[] = [
  ['won', 'deal won', 'deals won'],
  ['lost', 'deal lost', 'deals lost'],
  ['moved', 'deal moved', 'deals moved'],
  ['note', 'note', 'notes'],
  ['call', 'call', 'calls'],
  ['email', 'email', 'emails'],
  ['meeting', 'meeting', 'meetings'],
  ['message', 'message', 'messages'],
  ['comment', 'comment', 'comments'],
  ['file', 'file', 'files'],
  ['done', 'task done', 'tasks done'],
];

/** Told as added or changed; of the others COUNTED says what was done. */
const RECORDS = ['deal', 'contact', 'company', 'task', 'appointment'] as const;

/** `4 deals moved, 2 notes, 1 contact changed`. '' for nothing. */
export function newsSentence(items: readonly NewsItem[], count: (count: number) => string = String): string {
  const parts: string[] = [];
  for (const [what, one, many] of COUNTED) {
    const found = items.filter((item) => item.what === what).length;
    if (found > 0) parts.push(`${count(found)} ${found === 1 ? one : many}`);
  }
  for (const [what, word] of [
    ['made', 'added'],
    ['changed', 'changed'],
  ] as const) {
    for (const entity of RECORDS) {
      const found = items.filter((item) => item.what === what && item.entity === entity).length;
      const { label, plural } = entities[entity];
      if (found > 0) parts.push(`${count(found)} ${(found === 1 ? label : plural).toLowerCase()} ${word}`);
    }
  }
  return parts.join(', ');
}
