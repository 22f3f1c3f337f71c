import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router';
import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { member as memberEntity } from '../../shared/entities/member.ts';
import { createMemoryWorkspace, type MemoryWorkspaceOptions } from '../data/memory-workspace.ts';
import { WorkspaceProvider } from '../data/workspace.ts';
import { createHotkeys } from '../platform/hotkeys.ts';
import { loadLateParts } from '../ui/late.tsx';
import { Shell } from './shell.tsx';

Element.prototype.scrollIntoView ??= () => undefined;

// On a busy machine the first load of a part takes longer than a test waits for what it shows.
beforeAll(async () => {
  await Promise.all([
    import('./palette.tsx'),
    import('./shortcut-help.tsx'),
    import('./sign-out-dialog.tsx'),
    loadLateParts(),
  ]);
});
afterEach(() => {
  cleanup();
  localStorage.clear();
});

function setupShell(options: MemoryWorkspaceOptions = {}) {
  const workspace = createMemoryWorkspace({ isSetUp: true, ...options });
  const reloads: boolean[] = [];
  const update = { isReady: () => true, reload: () => reloads.push(true) > 0 };
  const history = createMemoryHistory();
  history.set({ value: '/contacts' });
  const pressedN: string[] = [];
  const Page = (props: { readonly name: string }) => {
    createHotkeys(() => ({ N: () => pressedN.push(props.name) }));
    return <h1>{props.name}</h1>;
  };
  render(() => (
    <MemoryRouter
      history={history}
      root={(route) => (
        <WorkspaceProvider value={workspace}>
          <Shell update={update}>{route.children}</Shell>
        </WorkspaceProvider>
      )}
    >
      <Route path="/contacts" component={() => <Page name="Contacts" />} />
      <Route path="/deals" component={() => <Page name="Deals" />} />
      <Route path="/companies/:id?" component={() => <Page name="Companies" />} />
      <Route path="*" component={() => <h1>Elsewhere</h1>} />
    </MemoryRouter>
  ));
  const press = (...keys: string[]) => {
    for (const key of keys) {
      const [name = '', ...modifiers] = key.split('+').reverse();
      fireEvent.keyDown(document.activeElement ?? document.body, {
        key: name,
        ctrlKey: modifiers.includes('Ctrl'),
        shiftKey: modifiers.includes('Shift'),
      });
    }
  };
  const addCompany = (name: string) =>
    workspace.run(`${name} added`, (tx) => createRecord(tx, { entity: company, values: { name } }));
  return { workspace, history, press, addCompany, reloads, pressedN };
}

describe('undo', () => {
  test('every step shows its words with the way back, by button and by key', async () => {
    const { workspace, addCompany, press } = setupShell();
    addCompany('Kestrel');
    expect(screen.getByText('Kestrel added')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: /^Undo/ }));
    await screen.findByText('Undone: Kestrel added');
    expect(workspace.collection('company').count()).toBe(0);
    press('Ctrl+Shift+Z');
    await screen.findByText('Done again: Kestrel added');
    expect(workspace.collection('company').count()).toBe(1);
  });

  test('whoever only looks since a moment ago is not offered it; the keys say why, and it is there when the role is', async () => {
    const { workspace, addCompany, press } = setupShell();
    addCompany('Kestrel');
    screen.getByRole('button', { name: /^Undo/ });
    workspace.become('viewer');
    expect(screen.queryByRole('button', { name: /^Undo/ })).toBeNull();
    press('Ctrl+K');
    fireEvent.input(await screen.findByRole('combobox'), { target: { value: 'undo' } });
    expect(screen.queryByText(/Undo: /)).toBeNull();
    press('Escape');
    press('Ctrl+Z');
    await screen.findByText(/^You can look at this workspace but not change it/);
    expect(workspace.collection('company').count()).toBe(1);
    workspace.become('member');
    press('Ctrl+Z');
    await screen.findByText('Undone: Kestrel added');
    expect(workspace.collection('company').count()).toBe(0);
  });

  test('never takes back what a teammate has changed since, and says who', async () => {
    const { workspace, addCompany, press } = setupShell();
    const teammate = createMemoryWorkspace({ name: 'Priya', memberId: 'member_priya0000000000' });
    const id = addCompany('Kestrel');
    workspace.exchange(teammate);
    teammate.arrange((tx) => tx.insert(memberEntity, { name: 'Priya', joinOrder: 1 }, 'member_priya0000000000'));
    workspace.run('Industry changed', (tx) =>
      editRecords(tx, { entity: company, ids: [id], changes: { industry: 'Freight' } }),
    );
    workspace.exchange(teammate);
    teammate.run('Industry changed', (tx) =>
      editRecords(tx, { entity: company, ids: [id], changes: { industry: 'Boats' } }),
    );
    workspace.exchange(teammate);
    press('Ctrl+Z');
    await screen.findByText(/Priya changed this after you, and that stays/);
    expect(workspace.collection('company').peek(id)?.industry).toBe('Boats');
  });

  test('says so when there is nothing to take back', async () => {
    const { press } = setupShell();
    press('Ctrl+Z');
    await screen.findByText('Nothing to undo');
  });
});

describe('search and commands', () => {
  test('finds a record by a word of its name and opens it with Enter', async () => {
    const { addCompany, press, history } = setupShell();
    const id = addCompany('Kestrel Logistics');
    press('/');
    const field = await screen.findByRole('combobox', { name: 'Search or run a command' });
    fireEvent.input(field, { target: { value: 'logis' } });
    expect(screen.getByRole('option', { selected: true }).textContent).toContain('Kestrel Logistics');
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(history.get()).toBe(`/companies/${id}`));
  });

  test('offers to add what it did not find', async () => {
    const { workspace, press } = setupShell();
    press('Ctrl+K');
    const field = await screen.findByRole('combobox');
    fireEvent.input(field, { target: { value: 'Marta Halvorsen' } });
    fireEvent.click(screen.getByRole('option', { name: 'Add contact “Marta Halvorsen”' }));
    await waitFor(() => expect(workspace.collection('contact').all()[0]?.lastName).toBe('Halvorsen'));
  });

  test('offers no writing to people who may only look', async () => {
    const { press } = setupShell({ role: 'viewer' });
    press('Ctrl+K');
    const field = await screen.findByRole('combobox');
    fireEvent.input(field, { target: { value: 'new' } });
    expect(screen.queryByRole('option', { name: /^New/ })).toBeNull();
  });
});

describe('going around', () => {
  test('two keys lead to another area, and its heading has the focus then', async () => {
    const { press } = setupShell();
    press('g', 'd');
    const heading = await screen.findByRole('heading', { name: 'Deals' });
    await waitFor(() => expect(document.activeElement).toBe(heading));
    expect(screen.getByRole('link', { name: 'Deals' }).getAttribute('aria-current')).toBe('page');
  });

  test('N belongs to the page; where a page has none, it starts a deal', async () => {
    const { press, history, pressedN } = setupShell();
    press('n');
    expect(pressedN).toEqual(['Contacts']);
    history.set({ value: '/nowhere' });
    await screen.findByRole('heading', { name: 'Elsewhere' });
    press('n');
    await waitFor(() => expect(pressedN).toEqual(['Contacts', 'Deals']));
  });
});

describe('a new version', () => {
  test('waits until it is asked for', () => {
    const { reloads } = setupShell();
    expect(reloads).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Reload' }));
    expect(reloads).toEqual([true]);
  });
});
