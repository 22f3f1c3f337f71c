/**
 * Something somebody should hear of: a mention, a reply, a task that was given to them, a reminder that is due. It is theirs
 * alone: only `owner` reads it in the inbox and marks it.
 *
 * Each exists exactly once, whatever devices are on, because of who makes it:
 * - What a teammate does (mention, reply, comment, assignment, deal won, change) is noted by the device that does it, in the
 *   same step (`shared/commands/notice-commands.ts`). That device exists once, also when it is offline; its note travels with
 *   the change itself, so it is there as soon as the change is, and an undo takes both back.
 * - What time does (a reminder) is noted by the owner's own devices, under an id made of its cause (`idFromCause`): those
 *   that do it apart write the same record.
 */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { hidden } from '../model/field.ts';
import { type Id, idFromCause } from '../model/id.ts';
import { choice, instant, person, ref, text } from '../model/scalar-fields.ts';
import { links, multiChoice } from '../model/set-fields.ts';
import { SUBJECTS } from './activity.ts';

/** In the order in which they matter: of several reasons for one record and person the first is told. */
export const NOTICE_KINDS = {
  mention: 'Mentions',
  reply: 'Replies',
  assigned: 'Things given to you',
  won: 'Deals won',
  comment: 'Comments on what you own or follow',
  change: 'Changes on what you follow',
  due: 'Reminders',
} as const;

export type NoticeKind = keyof typeof NOTICE_KINDS;

export const notice = defineEntity('notice', {
  label: 'Notice',
  plural: 'Notices',
  room: 'work',
  fields: {
    owner: person('Owner'),
    kind: choice('Kind', NOTICE_KINDS),
    /** What it is about; one or none. */
    record: links('Record', ...SUBJECTS, 'task', 'appointment'),
    /** The comment it is about. */
    comment: hidden(ref('Comment', 'comment')),
    /** The entry of the record's timeline it is about: a note that names somebody. */
    entry: hidden(ref('Entry', 'activity')),
    /** Who did it; null for what time does. */
    by: person('By'),
    /** When it happened or is due. */
    at: instant('At'),
    /** A few words: of the comment, the fields that changed, the task. */
    text: text('Text'),
    readAt: instant('Read'),
    /** Away until then, and unread again after. */
    snoozedUntil: instant('Snoozed until'),
    doneAt: instant('Done'),
    /** When a device showed it as a notification of the system; one is enough. */
    shownAt: hidden(instant('Shown')),
  },
  title: (record) => record.text,
});

export type Notice = RecordOf<typeof notice>;

/** What a person wants to hear of; one record each, see `noticeChoiceId`. */
export const noticeChoice = defineEntity('noticeChoice', {
  label: 'Notice settings',
  plural: 'Notice settings',
  room: 'work',
  fields: {
    owner: person('Owner'),
    /** Kinds this person does not want to hear of. */
    muted: multiChoice('Muted', NOTICE_KINDS),
  },
  title: () => '',
});

export function noticeChoiceId(memberId: string): Id<'noticeChoice'> {
  return idFromCause('noticeChoice', memberId);
}

/** The kind of a notice; what a newer version calls otherwise is a change here. */
export function noticeKind({ kind }: Pick<Notice, 'kind'>): NoticeKind {
  return kind !== null && Object.hasOwn(NOTICE_KINDS, kind) ? (kind as NoticeKind) : 'change';
}

/** Whether it stands in the inbox at a moment: not done, and not put off until later. */
export function isInInbox({ doneAt, snoozedUntil }: Pick<Notice, 'doneAt' | 'snoozedUntil'>, now: number): boolean {
  return doneAt === null && (snoozedUntil === null || snoozedUntil <= now);
}

/** In the inbox and not looked at. */
export function isUnread(record: Pick<Notice, 'doneAt' | 'snoozedUntil' | 'readAt'>, now: number): boolean {
  return isInInbox(record, now) && record.readAt === null;
}
