import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { editRecords } from '../../shared/commands/record-commands.ts';
import { contact } from '../../shared/entities/contact.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { createMemoryWorkspace } from '../data/memory-workspace.ts';
import { WorkspaceProvider } from '../data/workspace.ts';
import { KeptBoxes } from './kept-box.tsx';
import { KeptMark } from './kept-mark.tsx';

const DAY_MS = 86_400_000;

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** Anna and Bert changed the job title apart, so many days ago. */
function setupKept(days: number) {
  let now = Date.now() - days * DAY_MS;
  const anna = createMemoryWorkspace({ isSetUp: true, now: () => now++ });
  const bert = createMemoryWorkspace({ name: 'Bert', memberId: 'member_bert00000000000', now: () => now++ });
  const id = anna.arrange((tx) => tx.insert(contact, { firstName: 'Ingrid' }));
  anna.exchange(bert);
  for (const [each, jobTitle] of [
    [anna, 'CFO'],
    [bert, 'COO'],
  ] as const) {
    each.run('Edit', (tx) => editRecords(tx, { entity: contact, ids: [id], changes: { jobTitle } }));
  }
  anna.exchange(bert);
  now = Date.now();
  const record = () => anna.collection('contact').byId(id) as unknown as AnyRecord;
  render(() => (
    <WorkspaceProvider value={anna}>
      <KeptMark record={record()} name="jobTitle" />
      <KeptBoxes record={record()} />
    </WorkspaceProvider>
  ));
  return { anna };
}
const mark = () => screen.queryByRole('button', { name: 'Job title: 2 kept' });

test('the mark stands for a week; after that both values are in the history only', () => {
  setupKept(6);
  expect(mark()).not.toBeNull();
  cleanup();
  setupKept(8);
  expect(mark()).toBeNull();
  expect(screen.getByRole('region', { name: 'Values kept for job title' }).textContent).toMatch(/COO.*CFO/);
});

test('a choice takes the mark away at once; whoever only looks sees both values and decides nothing', () => {
  const { anna } = setupKept(1);
  anna.become('viewer');
  expect(screen.queryByRole('button', { name: 'Keep this one' })).toBeNull();
  expect(mark()).not.toBeNull();
  anna.become('member');
  fireEvent.click(screen.getByRole('button', { name: 'Keep this one' }));
  expect(mark()).toBeNull();
  expect(screen.queryByRole('region')).toBeNull();
});
