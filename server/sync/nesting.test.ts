import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { deepestType } from './nesting.ts';
import { scanUpdate } from './scan-update.ts';

const root = (doc: Y.Doc) => doc.getXmlFragment('text:activity_x');

function depthOf(type: Y.XmlFragment | Y.XmlElement): number {
  const inner = type.toArray().filter((each): each is Y.XmlElement => each instanceof Y.XmlElement);
  return inner.length === 0 ? 0 : 1 + Math.max(...inner.map(depthOf));
}

/** Each step puts a paragraph somewhere: deeper, behind or before what is there. */
const steps = fc.array(fc.record({ down: fc.nat(6), at: fc.nat(3) }), { minLength: 1, maxLength: 40 });

function grow(doc: Y.Doc, script: readonly { down: number; at: number }[]): void {
  for (const { down, at } of script) {
    let place: Y.XmlFragment = root(doc);
    for (let level = 0; level < down; level++) {
      const next = place.get(at % Math.max(1, place.length));
      if (next instanceof Y.XmlElement) place = next;
    }
    place.insert(Math.min(at, place.length), [new Y.XmlElement('p')]);
  }
}

test('a whole document is as deep as its deepest paragraph', () => {
  fc.assert(
    fc.property(steps, (script) => {
      const doc = new Y.Doc();
      grow(doc, script);
      const counted = deepestType(new Y.Doc(), scanUpdate(Y.encodeStateAsUpdate(doc)));
      // Types that stand in a root by its name alone are one deep and not counted.
      expect(Math.max(1, counted)).toBe(depthOf(root(doc)));
    }),
    { numRuns: 300 },
  );
});

test('an update on top of a document counts what it builds on', () => {
  fc.assert(
    fc.property(steps, steps, (before, after) => {
      const room = new Y.Doc();
      grow(room, before);
      const doc = new Y.Doc();
      Y.applyUpdate(doc, Y.encodeStateAsUpdate(room));
      const known = Y.encodeStateVector(doc);
      grow(doc, after);
      const counted = deepestType(room, scanUpdate(Y.encodeStateAsUpdate(doc, known)));
      expect(counted).toBeLessThanOrEqual(depthOf(root(doc)));
      if (depthOf(root(doc)) > depthOf(root(room))) expect(counted).toBe(depthOf(root(doc)));
    }),
    { numRuns: 300 },
  );
});
