/**
 * Removing records for good. Deleting is an edit that anybody can take back; this takes the keys out of the document, on the
 * server and on every device that meets it. Only what is in the trash can go, and the history keeps who and when, not what.
 * What was merged into a record goes with it: alone it would be a record of its own again.
 */
import { entities } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { editKey } from '../../shared/sync/record-keys.ts';
import { addressOf, formatRoomName, parseRoomName } from '../../shared/sync/room-names.ts';
import { stampTime } from '../../shared/sync/stamp.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { storeOwn } from './store-own.ts';

export interface PurgeOptions {
  readonly ids: readonly string[];
  /** Who asked; null for the server's own retention. */
  readonly userId: string | null;
  /** Where they may be: nothing outside of these spaces is touched. */
  readonly spaces: readonly string[];
}

/**
 * Removes those of the records that are in the trash and returns their ids.
 *
 * @throws RoomDamaged and disk errors; then nothing was changed.
 */
export function purgeRecords(rooms: Rooms, { ids, userId, spaces }: PurgeOptions): readonly string[] {
  rooms.services.committer.flush();
  const byRoom = new Map<Room, string[]>();
  for (const id of new Set(ids)) {
    const room = roomOfRecord(rooms, id, spaces);
    if (room?.records.get(id)?.deleted !== true) continue;
    const gone = [id, ...room.records.merges().mergedFrom(id)];
    const group = byRoom.get(room);
    if (group) group.push(...gone);
    else byRoom.set(room, gone);
  }
  if (byRoom.size === 0) return [];
  storeOwn(rooms.services, { involved: [...byRoom.keys()], userId }, (origin) => {
    for (const [room, group] of byRoom) {
      room.doc.transact(() => {
        for (const id of group) removeKeys(room, id);
      }, origin);
    }
  });
  return [...new Set([...byRoom.values()].flat())];
}

/** Ids of what was put into the trash before a moment, in the rooms that are in memory. */
export function trashedBefore(rooms: Rooms, moment: number): readonly string[] {
  const found: string[] = [];
  for (const room of rooms.loaded()) {
    for (const name of Object.keys(entities)) {
      for (const id of room.records.ids(name)) {
        const deleted = room.records.stateOf(id)?.edits?.get('deleted')?.[0];
        if (deleted?.value === true && stampTime(deleted.stamp) < moment) found.push(id);
      }
    }
  }
  return found;
}

/** The room of these spaces that a record is in. */
export function roomOfRecord(
  rooms: Pick<Rooms, 'open' | 'services'>,
  id: string,
  spaces: readonly string[],
): Room | undefined {
  const name = entityNameOf(id);
  const entity = Object.hasOwn(entities, name) ? entities[name as keyof typeof entities] : undefined;
  if (!entity) return undefined;
  for (const space of spaces) {
    const full = formatRoomName({ space, ...addressOf(entity, id), generation: 1 });
    if (parseRoomName(full) === null || !rooms.services.log.hasRoom(full)) continue;
    const room = rooms.open(full);
    if (room.records.stateOf(id)?.base !== undefined) return room;
  }
  return undefined;
}

/** Takes everything of a record out of a room. Call inside a transaction of its document. */
export function removeKeys(room: Room, id: string): void {
  const { map, doc } = room.records;
  for (const [path, edits] of room.records.stateOf(id)?.edits ?? []) {
    for (const { stamp } of edits) map.delete(editKey(id, path, stamp));
  }
  map.delete(id);
  // The text that belongs to it, if somebody wrote one.
  if (doc.share.has(`text:${id}`)) {
    const text = doc.getXmlFragment(`text:${id}`);
    text.delete(0, text.length);
  }
}

export interface TrashClock {
  readonly rooms: Rooms;
  readonly history: { forget(records: readonly string[]): void };
  readonly spaces: { all(): readonly string[] };
  /** 0 = never. Asked each time. */
  readonly days: () => number;
  readonly now: () => number;
  readonly report: (message: string, error?: unknown) => void;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

export interface RunningTrashClock {
  /** Somebody has chosen another time: the next look is in an hour, so that there is one to think better of it. */
  begin(): void;
  stop(): void;
}

/** Looks every hour for what has been in the trash long enough. */
export function emptyTrashByTheClock({ rooms, history, spaces, days, now, report }: TrashClock): RunningTrashClock {
  const look = () => {
    const kept = days();
    if (kept === 0) return;
    try {
      const ids = trashedBefore(rooms, now() - kept * DAY_MS);
      if (ids.length === 0) return;
      history.forget(purgeRecords(rooms, { ids, userId: null, spaces: spaces.all() }));
      report(`${ids.length} records were in the trash for ${kept} days and are removed for good`);
    } catch (error) {
      report('The trash could not be emptied; it is tried again in an hour', error);
    }
  };
  let timer: NodeJS.Timeout | undefined;
  const stop = () => clearInterval(timer);
  const begin = () => {
    stop();
    timer = setInterval(look, HOUR_MS);
    timer.unref();
  };
  begin();
  return { begin, stop };
}
