// @vitest-environment node
import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { openLocalStore } from './local-store.ts';
import { OwnClocks } from './own-clocks.ts';

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
