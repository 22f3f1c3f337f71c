/**
 * Stamps from the future. A device whose clock is days ahead, and which was offline when it wrote, would win over everybody
 * for days. Its changes are kept and get a stamp of now: they win over what was written before, and lose to what comes after.
 * The change history keeps the original stamp, flagged.
 */
import { editKey, parseKey, RECORDS, readBase } from '../../shared/sync/record-keys.ts';
import { createClock, newWriter, type Stamp, stampTime } from '../../shared/sync/stamp.ts';
import { CLOCK_TOLERANCE_MS } from './change-history.ts';
import type { Room, RoomServices } from './room.ts';
import { storeOwn } from './store-own.ts';

/** Gives the live entries among `keys` stamps of now, in the order they had. One old stamp becomes one new one. */
export function restamp(services: RoomServices, room: Room, keys: readonly string[]): void {
  const { now } = services;
  const records = room.doc.getMap<unknown>(RECORDS);
  const clock = createClock(now, newWriter(''));
  const limit = now() + CLOCK_TOLERANCE_MS;
  const ahead = keys
    .map((key) => ({ key, stamp: stampIn(key, records.get(key)) }))
    .filter(({ key, stamp }) => records.has(key) && stampTime(stamp) > limit)
    .sort((left, right) => (left.stamp < right.stamp ? -1 : 1));
  if (ahead.length === 0) return;
  const renewed = new Map<Stamp, Stamp>();
  for (const { stamp } of ahead) if (!renewed.has(stamp)) renewed.set(stamp, clock.next());

  storeOwn(services, { involved: [room], userId: null }, (origin) =>
    room.doc.transact(() => {
      for (const { key, stamp } of ahead) {
        const parsed = parseKey(key);
        const next = renewed.get(stamp) ?? stamp;
        if (parsed.kind === 'base') {
          records.set(key, JSON.stringify({ ...readBase(records.get(key)), s: next }));
          continue;
        }
        const value = records.get(key);
        records.delete(key);
        records.set(editKey(parsed.id, parsed.path, next), value);
      }
    }, origin),
  );
}

function stampIn(key: string, value: unknown): Stamp {
  const parsed = parseKey(key);
  if (parsed.kind === 'edit') return parsed.stamp;
  const { s } = readBase(value);
  return typeof s === 'string' ? s : '';
}
