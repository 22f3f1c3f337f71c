import { expect, test } from 'vitest';
import { deleteRecords } from '../../../shared/commands/record-commands.ts';
import { addSampleData } from '../../../shared/commands/sample-commands.ts';
import { deal } from '../../../shared/entities/deal.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { recordsAsCsv } from './export-records.ts';

test('a file of deals names companies, people, owners and stages, and leaves out the trash', () => {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  workspace.run('Sample data added', addSampleData);
  const [first] = workspace.collection('deal').all();
  const before = recordsAsCsv(workspace, 'deal').trim().split('\r\n');
  expect(before).toHaveLength(18);
  const racks = before.find((line) => line.includes('Pallet racking'));
  for (const part of ['Zielony Młyn', 'Bogna Walczyk', 'New business', 'Proposal', 'Anna', '61000.00', 'EUR']) {
    expect(racks).toContain(part);
  }
  workspace.run('trash', (tx) => deleteRecords(tx, { entity: deal, ids: [first?.id ?? ''] }));
  expect(recordsAsCsv(workspace, 'deal').trim().split('\r\n')).toHaveLength(17);
});
