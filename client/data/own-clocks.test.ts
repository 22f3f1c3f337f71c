// @vitest-environment node
import 'fake-indexeddb/auto';
import { afterEach, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { openLocalStore } from './local-store.ts';
import { OwnClocks } from './own-clocks.ts';

afterEach(() => {
  vi.useRealTimers();
});

async function aTab(name: string) {
  const doc = new Y.Doc();
  const store = openLocalStore({
    name,
    doc,
    onProblem(problem) {
      throw new Error(problem);
    },
  });
  await store.loaded;
  return { doc, store, clocks: new OwnClocks(doc, store) };
}

test('a tab that opens while another notes its first change forgets nothing of it', async () => {
  const name = 'own-clocks-1';
  const [first, second] = [await aTab(name), await aTab(name)];
  await first.clocks.load();
  first.doc.getMap('records').set('deal_a/title/1', 'Vans');
  first.clocks.wrote();
  await first.store.stored();
  // The note is there; the change itself has not reached this tab.
  await second.clocks.load();
  await second.store.stored();
  Y.applyUpdate(second.doc, Y.encodeStateAsUpdate(first.doc));
  expect(second.clocks.waiting()).toEqual(new Map([[first.doc.clientID, 0]]));
  first.clocks.stop();
  await first.store.close();
  second.clocks.stop();
  await second.store.close();

  const later = await aTab(name);
  await later.clocks.load();
  expect(later.clocks.waiting()).toEqual(new Map([[first.doc.clientID, 0]]));
  later.clocks.stop();
  await later.store.close();
});

test('an id that is forgotten in the moment in which its tab writes again counts all the same', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const name = 'own-clocks-2';
  const [first, second] = [await aTab(name), await aTab(name)];
  const client = first.doc.clientID;
  const write = (title: string) => {
    first.doc.getMap('records').set('deal_a/title', title);
    first.clocks.wrote();
  };
  await first.clocks.load();
  write('Vans');
  first.clocks.acknowledge(new Map([[client, 1]]));
  await vi.advanceTimersByTimeAsync(1_000);
  await first.store.stored();
  Y.applyUpdate(second.doc, Y.encodeStateAsUpdate(first.doc));
  await second.clocks.load();
  expect(second.clocks.waiting()).toEqual(new Map());

  // Everything is sent, so the second tab forgets the id; while it looks, the first one goes on.
  const { readNotes } = second.store;
  vi.spyOn(second.store, 'readNotes').mockImplementationOnce(async () => {
    const notes = await readNotes.call(second.store);
    write('Two vans');
    await first.store.stored();
    return notes;
  });
  await vi.advanceTimersByTimeAsync(60_000);
  const isNoted = async () => (await readNotes.call(second.store)).has(`own/${client}`);
  await vi.waitFor(async () => expect(await isNoted()).toBe(false));
  Y.applyUpdate(second.doc, Y.encodeStateAsUpdate(first.doc));
  await second.clocks.load();
  expect(second.clocks.waiting()).toEqual(new Map([[client, 1]]));

  for (const { clocks, store } of [first, second]) {
    clocks.stop();
    await store.close();
  }
  const later = await aTab(name);
  await later.clocks.load();
  expect(later.clocks.waiting()).toEqual(new Map([[client, 1]]));
  later.clocks.stop();
  await later.store.close();
});
