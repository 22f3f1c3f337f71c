import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '../../shared/sync/protocol.ts';
import { type Person, startTestServer, type TestServer } from '../testing/test-server.ts';

let server: TestServer;
let owner: Person;

beforeEach(async () => {
  server = await startTestServer();
  owner = await server.setUp();
});

afterEach(() => server.stop());

/** A socket of this person, and the code it is closed with. */
async function openSocket(person: Person, room = 'team.pipeline.1') {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${room}`, {
    headers: { cookie: person.cookie, origin: server.url },
  });
  const closed = new Promise<{ code: number; reason: string }>((resolve) =>
    socket.once('close', (code, reason) => resolve({ code, reason: String(reason) })),
  );
  await new Promise((resolve) => socket.once('message', resolve));
  return { socket, closed };
}

const setRole = (by: Person, who: Person, role: string) =>
  server.ask('PATCH', `/api/members/${who.userId}`, { cookie: by.cookie, body: { role } });
const remove = (by: Person, who: Person, heir: string | null = null) =>
  server.ask('DELETE', `/api/members/${who.userId}`, { cookie: by.cookie, body: { heir } });
const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
const me = async (person: Person) => (await server.ask('GET', '/api/me', { cookie: person.cookie })).json();

async function make(person: Person, entity: string, values: object): Promise<string> {
  const answer = await server.ask('POST', `/api/records/${entity}`, { cookie: person.cookie, body: values });
  return ((await answer.json()) as { record: { id: string } }).record.id;
}
const makeDeal = (person: Person, values: object) => make(person, 'deal', values);
const makeTask = (person: Person, values: object) => make(person, 'task', values);
const ownerOf = async (id: string, entity = 'deal') => {
  const answer = await server.ask('GET', `/api/records/${entity}/${id}`, { cookie: owner.cookie });
  return ((await answer.json()) as { record: { owner: string | null } }).record.owner;
};

test('a new role closes the person’s sockets at once, and they come back with it', async () => {
  const ben = await server.invite(owner, { name: 'Ben' });
  const line = await openSocket(ben);
  expect((await setRole(owner, ben, 'viewer')).status).toBe(200);
  expect(await line.closed).toEqual({ code: CLOSE.forbidden, reason: 'Your role is viewer now.' });
  expect(await me(ben)).toMatchObject({ role: 'viewer' });
  const { members } = (await (await server.ask('GET', '/api/members', { cookie: owner.cookie })).json()) as {
    members: { role: string }[];
  };
  expect(members.map(({ role }) => role)).toEqual(['owner', 'viewer']);
  const profile = await server.ask('GET', `/api/records/member/${ben.memberId}`, { cookie: owner.cookie });
  expect(((await profile.json()) as { record: { role: string } }).record.role).toBe('viewer');
});

test('a viewer’s writes are refused by the API, in words', async () => {
  const vera = await server.invite(owner, { name: 'Vera', role: 'viewer' });
  const answer = await server.ask('POST', '/api/records/deal', { cookie: vera.cookie, body: { title: 'Cold rooms' } });
  expect(answer.status).toBe(403);
  expect(await codeOf(answer)).toBe('read-only');
});

test('admins manage members and viewers, owners everybody, members nobody', async () => {
  const adam = await server.invite(owner, { name: 'Adam', role: 'admin' });
  const mia = await server.invite(owner, { name: 'Mia' });
  expect((await setRole(adam, mia, 'viewer')).status).toBe(200);
  expect((await setRole(adam, mia, 'admin')).status).toBe(403);
  expect((await setRole(adam, owner, 'member')).status).toBe(403);
  expect((await remove(adam, owner)).status).toBe(403);
  expect((await setRole(mia, adam, 'viewer')).status).toBe(403);
  expect((await remove(mia, adam)).status).toBe(403);
  expect((await setRole(mia, mia, 'admin')).status).toBe(403);
  expect((await setRole(owner, adam, 'owner')).status).toBe(200);
});

test('the last owner can neither be lowered nor removed, by nobody', async () => {
  const adam = await server.invite(owner, { name: 'Adam', role: 'admin' });
  for (const answer of [await setRole(owner, owner, 'admin'), await remove(owner, owner)]) {
    expect(answer.status).toBe(409);
    expect(await codeOf(answer)).toBe('last-owner');
  }
  await setRole(owner, adam, 'owner');
  expect((await setRole(owner, owner, 'member')).status).toBe(200);
  expect(await me(owner)).toMatchObject({ role: 'member' });
});

test('of two owners who remove each other at the same time one stays', async () => {
  const olga = await server.invite(owner, { name: 'Olga', role: 'admin' });
  await setRole(owner, olga, 'owner');
  const answers = await Promise.all([remove(owner, olga), remove(olga, owner)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
  const left = answers[0]?.status === 200 ? owner : olga;
  expect(await me(left)).toMatchObject({ role: 'owner' });
});

test('two admins who remove or lower each other at the same time are both refused in words, and both stay', async () => {
  const [adam, olga] = [
    await server.invite(owner, { name: 'Adam', role: 'admin' }),
    await server.invite(owner, { name: 'Olga', role: 'admin' }),
  ];
  const answers = await Promise.all([
    remove(adam, olga),
    remove(olga, adam),
    setRole(adam, olga, 'viewer'),
    setRole(olga, adam, 'viewer'),
  ]);
  for (const answer of answers) {
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain(
      'Only an owner can make, change or remove admins and owners. Ask one of them.',
    );
  }
  for (const admin of [adam, olga]) expect(await me(admin)).toMatchObject({ role: 'admin' });
});

test('of two owners who lower each other, or step down, at the same time one stays owner', async () => {
  const olga = await server.invite(owner, { name: 'Olga', role: 'admin' });
  const roles = async () => [await me(owner), await me(olga)].map((each) => (each as { role: string }).role).sort();
  await setRole(owner, olga, 'owner');
  const lowered = await Promise.all([setRole(owner, olga, 'member'), setRole(olga, owner, 'member')]);
  expect(lowered.map(({ status }) => status).sort()).toEqual([200, 403]);
  expect(await roles()).toEqual(['member', 'owner']);
  const [left, other] = lowered[0]?.status === 200 ? [owner, olga] : [olga, owner];
  await setRole(left, other, 'owner');
  const down = await Promise.all([setRole(owner, owner, 'admin'), setRole(olga, olga, 'admin')]);
  expect(down.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(await roles()).toEqual(['admin', 'owner']);
});

test('a removed person’s open deals and tasks go to the heir, closed ones stay theirs, their sockets close', async () => {
  const ben = await server.invite(owner, { name: 'Ben' });
  const mia = await server.invite(owner, { name: 'Mia' });
  const stages = (await (await server.ask('GET', '/api/records/stage', { cookie: owner.cookie })).json()) as {
    records: { id: string; type: string }[];
  };
  const won = stages.records.find(({ type }) => type === 'won')?.id;
  const open = await makeDeal(ben, { title: 'Cold rooms' });
  const closed = await makeDeal(ben, { title: 'Trailers', stage: won });
  const other = await makeDeal(mia, { title: 'Sensors' });
  const [todo, done] = [
    await makeTask(ben, { title: 'Call them', owner: ben.memberId }),
    await makeTask(ben, { title: 'Was called', owner: ben.memberId, doneAt: Date.now() }),
  ];
  const line = await openSocket(ben);
  const answer = await remove(owner, ben, mia.memberId);
  expect(await answer.json()).toEqual({ deals: 1, tasks: 1 });
  expect((await line.closed).code).toBe(CLOSE.forbidden);
  expect([await ownerOf(open), await ownerOf(closed), await ownerOf(other)]).toEqual([
    mia.memberId,
    ben.memberId,
    mia.memberId,
  ]);
  expect([await ownerOf(todo, 'task'), await ownerOf(done, 'task')]).toEqual([mia.memberId, ben.memberId]);
});

test('deals can be left to nobody, and not to somebody who is gone', async () => {
  const ben = await server.invite(owner, { name: 'Ben' });
  const mia = await server.invite(owner, { name: 'Mia' });
  const deal = await makeDeal(ben, { title: 'Cold rooms' });
  await remove(owner, mia);
  expect((await remove(owner, ben, mia.memberId)).status).toBe(409);
  expect(await me(ben)).toMatchObject({ role: 'member' });
  expect((await remove(owner, ben, null)).status).toBe(200);
  expect(await ownerOf(deal)).toBeNull();
});

test('a removed person is told so by name and server, gets no room, no record and no socket', async () => {
  const ben = await server.invite(owner, { name: 'Ben' });
  await remove(owner, ben);
  const answer = await server.ask('GET', '/api/me', { cookie: ben.cookie });
  expect(answer.status).toBe(403);
  expect(await answer.json()).toMatchObject({
    error: { code: 'removed' },
    removal: { userId: ben.userId, workspaceName: 'Acme', by: 'Anna' },
  });
  for (const path of ['/api/rooms', '/api/records/deal', '/api/members', '/api/sessions', '/api/review']) {
    expect((await server.ask('GET', path, { cookie: ben.cookie })).status, path).toBe(401);
  }
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/team.pipeline.1`, {
    headers: { cookie: ben.cookie, origin: server.url },
  });
  expect(await new Promise((resolve) => socket.once('close', resolve))).toBe(CLOSE.signedOut);
});

test('an address is free again when its owner was removed, for another person with nothing of the first', async () => {
  const ben = await server.invite(owner, { name: 'Ben' });
  await remove(owner, ben);
  const again = await server.invite(owner, { name: 'Ben' });
  expect(again.userId).not.toBe(ben.userId);
  expect((await server.ask('GET', '/api/me', { cookie: ben.cookie })).status).toBe(403);
});

test('changing one’s own name changes account and profile', async () => {
  const ben = await server.invite(owner, { name: 'Ben' });
  const vera = await server.invite(owner, { name: 'Vera', role: 'viewer' });
  for (const person of [ben, vera]) {
    const answer = await server.ask('PATCH', '/api/me', { cookie: person.cookie, body: { name: 'Bo Nielsen' } });
    expect(answer.status).toBe(200);
    expect(await me(person)).toMatchObject({ user: { name: 'Bo Nielsen' } });
    const profile = await server.ask('GET', `/api/records/member/${person.memberId}`, { cookie: owner.cookie });
    expect(((await profile.json()) as { record: { name: string } }).record.name).toBe('Bo Nielsen');
  }
});
