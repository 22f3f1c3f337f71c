/**
 * The next generation of a room: when its edits outweigh its records, they are folded into a fresh document, and the
 * devices go over to that. The old room still takes what devices bring that were away; each late entry is carried over.
 */
import * as Y from 'yjs';
import { entities } from '../../shared/entities/registry.ts';
import { editWeight, foldRecords, hasTexts } from '../../shared/sync/fold-records.ts';
import { missingEntries, putEntry } from '../../shared/sync/missing-entries.ts';
import { parseKey, RECORDS } from '../../shared/sync/record-keys.ts';
import { formatRoomName, parseRoomName } from '../../shared/sync/room-names.ts';
import { Applied } from './change-history.ts';
import type { Room, RoomServices } from './room.ts';
import { storeOwn } from './store-own.ts';

/** Below this many keys a room loads in a frame or two, whatever its edits. */
const FEWEST_KEYS = 20_000;
/** Its presence is on the socket of this room; it has few edits. */
const STAYS = 'workspace';
/** So many keys were written for each record. */
const HEAVY = 4;

/** The name of the next generation if the room should have one now; else null. */
export function nextGeneration(room: Room, fewestKeys = FEWEST_KEYS): string | null {
  const parsed = parseRoomName(room.name);
  if (parsed === null || parsed.kind === 'timeline' || parsed.kind === STAYS || !room.isSettled || hasTexts(room.doc))
    return null;
  const { keys, bases } = editWeight(room.doc);
  if (keys < fewestKeys || keys < HEAVY * bases) return null;
  return formatRoomName({ ...parsed, generation: parsed.generation + 1 });
}

/** Stores the next generation; from then on `room` has a successor. The room must be settled. */
export function beginGeneration({ log }: RoomServices, room: Room, next: string): void {
  const doc = foldRecords(room.doc, entities);
  log.beginGeneration({ from: room.name, to: next, snapshot: Y.encodeStateAsUpdate(doc), client: doc.clientID });
  doc.destroy();
}

export interface Carrier {
  /** Copies what came since the last call. @throws when the disk refuses; it is tried again with the next. */
  carry(): void;
}

/**
 * Watches a room that has a successor.
 *
 * @param isBehind updates of the room came in that may not have been carried: the process ended in between.
 */
export function createCarrier(
  services: RoomServices,
  room: Room,
  options: { successor: () => Room; isBehind: boolean },
): Carrier {
  const map = room.doc.getMap(RECORDS);
  /** Key → who wrote it. */
  const pending = new Map<string, string | null>();
  let isBehind = options.isBehind;
  map.observe((event, transaction) => {
    const userId = transaction.origin instanceof Applied ? transaction.origin.userId : null;
    for (const key of event.keysChanged) pending.set(key, userId);
  });

  return {
    carry() {
      if (pending.size === 0 && !isBehind) return;
      const successor = options.successor();
      services.committer.flush();
      const target = successor.records;
      if (isBehind) {
        const missing = missingEntries(room.doc, target);
        storeOwn(services, { involved: [successor], userId: null }, (origin) =>
          successor.doc.transact(() => {
            for (const entry of missing) putEntry(target.map, entry);
          }, origin),
        );
      }
      for (const userId of new Set(pending.values())) {
        storeOwn(services, { involved: [successor], userId }, (origin) =>
          successor.doc.transact(() => {
            for (const [key, writer] of pending) if (writer === userId) carryKey(map, target.map, key);
          }, origin),
        );
      }
      pending.clear();
      isBehind = false;
      services.log.setCarried(room.name, room.lastSeq);
    },
  };
}

/** A record or an edit goes over as it is, also one that loses: both values are kept. A deletion is a replacement that was seen. */
function carryKey(from: Y.Map<unknown>, to: Y.Map<unknown>, key: string): void {
  if (from.has(key) && !to.has(key)) to.set(key, from.get(key));
  // A base is never deleted by a device; one that was folded stays.
  else if (!from.has(key) && parseKey(key).kind === 'edit') to.delete(key);
}
