import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Tx } from '../../shared/commands/command.ts';
import { createDeal } from '../../shared/commands/deal-commands.ts';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { stage } from '../../shared/entities/stage.ts';
import { isStampOf } from '../../shared/sync/stamp.ts';
import { createMemoryWorkspace, type MemoryWorkspace } from './memory-workspace.ts';

const ANNA = { name: 'Anna', memberId: 'member_anna00000000000' } as const;
const BERT = { name: 'Bert', memberId: 'member_bert00000000000' } as const;
const FIELDS = ['name', 'industry', 'about', 'tags'] as const;

/** Both people with the same few companies, in step. */
function setupTwo() {
  const [anna, bert] = [createMemoryWorkspace(ANNA), createMemoryWorkspace(BERT)] as const;
  const ids = ['A', 'B', 'C'].map((name) =>
    anna.arrange((tx) => createRecord(tx, { entity: company, values: { name } })),
  );
  anna.exchange(bert);
  return { anna, bert, ids };
}

/** What people see: every record of the trash and beside it, without the times of changes. */
function seen(workspace: MemoryWorkspace, ids: readonly string[]): unknown {
  return ids.map((id) => {
    const record = workspace.collection('company').peek(id);
    return record && [record.deleted, ...FIELDS.map((field) => record[field])];
  });
}

const edit = fc.record({
  bert: fc.boolean(),
  record: fc.nat(2),
  field: fc.constantFrom(...FIELDS, 'deleted' as const),
  value: fc.nat(4),
});

function apply(workspace: MemoryWorkspace, id: string, { field, value }: { field: string; value: number }): void {
  const values: Record<string, unknown> = { tags: [`t${value}`, 'kept'], deleted: value % 2 === 0 };
  const changes = { [field]: values[field] ?? `v${value}` };
  workspace.run(`Edit ${field}`, (tx) => editRecords(tx, { entity: company, ids: [id], changes }));
}

test('undoing everything never changes what another person wrote after it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 25 }), async (edits) => {
      const { anna, bert, ids } = setupTwo();
      for (const each of edits) {
        apply(each.bert ? bert : anna, ids[each.record] ?? '', each);
        anna.exchange(bert);
      }
      /** Winners that Bert wrote: path → value. */
      const winnersOfBert = () => {
        const map = anna.docs.directory.getMap('records');
        return [...map.entries()].filter(
          ([key]) => key.includes('/') && isStampOf(key.slice(key.lastIndexOf('/') + 1), BERT.memberId),
        );
      };
      const before = winnersOfBert();
      while (anna.undoLabel() !== null) await anna.undo();
      expect(winnersOfBert()).toEqual(before);
      anna.exchange(bert);
      expect(seen(bert, ids)).toEqual(seen(anna, ids));
    }),
    { numRuns: 80 },
  );
});

test('undo and redo together leave everything as it looked', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(edit, { minLength: 1, maxLength: 20 }), fc.nat(20), async (edits, depth) => {
      const { anna, ids } = setupTwo();
      const looks = [seen(anna, ids)];
      for (const each of edits) {
        const label = anna.undoLabel();
        const step = anna.lastStep();
        apply(anna, ids[each.record] ?? '', each);
        if (anna.lastStep() !== step || anna.undoLabel() !== label) looks.push(seen(anna, ids));
      }
      const steps = Math.min(depth, looks.length - 1);
      for (let step = 1; step <= steps; step++) {
        await anna.undo();
        expect(seen(anna, ids)).toEqual(looks[looks.length - 1 - step]);
      }
      for (let step = steps - 1; step >= 0; step--) {
        await anna.redo();
        expect(seen(anna, ids)).toEqual(looks[looks.length - 1 - step]);
      }
    }),
    { numRuns: 80 },
  );
});

test('a new step ends what could be redone; a step that changes nothing is none', async () => {
  const { anna, ids } = setupTwo();
  const [id = ''] = ids;
  apply(anna, id, { field: 'about', value: 1 });
  await anna.undo();
  expect(anna.redoLabel()).toBe('Edit about');
  apply(anna, id, { field: 'about', value: 2 });
  expect(anna.redoLabel()).toBeNull();
  apply(anna, id, { field: 'about', value: 2 });
  await anna.undo();
  expect(anna.undoLabel()).toBeNull();
});

test('what was created is put into the trash, unless somebody has worked on it', async () => {
  const anna = createMemoryWorkspace({ ...ANNA, isSetUp: true });
  const bert = createMemoryWorkspace(BERT);
  bert.arrange((tx) => tx.insert({ ...company }, { name: 'x' }));
  const stageId = anna.collection('stage').all()[0]?.id ?? '';
  const create = (title: string) => anna.run('New deal', (tx) => createDeal(tx, { stageId, values: { title } }));
  const [mine, shared] = [create('Mine'), create('Shared')];
  anna.exchange(bert);
  const deals = anna.collection('deal');
  await anna.undo();
  expect(deals.byId(shared)).toBeUndefined();
  expect(deals.byIdInTrash(shared)?.title).toBe('Shared');
  await anna.redo();
  expect(deals.byId(shared)?.title).toBe('Shared');
  expect(deals.byId(mine)?.title).toBe('Mine');
});

test('a viewer’s change is refused before anything is written', () => {
  const viewer = createMemoryWorkspace({ ...ANNA, role: 'viewer' });
  expect(() => viewer.run('New', (tx) => createRecord(tx, { entity: company, values: { name: 'A' } }))).toThrow(/role/);
  expect(viewer.collection('company').count()).toBe(0);
});

test('what a colleague did can be taken back from the history, where it still stands, and that can be undone', async () => {
  const { anna, bert, ids } = setupTwo();
  const [id = ''] = ids;
  bert.run('Edit', (tx) => editRecords(tx, { entity: company, ids: [id], changes: { name: 'Bad', about: 'Bad' } }));
  anna.exchange(bert);
  anna.run('Edit', (tx) => editRecords(tx, { entity: company, ids: [id], changes: { about: 'Mended' } }));
  const stamp = anna.newestEdits(id).find(({ path }) => path === 'name')?.stamp ?? '';
  const past = [
    { id, path: 'name', before: 'A', after: 'Bad', stamp },
    { id, path: 'about', before: null, after: 'Bad', stamp },
  ];
  const report = await anna.revert('Bert’s change taken back', past);
  expect(report).toMatchObject({ skipped: 1 });
  expect(anna.collection('company').peek(id)).toMatchObject({ name: 'A', about: 'Mended' });
  await anna.undo();
  expect(anna.collection('company').peek(id)).toMatchObject({ name: 'Bad', about: 'Mended' });
});

test('records that a colleague made are put into the trash, but for those somebody has worked on since', async () => {
  const { anna, bert } = setupTwo();
  const [kept, gone] = bert.run('Import', (tx) =>
    ['Kept', 'Gone'].map((name) => createRecord(tx, { entity: company, values: { name } })),
  );
  anna.exchange(bert);
  anna.run('Edit', (tx) => editRecords(tx, { entity: company, ids: [kept as string], changes: { about: 'Ours now' } }));
  const { s: stamp } = JSON.parse(anna.docs.directory.getMap<string>('records').get(gone ?? '') ?? '{}') as {
    s: string;
  };
  const report = await anna.revert(
    'Import taken back',
    [kept as string, gone as string].map((id) => ({ id, path: '', before: null, after: null, stamp })),
  );
  expect(report.skipped).toBe(1);
  expect([kept, gone].map((id) => anna.collection('company').peek(id as string)?.deleted)).toEqual([false, true]);
});

test('a bulk edit is taken back from the history, and then the import that it had changed: nothing of it stays', async () => {
  const { anna, bert } = setupTwo();
  const ids = bert.run('Import', (tx) =>
    ['Plain', 'Tagged', 'Renamed'].map((name) => createRecord(tx, { entity: company, values: { name } })),
  );
  const [plain = '', tagged = '', renamed = ''] = ids;
  anna.exchange(bert);
  const base = anna.docs.directory.getMap<string>('records').get(plain) ?? '{}';
  const { s: made } = JSON.parse(base) as { s: string };
  bert.run('Bulk edit', (tx) => editRecords(tx, { entity: company, ids, changes: { about: 'Bad', tags: ['VIP'] } }));
  bert.exchange(anna);
  anna.run('Edit', (tx) => editRecords(tx, { entity: company, ids: [renamed], changes: { name: 'Ours now' } }));
  const changesOf = (id: string, path: string) => {
    const edit = anna.newestEdits(id).find((each) => each.path === path);
    return { id, path, before: null, after: edit?.value, stamp: edit?.stamp ?? '' };
  };
  await anna.revert('Bulk edit taken back', [
    ...ids.flatMap((id) => [changesOf(id, 'about'), changesOf(id, 'tags:vip')]),
  ]);
  expect(anna.collection('company').peek(tagged)).toMatchObject({ about: '', tags: [] });
  const creations = ids.map((id) => ({ id, path: '', before: null, after: null, stamp: made }));
  expect(await anna.revert('Import taken back', creations)).toMatchObject({ skipped: 1 });
  expect(ids.map((id) => anna.collection('company').peek(id)?.deleted)).toEqual([true, true, false]);
  await anna.undo();
  expect(ids.map((id) => anna.collection('company').peek(id)?.deleted)).toEqual([false, false, false]);
});

test('what is not this person’s to change is not taken back either, and nothing else of the action', async () => {
  const bert = createMemoryWorkspace({ ...BERT, role: 'member' });
  const ids = bert.arrange((tx) => [tx.insert(company, { name: 'Acme' }), tx.insert(stage, { name: 'Offer' })]);
  const [acme = '', offer = ''] = ids;
  bert.arrange((tx) => {
    tx.patch(company, acme, { name: 'Acme Ltd' });
    tx.patch(stage, offer, { name: 'Offers' });
  });
  const change = (id: string, before: string) => {
    const edit = bert.newestEdits(id).find(({ path }) => path === 'name');
    return { id, path: 'name', before, after: edit?.value, stamp: edit?.stamp ?? '' };
  };
  await expect(bert.revert('Taken back', [change(acme, 'Acme'), change(offer, 'Offer')])).rejects.toThrow(/admin/);
  expect(bert.collection('company').peek(acme)?.name).toBe('Acme Ltd');
  await bert.revert('Taken back', [change(acme, 'Acme')]);
  expect(bert.collection('company').peek(acme)?.name).toBe('Acme');
});

test('hundreds of records are taken back in few steps, also beside a page that is slow to draw', async () => {
  const { anna } = setupTwo();
  const ids = anna.arrange((tx) =>
    Array.from({ length: 300 }, (_, index) => createRecord(tx, { entity: company, values: { name: `${index}` } })),
  );
  anna.run('Edit', (tx) => editRecords(tx, { entity: company, ids, changes: { about: 'x' } }));
  let drawn = 0;
  anna.docs.directory.on('afterTransaction', () => {
    drawn += 1;
    for (const until = performance.now() + 20; performance.now() < until; );
  });
  await anna.undo();
  expect(drawn).toBeLessThanOrEqual(5);
  expect(ids.every((id) => anna.collection('company').peek(id)?.about === '')).toBe(true);
});

test('a step is not taken back by whoever may not any more, nor what an import had made until then', async () => {
  const anna = createMemoryWorkspace(ANNA);
  const add = (name: string) => () =>
    anna.run('Added', (tx) => createRecord(tx, { entity: company, values: { name } }));
  add('One')();
  anna.become('viewer');
  expect([anna.undoLabel(), anna.redoLabel()]).toEqual([null, null]);
  await expect(anna.undo()).rejects.toThrow('You can look at this workspace but not change it.');
  anna.become('member');
  expect(anna.undoLabel()).toBe('Added');

  const steps = Array.from({ length: 200 }, (_, index) => (tx: Tx) => {
    createRecord(tx, { entity: company, values: { name: `Row ${index}` } });
  });
  const imported = anna.runSteps('Imported', steps, {
    total: steps.length,
    onProgress: ({ done }) => done > 20 && anna.become('viewer'),
  });
  await expect(imported).rejects.toThrow('What was done until then stays.');
  const made = anna.collection('company').count();
  expect(made).toBeGreaterThan(20);
  anna.become('member');
  expect(anna.undoLabel()).toBe('Imported');
  await anna.undo();
  expect(anna.collection('company').count()).toBe(1);
});
