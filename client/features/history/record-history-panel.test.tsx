import { cleanup, fireEvent, screen, waitFor, within } from '@solidjs/testing-library';
import { type JSX, Show } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { Awareness, applyAwarenessUpdate, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { mergeRecords } from '../../../shared/commands/merge-commands.ts';
import { editRecords } from '../../../shared/commands/record-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { member } from '../../../shared/entities/member.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { createPresence, type Presence } from '../../data/presence.ts';
import { createSidePanel, SidePanelProvider, useSidePanel } from '../../fields/side-panel.ts';
import { showPage } from '../../testing/show-page.tsx';
import type { Change } from './history-api.ts';
import { HistoryButton } from './history-button.tsx';
import { HistoryPanel } from './record-history-panel.tsx';

const DAY_MS = 86_400_000;

Element.prototype.scrollIntoView ??= () => undefined;

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

type ToldChange = Pick<Change, 'id' | 'field' | 'new'>;

interface Told {
  /** What the server says of its changes. */
  readonly changes?: readonly ToldChange[];
  readonly presence?: Presence;
}

/** Two of them, the newest first, as the server gives a hundred. */
function pageOf(told: readonly Change[], before: string | null) {
  const rest = told.filter(({ id }) => before === null || id < Number(before));
  const changes = rest.slice(0, 2);
  return { changes, next: rest.length > 2 ? changes.at(-1)?.id : null };
}

/** A contact made a month ago and changed today; `asOf` is what the server says it was. */
function setupFemke(
  asOf: () => readonly { readonly field: string; readonly old: unknown }[] | null,
  { changes: told = [], presence }: Told = {},
) {
  let now = Date.now() - 30 * DAY_MS;
  const workspace = createMemoryWorkspace({ isSetUp: true, now: () => now, ...(presence ? { presence } : {}) });
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
    if (url.pathname === '/api/history') return Response.json(pageOf(told.map(whole), url.searchParams.get('before')));
    return Response.json({ at: 0, values: answer.map((each) => ({ ...each, record: id })) });
  };
  vi.stubGlobal('fetch', (path: string) => Promise.resolve(path).then(answerOf));
  const whole = (change: ToldChange): Change => ({
    ...{ at: 1, record: id, old: null, by: ANNA, stamp: `0${change.id}` },
    ...change,
  });
  const record = () => workspace.collection('contact').byIdInTrash(id) as unknown as AnyRecord;
  showPage(workspace, () => (
    <SidePanelProvider value={createSidePanel()}>
      <Page record={record()} />
    </SidePanelProvider>
  ));
  return { workspace, id, asked };
}

/** What a record's page has of it: the button in the bar, a field, the panel. */
function Page(props: { readonly record: AnyRecord }): JSX.Element {
  const side = useSidePanel();
  return (
    <>
      <HistoryButton />
      <input aria-label="Department" />
      <Show when={side.isOpen()}>
        <HistoryPanel record={props.record} />
      </Show>
    </>
  );
}

const button = () => screen.findByRole('button', { name: 'History' });

async function openPanel() {
  fireEvent.click(await button());
  return within(await screen.findByRole('complementary', { name: /^History of Femke/ }));
}

async function openPast() {
  const panel = await openPanel();
  fireEvent.click(panel.getByRole('button', { name: 'As it was on a day' }));
  return panel;
}

test('a whole record is restored as it was on a day, however many changes lie between, and undone in one step', async () => {
  const { workspace, id, asked } = setupFemke(() => [
    { field: 'jobTitle', old: 'Buyer' },
    { field: 'nickname', old: 'Fem' },
  ]);
  const panel = await openPast();
  await panel.findByText('2 fields differ from today.');
  expect(asked.at(-1)?.searchParams.get('record')).toBe(id);
  expect(Number(asked.at(-1)?.searchParams.get('at'))).toBeLessThan(Date.now() - 5 * DAY_MS);
  fireEvent.click(panel.getByRole('button', { name: 'Restore these values' }));
  const shown = () => workspace.collection('contact').peek(id);
  expect(shown()).toMatchObject({ jobTitle: 'Buyer', nickname: 'Fem' });
  await workspace.undo();
  expect(shown()).toMatchObject({ jobTitle: 'Head of Fleet', nickname: '' });
});

test('of a day before it was made it says so, and without a server what is missing', async () => {
  const answers: (readonly { field: string; old: unknown }[] | null)[] = [[{ field: '', old: null }]];
  setupFemke(() => answers[0] ?? null);
  const panel = await openPast();
  await panel.findByText('It did not exist on that day.');
  answers[0] = null;
  fireEvent.input(panel.getByRole('slider'), { target: { value: '3' } });
  await waitFor(() => expect(panel.getByText(/Your server keeps what was there/)).toBeTruthy());
});

test('without a server it tells what was merged into the record too, and says whose it is', async () => {
  const { workspace, id } = setupFemke(() => null);
  const double = workspace.arrange((tx) => tx.insert(contact, { firstName: 'F.', lastName: 'de Boer' }));
  workspace.run('Edited', (tx) =>
    editRecords(tx, { entity: contact, ids: [double], changes: { department: 'Fleet' } }),
  );
  workspace.run('Merged', (tx) => mergeRecords(tx, { entity: 'contact', primary: id, others: [double] }));
  const panel = await openPanel();
  await panel.findByText('F. de Boer into this contact');
  const lines = panel.getAllByRole('listitem').map((line) => line.textContent ?? '');
  expect(lines.filter((line) => line.includes('Department, of F. de Boer that was merged'))).toHaveLength(1);
});

const ANNA = 'member_anna00000000000';

test('it leaves the page in use, tells at once what is changed there, and keeps its lines when the server tells them', async () => {
  const { workspace, id } = setupFemke(() => [], {
    changes: [{ id: 3, field: '', new: null }],
  });
  const panel = await openPanel();
  await panel.findByText('created');
  expect(panel.getAllByRole('listitem')).toHaveLength(1);
  screen.getByLabelText('Department').focus();
  workspace.run('Edited', (tx) => editRecords(tx, { entity: contact, ids: [id], changes: { department: 'Fleet' } }));
  const [newest, ...others] = panel.getAllByRole('listitem');
  expect(newest?.textContent).toMatch(/Anna changed Department.*Fleet/);
  expect(others).toHaveLength(1);
  expect(document.activeElement).toBe(screen.getByLabelText('Department'));
});

/** Somebody else’s tab says where they are. */
function hear(
  awareness: Awareness,
  { memberId, ...state }: { readonly memberId: string; readonly [key: string]: unknown },
) {
  const theirs = new Awareness(new Y.Doc());
  theirs.setLocalState({ ...state, drag: null, idle: 'active', user: { id: 'u', memberId, name: '' } });
  applyAwarenessUpdate(awareness, encodeAwarenessUpdate(theirs, [theirs.clientID]), 'line');
  theirs.destroy();
}

test('what was read of earlier pages stays when something is changed', async () => {
  const titles = ['Head of Fleet', 'Buyer', 'Clerk'];
  const changes = titles.map((title, index) => ({ id: 9 - index, field: 'jobTitle', new: title }));
  const { workspace, id, asked } = setupFemke(() => [], { changes });
  const panel = await openPanel();
  fireEvent.click(await panel.findByRole('button', { name: 'Show earlier changes' }));
  await panel.findByText('Clerk');
  const questions = asked.length;
  workspace.run('Edited', (tx) => editRecords(tx, { entity: contact, ids: [id], changes: { nickname: 'Femmie' } }));
  await waitFor(() => expect(asked.length).toBe(questions + 1), { timeout: 5_000 });
  expect(asked.at(-1)?.searchParams.get('before')).toBeNull();
  await waitFor(() => expect(panel.queryByRole('button', { name: 'Show earlier changes' })).toBeNull());
  expect(panel.getByText('Clerk')).toBeTruthy();
  expect(panel.getAllByRole('listitem')).toHaveLength(4);
});

test('a teammate in a field is the first line, with what they have typed so far', async () => {
  const awareness = new Awareness(new Y.Doc());
  awareness.setLocalState(null);
  const presence = createPresence({
    memberId: ANNA,
    awareness: () => awareness,
    isOnline: () => true,
    random: () => 0,
  });
  const { workspace, id } = setupFemke(() => [], { presence });
  const tomas = workspace.arrange((tx) => tx.insert(member, { name: 'Tomás Rivera', email: 't@example.com' }));
  const panel = await openPanel();
  expect(panel.queryByText('is editing')).toBeNull();
  hear(awareness, { memberId: tomas, path: `/contacts/${id}`, record: id, field: 'jobTitle', draft: 'Head of Cold' });
  const line = (await panel.findByText('is editing')).closest('li');
  expect(line?.textContent).toBe('TRTomás is editing Job titlenowHead of FleetHead of Cold');
  fireEvent.click(panel.getByRole('button', { name: 'As it was on a day' }));
  expect(panel.queryByText('is editing')).toBeNull();
  presence.dispose();
  awareness.destroy();
});

test('opening moves the focus into it; Escape there, and the button, close it and give the focus back', async () => {
  setupFemke(() => []);
  const opener = await button();
  opener.focus();
  const panel = await openPanel();
  expect(opener.getAttribute('aria-expanded')).toBe('true');
  expect(document.activeElement).toBe(panel.getByRole('heading', { name: 'History' }));
  fireEvent.keyDown(document.activeElement as Element, { key: 'Escape' });
  expect(screen.queryByRole('complementary')).toBeNull();
  expect(document.activeElement).toBe(opener);
  await openPanel();
  fireEvent.click(opener);
  expect(screen.queryByRole('complementary')).toBeNull();
  expect(opener.getAttribute('aria-expanded')).toBe('false');
});
