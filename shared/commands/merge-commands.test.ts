import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { company } from '../entities/company.ts';
import { contact } from '../entities/contact.ts';
import type { MergeableName } from '../entities/mergeable.ts';
import { star } from '../entities/star.ts';
import type { AnyRecord } from '../model/entity.ts';
import type { AnyField } from '../model/field.ts';
import { valuesOf } from '../testing/arbitraries.ts';
import { aReplica, contentsOf, meet, meetAll, type Replica } from '../testing/replica.ts';
import { removeBatch } from './batch-commands.ts';
import type { Tx } from './command.ts';
import {
  differingFields,
  keepSeparate,
  mergedValues,
  mergeRecords,
  proposeAgain,
  unmergeRecords,
} from './merge-commands.ts';
import { relateContacts, relationsOf } from './relation-commands.ts';
import { starRecord } from './star-commands.ts';

function setupTwoDevices() {
  let now = Date.UTC(2026, 10, 22);
  const wall = () => (now += 1000);
  const [ana, ben] = [aReplica('ana', { wall }), aReplica('ben', { wall })] as const;
  const ids = ana.run((tx) => ({
    jane: tx.insert(contact, {
      firstName: 'Jane',
      lastName: 'Doe',
      emails: [{ value: 'jane@acme.com', label: 'work', primary: true }],
      tags: ['vip'],
    }),
    roe: tx.insert(contact, {
      firstName: 'Jane',
      lastName: 'Roe',
      jobTitle: 'Buyer',
      emails: [
        { value: 'JANE@acme.com', label: 'home', primary: true },
        { value: 'roe@example.com', label: 'home', primary: false },
      ],
      tags: ['fair'],
    }),
    third: tx.insert(contact, { firstName: 'J.', lastName: 'Doe' }),
  })).result;
  meet(ana, ben);
  return { ana, ben, ...ids };
}

const read = (replica: Replica, id: string) => replica.room('directory').get(id) as unknown as Record<string, unknown>;
const merges = (replica: Replica) => replica.room('directory').merges();
const merging =
  (primary: string, ...others: readonly string[]) =>
  (tx: Tx) =>
    mergeRecords(tx, { entity: 'contact', primary, others });
const shown = (replica: Replica) =>
  [...replica.room('directory').all('contact')].filter((each) => each.mergedInto === null).map(({ id }) => id);

function refusalOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('a merge', () => {
  test('unites the sets, fills what is empty, and leaves the others as they are', () => {
    const { ana, jane, roe } = setupTwoDevices();
    const before = read(ana, roe);
    ana.run(merging(jane, roe));
    expect(read(ana, jane)).toMatchObject({
      lastName: 'Doe',
      jobTitle: 'Buyer',
      tags: ['fair', 'vip'],
      emails: [
        { value: 'jane@acme.com', label: 'work', primary: true },
        { value: 'roe@example.com', label: 'home', primary: false },
      ],
    });
    expect(read(ana, roe)).toEqual({ ...before, mergedInto: jane, updatedAt: expect.any(Number) });
    expect(shown(ana)).not.toContain(roe);
  });

  test('takes a value somebody chose over that of the record that stays', () => {
    const { ana, jane, roe } = setupTwoDevices();
    ana.run((tx) => mergeRecords(tx, { entity: 'contact', primary: jane, others: [roe], chosen: { lastName: 'Roe' } }));
    expect(read(ana, jane).lastName).toBe('Roe');
  });

  test('is one step: undo brings both back as they were', () => {
    const { ana, jane, roe } = setupTwoDevices();
    const [first, second] = [read(ana, jane), read(ana, roe)];
    const plan = ana.run(merging(jane, roe));
    ana.undo(plan);
    const plain = (record: Record<string, unknown>) => ({ ...record, updatedAt: 0 });
    expect(plain(read(ana, jane))).toEqual(plain(first));
    expect(plain(read(ana, roe))).toEqual(plain(second));
  });

  test('keeps the company that was not chosen among the other companies, and takes no job title from it', () => {
    const { ana, jane, roe } = setupTwoDevices();
    const { acme, bolt } = ana.run((tx) => {
      const made = { acme: tx.insert(company, { name: 'Acme' }), bolt: tx.insert(company, { name: 'Bolt' }) };
      tx.patch(contact, jane, { company: made.acme });
      tx.patch(contact, roe, { company: made.bolt });
      return made;
    }).result;
    ana.run(merging(jane, roe));
    expect(read(ana, jane)).toMatchObject({
      company: acme,
      jobTitle: '',
      positions: [{ company: bolt, title: 'Buyer', ended: false }],
    });
  });

  test('gives a second address of one label a label of its own', () => {
    const address = (street: string) => ({
      label: 'work',
      street,
      postalCode: '',
      city: 'Oslo',
      region: '',
      country: '',
    });
    const { ana, jane, roe } = setupTwoDevices();
    ana.run((tx) => {
      tx.patch(contact, jane, { addresses: [address('Storgata 1')] });
      tx.patch(contact, roe, { addresses: [address('Storgata 1'), { ...address('Havnegata 2'), label: 'home' }] });
      tx.patch(contact, roe, { addresses: [address('Havnegata 2')] });
    });
    ana.run(merging(jane, roe));
    expect(
      (read(ana, jane).addresses as { label: string; street: string }[]).map((each) => [each.label, each.street]),
    ).toEqual([
      ['work', 'Storgata 1'],
      ['Work 2', 'Havnegata 2'],
    ]);
  });

  test('makes nobody their own relation, and no company its own parent', () => {
    const { ana, jane, roe, third } = setupTwoDevices();
    ana.run((tx) => relateContacts(tx, { id: jane, to: roe, relation: 'friend' }));
    ana.run((tx) => relateContacts(tx, { id: third, to: roe, relation: 'assistant' }));
    ana.run(merging(jane, roe));
    const person = (id: string) => read(ana, id) as never;
    expect(relationsOf(person(jane), [person(third)], merges(ana).survivorOf)).toEqual([
      { contact: third, relation: 'assists' },
    ]);
    const { mother, child } = ana.run((tx) => {
      const mother = tx.insert(company, { name: 'Acme' });
      return { mother, child: tx.insert(company, { name: 'Acme AS', parent: mother }) };
    }).result;
    ana.run((tx) => mergeRecords(tx, { entity: 'company', primary: child, others: [mother] }));
    expect(read(ana, child).parent).toBeNull();
  });

  test('is refused into itself, of what is in the trash, and of what somebody merged meanwhile', () => {
    const { ana, jane, roe, third } = setupTwoDevices();
    expect(refusalOf(() => ana.run(merging(jane, jane)))).toContain('two different contacts');
    ana.run((tx) => tx.patch(contact, third, { deleted: true }));
    expect(refusalOf(() => ana.run(merging(jane, third)))).toBe(
      'J. Doe is in the trash. Restore it first, then merge.',
    );
    ana.run(merging(jane, roe));
    expect(refusalOf(() => ana.run(merging(third, roe)))).not.toBe('');
    ana.run((tx) => tx.patch(contact, third, { deleted: false }));
    expect(refusalOf(() => ana.run(merging(third, roe)))).toContain('was merged with another contact meanwhile');
  });

  test('leaves the star of a merged record where it was given, and takes it away with the star of the one that stays', () => {
    const { ana, jane, roe } = setupTwoDevices();
    ana.run((tx) => starRecord(tx, { id: roe, starred: true }));
    ana.run(merging(jane, roe));
    ana.run((tx) => starRecord(tx, { id: jane, starred: false }));
    expect(ana.run((tx) => [...tx.all(star)]).result).toEqual([]);
  });

  const records = (name: MergeableName) =>
    fc.record(
      Object.fromEntries(
        Object.entries({ contact, company }[name].fields as Readonly<Record<string, AnyField>>).map(([key, field]) => [
          key,
          valuesOf(field),
        ]),
      ),
    );
  test.each(['contact', 'company'] as const)('loses no element of any set of a %s', (name) => {
    fc.assert(
      fc.property(records(name), records(name), (left, right) => {
        const [a, b] = [
          { ...left, id: `${name}_a` },
          { ...right, id: `${name}_b` },
        ] as unknown as AnyRecord[];
        if (!a || !b) return;
        const result = { ...a, ...mergedValues(name, a, [b]) } as Record<string, unknown>;
        const fields = Object.entries({ contact, company }[name].fields as Readonly<Record<string, AnyField>>);
        for (const [key, field] of fields) {
          expect(field.accepts(result[key])).toBe(true);
          if (!field.elements || key === 'addresses' || key === 'relations' || key === 'positions') continue;
          const keys = (value: unknown) => (value as readonly unknown[]).map((each) => field.elements?.key(each));
          expect(new Set(keys(result[key]))).toEqual(new Set([...keys(a[key]), ...keys(b[key])]));
        }
        for (const key of differingFields(name, [a, b])) expect(result[key]).toEqual(a[key]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('taking a merge back', () => {
  test('brings the record back with what it said, and the one that stood for it keeps what it took', () => {
    const { ana, jane, roe } = setupTwoDevices();
    const before = read(ana, roe);
    ana.run(merging(jane, roe));
    ana.run((tx) => unmergeRecords(tx, { entity: 'contact', ids: [roe] }));
    expect(read(ana, roe)).toEqual({ ...before, updatedAt: expect.any(Number) });
    expect(read(ana, jane).tags).toEqual(['fair', 'vip']);
  });
});

test('removing an import or the sample data gives back what somebody merged into a record of it', () => {
  const { ana, jane, roe } = setupTwoDevices();
  const sample = ana.run((tx) => tx.insert(contact, { firstName: 'Sample', batch: 'sample' })).result;
  ana.run(merging(roe, jane));
  ana.run(merging(sample, roe));
  ana.run((tx) => removeBatch(tx, { batch: 'sample' }));
  expect(read(ana, sample).deleted).toBe(true);
  expect(shown(ana)).toContain(roe);
  expect(merges(ana).survivorOf(jane)).toBe(roe);
});

describe('merges made apart', () => {
  test('into each other leave one record: the later merge counts', () => {
    const { ana, ben, jane, roe } = setupTwoDevices();
    ana.run(merging(jane, roe));
    ben.run(merging(roe, jane));
    meet(ana, ben);
    for (const replica of [ana, ben]) {
      expect(shown(replica)).toContain(roe);
      expect(shown(replica)).not.toContain(jane);
      expect(merges(replica).survivorOf(jane)).toBe(roe);
      expect(merges(replica).mergedFrom(roe)).toEqual([jane]);
      expect(read(replica, roe).mergedInto).toBeNull();
    }
    expect(contentsOf(ana)).toEqual(contentsOf(ben));
  });

  test('into each other come apart again, and none of the two hides the other', () => {
    const { ana, ben, jane, roe } = setupTwoDevices();
    ana.run(merging(jane, roe));
    ben.run(merging(roe, jane));
    meet(ana, ben);
    ana.run((tx) => unmergeRecords(tx, { entity: 'contact', ids: [jane] }));
    meet(ana, ben);
    for (const replica of [ana, ben]) expect(shown(replica)).toEqual(expect.arrayContaining([jane, roe]));
  });

  test('one after the other lead to the last', () => {
    const { ana, ben, jane, roe, third } = setupTwoDevices();
    ana.run(merging(jane, roe));
    ben.run(merging(third, jane));
    meet(ana, ben);
    for (const replica of [ana, ben]) {
      expect(merges(replica).survivorOf(roe)).toBe(third);
      expect(merges(replica).mergedFrom(third)).toEqual([jane, roe].sort());
    }
    expect(shown(ana)).toEqual([third]);
  });

  test('into a record that is removed for good meanwhile count no more: nothing is hidden without one that stands for it', () => {
    const { ana, jane, roe } = setupTwoDevices();
    ana.run(merging(jane, roe));
    const room = ana.room('directory');
    room.doc.transact(() => room.map.delete(jane));
    expect(shown(ana)).toContain(roe);
  });

  test('whatever they are, hide nothing without a record that stands for it, and read the same everywhere', () => {
    const step = fc.record({
      device: fc.nat(1),
      kind: fc.constantFrom('merge', 'merge', 'merge', 'unmerge', 'meet'),
      from: fc.nat(4),
      into: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 25 }), (steps) => {
        let now = Date.UTC(2026, 10, 22);
        const wall = () => (now += 1000);
        const devices = [aReplica('ana', { wall }), aReplica('ben', { wall })] as const;
        const ids = devices[0].run((tx) =>
          [0, 1, 2, 3, 4].map((each) => tx.insert(contact, { firstName: `P${each}` })),
        ).result;
        meetAll(devices);
        for (const { device, kind, from, into } of steps) {
          const replica = devices[device] as Replica;
          const [a = '', b = ''] = [ids[from], ids[into]];
          if (kind === 'meet') meetAll(devices);
          else if (kind === 'unmerge') replica.run((tx) => unmergeRecords(tx, { entity: 'contact', ids: [a] }));
          else refusalOf(() => replica.run(merging(b, a)));
        }
        meetAll(devices);
        expect(contentsOf(devices[0])).toEqual(contentsOf(devices[1]));
        for (const replica of devices) {
          const here = new Set(shown(replica));
          for (const id of ids) expect(here.has(merges(replica).survivorOf(id) as never)).toBe(true);
          for (const id of here) expect(merges(replica).survivorOf(id)).toBe(id);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('are found again by whoever opens the same documents, and by whoever gets a folded base', () => {
    const { ana, ben, jane, roe } = setupTwoDevices();
    ana.run(merging(jane, roe));
    const room = ana.room('directory');
    const stamp = room.winner(roe, 'mergedInto').stamp;
    const base = JSON.parse(String(room.map.get(roe))) as object;
    ben.room('directory').doc.transact(() => {
      ben.room('directory').map.set(roe, JSON.stringify({ ...base, f: { mergedInto: stamp }, mergedInto: jane }));
    });
    expect(merges(ben).survivorOf(roe)).toBe(jane);
    expect(shown(ben)).not.toContain(roe);
  });
});

test('two people who keep apart what looks alike, each another pair and offline, are both heard', () => {
  const { ana, ben, jane, roe, third } = setupTwoDevices();
  ana.run((tx) => keepSeparate(tx, { entity: 'contact', ids: [jane, roe] }));
  ben.run((tx) => keepSeparate(tx, { entity: 'contact', ids: [third, jane] }));
  meet(ana, ben);
  for (const replica of [ana, ben]) {
    expect(new Set(read(replica, jane).separateFrom as string[])).toEqual(new Set([roe, third]));
    expect([read(replica, roe).separateFrom, read(replica, third).separateFrom]).toEqual([[jane], [jane]]);
  }
  ben.run((tx) => proposeAgain(tx, { entity: 'contact', ids: [roe, jane] }));
  expect([read(ben, jane).separateFrom, read(ben, roe).separateFrom]).toEqual([[third], []]);
  expect(refusalOf(() => ana.run((tx) => keepSeparate(tx, { entity: 'contact', ids: [jane, jane] })))).toContain(
    'two different contacts',
  );
});

test('what was kept separate from somebody is kept separate from who stands for them, and nobody from themselves', () => {
  const { ana, jane, roe, third } = setupTwoDevices();
  ana.run((tx) => keepSeparate(tx, { entity: 'contact', ids: [roe, third] }));
  ana.run(merging(jane, roe));
  expect(read(ana, jane).separateFrom).toEqual([third]);
  ana.run((tx) => proposeAgain(tx, { entity: 'contact', ids: [jane, third] }));
  expect([read(ana, jane).separateFrom, read(ana, third).separateFrom]).toEqual([[], []]);
  ana.run((tx) => keepSeparate(tx, { entity: 'contact', ids: [jane, third] }));
  ana.run(merging(jane, third));
  expect(read(ana, jane).separateFrom).toEqual([]);
});
