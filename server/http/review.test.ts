import { Buffer } from 'node:buffer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { editKey } from '../../shared/sync/record-keys.ts';
import { createClock, newWriter } from '../../shared/sync/stamp.ts';
import { connectStock, type StockClient, until } from '../testing/stock-client.ts';
import { type Person, startTestServer, type TestServer } from '../testing/test-server.ts';

const ROOM = 'team.pipeline.1';
const WORKSPACE = 'team.workspace.1';
const clock = createClock(Date.now, newWriter('member_ben'));

let server: TestServer;
let owner: Person;
let ben: Person;
let dealId: string;
const clients: StockClient[] = [];

beforeEach(async () => {
  server = await startTestServer();
  owner = await server.setUp();
  ben = await server.invite(owner, { name: 'Ben' });
  const made = await server.ask('POST', '/api/records/deal', { cookie: owner.cookie, body: { title: 'Cold rooms' } });
  dealId = ((await made.json()) as { record: { id: string } }).record.id;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await server.stop();
});

/** What somebody changed while their line was cut, as their device hands it in. */
async function editOffline(person: Person, change: (records: Y.Map<unknown>) => void, room = ROOM) {
  const client = connectStock(server.url, room, { cookie: person.cookie });
  clients.push(client);
  await client.synced();
  client.provider.disconnect();
  const before = Y.encodeStateVector(client.doc);
  client.doc.transact(() => change(client.records));
  return { room, update: Buffer.from(Y.encodeStateAsUpdate(client.doc, before)).toString('base64') };
}
const rename = (title: string) => (records: Y.Map<unknown>) =>
  void records.set(editKey(dealId, 'title', clock.next()), title);

const remove = () => server.ask('DELETE', `/api/members/${ben.userId}`, { cookie: owner.cookie, body: { heir: null } });

async function handIn(person: Person, updates: Record<string, string>, more: object = {}) {
  const { serverId } = (await (await server.ask('GET', '/api/status')).json()) as { serverId: string };
  const body = { format: 'rapport-device-copy', version: 1, what: 'waiting', savedAt: '', serverId, updates, ...more };
  return server.ask('POST', '/api/removed/changes', { cookie: person.cookie, body });
}

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
const decide = (id: number, decision: string, by = owner) =>
  server.ask('POST', `/api/review/${id}`, { cookie: by.cookie, body: { decision } });
async function titleNow(): Promise<string> {
  const answer = await server.ask('GET', `/api/records/deal/${dealId}`, { cookie: owner.cookie });
  return ((await answer.json()) as { record: { title: string } }).record.title;
}

async function handedIn(): Promise<number> {
  const { room, update } = await editOffline(ben, rename('Cold rooms, second phase'));
  await remove();
  const answer = await handIn(ben, { [room]: update });
  expect(answer.status).toBe(201);
  return ((await answer.json()) as { id: number }).id;
}

test('unsent changes of a removed person wait for somebody to decide, and can be read', async () => {
  const id = await handedIn();
  expect(await titleNow()).toBe('Cold rooms');
  const listed = (await (await server.ask('GET', '/api/review', { cookie: owner.cookie })).json()) as object;
  expect(listed).toMatchObject({ bundles: [{ id, name: 'Ben', memberId: ben.memberId, state: 'open' }] });
  const detail = await (await server.ask('GET', `/api/review/${id}`, { cookie: owner.cookie })).json();
  expect(detail).toMatchObject({
    total: 1,
    changes: [{ id: dealId, entity: 'deal', field: 'title', old: 'Cold rooms', new: 'Cold rooms, second phase' }],
  });
  expect(await titleNow()).toBe('Cold rooms');
});

test('applied, they reach everybody under the name of who made them; nobody decides twice', async () => {
  const id = await handedIn();
  const watching = connectStock(server.url, ROOM, { cookie: owner.cookie });
  clients.push(watching);
  await watching.synced();
  expect((await decide(id, 'apply')).status).toBe(200);
  expect(await titleNow()).toBe('Cold rooms, second phase');
  await until(() => [...watching.records.values()].includes('Cold rooms, second phase'), 'the change');
  expect(await codeOf(await decide(id, 'discard'))).toBe('decided');
});

test('discarded, they change nothing and stay readable', async () => {
  const id = await handedIn();
  expect((await decide(id, 'discard')).status).toBe(200);
  expect(await titleNow()).toBe('Cold rooms');
  const detail = await (await server.ask('GET', `/api/review/${id}`, { cookie: owner.cookie })).json();
  expect(detail).toMatchObject({ state: 'discarded', decidedBy: 'Anna', total: 1 });
});

test('what a colleague changed since is shown, the older value is kept beside it', async () => {
  const id = await handedIn();
  await server.ask('PATCH', `/api/records/deal/${dealId}`, { cookie: owner.cookie, body: { title: 'Cold rooms XL' } });
  await decide(id, 'apply');
  expect(await titleNow()).toBe('Cold rooms XL');
});

test('the same changes handed in again after a lost answer are one bundle', async () => {
  const { room, update } = await editOffline(ben, rename('Twice'));
  await remove();
  const first = await (await handIn(ben, { [room]: update })).json();
  expect(await (await handIn(ben, { [room]: update }, { savedAt: 'later' })).json()).toEqual(first);
});

test('only a removed person hands in, only leaders look, and strangers get nothing', async () => {
  const { room, update } = await editOffline(ben, rename('Early'));
  expect(await codeOf(await handIn(ben, { [room]: update }))).toBe('not-removed');
  const mia = await server.invite(owner, { name: 'Mia' });
  await remove();
  const noSession = await server.ask('POST', '/api/removed/changes', { body: {} });
  expect(noSession.status).toBe(401);
  expect(await codeOf(await handIn(ben, { [room]: update }, { serverId: 'another' }))).toBe('other-server');
  expect((await handIn(ben, { [room]: 'not base64!' })).status).toBe(422);
  await handIn(ben, { [room]: update });
  expect((await server.ask('GET', '/api/review', { cookie: mia.cookie })).status).toBe(403);
  expect((await decide(1, 'apply', mia)).status).toBe(403);
});

test('changes that are no update, or not this person’s to make, are not applied, and nothing else of them either', async () => {
  const good = await editOffline(ben, rename('Good half'));
  const crown = await editOffline(
    ben,
    (records) => void records.set(editKey(ben.memberId, 'role', clock.next()), 'owner'),
    WORKSPACE,
  );
  await remove();
  const bundle = async (updates: Record<string, string>) =>
    ((await (await handIn(ben, updates)).json()) as { id: number }).id;
  for (const updates of [
    { [good.room]: good.update, [crown.room]: crown.update },
    { [good.room]: Buffer.from('nonsense').toString('base64') },
    { [good.room]: good.update, 'team.nowhere.1': good.update },
  ]) {
    const id = await bundle(updates);
    expect((await server.ask('GET', `/api/review/${id}`, { cookie: owner.cookie })).status).toBe(200);
    expect(await codeOf(await decide(id, 'apply'))).toBe('not-applicable');
  }
  expect(await titleNow()).toBe('Cold rooms');
});
