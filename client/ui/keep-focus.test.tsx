import { cleanup, render, screen, waitFor } from '@solidjs/testing-library';
import { createSignal, Show } from 'solid-js';
import { afterEach, expect, test } from 'vitest';
import { keepFocus } from './keep-focus.ts';

afterEach(cleanup);

function setupPage() {
  const [hasRow, setRow] = createSignal(true);
  const [hasPart, setPart] = createSignal(true);
  render(() => (
    <main>
      <h1>Members</h1>
      <div ref={keepFocus}>
        <Show when={hasPart()}>
          <section>
            <h2>Team</h2>
            <Show when={hasRow()}>
              <button type="button">Remove Ben</button>
            </Show>
            <button type="button">Invite</button>
          </section>
        </Show>
      </div>
    </main>
  ));
  return { setRow, setPart };
}
const focused = () => document.activeElement?.textContent;

test('the keys go on from the heading of the part a button went from, else from that of the page', async () => {
  const { setRow, setPart } = setupPage();
  screen.getByRole('button', { name: 'Remove Ben' }).focus();
  setRow(false);
  await waitFor(() => expect(focused()).toBe('Team'));
  screen.getByRole('button', { name: 'Invite' }).focus();
  setPart(false);
  await waitFor(() => expect(focused()).toBe('Members'));
});

test('who has gone elsewhere meanwhile stays there', async () => {
  const { setRow } = setupPage();
  screen.getByRole('button', { name: 'Remove Ben' }).focus();
  screen.getByRole('button', { name: 'Invite' }).focus();
  setRow(false);
  await new Promise((next) => setTimeout(next, 20));
  expect(focused()).toBe('Invite');
});
