/** What a person hears of their own changes that met a removal: in their inbox, because they may not be looking when it happens. */
import { notice } from '../entities/notice.ts';
import { idFromCause } from '../model/id.ts';
import type { Tx } from './command.ts';

export interface MetRemoval {
  /** The record that is gone. */
  readonly id: string;
  readonly title: string;
  /** Labels of the changed fields. */
  readonly labels: readonly string[];
  /** Of the newest of the changes. */
  readonly stamp: string;
}

const MOST_LABELS = 3;
const MOST_TOLD = 20;

/** Notes each once, whichever of the person's tabs and devices meets it first. */
export function noteRemovals(tx: Tx, met: readonly MetRemoval[]): void {
  for (const { id, title, labels, stamp } of met.slice(0, MOST_TOLD)) {
    const noticeId = idFromCause('notice', `${tx.actor}:removed:${id}:${stamp}`);
    if (tx.get(notice, noticeId)) continue;
    const what = labels.slice(0, MOST_LABELS).join(', ').toLowerCase();
    const rest = labels.length > MOST_LABELS ? ' and more' : '';
    const text = `${title || 'A record'} was removed while you were away. What you changed (${what}${rest}) is in the history.`;
    const values = { owner: tx.actor || null, kind: 'change' as const, record: [], by: null, at: tx.now, text };
    tx.insert(notice, values, noticeId);
  }
}
