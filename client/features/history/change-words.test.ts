import { expect, test } from 'vitest';
import { mergeRecords, unmergeRecords } from '../../../shared/commands/merge-commands.ts';
import { contact } from '../../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../../data/memory-workspace.ts';
import { actionKind, actionWords, changeWords } from './change-words.ts';
import type { Change } from './history-api.ts';

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

test('a merge is told by the names of both, whatever else it changed', () => {
  const { workspace, doe, roe, change } = setupMerged();
  const changes = [change(doe, 'jobTitle', null, 'Buyer'), change(roe, 'mergedInto', null, doe)];
  expect(actionWords(workspace, changes)).toBe('Jane Roe merged into Jane Doe');
  expect(actionKind(changes)).toBe('merge');
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
  expect(actionWords(workspace, changes)).toBe('Jane Roe no longer merged with Jane Doe');
  expect(actionKind(changes)).toBe('merge');
});
