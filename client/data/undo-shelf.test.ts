import { expect, test } from 'vitest';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { createMemoryWorkspace, type MemoryWorkspace } from './memory-workspace.ts';
import { createUndoShelf } from './undo-shelf.ts';

const BERT = { name: 'Bert', memberId: 'member_bert00000000000' } as const;
const KEY = 'undo';

/** One tab of Anna's that can be reloaded: her records stay, everything else in memory is gone. */
function setupTab(nowMs = () => Date.now()) {
  const stored = new Map<string, string>();
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
  const open = () => createMemoryWorkspace({ undoShelf: createUndoShelf(storage, KEY, nowMs), now: nowMs });
  let anna = open();
  return {
    stored,
    anna: () => anna,
    reload() {
      window.dispatchEvent(new Event('pagehide'));
      const before = anna;
      anna = open();
      anna.exchange(before);
    },
  };
}

const add = (workspace: MemoryWorkspace, name: string) =>
  workspace.run(`${name} added`, (tx) => createRecord(tx, { entity: company, values: { name } }));
const rename = (workspace: MemoryWorkspace, id: string, name: string) =>
  workspace.run(`Renamed to ${name}`, (tx) => editRecords(tx, { entity: company, ids: [id], changes: { name } }));
const nameOf = (workspace: MemoryWorkspace, id: string) => workspace.collection('company').byId(id)?.name;

test('what was done before a reload can be undone after it, to the record that was added, and done again', async () => {
  const tab = setupTab();
  const id = add(tab.anna(), 'Acme');
  rename(tab.anna(), id, 'Acme Ltd');
  tab.reload();
  expect(tab.anna().undoLabel()).toBe('Renamed to Acme Ltd');
  await tab.anna().undo();
  expect(nameOf(tab.anna(), id)).toBe('Acme');
  tab.reload();
  await tab.anna().undo();
  expect(nameOf(tab.anna(), id)).toBeUndefined();
  tab.reload();
  await tab.anna().redo();
  await tab.anna().redo();
  expect(nameOf(tab.anna(), id)).toBe('Acme Ltd');
});

test('a colleague who changed it in the meantime is not reverted', async () => {
  const tab = setupTab();
  const id = add(tab.anna(), 'Acme');
  rename(tab.anna(), id, 'Acme Ltd');
  const bert = createMemoryWorkspace(BERT);
  tab.anna().exchange(bert);
  rename(bert, id, 'Bert Ltd');
  tab.reload();
  tab.anna().exchange(bert);
  await expect(tab.anna().undo()).resolves.toMatchObject({ skipped: 1 });
  await expect(tab.anna().undo()).resolves.toMatchObject({ skipped: 1 });
  expect(nameOf(tab.anna(), id)).toBe('Bert Ltd');
});

test('steps of yesterday are gone, and so is everything before a step too large to keep', async () => {
  let now = Date.now();
  const tab = setupTab(() => now);
  add(tab.anna(), 'Old');
  now += 9 * 3_600_000;
  tab.reload();
  expect(tab.anna().undoLabel()).toBeNull();

  add(tab.anna(), 'Before');
  tab.anna().run('Many', (tx) => {
    for (let at = 0; at < 2_001; at++) createRecord(tx, { entity: company, values: { name: `Row ${at}` } });
  });
  const id = add(tab.anna(), 'After');
  tab.reload();
  expect(tab.anna().undoLabel()).toBe('After added');
  expect(nameOf(tab.anna(), id)).toBe('After');
  await tab.anna().undo();
  expect(tab.anna().undoLabel()).toBeNull();
});

test('a text that is not a history is no history', () => {
  for (const text of ['', 'null', '{"done":3}', '{"done":[{"label":"x","plans":[{"stamp":"y"}]}],"about":[]}', '[[']) {
    const storage = { getItem: () => text, setItem: () => undefined, removeItem: () => undefined };
    expect(createUndoShelf(storage, KEY).read(), text).toMatchObject({ done: [], undone: [] });
  }
});
