import { createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { logActivity } from '../../shared/commands/activity-commands.ts';
import { createDeal } from '../../shared/commands/deal-commands.ts';
import { deleteRecords } from '../../shared/commands/record-commands.ts';
import { addTask, completeTask } from '../../shared/commands/task-commands.ts';
import { activity } from '../../shared/entities/activity.ts';
import { company } from '../../shared/entities/company.ts';
import { contact } from '../../shared/entities/contact.ts';
import { deal } from '../../shared/entities/deal.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';

const NOW = Date.UTC(2026, 10, 22, 9);

function setupHalden() {
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => NOW });
  const stage = [...workspace.collection('stage').each()].find((each) => each.type === 'open');
  const ids = workspace.arrange((tx) => {
    const halden = tx.insert(company, { name: 'Halden Foods' });
    const ingrid = tx.insert(contact, { firstName: 'Ingrid', company: halden });
    const sensors = createDeal(tx, {
      stageId: stage?.id ?? '',
      values: { title: 'Sensors', company: halden, contacts: [{ contact: ingrid, role: '' }] },
    });
    return { halden, ingrid, sensors };
  });
  const log = (kind: 'call' | 'note' | 'email', about: string, at: number, outcome: 'noAnswer' | null = null) =>
    workspace.run('Logged', (tx) => logActivity(tx, { kind, about: [about], at, outcome, body: kind }));
  return { workspace, ...ids, log };
}

test('an activity about a person is in the timeline of their company, not in that of the deal', () => {
  const { workspace, halden, ingrid, sensors, log } = setupHalden();
  const call = log('call', ingrid, NOW - 1_000);
  const mail = log('email', sensors, NOW);
  expect(workspace.about.activities(ingrid)).toEqual([call]);
  expect(workspace.about.activities(halden)).toEqual([mail, call]);
  expect(workspace.about.activities(sensors)).toEqual([mail]);
});

test('the last contact is the newest time somebody was reached, with the people of a deal or company too', () => {
  const { workspace, halden, ingrid, sensors, log } = setupHalden();
  const call = log('call', ingrid, NOW - 2_000);
  log('call', ingrid, NOW - 1_000, 'noAnswer');
  log('note', sensors, NOW);
  for (const id of [ingrid, halden, sensors]) {
    expect(workspace.about.lastContact(id)).toEqual({ activityId: call, at: NOW - 2_000 });
  }
  workspace.run('Deleted', (tx) => deleteRecords(tx, { entity: activity, ids: [call] }));
  expect(workspace.about.lastContact(ingrid)).toBeNull();
});

test('the next step is the open task that is due first, then what the deal says itself', () => {
  const { workspace, sensors } = setupHalden();
  expect(workspace.about.nextStep(sensors)).toBeNull();
  workspace.run('Edited', (tx) => tx.patch(deal, sensors, { nextStep: 'Ask for the NDA' }));
  expect(workspace.about.nextStep(sensors)).toEqual({ kind: 'text', text: 'Ask for the NDA', on: null });
  const [later, sooner] = workspace.run('Added', (tx) => [
    addTask(tx, { title: 'Later', about: [sensors] }),
    addTask(tx, { title: 'Sooner', about: [sensors], due: '2026-11-27' }),
  ]);
  expect(workspace.about.nextStep(sensors)).toEqual({ kind: 'task', taskId: sooner });
  workspace.run('Done', (tx) => completeTask(tx, { id: sooner ?? '' }));
  expect(workspace.about.nextStep(sensors)).toEqual({ kind: 'task', taskId: later });
});

test('somebody who changes companies takes their calls along', () => {
  const { workspace, halden, ingrid, log } = setupHalden();
  log('call', ingrid, NOW);
  const other = workspace.arrange((tx) => tx.insert(company, { name: 'Alder Bakery' }));
  expect(workspace.about.activities(halden)).toHaveLength(1);
  workspace.run('Edited', (tx) => tx.patch(contact, ingrid, { company: other }));
  expect(workspace.about.activities(halden)).toHaveLength(0);
  expect(workspace.about.activities(other)).toHaveLength(1);
});

test('people are listed at the company they work for, at the one they left, and with whom they are related to', () => {
  const { workspace, halden, ingrid } = setupHalden();
  const other = workspace.arrange((tx) => tx.insert(company, { name: 'Alder Bakery' }));
  const position = (ended: boolean) => ({ company: other, title: 'Advisor', ended });
  const { people, formerPeople, relations } = workspace.about;
  workspace.run('Edited', (tx) => tx.patch(contact, ingrid, { positions: [position(false)] }));
  expect([people(halden), people(other), formerPeople(other)]).toEqual([[ingrid], [ingrid], []]);
  workspace.run('Edited', (tx) => tx.patch(contact, ingrid, { positions: [position(true)] }));
  expect([people(halden), people(other), formerPeople(other)]).toEqual([[ingrid], [], [ingrid]]);
  const boss = workspace.arrange((tx) => tx.insert(contact, { firstName: 'Bo' }));
  workspace.run('Edited', (tx) =>
    tx.patch(contact, ingrid, { relations: [{ contact: boss, role: 'manager' }], company: other }),
  );
  expect([relations(boss), relations(ingrid)]).toEqual([[ingrid], []]);
  // Who came back is no former one.
  expect([people(halden), people(other), formerPeople(other)]).toEqual([[], [ingrid], []]);
});

test('what nobody waits for is read in slices, and who reads meanwhile is told as it comes', async () => {
  const workspace = createMemoryWorkspace({ now: () => NOW });
  workspace.arrange((tx) => {
    for (let index = 0; index < 3_000; index++) {
      tx.insert(activity, { kind: 'call', about: [index % 2 === 0 ? 'contact_a' : 'contact_b'], at: NOW - index });
    }
  });
  await createRoot(async (dispose) => {
    await workspace.about.prepare();
    expect(workspace.about.activities('contact_a')).toHaveLength(1_500);
    dispose();
  });
});
