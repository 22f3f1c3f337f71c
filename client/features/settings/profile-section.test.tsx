import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import type { Presence } from '../../data/presence.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { ProfileSection } from './profile-section.tsx';

afterEach(cleanup);

test('working unseen is switched on and off here', () => {
  const [isOn, setOn] = createSignal(false);
  const told: boolean[] = [];
  const setUnseen = (isUnseen: boolean) => {
    told.push(isUnseen);
    setOn(isUnseen);
  };
  const presence = { isUnseen: isOn, setUnseen, peers: () => [], peer: () => undefined } as unknown as Presence;
  render(() => (
    <WorkspaceProvider value={createMemoryWorkspace({ isSetUp: true, presence })}>
      <ProfileSection />
    </WorkspaceProvider>
  ));
  const unseen = screen.getByRole('switch', { name: 'Work unseen' });
  fireEvent.click(unseen);
  fireEvent.click(unseen);
  expect(told).toEqual([true, false]);
});
