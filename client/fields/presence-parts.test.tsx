import { cleanup, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { contact } from '../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../data/memory-workspace.ts';
import type { Peer, Presence } from '../data/presence.ts';
import { showPage } from '../testing/show-page.tsx';
import { WorkingNow } from './presence-parts.tsx';

afterEach(cleanup);

test('who is at work now is named with what they do, and leads to where they are', () => {
  const found: Peer[] = [];
  const presence = { peers: () => found } as unknown as Presence;
  const workspace = createMemoryWorkspace({ isSetUp: true, presence });
  const id = workspace.arrange((tx) => tx.insert(contact, { firstName: 'Femke', lastName: 'de Boer' }));
  const peer = (name: string, more: Partial<Peer>): Peer => ({
    memberId: `member_${name}`,
    name,
    path: '/contacts',
    record: null,
    field: null,
    idle: 'active',
    carries: null,
    ...more,
  });
  found.push(
    peer('Tomás Ruiz', { carries: id, path: '/deals' }),
    peer('Priya Raman', { record: id, field: 'title', path: `/contacts/${id}` }),
    peer('Samuel Ortiz', {}),
    peer('Aiko Tanaka', { idle: 'away' }),
  );
  showPage(workspace, WorkingNow);
  expect(screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['Tomás is moving Femke de Boer', '/deals'],
    ['Priya is editing Femke de Boer', `/contacts/${id}`],
    ['Samuel is in Contacts', '/contacts'],
    ['Aiko is away', '/contacts'],
  ]);
});
