/** Backups made and restored by the commands a person runs, beside and after a real server process. */
import { execFile } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import SqliteDatabase from 'better-sqlite3';
import { unzipSync } from 'fflate';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ServerProcess, startServerProcess } from '../testing/server-process.ts';
import { connectStock, until } from '../testing/stock-client.ts';
import { askAt, cookieOf, makeTemporaryFolder, PASSWORD } from '../testing/test-server.ts';

const SETUP = { workspaceName: 'Acme', name: 'Anna', email: 'anna@acme.test', password: PASSWORD, currency: 'EUR' };
const ROOM = 'team.directory.1';

let folder: string;
let server: ServerProcess | null = null;

beforeEach(() => {
  folder = makeTemporaryFolder();
});
afterEach(async () => {
  await stop('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

async function start(dataFolder: string): Promise<ServerProcess> {
  server = await startServerProcess({ DATA_DIR: dataFolder });
  return server;
}

async function stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<void> {
  server?.child.kill(signal);
  await server?.ended();
  server = null;
}

/** Runs `npm run <script>`'s command; never throws. */
function script(name: 'backup' | 'restore', dataFolder: string, args: readonly string[]) {
  const command = [join('node_modules', '.bin', 'tsx'), `server/scripts/${name}.ts`, ...args];
  const env = { ...process.env, DATA_DIR: dataFolder };
  return promisify(execFile)(process.execPath, command, { env }).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    (error: { code: number; stdout: string; stderr: string }) => ({
      code: error.code,
      said: error.stdout + error.stderr,
    }),
  );
}

async function write(url: string, cookie: string, keys: readonly string[]): Promise<void> {
  const client = connectStock(url, ROOM, { cookie });
  const reader = connectStock(url, ROOM, { cookie });
  await Promise.all([client.synced(), reader.synced()]);
  for (const key of keys) client.records.set(key, `{"t":"contact","s":"","name":"${key}"}`);
  await until(() => keys.every((key) => reader.records.has(key)), 'the records at another client');
  client.destroy();
  reader.destroy();
}

async function keysAt(url: string, cookie: string): Promise<readonly string[]> {
  const client = connectStock(url, ROOM, { cookie });
  await client.synced();
  const keys = [...client.records.keys()].filter((key) => key.startsWith('contact_'));
  client.destroy();
  return keys.sort();
}

const status = async (url: string) => (await (await askAt(url)('GET', '/api/status')).json()) as { serverId: string };

test('a backup made while people write is restored on another machine: records, accounts and sessions are there', async () => {
  const { url } = await start(folder);
  const cookie = cookieOf(await askAt(url)('POST', '/api/setup', { body: SETUP }));
  await write(url, cookie, ['contact_a', 'contact_b']);
  const file = join(folder, 'taken.db');
  const made = await script('backup', folder, [file]);
  expect(made).toMatchObject({ code: 0 });
  expect(made.said).toContain('verified');
  await write(url, cookie, ['contact_later']);
  const { serverId } = await status(url);
  await stop('SIGKILL');

  const elsewhere = join(folder, 'elsewhere');
  const restored = await script('restore', elsewhere, [file]);
  expect(restored).toMatchObject({ code: 0 });
  expect(restored.said).toContain('until an owner decides');
  const again = await start(elsewhere);
  expect((await askAt(again.url)('GET', '/api/me', { cookie })).status).toBe(200);
  expect(await keysAt(again.url, cookie)).toEqual(['contact_a', 'contact_b']);
  expect((await status(again.url)).serverId).toBe(serverId);
  expect(await (await askAt(again.url)('GET', '/api/recovery', { cookie })).json()).toMatchObject({
    state: 'awaiting',
  });
}, 60_000);

test('restoring keeps the former database, never uses a sequence number again, and --revert begins a new line [S5.6]', async () => {
  const first = await start(folder);
  const cookie = cookieOf(await askAt(first.url)('POST', '/api/setup', { body: SETUP }));
  await write(first.url, cookie, ['contact_a']);
  const file = join(folder, 'taken.db');
  await script('backup', folder, [file]);
  await write(first.url, cookie, ['contact_b', 'contact_c', 'contact_d']);
  const running = await script('restore', folder, [file]);
  expect(running).toMatchObject({ code: 1 });
  expect(running.said).toContain('Another Rapport server is already using the data folder');
  const { serverId } = await status(first.url);
  await stop();
  const seqOf = (path: string) => {
    const db = new SqliteDatabase(path, { readonly: true });
    const seq = db.prepare("SELECT seq FROM sqlite_sequence WHERE name = 'updates'").pluck().get() as number;
    db.close();
    return seq;
  };
  const before = seqOf(join(folder, 'rapport.db'));
  expect(await script('restore', folder, [file, '--revert'])).toMatchObject({ code: 0 });
  const former = readdirSync(folder).find((name) => name.includes('before-restore')) ?? '';
  expect(seqOf(join(folder, former))).toBe(before);
  expect(seqOf(join(folder, 'rapport.db'))).toBeGreaterThan(before + 1_000_000);
  const second = await start(folder);
  expect(await keysAt(second.url, cookie)).toEqual(['contact_a']);
  expect((await status(second.url)).serverId).not.toBe(serverId);
}, 60_000);

test.each([
  ['a file cut short', (file: string) => truncateSync(file, 20_000), 'cannot be used'],
  [
    'a file that is no database',
    (file: string) => writeFileSync(file, 'hello '.repeat(1_000)),
    'cannot be read as a database',
  ],
  [
    'a changed row',
    (file: string) => {
      const db = new SqliteDatabase(file);
      db.exec('UPDATE updates SET data = zeroblob(length(data)) WHERE seq = (SELECT max(seq) FROM updates)');
      db.close();
    },
    'is damaged',
  ],
  [
    'a missing row',
    (file: string) => {
      const db = new SqliteDatabase(file);
      db.exec('DELETE FROM updates WHERE seq = (SELECT max(seq) FROM updates)');
      db.close();
    },
    'are missing',
  ],
])(
  '%s is not restored, with one sentence, and the database stays',
  async (_what, damage, sentence) => {
    const { url } = await start(folder);
    const cookie = cookieOf(await askAt(url)('POST', '/api/setup', { body: SETUP }));
    await write(url, cookie, ['contact_a']);
    const file = join(folder, 'taken.db');
    await script('backup', folder, [file]);
    await stop();
    damage(file);
    const before = readFileSync(join(folder, 'rapport.db'));
    const refused = await script('restore', folder, [file]);
    expect(refused.code).toBe(1);
    expect(refused.said).toContain(sentence);
    expect(refused.said.trim().split('\n')).toHaveLength(1);
    expect(readFileSync(join(folder, 'rapport.db')).equals(before)).toBe(true);
    expect(readdirSync(folder).filter((name) => name.includes('restor'))).toEqual([]);
  },
  60_000,
);

test('an owner makes, lists and downloads a backup and exports everything; nobody else does', async () => {
  const { url } = await start(folder);
  const ask = askAt(url);
  const cookie = cookieOf(await ask('POST', '/api/setup', { body: SETUP }));
  await ask('POST', '/api/records/contact', { cookie, body: { firstName: '=cmd Zoë', lastName: 'Bo' } });
  const invited = await ask('POST', '/api/invitations', { cookie, body: { name: 'Ben', role: 'admin' } });
  const token = ((await invited.json()) as { url: string }).url.split('/').at(-1);
  const admin = cookieOf(
    await ask('POST', '/api/invitations/accept', {
      body: { token, name: 'Ben', email: 'ben@acme.test', password: PASSWORD },
    }),
  );
  for (const path of ['/api/backups', '/api/export']) {
    expect((await ask('GET', path, { cookie: admin })).status).toBe(403);
    expect((await ask('GET', path)).status).toBe(401);
  }
  const made = (await (await ask('POST', '/api/backups', { cookie })).json()) as {
    backup: { name: string; bytes: number };
  };
  const listed = (await (await ask('GET', '/api/backups', { cookie })).json()) as { backups: unknown[] };
  expect(listed.backups).toEqual([expect.objectContaining(made.backup)]);
  const downloaded = join(folder, 'downloaded.db');
  writeFileSync(
    downloaded,
    new Uint8Array(await (await ask('GET', `/api/backups/${made.backup.name}`, { cookie })).arrayBuffer()),
  );
  expect((await ask('GET', '/api/backups/..%2Frapport.db', { cookie })).status).toBe(404);
  const elsewhere = join(folder, 'elsewhere');
  expect(await script('restore', elsewhere, [downloaded])).toMatchObject({ code: 0 });

  const zip = unzipSync(new Uint8Array(await (await ask('GET', '/api/export', { cookie })).arrayBuffer()));
  const text = (name: string) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(zip[name]);
  expect(JSON.parse(text('contacts.json'))).toEqual([expect.objectContaining({ firstName: '=cmd Zoë' })]);
  expect(text('contacts.csv')).toContain("'=cmd Zoë");
  expect(text('contacts.csv').startsWith('\ufeffID,')).toBe(true);
  expect(text('history.csv')).toContain('Anna');
  expect(text('README.txt')).toContain('Acme: everything');
}, 60_000);

test('an owner restores a backup from the running app: the server comes back at the same address with its data', async () => {
  const { url } = await start(folder);
  const ask = askAt(url);
  const cookie = cookieOf(await ask('POST', '/api/setup', { body: SETUP }));
  await write(url, cookie, ['contact_a']);
  const { backup } = (await (await ask('POST', '/api/backups', { cookie })).json()) as { backup: { name: string } };
  await write(url, cookie, ['contact_b']);
  const { serverId } = await status(url);
  const asked = await ask('POST', `/api/backups/${backup.name}/restore`, { cookie, body: { mode: 'revert' } });
  expect(asked.status).toBe(202);
  let now = serverId;
  for (const end = Date.now() + 10_000; now === serverId && Date.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, 100));
    now = await status(url).then(
      (answer) => answer.serverId,
      () => serverId,
    );
  }
  expect(now).not.toBe(serverId);
  expect(await keysAt(url, cookie)).toEqual(['contact_a']);
  const { backups } = (await (await ask('GET', '/api/backups', { cookie })).json()) as { backups: unknown[] };
  expect(backups).toHaveLength(2);
  await write(url, cookie, ['contact_c']);
}, 60_000);

test('a database that vanished from under its witness is asked for, not replaced by an empty one', async () => {
  await start(folder);
  await stop();
  copyFileSync(join(folder, 'rapport.db'), join(folder, 'kept'));
  rmSync(join(folder, 'rapport.db'));
  await expect(start(folder)).rejects.toThrow('The database rapport.db is missing from');
  expect(existsSync(join(folder, 'rapport.db'))).toBe(false);
  copyFileSync(join(folder, 'kept'), join(folder, 'rapport.db'));
  appendFileSync(join(folder, 'rapport.witness'), '');
  await start(folder);
}, 30_000);
