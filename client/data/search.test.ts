import { createEffect, createRoot } from 'solid-js';
import { expect, test } from 'vitest';
import { createRecord, deleteRecords, editRecords } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { contact } from '../../shared/entities/contact.ts';
import { deal } from '../../shared/entities/deal.ts';
import { createMemoryWorkspace } from './memory-workspace.ts';
import { nextTurn } from './slices.ts';

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

test('what came at once is found while its texts are made and after that, and what changes meanwhile too', async () => {
  const { workspace, titles } = setupNames('Acme');
  expect(titles('acme')).toEqual(['Acme']);
  const made = workspace.arrange((tx) =>
    Array.from({ length: 300 }, (_, at) => createRecord(tx, { entity: company, values: { name: `Imported ${at}` } })),
  );
  const [first = '', second = ''] = made;
  workspace.run('Gone', (tx) => deleteRecords(tx, { entity: company, ids: [first] }));
  await nextTurn();
  workspace.run('Renamed', (tx) => editRecords(tx, { entity: company, ids: [second], changes: { name: 'Zeta' } }));
  expect(titles('zeta')).toEqual(['Zeta']);
  await nextTurn();
  await nextTurn();
  expect(titles('imported', 400)).toHaveLength(298);
  expect(titles('imported 299')).toEqual(['Imported 299']);
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

test('finds a deal by the name of its company, also after the company was renamed', () => {
  const { workspace, ids } = setupNames('Halden Foods');
  const values = { title: 'Cold-room sensors', company: ids[0] ?? null };
  const id = workspace.arrange((tx) => createRecord(tx, { entity: deal, values }));
  const deals = (text: string) => workspace.search(text).flatMap((hit) => (hit.entity === 'deal' ? [hit.id] : []));
  expect(deals('halden')).toEqual([id]);
  expect(deals('halden sensors')).toEqual([id]);
  workspace.run('Renamed', (tx) => editRecords(tx, { entity: company, ids, changes: { name: 'Norge Mat' } }));
  expect(deals('halden')).toEqual([]);
  expect(deals('norge')).toEqual([id]);
});

test('finds people by a number however it is written, and companies by links and addresses of their domain', () => {
  const workspace = createMemoryWorkspace();
  const phones = [{ value: '+31 6 1234 5678', label: 'mobile', primary: true }];
  const person = workspace.arrange((tx) =>
    createRecord(tx, { entity: contact, values: { firstName: 'Anke', phones } }),
  );
  const values = { name: 'Halden Foods', domain: 'halden.example' };
  const firm = workspace.arrange((tx) => createRecord(tx, { entity: company, values }));
  for (const text of ['0612345678', '+31612345678', '06-12 34 56 78', '1234 5678']) {
    expect(workspace.search(text), text).toEqual([{ entity: 'contact', id: person }]);
  }
  for (const text of ['https://www.halden.example/contact?x=1', 'ida@halden.example', 'Ida B <ida@halden.example>']) {
    expect(workspace.search(text), text).toEqual([{ entity: 'company', id: firm }]);
  }
  expect(workspace.search('0000000000')).toEqual([]);
});

test('a table finds a contact by the digits of a number and by the name of the company, which everything else does not', () => {
  const { workspace, ids } = setupNames('Nordfracht Spedition');
  const phones = [{ value: '+47 906 12 447', label: 'mobile', primary: true }];
  const values = { firstName: 'Łucja', lastName: 'Bjørnsson', company: ids[0] ?? null, phones };
  const id = workspace.arrange((tx) => createRecord(tx, { entity: contact, values }));
  const index = workspace.search.index('contact');
  const finds = (words: string) => {
    const entry = index.entry(id);
    return entry !== undefined && index.matching(words)?.(entry) === true;
  };
  for (const words of ['lucja', 'bjornsson lu', '+4790612447', '906 12', 'spedit', 'lucja spedition']) {
    expect(finds(words), words).toBe(true);
  }
  expect(finds('lucja other')).toBe(false);
  expect(index.matching('  ')).toBeUndefined();
  workspace.arrange((tx) => editRecords(tx, { entity: company, ids, changes: { name: 'Sundvik' } }));
  expect(finds('spedit')).toBe(false);
  expect(finds('sundvik')).toBe(true);
  workspace.arrange((tx) => deleteRecords(tx, { entity: contact, ids: [id] }));
  expect(index.entry(id)).toBeUndefined();
});
