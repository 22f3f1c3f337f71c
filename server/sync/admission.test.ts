import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { type Admission, admit as admitScanned, type RoomView } from './admission.ts';
import { scanUpdate } from './scan-update.ts';

const admit = (bytes: Uint8Array, userId: string | null, view: RoomView): Admission =>
  admitScanned(scanUpdate(bytes), userId, view);

/** A room that knows what a document holds and leaves every deletion to be taken again. */
function roomWith(doc: Y.Doc, owners: ReadonlyMap<number, string> = new Map()): RoomView {
  return {
    clock: (client) => Y.getState(doc.store, client),
    owner: (client) => (owners.has(client) ? { userId: owners.get(client) ?? null } : undefined),
    notDeleted: (range) => [range],
    splitErasures: (_update, ranges) => ({ allowed: ranges, erasing: [] }),
    buriesKeys: () => false,
  };
}

/** People write into shared texts and pass some of it on, so that updates build on each other in every way. */
const scripts = fc.array(
  fc.record({ who: fc.integer({ min: 0, max: 4 }), to: fc.integer({ min: 0, max: 4 }), at: fc.nat(20) }),
  { minLength: 1, maxLength: 25 },
);

function play(script: { who: number; to: number; at: number }[]): Y.Doc[] {
  const docs = Array.from({ length: 5 }, () => new Y.Doc());
  for (const { who, to, at } of script) {
    const [one, other] = [docs[who], docs[to]];
    if (one === undefined || other === undefined) continue;
    const text = one.getText('text:activity_x');
    text.insert(Math.min(at, text.length), `${who}`);
    if (at % 5 === 0 && text.length > 2) text.delete(0, 1);
    if (who !== to) Y.applyUpdate(other, Y.encodeStateAsUpdate(one));
  }
  return docs;
}

test('what is taken can always be integrated completely, whatever part of an update arrives', () => {
  fc.assert(
    fc.property(scripts, fc.array(fc.boolean(), { minLength: 5, maxLength: 5 }), (script, isForeign) => {
      const docs = play(script);
      const all = Y.encodeStateAsUpdate(docs[0] ?? new Y.Doc());
      const room = new Y.Doc();
      const owners = new Map(
        docs.flatMap((doc, index) => (isForeign[index] ? [[doc.clientID, 'somebody']] : [])) as [number, string][],
      );
      const { data, advances } = admit(all, 'anna', roomWith(room, owners));
      if (data !== null) Y.applyUpdate(room, data);
      expect(room.store.pendingStructs).toBeNull();
      expect(room.store.pendingDs).toBeNull();
      expect(Y.decodeStateVector(Y.encodeStateVector(room))).toEqual(advances);
      for (const client of owners.keys()) expect(advances.has(client)).toBe(false);
    }),
    { numRuns: 300 },
  );
});

test('with nobody else’s changes in it, everything is taken and the room becomes the same document', () => {
  fc.assert(
    fc.property(scripts, (script) => {
      const [doc] = play(script);
      const room = new Y.Doc();
      const { data, refused } = admit(Y.encodeStateAsUpdate(doc ?? new Y.Doc()), 'anna', roomWith(room));
      if (data !== null) Y.applyUpdate(room, data);
      expect(refused).toBeNull();
      expect(room.getText('text:activity_x').toString()).toBe(doc?.getText('text:activity_x').toString());
    }),
    { numRuns: 200 },
  );
});

test('a long chain of blocks that all lack their beginning costs a few looks per block', () => {
  const doc = new Y.Doc();
  doc.getText('t').insert(0, 'x');
  const updates: Uint8Array[] = [];
  doc.on('update', (update) => void updates.push(update));
  for (let client = 1; client <= 1_000; client++) {
    doc.clientID = client;
    doc.getText('t').insert(client, 'y');
  }
  let looks = 0;
  const view = roomWith(new Y.Doc());
  const counting: RoomView = {
    ...view,
    clock(client) {
      looks++;
      return view.clock(client);
    },
  };
  const { data, refused } = admit(Y.mergeUpdates(updates), 'anna', counting);
  expect(data).toBeNull();
  expect(refused?.changes).toHaveLength(1_000);
  expect(looks).toBeLessThan(10 * 1_000);
});
