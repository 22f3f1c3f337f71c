import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { editRecords } from '../../../shared/commands/record-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { showPage } from '../../testing/show-page.tsx';
import { loadLateParts } from '../../ui/late.tsx';
import { HistoryPage } from './history-page.tsx';

Element.prototype.scrollIntoView ??= () => undefined;

beforeAll(loadLateParts);
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** Femke’s job title was changed twice; the server tells so unless it is out of reach. */
function setupHistory() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const id = workspace.arrange((tx) => tx.insert(contact, { firstName: 'Femke', jobTitle: 'Buyer' }));
  const edit = (jobTitle: string) => {
    workspace.run('Edit', (tx) => editRecords(tx, { entity: contact, ids: [id], changes: { jobTitle } }));
    const stamp = workspace.newestEdits(id).find(({ path }) => path === 'jobTitle')?.stamp ?? '';
    return { stamp, new: jobTitle };
  };
  const edits = [edit('Head of Fleet'), edit('CFO')];
  const server = { isReached: true, asked: [] as URL[] };
  const { memberId: by } = workspace.me();
  const changes = edits.map((each, index) => {
    const old = index === 0 ? 'Buyer' : 'Head of Fleet';
    return { id: index + 1, at: Date.now(), record: id, field: 'jobTitle', old, by, ...each };
  });
  const answerOf = (url: URL) => {
    const stamp = /actions\/(.+)$/.exec(url.pathname)?.[1];
    if (stamp) return { changes: changes.filter((each) => each.stamp === decodeURIComponent(stamp)), next: null };
    const actions = changes.toReversed().map((each) => ({
      ...{ id: each.id, at: each.at, by, stamps: [each.stamp], changes: 1, records: 1, made: 0, putBack: false },
      sample: [each],
    }));
    return { actions, next: null };
  };
  vi.stubGlobal('fetch', (path: string) => {
    const url = new URL(path, 'http://crm.test');
    server.asked.push(url);
    return server.isReached ? Promise.resolve(Response.json(answerOf(url))) : Promise.reject(new TypeError('no line'));
  });
  const show = () => showPage(workspace, HistoryPage);
  return { workspace, server, id, show };
}

test('without a line it shows what this device knows and says so, and the whole when the server answers again', async () => {
  const { server, show } = setupHistory();
  server.isReached = false;
  show();
  await screen.findByText(
    /Your server is out of reach, and the whole history is there. This is what this device knows/,
  );
  // The newest value of the field, not what it was before.
  const line = await screen.findByRole('listitem');
  expect(line.textContent).toContain('Femke: Job title');
  fireEvent.click(within(line).getByRole('button', { name: /^Femke/ }));
  expect(line.textContent).toContain('CFO');
  expect(screen.queryByRole('button', { name: /^Take back/ })).toBeNull();
  server.isReached = true;
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await waitFor(() => expect(screen.queryByText(/out of reach/)).toBeNull());
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
});

test('it asks the server for one person, one field and one time', async () => {
  const { workspace, server, show } = setupHistory();
  show();
  await screen.findAllByRole('listitem');
  for (const [select, option] of [
    [/^Person/, workspace.me().name],
    [/^Field/, 'Job title'],
    [/^Time/, 'Today'],
  ] as const) {
    const trigger = screen.getByRole('button', { name: select });
    fireEvent.pointerDown(trigger, { button: 0, pointerType: 'mouse' });
    fireEvent.pointerUp(trigger, { button: 0, pointerType: 'mouse' });
    fireEvent.click(trigger);
    const chosen = await screen.findByRole('option', { name: option });
    fireEvent.pointerDown(chosen, { button: 0, pointerType: 'mouse' });
    fireEvent.pointerUp(chosen, { button: 0, pointerType: 'mouse' });
    await waitFor(() => expect(screen.queryByRole('option')).toBeNull());
  }
  const { searchParams } = server.asked.at(-1) ?? new URL('http://crm.test');
  expect(searchParams.get('member')).toBe(workspace.me().memberId);
  expect(searchParams.get('field')).toBe('jobTitle');
  expect(Number(searchParams.get('from'))).toBeGreaterThan(Date.now() - 86_400_000 - 3_600_000);
});

test('an action is taken back from weeks of them, and the keys stay on its line', async () => {
  const { workspace, server, id, show } = setupHistory();
  show();
  await screen.findAllByRole('listitem');
  const [takeBack] = screen.getAllByRole('button', { name: 'Take back: Femke: Job title' });
  takeBack?.focus();
  fireEvent.click(takeBack as HTMLElement);
  await waitFor(() => expect(workspace.collection('contact').peek(id)?.jobTitle).toBe('Head of Fleet'));
  const before = server.asked.length;
  await waitFor(() => expect(server.asked.length).toBeGreaterThan(before), { timeout: 3_000 });
  await waitFor(() => expect(takeBack?.getAttribute('aria-disabled')).toBeNull());
  expect(document.activeElement).toBe(takeBack);
  expect(workspace.undoLabel()).toBe('Taken back: Femke: Job title');
});

test('a server that is lost on the way takes back nothing and says so', async () => {
  const { workspace, server, id, show } = setupHistory();
  show();
  const [takeBack] = await screen.findAllByRole('button', { name: /^Take back/ });
  server.isReached = false;
  fireEvent.click(takeBack as HTMLElement);
  await screen.findByText(/taking this back needs all of it. Nothing was changed./);
  expect(workspace.collection('contact').peek(id)?.jobTitle).toBe('CFO');
});
