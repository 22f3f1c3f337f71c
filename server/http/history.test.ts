import { expect, test } from 'vitest';
import { mergeRecords, unmergeRecords } from '../../shared/commands/merge-commands.ts';
import { entities } from '../../shared/entities/registry.ts';
import { writeOwn } from '../sync/own-writes.ts';
import { purgeRecords } from '../sync/purge.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';

interface Change {
  readonly id: number;
  readonly record: string;
  readonly field: string;
  readonly old: unknown;
  readonly new: unknown;
  readonly by: string | null;
  readonly stamp: string;
}

/** A workspace with a contact that two people have changed one after the other. */
async function setUpHistory() {
  let now = Date.UTC(2026, 10, 22, 9);
  const app = setUpMemoryApp({ now: () => (now += 1_000) });
  const owner = await app.setUp();
  const colleague = await app.join(owner, 'Bert');
  const made = await app.ask('POST', '/api/records/contact', {
    cookie: owner,
    body: { firstName: 'Femke', tags: ['VIP'] },
  });
  const { id } = ((await made.json()) as { record: { id: string } }).record;
  const edit = async (cookie: string, changes: object) => {
    const answer = await app.ask('PATCH', `/api/records/contact/${id}`, { cookie, body: changes });
    expect([answer.status, await answer.clone().text()]).toEqual([200, expect.anything()]);
  };
  const ask = async (search: string) =>
    (await (await app.ask('GET', `/api/history${search}`, { cookie: owner })).json()) as {
      changes: Change[];
      next: number | null;
      values: { record: string; field: string; old: unknown; created: boolean }[];
    };
  return { app, owner, colleague, id, edit, ask, tick: () => (now += 60_000), now: () => now };
}

test('a record’s history says who changed what, the newest first', async () => {
  const { id, owner, colleague, edit, ask } = await setUpHistory();
  await edit(owner, { lastName: 'de Boer' });
  await edit(colleague, { lastName: 'Visser' });
  const { changes } = await ask(`?record=${id}`);
  expect(changes.map(({ field, old, new: value }) => [field, old, value])).toEqual([
    ['lastName', 'de Boer', 'Visser'],
    ['lastName', null, 'de Boer'],
    ['', null, null],
  ]);
  expect(changes[0]?.by).not.toBe(changes[1]?.by);
  expect(changes.every(({ by }) => by?.startsWith('member_'))).toBe(true);
});

test('it is narrowed by person, field and time, and comes in pages', async () => {
  const { id, owner, colleague, edit, ask, tick, now } = await setUpHistory();
  await edit(owner, { lastName: 'de Boer' });
  tick();
  const since = now();
  await edit(colleague, { tags: ['VIP', 'Trade fair'] });
  const all = (await ask(`?record=${id}`)).changes;
  const bert = all[0]?.by ?? '';
  expect((await ask(`?member=${bert}`)).changes.map((change) => change.field)).toEqual(['tags:trade fair']);
  expect((await ask(`?record=${id}&field=tags`)).changes).toHaveLength(1);
  expect((await ask(`?record=${id}&from=${since}`)).changes).toHaveLength(1);
  expect((await ask(`?record=${id}&to=${since}`)).changes).toHaveLength(2);
  expect((await ask('?member=member_nobody')).changes).toEqual([]);
  for (let turn = 0; turn < 105; turn++) await edit(owner, { jobTitle: `Title ${turn}` });
  const first = await ask(`?record=${id}`);
  expect([first.changes.length, first.next]).toEqual([100, first.changes.at(-1)?.id]);
  const second = await ask(`?record=${id}&before=${first.next}`);
  expect([second.changes.length, second.next]).toEqual([8, null]);
});

test('an action is told whole, and the values of a moment are those from before the changes since', async () => {
  const { id, owner, edit, ask, tick, now } = await setUpHistory();
  tick();
  const then = now();
  await edit(owner, { lastName: 'de Boer', jobTitle: 'Buyer' });
  await edit(owner, { lastName: 'Visser' });
  const [newest, ...others] = (await ask(`?record=${id}`)).changes;
  const stamp = others.find(({ field }) => field === 'jobTitle')?.stamp ?? '';
  expect((await ask(`/actions/${stamp}`)).changes.map(({ field }) => field).sort()).toEqual(['jobTitle', 'lastName']);
  expect(newest?.new).toBe('Visser');
  expect((await ask(`/as-of?kind=directory&at=${then}`)).values).toEqual([
    { record: id, field: 'jobTitle', old: null, created: false },
    { record: id, field: 'lastName', old: null, created: false },
  ]);
  expect((await ask('/as-of?kind=directory&at=0')).values).toContainEqual({
    record: id,
    field: '',
    old: null,
    created: true,
  });
});

test('everybody’s history is told by action, and says which of them only put something back', async () => {
  const { app, id, owner, colleague, edit } = await setUpHistory();
  await edit(colleague, { lastName: 'Visser', jobTitle: 'Buyer' });
  await edit(owner, { lastName: 'de Boer' });
  await edit(owner, { lastName: 'Visser' });
  const list = async (search = '') =>
    (await (await app.ask('GET', `/api/history/actions${search}`, { cookie: owner })).json()) as {
      actions: { by: string; stamps: string[]; changes: number; made: number; putBack: boolean; sample: Change[] }[];
      next: number | null;
    };
  const { actions, next } = await list('?field=lastName');
  expect(next).toBeNull();
  expect(actions.map(({ changes, putBack }) => [changes, putBack])).toEqual([
    [1, true],
    [1, false],
    [2, false],
  ]);
  expect(actions[2]?.sample).toContainEqual(expect.objectContaining({ record: id, field: 'jobTitle', new: 'Buyer' }));
  expect((await list(`?member=${actions[2]?.by}`)).actions).toHaveLength(1);
  expect(await list('?member=member_nobody')).toEqual({ actions: [], next: null });
  expect((await app.ask('GET', '/api/history/actions')).status).toBe(401);
});

test('a record that was changed 100,000 times is told in pages of a hundred, and any moment of it without reading them all', async () => {
  const { app, owner, id, edit, ask } = await setUpHistory();
  await edit(owner, { jobTitle: 'Title 0' });
  await ask(`?record=${id}`);
  const { at, last } = app.db
    .prepare<[], { at: number; last: number }>('SELECT max(at) AS at, max(id) AS last FROM changes')
    .get() as { at: number; last: number };
  const most = 100_000;
  app.db
    .prepare<[number, number, number]>(
      `INSERT INTO changes (at, room, seq, record, field, old, new, user, device, stamp)
       WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
       SELECT at + n, room, seq, record, field, json_quote('Title ' || (n - 1)), json_quote('Title ' || n), user, device,
         printf('1%08d', n) || substr(stamp, 10)
       FROM numbers, changes WHERE changes.id = ? AND n <= ?`,
    )
    .run(most, last, most);
  const began = performance.now();
  const newest = await ask(`?record=${id}`);
  expect([newest.changes.length, newest.changes[0]?.new]).toEqual([100, `Title ${most}`]);
  const middle = await ask(`?record=${id}&before=${last + most / 2}`);
  expect([middle.changes.length, middle.next]).toEqual([100, middle.changes.at(-1)?.id]);
  const oldest = await ask(`?record=${id}&before=${last + 1}`);
  expect([oldest.changes.map(({ field }) => field), oldest.next]).toEqual([['jobTitle', ''], null]);
  expect((await ask(`?record=${id}&field=lastName`)).changes).toEqual([]);
  expect((await ask(`?record=${id}&from=${at + 70_001}&to=${at + 70_002}`)).changes).toHaveLength(1);
  expect((await ask(`/as-of?kind=directory&at=${at + 30_000}`)).values).toEqual([
    { record: id, field: 'jobTitle', old: 'Title 30000', created: false },
  ]);
  expect((await ask(`/as-of?record=${id}&at=${at + 70_000}`)).values).toEqual([
    { record: id, field: 'jobTitle', old: 'Title 70000', created: false },
  ]);
  // A tenth of a second each on an idle machine.
  expect(performance.now() - began).toBeLessThan(10_000);
}, 30_000);

test('an action of 45,000 changes comes in parts that are all of it', async () => {
  const { app, owner, id, edit, ask } = await setUpHistory();
  await edit(owner, { jobTitle: 'Title' });
  const [{ stamp = '' } = {}] = (await ask(`?record=${id}`)).changes;
  app.db
    .prepare<[string]>(
      `INSERT INTO changes (at, room, seq, record, field, old, new, user, device, stamp)
       WITH RECURSIVE numbers(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < 45000)
       SELECT at, room, seq, 'contact_' || n, field, old, new, user, device, stamp FROM numbers, changes WHERE stamp = ?`,
    )
    .run(stamp);
  const records = new Set<string>();
  const sizes: number[] = [];
  for (let after: number | null = 0; after !== null; ) {
    const part = await ask(`/actions/${stamp}?after=${after}`);
    for (const { record } of part.changes) records.add(record);
    sizes.push(part.changes.length);
    after = part.next;
  }
  expect([sizes, records.size]).toEqual([[20_000, 20_000, 5_000], 45_000]);
});

test('what was merged into a record is told with its history, for as long as it is merged, and each change says whose it is', async () => {
  const { app, owner, id, edit, ask } = await setUpHistory();
  const made = await app.ask('POST', '/api/records/contact', { cookie: owner, body: { firstName: 'F.' } });
  const double = ((await made.json()) as { record: { id: string } }).record.id;
  await edit(owner, { lastName: 'de Boer' });
  const { services } = app;
  const actor = { userId: services.accounts.all()[0]?.id ?? '', memberId: 'member_owner' };
  const scope = { actor, kinds: ['directory' as const] };
  writeOwn(services.rooms, scope, (tx) => mergeRecords(tx, { entity: 'contact', primary: id, others: [double] }));
  const told = async (record: string, rest = '') => (await ask(`?record=${record}${rest}`)).changes;
  const all = await told(id);
  expect(all.filter(({ record }) => record === double).map(({ field }) => field)).toEqual(['mergedInto', '']);
  expect(all.map((change) => change.id)).toEqual(
    all.map((change) => change.id).toSorted((left, right) => right - left),
  );
  expect((await told(id, '&field=lastName')).map(({ record }) => record)).toEqual([id]);
  expect((await told(double)).every(({ record }) => record === double)).toBe(true);
  const show = async (record: string) =>
    (await (await app.ask('GET', `/api/records/contact/${record}`, { cookie: owner })).json()) as object;
  expect(await show(double)).toMatchObject({ livesOnIn: id, record: { mergedInto: id } });
  expect(await show(id)).toMatchObject({ mergedFrom: [double] });
  writeOwn(services.rooms, scope, (tx) => unmergeRecords(tx, { entity: 'contact', ids: [double] }));
  expect((await told(id)).every(({ record }) => record === id)).toBe(true);
  expect(Object.keys(await show(id))).toEqual(['record']);
});

test('what the server did by itself is asked for on its own: by change and by action', async () => {
  const { app, owner, id, edit, ask } = await setUpHistory();
  await edit(owner, { lastName: 'de Boer' });
  const { services } = app;
  writeOwn(services.rooms, { actor: null, kinds: ['directory'] }, (tx) =>
    tx.patch(entities.contact, id, { jobTitle: 'Buyer' }),
  );
  await app.ask('DELETE', `/api/records/contact/${id}`, { cookie: owner });
  purgeRecords(services.rooms, { ids: [id], userId: null, spaces: ['team'] });
  const { changes } = await ask(`?record=${id}&member=server`);
  expect(changes.map(({ field, by }) => [field, by])).toEqual([
    ['', null],
    ['jobTitle', null],
  ]);
  const { actions } = (await ask('/actions?member=server')) as unknown as {
    actions: { by: string | null; sample: Change[] }[];
  };
  expect(actions.slice(0, 2).map(({ by, sample }) => [by, sample.map(({ field }) => field)])).toEqual([
    [null, ['']],
    [null, ['jobTitle']],
  ]);
  expect(actions.every(({ by }) => by === null)).toBe(true);
});

test('nobody reads it without a session, and a question that cannot be read is refused', async () => {
  const { app, owner } = await setUpHistory();
  expect((await app.ask('GET', '/api/history')).status).toBe(401);
  expect((await app.ask('GET', '/api/history?before=x', { cookie: owner })).status).toBe(400);
  expect((await app.ask('GET', '/api/history/as-of?kind=secret&at=1', { cookie: owner })).status).toBe(400);
});
