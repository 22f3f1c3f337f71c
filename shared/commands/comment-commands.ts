/**
 * What people do with comments. Everybody who may write replies, settles and reacts; the words belong to their author,
 * who alone changes or deletes them.
 */
import { type Comment, comment, reactionText } from '../entities/comment.ts';
import { member } from '../entities/member.ts';
import type { Id } from '../model/id.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

/** Characters; what is longer is a note. */
const LONGEST_COMMENT = 10_000;

export interface NewComment {
  /** Contact, company or deal. */
  readonly on: string;
  readonly field?: string;
  /** The timeline entry it stands at. */
  readonly entry?: string | null;
  readonly body: string;
  readonly mentions?: readonly string[];
  /** Any comment of the thread it continues. */
  readonly replyTo?: string | null;
}

/** Says something, or answers: an answer stands where its thread stands, and takes up again what was settled. */
export function addComment(tx: Tx, values: NewComment): Id<'comment'> {
  const body = checkedBody(values.body);
  const first = values.replyTo ? threadOf(tx, values.replyTo) : null;
  if (first) {
    tx.patch(comment, first.id, {
      ...(tx.actor === '' ? {} : { people: [...first.people, tx.actor] }),
      ...(first.resolvedAt === null ? {} : { resolvedAt: null, resolvedBy: null }),
    });
  }
  return tx.insert(comment, {
    body,
    at: tx.now,
    by: tx.actor || null,
    on: first ? first.on : [values.on],
    field: first ? first.field : (values.field ?? ''),
    entry: first ? first.entry : values.entry ? [values.entry] : [],
    mentions: knownMembers(tx, values.mentions ?? []),
    replyTo: first?.id ?? null,
  });
}

/** Changes one's own words. */
export function editComment(
  tx: Tx,
  { id, body, mentions }: { readonly id: string; readonly body: string; readonly mentions: readonly string[] },
): void {
  const current = ownComment(tx, id, 'change');
  const words = checkedBody(body);
  if (words === current.body) return;
  tx.patch(comment, id, { body: words, mentions: knownMembers(tx, mentions), editedAt: tx.now });
}

/** Takes one's own comment away; answers to it stay. */
export function deleteComment(tx: Tx, { id }: { readonly id: string }): void {
  ownComment(tx, id, 'delete');
  tx.patch(comment, id, { deleted: true });
}

/** Settles a thread, or takes it up again. */
export function resolveThread(tx: Tx, { id, resolved }: { readonly id: string; readonly resolved: boolean }): void {
  const first = threadOf(tx, id);
  if ((first.resolvedAt !== null) === resolved) return;
  tx.patch(comment, first.id, {
    resolvedAt: resolved ? tx.now : null,
    resolvedBy: resolved ? tx.actor || null : null,
  });
}

/** Reacts with a sign, or takes one's own reaction back. */
export function reactToComment(
  tx: Tx,
  { id, sign, on }: { readonly id: string; readonly sign: string; readonly on: boolean },
): void {
  const { reactions } = mustGet(tx, comment, id);
  const own = reactionText(sign, tx.actor);
  const others = reactions.filter((each) => each !== own);
  tx.patch(comment, id, { reactions: on ? [...others, own] : others });
}

/** The first comment of the thread; one that was deleted still carries its thread. */
function threadOf(tx: Tx, id: string): Comment {
  const found = mustGet(tx, comment, id);
  return (found.replyTo && tx.get(comment, found.replyTo)) || found;
}

function ownComment(tx: Tx, id: string, what: 'change' | 'delete'): Comment {
  const found = mustGet(tx, comment, id);
  if (found.by !== tx.actor) {
    throw new CommandRefused('not-allowed', `Only who wrote a comment can ${what} it. You can reply to it.`);
  }
  return found;
}

function checkedBody(body: string): string {
  const words = body.trim();
  if (words === '') throw new CommandRefused('invalid', 'A comment needs some words.');
  if (words.length > LONGEST_COMMENT) {
    throw new CommandRefused(
      'invalid',
      'This comment is longer than 10,000 characters. It is kept as a draft; a note has room for it.',
    );
  }
  return words;
}

function knownMembers(tx: Tx, ids: readonly string[]): readonly string[] {
  return [...new Set(ids)].filter((id) => tx.get(member, id)?.deleted === false);
}
