import { createMemoryHistory, MemoryRouter, Route, useNavigate } from '@solidjs/router';
import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal, Show } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Awareness } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { createMemoryWorkspace } from '../data/memory-workspace.ts';
import { createPresence } from '../data/presence.ts';
import { WorkspaceProvider } from '../data/workspace.ts';
import { createToaster } from '../ui/toaster.tsx';
import { PresenceLayer } from './presence-layer.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

/** A card with an open editor; presence comes when the test lets it. */
function setupBoard() {
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalState(null);
  const presence = createPresence({
    memberId: 'member_anna00000000000',
    awareness: () => awareness,
    isOnline: () => true,
    now: Date.now,
    random: () => 0,
  });
  const workspace = createMemoryWorkspace({ isSetUp: true, presence });
  const [isLoaded, setLoaded] = createSignal(false);
  const history = createMemoryHistory();
  history.set({ value: '/deals' });
  let navigate: (path: string) => void = () => undefined;
  const Page = () => {
    navigate = useNavigate();
    return (
      <article data-card="deal_1">
        <span data-field="deal_1/amount">
          <input aria-label="Value" />
        </span>
        <button type="button">More</button>
      </article>
    );
  };
  render(() => (
    <MemoryRouter
      history={history}
      root={(route) => (
        <WorkspaceProvider value={workspace}>
          {route.children}
          <Show when={isLoaded()}>
            <PresenceLayer toaster={createToaster()} />
          </Show>
        </WorkspaceProvider>
      )}
    >
      <Route path="/deals" component={Page} />
    </MemoryRouter>
  ));
  const told = async () => {
    await vi.advanceTimersByTimeAsync(1_000);
    return awareness.getLocalState();
  };
  return { told, load: () => setLoaded(true), go: (path: string) => navigate(path) };
}

test('what was typed before presence was loaded is told when it is', async () => {
  const { told, load } = setupBoard();
  const input = screen.getByLabelText('Value');
  input.focus();
  fireEvent.input(input, { target: { value: '90000' } });
  load();
  expect(await told()).toMatchObject({ path: '/deals', record: 'deal_1', field: 'amount', draft: '90000' });
});

test('an address that changes under somebody who types leaves them in their field', async () => {
  const { told, load, go } = setupBoard();
  load();
  const input = screen.getByLabelText('Value');
  input.focus();
  fireEvent.input(input, { target: { value: '90000' } });
  expect(await told()).toMatchObject({ draft: '90000' });
  go('/deals?owner=me');
  expect(await told()).toMatchObject({ path: '/deals?owner=me', field: 'amount', draft: '90000' });
  screen.getByText('More').focus();
  expect(await told()).toMatchObject({ record: 'deal_1', field: null, draft: null });
});
