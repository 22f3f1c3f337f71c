import { get } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import SqliteDatabase from 'better-sqlite3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { RECORDS } from '../../shared/sync/record-keys.ts';
import { SNAPSHOT_HEADERS } from '../../shared/sync/snapshot-headers.ts';
import { DATABASE_FILE } from '../storage/data-folder.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';
import { connectStock, type StockClient, until } from '../testing/stock-client.ts';
import { type Person, startTestServer, type TestServer } from '../testing/test-server.ts';

const ROOM = 'team.directory.1';
const PATH = `/api/rooms/${ROOM}/snapshot`;
let server: TestServer;
let owner: Person;
let writer: StockClient;
const clients: StockClient[] = [];

/** A server whose directory has some 800 kB that nobody has downloaded yet. */
beforeAll(async () => {
  server = await startTestServer();
  owner = await server.setUp();
  writer = connect();
  await writer.synced();
  await grow('a');
}, 60_000);

afterAll(async () => {
  for (const client of clients) client.destroy();
  await server.stop();
});

function connect(doc = new Y.Doc()): StockClient {
  const client = connectStock(server.url, ROOM, { cookie: owner.cookie, doc });
  clients.push(client);
  return client;
}

/** Resolves when it is stored: somebody else has it. */
async function grow(batch: string): Promise<void> {
  const { doc, records } = writer;
  // Smaller than what is read in the server's worker, which would have to start first.
  for (let from = 0; from < 200; from += 50) {
    doc.transact(() => {
      for (let index = from; index < from + 50; index++) {
        const id = `contact_${batch}${String(index).padStart(15, '0')}`;
        records.set(id, JSON.stringify({ t: 'contact', s: `${index}`, note: 'x'.repeat(4_000) }));
      }
    });
  }
  await arrived(connect());
}

async function arrived(reader: StockClient): Promise<void> {
  await until(() => reader.records.size === writer.records.size, 'everything to be there', 15_000);
}

/** As it comes over the wire. */
function rawAnswer(url: string, headers: Record<string, string>) {
  return new Promise<{ headers: Record<string, unknown>; bytes: Buffer }>((resolve, reject) => {
    get(url, { headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => resolve({ headers: answer.headers, bytes: Buffer.concat(chunks) }));
    }).once('error', reject);
  });
}

test('a snapshot and what the socket brings after it are the whole room; a small room has none [S9.1]', async () => {
  const answer = await server.ask('GET', PATH, owner);
  expect(answer.status).toBe(200);
  const doc = new Y.Doc();
  Y.applyUpdate(doc, new Uint8Array(await answer.arrayBuffer()));
  expect(doc.getMap(RECORDS).size).toBe(200);
  writer.records.set('contact_later00000000000', '{"t":"contact","s":"9"}');
  const device = connect(doc);
  await arrived(device);
  expect(device.records.toJSON()).toEqual(writer.records.toJSON());
  expect((await server.ask('GET', '/api/rooms/team.work.1/snapshot', owner)).status).toBe(204);
});

test('who may not open the socket may not download [S9.2]', async () => {
  const member = await server.invite(owner, { name: 'Ben', role: 'viewer' });
  expect((await server.ask('GET', PATH, member)).status).toBe(200);
  expect((await server.ask('GET', PATH)).status).toBe(401);
  const foreign = await fetch(server.url + PATH, { headers: { cookie: owner.cookie, origin: 'https://evil.test' } });
  expect(foreign.status).toBe(403);
  for (const room of ['team.directory.2', 'team.nothing.1', 'TEAM.directory.1', '..%2Frapport.db']) {
    expect((await server.ask('GET', `/api/rooms/${room}/snapshot`, owner)).status, room).toBe(404);
  }
  const made = await server.ask('POST', '/api/spaces', { cookie: owner.cookie, body: { name: 'Board' } });
  const { rooms } = (await (await server.ask('GET', '/api/rooms', owner)).json()) as { rooms: { name: string }[] };
  const own = rooms.find(({ name }) => !name.startsWith('team.'))?.name ?? '';
  expect([made.ok, own === '']).toEqual([true, false]);
  expect((await server.ask('GET', `/api/rooms/${own}/snapshot`, owner)).status).toBe(204);
  expect((await server.ask('GET', `/api/rooms/${own}/snapshot`, member)).status).toBe(404);
  const removal = { cookie: owner.cookie, body: { heir: null } };
  const removed = await server.ask('DELETE', `/api/members/${member.userId}`, removal);
  expect(removed.ok).toBe(true);
  expect((await server.ask('GET', PATH, member)).status).toBe(401);
});

test('a session that ends while the bytes are made ready gets none of them [S9.2]', async () => {
  const app = setUpMemoryApp();
  const cookie = await app.setUp();
  const mark = { seq: 1, crc: 1, length: 1 };
  Object.assign(app.services.rooms.downloads, {
    markOf: () => mark,
    bytesOf: () => {
      app.db.exec('DELETE FROM "session"');
      return Promise.resolve({ mark, bytes: new Uint8Array([7]), isPacked: false, from: 0 });
    },
  });
  expect((await app.ask('GET', PATH, { cookie })).status).toBe(401);
});

test('an answer says whose it is and how long, packed and unpacked [S9.3]', async () => {
  const { cookie } = owner;
  const packed = await rawAnswer(server.url + PATH, { cookie, 'accept-encoding': 'gzip, br' });
  const plain = await rawAnswer(server.url + PATH, { cookie });
  const status = (await (await server.ask('GET', '/api/status')).json()) as { serverId: string };
  const said = (name: keyof typeof SNAPSHOT_HEADERS) => packed.headers[SNAPSHOT_HEADERS[name].toLowerCase()];
  expect(said('server')).toBe(status.serverId);
  expect(said('user')).toBe(owner.userId);
  expect(Number(said('seq'))).toBeGreaterThan(0);
  expect(Number(said('length'))).toBe(plain.bytes.length);
  expect([packed.headers['content-encoding'], plain.headers['content-encoding']]).toEqual(['gzip', undefined]);
  expect(Number(packed.headers['content-length'])).toBe(packed.bytes.length);
  expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 5);
  expect(gunzipSync(packed.bytes).equals(plain.bytes)).toBe(true);
});

test('the same snapshot is not sent twice, a newer one is [S9.4]', async () => {
  const first = await server.ask('GET', PATH, owner);
  const etag = first.headers.get('etag') ?? '';
  expect(first.headers.get('cache-control')).toContain('no-store');
  const again = () => fetch(server.url + PATH, { headers: { cookie: owner.cookie, 'if-none-match': etag } });
  expect((await again()).status).toBe(304);
  await grow('b');
  const newer = await again();
  expect(newer.status).toBe(200);
  expect(newer.headers.get('etag')).not.toBe(etag);
});

test('the rest of a download that was cut is sent, of the same snapshot only [S9.8]', async () => {
  const { cookie } = owner;
  const whole = await rawAnswer(server.url + PATH, { cookie });
  const etag = String(whole.headers.etag);
  const rest = (from: number | string, of: string, headers = {}) =>
    rawAnswer(`${server.url}${PATH}?from=${from}&of=${encodeURIComponent(of)}`, { cookie, ...headers });
  const fromOf = ({ headers }: { headers: Record<string, unknown> }) =>
    Number(headers[SNAPSHOT_HEADERS.from.toLowerCase()]);
  const at = Math.floor(whole.bytes.length * 0.9);
  const plain = await rest(at, etag);
  expect([fromOf(plain), plain.bytes.equals(whole.bytes.subarray(at))]).toEqual([at, true]);
  expect(Number(plain.headers[SNAPSHOT_HEADERS.length.toLowerCase()])).toBe(whole.bytes.length);
  const packed = await rest(at, etag, { 'accept-encoding': 'gzip' });
  expect([fromOf(packed), gunzipSync(packed.bytes).equals(whole.bytes.subarray(at))]).toEqual([at, true]);
  expect(packed.bytes.length).toBeLessThan(plain.bytes.length);
  for (const [from, of] of [
    [at, 'W/"another"'],
    [-1, etag],
    [0.5, etag],
    ['1e400', etag],
    [whole.bytes.length, etag],
    ['', ''],
  ] as const) {
    const answer = await rest(from, of);
    expect([fromOf(answer), answer.bytes.equals(whole.bytes)], `${from}`).toEqual([0, true]);
  }
});

test('a damaged snapshot is refused [S9.5]', async () => {
  // A new snapshot, of which nothing is packed that would still be whole.
  await grow('c');
  await rawAnswer(server.url + PATH, { cookie: owner.cookie });
  const db = new SqliteDatabase(join(server.dataFolder, DATABASE_FILE));
  for (const table of ['snapshots', 'snapshot_pieces']) {
    db.exec(`UPDATE ${table} SET data = zeroblob(length(data))`);
  }
  db.close();
  const answer = await server.ask('GET', PATH, owner);
  expect(answer.status).toBe(503);
  expect(await answer.json()).toMatchObject({ error: { code: 'room-damaged' } });
});
