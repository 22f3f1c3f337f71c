import { expect, test } from 'vitest';
import { company } from '../entities/company.ts';
import { contact } from '../entities/contact.ts';
import { deal } from '../entities/deal.ts';
import { aReplica, contentsOf } from '../testing/replica.ts';
import { logActivity } from './activity-commands.ts';
import { addComment } from './comment-commands.ts';
import { deleteRecords, editRecords, restoreRecords } from './record-commands.ts';
import { addTask } from './task-commands.ts';

test('what is deleted comes back from the trash with everything that hung on it, and nothing else was touched', () => {
  let now = Date.UTC(2026, 10, 22, 12);
  const anna = aReplica('anna', { wall: () => (now += 1_000) });
  const { result: ids } = anna.run((tx) => {
    const kestrel = tx.insert(company, { name: 'Kestrel' });
    const femke = tx.insert(contact, { firstName: 'Femke', company: kestrel, tags: ['VIP'] });
    const vans = tx.insert(deal, { title: 'Vans', company: kestrel, contacts: [{ contact: femke, role: '' }] });
    return { kestrel, femke, vans };
  });
  anna.run((tx) => addTask(tx, { title: 'Call her', about: [ids.femke] }));
  anna.run((tx) => logActivity(tx, { kind: 'note', body: 'Met at the fair', about: [ids.femke] }));
  anna.run((tx) => addComment(tx, { on: ids.femke, body: 'Nice' }));
  const withoutTimes = () =>
    JSON.parse(JSON.stringify(contentsOf(anna), (key, value) => (key === 'updatedAt' ? 0 : value)));
  const before = withoutTimes();

  for (const [entity, id] of [
    [contact, ids.femke],
    [company, ids.kestrel],
  ] as const) {
    const { writes } = anna.run((tx) => deleteRecords(tx, { entity, ids: [id] }));
    expect(writes.map((write) => [write.id, write.path])).toEqual([[id, 'deleted']]);
  }
  expect(withoutTimes()).not.toEqual(before);
  anna.run((tx) => restoreRecords(tx, { entity: company, ids: [ids.kestrel] }));
  anna.run((tx) => restoreRecords(tx, { entity: contact, ids: [ids.femke] }));
  expect(withoutTimes()).toEqual(before);
});

test('a company is not put under itself, nor under one that stands under it', () => {
  const anna = aReplica('anna', { wall: () => Date.UTC(2026, 10, 22, 12) });
  const { result: ids } = anna.run((tx) => {
    const mother = tx.insert(company, { name: 'Acme Group' });
    return {
      mother,
      child: tx.insert(company, { name: 'Acme AS', parent: mother }),
      other: tx.insert(company, { name: 'Kestrel' }),
    };
  });
  const putUnder = (id: string, parent: string | null) =>
    anna.run((tx) => editRecords(tx, { entity: company, ids: [id], changes: { parent } }));
  for (const parent of [ids.mother, ids.child]) {
    expect(() => putUnder(ids.mother, parent)).toThrow(/cannot stand under itself/);
  }
  putUnder(ids.mother, ids.other);
  putUnder(ids.child, null);
  putUnder(ids.mother, ids.child);
  expect(anna.run((tx) => tx.get(company, ids.mother)?.parent).result).toBe(ids.child);
});
