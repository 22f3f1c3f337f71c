import { cleanup, fireEvent, render, screen, within } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { logActivity } from '../../../shared/commands/activity-commands.ts';
import { mergeRecords } from '../../../shared/commands/merge-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { MergeDialog } from './merge-dialog.tsx';
import { MergedRecords } from './merged-records.tsx';
import { SeparateRecords } from './separate-records.tsx';

afterEach(cleanup);

function setupJanes() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const ids = workspace.arrange((tx) => {
    const doe = tx.insert(contact, {
      firstName: 'Jane',
      lastName: 'Doe',
      jobTitle: 'Buyer',
      department: 'Sourcing',
      nickname: 'Jay',
      about: 'Likes tea',
      tags: ['a'],
    });
    const roe = tx.insert(contact, {
      firstName: 'Jane',
      lastName: 'Roe',
      about: 'Plays chess',
      tags: ['b'],
      emails: [{ value: 'jane@acme.com', label: 'work', primary: true }],
    });
    tx.insert(contact, { firstName: 'Aaron', lastName: 'First' });
    tx.insert(contact, {
      firstName: 'J',
      emails: [{ value: 'JANE@acme.com', label: 'work', primary: true }],
    });
    return { doe, roe };
  });
  workspace.arrange((tx) => logActivity(tx, { kind: 'call', body: 'Hello', about: [ids.roe], at: Date.now() }));
  const read = (id: string) => workspace.collection('contact').peek(id) as unknown as AnyRecord;
  const show = (...shown: readonly string[]) => {
    const closed: string[] = [];
    render(() => (
      <WorkspaceProvider value={workspace}>
        <MergeDialog entity="contact" ids={shown} onClose={() => closed.push('closed')} />
      </WorkspaceProvider>
    ));
    return closed;
  };
  return { workspace, ...ids, read, show };
}

const group = (name: string) => within(screen.getByRole('radiogroup', { name }));

test('asks only where they differ, says what comes along, and writes what was chosen in one step', async () => {
  const { workspace, doe, roe, read, show } = setupJanes();
  const closed = show(doe, roe);
  expect(screen.getAllByRole('radiogroup').map((each) => each.getAttribute('aria-labelledby'))).toHaveLength(3);
  expect(screen.getByText('1 entry')).toBeTruthy();
  expect(screen.getByText('jane@acme.com')).toBeTruthy();
  fireEvent.click(group('Last name').getByRole('radio', { name: 'Roe' }));
  fireEvent.click(group('About').getByRole('radio', { name: 'All of it, one after the other' }));
  fireEvent.click(screen.getByRole('button', { name: 'Merge' }));
  expect(closed).toEqual(['closed']);
  expect(read(doe)).toMatchObject({
    lastName: 'Roe',
    jobTitle: 'Buyer',
    about: 'Likes tea\n\nPlays chess',
    tags: ['a', 'b'],
  });
  expect(read(roe).mergedInto).toBe(doe);
  expect(workspace.undoLabel()).toBe('Jane Roe merged into Jane Doe');
  await workspace.undo();
  expect(read(doe)).toMatchObject({ lastName: 'Doe', tags: ['a'] });
});

test('the other one can be the one that stays', () => {
  const { doe, roe, read, show } = setupJanes();
  show(doe, roe);
  fireEvent.click(group('Stays').getByRole('radio', { name: /Jane Roe/ }));
  fireEvent.click(screen.getByRole('button', { name: 'Merge' }));
  expect(read(doe).mergedInto).toBe(roe);
  expect(read(roe)).toMatchObject({ lastName: 'Roe', jobTitle: 'Buyer' });
});

test('of one contact it asks for the other first, the likely one on top', () => {
  const { roe, show } = setupJanes();
  show(roe);
  const [first] = screen.getAllByRole('option');
  expect(first?.textContent).toContain('Same email');
  fireEvent.click(first as HTMLElement);
  expect(group('Stays').getAllByRole('radio')).toHaveLength(2);
});

test('says so when somebody else merged one of them meanwhile, and writes nothing', () => {
  const { workspace, doe, roe, read, show } = setupJanes();
  const closed = show(doe, roe);
  workspace.arrange((tx) => mergeRecords(tx, { entity: 'contact', primary: roe, others: [doe] }));
  expect(screen.getByRole('alert').textContent).toContain('merged or deleted meanwhile');
  fireEvent.click(screen.getByRole('button', { name: 'Merge' }));
  expect(closed).toEqual([]);
  expect(read(roe).mergedInto).toBeNull();
});

test('the page of the one that stays names what was merged into it and takes it out again', () => {
  const { workspace, doe, roe, read } = setupJanes();
  const before = read(doe);
  workspace.run('Merged', (tx) => mergeRecords(tx, { entity: 'contact', primary: doe, others: [roe] }));
  render(() => (
    <WorkspaceProvider value={workspace}>
      <MergedRecords record={read(doe)} />
    </WorkspaceProvider>
  ));
  expect(screen.getByText('Plays chess')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Unmerge Jane Roe' }));
  expect(read(roe).mergedInto).toBeNull();
  expect(read(doe)).toMatchObject({ tags: before.tags, emails: [], jobTitle: 'Buyer' });
  expect(screen.queryByText('Merged from')).toBeNull();
});

test('what is kept separate is not proposed again, says so where it is found, and can be taken back', async () => {
  const { workspace, roe, read, show } = setupJanes();
  const closed = show(roe);
  const likely = screen.getAllByRole('option').find((each) => each.textContent?.includes('Same email'));
  fireEvent.click(likely as HTMLElement);
  fireEvent.click(screen.getByRole('button', { name: 'Keep separate' }));
  expect(closed).toEqual(['closed']);
  expect(workspace.undoLabel()).toBe('Jane Roe and J kept separate');
  cleanup();
  show(roe);
  const options = screen.getAllByRole('option').map((each) => each.textContent);
  expect(options.filter((text) => text?.includes('Same email'))).toEqual([]);
  const kept = screen.getAllByRole('option').find((each) => each.textContent?.includes('Kept separate'));
  fireEvent.click(kept as HTMLElement);
  expect(screen.getByText(/not proposed to each other/)).toBeTruthy();
  cleanup();
  render(() => (
    <WorkspaceProvider value={workspace}>
      <SeparateRecords record={read(roe)} />
    </WorkspaceProvider>
  ));
  fireEvent.click(screen.getByRole('button', { name: 'Propose J again' }));
  expect(read(roe).separateFrom).toEqual([]);
  await workspace.undo();
  await workspace.undo();
  expect(read(roe).separateFrom).toEqual([]);
  await workspace.redo();
  expect(read(roe).separateFrom).toHaveLength(1);
});
