/** Records somebody wants at hand: each person has their own. */
import { star, starIdFor } from '../entities/star.ts';
import type { Tx } from './command.ts';

/** Stars a record for the person who asks, or takes the star away: also one that was given to what it was merged from. */
export function starRecord(tx: Tx, { id, starred }: { readonly id: string; readonly starred: boolean }): void {
  if (!starred) {
    for (const each of [id, ...tx.mergedFrom(id)]) {
      const given = starIdFor(tx.actor, each);
      if (tx.get(star, given)) tx.patch(star, given, { deleted: true });
    }
    return;
  }
  const starId = starIdFor(tx.actor, id);
  if (tx.get(star, starId)) tx.patch(star, starId, { deleted: false });
  else tx.insert(star, { owner: tx.actor || null, records: [id] }, starId);
}
