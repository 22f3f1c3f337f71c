import { MemoryRouter, Route } from '@solidjs/router';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Tx } from '../../../shared/commands/command.ts';
import { company } from '../../../shared/entities/company.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { loadLateParts } from '../../ui/late.tsx';
import { DuplicatesPage } from './duplicates-page.tsx';

Element.prototype.scrollIntoView ??= () => undefined;

beforeAll(loadLateParts);
afterEach(cleanup);

const emails = (value: string) => [{ value, label: 'work', primary: true }] as const;

function setupPage(arrange: (tx: Tx) => void, options: Parameters<typeof createMemoryWorkspace>[0] = {}) {
  const workspace = createMemoryWorkspace({ isSetUp: true, ...options });
  workspace.arrange(arrange);
  render(() => (
    <WorkspaceProvider value={workspace}>
      <MemoryRouter>
        <Route path="/" component={() => <DuplicatesPage entity="contact" />} />
        <Route path="/companies/duplicates" component={() => <DuplicatesPage entity="company" />} />
      </MemoryRouter>
    </WorkspaceProvider>
  ));
  return workspace;
}

function twoPairs(tx: Tx): void {
  tx.insert(contact, { firstName: 'Jane', lastName: 'Doe', emails: emails('jane@acme.com') });
  tx.insert(contact, { firstName: 'J', lastName: 'Roe', emails: emails('JANE@acme.com') });
  tx.insert(contact, { firstName: 'Ola', lastName: 'Moe' });
  tx.insert(contact, { firstName: 'Ola', lastName: 'Moe', jobTitle: 'Buyer' });
  tx.insert(contact, { firstName: 'Somebody', lastName: 'Else' });
  tx.insert(company, { name: 'Acme', domain: 'acme.com' });
  tx.insert(company, { name: 'Acme AS' });
}

const groups = () =>
  screen.queryAllByRole('button', { name: /^Compare/ }).map((each) => each.getAttribute('aria-label'));

test('lists who looks alike, the surest first, merges them in the comparison and goes on from there', async () => {
  const workspace = setupPage(twoPairs);
  await screen.findByRole('list', { name: 'Groups' });
  expect(groups()).toEqual(['Compare: J Roe and Jane Doe', 'Compare: Ola Moe and Ola Moe']);
  const [first] = screen.getAllByRole('button', { name: /^Compare/ });
  first?.focus();
  fireEvent.keyDown(first as HTMLElement, { key: 'ArrowDown' });
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Compare: Ola Moe and Ola Moe');
  fireEvent.click(first as HTMLElement);
  const dialog = await screen.findByRole('dialog');
  fireEvent.click(within(dialog).getByRole('button', { name: 'Merge' }));
  expect(groups()).toEqual(['Compare: Ola Moe and Ola Moe']);
  await waitFor(() => expect(document.activeElement?.getAttribute('aria-label')).toBe('Compare: Ola Moe and Ola Moe'));
  await workspace.undo();
  await waitFor(() => expect(groups()).toHaveLength(2));
});

test('what is kept separate goes from the list, for good and to be taken back', async () => {
  const workspace = setupPage(twoPairs);
  await screen.findByRole('list', { name: 'Groups' });
  fireEvent.click(screen.getByRole('button', { name: 'Keep separate: J Roe and Jane Doe' }));
  expect(groups()).toEqual(['Compare: Ola Moe and Ola Moe']);
  expect(workspace.undoLabel()).toBe('J Roe and Jane Doe kept separate');
  fireEvent.click(screen.getByRole('button', { name: /^Keep separate/ }));
  expect(groups()).toEqual([]);
  expect(screen.getByText('No contacts look alike')).toBeTruthy();
  await waitFor(() => expect(document.activeElement?.textContent?.trim()).toBe('Possible duplicates'));
  await workspace.undo();
  await waitFor(() => expect(groups()).toEqual(['Compare: Ola Moe and Ola Moe']));
});

test('companies have a list of their own, and one that comes from elsewhere joins it', async () => {
  const workspace = setupPage(twoPairs);
  fireEvent.click(await screen.findByRole('radio', { name: 'Companies' }));
  await waitFor(() => expect(groups()).toEqual(['Compare: Acme and Acme AS']));
  workspace.arrange((tx) => tx.insert(company, { name: 'Something', domain: 'acme.com' }));
  await waitFor(() => expect(groups()).toEqual(['Compare: Acme and Acme AS and Something']));
});

test('a viewer sees them and can change nothing', async () => {
  setupPage(twoPairs, { role: 'viewer' });
  const list = await screen.findByRole('list', { name: 'Groups' });
  expect(within(list).getAllByText('Same email')).toHaveLength(1);
  expect(within(list).getAllByRole('link', { name: 'Ola Moe' })).toHaveLength(2);
  expect(within(list).queryAllByRole('button')).toEqual([]);
});

test('of very many alike so many are shown as a person can look at, the rest when asked for', async () => {
  setupPage((tx) => {
    for (let pair = 0; pair < 60; pair++) {
      const values = { firstName: 'Twin', lastName: String(pair).padStart(2, '0') };
      tx.insert(contact, values);
      tx.insert(contact, values);
    }
  });
  await screen.findByRole('list', { name: 'Groups' });
  expect(groups()).toHaveLength(50);
  fireEvent.click(screen.getByRole('button', { name: 'Show more, 10 left' }));
  expect(groups()).toHaveLength(60);
  expect(document.activeElement?.getAttribute('aria-label')).toBe('Compare: Twin 50 and Twin 50');
});
