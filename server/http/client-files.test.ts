import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientFiles } from './client-files.ts';

let folder: string;
const script = `console.log(${JSON.stringify('x'.repeat(5_000))})`;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'server-client-'));
  mkdirSync(join(folder, 'dist', 'assets'), { recursive: true });
  writeFileSync(join(folder, 'dist', 'index.html'), '<title>Rapport</title>');
  writeFileSync(join(folder, 'dist', 'sw.js'), script);
  writeFileSync(join(folder, 'dist', 'assets', 'app-1a2b.js'), script);
  writeFileSync(join(folder, 'secret.txt'), 'secret');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ask(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const app = new Hono();
  app.use(clientFiles(join(folder, 'dist')));
  app.notFound((c) => c.text('no', 404));
  return app.request(path, { method, headers });
}

test('files with a hash in their name are kept for ever, the page and the service worker are asked for again', async () => {
  const control = async (path: string) => (await ask(path)).headers.get('cache-control');
  expect(await control('/assets/app-1a2b.js')).toBe('public, max-age=31536000, immutable');
  expect([await control('/'), await control('/index.html'), await control('/sw.js')]).toEqual([
    'no-cache',
    'no-cache',
    'no-cache',
  ]);
});

test('a navigation to any path of the app gets the page; a missing file does not', async () => {
  const navigation = { accept: 'text/html,*/*' };
  expect(await (await ask('/deals/deal_1', navigation)).text()).toBe('<title>Rapport</title>');
  expect((await ask('/deals/deal_1')).status).toBe(404);
  expect((await ask('/assets/gone-3c4d.js', navigation)).status).toBe(404);
  expect((await ask('/deals', navigation, 'POST')).status).toBe(404);
});

test('texts are compressed as the browser can take them, and are the same', async () => {
  const brotli = await ask('/sw.js', { 'accept-encoding': 'gzip, br' });
  expect(brotli.headers.get('content-encoding')).toBe('br');
  expect(brotliDecompressSync(Buffer.from(await brotli.arrayBuffer())).toString()).toBe(script);
  const gzipped = await ask('/sw.js', { 'accept-encoding': 'gzip' });
  expect(gunzipSync(Buffer.from(await gzipped.arrayBuffer())).toString()).toBe(script);
  expect(await (await ask('/sw.js')).text()).toBe(script);
});

test('an unchanged file is not sent again', async () => {
  const etag = (await ask('/sw.js')).headers.get('etag') ?? '';
  const again = await ask('/sw.js', { 'if-none-match': etag });
  expect([again.status, await again.text()]).toEqual([304, '']);
});

test.each([
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%2f..%2f..%2fsecret.txt',
  '/%00',
  '/%',
])('nothing outside the folder is served: %s', async (path) => {
  expect((await ask(path)).status).toBe(404);
});
