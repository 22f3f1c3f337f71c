import { expect, test } from 'vitest';
import { aWorkspace, importFiles, recordsOf } from '../testing/importing.ts';
import { createDeal, moveDeal } from './deal-commands.ts';
import { importSteps, removeBatchSteps } from './import-commands.ts';

const DEALS =
  'Record ID,Deal name,Stage,Amount,Account,Deal owner\n1,Route planner,Discovery,12,Havn Fisk,Tomás Rivera\n';

test('records are written a few at a time, so that a step stays below a frame', () => {
  const ana = aWorkspace();
  const rows = Array.from({ length: 180 }, (_, index) => `${index},Deal ${index},Lead,,,`).join('\n');
  importFiles(ana, { 'deals.csv': `Record ID,Deal name,Stage,Amount,Account,Deal owner\n${rows}\n` });
  expect(recordsOf(ana, 'deal')).toHaveLength(180);
  const records = recordsOf(ana, 'deal').map(({ id }, row) => ({
    entity: 'deal',
    id,
    action: 'update' as const,
    values: {},
    fileId: '',
    row,
    linked: false,
  }));
  expect([...importSteps({ batch: 'b', duplicateMode: 'fill', stages: [], records })].length).toBeGreaterThanOrEqual(6);
});

test('everything an import made carries its batch, and is removed as a whole', () => {
  const ana = aWorkspace();
  importFiles(ana, { 'deals.csv': DEALS }, { batch: 'import_x' });
  const made = [...recordsOf(ana, 'deal'), ...recordsOf(ana, 'company')];
  expect(made.map(({ batch }) => batch)).toEqual(['import_x', 'import_x']);
  for (const step of removeBatchSteps('import_x')) ana.run(step);
  expect([...recordsOf(ana, 'deal'), ...recordsOf(ana, 'company')]).toEqual([]);
  expect(recordsOf(ana, 'stage').map(({ name }) => name)).not.toContain('Discovery');
  expect(recordsOf(ana, 'member').map(({ name }) => name)).toContain('Tomás Rivera');
});

test('a stage of the import stays while somebody has another deal in it', () => {
  const ana = aWorkspace();
  importFiles(ana, { 'deals.csv': DEALS }, { batch: 'import_x' });
  const stageOf = (name: string) => recordsOf(ana, 'stage').find((each) => each.name === name)?.id ?? '';
  const { result: id } = ana.run((tx) => createDeal(tx, { stageId: stageOf('Lead'), values: { title: 'By hand' } }));
  ana.run((tx) => moveDeal(tx, { id, to: { stageId: stageOf('Discovery') } }));
  for (const step of removeBatchSteps('import_x')) ana.run(step);
  expect(recordsOf(ana, 'stage').map(({ name }) => name)).toContain('Discovery');
  expect(recordsOf(ana, 'deal').map(({ title }) => title)).toEqual(['By hand']);
});

test('undoing the steps takes the import back', () => {
  const ana = aWorkspace();
  const before = recordsOf(ana, 'stage').length;
  const records = [
    {
      entity: 'company',
      id: 'company_0000000000000001',
      action: 'create',
      values: { name: 'Acme' },
      fileId: 'f',
      row: 2,
      linked: false,
    },
  ] as const;
  const stages = [{ id: 'stage_0000000000000001', name: 'Pilot', pipeline: recordsOf(ana, 'pipeline')[0]?.id ?? '' }];
  const work = { batch: 'import_y', duplicateMode: 'fill', stages, records } as const;
  const plans = [...importSteps(work)].map((step) => ana.run(step));
  expect(recordsOf(ana, 'stage')).toHaveLength(before + 1);
  for (const plan of plans.reverse()) ana.undo(plan);
  expect(recordsOf(ana, 'stage')).toHaveLength(before);
  expect(recordsOf(ana, 'company')).toEqual([]);
});

test('updating a deal moves it where the file says, with the move in its history and the day of closing', () => {
  const ana = aWorkspace();
  importFiles(ana, { 'a.csv': DEALS });
  importFiles(
    ana,
    { 'b.csv': 'Record ID,Deal name,Stage,Close date\n1,Route planner,Won,2026-03-01\n' },
    { duplicates: 'update' },
  );
  const won = recordsOf(ana, 'stage').find((each) => each.name === 'Won')?.id;
  expect(recordsOf(ana, 'deal')).toHaveLength(1);
  expect(recordsOf(ana, 'deal')[0]).toMatchObject({
    closedOn: '2026-03-01',
    place: { 1: won },
    amount: { minor: 1200 },
  });
  expect(recordsOf(ana, 'deal')[0]?.stages).toHaveLength(2);
});
