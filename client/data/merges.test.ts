import { createEffect, createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { logActivity } from '../../shared/commands/activity-commands.ts';
import { addComment } from '../../shared/commands/comment-commands.ts';
import { createDeal } from '../../shared/commands/deal-commands.ts';
import { mergeRecords, unmergeRecords } from '../../shared/commands/merge-commands.ts';
import { addTask } from '../../shared/commands/task-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { contact } from '../../shared/entities/contact.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';

const NOW = Date.UTC(2026, 10, 22, 9);

/** Jane twice, at a company that is there twice too; each has a deal, a call and a task of their own. */
function setupTwice() {
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => NOW });
  const stage = [...workspace.collection('stage').each()].find((each) => each.type === 'open');
  const make = (name: string, firm: string, at: number) =>
    workspace.arrange((tx) => {
      const at1 = tx.insert(company, { name: firm });
      const person = tx.insert(contact, { firstName: 'Jane', lastName: name, company: at1 });
      const deal = createDeal(tx, {
        stageId: stage?.id ?? '',
        values: { title: `Deal of ${name}`, company: at1, contacts: [{ contact: person, role: '' }] },
      });
      const call = logActivity(tx, { kind: 'call', body: name, about: [person], at });
      const task = addTask(tx, { title: `Call ${name}`, about: [person] });
      return { person, firm: at1, deal, call, task };
    });
  return { workspace, doe: make('Doe', 'Acme', NOW - 2_000), roe: make('Roe', 'Acme AS', NOW - 1_000) };
}

function mergeBoth({ workspace, doe, roe }: ReturnType<typeof setupTwice>): void {
  workspace.run('People merged', (tx) =>
    mergeRecords(tx, { entity: 'contact', primary: doe.person, others: [roe.person] }),
  );
  workspace.run('Companies merged', (tx) =>
    mergeRecords(tx, { entity: 'company', primary: doe.firm, others: [roe.firm] }),
  );
}

test('what was about a merged record is about the one that stays: entries, tasks, deals, people, last contact', () => {
  const both = setupTwice();
  mergeBoth(both);
  const { workspace, doe, roe } = both;
  const { about } = workspace;
  for (const id of [doe.person, doe.firm]) {
    expect(about.activities(id)).toEqual([roe.call, doe.call]);
    expect(new Set(about.tasks(id))).toEqual(new Set([doe.task, roe.task]));
    expect(new Set(about.deals(id))).toEqual(new Set([doe.deal, roe.deal]));
    expect(about.lastContact(id)?.activityId).toBe(roe.call);
  }
  expect(about.people(doe.firm)).toEqual([doe.person]);
  expect(about.lastContact(doe.deal)?.activityId).toBe(roe.call);
});

test('comments on both stand on the one that stays', () => {
  const both = setupTwice();
  const { workspace, doe, roe } = both;
  const comments = [doe, roe].map(({ person }) =>
    workspace.run('Comment', (tx) => addComment(tx, { on: person, body: 'Hello' })),
  );
  mergeBoth(both);
  expect(new Set(workspace.about.comments(doe.person))).toEqual(new Set(comments));
});

test('only the one that stays is counted, listed and found, also by the name of the other', () => {
  const both = setupTwice();
  const { workspace, doe, roe } = both;
  expect(workspace.search('roe', { entities: ['contact'] }).map(({ id }) => id)).toEqual([roe.person]);
  mergeBoth(both);
  expect(workspace.collection('contact').count()).toBe(1);
  expect([...workspace.collection('contact').each()].map(({ id }) => id)).toEqual([doe.person]);
  expect(workspace.search('roe', { entities: ['contact'] }).map(({ id }) => id)).toEqual([doe.person]);
  const ids = createRoot((dispose) => {
    const found = workspace.createQuery('contact', () => ({})).ids();
    dispose();
    return found;
  });
  expect(ids).toEqual([doe.person]);
  expect(new Set(workspace.search('acme', { entities: ['deal'] }).map(({ id }) => id))).toEqual(
    new Set([doe.deal, roe.deal]),
  );
});

test('an id that others still hold leads to the one that stays, and tells who reads it', () => {
  const both = setupTwice();
  const { workspace, doe, roe } = both;
  const seen: (string | undefined)[] = [];
  const dispose = createRoot((end) => {
    createEffect(() => seen.push(workspace.collection('company').byId(roe.firm)?.name));
    return end;
  });
  mergeBoth(both);
  workspace.run('Renamed', (tx) => tx.patch(company, doe.firm, { name: 'Acme Group' }));
  workspace.run('Unmerged', (tx) => unmergeRecords(tx, { entity: 'company', ids: [roe.firm] }));
  dispose();
  expect(seen).toEqual(['Acme AS', 'Acme', 'Acme Group', 'Acme AS']);
});

test('undo brings both back with what is theirs', async () => {
  const both = setupTwice();
  mergeBoth(both);
  const { workspace, doe, roe } = both;
  await workspace.undo();
  await workspace.undo();
  expect(workspace.about.activities(doe.person)).toEqual([doe.call]);
  expect(workspace.about.activities(roe.firm)).toEqual([roe.call]);
  expect(workspace.collection('contact').count()).toBe(2);
});
