/**
 * Stamps from the future. A device whose clock is days ahead, and which was offline when it wrote, would win over everybody
 * for days, and so would a move between stages that claims to be the last. Its changes are kept and get a stamp of now: they win over what was written before, and lose to what comes after.
 * The change history keeps the original stamp, flagged.
 */
import { RECORDS } from '../../shared/sync/record-keys.ts';
import { createClock, newWriter, type Stamp, stampTime } from '../../shared/sync/stamp.ts';
import { CLOCK_TOLERANCE_MS } from './change-history.ts';
import { mapStamps, stampsIn } from './entry-stamps.ts';
import type { Room, RoomServices } from './room.ts';
import { storeOwn } from './store-own.ts';

/** Gives the live entries among `keys` stamps of now, in the order they had. One old stamp becomes one new one. */
export function restamp(services: RoomServices, room: Room, keys: readonly string[]): void {
  const { now } = services;
  const records = room.doc.getMap<unknown>(RECORDS);
  const clock = createClock(now, newWriter(''));
  const limit = now() + CLOCK_TOLERANCE_MS;
  const isAhead = (stamp: Stamp) => stampTime(stamp) > limit;
  const ahead = keys
    .filter((key) => records.has(key))
    .map((key) => ({ key, value: records.get(key) }))
    .filter((entry) => stampsIn(entry).some(isAhead));
  if (ahead.length === 0) return;
  const renewed = new Map<Stamp, Stamp>();
  for (const stamp of ahead.flatMap(stampsIn).filter(isAhead).sort()) {
    if (!renewed.has(stamp)) renewed.set(stamp, clock.next());
  }

  storeOwn(services, { involved: [room], userId: null }, (origin) =>
    room.doc.transact(() => {
      for (const entry of ahead) {
        const { key, value } = mapStamps(entry, (stamp) => renewed.get(stamp) ?? stamp);
        if (key !== entry.key) records.delete(entry.key);
        records.set(key, value);
      }
    }, origin),
  );
}
