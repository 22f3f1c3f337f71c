import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { member, memberIdFor } from '../../../shared/entities/member.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { loadLateParts } from '../../ui/late.tsx';
import { MembersSection } from './members-section.tsx';

beforeAll(loadLateParts);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const HOUR = 3_600_000;

/** A server with one open invitation, which answers when the test lets it. */
function setupMembers(accounts: readonly object[] = []) {
  const held: (() => void)[] = [];
  const asked: string[] = [];
  const server = {
    asked,
    workspace: createMemoryWorkspace({ isSetUp: true }),
    isHeld: false,
    state: 'open',
    answer(state: string) {
      Object.assign(server, { isHeld: false, state });
      for (const answer of held.splice(0)) answer();
    },
  };
  const times = { createdAt: 0, expiresAt: Date.now() + HOUR };
  const invitations = () => [
    { id: 'inv', name: 'Vera', role: 'member', invitedBy: 'Anna', state: server.state, ...times },
  ];
  vi.stubGlobal('fetch', async (path: string, init: RequestInit = {}) => {
    if (init.method === 'POST') asked.push(path);
    if (init.method === 'POST') return Response.json({ url: 'http://crm.test/join/x', expiresAt: Date.now() + HOUR });
    if (server.isHeld) await new Promise<void>((resolve) => held.push(resolve));
    return Response.json(
      path === '/api/invitations' ? { invitations: invitations() } : { members: accounts, removed: [] },
    );
  });
  render(() => (
    <WorkspaceProvider value={server.workspace}>
      <MembersSection />
    </WorkspaceProvider>
  ));
  return server;
}

async function openMenu(): Promise<void> {
  const button = await screen.findByRole('button', { name: 'More for the invitation for Vera' });
  button.focus();
  fireEvent.keyDown(button, { key: 'Enter' });
  await screen.findByRole('menuitem', { name: 'New link' });
}

test('the menu of an invitation stays while the team is read again behind it', async () => {
  const server = setupMembers();
  await openMenu();
  server.isHeld = true;
  fireEvent.keyDown(screen.getByRole('menuitem', { name: 'New link' }), { key: 'Enter' });
  fireEvent.click(await screen.findByRole('button', { name: 'Done' }));
  await openMenu();
  const menu = screen.getByRole('menu');
  const button = screen.getByRole('button', { name: 'More for the invitation for Vera', hidden: true });
  server.answer('expired');
  await screen.findByText('Invitation expired');
  expect([menu.isConnected, button.isConnected]).toEqual([true, true]);
  expect(screen.getByRole('menuitem', { name: 'Take back' })).toBeTruthy();
});

test('who is here twice since a refill is brought together, after a question, with a link to come back by', async () => {
  const userId = `user_${'b'.repeat(24)}`;
  const ben = { userId: 'user_new', memberId: 'member_new', name: 'Ben', email: 'ben@acme.test', role: 'member' };
  const { workspace, asked } = setupMembers([{ ...ben, lastSeenAt: null, devices: 1 }]);
  expect(screen.queryByText('Ben is here twice')).toBeNull();
  workspace.arrange((tx) =>
    tx.insert(member, { name: 'Ben', email: 'Ben@acme.test', account: userId }, memberIdFor(userId)),
  );
  await screen.findByText('Ben is here twice');
  fireEvent.click(screen.getByRole('button', { name: 'Bring together' }));
  expect(asked).toEqual([]);
  fireEvent.click(await screen.findByRole('button', { name: 'Sign out and make a link' }));
  expect(await screen.findByText('Invitation link for Ben')).toBeTruthy();
  expect(asked).toEqual(['/api/members/user_new/bring-together']);
});
