// @vitest-environment node
/** Private spaces against a real server process: what members have, and that nobody outside gets a byte of it. */
import 'fake-indexeddb/auto';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { WebSocket as WebSocketOfNode } from 'ws';
import { createDeal } from '../../shared/commands/deal-commands.ts';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { starRecord } from '../../shared/commands/star-commands.ts';
import { contact } from '../../shared/entities/contact.ts';
import { deal } from '../../shared/entities/deal.ts';
import { task } from '../../shared/entities/task.ts';
import type { OpenWorkspace } from './open-workspace.ts';
import { type Session, startSession } from './session.ts';

// The browser's resolve conditions of this project make `ws` a stub; its file is the real one.
const NodeWebSocket = createRequire(import.meta.url)(
  resolve('node_modules/ws/lib/websocket.js'),
) as typeof WebSocketOfNode;

const SECRET = 'Nightingale';

interface Person {
  readonly cookie: string;
  readonly userId: string;
}

/** One browser: what it was sent, and what it keeps. */
interface Device {
  readonly session: Session;
  readonly workspace: OpenWorkspace;
  /** Every frame and every HTTP body it received. */
  readonly wire: () => Buffer;
  /** Everything in its IndexedDB. */
  readonly kept: () => Promise<string>;
}

let folder: string;
let server: { readonly url: string; readonly process: ChildProcess };
let anna: Person;
let bert: Person;
let cara: Person;
const sessions: Session[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'client-spaces-'));
  server = await startServer();
  const account = { password: 'correct horse', currency: 'EUR' };
  anna = await personOf(
    await ask('POST', '/api/setup', { ...account, workspaceName: 'Acme', name: 'Anna', email: 'anna@acme.test' }),
  );
  bert = await personNamed('Bert');
  cara = await personNamed('Cara');
}, 30_000);

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose();
});

afterAll(() => {
  server.process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const START = `
  import { startServer } from './server/server.ts';
  const config = { host: '127.0.0.1', port: 0, dataFolder: process.env.DATA_DIR, publicUrl: null };
  const { port } = await startServer(config, { build: 'test', client: (_c, next) => next(), report: console.error });
  console.log(port);
`;

async function startServer(): Promise<typeof server> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', START], {
    env: { ...process.env, DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>((settle, reject) => {
    child.stdout?.once('data', (data) => settle(String(data).trim()));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${said}`, process: child };
}

function ask(method: string, path: string, body?: unknown, cookie = ''): Promise<Response> {
  const headers = { 'content-type': 'application/json', cookie };
  return fetch(server.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

async function personOf(answer: Response): Promise<Person> {
  if (!answer.ok) throw new Error(await answer.text());
  const cookie = answer.headers
    .getSetCookie()
    .map((each) => each.split(';', 1)[0])
    .join('; ');
  const me = (await (await ask('GET', '/api/me', undefined, cookie)).json()) as { user: { id: string } };
  return { cookie, userId: me.user.id };
}

async function personNamed(name: string): Promise<Person> {
  const invitation = await ask('POST', '/api/invitations', { name, role: 'member' }, anna.cookie);
  const token = ((await invitation.json()) as { url: string }).url.split('/').at(-1);
  const body = { token, name, email: `${name.toLowerCase()}@acme.test`, password: 'correct horse' };
  return personOf(await ask('POST', '/api/invitations/accept', body));
}

async function open(person: Person, kept = new Map<string, string>()): Promise<Device> {
  const heard: Buffer[] = [];
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
    clear: () => kept.clear(),
  };
  const session = startSession({
    build: 'test',
    storage,
    tabStorage: storage,
    websocketUrl: `${server.url.replace('http', 'ws')}/sync`,
    async fetch(path, init) {
      const headers = { ...(init?.headers as Record<string, string>), cookie: person.cookie };
      const answer = await fetch(server.url + String(path), { ...init, headers });
      heard.push(Buffer.from(await answer.clone().arrayBuffer()));
      return answer;
    },
    webSocket: class extends NodeWebSocket {
      constructor(url: string | URL) {
        super(url, { headers: { cookie: person.cookie } });
        this.on('message', (data: Buffer) => heard.push(Buffer.from(data)));
      }
    } as unknown as typeof WebSocket,
  });
  sessions.push(session);
  const workspaceOf = () => {
    const state = session.state();
    return state.kind === 'open' ? state.workspace : undefined;
  };
  await until('the workspace opens', () => (workspaceOf()?.collection('stage').count() ?? 0) > 0);
  return {
    session,
    workspace: workspaceOf() as OpenWorkspace,
    wire: () => Buffer.concat(heard),
    kept: () => databasesOf(person),
  };
}

async function databasesOf(person: Person): Promise<string> {
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(person.userId) ? [name] : []));
  const contents = await Promise.all(names.map(contentOf));
  return [...names, ...contents].join('\n');
}

function contentOf(name: string): Promise<string> {
  return new Promise((settle, reject) => {
    const request = indexedDB.open(name);
    let isGone = false;
    // Removed since it was listed: looking must not make it again.
    request.onupgradeneeded = () => {
      isGone = true;
      request.transaction?.abort();
    };
    request.onerror = () => (isGone ? settle('') : reject(request.error));
    request.onsuccess = () => {
      const db = request.result;
      const stores = [...db.objectStoreNames];
      const transaction = db.transaction(stores, 'readonly');
      const texts: string[] = [];
      for (const store of stores) {
        const all = transaction.objectStore(store).getAll();
        all.onsuccess = () => {
          for (const value of all.result) {
            texts.push(value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value));
          }
        };
      }
      transaction.oncomplete = () => {
        db.close();
        settle(texts.join('\n'));
      };
    };
  });
}

async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 10_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`not within 10 s: ${what}`);
    await new Promise((next) => setTimeout(next, 10));
  }
}

async function makeSpace(by: Person, name: string, ...others: readonly Person[]): Promise<string> {
  const { space } = (await (await ask('POST', '/api/spaces', { name }, by.cookie)).json()) as { space: { id: string } };
  for (const { userId } of others) await ask('POST', `/api/spaces/${space.id}/members`, { userId }, by.cookie);
  return space.id;
}

const isSent = ({ workspace }: Device) =>
  workspace.sync.state() === 'synced' && workspace.sync.waitingCount() === 0 && workspace.unsentCount() === 0;

const firstStage = ({ workspace }: Device) => workspace.collection('stage').all()[0]?.id ?? '';

test('a member outside a space never receives one byte of it, on the wire or on the device', async () => {
  const space = await makeSpace(bert, 'Acquisitions', cara);
  const [outside, mine, theirs] = await Promise.all([open(anna), open(bert), open(cara)]);
  await until('everybody is in step', () => [outside, mine, theirs].every(isSent));
  mine.workspace.spaces.show(space);
  const person = mine.workspace.run('New contact', (tx) =>
    createRecord(tx, { entity: contact, values: { firstName: SECRET } }),
  );
  const dealId = mine.workspace.run('New deal', (tx) =>
    createDeal(tx, {
      stageId: firstStage(mine),
      values: { title: `${SECRET} takeover`, contacts: [{ contact: person, role: '' }] },
    }),
  );
  // Looking at everything again, what is about the private deal stays with it: a task, a star, a text.
  mine.workspace.spaces.show(null);
  const taskId = mine.workspace.run('New task', (tx) =>
    createRecord(tx, { entity: task, values: { title: `Call ${SECRET}`, about: [dealId] } }),
  );
  mine.workspace.run('Star', (tx) => starRecord(tx, { id: dealId, starred: true }));
  mine.workspace.texts.write(dealId, {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: `${SECRET} brief` }] }],
  });
  const brief = mine.workspace.texts.open(dealId, '');
  const common = mine.workspace.run('New contact', (tx) =>
    createRecord(tx, { entity: contact, values: { firstName: 'Femke' } }),
  );
  await until('the colleague has it', () => theirs.workspace.collection('task').peek(taskId) !== undefined);
  await until('everybody has what is common', () => outside.workspace.collection('contact').peek(common) !== undefined);
  await until('it is sent', () => isSent(mine));
  brief?.release();
  expect(theirs.workspace.collection('deal').peek(dealId)?.title).toBe(`${SECRET} takeover`);
  expect([dealId, person, taskId, common].map(theirs.workspace.spaces.of)).toEqual([space, space, space, 'team']);
  // What shows that this test would see it: the common record came this way.
  await until('it is kept', async () => (await outside.kept()).includes('Femke'));
  const wire = outside.wire();
  const kept = await outside.kept();
  expect(wire.includes('Femke')).toBe(true);
  for (const secret of [SECRET, dealId, person, taskId, space]) {
    expect([secret, wire.includes(secret), kept.includes(secret)]).toEqual([secret, false, false]);
  }
}, 60_000);

test('a query shows the space that is looked at, and everything again after that', async () => {
  const space = await makeSpace(bert, 'Fund', cara);
  const mine = await open(bert);
  await until('in step', () => isSent(mine));
  const { workspace } = mine;
  const query = workspace.createQuery('contact', () => ({}));
  const before = query.size();
  workspace.spaces.show(space);
  expect(query.size()).toBe(0);
  const id = workspace.run('New', (tx) => createRecord(tx, { entity: contact, values: { firstName: 'Ida' } }));
  expect([query.ids(), workspace.spaces.of(id)]).toEqual([[id], space]);
  workspace.spaces.show('team');
  expect(query.ids()).not.toContain(id);
  workspace.spaces.show(null);
  expect(query.size()).toBe(before + 1);
  await workspace.undo();
  expect(workspace.collection('contact').byId(id)).toBeUndefined();
  await workspace.redo();
  expect(workspace.spaces.of(id)).toBe(space);
}, 30_000);

test('who is added sees the space without signing in again; who is removed loses the copy of it', async () => {
  const space = await makeSpace(bert, 'Board');
  const [mine, hers] = await Promise.all([open(bert), open(cara)]);
  await until('in step', () => isSent(mine) && isSent(hers));
  mine.workspace.spaces.show(space);
  const id = mine.workspace.run('New', (tx) =>
    createRecord(tx, { entity: contact, values: { firstName: `${SECRET} Board` } }),
  );
  await until('sent', () => isSent(mine));
  await ask('POST', `/api/spaces/${space}/members`, { userId: cara.userId }, bert.cookie);
  await until('it comes', () => hers.workspace.collection('contact').peek(id) !== undefined);
  await until('it is kept', async () => (await hers.kept()).includes(id));
  await ask('DELETE', `/api/spaces/${space}/members/${cara.userId}`, undefined, bert.cookie);
  await until('it goes', () => hers.workspace.collection('contact').peek(id) === undefined);
  await until('it is not kept', async () => !(await hers.kept()).includes(space));
  expect((await hers.kept()).includes(`${SECRET} Board`)).toBe(false);
  expect(hers.workspace.spaces.list().map((each) => each.id)).not.toContain(space);
  await until('the rest goes on', () => isSent(hers));
}, 60_000);

test('what somebody wrote there and had not sent can be saved before it goes', async () => {
  const space = await makeSpace(bert, 'Plans', cara);
  const storage = new Map<string, string>();
  const hers = await open(cara, storage);
  hers.workspace.spaces.show(space);
  await until('in step', () => isSent(hers));
  const id = hers.workspace.run('New', (tx) => createRecord(tx, { entity: contact, values: { firstName: 'Ida' } }));
  await until('sent', () => isSent(hers));
  // Out, and writing before the device has heard of it.
  const gone = ask('DELETE', `/api/spaces/${space}/members/${cara.userId}`, undefined, bert.cookie);
  for (const room of hers.workspace.roomsHere()) if (room.name.startsWith(space)) room.connection.destroy();
  hers.workspace.run('Edit', (tx) => editRecords(tx, { entity: contact, ids: [id], changes: { lastName: SECRET } }));
  await gone;
  await hers.session.check();
  await until('it is offered', () => hers.workspace.spaces.left().length === 1);
  const [left] = hers.workspace.spaces.left();
  expect(left?.name).toBe('Plans');
  expect(await (await left?.exportUnsent())?.text()).toContain(SECRET);
  expect(hers.workspace.collection('contact').peek(id)).toBeUndefined();
  expect(await hers.workspace.signOut({ discard: false })).toBe('changes-wait');
  expect(await hers.kept()).toContain(space);
  await left?.remove();
  expect(await hers.kept()).not.toContain(space);
  expect(hers.workspace.spaces.left()).toEqual([]);
}, 60_000);

test('a moved record goes over on every screen, and an edit made meanwhile goes with it', async () => {
  const space = await makeSpace(bert, 'Deals', cara);
  const [outside, mine, theirs] = await Promise.all([open(anna), open(bert), open(cara)]);
  await until('in step', () => [outside, mine, theirs].every(isSent));
  const id = outside.workspace.run('New deal', (tx) =>
    createDeal(tx, { stageId: firstStage(outside), values: { title: 'Route planner' } }),
  );
  await until('it is here', () => mine.workspace.collection('deal').peek(id) !== undefined);
  await until('sent', () => isSent(outside));
  for (const room of outside.workspace.roomsHere()) room.connection.dropLine();
  outside.workspace.run('Edit', (tx) => editRecords(tx, { entity: deal, ids: [id], changes: { title: 'Planner' } }));
  const moved = await ask('POST', '/api/spaces/move', { to: space, ids: [id] }, bert.cookie);
  expect(await moved.json()).toEqual({ moved: [id] });
  await until('it is gone outside', () => outside.workspace.collection('deal').peek(id) === undefined);
  await until('it is in the space', () => theirs.workspace.spaces.of(id) === space);
  await until('the edit followed', () => theirs.workspace.collection('deal').peek(id)?.title === 'Planner');
  expect(mine.workspace.collection('deal').peek(id)?.title).toBe('Planner');
}, 60_000);
