// @vitest-environment node
/** Two people's workspaces against a real server process: real sockets, real SQLite, IndexedDB in memory. */
import 'fake-indexeddb/auto';
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { WebSocket as WebSocketOfNode } from 'ws';
import { createDeal, moveDeal } from '../../shared/commands/deal-commands.ts';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { contact } from '../../shared/entities/contact.ts';
import { deal } from '../../shared/entities/deal.ts';
import { type OpenWorkspace, openWorkspace } from './open-workspace.ts';
import type { Me } from './workspace.ts';

// The browser's resolve conditions of this project make `ws` a stub; its file is the real one.
const NodeWebSocket = createRequire(import.meta.url)(resolve('node_modules/ws/lib/websocket.js')) as typeof WebSocketOfNode;

interface Person {
  readonly cookie: string;
  readonly me: Me;
}

let folder: string;
let server: { readonly url: string; readonly process: ChildProcess };
let anna: Person;
let bert: Person;
const open: OpenWorkspace[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'client-data-'));
  server = await startServer(0);
  const setup = { workspaceName: 'Acme', name: 'Anna', email: 'anna@acme.test', password: 'correct horse', currency: 'EUR' };
  anna = await personOf(await ask('POST', '/api/setup', { body: setup }));
  const invitation = await ask('POST', '/api/invitations', { cookie: anna.cookie, body: { name: 'Bert', role: 'member' } });
  const token = ((await invitation.json()) as { url: string }).url.split('/').at(-1);
  const accepted = { token, name: 'Bert', email: 'bert@acme.test', password: 'correct horse' };
  bert = await personOf(await ask('POST', '/api/invitations/accept', { body: accepted }));
}, 30_000);

afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.dispose();
});

afterAll(() => {
  server.process.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const START = `
  import { startServer } from './server/server.ts';
  const config = { host: '127.0.0.1', port: Number(process.env.PORT), dataFolder: process.env.DATA_DIR, publicUrl: null };
  const { port } = await startServer(config, { build: 'test', client: (_c, next) => next(), report: console.error });
  console.log(port);
`;

async function startServer(port: number): Promise<typeof server> {
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', START], {
    env: { ...process.env, PORT: String(port), DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const said = await new Promise<string>((settle, reject) => {
    child.stdout?.once('data', (data) => settle(String(data).trim()));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${said}`, process: child };
}

function ask(method: string, path: string, { body, cookie }: { body?: unknown; cookie?: string } = {}): Promise<Response> {
  const headers = { 'content-type': 'application/json', ...(cookie ? { cookie } : {}) };
  return fetch(server.url + path, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

async function personOf(answer: Response): Promise<Person> {
  if (!answer.ok) throw new Error(await answer.text());
  const cookie = answer.headers.getSetCookie().map((each) => each.split(';', 1)[0]).join('; ');
  const me = (await (await ask('GET', '/api/me', { cookie })).json()) as {
    user: { id: string; name: string; email: string };
    memberId: string;
    role: Me['role'];
  };
  return { cookie, me: { userId: me.user.id, name: me.user.name, email: me.user.email, memberId: me.memberId, role: me.role } };
}

async function openFor(person: Person): Promise<OpenWorkspace> {
  const answers = await Promise.all([ask('GET', '/api/rooms', person), ask('GET', '/api/status')]);
  const [{ rooms }, { serverId }] = (await Promise.all(answers.map((each) => each.json()))) as [
    { rooms: { name: string }[] },
    { serverId: string },
  ];
  const workspace = await openWorkspace({
    me: person.me,
    serverId,
    rooms: rooms.map((room) => room.name),
    websocketUrl: `${server.url.replace('http', 'ws')}/sync`,
    build: 'test',
    webSocket: socketWithCookie(person.cookie),
    random: () => 0.05,
  });
  open.push(workspace);
  return workspace;
}

function socketWithCookie(cookie: string): typeof WebSocket {
  return class extends NodeWebSocket {
    constructor(url: string | URL) {
      super(url, { headers: { cookie } });
    }
  } as unknown as typeof WebSocket;
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const end = Date.now() + 5_000;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`not within 5 s: ${what}`);
    await new Promise((next) => setTimeout(next, 10));
  }
}

test('two people see each other’s deals, and both are synced', async () => {
  const [annas, berts] = await Promise.all([openFor(anna), openFor(bert)]);
  await until('everything is here', () => annas.sync.state() === 'synced' && berts.sync.state() === 'synced');
  const [stage] = annas.collection('stage').all();
  const id = annas.run('New deal', (tx) => createDeal(tx, { stageId: stage?.id ?? '', values: { title: 'Route planner' } }));
  expect(annas.collection('deal').peek(id)?.title).toBe('Route planner');
  await until('Bert sees it', () => berts.collection('deal').peek(id) !== undefined);
  berts.run('Renamed', (tx) => editRecords(tx, { entity: deal, ids: [id], changes: { title: 'Route planner 2' } }));
  await until('Anna sees the new name', () => annas.collection('deal').peek(id)?.title === 'Route planner 2');
  await until('nothing waits', () => annas.sync.waitingCount() === 0 && berts.sync.waitingCount() === 0);
});
