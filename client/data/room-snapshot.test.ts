// @vitest-environment node
/** First downloads: the real client data layer, session included, against a real server process over SQLite. */
import { execFile } from 'node:child_process';
import { type AddressInfo, connect, createServer } from 'node:net';
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
    if (path.split('?')[0] !== PATH) return answer;
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

const cutOff = () => {
  const cut = Promise.reject(new TypeError('network error'));
  cut.catch(() => undefined);
  return cut;
};

test('a download that is cut half-way goes on where it was [S9.8]', async () => {
  const cara = await newcomer('Cara');
  let bytes = 0;
  const counted = ({ body, headers, status }: Response) => {
    const count = new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, control) {
        bytes += chunk.length;
        control.enqueue(chunk);
      },
    });
    return new Response(body?.pipeThrough(count) ?? null, { status, headers });
  };
  cara.onDownload = (answer) => counted(cara.downloads.length === 1 ? halting(answer, cutOff()) : answer);
  await cara.open();
  await until('all of it is here', () => cara.workspace.isLoaded('directory'));
  expect(cara.count()).toBe(CONTACTS);
  expect(cara.downloads).toEqual([200, 200]);
  expect(cara.received).toBeLessThan(100_000);
  // What came before the cut may still have been on its way through the stream; nothing near a second time all of it.
  expect(bytes).toBeLessThan(CONTACTS * ABOUT.length * 1.4);
}, 30_000);

/** A line to the server that is cut for good after so many bytes of the first answer; how many came is counted. */
async function cutLine(after: number) {
  const { port, hostname } = new URL(server.url);
  const line = { url: '', bytes: 0, connections: 0, close: (): void => undefined };
  const wire = createServer((near) => {
    const isFirst = line.connections++ === 0;
    const far = connect(Number(port), hostname);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.pipe(far);
    let left = after;
    far.on('data', (chunk: Buffer) => {
      const part = isFirst ? chunk.subarray(0, left) : chunk;
      left -= part.length;
      line.bytes += part.length;
      near.write(part);
      if (!isFirst || left > 0) return;
      far.destroy();
      near.end();
    });
    far.on('end', () => near.end());
  });
  await new Promise<void>((resolve) => wire.listen(0, '127.0.0.1', resolve));
  line.url = `http://127.0.0.1:${(wire.address() as AddressInfo).port}`;
  line.close = () => void wire.close();
  return line;
}

test('a line to a real server that dies at nine tenths goes on from about there [S9.8]', async () => {
  const { serverId } = await server.json<{ serverId: string }>('GET', '/api/status');
  const { cookie, person } = anna;
  const head = await server.ask('GET', PATH, { cookie });
  const length = Number(head.headers.get(SNAPSHOT_HEADERS.length));
  await head.arrayBuffer();
  const line = await cutLine(Math.round(length * 0.9));
  const doc = new Y.Doc();
  const etag = await takeSnapshot({
    fetch: (path, init) =>
      fetch(line.url + String(path), { ...init, headers: { cookie, 'accept-encoding': 'identity' } }),
    room: 'team.directory.1',
    serverId,
    userId: person.me.userId,
    epoch: '',
    etag: undefined,
    doc,
    signal: new AbortController().signal,
    onArrived: () => undefined,
    onProgress: () => undefined,
  });
  line.close();
  expect(etag).toBe(head.headers.get('etag'));
  expect(doc.getMap('records').size).toBeGreaterThanOrEqual(CONTACTS);
  expect(line.connections).toBe(2);
  // The second answer is what the first one lacked, and what was on its way when the line died.
  expect(line.bytes).toBeLessThan(length * 1.6);
}, 30_000);

test('a download that is cut and cannot go on leaves everything to the line [S9.6]', async () => {
  const fred = await newcomer('Fred');
  fred.onDownload = (answer) =>
    fred.downloads.length === 1 ? halting(answer, cutOff()) : new Response(null, { status: 404 });
  await fred.open();
  await until('all of it is here', () => fred.workspace.isLoaded('directory'));
  expect(fred.count()).toBe(CONTACTS);
  expect(fred.received).toBeGreaterThan(CONTACTS * ABOUT.length);
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

/** A server whose line is cut after each of the given shares of its snapshot; then it answers no more. */
function cutAt(shares: readonly number[], changes: Readonly<Record<string, string>> = {}) {
  const doc = new Y.Doc();
  doc.getMap('records').set('contact_1', JSON.stringify({ t: 'contact', s: '1', about: ABOUT }));
  const all = Y.encodeStateAsUpdate(doc);
  const asked: string[] = [];
  const answer: typeof fetch = (path) => {
    asked.push(String(path));
    const share = shares[asked.length - 1];
    if (share === undefined) return Promise.reject(new TypeError('network error'));
    const from = Number(new URL(String(path), 'http://x').searchParams.get('from') ?? 0);
    const body = new ReadableStream<Uint8Array>({
      start: (control) => control.enqueue(all.slice(from, Math.round(share * all.length))),
      pull: (control) => (share === 1 ? control.close() : control.error(new TypeError('network error'))),
    });
    const headers = {
      [SNAPSHOT_HEADERS.server]: 'server',
      [SNAPSHOT_HEADERS.user]: 'anna',
      [SNAPSHOT_HEADERS.epoch]: 'epoch',
      [SNAPSHOT_HEADERS.seq]: '7',
      [SNAPSHOT_HEADERS.length]: String(all.length),
      [SNAPSHOT_HEADERS.from]: String(from),
      etag: 'W/"7"',
      ...(asked.length > 1 ? changes : {}),
    };
    return Promise.resolve(new Response(body, { headers }));
  };
  const target = new Y.Doc();
  const shown: number[] = [];
  const taken = takeSnapshot({
    fetch: answer,
    room: 'team.directory.1',
    serverId: 'server',
    userId: 'anna',
    epoch: '',
    etag: undefined,
    doc: target,
    signal: new AbortController().signal,
    onArrived: () => undefined,
    onProgress: (share) => shown.push(share),
  });
  taken.catch(() => undefined);
  return { doc: target, taken, asked, shown, length: all.length };
}

test('a line that is cut again and again brings each byte once, and the progress never goes back [S9.8]', async () => {
  vi.useFakeTimers();
  try {
    const { doc, taken, asked, shown, length } = cutAt([0.3, 0.6, 0.9, 1]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await taken).toBe('W/"7"');
    expect(doc.getMap('records').size).toBe(1);
    expect(asked).toEqual([
      PATH,
      ...[0.3, 0.6, 0.9].map((share) => `${PATH}?from=${Math.round(share * length)}&of=W%2F%227%22`),
    ]);
    expect(shown).toEqual([...shown].sort((one, two) => one - two));
    expect(shown.at(-1)).toBe(1);
  } finally {
    vi.useRealTimers();
  }
});

test('a line that brings nothing more is tried for a quarter of a minute, then the socket has its turn [S9.6]', async () => {
  vi.useFakeTimers();
  try {
    const { doc, taken, asked } = cutAt([0.9]);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(asked).toHaveLength(5);
    await vi.advanceTimersByTimeAsync(1_000);
    await expect(taken).rejects.toThrow('network error');
    expect(doc.store.clients.size).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});

test.each([
  ['of another snapshot', { etag: 'W/"8"' }],
  ['that begins elsewhere', { [SNAPSHOT_HEADERS.from]: '5' }],
  ['of another length', { [SNAPSHOT_HEADERS.length]: '999999' }],
  ['of another person', { [SNAPSHOT_HEADERS.user]: 'ben' }],
])('a rest %s is not put to what came before [S9.8]', async (_what, changes) => {
  const { doc, taken } = cutAt([0.5, 1], changes);
  expect(await taken).toBeNull();
  expect(doc.store.clients.size).toBe(0);
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
