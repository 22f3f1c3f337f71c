import { expect, test } from 'vitest';
import { entities } from '../../shared/entities/registry.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';

type Json = Record<string, unknown> & { id: string };
const recordOf = async (answer: Response) => ((await answer.json()) as { record: Json }).record;

interface ErrorBody {
  error: { code: string; message: string; issues?: { field: string; code: string }[] };
}
const errorOf = async (answer: Response) => ((await answer.json()) as ErrorBody).error;

test.each(Object.values(entities).filter((entity) => entity.name !== 'workspace'))(
  'a $name is made, read, listed, changed and put into the trash over HTTP',
  async (entity) => {
    const { ask, setUp } = setUpMemoryApp();
    const cookie = await setUp();
    const path = `/api/records/${entity.name}`;
    const required = Object.entries(entity.fields).filter(([, field]) => field.required && !field.hidden);
    const body = Object.fromEntries(required.map(([name]) => [name, 'First']));
    const made = await ask('POST', path, { cookie, body });
    expect(made.status).toBe(201);
    const record = await recordOf(made);
    expect(record).toMatchObject({ ...body, entity: entity.name });
    expect(await recordOf(await ask('GET', `${path}/${record.id}`, { cookie }))).toEqual(record);
    const { records } = (await (await ask('GET', path, { cookie })).json()) as { records: Json[] };
    expect(records.map(({ id }) => id)).toContain(record.id);
    const [field] = required[0] ?? [];
    if (field !== undefined) {
      const changed = await ask('PATCH', `${path}/${record.id}`, { cookie, body: { [field]: 'Second' } });
      expect(await recordOf(changed)).toMatchObject({ [field]: 'Second' });
    }
    expect((await ask('DELETE', `${path}/${record.id}`, { cookie })).status).toBe(200);
    expect((await ask('GET', `${path}/${record.id}`, { cookie })).status).toBe(404);
  },
);

test('a record that is not right is refused with every reason, and nothing is written', async () => {
  const { ask, setUp, services } = setUpMemoryApp();
  const cookie = await setUp();
  const body = { amount: 'a lot', closesOn: '2026-02-31', colour: 'red', __proto__x: 1 };
  const answer = await ask('POST', '/api/records/deal', { cookie, body });
  expect(answer.status).toBe(422);
  const { issues } = await errorOf(answer);
  expect(issues?.map(({ field }) => field).sort()).toEqual(['__proto__x', 'amount', 'closesOn', 'colour', 'title']);
  expect(services.log.load('team.pipeline.1').updates).toHaveLength(0);
});

test('prototype keys are unknown fields like any other', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const answer = await ask('POST', '/api/records/contact', {
    cookie,
    body: '{"__proto__": {"x": 1}, "constructor": 1, "toString": 2}',
  });
  const { issues } = await errorOf(answer);
  expect(issues?.filter(({ code }) => code === 'unknown').map(({ field }) => field)).toEqual([
    '__proto__',
    'constructor',
    'toString',
  ]);
});

test('a deal is put into the first stage, and moving it writes its stage history', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const { records: stages } = (await (await ask('GET', '/api/records/stage', { cookie })).json()) as {
    records: Json[];
  };
  const deal = await recordOf(await ask('POST', '/api/records/deal', { cookie, body: { title: 'Big one' } }));
  const [, first] = deal.place as string[];
  expect(stages.map(({ id }) => id)).toContain(first);
  const next = stages.find(({ id, type }) => id !== first && type === 'open')?.id;
  const path = `/api/records/deal/${deal.id}`;
  const moved = await recordOf(await ask('PATCH', path, { cookie, body: { stage: next, title: 'Bigger' } }));
  expect(moved).toMatchObject({ title: 'Bigger' });
  expect((moved.place as string[])[1]).toBe(next);
  expect(moved.stages).toHaveLength(2);
  const lost = await ask('PATCH', path, { cookie, body: { stage: 'stage_nowhere' } });
  expect(lost.status).toBe(404);
});

test('what is written over HTTP is in the change history with the person who asked', async () => {
  const { ask, setUp, services, db } = setUpMemoryApp();
  const cookie = await setUp();
  const deal = await recordOf(await ask('POST', '/api/records/deal', { cookie, body: { title: 'One' } }));
  await ask('PATCH', `/api/records/deal/${deal.id}`, { cookie, body: { title: 'Two' } });
  services.rooms.services.committer.flush();
  const [owner] = services.accounts.all();
  expect(
    db.prepare("SELECT field, old, new, user FROM changes WHERE record = ? AND field IN ('', 'title')").all(deal.id),
  ).toEqual([
    { field: '', old: null, new: null, user: owner?.id },
    { field: 'title', old: '"One"', new: '"Two"', user: owner?.id },
  ]);
});

test('viewers read and do not write; members do not change the workspace’s settings', async () => {
  const { ask, setUp, join } = setUpMemoryApp();
  const owner = await setUp();
  const viewer = await join(owner, 'Vera', 'viewer');
  const member = await join(owner, 'Mia', 'member');
  const make = async (cookie: string, entity: string, body: unknown) =>
    (await ask('POST', `/api/records/${entity}`, { cookie, body })).status;
  expect((await ask('GET', '/api/records/deal', { cookie: viewer })).status).toBe(200);
  expect(await make(viewer, 'deal', { title: 'x' })).toBe(403);
  expect(await make(member, 'deal', { title: 'x' })).toBe(201);
  expect(await make(member, 'stage', { name: 'x' })).toBe(403);
});

test('long lists come in pages', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  for (const title of ['a', 'b', 'c', 'd', 'e']) await ask('POST', '/api/records/deal', { cookie, body: { title } });
  const seen: string[] = [];
  let after = '';
  for (;;) {
    const answer = await ask('GET', `/api/records/deal?limit=2&after=${after}`, { cookie });
    const page = (await answer.json()) as { records: Json[]; next: string | null };
    seen.push(...page.records.map(({ title }) => String(title)));
    if (page.next === null) break;
    after = page.next;
  }
  expect(seen.sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('unknown kinds of record and unknown records are told apart', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const codes = [];
  for (const path of ['spaceship', '__proto__', 'constructor', 'deal/deal_nothing']) {
    codes.push((await errorOf(await ask('GET', `/api/records/${path}`, { cookie }))).code);
  }
  expect(codes).toEqual(['no-such-entity', 'no-such-entity', 'no-such-entity', 'missing']);
});
