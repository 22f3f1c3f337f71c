import { cleanup, fireEvent, render, screen, waitFor } from '@solidjs/testing-library';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { noteTemplate } from '../../../shared/entities/note-template.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { loadLateParts } from '../../ui/late.tsx';
import { TemplateMenu } from './template-menu.tsx';

beforeAll(loadLateParts);
afterEach(cleanup);

function setupMenu(current = '') {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  workspace.arrange((tx) => tx.insert(noteTemplate, { name: 'First call', body: '- Budget' }));
  const picked: string[] = [];
  let asked = 0;
  render(() => (
    <WorkspaceProvider value={workspace}>
      <TemplateMenu onPick={(body) => picked.push(body)} current={() => current} onAsked={() => asked++} />
    </WorkspaceProvider>
  ));
  const names = () =>
    workspace
      .collection('noteTemplate')
      .all()
      .map(({ name, body }) => [name, body]);
  const open = () => fireEvent.keyDown(screen.getByRole('button', { name: 'Templates' }), { key: 'Enter' });
  return { workspace, picked, asked: () => asked, names, open };
}

async function choose(name: string): Promise<void> {
  const item = await screen.findByRole('menuitem', { name });
  fireEvent.pointerDown(item, { button: 0, pointerType: 'mouse' });
  fireEvent.pointerUp(item, { button: 0, pointerType: 'mouse' });
  fireEvent.click(item);
}

test('a template is picked from the menu', async () => {
  const { picked, open } = setupMenu();
  open();
  await choose('First call');
  expect(picked).toEqual(['- Budget']);
});

test('what is written is kept as a template under a name, which undo takes back', async () => {
  const { workspace, asked, names, open } = setupMenu('# Site walk');
  open();
  await choose('Keep this text as a template');
  const name = await screen.findByRole('textbox', { name: 'Name' });
  fireEvent.keyDown(name, { key: 'Enter', ctrlKey: true });
  expect((await screen.findByText('Name cannot be empty.')).textContent).toBeTruthy();
  fireEvent.input(name, { target: { value: 'Site walk' } });
  fireEvent.click(screen.getByRole('button', { name: 'Keep template' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  await waitFor(() => expect(asked()).toBe(1));
  expect(names()).toEqual([
    ['First call', '- Budget'],
    ['Site walk', '# Site walk'],
  ]);
  expect(workspace.undoLabel()).toBe('Template Site walk kept');
  await workspace.undo();
  expect(names()).toHaveLength(1);
});

test('nothing written is no template, and that is said', async () => {
  const { names, open } = setupMenu(' ');
  open();
  await choose('Keep this text as a template');
  fireEvent.input(await screen.findByRole('textbox', { name: 'Name' }), { target: { value: 'Empty' } });
  fireEvent.click(screen.getByRole('button', { name: 'Keep template' }));
  expect(await screen.findByText('Write the text first, then keep it as a template.')).toBeTruthy();
  expect(names()).toHaveLength(1);
});
