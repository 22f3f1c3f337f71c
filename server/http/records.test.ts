import { expect, test } from 'vitest';
import { entities } from '../../shared/entities/registry.ts';
import { writeOwn } from '../sync/own-writes.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';

type Json = Record<string, unknown> & { id: string };
const recordOf = async (answer: Response) => ((await answer.json()) as { record: Json }).record;

interface ErrorBody {
  error: { code: string; message: string; issues?: { field: string; code: string }[] };
}
const errorOf = async (answer: Response) => ((await answer.json()) as ErrorBody).error;

/** Those that Rapport itself makes, and nobody over HTTP. */
const MADE_BY_RAPPORT: ReadonlySet<string> = new Set(['workspace', 'notice']);

test.each(Object.values(entities).filter((entity) => !MADE_BY_RAPPORT.has(entity.name)))(
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

test('a deal is put into the first open stage, whatever stands before it, and moving it writes its stage history', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const { records: stages } = (await (await ask('GET', '/api/records/stage', { cookie })).json()) as {
    records: Json[];
  };
  const [lead] = stages.filter(({ name }) => name === 'Lead');
  const early = { name: 'Never mind', type: 'lost', pipeline: lead?.pipeline, rank: '0' };
  expect((await ask('POST', '/api/records/stage', { cookie, body: early })).status).toBe(201);
  const deal = await recordOf(await ask('POST', '/api/records/deal', { cookie, body: { title: 'Big one' } }));
  const [, first] = deal.place as string[];
  expect(first).toBe(lead?.id);
  const next = stages.find(({ id, type }) => id !== first && type === 'open')?.id;
  const path = `/api/records/deal/${deal.id}`;
  const moved = await recordOf(await ask('PATCH', path, { cookie, body: { stage: next, title: 'Bigger' } }));
  expect(moved).toMatchObject({ title: 'Bigger' });
  expect((moved.place as string[])[1]).toBe(next);
  expect(moved.stages).toHaveLength(2);
  const lost = await ask('PATCH', path, { cookie, body: { stage: 'stage_nowhere' } });
  expect(lost.status).toBe(404);
});

test('how often a task repeats is written and read over HTTP, and a rule that means nothing is refused in words', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const values = { title: 'Newsletter', due: '2026-11-23', repeats: 'FREQ=WEEKLY;COUNT=10' };
  const task = await recordOf(await ask('POST', '/api/records/task', { cookie, body: values }));
  expect(task).toMatchObject(values);
  const path = `/api/records/task/${task.id}`;
  const patch = (body: unknown) => ask('PATCH', path, { cookie, body });
  expect(await recordOf(await patch({ repeats: 'FREQ=MONTHLY;UNTIL=20271231' }))).toMatchObject({
    repeats: 'FREQ=MONTHLY;UNTIL=20271231',
  });
  for (const repeats of ['every monday', 'FREQ=WEEKLY;COUNT=0', 'FREQ=WEEKLY;UNTIL=20261331', 7, ['FREQ=DAILY']]) {
    const answer = await patch({ repeats, title: 'Changed' });
    expect(answer.status).toBe(422);
    const { message, issues } = await errorOf(answer);
    expect(message).toMatch(/^This repetition cannot be followed\. Write it as iCalendar does/);
    expect(issues).toMatchObject([{ field: 'repeats', code: 'invalid' }]);
  }
  const tooEarly = await patch({ repeats: 'FREQ=WEEKLY;UNTIL=20261101' });
  expect([tooEarly.status, (await errorOf(tooEarly)).message]).toEqual([
    422,
    'It would stop repeating on 1 Nov 2026, before its first day. Choose a later last day.',
  ]);
  const undated = await ask('POST', '/api/records/task', { cookie, body: { title: 'x', repeats: 'FREQ=DAILY' } });
  expect([undated.status, (await errorOf(undated)).message]).toEqual([
    422,
    'A task that repeats needs a due date to count from.',
  ]);
  const kept = { title: 'Newsletter', due: '2026-11-23', repeats: 'FREQ=MONTHLY;UNTIL=20271231' };
  expect(await recordOf(await ask('GET', path, { cookie }))).toMatchObject(kept);
  expect(await recordOf(await patch({ repeats: '' }))).toMatchObject({ repeats: '' });
});

test('a task that a program marks as done makes the next one, and takes it back when it is open again', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const body = { title: 'Newsletter', due: '2026-11-23', repeats: 'FREQ=WEEKLY;COUNT=3' };
  const task = await recordOf(await ask('POST', '/api/records/task', { cookie, body }));
  const patch = (values: unknown) => ask('PATCH', `/api/records/task/${task.id}`, { cookie, body: values });
  const others = async () => {
    const { records } = (await (await ask('GET', '/api/records/task', { cookie })).json()) as { records: Json[] };
    return records.filter(({ id }) => id !== task.id);
  };
  const done = await recordOf(await patch({ doneAt: '2026-11-23T10:00:00Z' }));
  expect(done.doneAt).toBe(Date.UTC(2026, 10, 23, 10));
  expect(await others()).toMatchObject([{ title: 'Newsletter', repeats: 'FREQ=WEEKLY;COUNT=2', after: task.id }]);
  await patch({ doneAt: '2026-11-23T10:00:00Z', outcome: 'Sent twice' });
  expect(await others()).toHaveLength(1);
  expect(await recordOf(await patch({ doneAt: null }))).toMatchObject({ doneAt: null, doneBy: null });
  expect(await others()).toEqual([]);
});

test('an appointment over HTTP has a start before it repeats, and does not end before it starts', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const made = await recordOf(await ask('POST', '/api/records/appointment', { cookie, body: { title: 'Some day' } }));
  const path = `/api/records/appointment/${made.id}`;
  const refusal = async (method: 'POST' | 'PATCH', body: unknown) => {
    const answer = await ask(method, method === 'POST' ? '/api/records/appointment' : path, { cookie, body });
    return [answer.status, (await errorOf(answer)).message];
  };
  const noStart = [422, 'An appointment that repeats needs a start to count from.'];
  expect(await refusal('PATCH', { repeats: 'FREQ=WEEKLY' })).toEqual(noStart);
  expect(await refusal('POST', { title: 'x', repeats: 'FREQ=WEEKLY' })).toEqual(noStart);
  const backwards = { start: '2026-11-25', end: '2026-11-24' };
  const endsEarly = [422, 'The end is before the start. Nothing was changed.'];
  expect(await refusal('PATCH', backwards)).toEqual(endsEarly);
  expect(await refusal('POST', { title: 'x', ...backwards })).toEqual(endsEarly);
  const renamed = await ask('PATCH', path, { cookie, body: { title: 'One day', place: 'Oslo' } });
  expect(await recordOf(renamed)).toMatchObject({ title: 'One day', start: null, repeats: '' });
  const dated = await ask('PATCH', path, { cookie, body: { start: '2026-11-25', repeats: 'FREQ=WEEKLY' } });
  expect(await recordOf(dated)).toMatchObject({ start: '2026-11-25', end: '2026-11-25', repeats: 'FREQ=WEEKLY' });
  expect(await refusal('PATCH', { start: null })).toEqual([422, 'An appointment needs a start.']);
});

test('an appointment made over HTTP may repeat; a deal has no such field', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const values = { title: 'Jour fixe', start: '2026-11-23', repeats: 'FREQ=WEEKLY' };
  const made = await recordOf(await ask('POST', '/api/records/appointment', { cookie, body: values }));
  expect(made).toMatchObject(values);
  const path = `/api/records/appointment/${made.id}`;
  const changed = await ask('PATCH', path, { cookie, body: { repeats: 'FREQ=DAILY;COUNT=5' } });
  expect(await recordOf(changed)).toMatchObject({ repeats: 'FREQ=DAILY;COUNT=5' });
  const once = await ask('PATCH', path, { cookie, body: { repeats: '' } });
  expect(await recordOf(once)).toMatchObject({ repeats: '' });
  const deal = await ask('POST', '/api/records/deal', { cookie, body: { title: 'x', repeats: 'FREQ=WEEKLY' } });
  expect((await errorOf(deal)).issues).toMatchObject([{ field: 'repeats', code: 'unknown' }]);
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

test('nobody puts words into an inbox over HTTP; what is one’s own is marked there, by viewers too', async () => {
  const { ask, setUp, join, services } = setUpMemoryApp();
  const owner = await setUp();
  const viewer = await join(owner, 'Vera', 'viewer');
  const member = await join(owner, 'Mia', 'member');
  const { members } = (await (await ask('GET', '/api/members', { cookie: owner })).json()) as {
    members: { memberId: string; name: string }[];
  };
  const idOf = (name: string) => members.find((each) => each.name === name)?.memberId ?? '';
  const forged = await ask('POST', '/api/records/notice', {
    cookie: member,
    body: { owner: idOf('Anna'), by: idOf('Vera'), kind: 'mention', text: 'Pay this now' },
  });
  expect([forged.status, (await errorOf(forged)).message]).toEqual([403, expect.stringMatching(/mention them/)]);
  expect(services.log.load('team.work.1').updates).toHaveLength(0);

  const [hers = '', mias = ''] = writeOwn(services.rooms, { actor: null, kinds: ['work'] }, (tx) =>
    ['Vera', 'Mia'].map((name) => tx.insert(entities.notice, { owner: idOf(name), kind: 'reply', text: 'Look' })),
  );
  const patch = async (cookie: string, id: string, body: object) =>
    (await ask('PATCH', `/api/records/notice/${id}`, { cookie, body })).status;
  expect(await patch(viewer, hers, { readAt: 5 })).toBe(200);
  expect(await patch(viewer, hers, { text: 'x' })).toBe(403);
  expect(await patch(viewer, mias, { readAt: 5 })).toBe(403);
  expect(await patch(member, mias, { doneAt: 5 })).toBe(200);
  expect(await patch(member, mias, { owner: idOf('Anna') })).toBe(403);
  expect(await patch(owner, mias, { readAt: 5 })).toBe(403);
  const away = async (cookie: string, id: string) =>
    (await ask('DELETE', `/api/records/notice/${id}`, { cookie })).status;
  expect([await away(owner, mias), await away(viewer, hers), await away(member, mias)]).toEqual([403, 403, 200]);
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
