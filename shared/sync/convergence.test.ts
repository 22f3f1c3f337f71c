/** The promises of the encoding, on random histories: any replicas, partitions, delivery orders and wrong clocks. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import * as Y from 'yjs';
import { contact } from '../entities/contact.ts';
import { deal } from '../entities/deal.ts';
import { entities } from '../entities/registry.ts';
import { idFromCause } from '../model/id.ts';
import { aReplica, contentsOf, meet, meetAll, type Replica } from '../testing/replica.ts';
import { applyPlan, planCommand, type Write } from './doc-tx.ts';
import { RECORDS } from './record-keys.ts';
import { RoomRecords } from './room-records.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 22);
const RECORD_IDS = ['contact_0000000000000001', 'contact_0000000000000002', 'contact_0000000000000003'];

type Action =
  | {
      readonly do: 'name' | 'tag' | 'untag' | 'email' | 'delete' | 'undo';
      readonly who: number;
      readonly record: number;
      readonly word: string;
    }
  | { readonly do: 'deliver'; readonly who: number; readonly to: number; readonly index: number }
  | { readonly do: 'meet'; readonly who: number; readonly to: number };

const who = fc.nat(3);
const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constantFrom('name', 'tag', 'untag', 'email', 'delete', 'undo'),
      who,
      record: fc.nat(2),
      word: fc.constantFrom('red', 'Blue', 'a/b:c', '__proto__', 'é'),
    }) as fc.Arbitrary<Action>,
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('deliver'), who, to: who, index: fc.nat(200) }) as fc.Arbitrary<Action>,
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('meet'), who, to: who }) as fc.Arbitrary<Action> },
);

interface History {
  readonly replicas: readonly Replica[];
  /** Every write that anybody made, with its stamp. */
  readonly writes: readonly (Write & { readonly stamp: string })[];
}

/** Plays actions on four devices whose clocks are up to three days wrong; the records exist everywhere before. */
function play(actions: readonly Action[], skews: readonly number[]): History {
  let time = START;
  const replicas = skews.map((skew, index) => aReplica(`p${index}`, { wall: () => time + skew }));
  const writes: (Write & { stamp: string })[] = [];
  const first = replicas[0] as Replica;
  for (const id of RECORD_IDS) {
    const plan = first.run((tx) => tx.insert(contact, { firstName: 'Ana', tags: ['start'] }, id));
    writes.push(...plan.writes.map((write) => ({ ...write, stamp: plan.stamp })));
  }
  for (const other of replicas) if (other !== first) meet(first, other);

  const lastPlan = new Map<Replica, ReturnType<Replica['run']>>();
  for (const each of actions) {
    time += 1;
    const replica = replicas[each.who] as Replica;
    if (each.do === 'meet') meet(replica, replicas[each.to] as Replica);
    else if (each.do === 'deliver') {
      const message = replica.log[each.index % Math.max(1, replica.log.length)];
      if (message) (replicas[each.to] as Replica).receive(message.kind, message.update);
    } else {
      const id = RECORD_IDS[each.record] as string;
      const undone = lastPlan.get(replica);
      if (each.do === 'undo' && !undone) continue;
      const plan =
        each.do === 'undo' && undone
          ? replica.undo(undone).plan
          : replica.run((tx) => tx.patch(contact, id, changeFor(each.do, each.word, tx.get(contact, id))));
      lastPlan.set(replica, plan);
      writes.push(...plan.writes.map((write) => ({ ...write, stamp: plan.stamp })));
    }
  }
  return { replicas, writes };
}

function changeFor(what: string, word: string, before: ReturnType<Replica['run']>['result'] | undefined): object {
  const record = before as { tags: readonly string[]; emails: readonly unknown[]; deleted: boolean };
  if (what === 'name') return { firstName: word };
  if (what === 'tag') return { tags: [...record.tags, word] };
  if (what === 'untag') return { tags: record.tags.slice(1) };
  if (what === 'email')
    return {
      emails: [
        ...record.emails,
        { value: `${record.emails.length}@${word.length}.example`, label: 'work', primary: false },
      ],
    };
  return { deleted: !record.deleted };
}

const histories = fc.tuple(
  fc.array(action, { maxLength: 60 }),
  fc.array(fc.integer({ min: -3 * DAY, max: 3 * DAY }), { minLength: 4, maxLength: 4 }),
);

describe('however changes travel', () => {
  test('all replicas hold the same records in the end', () => {
    fc.assert(
      fc.property(histories, ([actions, skews]) => {
        const { replicas } = play(actions, skews);
        meetAll(replicas);
        const [first, ...others] = replicas.map(contentsOf);
        for (const other of others) expect(other).toEqual(first);
      }),
      { numRuns: 150 },
    );
  });

  test('the newest stamp wins on every path', () => {
    fc.assert(
      fc.property(histories, ([actions, skews]) => {
        const { replicas, writes } = play(actions, skews);
        meetAll(replicas);
        const newest = new Map<string, (typeof writes)[number]>();
        for (const write of writes) {
          if (write.path === '') continue;
          const key = `${write.id}/${write.path}`;
          if (write.stamp > (newest.get(key)?.stamp ?? '')) newest.set(key, write);
        }
        for (const replica of replicas) {
          for (const write of newest.values()) {
            const winner = replica.context.rooms.homeOf(write.id).winner(write.id, write.path);
            expect(winner).toEqual({ stamp: write.stamp, value: write.after });
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  test('an index that was kept up to date equals one that is built from nothing', () => {
    fc.assert(
      fc.property(histories, ([actions, skews]) => {
        for (const replica of play(actions, skews).replicas) {
          const room = replica.room('directory');
          const fresh = new RoomRecords(room.doc, entities);
          expect([...fresh.all('contact')].map((record) => [record.id, record])).toEqual(
            expect.arrayContaining([...room.all('contact')].map((record) => [record.id, record])),
          );
          expect(fresh.ids('contact').size).toBe(room.ids('contact').size);
          fresh.destroy();
        }
      }),
      { numRuns: 60 },
    );
  });
});

function twoPeople(): { anna: Replica; bert: Replica; id: string; tick: () => void } {
  let time = START;
  const wall = () => time;
  const [anna, bert] = [aReplica('anna', { wall }), aReplica('bert', { wall })];
  const id = anna.run((tx) => tx.insert(contact, { firstName: 'Ingrid', tags: ['old'] })).result;
  meet(anna, bert);
  const tick = () => {
    time += 1000;
  };
  return { anna, bert, id, tick };
}

const contactOf = (replica: Replica, id: string) =>
  replica.room('directory').get(id) as unknown as { firstName: string; tags: readonly string[]; deleted: boolean };

describe('two people who edit apart', () => {
  test('the later of two values is shown on both sides, whoever comes back first', () => {
    const { anna, bert, id, tick } = twoPeople();
    anna.run((tx) => tx.patch(contact, id, { firstName: 'Early' }));
    tick();
    bert.run((tx) => tx.patch(contact, id, { firstName: 'Late' }));
    meet(anna, bert);
    for (const replica of [anna, bert]) expect(contactOf(replica, id).firstName).toBe('Late');
  });

  test('the earlier value is still readable until somebody writes the field again', () => {
    const { anna, bert, id, tick } = twoPeople();
    anna.run((tx) => tx.patch(contact, id, { firstName: 'Early' }));
    tick();
    bert.run((tx) => tx.patch(contact, id, { firstName: 'Late' }));
    meet(anna, bert);
    expect(
      anna
        .room('directory')
        .keptEdits(id)
        .map((kept) => kept.edits.map((edit) => edit.value)),
    ).toEqual([['Late', 'Early']]);
    tick();
    anna.run((tx) => tx.patch(contact, id, { firstName: 'Settled' }));
    meet(anna, bert);
    expect(bert.room('directory').keptEdits(id)).toEqual([]);
    expect(contactOf(bert, id).firstName).toBe('Settled');
  });

  test('tags that both add all survive', () => {
    const { anna, bert, id } = twoPeople();
    anna.run((tx) => tx.patch(contact, id, { tags: ['old', 'cold chain'] }));
    bert.run((tx) => tx.patch(contact, id, { tags: ['old', 'decision maker'] }));
    meet(anna, bert);
    for (const replica of [anna, bert])
      expect(contactOf(replica, id).tags).toEqual(['cold chain', 'decision maker', 'old']);
  });

  test('an edit of an imported record shows, also where the same file was imported apart later, whichever copy stays', () => {
    for (let round = 0; round < 20; round++) {
      const { anna, bert, tick } = twoPeople();
      const id = idFromCause('contact', `row ${round}`);
      anna.run((tx) => tx.insert(contact, { firstName: 'Row', tags: ['file'] }, id));
      tick();
      anna.run((tx) => tx.patch(contact, id, { firstName: 'Edited', tags: ['file', 'mine'] }));
      tick();
      bert.run((tx) => tx.insert(contact, { firstName: 'Row', tags: ['file'] }, id));
      meet(anna, bert);
      for (const replica of [anna, bert]) {
        expect(contactOf(replica, id)).toMatchObject({ firstName: 'Edited', tags: ['file', 'mine'] });
        expect(replica.room('directory').winner(id, 'firstName').value).toBe('Edited');
      }
    }
  });

  test('an edit of a record that the other has deleted is kept, and seen when it is restored', () => {
    const { anna, bert, id, tick } = twoPeople();
    anna.run((tx) => tx.patch(contact, id, { deleted: true }));
    bert.run((tx) => tx.patch(contact, id, { firstName: 'Changed' }));
    meet(anna, bert);
    expect(contactOf(bert, id).deleted).toBe(true);
    tick();
    bert.run((tx) => tx.patch(contact, id, { deleted: false }));
    meet(anna, bert);
    expect(contactOf(anna, id)).toMatchObject({ deleted: false, firstName: 'Changed' });
  });
});

describe('readers', () => {
  test('no reader throws on anything that Yjs accepts', () => {
    const key = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'contact_1',
        'deal_1',
        '__proto__',
        'contact_1/firstName/x',
        'contact_1/__proto__/x',
        'contact_1/tags:a/b/c',
        '/',
        '//',
        'contact_1/emails:x/x',
      ),
    );
    const value = fc.oneof(
      fc.jsonValue(),
      fc.string(),
      fc.constant(undefined),
      fc.uint8Array(),
      fc.json(),
      fc.constant('{"t":"contact","s":5,"tags":{"a":1},"__proto__":{"x":1},"emails":[1]}'),
      fc.constant('{"t":"constructor"}'),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(key, value), { maxLength: 30 }), (entries) => {
        const doc = new Y.Doc();
        const room = new RoomRecords(doc, entities);
        for (const [name, content] of entries) doc.getMap(RECORDS).set(name, content as string);
        doc.getMap(RECORDS).set('contact_nested', new Y.Map());
        for (const name of [...Object.keys(entities), '__proto__', ''])
          for (const record of room.all(name)) JSON.stringify(record);
        for (const [name] of entries) room.keptEdits(name);
        expect(room.get('contact_nested')).toBeDefined();
        expect(Object.getPrototypeOf(room.get('contact_nested'))).toBe(Object.prototype);
      }),
      { numRuns: 300 },
    );
  });

  test('fields and elements of a newer build survive an older one that edits the record', () => {
    const { anna, bert, id } = twoPeople();
    const newer = anna.room('directory').map;
    const base = JSON.parse(newer.get(id) as string) as object;
    newer.set(id, JSON.stringify({ ...base, fax2030: '+47 1', tags: ['old', 'new'] }));
    newer.set(`${id}/shoeSize/zzzz`, 44);
    meet(anna, bert);
    bert.run((tx) => tx.patch(contact, id, { firstName: 'Edited by the old build' }));
    meet(anna, bert);
    expect(anna.room('directory').get(id)?.extra).toEqual({ fax2030: '+47 1', shoeSize: 44 });
    expect(contactOf(anna, id).tags).toEqual(['old', 'new']);
  });

  test('edits that arrive before their record wait for it', () => {
    const { anna } = twoPeople();
    const [late, early] = [anna.run((tx) => tx.insert(deal, { title: 'Vans' })), null];
    expect(early).toBeNull();
    const carl = aReplica('carl', { wall: () => START });
    const edit = anna.run((tx) => tx.patch(deal, late.result, { title: 'Forty vans' }));
    const room = carl.room('pipeline');
    room.map.set(`${late.result}/title/${edit.stamp}`, 'Forty vans');
    expect(room.get(late.result)).toBeUndefined();
    room.map.set(late.result, anna.room('pipeline').map.get(late.result) as string);
    expect(room.get(late.result)).toMatchObject({ title: 'Forty vans' });
  });
});

describe('commands', () => {
  test('a command that refuses half-way has written nothing', () => {
    const { anna, id } = twoPeople();
    const before = Y.encodeStateVector(anna.room('directory').doc);
    expect(() =>
      anna.run((tx) => {
        tx.patch(contact, id, { firstName: 'Half' });
        tx.patch(contact, 'contact_missing', { firstName: 'x' });
      }),
    ).toThrow('This contact is no longer there.');
    expect(Y.encodeStateVector(anna.room('directory').doc)).toEqual(before);
  });

  test('creating a record is one item in the document, and an equal value is none', () => {
    const { anna, id } = twoPeople();
    const count = anna.room('directory').map.size;
    anna.run((tx) => tx.patch(contact, id, { firstName: 'Ingrid', tags: ['old'] }));
    expect(anna.room('directory').map.size).toBe(count);
  });

  test('a value from a clock that is days ahead can be written over, and the new one shows', () => {
    const { anna, bert, id } = twoPeople();
    const ahead = aReplica('ahead', { wall: () => START + 3 * DAY });
    meet(anna, ahead);
    ahead.run((tx) => tx.patch(contact, id, { firstName: 'From the future' }));
    meet(ahead, bert);
    const { stamp } = bert.run((tx) => tx.patch(contact, id, { firstName: 'Now' }));
    expect(contactOf(bert, id).firstName).toBe('Now');
    expect(bert.run((tx) => tx.patch(contact, id, { lastName: 'Solberg' })).stamp > stamp).toBe(true);
  });

  test('writing a field removes the older edits of it that were seen', () => {
    const { anna, id, tick } = twoPeople();
    for (const name of ['A', 'B', 'C']) {
      tick();
      anna.run((tx) => tx.patch(contact, id, { firstName: name }));
    }
    expect([...anna.room('directory').map.keys()].filter((key) => key.startsWith(`${id}/firstName/`))).toHaveLength(1);
  });

  test('a plan reads its own writes and can be applied later', () => {
    const { anna } = twoPeople();
    const plan = planCommand(anna.context, (tx) => {
      const id = tx.insert(contact, { firstName: 'Piet' });
      tx.patch(contact, id, { lastName: 'Vos' });
      return { id, name: tx.get(contact, id)?.lastName, all: [...tx.all(contact)].length };
    });
    expect(plan.result).toMatchObject({ name: 'Vos', all: 2 });
    expect(anna.room('directory').get(plan.result.id)).toBeUndefined();
    applyPlan(anna.context.rooms, plan, 'test');
    expect(anna.room('directory').get(plan.result.id)).toMatchObject({ firstName: 'Piet', lastName: 'Vos' });
  });
});

describe('undo', () => {
  test('takes back a chain of edits one by one and does them again', () => {
    const { anna, id, tick } = twoPeople();
    const restored = new Map<string, string>();
    const plans = ['A', 'B', 'C'].map((name) => {
      tick();
      return anna.run((tx) => tx.patch(contact, id, { firstName: name }));
    });
    const name = () => contactOf(anna, id).firstName;
    const undone = [...plans].reverse().map((plan) => {
      tick();
      const { plan: undo, skipped } = anna.undo(plan, restored);
      expect(skipped).toEqual([]);
      return undo;
    });
    expect(name()).toBe('Ingrid');
    for (const [index, undo] of [...undone].reverse().entries()) {
      tick();
      anna.undo(undo, restored);
      expect(name()).toBe(['A', 'B', 'C'][index]);
    }
  });

  test('never reverts what a colleague changed since, and says what it left alone', () => {
    const { anna, bert, id, tick } = twoPeople();
    const plan = anna.run((tx) => tx.patch(contact, id, { firstName: 'Mine', tags: ['old', 'mine'] }));
    meet(anna, bert);
    tick();
    bert.run((tx) => tx.patch(contact, id, { firstName: 'Theirs' }));
    meet(anna, bert);
    tick();
    const { skipped } = anna.undo(plan);
    expect(skipped.map((write) => write.path)).toEqual(['firstName']);
    expect(contactOf(anna, id)).toMatchObject({ firstName: 'Theirs', tags: ['old'] });
  });

  test('brings back what a colleague wrote at the same time and lost with, not what was there before both', () => {
    const { anna, bert, id, tick } = twoPeople();
    bert.run((tx) => tx.patch(contact, id, { firstName: 'Theirs', tags: [] }));
    tick();
    const plan = anna.run((tx) => tx.patch(contact, id, { firstName: 'Mine', tags: [] }));
    meet(anna, bert);
    tick();
    anna.run((tx) => tx.patch(contact, id, { lastName: 'Else' }));
    const { plan: undo } = anna.undo(plan);
    meet(anna, bert);
    expect(contactOf(bert, id)).toMatchObject({ firstName: 'Theirs', tags: [] });
    anna.undo(undo);
    expect(contactOf(anna, id).firstName).toBe('Mine');
  });

  test('of a creation puts the record into the trash, unless a colleague has worked on it', () => {
    const { anna, bert, tick } = twoPeople();
    const mine = anna.run((tx) => tx.insert(contact, { firstName: 'Mine' }));
    const ours = anna.run((tx) => tx.insert(contact, { firstName: 'Ours' }));
    tick();
    anna.run((tx) => tx.patch(contact, mine.result, { lastName: 'Edited by me' }));
    meet(anna, bert);
    bert.run((tx) => tx.patch(contact, ours.result, { lastName: 'Edited by Bert' }));
    meet(anna, bert);
    anna.undo(mine);
    expect(anna.undo(ours).skipped).toHaveLength(1);
    expect(contactOf(anna, mine.result).deleted).toBe(true);
    expect(contactOf(anna, ours.result).deleted).toBe(false);
  });
});
