import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { entities } from '../../shared/entities/registry.ts';
import { RECORDS } from '../../shared/sync/record-keys.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { formatStamp } from '../../shared/sync/stamp.ts';
import { openMemoryDatabase } from '../storage/data-folder.ts';
import { createUpdateLog } from '../storage/update-log.ts';
import { createRooms } from './rooms.ts';

const OLD = 'team.directory.1';
const NEXT = 'team.directory.2';
const ID = 'contact_a000000000000000';
const stampAt = (time: number) => formatStamp(1_700_000_000_000 + time, 0, 'annaxx1234');

/** A room with one record that was renamed 30 times, and the log it is in. */
function setupHeavyRoom() {
  const db = openMemoryDatabase();
  const log = createUpdateLog(db);
  log.ensureRoom(OLD);
  const device = new Y.Doc();
  const map = device.getMap(RECORDS);
  const append = (room: string, doc: Y.Doc, since: Uint8Array) =>
    log.commit({
      updates: [{ room, data: Y.encodeStateAsUpdate(doc, since), userId: 'user_anna', claims: [] }],
      quarantine: [],
      changes: [],
      historySeqs: new Map(),
    });
  map.set(ID, JSON.stringify({ t: 'contact', s: stampAt(0), firstName: 'Nr 0' }));
  for (let time = 1; time <= 30; time++) {
    map.set(`${ID}/firstName/${stampAt(time)}`, `Nr ${time}`);
    if (time > 1) map.delete(`${ID}/firstName/${stampAt(time - 1)}`);
  }
  append(OLD, device, Y.encodeStateVector(new Y.Doc()));
  return { log, device, map, append, newRooms: () => createRooms({ log, idleMs: 0 }) };
}

test('a room whose edits outweigh its records goes on in the next generation, under the old name too', () => {
  const { log, newRooms } = setupHeavyRoom();
  const rooms = newRooms();
  rooms.renew(OLD, 100);
  expect(log.successorOf(OLD)).toBeNull();
  rooms.renew(OLD, 20);
  expect(log.successorOf(OLD)).toBe(NEXT);
  expect(rooms.open(OLD).name).toBe(NEXT);
  expect(rooms.open(OLD).records.get(ID)).toMatchObject({ firstName: 'Nr 30' });
  expect(rooms.openExact(OLD).records.get(ID)).toMatchObject({ firstName: 'Nr 30' });
  expect(Y.encodeStateAsUpdate(rooms.open(OLD).doc).length).toBeLessThan(300);
  rooms.close();
});

test('killed between the acknowledgement of a late change and its carrying over: the next start carries it', () => {
  const { log, device, map, append, newRooms } = setupHeavyRoom();
  const first = newRooms();
  first.renew(OLD, 20);
  first.close();
  // A late device's update reached the old room's log, and then the process ended.
  const before = Y.encodeStateVector(device);
  map.set(`${ID}/lastName/${stampAt(40)}`, 'Late');
  map.set('contact_b000000000000000', JSON.stringify({ t: 'contact', s: stampAt(41), firstName: 'Late too' }));
  append(OLD, device, before);
  const second = newRooms();
  const reread = new Y.Doc();
  const { snapshot, updates } = log.load(NEXT);
  if (snapshot !== null) Y.applyUpdate(reread, snapshot);
  for (const { data } of updates) Y.applyUpdate(reread, data);
  const records = new RoomRecords(reread, entities);
  expect(records.get(ID)).toMatchObject({ firstName: 'Nr 30', lastName: 'Late' });
  expect(records.get('contact_b000000000000000')).toMatchObject({ firstName: 'Late too' });
  expect(log.load(OLD).carriedSeq).toBe(updates.length > 0 ? second.openExact(OLD).lastSeq : -1);
  second.close();
});

test('a room with a text that several people write keeps its generation', () => {
  const { log, device, append, newRooms } = setupHeavyRoom();
  const before = Y.encodeStateVector(device);
  device.getXmlFragment('text:contact_a').insert(0, [new Y.XmlElement('paragraph')]);
  append(OLD, device, before);
  const rooms = newRooms();
  rooms.renew(OLD, 20);
  expect(log.successorOf(OLD)).toBeNull();
  rooms.close();
});
