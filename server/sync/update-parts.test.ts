import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { updateParts } from './update-parts.ts';

/** Records of three people who replace and delete each other's, and a text they write together, each behind the others. */
function setupLargeDoc(): Y.Doc {
  const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()] as const;
  const [one, two, three] = docs;
  for (let index = 0; index < 3_000; index++) one.getMap('records').set(`contact_${index}`, 'x'.repeat(60));
  for (let round = 0; round < 6; round++) {
    docs.forEach((doc, person) => {
      for (const other of docs) if (other !== doc) Y.applyUpdate(doc, Y.encodeStateAsUpdate(other));
      doc.transact(() => {
        const text = doc.getXmlFragment('text:activity_1');
        text.insert(text.length, [new Y.XmlText(`${person} in ${round}, Grüße`)]);
        for (let index = 0; index < 300; index++) {
          doc.getMap('records').set(`contact_${round * 300 + index}`, `${person} ${'y'.repeat(40)}`);
        }
        for (let index = 0; index < 50; index++) doc.getMap('records').delete(`contact_${2_000 + round * 50 + index}`);
      });
    });
  }
  for (const each of [two, three]) Y.applyUpdate(one, Y.encodeStateAsUpdate(each));
  return one;
}

const contentOf = (doc: Y.Doc) => [doc.getMap('records').toJSON(), doc.getXmlFragment('text:activity_1').toString()];

test('applied one after the other, the parts are the update, and none waits for a later one', () => {
  const doc = setupLargeDoc();
  const update = Y.encodeStateAsUpdate(doc);
  for (const partBytes of [500, 4_000, 100_000]) {
    const copy = new Y.Doc();
    let count = 0;
    for (const part of updateParts(update, partBytes)) {
      if (part === null) continue;
      count++;
      Y.applyUpdate(copy, part);
      expect(copy.store.pendingStructs).toBeNull();
    }
    expect(count).toBeGreaterThan(2);
    expect(contentOf(copy)).toEqual(contentOf(doc));
    expect(Y.encodeStateVector(copy)).toEqual(Y.encodeStateVector(doc));
    expect(copy.store.pendingDs).toBeNull();
  }
});

test('an empty document is one part without anything', () => {
  const parts = [...updateParts(Y.encodeStateAsUpdate(new Y.Doc()))];
  expect(parts).toEqual([new Uint8Array([0, 0])]);
});
