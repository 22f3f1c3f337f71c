import { cleanup, render, screen } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { createDeal } from '../../../shared/commands/deal-commands.ts';
import { deal } from '../../../shared/entities/deal.ts';
import { addDays } from '../../../shared/model/day.ts';
import type { AnyRecord } from '../../../shared/model/entity.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { WorkspaceProvider } from '../../data/workspace.ts';
import { currentDay } from '../../fields/reference.ts';
import { RecordTasks } from './record-tasks.tsx';

afterEach(cleanup);

test('a next step that is only written on a deal is shown late as a task is', () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const stageId = [...workspace.collection('stage').each()].find((stage) => stage.type === 'open')?.id ?? '';
  const due = (days: number) => ({ nextStep: 'Demo', nextStepOn: addDays(currentDay(), days) });
  const id = workspace.arrange((tx) => createDeal(tx, { stageId, values: { title: 'Van loggers', ...due(-4) } }));
  const record = () => workspace.collection('deal').byId(id) as unknown as AnyRecord;
  render(() => (
    <WorkspaceProvider value={workspace}>
      <RecordTasks record={record()} />
    </WorkspaceProvider>
  ));
  expect(screen.getByText('4 days late').className).toContain('due--late');
  workspace.arrange((tx) => tx.patch(deal, id, due(-1)));
  expect(screen.getByText('1 day late').className).toContain('due--late');
  workspace.arrange((tx) => tx.patch(deal, id, due(1)));
  expect(screen.getByText('Tomorrow').className).not.toContain('due--late');
});
