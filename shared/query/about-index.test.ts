import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AboutIndex } from './about-index.ts';

interface Thing {
  readonly id: string;
  readonly deleted: boolean;
  readonly mergedInto: string | null;
  readonly about: readonly string[];
  readonly at: number;
  readonly counts: boolean;
}

const spec = {
  subjects: (thing: Thing) => thing.about,
  order: (thing: Thing) => -thing.at,
  marks: (thing: Thing) => thing.counts,
};

const aThing = (id: string, about: readonly string[], at: number, counts = true): Thing => ({
  id,
  deleted: false,
  mergedInto: null,
  about,
  at,
  counts,
});

test('an entry about two records is in the list of each, the newest first', () => {
  const index = new AboutIndex<Thing>(spec);
  index.put('a', aThing('a', ['x', 'y'], 1));
  index.put('b', aThing('b', ['x'], 2));
  expect(index.idsOf('x')).toEqual(['b', 'a']);
  expect(index.idsOf('y')).toEqual(['a']);
});

test('what changes nothing about an entry touches no list', () => {
  const index = new AboutIndex<Thing>(spec);
  index.put('a', aThing('a', ['x'], 1));
  const list = index.idsOf('x');
  expect(index.put('a', aThing('a', ['x'], 1))).toEqual([]);
  expect(index.idsOf('x')).toBe(list);
});

test('an entry in the trash is in no list, and both of its subjects are told', () => {
  const index = new AboutIndex<Thing>(spec);
  index.put('a', aThing('a', ['x', 'y'], 1));
  expect(index.put('a', { ...aThing('a', ['x', 'y'], 1), deleted: true })).toEqual(['x', 'y']);
  expect(index.idsOf('x')).toEqual([]);
  expect(index.size).toBe(0);
});

test('the first marked one is the newest that counts, not the newest', () => {
  const index = new AboutIndex<Thing>(spec);
  index.put('call', aThing('call', ['x'], 1));
  index.put('note', aThing('note', ['x'], 2, false));
  expect(index.firstMarked('x')).toMatchObject({ id: 'call', order: -1 });
});

test('after any changes the lists are those of an index built from nothing', () => {
  const id = fc.constantFrom('a', 'b', 'c', 'd', 'e');
  const subject = fc.constantFrom('x', 'y', 'z');
  const change = fc.record({
    id,
    about: fc.array(subject, { maxLength: 4 }),
    at: fc.integer({ min: 0, max: 5 }),
    counts: fc.boolean(),
    deleted: fc.boolean(),
  });
  fc.assert(
    fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
      const index = new AboutIndex<Thing>(spec);
      const now = new Map<string, Thing>();
      for (const each of changes) {
        const thing = { ...each, mergedInto: null };
        now.set(thing.id, thing);
        index.put(thing.id, thing);
      }
      const fresh = new AboutIndex<Thing>(spec);
      for (const thing of now.values()) fresh.put(thing.id, thing);
      for (const each of ['x', 'y', 'z']) {
        expect(index.idsOf(each)).toEqual(fresh.idsOf(each));
        expect(index.firstMarked(each)?.id).toBe(fresh.firstMarked(each)?.id);
      }
    }),
  );
});
