/** Reminders become notices of the person they are for. How somebody wants to be told of things. */
import { notice } from '../entities/notice.ts';
import { preference, preferenceIdFor } from '../entities/preference.ts';
import type { Changes } from '../model/entity.ts';
import { type Id, idFromCause } from '../model/id.ts';
import type { Tx } from './command.ts';

export interface Told {
  /** Task, appointment or contact. */
  readonly record: string;
  /** Epoch ms of the moment. */
  readonly at: number;
  /** What it says, the record's name included. */
  readonly text: string;
}

/**
 * The reminders of a record share one notice, which moves on: a daily appointment costs one record, not one a day. Its `at`
 * is the newest moment that was told; one up to it is not told again.
 */
export function reminderIdFor(memberId: string, record: string): Id<'notice'> {
  return idFromCause('notice', `${memberId}:due:${record}`);
}

/** Notes a moment for the person whose device this is. One that was told already, here or elsewhere, changes nothing. */
export function tellReminder(tx: Tx, { record, at, text }: Told): Id<'notice'> {
  const id = reminderIdFor(tx.actor, record);
  const known = tx.get(notice, id);
  if (!known) {
    return tx.insert(notice, { owner: tx.actor || null, kind: 'due', record: [record], at, text }, id);
  }
  if (known.at === null || known.at < at) {
    const again = { readAt: null, doneAt: null, snoozedUntil: null, shownAt: null, deleted: false };
    tx.patch(notice, id, { at, text, ...again });
  }
  return id;
}

/** Notes that a device has shown notices: one is enough. */
export function markShown(tx: Tx, ids: readonly string[]): void {
  for (const id of ids) tx.patch(notice, id, { shownAt: tx.now });
}

/** Changes how the person who asks wants to be told. */
export function setPreference(tx: Tx, changes: Changes<typeof preference>): void {
  const id = preferenceIdFor(tx.actor);
  if (tx.get(preference, id)) tx.patch(preference, id, { ...changes, deleted: false });
  else tx.insert(preference, { owner: tx.actor || null, ...changes }, id);
}
