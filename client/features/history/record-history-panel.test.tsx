import { MemoryRouter, Route } from '@solidjs/router';
import { cleanup, fireEvent, render, screen, waitFor, within } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { mergeRecords } from '../../../shared/commands/merge-commands.ts';
import { editRecords } from '../../../shared/commands/record-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { RecordHistory } from './record-history.tsx';

const DAY_MS = 86_400_000;

Element.prototype.scrollIntoView ??= () => undefined;

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

/** A contact made a month ago and changed today; `asOf` is what the server says it was. */
function setupFemke(asOf: () => readonly { readonly field: string; readonly old: unknown }[] | null) {
  let now = Date.now() - 30 * DAY_MS;
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => now });
  const values = { firstName: 'Femke', jobTitle: 'Buyer', nickname: 'Fem' };
  const id = workspace.arrange((tx) => tx.insert(contact, values));
  now = Date.now();
  const changes = { jobTitle: 'Head of Fleet', nickname: '' };
  workspace.run('Edited', (tx) => editRecords(tx, { entity: contact, ids: [id], changes }));
  const asked: URL[] = [];
  const answerOf = (path: string): Response => {
    const url = new URL(path, 'http://crm.test');
    asked.push(url);
    const answer = asOf();
    if (answer === null) throw new TypeError('no line');
    if (url.pathname === '/api/history') return Response.json({ changes: [], next: 7 });
    return Response.json({ at: 0, values: answer.map((each) => ({ ...each, record: id })) });
  };
  vi.stubGlobal('fetch', (path: string) => Promise.resolve(path).then(answerOf));
  const record = () => workspace.collection('contact').byIdInTrash(id) as unknown as AnyRecord;
  render(() => (
    <WorkspaceProvider value={workspace}>
      <MemoryRouter>
        <Route path="/" component={() => <RecordHistory record={record()} />} />
      </MemoryRouter>
    </WorkspaceProvider>
  ));
  return { workspace, id, asked };
}

async function openPast() {
  fireEvent.click(await screen.findByRole('button', { name: 'History' }));
  const dialog = within(await screen.findByRole('dialog'));
  fireEvent.click(dialog.getByText('As it was'));
  return dialog;
}

test('a whole record is restored as it was on a day, however many changes lie between, and undone in one step', async () => {
  const { workspace, id, asked } = setupFemke(() => [
    { field: 'jobTitle', old: 'Buyer' },
    { field: 'nickname', old: 'Fem' },
  ]);
  const dialog = await openPast();
  await dialog.findByText('2 fields differ from today.');
  expect(asked.at(-1)?.searchParams.get('record')).toBe(id);
  expect(Number(asked.at(-1)?.searchParams.get('at'))).toBeLessThan(Date.now() - 5 * DAY_MS);
  fireEvent.click(dialog.getByRole('button', { name: 'Restore these values' }));
  const shown = () => workspace.collection('contact').peek(id);
  expect(shown()).toMatchObject({ jobTitle: 'Buyer', nickname: 'Fem' });
  await workspace.undo();
  expect(shown()).toMatchObject({ jobTitle: 'Head of Fleet', nickname: '' });
});

test('of a day before it was made it says so, and without a server what is missing', async () => {
  const answers: (readonly { field: string; old: unknown }[] | null)[] = [[{ field: '', old: null }]];
  setupFemke(() => answers[0] ?? null);
  const dialog = await openPast();
  await dialog.findByText('It did not exist on that day.');
  answers[0] = null;
  fireEvent.input(dialog.getByRole('slider'), { target: { value: '3' } });
  await waitFor(() => expect(dialog.getByText(/Your server keeps what was there/)).toBeTruthy());
});

test('without a server it tells what was merged into the record too, and says whose it is', async () => {
  const { workspace, id } = setupFemke(() => null);
  const double = workspace.arrange((tx) => tx.insert(contact, { firstName: 'F.', lastName: 'de Boer' }));
  workspace.run('Edited', (tx) =>
    editRecords(tx, { entity: contact, ids: [double], changes: { department: 'Fleet' } }),
  );
  workspace.run('Merged', (tx) => mergeRecords(tx, { entity: 'contact', primary: id, others: [double] }));
  fireEvent.click(await screen.findByRole('button', { name: 'History' }));
  const dialog = within(await screen.findByRole('dialog'));
  await dialog.findByText('Merged F. de Boer into this one');
  const lines = dialog.getAllByRole('listitem').map((line) => line.textContent ?? '');
  expect(lines.filter((line) => line.includes('Department, of F. de Boer that was merged'))).toHaveLength(1);
});
