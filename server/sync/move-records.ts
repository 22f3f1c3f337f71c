/**
 * Moving records from one space to another: under the same ids, with all their edits and texts, out of the one room and
 * into the other in one commit. What a device that was away writes into the former room afterwards goes after them.
 */
import * as Y from 'yjs';
import { editKey, parseKey, RECORDS } from '../../shared/sync/record-keys.ts';
import { formatRoomName, parseRoomName } from '../../shared/sync/room-names.ts';
import type { Spaces } from '../storage/spaces.ts';
import { Applied } from './change-history.ts';
import { removeKeys, roomOfRecord } from './purge.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { storeOwn } from './store-own.ts';

export interface MoveOptions {
  readonly ids: readonly string[];
  /** The space they go to; the mover may write there. */
  readonly to: string;
  readonly userId: string;
}

/**
 * Moves those of the records that the mover may write, and that are not there already. Returns their ids.
 *
 * @throws RoomDamaged and disk errors; then nothing was changed.
 */
export function moveRecords(rooms: Rooms, spaces: Spaces, { ids, to, userId }: MoveOptions): readonly string[] {
  const { services } = rooms;
  services.committer.flush();
  const readable = spaces.readable(userId);
  const moves = [...new Set(ids)].flatMap((id) => {
    const from = roomOfRecord(rooms, id, readable);
    const parsed = from === undefined ? null : parseRoomName(from.name);
    if (from === undefined || parsed === null || parsed.space === to || parsed.kind === 'workspace') return [];
    const name = formatRoomName({ ...parsed, space: to, generation: 1 });
    services.log.ensureRoom(name);
    return [{ id, from, into: rooms.open(name), former: formerGenerations(rooms, from) }];
  });
  if (moves.length === 0) return [];
  const moved = moves.map(({ id }) => id);
  spaces.noteMoved(moved, { space: to, by: userId });
  const involved = [...new Set(moves.flatMap(({ from, into, former }) => [from, into, ...former]))];
  storeOwn(services, { involved, userId, isSilent: true }, (origin) => {
    // Into the one before out of the other: no device should see them nowhere.
    for (const { id, from, into } of moves) into.doc.transact(() => copyRecord(from, into, id), origin);
    for (const { id, from, former } of moves) {
      for (const room of [from, ...former]) room.doc.transact(() => removeKeys(room, id), origin);
    }
  });
  services.committer.flush();
  return moved;
}

function copyRecord(from: Room, into: Room, id: string): void {
  const { map } = into.records;
  map.set(id, from.records.map.get(id));
  for (const [path, edits] of from.records.stateOf(id)?.edits ?? []) {
    for (const { stamp } of edits) {
      const key = editKey(id, path, stamp);
      map.set(key, from.records.map.get(key));
    }
  }
  const name = `text:${id}`;
  if (!from.doc.share.has(name)) return;
  const parts = from.doc.getXmlFragment(name).toArray();
  const text = into.doc.getXmlFragment(name);
  text.delete(0, text.length);
  text.insert(
    0,
    parts.filter((part) => part instanceof Y.XmlElement || part instanceof Y.XmlText).map((part) => part.clone()),
  );
}

/** Rooms that a device which was away for long may still ask for. */
function formerGenerations(rooms: Rooms, room: Room): readonly Room[] {
  const parsed = parseRoomName(room.name);
  if (parsed === null) return [];
  return Array.from({ length: parsed.generation - 1 }, (_, index) =>
    formatRoomName({ ...parsed, generation: index + 1 }),
  )
    .filter((name) => rooms.services.log.hasRoom(name))
    .map((name) => rooms.openExact(name));
}

/** What this needs of all rooms. */
type Opened = Pick<Rooms, 'open' | 'services'>;

export interface Strays {
  /** Sends what came since the last call after the records it belongs to. @throws when the disk refuses. */
  carry(): void;
}

/**
 * Watches a room for changes of records that are in another space by now.
 *
 * @param movedTo the space a record was moved to; null when it never was.
 */
export function watchForStrays(rooms: Opened, room: Room, movedTo: (record: string) => string | null): Strays {
  const parsed = parseRoomName(room.name);
  const map = room.doc.getMap<unknown>(RECORDS);
  /** Key → who wrote it. */
  const pending = new Map<string, string | null>();
  if (parsed === null || parsed.kind === 'workspace') return { carry: () => undefined };
  map.observe((event, transaction) => {
    if (!(transaction.origin instanceof Applied)) return;
    for (const key of event.keysChanged) {
      const { kind, id } = parseKey(key);
      if (kind !== 'edit' || !map.has(key) || map.has(id)) continue;
      const space = movedTo(id);
      if (space !== null && space !== parsed.space) pending.set(key, transaction.origin.userId);
    }
  });

  return {
    carry() {
      if (pending.size === 0) return;
      rooms.services.committer.flush();
      for (const [key, userId] of [...pending]) {
        const { id } = parseKey(key);
        const target = roomOfRecord(rooms, id, [movedTo(id) ?? parsed.space]);
        const value = map.get(key);
        pending.delete(key);
        if (target === undefined || target === room || value === undefined) continue;
        storeOwn(rooms.services, { involved: [target, room], userId }, (origin) => {
          target.doc.transact(() => {
            if (!target.records.map.has(key)) target.records.map.set(key, value);
          }, origin);
          room.doc.transact(() => map.delete(key), origin);
        });
      }
    },
  };
}
