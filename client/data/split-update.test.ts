// @vitest-environment node
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { splitUpdate } from './split-update.ts';

/** Two people's records with edits that replaced each other, deletions and a shared text. */
function setupLargeDoc(): Y.Doc {
  const [one, two] = [new Y.Doc(), new Y.Doc()];
  for (let index = 0; index < 5_000; index++) one.getMap('records').set(`contact_${index}`, 'x'.repeat(60));
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  two.transact(() => {
    for (let index = 0; index < 3_000; index++) two.getMap('records').set(`contact_${index}`, `two ${index}`);
    for (let index = 4_000; index < 4_100; index++) two.getMap('records').delete(`contact_${index}`);
    two.getText('text').insert(0, 'Grüße');
  });
  Y.applyUpdate(one, Y.encodeStateAsUpdate(two));
  one.getText('text').insert(2, ' and ');
  return one;
}

const contentOf = (doc: Y.Doc) => [doc.getMap('records').toJSON(), doc.getText('text').toString()];

test('the parts together are the update, in any order, and the document they make can be written on', () => {
  const doc = setupLargeDoc();
  const parts = splitUpdate(Y.encodeStateAsUpdate(doc));
  expect(parts.length).toBeGreaterThan(3);
  for (const order of [parts, parts.toReversed()]) {
    const copy = new Y.Doc();
    for (const part of order) Y.applyUpdate(copy, part);
    expect(contentOf(copy)).toEqual(contentOf(doc));
    expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(doc));
    expect(copy.store.pendingStructs).toBeNull();
    const other = new Y.Doc();
    Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
    copy.getMap('records').set('new', 1);
    Y.applyUpdate(other, Y.encodeStateAsUpdate(copy));
    expect(contentOf(other)).toEqual(contentOf(copy));
  }
});

test('a small update stays as it is', () => {
  const update = Y.encodeStateAsUpdate(new Y.Doc());
  expect(splitUpdate(update)).toEqual([update]);
});
