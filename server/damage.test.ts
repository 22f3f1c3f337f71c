/** Disks that are full, read-only or damaged, under a real server process: never less data without a word. */
import {
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { createUpdateLog } from './storage/update-log.ts';
import { type Limits, type ServerProcess, startRefused, startServerProcess } from './testing/server-process.ts';
import { connectStock, type StockClient, until } from './testing/stock-client.ts';
import { askAt, cookieOf, makeTemporaryFolder, PASSWORD } from './testing/test-server.ts';

const ROOM = 'team.directory.1';
const OTHER_ROOM = 'team.pipeline.1';
const SETUP = { workspaceName: 'Acme', name: 'Anna', email: 'anna@acme.test', password: PASSWORD, currency: 'EUR' };

let folder: string;
let server: ServerProcess | null = null;
const clients: StockClient[] = [];

beforeEach(() => {
  folder = makeTemporaryFolder();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  await stop('SIGKILL');
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true, force: true });
});

async function start(limits: Limits = {}, port = '0'): Promise<ServerProcess> {
  server = await startServerProcess({ DATA_DIR: folder, PORT: port }, limits);
  return server;
}

async function stop(signal: NodeJS.Signals): Promise<void> {
  server?.child.kill(signal);
  await server?.ended();
  server = null;
}

function connect(url: string, cookie: string, room = ROOM): StockClient {
  const client = connectStock(url, room, { cookie });
  clients.push(client);
  return client;
}

const setUp = async ({ url }: ServerProcess) => cookieOf(await askAt(url)('POST', '/api/setup', { body: SETUP }));

/** Writes one after the other, so that each is a commit of its own, and waits until another client has them. */
async function write(url: string, cookie: string, keys: readonly string[], room = ROOM): Promise<void> {
  const [writer, reader] = [connect(url, cookie, room), connect(url, cookie, room)];
  await Promise.all([writer.synced(), reader.synced()]);
  for (const key of keys) {
    writer.records.set(key, 'x'.repeat(500));
    await until(() => reader.records.has(key), key);
  }
  for (const client of clients.splice(0)) client.destroy();
}

/** How a socket to the room ends. */
function refusalOf(url: string, cookie: string, room: string): Promise<{ code: number; reason: string }> {
  return new Promise((resolve) => {
    const client = connect(url, cookie, room);
    client.provider.on('connection-close', (event) => {
      client.provider.shouldConnect = false;
      resolve({ code: event?.code ?? 0, reason: event?.reason ?? '' });
    });
  });
}

test('on a full disk nothing more is promised, everybody keeps reading, and with room again all of it arrives', async () => {
  const full = await start({ fileKilobytes: 1_500 });
  const cookie = await setUp(full);
  const [writer, reader] = [connect(full.url, cookie), connect(full.url, cookie)];
  await Promise.all([writer.synced(), reader.synced()]);
  const received = new Set<string>();
  reader.records.observe((event) => {
    for (const key of event.keysChanged) received.add(key);
  });
  for (let index = 0; index < 40; index++) {
    writer.records.set(`contact_${index}`, 'x'.repeat(60_000));
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await until(() => full.said().includes('could not be written to disk'), 'the server to notice', 10_000);
  expect(received.size).toBeGreaterThan(3);
  expect(received.size).toBeLessThan(40);
  expect(full.child.exitCode).toBeNull();
  expect((await askAt(full.url)('GET', '/healthz')).status).toBe(200);
  const { port } = new URL(full.url);
  // Killed while full, and started again with room: the fresh client finds what was promised, the writer brings the rest.
  await stop('SIGKILL');
  const again = await start({}, port);
  const alone = connect(again.url, cookie);
  await alone.synced();
  expect([...received].filter((key) => !alone.records.has(key))).toEqual([]);
  await until(() => alone.records.size >= 40, 'what waited on the device', 30_000);
}, 90_000);

test('a data folder that cannot be written to is named, and nothing in it changes', async () => {
  await setUp(await start());
  await stop('SIGTERM');
  const before = readFileSync(join(folder, 'rapport.db'));
  chmodSync(folder, 0o555);
  // Root may write anywhere: be nobody.
  const uid = process.getuid?.() === 0 ? { uid: 65_534 } : {};
  const { code, said } = await startRefused({ DATA_DIR: folder }, uid);
  expect(code).toBe(1);
  expect(said).toContain('Nothing was changed. Give this user write permission on it');
  expect(said.trim().split('\n')).toHaveLength(1);
  expect(readFileSync(join(folder, 'rapport.db')).equals(before)).toBe(true);
}, 30_000);

test('a damaged last page of the write-ahead log is noticed at start, and devices ahead are waited for', async () => {
  const first = await start();
  const cookie = await setUp(first);
  await write(first.url, cookie, ['contact_a', 'contact_b', 'contact_c']);
  await stop('SIGKILL');
  const wal = join(folder, 'rapport.db-wal');
  const file = openSync(wal, 'r+');
  // The last transactions' frames: a frame is 4,096 bytes of page and 24 of header.
  writeSync(file, Buffer.alloc(8_000, 7), 0, 8_000, statSync(wal).size - 8_200);
  closeSync(file);
  const again = await start();
  expect(again.said()).toMatch(/The database ends at update \d+, though update \d+ was stored here/);
  const recovery = await (await askAt(again.url)('GET', '/api/recovery', { cookie })).json();
  expect(recovery).toMatchObject({ state: 'awaiting', reason: expect.stringContaining('its last pages were damaged') });
}, 30_000);

test.each([
  [
    'a damaged row',
    (db: SqliteDatabase.Database) =>
      db
        .prepare(
          'UPDATE updates SET data = zeroblob(length(data)) WHERE seq = (SELECT max(seq) FROM updates WHERE room = ?)',
        )
        .run(ROOM),
    /team\.directory\.1: update \d+ is damaged/,
  ],
  [
    'a missing row',
    (db: SqliteDatabase.Database) =>
      db.prepare('DELETE FROM updates WHERE seq = (SELECT min(seq) FROM updates WHERE room = ?)').run(ROOM),
    /team\.directory\.1: \d+ updates up to \d+ were stored and \d+ are there/,
  ],
  [
    'a missing snapshot',
    (db: SqliteDatabase.Database) => {
      const log = createUpdateLog(db);
      const doc = new Y.Doc();
      const { updates } = log.load(ROOM);
      for (const { data } of updates) Y.applyUpdate(doc, data);
      log.fold(ROOM, updates.at(-1)?.seq ?? 0, Y.encodeStateAsUpdate(doc));
      db.prepare('DELETE FROM snapshots WHERE room = ?').run(ROOM);
    },
    /team\.directory\.1: its snapshot up to update \d+ is missing/,
  ],
])(
  '%s: the room is refused with the reason, in the log and to the client, and the others go on',
  async (_what, damage, reason) => {
    const first = await start();
    const cookie = await setUp(first);
    await write(first.url, cookie, ['contact_a', 'contact_b']);
    await write(first.url, cookie, ['deal_a'], OTHER_ROOM);
    await stop('SIGTERM');
    const db = new SqliteDatabase(join(folder, 'rapport.db'));
    damage(db);
    db.close();
    const again = await start();
    expect(await refusalOf(again.url, cookie, ROOM)).toEqual({
      code: 4500,
      reason: 'The server’s copy of this data is damaged. Yours is safe; an owner can restore a backup.',
    });
    expect(again.said()).toMatch(reason);
    await write(again.url, cookie, ['deal_b'], OTHER_ROOM);
    // Neither is it backed up as if it were whole.
    const backup = await askAt(again.url)('POST', '/api/backups', { cookie });
    expect(backup.status).toBe(500);
    expect(existsSync(join(folder, 'backups')) ? await backup.text() : '').toMatch(/cannot be used/);
  },
  30_000,
);

test('a damaged page in the middle of the database is noticed at start or refused, never skipped', async () => {
  const first = await start();
  const cookie = await setUp(first);
  await write(
    first.url,
    cookie,
    Array.from({ length: 60 }, (_, index) => `contact_${index}`),
  );
  await stop('SIGTERM');
  const path = join(folder, 'rapport.db');
  const bytes = readFileSync(path);
  const at = bytes.indexOf('x'.repeat(400));
  bytes.fill(0, at - (at % 4_096), at - (at % 4_096) + 4_096);
  writeFileSync(path, bytes);
  const again = await start();
  expect((await refusalOf(again.url, cookie, ROOM)).code).toBe(4500);
}, 30_000);
