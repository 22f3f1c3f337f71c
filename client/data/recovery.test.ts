// @vitest-environment node
/**
 * A server that was restored, wiped or damaged, and the devices that know more: the real client data layer, session
 * included, against real server processes.
 */
import 'fake-indexeddb/auto';
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket as WebSocketOfNode } from 'ws';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { contact } from '../../shared/entities/contact.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { type Session, startSession } from './session.ts';

// The browser's resolve conditions of this project make `ws` a stub; its file is the real one.
const NodeWebSocket = createRequire(import.meta.url)(
  resolve('node_modules/ws/lib/websocket.js'),
) as typeof WebSocketOfNode;

const PASSWORD = 'correct horse';
let folder: string;
/** From so many keys on a room gets its next generation. */
let fewestKeys = 1_000_000;
let server: { readonly port: number; readonly process: ChildProcess };
const devices: Device[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'recovery-'));
  server = await startServer(0);
}, 30_000);

afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
  await kill();
  fewestKeys = 1_000_000;
  rmSync(folder, { recursive: true, force: true });
});

const START = `
  import { startServer } from './server/server.ts';
  const config = { host: '127.0.0.1', port: Number(process.env.PORT), dataFolder: process.env.DATA_DIR, publicUrl: null };
  const rooms = { tidyMs: 200, fewestKeys: Number(process.env.FEWEST_KEYS) };
  const { port } = await startServer(config, { build: 'test', client: (_c, next) => next(), report: () => undefined, rooms });
  console.log(port);
`;

async function startServer(port: number): Promise<typeof server> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', START], {
    env: { ...process.env, PORT: String(port), DATA_DIR: join(folder, 'data'), FEWEST_KEYS: String(fewestKeys) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>((settle, reject) => {
    child.stdout?.once('data', (data) => settle(String(data).trim()));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { port: Number(said), process: child };
}

async function kill(): Promise<void> {
  if (server.process.exitCode !== null || server.process.signalCode !== null) return;
  const ended = new Promise((settle) => server.process.once('exit', settle));
  server.process.kill('SIGKILL');
  await ended;
}

/** Ends the server, does something to its data, and starts it again at the same address. */
async function meanwhile(work: () => Promise<unknown> | unknown): Promise<void> {
  const { port } = server;
  await kill();
  await work();
  server = await startServer(port);
}

const restore = (file: string, ...flags: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/scripts/restore.ts', file, ...flags], {
    env: { ...process.env, DATA_DIR: join(folder, 'data') },
  });

function ask(method: string, path: string, { body, cookie = '' }: { body?: unknown; cookie?: string } = {}) {
  return fetch(`http://127.0.0.1:${server.port}${path}`, {
    method,
    headers: { 'content-type': 'application/json', cookie },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

async function cookieOf(answer: Response): Promise<string> {
  if (!answer.ok) throw new Error(await answer.text());
  return answer.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ');
}

const setUp = async (name = 'Anna') =>
  cookieOf(
    await ask('POST', '/api/setup', {
      body: {
        workspaceName: 'Acme',
        name,
        email: `${name.toLowerCase()}@acme.test`,
        password: PASSWORD,
        currency: 'EUR',
      },
    }),
  );

async function join_(owner: string, name: string): Promise<string> {
  const invitation = await ask('POST', '/api/invitations', { cookie: owner, body: { name, role: 'member' } });
  const token = ((await invitation.json()) as { url: string }).url.split('/').at(-1);
  const body = { token, name, email: `${name.toLowerCase()}@acme.test`, password: PASSWORD };
  return cookieOf(await ask('POST', '/api/invitations/accept', { body }));
}

/** One browser: what it stores outlives its sessions. */
class Device {
  cookie: string;
  isOnline = true;
  private readonly shelf = new Map<string, string>();
  private session: Session | null = null;

  constructor(cookie: string) {
    this.cookie = cookie;
    devices.push(this);
  }

  async open(): Promise<void> {
    const device = this;
    this.session = startSession({
      build: 'test',
      websocketUrl: `ws://127.0.0.1:${server.port}/sync`,
      fetch: (path, init) => {
        if (!this.isOnline) return Promise.reject(new TypeError('offline'));
        const headers = { ...(init?.headers as Record<string, string>), cookie: this.cookie };
        return fetch(`http://127.0.0.1:${server.port}${String(path)}`, { ...init, headers });
      },
      storage: {
        getItem: (key) => this.shelf.get(key) ?? null,
        setItem: (key, value) => void this.shelf.set(key, value),
        removeItem: (key) => void this.shelf.delete(key),
      },
      webSocket: class extends NodeWebSocket {
        constructor(url: string | URL) {
          super(device.isOnline ? url : 'ws://127.0.0.1:9/', { headers: { cookie: device.cookie } });
        }
      } as unknown as typeof WebSocket,
    });
    await until('the workspace is open', () => this.session?.state().kind === 'open');
    await until('the address book is here', () => this.workspace.isLoaded('directory'));
  }

  get workspace(): OpenWorkspace {
    const state = this.session?.state();
    if (state?.kind !== 'open') throw new Error(`not open: ${state?.kind}`);
    return state.workspace;
  }

  check(): Promise<void> {
    return this.session?.check() ?? Promise.resolve();
  }

  async close(): Promise<void> {
    await this.session?.dispose();
    this.session = null;
  }

  add(firstName: string): string {
    return this.workspace.run('Added', (tx) => createRecord(tx, { entity: contact, values: { firstName } }));
  }

  rename(id: string, firstName: string): void {
    this.workspace.run('Edited', (tx) => editRecords(tx, { entity: contact, ids: [id], changes: { firstName } }));
  }

  names(): readonly string[] {
    return [...this.workspace.collection('contact').each()].map((each) => each.firstName).sort();
  }

  isSynced(): boolean {
    return this.workspace.sync.state() === 'synced' && this.workspace.sync.waitingCount() === 0;
  }

  async allSent(): Promise<void> {
    // What was just done is counted in the next turn.
    await new Promise((next) => setTimeout(next, 50));
    await until('nothing waits', () => this.isSynced());
  }
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within 15 s: ${what}`);
    await new Promise((next) => setTimeout(next, 20));
  }
}

/** What the server itself knows. */
async function atServer(cookie: string): Promise<readonly string[]> {
  const answer = await ask('GET', '/api/records/contact?limit=1000', { cookie });
  return ((await answer.json()) as { records: { firstName: string }[] }).records.map((each) => each.firstName).sort();
}

/** Backs up, then Anna and Bert go on: both with changes the backup lacks, Bert with one that was never sent. */
async function divergedTeam() {
  const anna = new Device(await setUp());
  const bert = new Device(await join_(anna.cookie, 'Bert'));
  await Promise.all([anna.open(), bert.open()]);
  const shared = anna.add('Before');
  await anna.allSent();
  const made = await ask('POST', '/api/backups', { cookie: anna.cookie });
  if (!made.ok) throw new Error(await made.text());
  const { backup } = (await made.json()) as { backup: { name: string } };
  const file = join(folder, 'data', 'backups', backup.name);
  anna.add('By Anna');
  bert.add('By Bert');
  await until('each sees the other', () => anna.names().length === 3 && bert.names().length === 3);
  await Promise.all([anna.allSent(), bert.allSent()]);
  // Bert goes away with changes that only his device knows, made under the client id that Anna has a part of.
  bert.isOnline = false;
  await kill();
  server = await startServer(server.port);
  bert.add('Never sent');
  bert.rename(shared, 'Before, renamed by Bert');
  await bert.workspace.dispose();
  await bert.close();
  return { anna, bert, file };
}

const decide = (cookie: string, decision: string) => ask('POST', '/api/recovery', { cookie, body: { decision } });

test('a server restored from an older backup: devices ahead stop and say so, and heal it after the owner agrees [S4.7] [S4.8]', async () => {
  const { anna, bert, file } = await divergedTeam();
  await meanwhile(() => restore(file));
  await until('Anna is told', () => anna.workspace.sync.state() === 'needs-you');
  expect(anna.workspace.sync.refused()[0]?.reason).toMatch(
    /^The server was restored from a backup on .* wait until an owner decides in Settings, Backups\.$/,
  );
  anna.add('While it waits');
  await new Promise((next) => setTimeout(next, 300));
  expect(await atServer(anna.cookie)).toEqual(['Before']);
  expect((await decide(bert.cookie, 'recover')).status).toBe(403);
  expect((await decide(anna.cookie, 'finish')).status).toBe(409);
  expect((await decide(anna.cookie, 'recover')).status).toBe(200);
  await anna.allSent();
  expect(await atServer(anna.cookie)).toEqual(['Before', 'By Anna', 'By Bert', 'While it waits']);
  // Anna's device brought a part of what Bert's wrote; what only his has must still be taken from him.
  bert.isOnline = true;
  await bert.open();
  await bert.allSent();
  expect(bert.workspace.sync.refused()).toEqual([]);
  const all = ['Before, renamed by Bert', 'By Anna', 'By Bert', 'Never sent', 'While it waits'];
  expect(await atServer(anna.cookie)).toEqual(all);
  await until('Anna has Bert’s', () => anna.names().length === 5);
  expect((await decide(anna.cookie, 'finish')).status).toBe(200);
  anna.add('Afterwards');
  await anna.allSent();
  await until('Bert goes on as before', () => bert.names().length === 6);
}, 90_000);

test('the owner goes on from the backup: everybody starts from it, and each is offered what they had changed [S4.10]', async () => {
  const { anna, bert, file } = await divergedTeam();
  await meanwhile(() => restore(file));
  await until('Anna is told', () => anna.workspace.sync.state() === 'needs-you');
  const before = anna.workspace;
  expect((await decide(anna.cookie, 'revert')).status).toBe(200);
  await until('Anna starts afresh', () => anna.workspace !== before && anna.workspace.isLoaded('directory'));
  await anna.allSent();
  expect(anna.names()).toEqual(['Before']);
  const [copy] = anna.workspace.formerCopies();
  expect(await copy?.news('mine')).toMatchObject({ records: 1, changes: [{ text: 'Added By Anna' }] });
  expect((await copy?.news('everything'))?.records).toBe(2);
  expect(await (await copy?.download())?.text()).toContain('By Bert');

  bert.isOnline = true;
  await bert.open();
  await until('Bert starts afresh', () => bert.workspace.formerCopies().length === 1 && bert.names().length === 1);
  await until('Bert is here', () => bert.workspace.isLoaded('directory') && bert.isSynced());
  expect(await atServer(anna.cookie)).toEqual(['Before']);
  const [berts] = bert.workspace.formerCopies();
  expect((await berts?.news('mine'))?.records).toBe(3);
  expect(await berts?.takeOver('mine')).toBe(3);
  await bert.allSent();
  expect(await atServer(anna.cookie)).toEqual(['Before, renamed by Bert', 'By Bert', 'Never sent']);
  expect((await berts?.news('mine'))?.entries).toBe(0);
  await berts?.discard();
  expect(bert.workspace.formerCopies()).toEqual([]);
}, 90_000);

test('a wiped server is refilled from a laptop, after the owner says so', async () => {
  const anna = new Device(await setUp());
  await anna.open();
  for (let index = 0; index < 50; index++) anna.add(`Nr ${index}`);
  await anna.allSent();
  await meanwhile(() => rmSync(join(folder, 'data'), { recursive: true }));
  anna.cookie = await setUp();
  const before = anna.workspace;
  await anna.check();
  await until('the new workspace is open', () => anna.workspace !== before && anna.workspace.isLoaded('directory'));
  await anna.allSent();
  expect(anna.names()).toEqual([]);
  const [copy] = anna.workspace.formerCopies();
  await copy?.takeOver('everything');
  await anna.allSent();
  expect(anna.names()).toHaveLength(50);
  expect(await atServer(anna.cookie)).toHaveLength(50);
}, 60_000);

test('an older database put in place by hand is noticed by the witness; without it, by the first device that knows more [S4.6]', async () => {
  const anna = new Device(await setUp());
  await anna.open();
  anna.add('Before');
  await anna.allSent();
  const data = join(folder, 'data');
  const files = ['rapport.db', 'rapport.db-wal'];
  await meanwhile(() => {
    for (const name of files) copyFileSync(join(data, name), join(folder, name));
  });
  anna.add('After');
  while (!(await atServer(anna.cookie)).includes('After')) await anna.allSent();
  // The note of what was seen is written a little later.
  await new Promise((next) => setTimeout(next, 600));
  const putOldInPlace = () => {
    rmSync(join(data, 'rapport.db-shm'), { force: true });
    for (const name of files) copyFileSync(join(folder, name), join(data, name));
  };
  await meanwhile(putOldInPlace);
  const state = async () =>
    ((await (await ask('GET', '/api/recovery', { cookie: anna.cookie })).json()) as { state: string }).state;
  expect(await state()).toBe('awaiting');
  await until('Anna is told', () => anna.workspace.sync.state() === 'needs-you');

  await meanwhile(() => {
    putOldInPlace();
    rmSync(join(data, 'rapport.witness'));
  });
  const end = Date.now() + 15_000;
  while ((await state()) !== 'awaiting' && Date.now() < end) await new Promise((next) => setTimeout(next, 50));
  expect(await state()).toBe('awaiting');
  await decide(anna.cookie, 'recover');
  await until('Anna is let in', () => anna.isSynced());
  await anna.allSent();
  expect(await atServer(anna.cookie)).toEqual(['After', 'Before']);
}, 90_000);

test('a room goes over to its next generation; a device that was offline all the while loses nothing [S4.9]', async () => {
  fewestKeys = 600;
  await meanwhile(() => undefined);
  const anna = new Device(await setUp());
  const bert = new Device(await join_(anna.cookie, 'Bert'));
  await Promise.all([anna.open(), bert.open()]);
  const ids = ['One', 'Two', 'Three'].map((name) => anna.add(name));
  await anna.allSent();
  await until('Bert has them', () => bert.names().length === 3);
  // Bert goes away, and writes: a record, an edit of what Anna edits as well, and one of what nobody else does.
  bert.isOnline = false;
  bert.workspace.sync.tryNow();
  await bert.close();
  await bert.open();
  bert.add('By Bert, offline');
  bert.rename(ids[1] ?? '', 'Two, by Bert');
  await bert.workspace.dispose();
  await bert.close();

  const roomsAt = async () =>
    (
      (await (await ask('GET', '/api/rooms', { cookie: anna.cookie })).json()) as { rooms: { name: string }[] }
    ).rooms.map(({ name }) => name);
  for (let round = 0; round < 250; round++) for (const id of ids) anna.rename(id, `Round ${round}`);
  await anna.allSent();
  for (const end = Date.now() + 15_000; !(await roomsAt()).includes('team.directory.2'); ) {
    if (Date.now() > end) throw new Error('no next generation');
    await new Promise((next) => setTimeout(next, 100));
  }
  const here = () => [...anna.workspace.roomsHere()].map(({ name }) => name);
  await until('Anna went over', () => here().includes('team.directory.2') && !here().includes('team.directory.1'));
  expect(anna.names()).toEqual(['Round 249', 'Round 249', 'Round 249']);
  anna.rename(ids[0] ?? '', 'After the switch');
  await anna.allSent();

  bert.isOnline = true;
  await bert.open();
  await until('Bert went over', () => [...bert.workspace.roomsHere()].every(({ name }) => name !== 'team.directory.1'));
  await bert.allSent();
  const all = ['After the switch', 'By Bert, offline', 'Round 249', 'Round 249'];
  await until('Bert sees what Anna sees', () => String(bert.names()) === String(anna.names()));
  expect(await atServer(anna.cookie)).toEqual(all);
  expect(anna.names()).toEqual(all);
  // Bert's edit was the older one: it is not shown, and kept beside the one that is.
  const kept = anna.workspace.keptEdits(ids[1] ?? '').flatMap(({ edits }) => edits.map(({ value }) => value));
  expect(kept).toEqual(['Round 249', 'Two, by Bert']);
  anna.rename(ids[1] ?? '', 'Settled');
  expect(anna.workspace.keptEdits(ids[1] ?? '')).toEqual([]);
  bert.rename(ids[2] ?? '', 'By Bert, afterwards');
  await until('Anna sees Bert', () => anna.names().includes('By Bert, afterwards'));
}, 90_000);
