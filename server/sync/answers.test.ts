import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { ROOM, setUpMemorySync } from '../testing/memory-sync.ts';
import { Answers } from './answers.ts';

const ANNOUNCED = 'announced';

/** A room's document and its answers, and a writer whose updates it takes in. */
function setUpAnswers() {
  const doc = new Y.Doc();
  const answers = new Answers(doc, ({ origin }) => origin === ANNOUNCED);
  const writers = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
  const write = (index: number, key: string, value: string | null) => {
    const writer = writers[index] as Y.Doc;
    const before = Y.encodeStateVector(writer);
    const map = writer.getMap('records');
    if (value === null) map.delete(key);
    else map.set(key, value);
    const update = Y.encodeStateAsUpdate(writer, before);
    Y.applyUpdate(doc, update, ANNOUNCED);
    answers.applied(update);
    for (const other of writers) Y.applyUpdate(other, update);
  };
  return { doc, answers, write };
}

function expectCaughtUp(device: Y.Doc, updates: readonly Uint8Array[], doc: Y.Doc): void {
  for (const update of updates) Y.applyUpdate(device, update);
  expect(device.getMap('records').toJSON()).toEqual(doc.getMap('records').toJSON());
  expect(Y.encodeStateVector(device)).toEqual(Y.encodeStateVector(doc));
}

test('whoever asks, whenever, has everything afterwards, deletions too', () => {
  const step = fc.record({
    writer: fc.nat(2),
    key: fc.constantFrom('a', 'b', 'c', 'd'),
    value: fc.option(fc.string({ maxLength: 4 })),
    asks: fc.option(fc.nat(2)),
    isOwn: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { doc, answers, write } = setUpAnswers();
      const devices = [new Y.Doc(), new Y.Doc(), new Y.Doc()];
      for (const { writer, key, value, asks, isOwn } of steps) {
        // The server's own changes are announced to nobody.
        if (isOwn) doc.getMap('records').set(`own ${key}`, value);
        else write(writer, key, value);
        const device = asks === null ? undefined : devices[asks];
        if (device) expectCaughtUp(device, answers.to(Y.encodeStateVector(device)), doc);
      }
      for (const device of devices) expectCaughtUp(device, answers.to(Y.encodeStateVector(device)), doc);
    }),
    { numRuns: 60 },
  );
});

test('devices that were cut off together get the same bytes, whatever each has written since', () => {
  const { answers, write } = setUpAnswers();
  for (let index = 0; index < 100; index++) write(0, `k${index}`, 'x'.repeat(50));
  const together = new Y.Doc();
  for (const update of answers.to(Y.encodeStateVector(together))) Y.applyUpdate(together, update);
  write(0, 'later', 'y');
  const first = answers.to(Y.encodeStateVector(together));
  write(1, 'meanwhile', 'z');
  const another = new Y.Doc();
  Y.applyUpdate(another, Y.encodeStateAsUpdate(together));
  another.getMap('records').set('offline', 'mine');
  const second = answers.to(Y.encodeStateVector(another));
  expect(second[0]).toBe(first[0]);
  expect(second).toHaveLength(2);
});

test('an answer with much behind it is made anew', () => {
  const { doc, answers, write } = setUpAnswers();
  write(0, 'first', 'x');
  const nothing = Y.encodeStateVector(new Y.Doc());
  const [before] = answers.to(nothing);
  for (let index = 0; index < 201; index++) write(1, `k${index}`, 'x');
  const after = answers.to(nothing);
  expect(after).toHaveLength(1);
  expect(after[0]).not.toBe(before);
  expectCaughtUp(new Y.Doc(), after, doc);
});

test('a room keeps no answer over a change that came from nowhere', () => {
  const sync = setUpMemorySync();
  const nothing = Y.encodeStateVector(new Y.Doc());
  const room = sync.rooms.open(ROOM);
  room.since(nothing);
  room.doc.getMap('records').set('deal_1', '{}');
  expectCaughtUp(new Y.Doc(), room.since(nothing), room.doc);
});
