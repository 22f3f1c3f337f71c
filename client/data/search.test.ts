import { createEffect, createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { createRecord, deleteRecords, editRecords } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { contact } from '../../shared/entities/contact.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';

function setupNames(...names: string[]) {
  const workspace = createMemoryWorkspace();
  const ids = names.map((name) => workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name } })));
  const titles = (text: string, limit?: number) =>
    workspace
      .search(text, limit === undefined ? {} : { limit })
      .map(({ id }) => workspace.collection('company').peek(id)?.name);
  return { workspace, ids, titles };
}

test('finds all words in any order, whatever the accents and the case', () => {
  const { titles } = setupNames('Bjørn Ødegård', 'Bjarne Hansen', 'Österreichische Bahn');
  expect(titles('ODE bjorn')).toEqual(['Bjørn Ødegård']);
  expect(titles('osterr')).toEqual(['Österreichische Bahn']);
});

test('names that begin with the query come first, then beginnings of words, then anything', () => {
  const { titles } = setupNames('Unmarked', 'Big Mark', 'Mark Ltd', 'Marketing');
  expect(titles('mark')).toEqual(['Mark Ltd', 'Marketing', 'Big Mark', 'Unmarked']);
  expect(titles('mark', 2)).toEqual(['Mark Ltd', 'Marketing']);
});

test('finds people by number and address, not by the label these are filed under', () => {
  const { workspace } = setupNames();
  const emails = [{ value: 'marta@nordfracht.example', label: 'work', primary: true }];
  const id = workspace.arrange((tx) => createRecord(tx, { entity: contact, values: { firstName: 'Marta', emails } }));
  expect(workspace.search('nordfracht')).toEqual([{ entity: 'contact', id }]);
  expect(workspace.search('work')).toEqual([]);
});

test('follows every change: new, renamed, deleted', () => {
  const { workspace, ids, titles } = setupNames('Acme', 'Beta');
  expect(titles('acme')).toEqual(['Acme']);
  workspace.run('Renamed', (tx) => editRecords(tx, { entity: company, ids, changes: { name: 'Gamma' } }));
  expect(titles('acme')).toEqual([]);
  expect(titles('gamma')).toEqual(['Gamma', 'Gamma']);
  workspace.run('Deleted', (tx) => deleteRecords(tx, { entity: company, ids: ids.slice(0, 1) }));
  expect(titles('gamma')).toEqual(['Gamma']);
});

test('typed letter by letter, in any words and with any limit, the answer is that of a new search', () => {
  const names = Array.from(
    { length: 120 },
    (_, index) => `${['Nord', 'Ana', 'Banana', 'Old Anchor'][index % 4]} ${index}`,
  );
  const { titles } = setupNames(...names);
  for (const text of ['a', 'an', 'ana', 'an', 'an 1', 'an 12', 'o an', 'old an 3']) {
    for (const limit of [7, 1_000]) {
      const fresh = setupNames(...names).titles(text, limit);
      expect(titles(text, limit), `${text}, ${limit}`).toEqual(fresh);
      expect(fresh).toEqual(
        setupNames(...names)
          .titles(text, 1_000)
          .slice(0, limit),
      );
    }
  }
});

test('an open list of results follows what teammates do', () => {
  const { workspace, titles } = setupNames('Acme');
  const seen: number[] = [];
  createRoot((dispose) => {
    createEffect(() => seen.push(titles('acme').length));
    return dispose;
  });
  workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name: 'Acme 2' } }));
  expect(seen).toEqual([1, 2]);
});
