import fc from 'fast-check';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { entities } from '../entities/registry.ts';
import { editWeight, foldRecords, hasTexts } from './fold-records.ts';
import { missingEntries, putEntry } from './missing-entries.ts';
import { RECORDS } from './record-keys.ts';
import { RoomRecords } from './room-records.ts';
import { formatStamp } from './stamp.ts';

const ID = 'contact_a000000000000000';
const stampAt = (time: number) => formatStamp(1_700_000_000_000 + time, 0, 'annaxx1234');

interface Edit {
  readonly path: string;
  readonly time: number;
  readonly value: unknown;
}

const anEdit = fc.oneof(
  fc.record({ path: fc.constantFrom('firstName', 'lastName', 'birthday'), time: fc.nat(40), value: fc.string() }),
  fc.record({ path: fc.constant('deleted'), time: fc.nat(40), value: fc.boolean() }),
  fc.record({
    path: fc.constantFrom('tags:vip', 'tags:new'),
    time: fc.nat(40),
    value: fc.constantFrom('vip', 'new', null),
  }),
  fc.record({ path: fc.constant('tags'), time: fc.nat(40), value: fc.constant(['old']) }),
  fc.record({ path: fc.constant('future'), time: fc.nat(40), value: fc.integer() }),
);

function docOf(edits: readonly Edit[]): Y.Doc {
  const doc = new Y.Doc();
  doc.getMap(RECORDS).set(ID, JSON.stringify({ t: 'contact', s: stampAt(10), firstName: 'First', tags: ['old'] }));
  write(doc, edits);
  return doc;
}

/** The older edits of the path are replaced half of the time: they were seen. */
function write(doc: Y.Doc, edits: readonly Edit[]): void {
  const map = doc.getMap(RECORDS);
  for (const { path, time, value } of edits) map.set(`${ID}/${path}/${stampAt(time)}`, value);
}

const recordIn = (doc: Y.Doc) => new RoomRecords(doc, entities).get(ID);

test('a folded document reads as the one it came from, also after edits that come late', () => {
  fc.assert(
    fc.property(fc.array(anEdit, { maxLength: 12 }), fc.array(anEdit, { maxLength: 6 }), (before, late) => {
      const doc = docOf(before);
      const folded = foldRecords(doc, entities);
      expect(recordIn(folded)).toEqual(recordIn(doc));
      write(doc, late);
      write(folded, late);
      expect(recordIn(folded)).toEqual(recordIn(doc));
      const again = foldRecords(folded, entities);
      expect(recordIn(again)).toEqual(recordIn(doc));
    }),
    { numRuns: 500 },
  );
});

test('both values that people wrote apart stay, and a clock stays above what was folded', () => {
  const doc = docOf([
    { path: 'lastName', time: 20, value: 'By Anna' },
    { path: 'lastName', time: 30, value: 'By Bert' },
    { path: 'firstName', time: 35, value: 'Folded' },
  ]);
  const records = new RoomRecords(foldRecords(doc, entities), entities);
  expect(records.keptEdits(ID)[0]?.edits.map(({ value }) => value)).toEqual(['By Bert', 'By Anna']);
  expect(records.winner(ID, 'firstName')).toEqual({ stamp: stampAt(35), value: 'Folded' });
  expect(records.highestStamp).toBe(stampAt(35));
});

test('what was replaced leaves no trace: the document is as small as a fresh one', () => {
  const doc = docOf([]);
  const map = doc.getMap(RECORDS);
  for (let time = 11; time < 2_000; time++) {
    map.set(`${ID}/firstName/${stampAt(time)}`, `Nr ${time}`);
    map.delete(`${ID}/firstName/${stampAt(time - 1)}`);
  }
  expect(editWeight(doc)).toEqual({ keys: 1_990, bases: 1 });
  const folded = foldRecords(doc, entities);
  expect(editWeight(folded)).toEqual({ keys: 1, bases: 1 });
  expect(Y.encodeStateAsUpdate(folded).length).toBeLessThan(250);
  expect(Y.encodeStateAsUpdate(doc).length).toBeGreaterThan(50_000);
});

test('entries that one document lacks bring it to the other’s state, and a replacement that was seen goes along', () => {
  const old = docOf([{ path: 'firstName', time: 20, value: 'One' }]);
  const copy = new Y.Doc();
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(old));
  write(old, [{ path: 'firstName', time: 30, value: 'Two' }]);
  old.getMap(RECORDS).delete(`${ID}/firstName/${stampAt(20)}`);
  const target = new RoomRecords(copy, entities);
  const missing = missingEntries(old, target);
  expect(missing).toEqual([
    { key: `${ID}/firstName/${stampAt(30)}`, value: 'Two', replaces: [`${ID}/firstName/${stampAt(20)}`] },
  ]);
  for (const entry of missing) putEntry(target.map, entry);
  expect(target.get(ID)).toEqual(recordIn(old));
  expect(target.keptEdits(ID)).toEqual([]);
  expect(missingEntries(old, target)).toEqual([]);
});

test('a record that was begun anew leaves what it says nothing of to the older one', () => {
  const old = docOf([
    { path: 'firstName', time: 20, value: 'Old' },
    { path: 'birthday', time: 20, value: '2000-01-01' },
    { path: 'tags:vip', time: 20, value: 'vip' },
  ]);
  const anew = new Y.Doc();
  anew.getMap(RECORDS).set(ID, JSON.stringify({ t: 'contact', s: stampAt(90), firstName: 'Anew', tags: [] }));
  const target = new RoomRecords(anew, entities);
  const missing = missingEntries(old, target);
  expect(missing.map(({ key }) => key)).toEqual([`${ID}/birthday/${stampAt(20)}`]);
  for (const entry of missing) putEntry(target.map, entry);
  expect(target.get(ID)).toMatchObject({ firstName: 'Anew', birthday: '2000-01-01', tags: [] });
  target.map.set(`${ID}/birthday/${stampAt(95)}`, null);
  target.map.delete(`${ID}/birthday/${stampAt(20)}`);
  expect(missingEntries(old, target)).toEqual([]);
});

test('a text that several people write at once is seen', () => {
  const doc = new Y.Doc();
  doc.getXmlFragment('text:deal_a');
  expect(hasTexts(doc)).toBe(false);
  doc.getXmlFragment('text:deal_a').insert(0, [new Y.XmlElement('paragraph')]);
  expect(hasTexts(doc)).toBe(true);
});
