import { cleanup, fireEvent, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { deleteRecords } from '../../../shared/commands/record-commands.ts';
import { company } from '../../../shared/entities/company.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { member } from '../../../shared/entities/member.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { showPage } from '../../testing/show-page.tsx';
import { loadLateParts } from '../../ui/late.tsx';
import { TrashPage } from './trash-page.tsx';

const DAY_MS = 86_400_000;
const PRIYA = 'member_priya0000000000';

Element.prototype.scrollIntoView ??= () => undefined;

beforeAll(loadLateParts);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Anna deleted Kestrel ten days ago and Femke today; Priya deleted Oliver just before. */
function setupTrash() {
  const today = Date.now();
  let now = today - 10 * DAY_MS;
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => now++ });
  const priya = createMemoryWorkspace({ name: 'Priya', memberId: PRIYA, now: () => now++ });
  workspace.arrange((tx) => tx.insert(member, { name: 'Priya', joinOrder: 1 }, PRIYA));
  const [kestrel, femke, oliver] = workspace.arrange((tx) => [
    tx.insert(company, { name: 'Kestrel' }),
    tx.insert(contact, { firstName: 'Femke' }),
    tx.insert(contact, { firstName: 'Oliver' }),
  ]) as [string, string, string];
  workspace.run('Deleted', (tx) => deleteRecords(tx, { entity: company, ids: [kestrel] }));
  now = today;
  workspace.exchange(priya);
  priya.run('Deleted', (tx) => deleteRecords(tx, { entity: contact, ids: [oliver] }));
  priya.exchange(workspace);
  workspace.run('Deleted', (tx) => deleteRecords(tx, { entity: contact, ids: [femke] }));
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json({ days: 30 })));
  showPage(workspace, TrashPage);
  return { workspace, kestrel, femke, oliver };
}

const names = () => screen.queryAllByRole('listitem').map((line) => line.querySelector('.fw-5')?.textContent);
const button = (name: string) => screen.getByRole('button', { name });

async function choose(select: RegExp, option: string): Promise<void> {
  const trigger = screen.getByRole('button', { name: select });
  fireEvent.pointerDown(trigger, { button: 0, pointerType: 'mouse' });
  fireEvent.pointerUp(trigger, { button: 0, pointerType: 'mouse' });
  fireEvent.click(trigger);
  const chosen = await screen.findByRole('option', { name: option });
  fireEvent.pointerDown(chosen, { button: 0, pointerType: 'mouse' });
  fireEvent.pointerUp(chosen, { button: 0, pointerType: 'mouse' });
  await waitFor(() => expect(screen.queryByRole('option')).toBeNull());
}

test('it is narrowed by kind, by who deleted it and by when', async () => {
  setupTrash();
  expect(names()).toEqual(['Femke', 'Oliver', 'Kestrel']);
  await choose(/^Kind/, 'Companies');
  expect(names()).toEqual(['Kestrel']);
  await choose(/^Kind/, 'Everything');
  await choose(/^Person/, 'By Priya');
  expect(names()).toEqual(['Oliver']);
  await choose(/^Person/, 'By everybody');
  await choose(/^Time/, 'Last 7 days');
  expect(names()).toEqual(['Femke', 'Oliver']);
});

test('a line stays what it is while others come and go, and keys go on from the one that stands where the restored was', async () => {
  const { workspace, oliver } = setupTrash();
  const kestrel = button('Restore Kestrel');
  button('Restore Oliver').focus();
  fireEvent.click(button('Restore Oliver'));
  expect(workspace.collection('contact').peek(oliver)?.deleted).toBe(false);
  expect(names()).toEqual(['Femke', 'Kestrel']);
  expect(document.activeElement).toBe(kestrel);
  fireEvent.click(kestrel);
  expect(document.activeElement).toBe(button('Restore Femke'));
  await workspace.undo();
  expect(names()).toEqual(['Kestrel', 'Femke']);
  expect(document.activeElement).toBe(button('Restore Femke'));
  fireEvent.click(button('Restore Kestrel'));
  fireEvent.click(button('Restore Femke'));
  screen.getByText('The trash is empty');
  expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1, name: 'Trash' }));
});

test('whoever only looks is offered neither, also from the moment on in which they only look', () => {
  const { workspace } = setupTrash();
  button('Restore Femke');
  workspace.become('member');
  button('Restore Femke');
  expect(screen.queryByRole('button', { name: /for good$/ })).toBeNull();
  workspace.become('viewer');
  expect(screen.queryByRole('button', { name: /^Restore/ })).toBeNull();
  expect(names()).toHaveLength(3);
});
