import { render } from '@solidjs/testing-library';
import { afterEach, expect, test } from 'vitest';
import { mergeRecords, unmergeRecords } from '../../shared/commands/merge-commands.ts';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { contact } from '../../shared/entities/contact.ts';
import { createMemoryWorkspace } from '../data/memory-workspace.ts';
import { WorkspaceProvider } from '../data/workspace.ts';
import { createRecordList, type RecordList } from './record-list.ts';

afterEach(() => localStorage.clear());

/** People of three companies, in a table that is sorted by company; Ida has none. */
function setupPeople() {
  const workspace = createMemoryWorkspace({ isSetUp: true });
  const make = (name: string) => workspace.arrange((tx) => createRecord(tx, { entity: company, values: { name } }));
  const [acme, berg, cato] = [make('Acme'), make('Berg'), make('Cato')];
  for (const [firstName, at] of [
    ['Cleo', cato],
    ['Ann', acme],
    ['Ida', null],
    ['Ben', berg],
  ] as const) {
    workspace.arrange((tx) => createRecord(tx, { entity: contact, values: { firstName, company: at } }));
  }
  let list!: RecordList;
  const People = () => {
    list = createRecordList({
      entity: 'contact',
      nameHeader: 'Name',
      columns: ['company'],
      sort: { column: 'company', direction: 'ascending' },
      where: () => undefined,
    });
    return <p>{names().join(' ')}</p>;
  };
  const names = () => list.ids().map((id) => workspace.collection('contact').peek(id)?.firstName);
  const { container } = render(() => (
    <WorkspaceProvider value={workspace}>
      <People />
    </WorkspaceProvider>
  ));
  const edit = (id: string, changes: object) =>
    workspace.run('Edited', (tx) => editRecords(tx, { entity: company, ids: [id], changes }));
  return { workspace, acme, berg, cato, edit, list, shown: () => container.textContent };
}

test('people are sorted by the names of their companies, whatever becomes of those', () => {
  const { workspace, acme, berg, cato, edit, shown } = setupPeople();
  expect(shown()).toBe('Ann Ben Cleo Ida');
  edit(acme, { name: 'Zeta' });
  expect(shown()).toBe('Ben Cleo Ann Ida');
  workspace.run('Merged', (tx) => mergeRecords(tx, { entity: 'company', primary: acme, others: [berg] }));
  expect(shown()?.startsWith('Cleo')).toBe(true);
  // Ben is at what Berg was merged into, and follows its name.
  edit(acme, { name: 'Alpha' });
  expect(shown()?.endsWith('Cleo Ida')).toBe(true);
  edit(cato, { name: 'Aaron' });
  expect(shown()?.startsWith('Cleo')).toBe(true);
  workspace.run('Separated', (tx) => unmergeRecords(tx, { entity: 'company', ids: [berg] }));
  expect(shown()).toBe('Cleo Ann Ben Ida');
});

test('the other direction leaves who has no company at the end', () => {
  const { list, shown } = setupPeople();
  list.choice.sortBy('company');
  expect(shown()).toBe('Cleo Ben Ann Ida');
  list.choice.sortBy('company');
  expect(shown()).toBe('Ann Ben Cleo Ida');
});
