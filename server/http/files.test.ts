import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createFileStore, FileRefused, type FileStore, mirrorFiles } from '../storage/file-store.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';
import { makeTemporaryFolder, startTestServer } from '../testing/test-server.ts';

let folder: string;
let store: FileStore;

beforeEach(() => {
  folder = makeTemporaryFolder();
  store = createFileStore(folder, { largest: 2_000_000, quota: 3_000_000 });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const bytesOf = (size: number, fill = 7) => new Uint8Array(size).fill(fill);
async function* inPieces(...pieces: Uint8Array[]) {
  yield* pieces;
}

async function setupPeople() {
  const app = setUpMemoryApp({ files: store });
  const owner = await app.setUp();
  const viewer = await app.join(owner, 'Vera', 'viewer');
  const send = (bytes: Uint8Array, { hash = hashOf(bytes), cookie = owner, said = bytes.length } = {}) =>
    app.send('PUT', `/api/files/${hash}`, bytes, { cookie, 'content-length': String(said) });
  return { ...app, owner, viewer, send };
}
const errorOf = async (answer: Response) =>
  ((await answer.json()) as { error: { code: string; message: string } }).error;

test('a file that was sent is handed out byte by byte, under the name and type it is asked for with', async () => {
  const { send, ask, owner } = await setupPeople();
  const bytes = new TextEncoder().encode('%PDF-1.7 the offer');
  expect((await send(bytes)).status).toBe(201);
  expect((await send(bytes)).status).toBe(200);
  const answer = await ask('GET', `/api/files/${hashOf(bytes)}?name=offer.pdf&type=application/pdf`, { cookie: owner });
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  expect(answer.headers.get('content-type')).toBe('application/pdf');
  expect(answer.headers.get('content-disposition')).toContain('attachment; filename="offer.pdf"');
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test.each(['text/html', 'image/svg+xml', 'text/javascript', 'application/xhtml+xml'])(
  'a page that calls itself %s is saved as bytes and runs nowhere',
  async (type) => {
    const { send, ask, owner } = await setupPeople();
    const bytes = new TextEncoder().encode('<script>alert(1)</script>');
    await send(bytes);
    const query = new URLSearchParams({ name: 'x.html', type });
    const { headers } = await ask('GET', `/api/files/${hashOf(bytes)}?${query}`, { cookie: owner });
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toMatch(/^attachment;/);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; sandbox");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  },
);

test('strangers neither read nor write, viewers read', async () => {
  const { send, ask, owner, viewer } = await setupPeople();
  const bytes = bytesOf(10);
  const path = `/api/files/${hashOf(bytes)}`;
  await send(bytes);
  await ask('POST', '/api/records/file', {
    cookie: owner,
    body: { name: 'x', hash: hashOf(bytes), at: Date.now(), about: [] },
  });
  expect((await ask('GET', path)).status).toBe(401);
  expect((await send(bytesOf(11), { cookie: '' })).status).toBe(401);
  expect((await ask('GET', path, { cookie: viewer })).status).toBe(200);
  expect((await send(bytesOf(11), { cookie: viewer })).status).toBe(403);
  expect(store.has(hashOf(bytesOf(11)))).toBe(false);
});

test('a file on records of a private space is not here for those outside, whatever they know of it', async () => {
  const { send, ask, owner, viewer: outsider, join: invite } = await setupPeople();
  const bytes = bytesOf(10);
  const hash = hashOf(bytes);
  const path = `/api/files/${hash}`;
  const answer = await ask('POST', '/api/spaces', { cookie: owner, body: { name: 'Board' } });
  const { space } = (await answer.json()) as { space: { id: string } };
  await send(bytes);
  const body = { name: 'x', hash, at: Date.now(), about: [] };
  expect((await ask('POST', `/api/records/file?space=${space.id}`, { cookie: owner, body })).status).toBe(201);
  const member = await invite(owner, 'Bert');
  for (const cookie of [outsider, member]) {
    const refused = await ask('GET', path, { cookie });
    expect([refused.status, (await errorOf(refused)).code]).toEqual([404, 'not-here-yet']);
    const asked = await ask('POST', '/api/files/missing', { cookie, body: { hashes: [hash] } });
    expect(await asked.json()).toEqual({ missing: [hash], gone: [] });
  }
  // Claiming to have it is not enough; who has all of it may have it.
  expect((await send(bytesOf(3), { hash, cookie: member })).status).toBe(422);
  expect((await ask('GET', path, { cookie: member })).status).toBe(404);
  expect((await send(bytes, { cookie: member })).status).toBe(200);
  expect((await ask('GET', path, { cookie: member })).status).toBe(200);
  expect((await ask('GET', path, { cookie: owner })).status).toBe(200);
});

test('what is too large, over the quota or damaged is refused in words, and nothing of it is left', async () => {
  const { send } = await setupPeople();
  const large = bytesOf(2_000_001);
  for (const said of [large.length, 0]) {
    const answer = await send(large, { said });
    expect(answer.status).toBe(413);
    expect((await errorOf(answer)).message).toMatch(/2 MB at most/);
  }
  expect((await errorOf(await send(bytesOf(5), { hash: hashOf('other') }))).code).toBe('wrong-hash');
  expect((await send(bytesOf(1_900_000))).status).toBe(201);
  const over = await send(bytesOf(1_900_000, 8));
  expect([over.status, (await errorOf(over)).message]).toEqual([507, expect.stringMatching(/1.9 MB of 3 MB/)]);
  expect(readdirSync(join(folder, 'files', 'incoming'))).toEqual([]);
  expect(store.used()).toBe(1_900_000);
});

test('uploads at the same time do not overrun the quota together', async () => {
  const results = await Promise.allSettled(
    [1, 2, 3].map((fill) => {
      const bytes = bytesOf(1_400_000, fill);
      return store.write(hashOf(bytes), inPieces(bytes), null);
    }),
  );
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(2);
  expect(store.used()).toBe(2_800_000);
});

test('a full disk is said as such and leaves nothing behind', async () => {
  async function* full(): AsyncGenerator<Uint8Array> {
    yield await Promise.resolve(bytesOf(3));
    throw Object.assign(new Error('no space'), { code: 'ENOSPC' });
  }
  const failed = store.write(hashOf('x'), full(), null);
  await expect(failed).rejects.toThrow(FileRefused);
  await expect(failed).rejects.toMatchObject({ reason: 'disk-full' });
  expect(readdirSync(join(folder, 'files', 'incoming'))).toEqual([]);
});

test('a name that is no hash reaches no file', async () => {
  const { ask, owner } = await setupPeople();
  for (const name of ['..%2F..%2Frapport.db', 'A'.repeat(64), 'abc', `${'a'.repeat(64)}.db`]) {
    expect((await ask('GET', `/api/files/${name}`, { cookie: owner })).status).toBe(422);
  }
  const absent = await ask('GET', `/api/files/${'0'.repeat(64)}`, { cookie: owner });
  expect([absent.status, (await errorOf(absent)).code]).toEqual([404, 'not-here-yet']);
});

test('a device learns which of its files the server lacks', async () => {
  const { send, ask, owner } = await setupPeople();
  await send(bytesOf(4));
  const hashes = [hashOf(bytesOf(4)), hashOf('missing')];
  const answer = await ask('POST', '/api/files/missing', { cookie: owner, body: { hashes } });
  expect(await answer.json()).toEqual({ missing: [hashOf('missing')], gone: [] });
});

test('a start forgets what an upload had begun and knows what is stored', async () => {
  const bytes = bytesOf(1_000);
  await store.write(hashOf(bytes), inPieces(bytes), bytes.length);
  const begun = join(folder, 'files', 'incoming', 'half');
  writeFileSync(begun, 'x');
  const next = createFileStore(folder, store.limits);
  expect(existsSync(begun)).toBe(false);
  expect(next.used()).toBe(1_000);
});

test('a backup folder gets every file once, whole, and gives it back', async () => {
  const bytes = bytesOf(1_000);
  await store.write(hashOf(bytes), inPieces(bytes), bytes.length);
  const backups = join(folder, 'backups');
  expect(await store.mirrorTo(backups)).toBe(1);
  expect(await store.mirrorTo(backups)).toBe(0);
  const elsewhere = join(folder, 'restored');
  mkdirSync(elsewhere);
  await mirrorFiles(backups, elsewhere);
  const copy = join(elsewhere, 'files', hashOf(bytes).slice(0, 2), hashOf(bytes));
  expect([statSync(copy).size, hashOf(readFileSync(copy))]).toEqual([1_000, hashOf(bytes)]);
});

test('over a real line: what is larger than other requests may be arrives whole, and too large a one is refused before it is sent', async () => {
  const { setUp, url, dataFolder, reports, stop } = await startTestServer();
  try {
    const { cookie } = await setUp();
    const bytes = randomBytes(5_000_000);
    const path = `${url}/api/files/${hashOf(bytes)}`;
    const sent = await fetch(path, { method: 'PUT', headers: { cookie }, body: bytes });
    expect(sent.status).toBe(201);
    const got = await fetch(path, { headers: { cookie } });
    expect(hashOf(new Uint8Array(await got.arrayBuffer()))).toBe(hashOf(bytes));
    const stored = join(dataFolder, 'files', hashOf(bytes).slice(0, 2), hashOf(bytes));
    expect(statSync(stored).size).toBe(5_000_000);

    const status = await new Promise((resolve, reject) => {
      const headers = { cookie, 'content-length': '200000000' };
      const upload = request(`${url}/api/files/${hashOf('large')}`, { method: 'PUT', headers }, (answer) => {
        resolve(answer.statusCode);
        upload.destroy();
      });
      upload.on('error', reject);
      upload.write('begin');
    });
    expect(status).toBe(413);
    expect(reports).toEqual([]);
  } finally {
    await stop();
  }
});
