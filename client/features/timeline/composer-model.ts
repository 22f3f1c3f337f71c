/** What the composer holds while somebody writes, and what becomes of it. Pure. */
import {
  ACTIVITY_KINDS,
  type ActivityKind,
  type activity,
  CALL_OUTCOMES,
  type DIRECTIONS,
} from '../../../shared/entities/activity.ts';
import type { task } from '../../../shared/entities/task.ts';
import type { Day } from '../../../shared/model/day.ts';
import type { Changes } from '../../../shared/model/entity.ts';
import { fail, ok, type Result } from '../../../shared/model/result.ts';
import { docOfText, isPlain, plainTextOf, type RichDoc } from '../../../shared/model/rich-text.ts';
import { parseWhen, whenInstant, whenTime } from '../../../shared/model/when.ts';

export type ComposerKind = ActivityKind | 'task';

export interface Draft {
  readonly kind: ComposerKind;
  /** Of a note; null while nothing with form was written. */
  readonly note: RichDoc | null;
  /** Text of every other kind. */
  readonly body: string;
  readonly subject: string;
  readonly direction: keyof typeof DIRECTIONS;
  readonly outcome: keyof typeof CALL_OUTCOMES | '';
  /** As typed: `12 min`. */
  readonly duration: string;
  /** When it happened, as typed; '' for now. */
  readonly at: string;
  /** When a task is due, as typed. */
  readonly due: string;
  /** Records it is about beside the page's own. */
  readonly also: readonly string[];
  /** Ids of files that were put on the record for it. */
  readonly files: readonly string[];
  /** Epoch ms at which the call's timer was started; null while it stands. */
  readonly timerFrom: number | null;
}

export const EMPTY_DRAFT: Draft = {
  kind: 'note',
  note: null,
  body: '',
  subject: '',
  direction: 'out',
  outcome: '',
  duration: '',
  at: '',
  due: '',
  also: [],
  files: [],
  timerFrom: null,
};

/** What was kept by this or an older version; what cannot be read is empty. */
export function readDraft(kept: unknown): Draft | null {
  if (typeof kept !== 'object' || kept === null) return null;
  const given = kept as Partial<Record<keyof Draft, unknown>>;
  const text = (name: keyof Draft) => (typeof given[name] === 'string' ? (given[name] as string) : '');
  const isDoc =
    (given.note as { type?: unknown } | null)?.type === 'doc' &&
    Array.isArray((given.note as { content?: unknown }).content);
  return {
    kind: given.kind === 'task' || Object.hasOwn(ACTIVITY_KINDS, text('kind')) ? (given.kind as ComposerKind) : 'note',
    note: isDoc ? (given.note as RichDoc) : null,
    body: text('body'),
    subject: text('subject'),
    direction: given.direction === 'in' ? 'in' : 'out',
    outcome: Object.hasOwn(CALL_OUTCOMES, text('outcome')) ? (given.outcome as Draft['outcome']) : '',
    duration: text('duration'),
    at: text('at'),
    due: text('due'),
    also: Array.isArray(given.also) ? given.also.filter((id): id is string => typeof id === 'string') : [],
    files: Array.isArray(given.files) ? given.files.filter((id): id is string => typeof id === 'string') : [],
    timerFrom: typeof given.timerFrom === 'number' ? given.timerFrom : null,
  };
}

/** Whether there is nothing in it that anybody would miss. The kind alone is nothing. */
export function isEmptyDraft(draft: Draft): boolean {
  const note = draft.note === null ? '' : plainTextOf(draft.note).trim();
  return (
    note === '' &&
    [draft.body, draft.subject, draft.duration, draft.outcome].every((text) => text.trim() === '') &&
    draft.files.length === 0 &&
    draft.timerFrom === null
  );
}

/** What a person can save of a draft that belongs to the day and zone they are in. */
export interface Here {
  readonly today: Day;
  readonly zone: string;
}

export interface FormIssue {
  readonly field: 'duration' | 'at' | 'due' | 'subject';
  readonly message: string;
}

export interface ActivityToLog {
  readonly values: Changes<typeof activity>;
  /** The note with its form; null where the plain text says all. */
  readonly doc: RichDoc | null;
}

/** The activity a draft says, or what has to be mended first. `subject` is the record of the page. */
export function activityOf(draft: Draft, subjectId: string, here: Here): Result<ActivityToLog, FormIssue> {
  const kind = draft.kind as ActivityKind;
  const duration = parseDuration(draft.duration);
  if (duration === undefined) return fail({ field: 'duration', message: 'Write minutes, or 1 h 20 min.' });
  const at = draft.at.trim() === '' ? null : instantOf(draft.at, here);
  if (at === undefined) return fail({ field: 'at', message: 'Write a day and a time: yesterday 14:30, 12 Nov 9:00.' });
  const doc = kind === 'note' ? draft.note : null;
  const values: Changes<typeof activity> = {
    kind,
    body: (doc === null ? draft.body : plainTextOf(doc)).trimEnd(),
    subject: kind === 'note' ? '' : draft.subject.trim(),
    about: [subjectId, ...draft.also.filter((id) => id !== subjectId)],
    direction: draft.direction,
    outcome: draft.outcome === '' ? null : draft.outcome,
    duration,
    ...(at === null ? {} : { at }),
  };
  return ok({ values, doc: doc === null || isPlain(doc) ? null : doc });
}

/** The task a draft says. */
export function taskOf(draft: Draft, subjectId: string, here: Here): Result<Changes<typeof task>, FormIssue> {
  const title = draft.subject.trim();
  if (title === '') return fail({ field: 'subject', message: 'Say what is to be done.' });
  const due = draft.due.trim() === '' ? null : parseWhen(draft.due, here);
  if (draft.due.trim() !== '' && due === null) {
    return fail({ field: 'due', message: 'Write a day, with a time if you like: tomorrow, Fri 15:00.' });
  }
  return ok({ title, due, note: draft.body.trim(), about: [subjectId, ...draft.also] });
}

/** Epoch ms of what somebody typed; a day without a time is its noon. Undefined when it cannot be read. */
function instantOf(text: string, { today, zone }: Here): number | undefined {
  const when = parseWhen(text, { today, zone });
  if (when === null) return undefined;
  return whenInstant(whenTime(when) === null ? `${when}T12:00[${zone}]` : when, zone);
}

const UNITS: Readonly<Record<string, number>> = {
  h: 3_600,
  std: 3_600,
  hour: 3_600,
  hours: 3_600,
  m: 60,
  min: 60,
  mins: 60,
  minutes: 60,
  minute: 60,
  s: 1,
  sec: 1,
  seconds: 1,
};

/** A week: what is longer is a slip of the finger. */
const LONGEST_SECONDS = 7 * 24 * 3_600;

/** Seconds: `12` and `12 min`, `1 h 20`, `45 s`, a timer's `12:05` or `1:02:30`. Null for nothing, undefined for nonsense. */
export function parseDuration(text: string): number | null | undefined {
  const trimmed = text.trim().toLowerCase().replace(',', '.');
  if (trimmed === '') return null;
  const clock = /^(?:(\d{1,3}):)?(\d{1,3}):([0-5]\d)$/.exec(trimmed);
  if (clock) return sensible(Number(clock[1] ?? 0) * 3_600 + Number(clock[2]) * 60 + Number(clock[3]));
  const parts = [...trimmed.matchAll(/(\d+(?:\.\d+)?)\s*([a-z]*)\.?\s*/g)];
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== trimmed) return undefined;
  let seconds = 0;
  let smaller = 60;
  for (const [, amount, unit = ''] of parts) {
    const size = unit === '' ? smaller : Object.hasOwn(UNITS, unit) ? UNITS[unit] : undefined;
    if (size === undefined) return undefined;
    seconds += Number(amount) * size;
    smaller = size === 3_600 ? 60 : 1;
  }
  return sensible(Math.round(seconds));
}

const sensible = (seconds: number): number | undefined => (seconds > LONGEST_SECONDS ? undefined : seconds);

/** `12 min`, `1 h 20 min`, `45 s`; '' for nothing. */
export function durationText(seconds: number | null): string {
  if (seconds === null || seconds <= 0) return '';
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  const [hours, rest] = [Math.floor(minutes / 60), minutes % 60];
  return [hours > 0 ? `${hours} h` : '', rest > 0 ? `${rest} min` : ''].filter((part) => part !== '').join(' ');
}

/** A running timer: `0:07`, `12:05`, `1:02:30`. */
export function timerText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [hours, minutes, rest] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  const end = `${String(minutes).padStart(hours > 0 ? 2 : 1, '0')}:${String(rest).padStart(2, '0')}`;
  return hours > 0 ? `${hours}:${end}` : end;
}

/** The words of a draft in the kind it is turned into: what was written as a note is the text of the call. */
export function turnedInto(draft: Draft, kind: ComposerKind): Draft {
  if (draft.kind === kind) return draft;
  if (draft.kind === 'note' && draft.note !== null && draft.body === '') {
    return { ...draft, kind, body: plainTextOf(draft.note) };
  }
  if (kind === 'note' && draft.body.trim() !== '' && (draft.note === null || plainTextOf(draft.note).trim() === '')) {
    return { ...draft, kind, note: docOfText(draft.body) };
  }
  return { ...draft, kind };
}
