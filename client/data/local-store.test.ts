// @vitest-environment node
import 'fake-indexeddb/auto';
import { IDBObjectStore as FakeObjectStore, IDBTransaction as FakeTransaction } from 'fake-indexeddb';
import { afterEach, expect, test, vi } from 'vitest';
import { IndexeddbPersistence } from 'y-indexeddb';
import * as Y from 'yjs';
import { deleteLocalStore, type LocalStore, openLocalStore, type StorageProblem } from './local-store.ts';

let nextName = 0;
const opened: LocalStore[] = [];

afterEach(async () => {
  vi.restoreAllMocks();
  for (const store of opened.splice(0)) await store.close();
});

function setupStore(name = `room-${nextName++}`, doc = new Y.Doc()) {
  const problems: StorageProblem[] = [];
  const store = openLocalStore({ name, doc, onProblem: (problem) => problems.push(problem) });
  opened.push(store);
  const set = (key: string, value: unknown) => doc.getMap('records').set(key, value);
  return { name, doc, store, problems, set, content: () => doc.getMap('records').toJSON() };
}

const written = async (store: LocalStore) => {
  while (store.unsaved() > 0) await new Promise((resolve) => setTimeout(resolve, 1));
};

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await new Promise((resolve) => setTimeout(resolve, 4));
  expect(holds()).toBe(true);
}

/** Makes the next `times` writes end as a full or broken disk ends them: the transaction is taken back. */
function failWrites(times: number, name: string) {
  const add = FakeObjectStore.prototype.add;
  let left = times;
  return vi.spyOn(FakeObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...args) {
    if (left-- > 0) throw new DOMException('no', name);
    return add.apply(this as never, args as never) as never;
  });
}

test('what was written is there after a reload, and a change counts as unsaved until its transaction is complete', async () => {
  const first = setupStore();
  await first.store.loaded;
  first.set('a', 1);
  expect(first.store.unsaved()).toBe(1);
  await written(first.store);
  first.set('b', 2);
  await first.store.close();
  const second = setupStore(first.name);
  await second.store.loaded;
  expect(second.content()).toEqual({ a: 1, b: 2 });
});

test('the changes of one turn are one transaction, which is committed at once and not left to this page', async () => {
  const { store, set } = setupStore();
  await store.loaded;
  const commit = vi.spyOn(FakeTransaction.prototype, 'commit');
  for (let index = 0; index < 100; index++) set(`k${index}`, index);
  store.writeNote('own/7', 12);
  expect(store.unsaved()).toBe(101);
  await Promise.resolve();
  expect(commit).toHaveBeenCalledTimes(1);
  await store.stored();
  expect(store.unsaved()).toBe(0);
});

test('what a failed transaction held counts as unsaved until it is written after all, notes included', async () => {
  const first = setupStore();
  await first.store.loaded;
  failWrites(1, 'UnknownError');
  first.set('a', 1);
  first.store.writeNote('own/7', 12);
  await Promise.resolve();
  expect(first.store.unsaved()).toBe(2);
  await first.store.stored();
  expect(first.store.unsaved()).toBe(0);
  const second = setupStore(first.name);
  await second.store.loaded;
  expect(second.content()).toEqual({ a: 1 });
  expect([...(await second.store.readNotes())]).toEqual([['own/7', 12]]);
});

test('changes made while the database is still opening are kept', async () => {
  const first = setupStore();
  first.set('early', true);
  await first.store.loaded;
  await first.store.close();
  const second = setupStore(first.name);
  await second.store.loaded;
  expect(second.content()).toEqual({ early: true });
});

test('many small updates are folded into one, and nothing is lost by it', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const first = setupStore();
  await first.store.loaded;
  for (let index = 0; index < 520; index++) first.set(`k${index % 7}`, index);
  vi.advanceTimersByTime(2_000);
  vi.useRealTimers();
  await written(first.store);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await first.store.close();
  const second = setupStore(first.name);
  await second.store.loaded;
  expect(second.content()).toEqual(first.content());
  expect(await countUpdates(first.name)).toBeLessThan(20);
});

test('after one failure the database is opened again and holds everything', async () => {
  const first = setupStore();
  await first.store.loaded;
  failWrites(1, 'UnknownError');
  first.set('lost at first', 1);
  await until(() => first.store.unsaved() === 0);
  vi.restoreAllMocks();
  await new Promise((resolve) => setTimeout(resolve, 30));
  first.set('later', 2);
  await written(first.store);
  expect(first.problems).toEqual([]);
  await first.store.close();
  const second = setupStore(first.name);
  await second.store.loaded;
  expect(second.content()).toEqual({ 'lost at first': 1, later: 2 });
});

test.each([
  ['QuotaExceededError', 'full'],
  ['UnknownError', 'broken'],
] as const)('a second failure (%s) is said once and for good: %s', async (name, problem) => {
  const { store, set, problems, content } = setupStore();
  await store.loaded;
  failWrites(1, name);
  set('a', 1);
  await new Promise((resolve) => setTimeout(resolve, 30));
  failWrites(1_000, name);
  set('b', 2);
  set('c', 3);
  await until(() => problems.length > 0);
  set('d', 4);
  expect(problems).toEqual([problem]);
  expect(content()).toEqual({ a: 1, b: 2, c: 3, d: 4 });
});

test('a transaction that the browser takes back afterwards is noticed', async () => {
  const { store, set, problems } = setupStore();
  await store.loaded;
  vi.spyOn(FakeTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
    this.abort();
  });
  set('a', 1);
  await until(() => problems.length > 0);
  expect(store.unsaved()).toBe(1);
  await store.stored();
  expect(problems).toEqual(['broken']);
});

test('y-indexeddb reads what we write, and we read what it writes', async () => {
  const ours = setupStore();
  await ours.store.loaded;
  ours.set('ours', 1);
  await ours.store.close();
  const doc = new Y.Doc();
  const theirs = new IndexeddbPersistence(ours.name, doc);
  await theirs.whenSynced;
  expect(doc.getMap('records').toJSON()).toEqual({ ours: 1 });
  doc.getMap('records').set('theirs', 2);
  await new Promise((resolve) => setTimeout(resolve, 20));
  await theirs.destroy();
  const again = setupStore(ours.name);
  await again.store.loaded;
  expect(again.content()).toEqual({ ours: 1, theirs: 2 });
});

test('two tabs that write to one database lose nothing when one of them folds it', async () => {
  const one = setupStore();
  const two = setupStore(one.name);
  await Promise.all([one.store.loaded, two.store.loaded]);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  two.set('from two', true);
  for (let index = 0; index < 510; index++) one.set('from one', index);
  vi.advanceTimersByTime(2_000);
  vi.useRealTimers();
  two.set('later', true);
  await Promise.all([one.store.close(), two.store.close()]);
  const again = setupStore(one.name);
  await again.store.loaded;
  expect(again.content()).toEqual({ 'from one': 509, 'from two': true, later: true });
});

test('data that another tab removes is not made again', async () => {
  const { name, store, set, problems } = setupStore();
  await store.loaded;
  set('a', 1);
  await written(store);
  await deleteLocalStore(name);
  expect(problems).toEqual(['removed']);
  set('b', 2);
  await store.close();
  const again = setupStore(name);
  await again.store.loaded;
  expect(again.content()).toEqual({});
});

test('notes stay beside the document and can be taken away', async () => {
  const first = setupStore();
  await first.store.loaded;
  first.store.writeNote('own/7', 12);
  first.store.writeNote('gone', true);
  first.store.writeNote('gone', undefined);
  await first.store.close();
  const second = setupStore(first.name);
  await second.store.loaded;
  expect([...(await second.store.readNotes())]).toEqual([['own/7', 12]]);
});

test('without IndexedDB the app goes on in memory and says so', async () => {
  vi.stubGlobal('indexedDB', {
    open() {
      throw new DOMException('denied', 'SecurityError');
    },
  });
  const { store, set, problems, content } = setupStore();
  await store.loaded;
  set('a', 1);
  expect(problems).toEqual(['broken']);
  expect(content()).toEqual({ a: 1 });
  vi.unstubAllGlobals();
});

function countUpdates(name: string): Promise<number> {
  return new Promise((resolve) => {
    const request = indexedDB.open(name);
    request.onsuccess = () => {
      const count = request.result.transaction('updates').objectStore('updates').count();
      count.onsuccess = () => {
        request.result.close();
        resolve(count.result);
      };
    };
  });
}
