/** What people do with what happened: write it down, correct it, pin it, put it into the trash, show it on more records. */
import { type ActivityKind, activity, activityKind } from '../entities/activity.ts';
import type { Changes } from '../model/entity.ts';
import type { Id } from '../model/id.ts';
import { CommandRefused, mustGet, type Tx } from './command.ts';

type ActivityChanges = Changes<typeof activity>;

/** Characters of a text that a person may save in one piece; a longer one is kept as a draft. */
export const LONGEST_NOTE = 200_000;

/** A clock that is a day ahead is not believed; what is planned is an appointment or a task. */
const FURTHEST_AHEAD_MS = 24 * 3_600_000;

/** What each kind can say beyond its text; the rest would be leftovers of another kind. */
const DETAILS: Readonly<Record<ActivityKind, readonly (keyof ActivityChanges)[]>> = {
  note: [],
  call: ['direction', 'outcome', 'duration'],
  email: ['direction', 'from', 'to'],
  meeting: ['duration'],
  message: ['direction'],
};

/** Writes down what happened, now unless it says when. Who writes it down did it unless it says who. */
export function logActivity(tx: Tx, values: ActivityChanges): Id<'activity'> {
  const kind = activityKind(values);
  checkActivity(tx, { ...values, kind });
  if ((values.about ?? []).length === 0) {
    throw new CommandRefused('invalid', 'Say whom or what this is about. It is kept as a draft until then.');
  }
  if ((values.subject ?? '') === '' && (values.body ?? '').trim() === '' && kind === 'note') {
    throw new CommandRefused('invalid', 'A note needs some text.');
  }
  return tx.insert(activity, {
    by: tx.actor === '' ? null : tx.actor,
    ...withoutOtherKinds(kind, values),
    kind,
    at: values.at ?? tx.now,
  });
}

/** Corrects an entry. The text of a note that is written together is changed in the text itself. */
export function editActivity(tx: Tx, { id, changes }: { id: string; changes: ActivityChanges }): void {
  const current = mustGet(tx, activity, id);
  checkActivity(tx, changes);
  const kind = activityKind({ kind: changes.kind ?? current.kind });
  tx.patch(activity, id, { ...changes, ...(kind === current.kind ? {} : emptied(kind)) });
}

/** Keeps entries at the top of every timeline they are in, or lets them go back to their day. */
export function pinActivities(tx: Tx, { ids, pinned }: { ids: readonly string[]; pinned: boolean }): void {
  for (const id of ids) tx.patch(activity, id, { pinned });
}

/** Shows an entry on more records, or on fewer; on one at least. */
export function linkActivity(
  tx: Tx,
  { id, add = [], remove = [] }: { id: string; add?: readonly string[]; remove?: readonly string[] },
): void {
  const { about } = mustGet(tx, activity, id);
  const left = [...new Set([...about, ...add])].filter((each) => !remove.includes(each));
  if (left.length === 0) {
    throw new CommandRefused('conflict', 'An entry belongs to at least one record. Delete it when it is not needed.');
  }
  tx.patch(activity, id, { about: left });
}

function checkActivity(tx: Tx, { at, body, subject }: ActivityChanges): void {
  if (at !== undefined && at !== null && at > tx.now + FURTHEST_AHEAD_MS) {
    throw new CommandRefused('invalid', 'This lies in the future. Plan it as a task, or choose when it happened.');
  }
  if ((body ?? '').length > LONGEST_NOTE || (subject ?? '').length > LONGEST_NOTE) {
    throw new CommandRefused(
      'invalid',
      'This text is longer than 200,000 characters. It is kept as a draft; save it in two parts.',
    );
  }
}

const ALL_DETAILS = new Set(Object.values(DETAILS).flat());

function withoutOtherKinds(kind: ActivityKind, values: ActivityChanges): ActivityChanges {
  const isOwn = (name: string) => {
    const detail = name as keyof ActivityChanges;
    return !ALL_DETAILS.has(detail) || DETAILS[kind].includes(detail);
  };
  return Object.fromEntries(Object.entries(values).filter(([name]) => isOwn(name))) as ActivityChanges;
}

const INITIAL: ActivityChanges = { direction: null, outcome: null, duration: null, from: '', to: '' };

/** A call that becomes a note has no outcome any more. */
function emptied(kind: ActivityKind): ActivityChanges {
  const others = [...ALL_DETAILS].filter((name) => !DETAILS[kind].includes(name));
  return Object.fromEntries(others.map((name) => [name, INITIAL[name]])) as ActivityChanges;
}
