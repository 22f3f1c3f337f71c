import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { entities } from '../entities/registry.ts';
import { RECORDS } from './record-keys.ts';
import { RoomRecords } from './room-records.ts';
import { scrubRecords } from './scrub.ts';

const GONE = 'contact_gone000000000000';
const KEPT = 'contact_kept000000000000';
const STAMP = '0001';

function docWithTwo() {
  const doc = new Y.Doc();
  const map = doc.getMap(RECORDS);
  for (const id of [GONE, KEPT]) {
    map.set(id, JSON.stringify({ t: 'contact', s: STAMP, firstName: id }));
    map.set(`${id}/emails:${id}@acme.test/${STAMP}`, { value: `${id}@acme.test`, label: '' });
  }
  return { doc, map };
}
const remove = (map: Y.Map<unknown>) => {
  for (const key of [...map.keys()]) if (key.startsWith(GONE)) map.delete(key);
};
const textOf = (doc: Y.Doc) => Buffer.from(Y.encodeStateAsUpdate(doc)).toString('latin1');

test('Yjs keeps the keys of what was deleted; scrubbed they are gone, and all else is as it was', () => {
  const { doc, map } = docWithTwo();
  remove(map);
  expect(textOf(doc)).toContain(`${GONE}@acme.test`);
  const before = Y.encodeStateVector(doc);
  expect(scrubRecords(doc, new Set([GONE]))).toBe(2);
  expect(textOf(doc)).not.toContain(GONE);
  expect(Y.encodeStateVector(doc)).toEqual(before);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc));
  expect(copy.getMap(RECORDS).toJSON()).toEqual(map.toJSON());
  expect(textOf(copy)).toContain(`${KEPT}@acme.test`);
});

test('what is not deleted is not scrubbed', () => {
  const { doc, map } = docWithTwo();
  expect(scrubRecords(doc, new Set([GONE]))).toBe(0);
  expect(map.size).toBe(4);
});

test('replicas that were scrubbed and that were not go on together, whoever writes', () => {
  const { doc: server, map } = docWithTwo();
  const device = new Y.Doc();
  Y.applyUpdate(device, Y.encodeStateAsUpdate(server));
  // Away meanwhile, it edits what is being erased and something else.
  const late = device.getMap(RECORDS);
  late.set(`${GONE}/lastName/0002`, 'late');
  late.set(`${KEPT}/lastName/0002`, 'Smith');
  remove(map);
  scrubRecords(server, new Set([GONE]));
  Y.applyUpdate(server, Y.encodeStateAsUpdate(device, Y.encodeStateVector(server)));
  Y.applyUpdate(device, Y.encodeStateAsUpdate(server, Y.encodeStateVector(device)));
  expect(device.getMap(RECORDS).toJSON()).toEqual(map.toJSON());
  expect(new RoomRecords(server, entities).get(KEPT)?.lastName).toBe('Smith');
  // The server takes the late edit away again, and both scrub.
  remove(map);
  Y.applyUpdate(device, Y.encodeStateAsUpdate(server, Y.encodeStateVector(device)));
  for (const doc of [server, device]) scrubRecords(doc, new Set([GONE]));
  expect(textOf(server)).not.toContain(GONE);
  expect(textOf(device)).not.toContain(GONE);
});
