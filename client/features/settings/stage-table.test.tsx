import { fireEvent, render, screen, within } from '@solidjs/testing-library';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createDeal } from '../../../shared/commands/deal-commands.ts';
import { stagesOf } from '../../../shared/query/pipeline-view.ts';
import { createMemoryWorkspace, type MemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { loadLateParts } from '../../ui/late.tsx';
import { PipelinesSection } from './pipelines-section.tsx';

function setupPipelines(options: { role?: 'owner' | 'viewer' } = {}) {
  const workspace = createMemoryWorkspace({ isSetUp: true, ...options });
  render(() => (
    <WorkspaceProvider value={workspace}>
      <PipelinesSection />
    </WorkspaceProvider>
  ));
  return { workspace };
}

const stageIds = (workspace: MemoryWorkspace) => {
  const [pipeline] = workspace.collection('pipeline').all();
  return stagesOf(workspace.collection('stage').all(), pipeline?.id ?? '').map((each) => each.id);
};
const names = () =>
  screen
    .getAllByRole('row')
    .slice(1)
    .map((row) => within(row).getByLabelText(/^Stage, /).textContent);

async function chooseFromMenu(trigger: string, item: string): Promise<void> {
  const button = screen.getByRole('button', { name: trigger });
  button.focus();
  fireEvent.keyDown(button, { key: 'Enter' });
  const row = await screen.findByRole('menuitem', { name: item });
  row.focus();
  fireEvent.keyDown(row, { key: 'Enter' });
}

beforeAll(loadLateParts);
afterEach(() => localStorage.clear());

test('Alt and the arrow keys move a stage, and the keys stay with it', () => {
  setupPipelines();
  const lead = screen.getByRole('button', { name: 'Stage, Lead' });
  lead.focus();
  fireEvent.keyDown(lead, { key: 'ArrowDown', altKey: true });
  expect(names()).toEqual(['Qualified', 'Lead', 'Proposal', 'Negotiation', 'Won', 'Lost']);
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Stage, Lead' }));
  fireEvent.keyDown(lead, { key: 'ArrowUp', altKey: true });
  fireEvent.keyDown(lead, { key: 'ArrowUp', altKey: true });
  expect(names().slice(0, 2)).toEqual(['Lead', 'Qualified']);
});

test('a probability that is none stays in the field with the advice, and Esc restores', () => {
  const { workspace } = setupPipelines();
  fireEvent.click(screen.getByRole('button', { name: 'Probability of Lead, 10 %' }));
  const field = screen.getByRole<HTMLInputElement>('textbox', { name: 'Probability of Lead' });
  fireEvent.input(field, { target: { value: '150' } });
  fireEvent.keyDown(field, { key: 'Enter' });
  expect(field.value).toBe('150');
  screen.getByText('Type a number from 0 to 100.');
  fireEvent.keyDown(field, { key: 'Escape' });
  screen.getByRole('button', { name: 'Probability of Lead, 10 %' });
  expect(workspace.collection('stage').peek(stageIds(workspace)[0] ?? '')?.probability).toBe(10);
});

test('a stage with deals asks where they go, and moves them in the same step', async () => {
  const { workspace } = setupPipelines();
  const [lead = '', qualified = ''] = stageIds(workspace);
  const deal = workspace.run('deal', (tx) => createDeal(tx, { stageId: qualified, values: { title: 'Racks' } }));
  await chooseFromMenu('More about Qualified', 'Delete');
  fireEvent.click(await screen.findByRole('button', { name: 'Move 1 deal and delete' }));
  expect(names()).not.toContain('Qualified');
  expect(workspace.collection('deal').peek(deal)?.place[1]).toBe(lead);
  await workspace.undo();
  expect(names()).toContain('Qualified');
  expect(workspace.collection('deal').peek(deal)?.place[1]).toBe(qualified);
});

test('an empty stage goes at once, and the last open one says why it stays', async () => {
  setupPipelines();
  for (const name of ['Lead', 'Qualified', 'Proposal', 'Negotiation']) {
    await chooseFromMenu(`More about ${name}`, 'Delete');
  }
  expect(names()).toEqual(['Negotiation', 'Won', 'Lost']);
  screen.getByText('This is the only open stage. Add another one first.');
});

test('somebody who may only look sees everything and is offered nothing', () => {
  setupPipelines({ role: 'viewer' });
  expect(names()).toHaveLength(6);
  expect(screen.queryByRole('button', { name: /^More about/ })).toBeNull();
  expect(screen.queryByRole('button', { name: 'Add a stage' })).toBeNull();
  expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Stage, Lead' }).disabled).toBe(true);
});
