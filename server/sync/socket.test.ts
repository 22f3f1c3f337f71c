import { request } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE, encodeClientHello, MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, PROTOCOL } from '../../shared/sync/protocol.ts';
import { readMessage } from '../testing/memory-sync.ts';
import { connectStock, type StockClient, until } from '../testing/stock-client.ts';
import { type Person, startTestServer, type TestServer } from '../testing/test-server.ts';

const ROOM = 'team.pipeline.1';

let server: TestServer;
let anna: Person;
const clients: StockClient[] = [];
const sockets: WebSocket[] = [];

beforeEach(async () => {
  server = await startTestServer();
  anna = await server.setUp();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const socket of sockets.splice(0)) socket.terminate();
  await server.stop();
});

function open(path = ROOM, { cookie = anna.cookie, origin }: { cookie?: string; origin?: string } = {}): WebSocket {
  const headers = { cookie, ...(origin === undefined ? {} : { origin }) };
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/sync/${path}`, { headers });
  socket.on('error', () => undefined);
  sockets.push(socket);
  return socket;
}

const opened = (socket: WebSocket) => new Promise<void>((resolve) => socket.once('open', () => resolve()));
/** The first message shows that the room has taken the socket in. Ask before waiting for anything else. */
const greeted = (socket: WebSocket) => new Promise<void>((resolve) => socket.once('message', () => resolve()));
const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));

function connect(who: Person = anna, room = ROOM): StockClient {
  const client = connectStock(server.url, room, { cookie: who.cookie });
  clients.push(client);
  return client;
}

/** Two clients see each other's edits: the server goes on for everybody else. */
async function expectOthersGoOn(one: StockClient, two: StockClient): Promise<void> {
  const key = `deal_${Math.random()}`;
  one.records.set(key, '{}');
  await until(() => two.records.has(key), 'an edit to arrive');
}

test('a socket without a session is accepted and closed with 4401 [S1.2]', async () => {
  expect(await closed(open(ROOM, { cookie: '' }))).toBe(CLOSE.signedOut);
  expect(await closed(open(ROOM, { cookie: 'rapport.session_token=forged.forged' }))).toBe(CLOSE.signedOut);
});

test.each([
  'team.nothing.1',
  'team.pipeline.2',
  'private-x.pipeline.1',
  'team.pipeline.1/more',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  '',
])('there is no room %j [S1.4]', async (path) => {
  expect(await closed(open(path))).toBe(CLOSE.noSuchRoom);
});

test('a page of another site gets no socket at all [S1.3]', async () => {
  const status = (origin: string) =>
    new Promise((resolve) => {
      const socket = open(ROOM, { origin });
      socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.once('open', () => resolve('open'));
    });
  expect(await status('https://evil.test')).toBe(403);
  expect(await status(server.url)).toBe('open');
});

test('an upgrade to any other path is refused', async () => {
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/elsewhere`, { headers: { cookie: anna.cookie } });
  const status = await new Promise((resolve) => {
    socket.once('unexpected-response', (_request, response) => resolve(response.statusCode));
    socket.once('error', () => undefined);
  });
  expect(status).toBe(404);
});

test('a text message closes its own connection with 4400, the others go on [S2.2]', async () => {
  const [one, two] = [connect(), connect()];
  await Promise.all([one.synced(), two.synced()]);
  const bad = open();
  await opened(bad);
  const code = closed(bad);
  bad.send('hello?');
  expect(await code).toBe(CLOSE.malformed);
  await expectOthersGoOn(one, two);
});

test('random bytes close their own connection with 4400 or are ignored, the others go on [S2.2]', async () => {
  const [one, two] = [connect(), connect()];
  await Promise.all([one.synced(), two.synced()]);
  let seed = 42;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed;
  };
  for (let round = 0; round < 40; round++) {
    const bad = open();
    await opened(bad);
    const code = closed(bad);
    for (let message = 0; message < 5; message++) {
      bad.send(Uint8Array.from({ length: random() % 60 }, () => random() % 256));
    }
    bad.close();
    expect([CLOSE.malformed, 1005]).toContain(await code);
  }
  await expectOthersGoOn(one, two);
  expect(server.reports).toEqual([]);
});

test('a message beyond the limit closes its own connection, the others go on [S2.3]', async () => {
  const [one, two] = [connect(), connect()];
  await Promise.all([one.synced(), two.synced()]);
  for (const [size, expected] of [
    [MAX_MESSAGE_BYTES + 1, CLOSE.tooLarge],
    [MAX_FRAME_BYTES + 1, 1009],
  ] as const) {
    const bad = open();
    await opened(bad);
    const code = closed(bad);
    bad.send(new Uint8Array(size));
    expect(await code).toBe(expected);
  }
  await expectOthersGoOn(one, two);
});

test('a frame that breaks the WebSocket protocol ends that line and nothing else', async () => {
  const [one, two] = [connect(), connect()];
  await Promise.all([one.synced(), two.synced()]);
  const broken = [
    [0x83, 0x80, 0, 0, 0, 0], // reserved opcode
    [0xf2, 0x80, 0, 0, 0, 0], // reserved bits
    [0x82, 0x05, 1, 2, 3, 4, 5], // not masked
    [0x80, 0x80, 0, 0, 0, 0], // continuation of nothing
    [0x89, 0xfe, 1, 0, 0, 0, 0, 0], // over-long ping
    [0x82, 0xff, 0x7f, 255, 255, 255, 255, 255, 255, 255, 0, 0, 0, 0], // 63-bit length
    [0x88, 0x82, 0, 0, 0, 0, 0, 1], // bad close code
  ];
  for (const bytes of broken) {
    const ended = new Promise<void>((resolve) => {
      const upgrade = request(`${server.url}/sync/${ROOM}`, {
        headers: {
          cookie: anna.cookie,
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        },
      });
      upgrade.on('upgrade', (_response, stream) => {
        stream.on('error', () => undefined);
        stream.on('close', () => resolve());
        stream.on('data', () => undefined);
        stream.write(Buffer.from(bytes));
      });
      upgrade.end();
    });
    await ended;
  }
  await expectOthersGoOn(one, two);
});

test('messages that are sent before the room is open are not lost', async () => {
  const socket = open();
  const heard: string[] = [];
  socket.on('message', (data) => heard.push(readMessage(data as Buffer).type));
  await opened(socket);
  socket.send(encodeClientHello({ protocol: PROTOCOL, build: 't', schema: 1, clock: 0, clientIds: [] }));
  socket.send(Uint8Array.of(0, 0, 1, 0));
  await until(() => heard.includes('step2'), 'the document');
  expect(heard).toEqual(['step1', 'hello', 'step2']);
});

test('signing out closes the sockets of that session, and of no other [S8.2]', async () => {
  const ben = await server.invite(anna, { name: 'Ben' });
  const [mine, his] = [open(), open(ROOM, { cookie: ben.cookie })];
  await Promise.all([greeted(mine), greeted(his)]);
  const code = closed(mine);
  await server.ask('POST', '/api/auth/sign-out', { cookie: anna.cookie });
  expect(await code).toBe(CLOSE.signedOut);
  expect(his.readyState).toBe(WebSocket.OPEN);
});

test('a room that cannot be loaded is closed with a code that means try again, the other rooms go on [S1.5]', async () => {
  const [first, second] = [connect(), connect()];
  await Promise.all([first.synced(), second.synced()]);
  await expectOthersGoOn(first, second);
  for (const client of clients.splice(0)) client.destroy();
  await server.server.close();
  const { default: SqliteDatabase } = await import('better-sqlite3');
  const db = new SqliteDatabase(`${server.dataFolder}/rapport.db`);
  db.exec(`UPDATE updates SET data = x'00' WHERE room = '${ROOM}'`);
  db.close();
  server = await startTestServer(server.dataFolder);
  expect(await closed(open())).toBe(CLOSE.roomUnavailable);
  const other = connect(anna, 'team.directory.1');
  await other.synced();
  expect(server.reports.join()).toContain('could not be opened');
});

test('a stopping server closes with a code that means try again [S8.5]', async () => {
  const socket = open();
  await greeted(socket);
  const code = closed(socket);
  await server.server.close();
  expect(await code).toBe(CLOSE.goingAway);
});
