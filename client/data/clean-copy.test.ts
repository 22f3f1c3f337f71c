// @vitest-environment node
import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { keepCopyClean } from './clean-copy.ts';
import { type LocalStore, openLocalStore } from './local-store.ts';

const GONE = 'contact_gone000000000000';
const KEPT = 'contact_kept000000000000';
let nextName = 0;
const ends: (() => unknown)[] = [];

afterEach(async () => {
  for (const end of ends.splice(0).toReversed()) await end();
});

async function setupDevice(name = `clean-${nextName++}`) {
  const doc = new Y.Doc();
  const store = openLocalStore({ name, doc, onProblem: () => undefined });
  ends.push(() => store.close());
  await store.loaded;
  return { name, doc, store, map: doc.getMap('records') };
}

function setupServer() {
  const doc = new Y.Doc();
  const map = doc.getMap('records');
  for (const id of [GONE, KEPT]) {
    map.set(id, `{"t":"contact","firstName":"Secret ${id}"}`);
    map.set(`${id}/emails:${id}@acme.test/1`, { value: 'x' });
  }
  const removeGone = () => {
    for (const key of [...map.keys()]) if (key.startsWith(GONE)) map.delete(key);
  };
  return { doc, removeGone };
}

/** Every byte of a room that is stored on this device. */
async function storedBytes(name: string): Promise<string> {
  const db = await new Promise<IDBDatabase>((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => resolve(request.result);
  });
  const rows = await new Promise<Uint8Array[]>((resolve) => {
    const request = db.transaction('updates').objectStore('updates').getAll();
    request.onsuccess = () => resolve(request.result as Uint8Array[]);
  });
  db.close();
  return rows.map((row) => Buffer.from(row).toString('latin1')).join('');
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200 && !(await holds()); tries++) await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await holds()).toBe(true);
}
const follow = (device: Y.Doc, server: Y.Doc) =>
  Y.applyUpdate(device, Y.encodeStateAsUpdate(server, Y.encodeStateVector(device)), 'line');
const watch = (device: { doc: Y.Doc; store: LocalStore }) => {
  const removed: string[] = [];
  ends.push(keepCopyClean({ ...device, onRemoved: (ids) => removed.push(...ids) }));
  return removed;
};

test('a removal that comes while the room is open leaves nothing in the copy on this device', async () => {
  const server = setupServer();
  const device = await setupDevice();
  follow(device.doc, server.doc);
  await device.store.stored();
  const removed = watch(device);
  expect(await storedBytes(device.name)).toContain(`Secret ${GONE}`);
  server.removeGone();
  follow(device.doc, server.doc);
  await until(async () => !(await storedBytes(device.name)).includes(GONE));
  expect(removed).toEqual([GONE]);
  expect(await storedBytes(device.name)).toContain(`Secret ${KEPT}`);
});

test('what an earlier page had not cleaned is found when the room is opened again', async () => {
  const server = setupServer();
  const first = await setupDevice();
  follow(first.doc, server.doc);
  server.removeGone();
  follow(first.doc, server.doc);
  await first.store.close();
  const second = await setupDevice(first.name);
  expect(await storedBytes(first.name)).toContain(GONE);
  const removed = watch(second);
  await until(async () => !(await storedBytes(first.name)).includes(GONE));
  expect(removed).toEqual([GONE]);
});

test('an edit that a newer one replaced is no removal', async () => {
  const server = setupServer();
  const device = await setupDevice();
  follow(device.doc, server.doc);
  const removed = watch(device);
  const map = server.doc.getMap('records');
  map.set(`${KEPT}/firstName/2`, 'New');
  map.delete(`${KEPT}/emails:${KEPT}@acme.test/1`);
  follow(device.doc, server.doc);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(removed).toEqual([]);
});
