// @vitest-environment node
/** First downloads: the real client data layer, session included, against a real server process over SQLite. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import * as Y from 'yjs';
import { createRecord } from '../../shared/commands/record-commands.ts';
import { contact } from '../../shared/entities/contact.ts';
import { SNAPSHOT_HEADERS } from '../../shared/sync/snapshot-headers.ts';
import { Device } from '../testing/device.ts';
import { type Person, TeamServer } from '../testing/team-server.ts';
import { until } from '../testing/until.ts';
import type { ClientRoom } from './client-room.ts';
import { takeSnapshot } from './room-snapshot.ts';

const CONTACTS = 300;
/** So that the directory has 900 kB. */
const ABOUT = 'x'.repeat(3_000);
const PATH = '/api/rooms/team.directory.1/snapshot';
const server = new TeamServer();
let anna: Laptop;
/** In the backup too. */
let dora: Laptop;
const devices: Laptop[] = [];

async function countAtServer(): Promise<number> {
  const path = '/api/records/contact?limit=1000';
  const { cookie } = anna;
  return (await server.json<{ records: readonly unknown[] }>('GET', path, { cookie })).records.length;
}

/** Somebody new on a device of their own. */
const newcomer = async (name: string) => new Laptop(await server.newcomer(anna.person, name));

class Laptop extends Device {
  /** What comes of the download of the directory. */
  onDownload: (answer: Response) => Response = (answer) => answer;
  /** Status of each answer to it. */
  readonly downloads: number[] = [];
  /** Bytes over sockets. */
  received = 0;

  constructor(person: Person) {
    super(server, person);
    devices.push(this);
  }

  get directory(): ClientRoom | undefined {
    return [...this.workspace.roomsHere()].find(({ parts }) => parts.kind === 'directory');
  }

  count(): number {
    return [...this.workspace.collection('contact').each()].length;
  }

  protected override onAnswer(path: string, answer: Response): Response {
    if (path !== PATH) return answer;
    this.downloads.push(answer.status);
    return this.onDownload(answer);
  }

  protected override onMessage(data: Buffer): void {
    this.received += data.byteLength;
  }
}

/** The bytes of an answer, the second half of them when `rest` settles. */
function halting({ body, headers, status }: Response, rest: Promise<void>): Response {
  const total = Number(headers.get(SNAPSHOT_HEADERS.length));
  let sent = 0;
  const halt = new TransformStream<Uint8Array, Uint8Array>({
    async transform(chunk, control) {
      if (sent < total / 2 && sent + chunk.length >= total / 2) {
        const first = Math.ceil(total / 2) - sent;
        control.enqueue(chunk.slice(0, first));
        await rest;
        control.enqueue(chunk.slice(first));
      } else control.enqueue(chunk);
      sent += chunk.length;
    },
  });
  return new Response(body?.pipeThrough(halt) ?? null, { status, headers });
}

let backup: string;

beforeAll(async () => {
  await server.start();
  anna = new Laptop(await server.setUp());
  await anna.open();
  await until('Anna’s address book is here', () => anna.workspace.isLoaded('directory'));
  dora = await newcomer('Dora');
  const { cookie } = anna;
  backup = (await server.json<{ backup: { name: string } }>('POST', '/api/backups', { cookie })).backup.name;
  anna.workspace.run('Added', (tx) => {
    for (let index = 0; index < CONTACTS; index++) {
      createRecord(tx, { entity: contact, values: { firstName: `Nr ${index}`, about: ABOUT } });
    }
  });
  await new Promise((next) => setTimeout(next, 50));
  await until('Anna’s contacts are with the server', () => anna.workspace.sync.waitingCount() === 0);
}, 90_000);

afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});

afterAll(() => server.remove());

test('a new device downloads the snapshot, says how far it is, and the line brings only the rest [S9.1] [S9.7]', async () => {
  const bert = await newcomer('Bert');
  let goOn: () => void = () => undefined;
  const rest = new Promise<void>((settle) => (goOn = settle));
  bert.onDownload = (answer) => halting(answer, rest);
  await bert.open();
  await until('half of it is here', () => (bert.directory?.arrived() ?? 0) > 0.4);
  expect(bert.directory?.arrived()).toBeLessThan(0.6);
  expect(bert.workspace.isLoaded('directory')).toBe(false);
  await until('the others are here', () => (bert.workspace.sync.firstLoad() ?? 0) > 0.6);
  expect(bert.workspace.sync.firstLoad()).toBeLessThan(1);
  goOn();
  await until('all of it is here', () => bert.workspace.isLoaded('directory'));
  expect(bert.count()).toBe(CONTACTS);
  expect(bert.downloads).toEqual([200]);
  expect(bert.received).toBeLessThan(100_000);
  await until('everything is synced', () => bert.workspace.sync.state() === 'synced');
  expect(bert.workspace.sync.firstLoad()).toBeNull();
}, 30_000);

test('a download that is cut half-way leaves everything to the line [S9.6]', async () => {
  const cara = await newcomer('Cara');
  const cut = Promise.reject(new TypeError('network error'));
  cut.catch(() => undefined);
  cara.onDownload = (answer) => halting(answer, cut);
  await cara.open();
  await until('all of it is here', () => cara.workspace.isLoaded('directory'));
  expect(cara.count()).toBe(CONTACTS);
  expect(cara.received).toBeGreaterThan(CONTACTS * ABOUT.length);
}, 30_000);

test('a server restored between download and line: the device is ahead of it, waits, and brings it back [S9.7] [S4.7]', async () => {
  dora.hasSockets = false;
  await dora.open();
  await until('the download is taken in', () => dora.count() === CONTACTS);
  expect(dora.workspace.isLoaded('directory')).toBe(false);
  expect(dora.workspace.sync.firstLoad()).toBeLessThan(1);
  await dora.close();
  // What it has is not brought a second time.
  await dora.open();
  await until('it has asked again', () => dora.downloads.length === 2);
  expect(dora.downloads).toEqual([200, 304]);
  await dora.close();

  const file = join(server.data, 'backups', backup);
  await server.meanwhile(() =>
    promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/scripts/restore.ts', file], {
      env: { ...process.env, DATA_DIR: server.data },
    }),
  );
  dora.hasSockets = true;
  await dora.open();
  await until('it waits', () => dora.workspace.sync.refused().length > 0);
  expect(dora.workspace.sync.refused()[0]?.reason).toMatch(/^The server was restored from a backup on .* wait until/);
  expect(await countAtServer()).toBe(0);
  await server.json('POST', '/api/recovery', { cookie: anna.cookie, body: { decision: 'recover' } });
  await until('all of it is here', () => dora.workspace.isLoaded('directory'));
  await until('all of it is with the server', async () => (await countAtServer()) === CONTACTS);
}, 60_000);

/** What the server would send, and what of it is changed. */
function answerWith(changes: { headers?: Record<string, string>; bytes?: Uint8Array }, signal = new AbortController()) {
  const server = new Y.Doc();
  server.getMap('records').set('contact_1', '{"t":"contact","s":"1"}');
  const bytes = Y.encodeStateAsUpdate(server);
  const headers = {
    [SNAPSHOT_HEADERS.server]: 'server',
    [SNAPSHOT_HEADERS.user]: 'anna',
    [SNAPSHOT_HEADERS.epoch]: 'epoch',
    [SNAPSHOT_HEADERS.seq]: '7',
    [SNAPSHOT_HEADERS.length]: String(bytes.length),
    etag: 'W/"7"',
    ...changes.headers,
  };
  const doc = new Y.Doc();
  const standings: unknown[] = [];
  const taken = takeSnapshot({
    fetch: () => Promise.resolve(new Response((changes.bytes ?? bytes).slice(), { headers })),
    room: 'team.directory.1',
    serverId: 'server',
    userId: 'anna',
    epoch: '',
    etag: undefined,
    doc,
    signal: signal.signal,
    onArrived: (standing) => standings.push({ epoch: standing.epoch, seq: standing.seq }),
    onProgress: () => undefined,
  });
  return { doc, taken, standings };
}

test('a whole answer of this server to this person is taken, with what it is in step with [S9.7]', async () => {
  const { doc, taken, standings } = answerWith({});
  expect(await taken).toBe('W/"7"');
  expect(doc.getMap('records').size).toBe(1);
  expect(standings).toEqual([{ epoch: 'epoch', seq: 7 }]);
});

test.each([
  ['another server', { headers: { [SNAPSHOT_HEADERS.server]: 'other' } }],
  ['another person', { headers: { [SNAPSHOT_HEADERS.user]: 'ben' } }],
  ['another length', { headers: { [SNAPSHOT_HEADERS.length]: '9' } }],
  ['no length', { headers: { [SNAPSHOT_HEADERS.length]: '' } }],
  ['fewer bytes', { bytes: new Uint8Array([1]) }],
  ['a page of something else', { headers: { [SNAPSHOT_HEADERS.seq]: '' } }],
])('nothing is used of an answer with %s [S9.6]', async (_what, changes) => {
  const { doc, taken, standings } = answerWith(changes);
  expect(await taken).toBeNull();
  expect([doc.store.clients.size, standings.length]).toEqual([0, 0]);
});

test('bytes that are no update are noticed before any of them is used [S9.6]', async () => {
  const bytes = new Uint8Array(300_000).fill(255);
  const { doc, taken, standings } = answerWith({ bytes, headers: { [SNAPSHOT_HEADERS.length]: String(bytes.length) } });
  await expect(taken).rejects.toThrow();
  expect([doc.store.clients.size, standings.length]).toEqual([0, 0]);
});

test('a download that brings nothing for 15 s is given up [S9.6]', async () => {
  vi.useFakeTimers();
  try {
    let isOver = false;
    const never: typeof fetch = (_path, init) =>
      new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new Error('aborted'))));
    const taken = takeSnapshot({
      fetch: never,
      room: 'team.directory.1',
      serverId: 'server',
      userId: 'anna',
      epoch: '',
      etag: undefined,
      doc: new Y.Doc(),
      signal: new AbortController().signal,
      onArrived: () => undefined,
      onProgress: () => undefined,
    }).catch(() => {
      isOver = true;
    });
    await vi.advanceTimersByTimeAsync(14_900);
    expect(isOver).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(isOver).toBe(true);
    await taken;
  } finally {
    vi.useRealTimers();
  }
});
