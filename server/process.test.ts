import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import SqliteDatabase from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { type ServerProcess, startRefused, startServerProcess } from './testing/server-process.ts';
import { connectStock, type StockClient, until } from './testing/stock-client.ts';
import { askAt, cookieOf, makeTemporaryFolder, PASSWORD } from './testing/test-server.ts';

const ROOM = 'team.pipeline.1';
const SETUP = { workspaceName: 'Acme', name: 'Anna', email: 'anna@acme.test', password: PASSWORD, currency: 'EUR' };

let folder: string;
const processes: ServerProcess[] = [];
const clients: StockClient[] = [];

beforeEach(() => {
  folder = makeTemporaryFolder();
});

afterEach(async () => {
  for (const client of clients.splice(0)) client.destroy();
  for (const { child, ended } of processes.splice(0)) {
    child.kill('SIGKILL');
    await ended();
  }
  rmSync(folder, { recursive: true, force: true });
});

async function start(env: Record<string, string> = {}): Promise<ServerProcess> {
  const started = await startServerProcess({ DATA_DIR: folder, ...env });
  processes.push(started);
  return started;
}

function connect(url: string, cookie: string, doc = new Y.Doc()): StockClient {
  const client = connectStock(url, ROOM, { cookie, doc });
  clients.push(client);
  return client;
}

test('killed with SIGKILL while four clients write, nothing that anybody had received is gone', async () => {
  let server = await start();
  const cookie = cookieOf(await askAt(server.url)('POST', '/api/setup', { body: SETUP }));
  /** Every update that reached somebody else. */
  const delivered = new Set<string>();
  for (let round = 0; round < 3; round++) {
    const writers = [0, 1, 2, 3].map(() => connect(server.url, cookie));
    await Promise.all(writers.map((writer) => writer.synced()));
    for (const { records, provider } of writers) {
      records.observe((event) => {
        if (event.transaction.origin === provider) for (const key of event.keysChanged) delivered.add(key);
      });
    }
    const { url, child } = server;
    // The kill comes in the middle of writing, after some dozens of updates, each round a little later.
    const enough = delivered.size + 40 + round * 37;
    let written = 0;
    while (delivered.size < enough) {
      for (const [index, { records }] of writers.entries())
        records.set(`deal_${round}_${index}_${written}`, 'x'.repeat(200));
      written++;
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    child.kill('SIGKILL');
    await server.ended();
    for (const client of clients.splice(0)) client.destroy();

    server = await start({ PORT: new URL(url).port });
    const alone = connect(server.url, cookie);
    await alone.synced();
    expect([...delivered].filter((key) => !alone.records.has(key))).toEqual([]);
    for (const client of clients.splice(0)) client.destroy();
  }
});

test('clients that were cut off by a kill find each other again at the restarted server', async () => {
  const server = await start();
  const cookie = cookieOf(await askAt(server.url)('POST', '/api/setup', { body: SETUP }));
  const [one, two] = [connect(server.url, cookie), connect(server.url, cookie)];
  await Promise.all([one.synced(), two.synced()]);
  server.child.kill('SIGKILL');
  await server.ended();
  one.records.set('deal_offline_1', '{}');
  two.records.set('deal_offline_2', '{}');
  await start({ PORT: new URL(server.url).port });
  await until(() => one.records.size === 2 && two.records.size === 2, 'both offline edits on both sides', 15_000);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s ends the server cleanly, and a session lives on after the restart',
  async (signal) => {
    const first = await start();
    const cookie = cookieOf(await askAt(first.url)('POST', '/api/setup', { body: SETUP }));
    const client = connect(first.url, cookie);
    await client.synced();
    client.records.set('deal_a', '{}');
    client.records.set('deal_b', '{}');
    await new Promise((resolve) => setTimeout(resolve, 100));
    first.child.kill(signal);
    expect(await first.ended()).toBe(0);
    const second = await start();
    expect((await askAt(second.url)('GET', '/api/me', { cookie })).status).toBe(200);
    const again = connect(second.url, cookie);
    await again.synced();
    expect(again.records.size).toBe(2);
  },
);

test('a second server on the same data folder says so and ends; after kill -9 the folder is free', async () => {
  const first = await start();
  const second = await startRefused({ DATA_DIR: folder });
  expect(second).toMatchObject({ code: 1 });
  expect(second.said.trim()).toBe(
    `Another Rapport server is already using the data folder ${folder}. Nothing was changed and it goes on running. ` +
      'Stop it first, or start this one with another DATA_DIR.',
  );
  expect((await askAt(first.url)('GET', '/healthz')).status).toBe(200);
  first.child.kill('SIGKILL');
  await first.ended();
  const third = await start();
  expect((await askAt(third.url)('GET', '/healthz')).status).toBe(200);
});

test('a port that is in use is named, and the data folder is free again', async () => {
  const first = await start();
  const other = join(folder, 'other');
  const { port } = new URL(first.url);
  const second = await startRefused({ DATA_DIR: other, PORT: port });
  expect(second.code).toBe(1);
  expect(second.said.trim()).toBe(
    `Port ${port} is already in use, perhaps by another Rapport. Your data is safe. Stop the other program, or set PORT to a free port.`,
  );
  await start({ DATA_DIR: other });
});

test.each([
  ['a data folder that cannot be made', { DATA_DIR: '/proc/rapport' }, 'cannot write to its data folder /proc/rapport'],
  ['a port that is none', { PORT: 'eighty' }, 'PORT is “eighty”, which is no port number'],
  ['a public address that is none', { PUBLIC_URL: 'crm' }, 'PUBLIC_URL is “crm”, which is no web address'],
])('%s gets one sentence and exit code 1', async (_what, env, sentence) => {
  const { code, said } = await startRefused({ DATA_DIR: folder, ...env });
  expect(code).toBe(1);
  expect(said).toContain(sentence);
  expect(said.trim().split('\n')).toHaveLength(1);
});

test('data of a newer version is left alone, with one sentence and exit code 1', async () => {
  mkdirSync(folder, { recursive: true });
  const raw = new SqliteDatabase(join(folder, 'rapport.db'));
  raw.pragma('user_version = 40');
  raw.close();
  const { code, said } = await startRefused({ DATA_DIR: folder });
  expect(code).toBe(1);
  expect(said).toContain('was written by a newer Rapport (format 40; this one knows');
  expect(said.trim().split('\n')).toHaveLength(1);
});

test('a database that is damaged is left alone, with one sentence and exit code 1', async () => {
  writeFileSync(
    join(folder, 'rapport.db'),
    'no database at all, but long enough to be read as a header of one '.repeat(80),
  );
  const { code, said } = await startRefused({ DATA_DIR: folder });
  expect(code).toBe(1);
  expect(said).toContain('is damaged and cannot be read');
  expect(said.trim().split('\n')).toHaveLength(1);
});
