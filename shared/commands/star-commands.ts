/** Records somebody wants at hand: each person has their own. */
import { star, starIdFor } from '../entities/star.ts';
import type { Tx } from './command.ts';

/** Stars a record for the person who asks, or takes the star away. */
export function starRecord(tx: Tx, { id, starred }: { readonly id: string; readonly starred: boolean }): void {
  const starId = starIdFor(tx.actor, id);
  if (tx.get(star, starId)) tx.patch(star, starId, { deleted: !starred });
  else if (starred) tx.insert(star, { owner: tx.actor || null, records: [id] }, starId);
}
