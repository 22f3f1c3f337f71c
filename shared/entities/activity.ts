/**
 * Something that happened with people: a note, a call, an e-mail, a meeting. Lives in the timeline of its year. Tasks that
 * are done and appointments that are over are shown beside activities; they are not written down a second time.
 */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { alsoNamed } from '../model/field.ts';
import { checkbox, choice, instant, longText, number, person, text } from '../model/scalar-fields.ts';
import { links } from '../model/set-fields.ts';

export const ACTIVITY_KINDS = {
  note: 'Note',
  call: 'Call',
  email: 'Email',
  meeting: 'Meeting',
  message: 'Message',
} as const;

export type ActivityKind = keyof typeof ACTIVITY_KINDS;

export const DIRECTIONS = { out: 'Outgoing', in: 'Incoming' } as const;

/** What came of a call; Pipedrive's and HubSpot's lists in fewer words. */
export const CALL_OUTCOMES = {
  reached: 'Reached',
  noAnswer: 'No answer',
  voicemail: 'Left a voicemail',
  message: 'Left a message with somebody',
  busy: 'Busy',
  wrongNumber: 'Wrong number',
} as const;

/** What an activity or a task can be about; it appears on the page of each. */
export const SUBJECTS = ['contact', 'company', 'deal'] as const;

export const activity = defineEntity('activity', {
  label: 'Activity',
  plural: 'Activities',
  room: 'timeline',
  fields: {
    kind: alsoNamed(choice('Kind', ACTIVITY_KINDS), 'activity type', 'type'),
    subject: alsoNamed(text('Subject'), 'title', 'betreff'),
    /** When it happened, which may be long before it was written down. */
    at: alsoNamed(instant('At'), 'date', 'activity date', 'occurred at', 'timestamp'),
    /** Plain text; of a note that is written together it is the text without its form, kept for lists, search and files. */
    body: alsoNamed(longText('Text'), 'note', 'notes', 'description', 'body', 'content'),
    about: alsoNamed(links('About', ...SUBJECTS), 'associated records'),
    /** Who did it; not always who wrote it down. */
    by: alsoNamed(person('By'), 'owner', 'assigned to', 'activity assigned to'),
    direction: choice('Direction', DIRECTIONS),
    outcome: alsoNamed(choice('Outcome', CALL_OUTCOMES), 'call outcome'),
    /** Seconds. */
    duration: number('Duration', { min: 0, integer: true }),
    pinned: checkbox('Pinned'),
    /** Of an e-mail: who wrote to whom, as in its head. */
    from: text('From'),
    to: text('To'),
  },
  title: (record) => record.subject || firstLine(record.body),
  searchable: ['subject', 'body', 'from', 'to'],
});

export type Activity = RecordOf<typeof activity>;

/** The kind of an entry; what a newer version calls otherwise is a note here. */
export function activityKind({ kind }: { readonly kind?: string | null }): ActivityKind {
  return typeof kind === 'string' && Object.hasOwn(ACTIVITY_KINDS, kind) ? (kind as ActivityKind) : 'note';
}

/** Kinds that mean that somebody spoke with them: they count as the last contact. */
const CONTACT_KINDS: ReadonlySet<string> = new Set<ActivityKind>(['call', 'email', 'meeting', 'message']);

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

/** Calls that reached nobody. */
const NOBODY_REACHED: ReadonlySet<string> = new Set(['noAnswer', 'busy', 'wrongNumber']);

/**
 * Whether an activity answers "when did we last talk?": a call that reached somebody (a voicemail or a message left
 * counts, they heard from us), an e-mail, a meeting or a message, in either direction. Notes do not count.
 */
export function isContactMade(activity: Pick<Activity, 'kind' | 'outcome'>): boolean {
  return CONTACT_KINDS.has(activity.kind ?? '') && !NOBODY_REACHED.has(activity.outcome ?? '');
}
