/**
 * Who is told of what a person has just done, and what people do with what they were told.
 *
 * `deriveNotices` runs on the device where something was done, right after it and as part of the same step of undo
 * (`client/data/commands.ts`); why that gives each person each notice once is in `shared/entities/notice.ts`. Nobody hears of
 * what they did themselves. Bulk actions give one notice per person and kind, imports none.
 */
import { activity } from '../entities/activity.ts';
import { comment } from '../entities/comment.ts';
import { member } from '../entities/member.ts';
import {
  NOTICE_KINDS,
  type Notice,
  type NoticeKind,
  notice,
  noticeChoice,
  noticeChoiceId,
} from '../entities/notice.ts';
import { entities, isEntityName, recordTitle } from '../entities/registry.ts';
import { stage } from '../entities/stage.ts';
import { starIdFor } from '../entities/star.ts';
import { type AnyRecord, type Changes, type Entity, fieldOf } from '../model/entity.ts';
import { entityNameOf, idFromCause } from '../model/id.ts';
import type { MemberInText } from '../model/rich-parts.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

/** One path a step has written, as `Plan['writes']` tells it; '' is the record as a whole. */
export interface WrittenPath {
  readonly id: string;
  readonly path: string;
  /** The value that was shown before; undefined or null for nothing. */
  readonly before: unknown;
}

interface Told {
  readonly owner: string;
  readonly kind: NoticeKind;
  /** '' for several. */
  readonly record: string;
  readonly comment: string | null;
  /** Of the record's timeline. */
  readonly entry?: string | undefined;
  readonly text: string;
  /** What makes the id: the same cause and owner are told once. */
  readonly cause: string;
}

/** So many notices of a kind for one person by one step; more are told as one. */
const MOST_OF_A_KIND = 3;
/** Records one step may change before nobody is told of them one by one. */
const MOST_FOLLOWED = 20;
const TEXT_LENGTH = 140;

/** Entities whose changes their followers hear of. */
const FOLLOWED: ReadonlySet<string> = new Set(['contact', 'company', 'deal']);
/** Fields that say whose something is. */
const OWNED: ReadonlySet<string> = new Set(['contact', 'company', 'deal', 'task', 'appointment']);
/** Follow from others and tell nobody anything. */
const SILENT: ReadonlySet<string> = new Set([
  'stages',
  'batch',
  'sourceId',
  'owner',
  'closedOn',
  'mergedInto',
  'separateFrom',
]);

interface Touched {
  readonly record: AnyRecord;
  readonly isNew: boolean;
  readonly before: ReadonlyMap<string, unknown>;
}

/** Notes whom the writes of a step concern. */
export function deriveNotices(tx: Tx, writes: readonly WrittenPath[]): void {
  if (tx.actor === '') return;
  const touched = touchedBy(tx, writes);
  if (touched.length === 0) return;
  const team = [...tx.all(member)].flatMap(({ id, role }) => (role === null ? [] : [id as string]));
  const told: Told[] = [];
  for (const each of touched) {
    if (each.record.entity === comment.name) told.push(...byComment(tx, each, team));
    if (OWNED.has(each.record.entity)) told.push(...byAssignment(tx, each));
    if (FOLLOWED.has(each.record.entity) && touched.length <= MOST_FOLLOWED) told.push(...byChange(tx, each, team));
  }
  const others = new Set(team.filter((id) => id !== tx.actor));
  const heard = told.filter(({ owner, kind }) => others.has(owner) && !isMuted(tx, owner, kind));
  for (const each of summedUp(mattersMost(heard))) note(tx, each);
}

function touchedBy(tx: Tx, writes: readonly WrittenPath[]): readonly Touched[] {
  const paths = new Map<string, Map<string, unknown>>();
  for (const { id, path, before } of writes) {
    const name = entityNameOf(id);
    if (name !== comment.name && !OWNED.has(name)) continue;
    const known = paths.get(id);
    if (known) known.set(path, before);
    else paths.set(id, new Map([[path, before]]));
  }
  return [...paths].flatMap(([id, before]) => {
    const name = entityNameOf(id);
    const record = isEntityName(name) ? (tx.get(entities[name] as Entity, id) as AnyRecord | undefined) : undefined;
    return record && record.batch === '' ? [{ record, before, isNew: before.has('') }] : [];
  });
}

function* byComment(tx: Tx, { record, isNew, before }: Touched, team: readonly string[]): Generator<Told> {
  const said = tx.get(comment, record.id);
  if (!said || said.deleted) return;
  const about = { record: said.on[0] ?? '', comment: said.id, text: shortened(said.body) };
  for (const owner of said.mentions) {
    if (isNew || before.has(`mentions:${owner}`)) {
      yield { ...about, owner, kind: 'mention', cause: `mention:${said.id}` };
    }
  }
  if (!isNew) return;
  const first = said.replyTo === null ? undefined : tx.get(comment, said.replyTo);
  const inThread = first ? [...(first.by ? [first.by] : []), ...first.people] : [];
  for (const owner of inThread) yield { ...about, owner, kind: 'reply', cause: `reply:${said.id}` };
  for (const owner of concerned(tx, about.record, team)) {
    yield { ...about, owner, kind: 'comment', cause: `comment:${said.id}` };
  }
}

function* byAssignment(tx: Tx, { record, isNew, before }: Touched): Generator<Told> {
  if (record.deleted) return;
  const about = { kind: 'assigned', record: record.id, comment: null, text: recordTitle(entities, record) } as const;
  const cause = `assigned:${record.id}:${tx.stamp}`;
  if (typeof record.owner === 'string' && (isNew || before.has('owner')))
    yield { ...about, owner: record.owner, cause };
  const guests = record.entity === 'appointment' ? ((record.team as readonly string[] | undefined) ?? []) : [];
  for (const owner of guests) if (isNew || before.has(`team:${owner}`)) yield { ...about, owner, cause };
}

function* byChange(tx: Tx, { record, isNew, before }: Touched, team: readonly string[]): Generator<Told> {
  if (isNew) return;
  const people = concerned(tx, record.id, team);
  const about = { record: record.id, comment: null };
  const isWon = record.entity === 'deal' && before.has('place') && becameWon(tx, before.get('place'), record.place);
  if (isWon) {
    const text = recordTitle(entities, record);
    for (const owner of people) yield { ...about, owner, kind: 'won', text, cause: `won:${record.id}:${tx.stamp}` };
    return;
  }
  const text = changedFields(record, before).join(', ');
  if (text === '') return;
  // A colleague who works on a record changes it many times: one notice a day, brought up again by the next change.
  const cause = `change:${record.id}:${tx.actor}:${tx.today}`;
  for (const owner of followers(tx, record.id, team)) yield { ...about, owner, kind: 'change', text, cause };
}

const stageOf = (place: unknown): string => (Array.isArray(place) && typeof place[1] === 'string' ? place[1] : '');

function becameWon(tx: Tx, before: unknown, after: unknown): boolean {
  const isWon = (place: unknown) => tx.get(stage, stageOf(place))?.type === 'won';
  return isWon(after) && !isWon(before);
}

function changedFields(record: AnyRecord, before: ReadonlyMap<string, unknown>): readonly string[] {
  const entity = isEntityName(record.entity) ? (entities[record.entity] as Entity) : undefined;
  const labels = new Set<string>();
  for (const [path, value] of before) {
    const [name = ''] = path.split(':', 1);
    if (name === 'deleted') labels.add(record.deleted ? 'Deleted' : 'Restored');
    if (SILENT.has(name) || (name === 'place' && stageOf(value) === stageOf(record.place))) continue;
    const field = entity && Object.hasOwn(entity.fields, name) ? fieldOf(entity, name) : undefined;
    if (name === 'place') labels.add('Stage');
    else if (field && !field.hidden) labels.add(field.label);
  }
  return [...labels];
}

/** Whose it is, and who follows it: who starred it. */
function concerned(tx: Tx, recordId: string, team: readonly string[]): readonly string[] {
  const name = entityNameOf(recordId);
  const record = isEntityName(name) ? (tx.get(entities[name] as Entity, recordId) as AnyRecord | undefined) : undefined;
  const owner = typeof record?.owner === 'string' ? [record.owner] : [];
  return [...new Set([...owner, ...followers(tx, recordId, team)])];
}

function followers(tx: Tx, recordId: string, team: readonly string[]): readonly string[] {
  const selves = [recordId, ...tx.mergedFrom(recordId)];
  return team.filter((id) => selves.some((each) => tx.get(entities.star, starIdFor(id, each))?.deleted === false));
}

function isMuted(tx: Tx, owner: string, kind: NoticeKind): boolean {
  return tx.get(noticeChoice, noticeChoiceId(owner))?.muted.includes(kind) ?? false;
}

const RANK = Object.keys(NOTICE_KINDS);

/** Of several reasons to tell a person of one record or comment, the first in the order of kinds. */
function mattersMost(told: readonly Told[]): readonly Told[] {
  const best = new Map<string, Told>();
  for (const each of told) {
    const key = `${each.owner}/${each.comment ?? each.record}`;
    const other = best.get(key);
    if (!other || RANK.indexOf(each.kind) < RANK.indexOf(other.kind)) best.set(key, each);
  }
  return [...best.values()];
}

function summedUp(told: readonly Told[]): readonly Told[] {
  const groups = new Map<string, Told[]>();
  for (const each of told) {
    const key = `${each.owner}/${each.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined || group.length <= MOST_OF_A_KIND) return group;
    const text = `${group.length} records: ${group
      .slice(0, 3)
      .map((each) => each.text)
      .join(', ')} and more`;
    return [{ ...first, record: '', text: shortened(text), cause: `several:${first.cause}` }];
  });
}

function note(tx: Tx, { owner, kind, record, comment: commentId, entry, text, cause }: Told): void {
  const id = idFromCause('notice', `${owner}:${cause}`);
  const before = tx.get(notice, id);
  const isMore = before !== undefined && !before.deleted && before.readAt === null && kind === 'change';
  const words = isMore ? [...new Set([...before.text.split(', '), ...text.split(', ')])].join(', ') : text;
  const values: Changes<typeof notice> = { at: tx.now, text: shortened(words) };
  if (before) {
    const again = { readAt: null, doneAt: null, snoozedUntil: null, shownAt: null, deleted: false };
    if (kind === 'change' || before.deleted) tx.patch(notice, id, { ...values, ...again });
    return;
  }
  const about = { record: record === '' ? [] : [record], comment: commentId, entry: entry ?? null };
  tx.insert(notice, { ...values, ...about, owner, kind, by: tx.actor }, id);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > TEXT_LENGTH ? `${line.slice(0, TEXT_LENGTH - 1)}…` : line;
}

/**
 * Tells teammates that a note or a brief names them: each once per text, however often the name is written, pasted or
 * taken back. Whoever writes the name says so; the others who write in the text have nothing to tell.
 */
export function noteMentions(
  tx: Tx,
  { recordId, members }: { readonly recordId: string; readonly members: readonly MemberInText[] },
): void {
  const name = entityNameOf(recordId);
  const record = isEntityName(name) ? (tx.get(entities[name] as Entity, recordId) as AnyRecord | undefined) : undefined;
  if (!record || record.deleted || tx.actor === '') return;
  const entry = tx.get(activity, recordId);
  const page = entry ? (entry.about[0] ?? '') : record.id;
  for (const { memberId: owner, line } of members) {
    const named = tx.get(member, owner);
    if (owner === tx.actor || !named || named.deleted || named.role === null || isMuted(tx, owner, 'mention')) continue;
    const told = { owner, kind: 'mention', record: page, comment: null, text: line } as const;
    note(tx, { ...told, entry: entry?.id, cause: `mention:${recordId}` });
  }
}

/** Marks notices as looked at, or as new again. */
export function markRead(tx: Tx, { ids, read }: { readonly ids: readonly string[]; readonly read: boolean }): void {
  for (const id of ids) {
    const { readAt } = own(tx, id);
    if ((readAt !== null) !== read) tx.patch(notice, id, { readAt: read ? tx.now : null });
  }
}

/** Remembers that a device of the owner has shown it, or that they were at one when it came. */
export function markShown(tx: Tx, { id }: { readonly id: string }): void {
  if (own(tx, id).shownAt === null) tx.patch(notice, id, { shownAt: tx.now });
}

/** Takes notices out of the inbox, or puts them back. */
export function finishNotices(
  tx: Tx,
  { ids, done }: { readonly ids: readonly string[]; readonly done: boolean },
): void {
  for (const id of ids) {
    const { readAt } = own(tx, id);
    tx.patch(notice, id, { doneAt: done ? tx.now : null, ...(done && readAt === null ? { readAt: tx.now } : {}) });
  }
}

/** Puts a notice away until then; it comes back unread. */
export function snoozeNotice(tx: Tx, { id, until }: { readonly id: string; readonly until: number }): void {
  own(tx, id);
  tx.patch(notice, id, { snoozedUntil: until, readAt: null, shownAt: null });
}

/** Chooses whether the person who asks hears of a kind. */
export function muteKind(tx: Tx, { kind, muted }: { readonly kind: NoticeKind; readonly muted: boolean }): void {
  const id = noticeChoiceId(tx.actor);
  const before = tx.get(noticeChoice, id);
  const others = (before?.muted ?? []).filter((each) => each !== kind);
  const values = { muted: muted ? [...others, kind] : others };
  if (before) tx.patch(noticeChoice, id, values);
  else tx.insert(noticeChoice, { owner: tx.actor || null, ...values }, id);
}

const FORGOTTEN_AFTER_MS = 30 * 86_400_000;

/** Ids of a person's notices that were dealt with long ago; the newest that are kept are a month old. */
export function forgettable(notices: Iterable<Notice>, memberId: string, now: number): readonly string[] {
  const ids: string[] = [];
  for (const { id, owner, doneAt, readAt } of notices) {
    const since = doneAt ?? readAt;
    if (owner === memberId && since !== null && since < now - FORGOTTEN_AFTER_MS) ids.push(id);
  }
  return ids;
}

function own(tx: Tx, id: string): Notice {
  const found = mustGet(tx, notice, id);
  if (found.owner !== tx.actor) throw new CommandRefused('not-allowed', 'This notice is somebody else’s.');
  return found;
}
