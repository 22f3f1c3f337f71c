/**
 * Changes that somebody could not send before they were removed: shown as what they would do now, and applied by somebody
 * who may. Applying goes the way of every update (judge → log → document → everybody), under the name of who made them:
 * older changes lose to newer ones as if they had arrived late, and both values are kept.
 */
import { Buffer } from 'node:buffer';
import * as Y from 'yjs';
import { entities, recordTitle } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { splitPath } from '../../shared/sync/record-keys.ts';
import { parseRoomName } from '../../shared/sync/room-names.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { stampTime } from '../../shared/sync/stamp.ts';
import { Applied, watchChanges } from './change-history.ts';
import type { Peer } from './outbox.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { MalformedUpdate, scanUpdate } from './scan-update.ts';
import { refusedWrite, type Writer } from './write-rights.ts';

/** Room name → a Yjs update (V1), base64. */
export type HeldUpdates = Readonly<Record<string, string>>;

export interface HeldChange {
  readonly id: string;
  readonly entity: string;
  readonly title: string;
  /** '' when the record is made. */
  readonly field: string;
  /** The element of a set-like field that changes; null for the whole field. */
  readonly element: string | null;
  readonly old: unknown;
  readonly new: unknown;
  /** Epoch ms by the device's clock. */
  readonly at: number;
}

export interface HeldWriter extends Writer {
  readonly userId: string;
  readonly memberId: string;
}

const UNREADABLE = 'These changes cannot be read by this server. Nothing was changed; you can save them as a file.';

/** What the updates would change now, room by room; what cannot be read is left out. Changes nothing. */
export function readHeld(rooms: Rooms, updates: HeldUpdates): readonly HeldChange[] {
  return roomsOf(rooms, updates).flatMap(({ room, bytes }) => {
    const copy = new Y.Doc();
    try {
      room.settleNow();
      Y.applyUpdate(copy, Y.encodeStateAsUpdate(room.doc));
      const changes: Omit<HeldChange, 'title'>[] = [];
      const stop = watchChanges(room.name, copy, (rows) => {
        for (const { record, field, old, new: value, stamp } of rows) {
          const { field: name, element } = splitPath(field);
          const at = stamp === null ? 0 : stampTime(stamp);
          changes.push({
            id: record,
            entity: entityNameOf(record),
            field: name,
            element,
            old: parsed(old),
            new: parsed(value),
            at,
          });
        }
      });
      Y.applyUpdate(copy, bytes, new Applied({ seq: 0, userId: null, at: 0 }));
      stop();
      const records = new RoomRecords(copy, entities);
      const titles = (id: string) => {
        const record = records.get(id);
        return record === undefined ? '' : recordTitle(entities, record);
      };
      return changes.map((change) => ({ ...change, title: titles(change.id) })).sort((a, b) => a.at - b.at);
    } catch {
      return [];
    } finally {
      copy.destroy();
    }
  });
}

/**
 * Applies all of it or nothing, at once. Doing it twice changes nothing more.
 *
 * @returns why not, as a sentence; null when it is done.
 */
export function applyHeld(rooms: Rooms, updates: HeldUpdates, writer: HeldWriter): string | null {
  const parts = roomsOf(rooms, updates);
  if (parts.length < Object.keys(updates).length) return UNREADABLE;
  const submissions = [];
  for (const { room, bytes } of parts) {
    room.settleNow();
    try {
      const admission = room.judge(scanUpdate(bytes), writer.userId);
      if (admission.refused !== null) return UNREADABLE;
      if (admission.data === null) continue;
      const refusal = refusedWrite(room, { data: admission.data, entities: admission.entities }, writer);
      if (refusal !== null) return `${refusal} Nothing was changed.`;
      submissions.push({ room, bytes, admission });
    } catch (error) {
      if (error instanceof MalformedUpdate) return UNREADABLE;
      throw error;
    }
  }
  let refused = 0;
  const peer = absentPeer(writer);
  for (const { room, bytes, admission } of submissions) {
    room.submit({
      peer,
      number: null,
      admission,
      bytes,
      reason: '',
      refused: () => refused++,
      done: () => undefined,
    });
  }
  rooms.services.committer.flush();
  return refused > 0 ? UNREADABLE : null;
}

/** Whoever made the changes is not there to be answered. */
function absentPeer({ userId, memberId }: HeldWriter): Peer {
  return {
    user: { id: userId, memberId, name: '' },
    wantsSaved: false,
    isSynced: false,
    send: () => undefined,
    close: () => undefined,
  };
}

function roomsOf(rooms: Rooms, updates: HeldUpdates): { readonly room: Room; readonly bytes: Uint8Array }[] {
  return Object.entries(updates).flatMap(([name, text]) => {
    if (parseRoomName(name) === null || !rooms.services.log.hasRoom(name)) return [];
    return [{ room: rooms.openExact(name), bytes: new Uint8Array(Buffer.from(text, 'base64')) }];
  });
}

const parsed = (json: string | null): unknown => (json === null ? null : (JSON.parse(json) as unknown));
