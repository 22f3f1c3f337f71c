import { describe, expect, test } from 'vitest';
import { company } from '../entities/company.ts';
import { type Contact, contact, RELATIONS } from '../entities/contact.ts';
import { aReplica, type Replica } from '../testing/replica.ts';
import type { Tx } from './command.ts';
import { changeCompany, inverseRelation, relateContacts, relationsOf, unrelateContacts } from './relation-commands.ts';

function setupPeople() {
  let now = Date.UTC(2026, 10, 22);
  const replica = aReplica('ana', { wall: () => (now += 1000) });
  const made = replica.run((tx) => ({
    ingrid: tx.insert(contact, { firstName: 'Ingrid' }),
    nora: tx.insert(contact, { firstName: 'Nora' }),
    halden: tx.insert(company, { name: 'Halden Foods' }),
    lie: tx.insert(company, { name: 'Lie Invest' }),
  })).result;
  const person = (id: string) => replica.room('directory').get(id) as unknown as Contact;
  const all = () => [person(made.ingrid), person(made.nora)];
  return { ...made, replica, person, relations: (id: string) => relationsOf(person(id), all()) };
}

const refusalOf = (replica: Replica, command: (tx: Tx) => void): string => {
  try {
    replica.run(command);
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

describe('a relation', () => {
  test('is written on one person and reads from both sides', () => {
    const { replica, ingrid, nora, relations } = setupPeople();
    replica.run((tx) => relateContacts(tx, { id: ingrid, to: nora, relation: 'assistant' }));
    expect(relations(ingrid)).toEqual([{ contact: nora, relation: 'assistant' }]);
    expect(relations(nora)).toEqual([{ contact: ingrid, relation: 'assists' }]);
  });

  test('changed from the other side replaces what was said', () => {
    const { replica, ingrid, nora, relations } = setupPeople();
    replica.run((tx) => relateContacts(tx, { id: ingrid, to: nora, relation: 'manager' }));
    replica.run((tx) => relateContacts(tx, { id: nora, to: ingrid, relation: 'spouse' }));
    expect(relations(ingrid)).toEqual([{ contact: nora, relation: 'spouse' }]);
    expect(relations(nora)).toEqual([{ contact: ingrid, relation: 'spouse' }]);
  });

  test('taken away from the side where it is not written is gone from both', () => {
    const { replica, ingrid, nora, relations } = setupPeople();
    replica.run((tx) => relateContacts(tx, { id: ingrid, to: nora, relation: 'friend' }));
    replica.run((tx) => unrelateContacts(tx, { id: nora, from: ingrid }));
    expect(relations(ingrid)).toEqual([]);
    expect(relations(nora)).toEqual([]);
  });

  test('said by both in the same words is listed once', () => {
    const { replica, ingrid, nora, relations } = setupPeople();
    replica.run((tx) => {
      tx.patch(contact, ingrid, { relations: [{ contact: nora, role: 'manager' }] });
      tx.patch(contact, nora, { relations: [{ contact: ingrid, role: 'report' }] });
    });
    expect(relations(ingrid)).toEqual([{ contact: nora, relation: 'manager' }]);
  });

  test('of somebody to themselves is refused', () => {
    const { replica, ingrid } = setupPeople();
    expect(refusalOf(replica, (tx) => relateContacts(tx, { id: ingrid, to: ingrid, relation: 'friend' }))).toMatch(
      /themselves/,
    );
  });

  test('turned round twice is the same relation, for each there is', () => {
    for (const relation of [...Object.keys(RELATIONS), 'Godmother']) {
      expect(inverseRelation(inverseRelation(relation))).toBe(relation);
    }
  });
});

describe('another main company', () => {
  test('keeps the one before, as ended when the person has left', () => {
    const { replica, ingrid, halden, lie, person } = setupPeople();
    replica.run((tx) => tx.patch(contact, ingrid, { company: halden, jobTitle: 'CFO' }));
    replica.run((tx) => changeCompany(tx, { id: ingrid, company: lie, hasLeft: true }));
    expect(person(ingrid)).toMatchObject({
      company: lie,
      jobTitle: '',
      positions: [{ company: halden, title: 'CFO', ended: true }],
    });
  });

  test('takes the role one had there', () => {
    const { replica, ingrid, halden, lie, person } = setupPeople();
    replica.run((tx) =>
      tx.patch(contact, ingrid, {
        company: halden,
        jobTitle: 'CFO',
        positions: [{ company: lie, title: 'Owner', ended: false }],
      }),
    );
    replica.run((tx) => changeCompany(tx, { id: ingrid, company: lie, hasLeft: false }));
    expect(person(ingrid)).toMatchObject({
      company: lie,
      jobTitle: 'Owner',
      positions: [{ company: halden, title: 'CFO', ended: false }],
    });
  });
});
