import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { loadLateParts } from '../../ui/late.tsx';
import { TrashSetting } from './trash-setting.tsx';

beforeAll(loadLateParts);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** A server that keeps things for so many days, and what was asked of it. */
function setupTrash(role: 'owner' | 'member') {
  const server = { days: 30 };
  vi.stubGlobal('fetch', (_path: string, init: RequestInit = {}) => {
    if (init.method === 'PUT') server.days = (JSON.parse(String(init.body)) as { days: number }).days;
    return Promise.resolve(Response.json({ days: server.days }));
  });
  render(() => (
    <WorkspaceProvider value={createMemoryWorkspace({ isSetUp: true, role })}>
      <TrashSetting />
    </WorkspaceProvider>
  ));
  return server;
}

async function choose(option: string): Promise<void> {
  const button = await screen.findByRole('button', { name: /Keep in the trash/ });
  fireEvent.pointerDown(button, { button: 0, pointerType: 'mouse' });
  fireEvent.pointerUp(button, { button: 0, pointerType: 'mouse' });
  fireEvent.click(button);
  const chosen = await screen.findByRole('option', { name: option });
  fireEvent.keyDown(chosen, { key: 'Enter' });
  fireEvent.pointerDown(chosen, { button: 0, pointerType: 'mouse' });
  fireEvent.pointerUp(chosen, { button: 0, pointerType: 'mouse' });
}

test('a longer time counts at once, a shorter one after a question', async () => {
  const server = setupTrash('owner');
  await choose('90 days');
  await screen.findByText('90 days');
  expect(server.days).toBe(90);
  await choose('7 days');
  await screen.findByText(/goes for good in about an hour/);
  expect(server.days).toBe(90);
  fireEvent.click(screen.getByRole('button', { name: 'Keep for 7 days' }));
  await screen.findByText('7 days');
  expect(server.days).toBe(7);
});

test('whoever may not change it sees it', async () => {
  setupTrash('member');
  expect(await screen.findByText('for 30 days')).toBeTruthy();
  expect(screen.queryByRole('button')).toBeNull();
});
