import { expect, test } from 'vitest';
import { mergeRecords, unmergeRecords } from '../../../shared/commands/merge-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { ACTION_KINDS, actionKind, actionWords, changeWords } from './change-words.ts';
import type { Action, Change } from './history-api.ts';

function setupMerged() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const ids = workspace.arrange((tx) => ({
    doe: tx.insert(contact, { firstName: 'Jane', lastName: 'Doe' }),
    roe: tx.insert(contact, { firstName: 'Jane', lastName: 'Roe' }),
  }));
  workspace.run('Merged', (tx) => mergeRecords(tx, { entity: 'contact', primary: ids.doe, others: [ids.roe] }));
  const change = (record: string, field: string, old: unknown, after: unknown): Change => ({
    id: 1,
    stamp: 's',
    at: 0,
    by: 'member_anna00000000000',
    record,
    field,
    old,
    new: after,
  });
  return { workspace, ...ids, change };
}

/** One action of a person that made these changes. */
const actionOf = (sample: readonly Change[], rest: Partial<Action> = {}): Action => ({
  id: 1,
  at: 0,
  by: 'member_anna00000000000',
  stamps: ['s'],
  changes: sample.length,
  records: new Set(sample.map(({ record }) => record)).size,
  made: 0,
  putBack: false,
  sample,
  ...rest,
});

test('a merge is told by the names of both, whatever else it changed', () => {
  const { workspace, doe, roe, change } = setupMerged();
  const changes = [change(doe, 'jobTitle', null, 'Buyer'), change(roe, 'mergedInto', null, doe)];
  expect(actionWords(workspace, actionOf(changes))).toBe('Jane Roe merged into Jane Doe');
  expect(actionKind(actionOf(changes))).toBe('merge');
  expect(changeWords(workspace, change(roe, 'mergedInto', null, doe))).toEqual({
    what: 'Merged into',
    before: '',
    after: 'Jane Doe',
  });
});

test('taking it back is told too', () => {
  const { workspace, doe, roe, change } = setupMerged();
  workspace.run('Unmerged', (tx) => unmergeRecords(tx, { entity: 'contact', ids: [roe] }));
  const changes = [change(roe, 'mergedInto', doe, null)];
  expect(actionWords(workspace, actionOf(changes))).toBe('Jane Roe no longer merged with Jane Doe');
  expect(actionKind(actionOf(changes))).toBe('merge');
});

test('an action that changed more than is read of it is told by its counts', () => {
  const { workspace, doe, change } = setupMerged();
  const sample = [{ ...change(doe, '', null, null) }];
  const large = actionOf(sample, { changes: 8_885, records: 8_885, made: 8_885 });
  expect([actionWords(workspace, large), actionKind(large)]).toEqual(['8,885 records made', 'import']);
  const edits = actionOf([change(doe, 'jobTitle', null, 'Lead')], { changes: 214, records: 107 });
  expect([actionWords(workspace, edits), actionKind(edits)]).toEqual(['214 changes of 107 records', 'bulk']);
});

test('what was put back and what was removed for good say so', () => {
  const { workspace, doe, change } = setupMerged();
  expect(actionKind(actionOf([change(doe, 'jobTitle', 'Lead', null)], { putBack: true }))).toBe('undo');
  expect(changeWords(workspace, { ...change(doe, '', null, null), stamp: '' }).what).toBe('Removed for good');
});

test('what the server did by itself is told as automatic, a merge as a merge', () => {
  const { change, doe, roe } = setupMerged();
  expect(actionKind(actionOf([change(doe, '', null, null)], { by: null, stamps: [] }))).toBe('automatic');
  expect(ACTION_KINDS[actionKind(actionOf([change(doe, 'jobTitle', null, 'x')], { by: null }))]).toBe('Automatic');
  expect(actionKind(actionOf([change(roe, 'mergedInto', null, doe)], { by: null }))).toBe('merge');
});
