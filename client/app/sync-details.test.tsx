import { cleanup, fireEvent, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { createMemoryWorkspace } from '../data/memory-workspace.ts';
import { WorkspaceProvider } from '../data/workspace.ts';
import { learnClockOffset } from '../platform/right-now.ts';
import { SyncDetails } from './sync-details.tsx';

afterEach(cleanup);

test('a change the server refused is shown with its reason, can be offered again and taken along', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const tryNow = vi.fn();
  const exportLocalData = vi.fn(async () => new Blob(['{}']));
  const refused = () => [{ text: 'Changed the currency', reason: 'Your role does not change the settings.' }];
  const sync = { ...workspace.sync, state: () => 'needs-you' as const, refused, tryNow };
  URL.createObjectURL ??= () => 'blob:copy';
  URL.revokeObjectURL ??= () => undefined;
  render(() => (
    <WorkspaceProvider value={{ ...workspace, sync, exportLocalData }}>
      <SyncDetails onReload={() => undefined} />
    </WorkspaceProvider>
  ));
  screen.getByRole('heading', { name: 'Needs you' });
  screen.getByText('Changed the currency');
  screen.getByText('Your role does not change the settings.');
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(tryNow).toHaveBeenCalledOnce();
  fireEvent.click(screen.getByRole('button', { name: 'Download my changes' }));
  await vi.waitFor(() => expect(exportLocalData).toHaveBeenCalledWith('waiting'));
});

test('a clock that is plainly wrong is said while it is', () => {
  learnClockOffset(-86_400_000);
  render(() => (
    <WorkspaceProvider value={createMemoryWorkspace({ isSetUp: true })}>
      <SyncDetails onReload={() => undefined} />
    </WorkspaceProvider>
  ));
  screen.getByText('1 day ahead of the server’s');
  learnClockOffset(0);
  expect(screen.queryByText('1 day ahead of the server’s')).toBeNull();
});
