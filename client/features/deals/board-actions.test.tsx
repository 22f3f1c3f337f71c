import { MemoryRouter, Route } from '@solidjs/router';
import { cleanup, render } from '@solidjs/testing-library';
import { afterEach, expect, test, vi } from 'vitest';
import { createDeal } from '../../../shared/commands/deal-commands.ts';
import { stage } from '../../../shared/entities/stage.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { createBoardActions } from './board-actions.ts';
import type { DealActions } from './deal-actions.ts';

afterEach(cleanup);

test('what is done before the commands are loaded is done when they are, in the order of doing, also when the page was left', async () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const [first, second] = workspace.arrange((tx) => [...tx.all(stage)]);
  const id = workspace.arrange((tx) => createDeal(tx, { stageId: first?.id ?? '', values: { title: 'Sensors' } }));
  const refused = vi.fn();
  let actions: DealActions | undefined;
  function Page() {
    actions = createBoardActions({ onRefused: refused });
    return null;
  }
  const { unmount } = render(() => (
    <WorkspaceProvider value={workspace}>
      <MemoryRouter>
        <Route path="/" component={Page} />
      </MemoryRouter>
    </WorkspaceProvider>
  ));
  await vi.waitFor(() => expect(actions).toBeDefined());
  const deal = () => workspace.collection('deal').peek(id);

  actions?.moveToStage([id], second?.id ?? '');
  actions?.edit([id], { title: 'Cold-room sensors' }, 'Title');
  expect(deal()?.title).toBe('Sensors');
  unmount();
  await vi.waitFor(() => expect(deal()?.title).toBe('Cold-room sensors'));
  expect(deal()?.place[1]).toBe(second?.id);
  expect(workspace.undoLabel()).toContain('Title');

  actions?.edit([id], { title: 'Freezers' }, 'Title');
  expect(deal()?.title).toBe('Freezers');
  expect(refused).not.toHaveBeenCalled();
});
