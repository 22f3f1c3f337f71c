/** An import as the wizard runs it, over real documents: all of it, stopped on the way, or taken back. */
import { expect, test } from 'vitest';
import { createImportEngine } from '../../../shared/csv/import-engine.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { createMemoryWorkspace, type MemoryWorkspace } from '../../data/memory-workspace.ts';
import { importLabel, runImport, takeBack } from './run-import.ts';

/** More than the first slice of work takes, so that it can be stopped between two. */
const PEOPLE = 700;

function aWorkspace(): MemoryWorkspace {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  workspace.arrange((tx) => tx.insert(contact, { firstName: 'Here', lastName: 'Before' }));
  return workspace;
}

/** A file of people at ten companies, planned; `stopAt`: the records after which somebody stops it. */
function importInto(workspace: MemoryWorkspace, { stopAt = Number.POSITIVE_INFINITY } = {}) {
  const rows = Array.from({ length: PEOPLE }, (_, row) => `Person ${row},p${row}@x.example,Company ${row % 10}`);
  const engine = createImportEngine();
  engine.read('f', 'people.csv', new TextEncoder().encode(`Full Name,Email,Company\n${rows.join('\n')}\n`));
  const batch = 'import_test';
  const plan = engine.plan({
    files: [
      {
        id: 'f',
        role: 'contact',
        targets: engine.match('f', 'contact'),
        dayOrder: 'auto',
        decimal: 'auto',
        defaults: {},
      },
    ],
    answers: {},
    batch,
    pipelineId: '',
    currency: 'EUR',
    country: '',
    duplicates: 'fill',
  });
  const cancel = new AbortController();
  const progress: number[] = [];
  const label = importLabel(plan);
  const outcome = runImport(workspace, {
    label,
    plan,
    batch,
    duplicateMode: 'fill',
    recordsFrom: async (from) => engine.records().slice(from, from + 150),
    signal: cancel.signal,
    onProgress(done) {
      progress.push(done);
      if (done >= stopAt) cancel.abort();
    },
  });
  return { outcome, progress, label, batch };
}

const counts = (workspace: MemoryWorkspace) =>
  [workspace.collection('contact').count(), workspace.collection('company').count()] as const;

test('an import that is run to its end is one step of undo, and says how far it is on the way', async () => {
  const workspace = aWorkspace();
  const { outcome, progress, label } = importInto(workspace);
  expect(await outcome).toBe('done');
  expect(counts(workspace)).toEqual([PEOPLE + 1, 10]);
  expect(progress).toEqual([...progress].sort((left, right) => left - right));
  expect(progress.length).toBeGreaterThan(1);
  expect(progress.at(-1)).toBe(PEOPLE + 10);
  expect(workspace.undoLabel()).toBe(label);
  expect(label).toBe(`Imported ${PEOPLE} contacts and 10 companies`);
});

test('an import that is stopped on the way leaves nothing behind, and no step of undo', async () => {
  const workspace = aWorkspace();
  const { outcome, progress } = importInto(workspace, { stopAt: 1 });
  expect(await outcome).toBe('cancelled');
  // It had begun to write, and was not at its end.
  expect(progress[0]).toBeGreaterThan(0);
  expect(progress.at(-1)).toBeLessThan(PEOPLE + 10);
  expect(counts(workspace)).toEqual([1, 0]);
  expect(workspace.undoLabel()).toBeNull();
});

test('an import that fails on the way leaves nothing behind', async () => {
  const workspace = aWorkspace();
  const failing = {
    runSteps: ((label, steps, options) =>
      workspace.runSteps(
        label,
        (function* () {
          let count = 0;
          for (const step of steps) {
            if (++count === 3) throw new Error('the worker went away');
            yield step;
          }
        })(),
        options,
      )) as MemoryWorkspace['runSteps'],
  };
  const { outcome } = importInto({ ...workspace, ...failing });
  await expect(outcome).rejects.toThrow('the worker went away');
  expect(counts(workspace)).toEqual([1, 0]);
});

test('the whole import is taken back, also when other work came after it', async () => {
  const workspace = aWorkspace();
  const { outcome, label, batch } = importInto(workspace);
  await outcome;
  workspace.run('Added Mia', (tx) => tx.insert(contact, { firstName: 'Mia' }));
  await takeBack(workspace, { label, batch });
  expect(counts(workspace)).toEqual([2, 0]);
});
