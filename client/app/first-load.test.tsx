import { cleanup, render, screen, waitFor } from '@solidjs/testing-library';
import { createSignal, Show } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { FirstLoad } from './first-load.tsx';

afterEach(cleanup);

function setupLoad() {
  const [isLoaded, setLoaded] = createSignal(false);
  const [isPageHere, setPageHere] = createSignal(false);
  render(() => (
    <Show when={isLoaded()} fallback={<FirstLoad progress={0.4} isOffline={false} />}>
      <main>
        <Show when={isPageHere()}>
          <h1>Deals</h1>
          <input aria-label="Find a deal" />
        </Show>
      </main>
    </Show>
  ));
  return { setLoaded, setPageHere };
}

test('keys and voices go on from the words of the download, and from the heading of the page that follows', async () => {
  const { setLoaded, setPageHere } = setupLoad();
  expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Bringing your workspace here' }));
  setLoaded(true);
  expect(document.activeElement).toBe(document.body);
  setPageHere(true);
  await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Deals' })));
});

test('who has put the focus somewhere meanwhile keeps it there', async () => {
  const { setLoaded, setPageHere } = setupLoad();
  setLoaded(true);
  setPageHere(true);
  const field = screen.getByRole('textbox');
  field.focus();
  await new Promise((resolve) => setTimeout(resolve, 150));
  expect(document.activeElement).toBe(field);
});
