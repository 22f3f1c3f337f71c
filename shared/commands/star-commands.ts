/** Records somebody wants at hand: each person's own, the same on all their devices. */
import { member } from '../entities/member.ts';
import { mustGet, type Tx } from './command.ts';

/** Stars a record for the person who asks, or takes the star away. */
export function starRecord(tx: Tx, { id, starred }: { readonly id: string; readonly starred: boolean }): void {
  const me = mustGet(tx, member, tx.actor);
  const others = me.stars.filter((each) => each !== id);
  tx.patch(member, me.id, { stars: starred ? [...others, id] : others });
}
