/**
 * What teammates say to each other about a record, one of its fields, or an entry of its timeline. A thread is a first
 * comment and its replies; who is mentioned, and whoever takes part, is told of it (`notice.ts`).
 */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { hidden } from '../model/field.ts';
import { instant, longText, person, ref, text } from '../model/scalar-fields.ts';
import { links, tags } from '../model/set-fields.ts';
import { SUBJECTS } from './activity.ts';

/** What a comment can stand at in a timeline. */
const COMMENTED_ENTRIES = ['activity', 'task', 'appointment'] as const;

/** What one can answer with a click; others that a newer build stores are shown as they are. */
export const REACTIONS = {
  '👍': 'Thumbs up',
  '❤️': 'Heart',
  '🎉': 'Celebrate',
  '😄': 'Laugh',
  '👀': 'Looking at it',
  '✅': 'Done',
};

export const comment = defineEntity('comment', {
  label: 'Comment',
  plural: 'Comments',
  room: 'timeline',
  fields: {
    body: longText('Text'),
    at: instant('At'),
    by: person('By'),
    /** The record on whose page it was written; always one. */
    on: links('On', ...SUBJECTS),
    /** Name of the field it is about; '' when it is about no single one. */
    field: hidden(text('Field')),
    /** The entry it stands at, on every page that shows the entry; one or none. */
    entry: hidden(links('Entry', ...COMMENTED_ENTRIES)),
    mentions: links('Mentions', 'member'),
    /** The first comment of its thread; null for that one itself. */
    replyTo: hidden(ref('Reply to', 'comment')),
    /** Of a first comment: since when the thread is settled, and who said so. */
    resolvedAt: instant('Resolved'),
    resolvedBy: person('Resolved by'),
    /** Of a first comment: who has answered; they hear of further answers. */
    people: hidden(links('Taking part', 'member')),
    editedAt: hidden(instant('Edited')),
    /** `👍 member_…`, see `reactionsOf`. One element per person and sign, so that everybody's own is kept. */
    reactions: hidden(tags('Reactions')),
  },
  title: ({ body }) => {
    const line = body.trim().split('\n', 1)[0] ?? '';
    return line.length > 80 ? `${line.slice(0, 79)}…` : line;
  },
  searchable: ['body'],
});

export type Comment = RecordOf<typeof comment>;

export interface Reaction {
  readonly sign: string;
  /** Member ids. */
  readonly by: readonly string[];
}

export function reactionText(sign: string, memberId: string): string {
  return `${sign} ${memberId}`;
}

/** Who reacted with what, in the order of `REACTIONS`, others behind. What cannot be read is left out. */
export function reactionsOf({ reactions }: Pick<Comment, 'reactions'>): readonly Reaction[] {
  const bySign = new Map<string, string[]>();
  for (const each of reactions) {
    const [, sign, memberId] = /^(\S{1,16}) (member_\w+)$/u.exec(each) ?? [];
    if (sign === undefined || memberId === undefined) continue;
    bySign.set(sign, [...(bySign.get(sign) ?? []), memberId]);
  }
  const order = Object.keys(REACTIONS);
  const rank = (sign: string) => (order.includes(sign) ? order.indexOf(sign) : order.length);
  return [...bySign].map(([sign, by]) => ({ sign, by })).sort((left, right) => rank(left.sign) - rank(right.sign));
}
