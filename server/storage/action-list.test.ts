import { expect, test } from 'vitest';
import { formatStamp } from '../../shared/sync/stamp.ts';
import { areOneAction } from './action-list.ts';
import { openMemoryDatabase } from './data-folder.ts';
import { createHistory } from './history.ts';

const ANNA = 'annaan0001';
const BERT = 'bertbe0001';
const START = Date.UTC(2026, 10, 22, 9);

/** A change log as the committer writes it, row by row. */
function setUpLog() {
  const db = openMemoryDatabase();
  db.prepare("INSERT INTO rooms (name, created_at) VALUES ('team.directory.1', 0), ('board.directory.1', 0)").run();
  const add = db.prepare(
    `INSERT INTO changes (at, room, seq, record, field, old, new, user, device, stamp)
     VALUES (@at, @room, @seq, @record, @field, @old, @value, @user, 1, @stamp)`,
  );
  let seq = 0;
  interface Row {
    readonly record: string;
    readonly field?: string;
    readonly old?: unknown;
    readonly value?: unknown;
    readonly room?: string;
  }
  const write = (at: number, writer: string | null, rows: readonly Row[]) => {
    seq++;
    const stamp = writer === null ? null : formatStamp(START + at, 0, writer);
    const user = writer === null ? null : `user_${writer.slice(0, 4)}`;
    for (const { record, field = '', old = null, value = null, room = 'team.directory.1' } of rows) {
      const json = (each: unknown) => (each === null ? null : JSON.stringify(each));
      add.run({ at: START + at, room, seq, record, field, old: json(old), value: json(value), user, stamp });
    }
    return stamp ?? '';
  };
  const history = createHistory(db);
  const actions = (query: object = {}) => history.actions({ limit: 30, spaces: ['team'], ...query });
  return { db, write, actions };
}

const some = (count: number, from = 0) =>
  Array.from({ length: count }, (_, index) => ({ record: `contact_${from + index}` }));
const told = (actions: ReturnType<ReturnType<typeof setUpLog>['actions']>) =>
  actions.map(({ user, changes, records, made, stamps }) => [user, changes, records, made, stamps.length]);

test('an import that was written in slices is one action, whatever a colleague did meanwhile', () => {
  const { write, actions } = setUpLog();
  write(0, ANNA, some(2));
  write(10_000, BERT, [{ record: 'contact_1', field: 'jobTitle', value: 'Buyer' }]);
  const slices = [
    write(20_000, ANNA, some(500, 100)),
    write(20_400, ANNA, some(150, 600)),
    write(20_450, ANNA, some(3, 750)),
  ];
  write(20_430, BERT, [{ record: 'contact_1', field: 'jobTitle', old: 'Buyer', value: 'Lead' }]);
  const found = actions();
  expect(told(found)).toEqual([
    ['user_bert', 1, 1, 0, 1],
    ['user_anna', 653, 653, 653, 3],
    ['user_bert', 1, 1, 0, 1],
    ['user_anna', 2, 2, 2, 1],
  ]);
  expect(found[1]?.stamps).toEqual(slices);
  expect(found[1]?.sample.length).toBe(60);
});

test('a page that begins within an import does not tell it a second time', () => {
  const { write, actions } = setUpLog();
  write(0, BERT, some(1));
  write(20_000, ANNA, some(40, 100));
  write(20_050, BERT, some(1, 50));
  write(20_100, ANNA, some(40, 200));
  const [first] = actions({ limit: 1 });
  expect(first?.records).toBe(80);
  expect(told(actions({ before: first?.id }))).toEqual([
    ['user_bert', 1, 1, 1, 1],
    ['user_bert', 1, 1, 1, 1],
  ]);
});

test('what somebody does by hand stays apart, also fast', () => {
  const { write, actions } = setUpLog();
  write(0, ANNA, some(1));
  write(100, ANNA, some(1, 1));
  write(200, ANNA, some(1, 2));
  expect(actions()).toHaveLength(3);
  const part = (made: number, deleted: number, records: number, at: number) => ({
    ...{ stamp: formatStamp(START + at, 0, ANNA), made, deleted, records },
  });
  expect(areOneAction(part(0, 0, 80, 0), part(0, 0, 100, 1_000))).toBe(false);
  expect(areOneAction(part(0, 0, 80, 0), part(0, 0, 100, 100))).toBe(true);
  expect(areOneAction(part(0, 80, 80, 0), part(0, 100, 100, 9_000))).toBe(true);
  expect(areOneAction(part(80, 0, 80, 0), part(1, 0, 1, 9_000))).toBe(false);
  expect(areOneAction(part(80, 0, 80, 0), part(80, 0, 80, 11_000))).toBe(false);
  expect(areOneAction(part(80, 0, 80, 0), part(0, 80, 80, 100))).toBe(false);
});

test('an action that puts back what was there is told as one', () => {
  const { write, actions } = setUpLog();
  const record = 'contact_1';
  write(0, ANNA, [{ record }]);
  write(10_000, ANNA, [{ record, field: 'jobTitle', value: 'Buyer' }]);
  write(20_000, ANNA, [{ record, field: 'jobTitle', old: 'Buyer', value: '' }]);
  write(30_000, ANNA, [{ record, field: 'jobTitle', old: '', value: 'Lead' }]);
  expect(actions().map(({ putBack }) => putBack)).toEqual([false, true, false, false]);
});

test('it is narrowed by person, field and time; nobody’s notices and no private space are told', () => {
  const { write, actions } = setUpLog();
  write(0, ANNA, [{ record: 'contact_1' }, { record: 'contact_2', room: 'board.directory.1' }]);
  write(10_000, BERT, [
    { record: 'contact_1', field: 'tags:vip', value: 'VIP' },
    { record: 'contact_1', field: 'city', value: 'Breda' },
  ]);
  write(20_000, BERT, [{ record: 'notice_1' }]);
  write(30_000, BERT, [{ record: 'contact_3', room: 'board.directory.1' }]);
  expect(told(actions())).toEqual([
    ['user_bert', 2, 1, 0, 1],
    ['user_anna', 1, 1, 1, 1],
  ]);
  expect(actions({ userId: 'user_anna' })).toHaveLength(1);
  expect(told(actions({ field: 'tags' }))).toEqual([['user_bert', 2, 1, 0, 1]]);
  expect(actions({ from: START + 5_000 })).toHaveLength(1);
  expect(actions({ to: START + 5_000 })).toHaveLength(1);
  expect(actions({ spaces: ['team', 'board'] })).toHaveLength(3);
});

test('records removed for good together are one line, which nothing takes back', () => {
  const { db, write, actions } = setUpLog();
  write(0, ANNA, some(3));
  write(
    10_000,
    null,
    some(3).map((each) => ({ ...each, old: { firstName: 'Femke' } })),
  );
  const [removal] = actions();
  expect(removal).toMatchObject({ user: null, changes: 3, records: 3, made: 0, stamps: [], putBack: false });
  db.prepare('UPDATE changes SET old = NULL, new = NULL').run();
  expect(actions()[0]).toMatchObject({ made: 0, changes: 3 });
});

test('behind an action of 10,000 changes the ones before are found soon', () => {
  const { write, actions } = setUpLog();
  write(0, BERT, some(1));
  write(10_000, ANNA, some(10_000, 1));
  const began = performance.now();
  expect(told(actions())).toEqual([
    ['user_anna', 10_000, 10_000, 10_000, 1],
    ['user_bert', 1, 1, 1, 1],
  ]);
  // A tenth of a second on an idle machine.
  expect(performance.now() - began).toBeLessThan(10_000);
}, 30_000);
