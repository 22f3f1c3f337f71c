import fc from 'fast-check';
import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { MalformedUpdate, scanUpdate } from './scan-update.ts';

type Action = { kind: 'set' | 'delete' | 'insert' | 'cut' | 'nest'; doc: number; key: number; value: fc.JsonValue };

const actions: fc.Arbitrary<Action[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('set' as const, 'delete' as const, 'insert' as const, 'cut' as const, 'nest' as const),
    doc: fc.integer({ min: 0, max: 2 }),
    key: fc.integer({ min: 0, max: 4 }),
    value: fc.jsonValue({ maxDepth: 4 }) as fc.Arbitrary<fc.JsonValue>,
  }),
  { maxLength: 30 },
);

/** Three documents that edit a map, a text with formats and a tree, and sync now and then. */
function play(steps: readonly Action[]): Y.Doc[] {
  const docs = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
  for (const { kind, doc: index, key, value } of steps) {
    const doc = docs[index] ?? new Y.Doc();
    const text = doc.getText('text:activity_x');
    if (kind === 'set') doc.getMap('records').set(`deal_${key}`, value);
    else if (kind === 'delete') doc.getMap('records').delete(`deal_${key}`);
    else if (kind === 'insert') text.insert(Math.min(key, text.length), 'wörd 🎈', key % 2 ? { bold: true } : {});
    else if (kind === 'cut') text.delete(0, Math.min(key, text.length));
    else doc.getXmlFragment('text:activity_y').insert(0, [new Y.XmlElement('p'), new Y.XmlText('x')]);
    const other = docs[(index + key) % 3];
    if (key < 2 && other !== undefined) Y.applyUpdate(other, Y.encodeStateAsUpdate(doc));
  }
  return docs;
}

test('reads the same clocks and deletions as Yjs, from any update Yjs writes', () => {
  fc.assert(
    fc.property(actions, (steps) => {
      for (const doc of play(steps)) {
        const update = Y.encodeStateAsUpdate(doc);
        const scanned = scanUpdate(update);
        const ends = new Map(scanned.blocks.map(({ client, to }) => [client, to]));
        expect(ends).toEqual(Y.decodeStateVector(Y.encodeStateVector(doc)));
        const deletes = Y.decodeUpdate(update).ds.clients;
        const expected = [...deletes].flatMap(([client, ranges]) =>
          ranges.map(({ clock, len }) => ({ client, clock, length: len })),
        );
        expect(scanned.deletes).toEqual(expected);
      }
    }),
    { numRuns: 200 },
  );
});

test('its blocks put together again are the same update', () => {
  fc.assert(
    fc.property(actions, (steps) => {
      const [doc] = play(steps);
      const update = Y.encodeStateAsUpdate(doc ?? new Y.Doc());
      const { blocks } = scanUpdate(update);
      const bytes = blocks.reduce((sum, block) => sum + block.bytes.length, 0);
      const deletes = Y.encodeStateAsUpdate(doc ?? new Y.Doc(), Y.encodeStateVector(doc ?? new Y.Doc())).length - 1;
      expect(1 + bytes + deletes).toBe(update.length);
    }),
  );
});

test('throws nothing but MalformedUpdate on random bytes, and on updates with a byte changed or cut off', () => {
  const check = (bytes: Uint8Array) => {
    try {
      scanUpdate(bytes);
    } catch (error) {
      expect(error).toBeInstanceOf(MalformedUpdate);
    }
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), check), { numRuns: 2_000 });
  fc.assert(
    fc.property(actions, fc.nat(), fc.nat(255), (steps, at, byte) => {
      const update = Y.encodeStateAsUpdate(play(steps)[0] ?? new Y.Doc());
      const changed = Uint8Array.from(update);
      changed[at % changed.length] = byte;
      check(changed);
      check(update.subarray(0, at % update.length));
    }),
  );
});

test('what it accepts, Yjs decodes', () => {
  fc.assert(
    fc.property(actions, fc.nat(), fc.nat(255), (steps, at, byte) => {
      const changed = Uint8Array.from(Y.encodeStateAsUpdate(play(steps)[0] ?? new Y.Doc()));
      changed[at % changed.length] = byte;
      let accepted = true;
      try {
        scanUpdate(changed);
      } catch {
        accepted = false;
      }
      // Texts that are no UTF-8 and JSON that is none are Yjs's to refuse; they are read only when they are applied.
      if (accepted) expect(() => Y.decodeUpdate(changed)).not.toThrow(RangeError);
    }),
  );
});

test('finds what a block builds on', () => {
  const one = new Y.Doc();
  one.getText('t').insert(0, 'abc');
  const two = new Y.Doc();
  Y.applyUpdate(two, Y.encodeStateAsUpdate(one));
  const before = Y.encodeStateVector(two);
  two.getText('t').insert(2, 'X');
  const [block] = scanUpdate(Y.encodeStateAsUpdate(two, before)).blocks;
  expect(block).toMatchObject({ client: two.clientID, from: 0, to: 1, hasHoles: false });
  expect(block?.needs).toEqual(new Map([[one.clientID, 3]]));
});

test('refuses a value nested deeper than an honest one, without using up the stack', () => {
  const encoder = encoding.createEncoder();
  for (const number of [1, 1, 1, 0]) encoding.writeVarUint(encoder, number);
  encoding.writeUint8(encoder, 8); // any value, with parent
  encoding.writeVarUint(encoder, 1);
  encoding.writeVarString(encoder, 'records');
  encoding.writeVarUint(encoder, 1);
  for (let depth = 0; depth < 1_000_000; depth++) {
    encoding.writeUint8(encoder, 117);
    encoding.writeVarUint(encoder, 1);
  }
  expect(() => scanUpdate(encoding.toUint8Array(encoder))).toThrow('nested deeper');
});

test('refuses a client that comes twice, structs without length and nested documents', () => {
  const bytes = (...numbers: number[]) => {
    const encoder = encoding.createEncoder();
    for (const number of numbers) encoding.writeVarUint(encoder, number);
    return encoding.toUint8Array(encoder);
  };
  const gc = [0, 1];
  expect(() => scanUpdate(bytes(2, 1, 7, 0, ...gc, 1, 7, 1, ...gc, 0))).toThrow('comes twice');
  expect(() => scanUpdate(bytes(1, 1, 7, 0, 0, 0, 0))).toThrow('no length');
  const parent = new Y.Doc();
  parent.getMap('records').set('x', new Y.Doc());
  expect(() => scanUpdate(Y.encodeStateAsUpdate(parent))).toThrow('unknown content 9');
  expect(() => scanUpdate(bytes(0, 0, 0))).toThrow('after the end');
});
