import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE } from '../../shared/sync/protocol.ts';
import { connectStock, type StockClient, until } from '../testing/stock-client.ts';
import { type Person, startTestServer, type TestServer } from '../testing/test-server.ts';

const SECRET = 'Nightingale';

let server: TestServer;
let anna: Person;
let bert: Person;
let space: string;
const clients: StockClient[] = [];
const sockets: WebSocket[] = [];

beforeEach(async () => {
  server = await startTestServer();
  anna = await server.setUp();
  bert = await server.invite(anna, { name: 'Bert' });
  const made = await server.ask('POST', '/api/spaces', { cookie: bert.cookie, body: { name: 'Acquisitions' } });
  space = ((await made.json()) as { space: { id: string } }).space.id;
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const socket of sockets.splice(0)) socket.terminate();
  await server.stop();
});

/** What a socket hears until it is closed, and the code it is closed with. */
async function knock(who: Person, room: string): Promise<{ code: number; reason: string; heard: Buffer }> {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${room}`, { headers: { cookie: who.cookie } });
  sockets.push(socket);
  const heard: Buffer[] = [];
  socket.on('message', (data: Buffer) => heard.push(data));
  socket.on('error', () => undefined);
  const [code, reason] = await new Promise<[number, string]>((resolve) =>
    socket.once('close', (closed, text) => resolve([closed, text.toString()])),
  );
  return { code, reason, heard: Buffer.concat(heard) };
}

function connect(who: Person, room: string): StockClient {
  const client = connectStock(server.url, room, { cookie: who.cookie });
  clients.push(client);
  return client;
}

const add = (who: Person) =>
  server.ask('POST', `/api/spaces/${space}/members`, { cookie: bert.cookie, body: { userId: who.userId } });

test('every room of a space is no room for those outside, the owner of the workspace included', async () => {
  const inside = connect(bert, `${space}.pipeline.1`);
  await inside.synced();
  inside.records.set('deal_secret', JSON.stringify({ t: 'deal', title: SECRET }));
  const year = new Date().getUTCFullYear();
  const nowhere = await knock(anna, 's-0000000000000000.pipeline.1');
  for (const kind of ['pipeline', 'work', 'directory', `timeline-${year}`, 'timeline-1999', 'workspace']) {
    expect([kind, await knock(anna, `${space}.${kind}.1`)]).toEqual([kind, nowhere]);
  }
  expect(nowhere).toMatchObject({ code: CLOSE.noSuchRoom, heard: Buffer.alloc(0) });
  expect((await knock(bert, `${space}.workspace.1`)).code).toBe(CLOSE.noSuchRoom);
});

test('who is removed from a space is closed out at once, and what is written then does not reach them', async () => {
  await add(anna);
  const inside = connect(bert, `${space}.pipeline.1`);
  const leaving = connect(anna, `${space}.pipeline.1`);
  await Promise.all([inside.synced(), leaving.synced()]);
  let code = 0;
  leaving.provider.on('connection-close', (event) => {
    code ||= event?.code ?? 0;
    leaving.provider.shouldConnect = false;
  });
  await server.ask('DELETE', `/api/spaces/${space}/members/${anna.userId}`, { cookie: bert.cookie });
  await until(() => code !== 0, 'the line to be closed');
  expect(code).toBe(CLOSE.noSuchRoom);
  inside.records.set('deal_late', JSON.stringify({ t: 'deal', title: SECRET }));
  expect((await knock(anna, `${space}.pipeline.1`)).heard).toHaveLength(0);
  expect(leaving.records.has('deal_late')).toBe(false);
});

test('a moved record leaves the devices of those outside, and arrives with the members', async () => {
  const outside = connect(anna, 'team.directory.1');
  const inside = connect(bert, `${space}.directory.1`);
  await Promise.all([outside.synced(), inside.synced()]);
  const made = await server.ask('POST', '/api/records/contact', { cookie: anna.cookie, body: { firstName: SECRET } });
  const { id } = ((await made.json()) as { record: { id: string } }).record;
  await until(() => outside.records.has(id), 'the record to be there');
  await server.ask('POST', '/api/spaces/move', { cookie: bert.cookie, body: { to: space, ids: [id] } });
  await until(() => !outside.records.has(id), 'the record to go');
  await until(() => inside.records.has(id), 'the record to come');
});

test('what somebody wrote to a record while it moved goes after it', async () => {
  const made = await server.ask('POST', '/api/records/contact', {
    cookie: anna.cookie,
    body: { firstName: 'Femke' },
  });
  const { id } = ((await made.json()) as { record: { id: string } }).record;
  const away = connect(anna, 'team.directory.1');
  await away.synced();
  away.provider.disconnect();
  const moved = await server.ask('POST', '/api/spaces/move', { cookie: bert.cookie, body: { to: space, ids: [id] } });
  expect(await moved.json()).toEqual({ moved: [id] });
  const edit = `${id}/lastName/0000m00000000000000anna`;
  away.records.set(edit, SECRET);
  away.provider.connect();
  const inside = connect(bert, `${space}.directory.1`);
  await inside.synced();
  await until(() => inside.records.get(edit) === SECRET, 'the edit to follow', 10_000);
  await until(() => !away.records.has(edit), 'the edit to leave', 10_000);
});
