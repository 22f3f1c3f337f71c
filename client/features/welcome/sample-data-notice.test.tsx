import { fireEvent, render, screen } from '@solidjs/testing-library';
import { expect, test } from 'vitest';
import { createRecord } from '../../../shared/commands/record-commands.ts';
import { addSampleData } from '../../../shared/commands/sample-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { SampleDataNotice } from './sample-data-notice.tsx';

function setupNotice(role: 'owner' | 'viewer' = 'owner') {
  const workspace = createMemoryWorkspace({ isSetUp: true, role });
  render(() => (
    <WorkspaceProvider value={workspace}>
      <SampleDataNotice />
    </WorkspaceProvider>
  ));
  return { workspace };
}

test('is there while sample data is, takes it out in one step, and undo brings both back', async () => {
  const { workspace } = setupNotice();
  expect(screen.queryByText(/sample data/)).toBeNull();
  workspace.run('own', (tx) => createRecord(tx, { entity: contact, values: { firstName: 'Own' } }));
  workspace.run('Sample data added', addSampleData);
  screen.getByText(/You are looking at sample data/);
  fireEvent.click(screen.getByRole('button', { name: 'Remove it' }));
  expect(screen.queryByText(/sample data/)).toBeNull();
  expect(workspace.collection('contact').count()).toBe(1);
  expect(workspace.undoLabel()).toBe('Sample data removed');
  await workspace.undo();
  screen.getByText(/You are looking at sample data/);
  expect(workspace.collection('contact').count()).toBe(61);
});

test('somebody who may only look is told, and not offered to remove it', () => {
  const { workspace } = setupNotice('viewer');
  workspace.arrange(addSampleData);
  screen.getByText(/You are looking at sample data/);
  expect(screen.queryByRole('button', { name: 'Remove it' })).toBeNull();
});
