import { expect, test } from 'vitest';
import * as Y from 'yjs';
import type { StoredRoom } from '../storage/update-log.ts';
import { ROOM, setUpMemorySync } from '../testing/memory-sync.ts';
import { cleanSnapshot } from './clean-snapshot.ts';
import { foldRoom, rewriteRoom, rewriteRoomInTurns } from './fold-room.ts';

function setupWriter() {
  const sync = setUpMemorySync();
  const anna = sync.connect();
  anna.hello();
  anna.handshake();
  let count = 0;
  return {
    sync,
    room: sync.rooms.open(ROOM),
    services: sync.rooms.services,
    /** Accepted, and not on disk before `sync.flush()`. */
    write: () => anna.update(anna.edit((records) => records.set(`deal_${count++}`, '{}'))),
    keysAfterRestart() {
      sync.restart();
      return sync.rooms.open(ROOM).doc.getMap('records').size;
    },
    rawUpdates: () => sync.db.prepare<[], { n: number }>('SELECT count(*) AS n FROM updates').get()?.n,
  };
}

const snapshotOf = ({ snapshot, updates }: StoredRoom) =>
  Promise.resolve(
    cleanSnapshot([...(snapshot === null ? [] : [snapshot]), ...updates.map(({ data }) => data)], new Set()),
  );

test('a room is not folded while what it accepted is not on disk, and not written anew either', () => {
  const { sync, room, services, write, keysAfterRestart } = setupWriter();
  write();
  foldRoom(services, room);
  expect(sync.log.load(ROOM).snapshot).toBeNull();
  expect(() => rewriteRoom(services, room)).toThrow('is not settled');
  sync.flush();
  foldRoom(services, room);
  expect(sync.log.load(ROOM).snapshot).not.toBeNull();
  expect(keysAfterRestart()).toBe(1);
});

test('folding keeps the updates for a month; writing a room anew leaves none, and both keep every record', () => {
  const { sync, room, services, write, keysAfterRestart, rawUpdates } = setupWriter();
  write();
  write();
  sync.flush();
  foldRoom(services, room);
  expect(rawUpdates()).toBe(2);
  rewriteRoom(services, room);
  expect(rawUpdates()).toBe(0);
  expect(keysAfterRestart()).toBe(2);
});

test('what somebody writes while a room is written anew stays in the log behind the snapshot', async () => {
  const { sync, room, services, write, keysAfterRestart, rawUpdates } = setupWriter();
  write();
  const isWritten = await rewriteRoomInTurns(services, room, (stored) => {
    write();
    sync.flush();
    return snapshotOf(stored);
  });
  expect(isWritten).toBe(true);
  expect(rawUpdates()).toBe(1);
  expect(sync.log.load(ROOM).updates).toHaveLength(1);
  expect(keysAfterRestart()).toBe(2);
});

test('a room that was folded further while its snapshot was made gets another one, of all there is', async () => {
  const { sync, room, services, write, keysAfterRestart } = setupWriter();
  write();
  let made = 0;
  const isWritten = await rewriteRoomInTurns(services, room, (stored) => {
    if (++made === 1) {
      write();
      sync.flush();
      foldRoom(services, room);
    }
    return snapshotOf(stored);
  });
  expect([isWritten, made]).toEqual([true, 2]);
  const { snapshot, updates } = sync.log.load(ROOM);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, snapshot ?? new Uint8Array());
  expect([doc.getMap('records').size, updates.length]).toEqual([2, 0]);
  expect(keysAfterRestart()).toBe(2);
});

test('a room that was loaded again while its snapshot was made keeps its log as it was', async () => {
  const { sync, room, services, write, keysAfterRestart, rawUpdates } = setupWriter();
  write();
  const isWritten = await rewriteRoomInTurns(services, room, (stored) => {
    services.drop(room, 'the test says so');
    return snapshotOf(stored);
  });
  expect(isWritten).toBe(false);
  expect(sync.log.load(ROOM).snapshot).toBeNull();
  expect(rawUpdates()).toBe(1);
  expect(keysAfterRestart()).toBe(1);
});
