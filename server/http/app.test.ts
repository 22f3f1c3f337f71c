import { expect, test } from 'vitest';
import { migrations } from '../storage/migrations/registry.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';

interface ErrorBody {
  error: { code: string; message: string };
}
const errorOf = async (answer: Response) => ((await answer.json()) as ErrorBody).error;

test('health says ok, build and schema when the database answers, and fails when it does not', async () => {
  const { ask, db } = setUpMemoryApp();
  expect(await (await ask('GET', '/healthz')).json()).toEqual({ ok: true, build: 'test', schema: migrations.length });
  db.close();
  expect((await ask('GET', '/healthz')).status).toBe(500);
});

test('a browser that looks at an answer finds the icon', async () => {
  const answer = await setUpMemoryApp().ask('GET', '/favicon.ico');
  expect([answer.status, answer.headers.get('location')]).toEqual([302, '/icon.svg']);
});

test.each([
  '/api/members',
  '/api/rooms',
  '/api/invitations',
  '/api/records/deal',
  '/api/records/deal/deal_x',
  '/api/me',
])('%s needs a session', async (path) => {
  const { ask, setUp } = setUpMemoryApp();
  await setUp();
  for (const cookie of [undefined, 'rapport.session_token=forged', 'rapport.session_token=a.b']) {
    const answer = await ask('GET', path, cookie === undefined ? {} : { cookie });
    expect(answer.status).toBe(401);
    expect((await errorOf(answer)).message).toBe('Sign in to go on. What is on this device is safe.');
  }
});

test('a request from a page of another site is not carried out', async () => {
  const { ask } = setUpMemoryApp();
  for (const origin of ['https://evil.test', 'http://crm.test.evil.test', 'null', 'file://']) {
    const answer = await ask('POST', '/api/setup', { body: {}, headers: { origin } });
    expect((await errorOf(answer)).code).toBe('foreign-origin');
  }
  const own = await ask('POST', '/api/setup', { body: {}, headers: { origin: 'http://crm.test' } });
  expect(own.status).toBe(422);
});

test('pages at PUBLIC_URL count as the server’s own', async () => {
  const { ask } = setUpMemoryApp({ publicUrl: 'https://crm.example.com' });
  const answer = await ask('POST', '/api/setup', { body: {}, headers: { origin: 'https://crm.example.com' } });
  expect(answer.status).toBe(422);
});

test('bodies that are no JSON, no object or too large get a sentence', async () => {
  const { ask } = setUpMemoryApp();
  expect((await ask('POST', '/api/setup', { body: '{"half' })).status).toBe(400);
  expect((await ask('POST', '/api/setup', { body: '[]' })).status).toBe(422);
  const text = await ask('POST', '/api/setup', { body: 'x=1', headers: { 'content-type': 'text/plain' } });
  expect((await errorOf(text)).code).toBe('not-json');
  const large = await ask('POST', '/api/setup', { body: `"${'x'.repeat(2 * 1024 * 1024)}"` });
  expect([large.status, (await errorOf(large)).code]).toEqual([413, 'too-large']);
});

test('an unexpected error is reported once and tells nothing internal', async () => {
  const { ask, setUp, db, reports } = setUpMemoryApp();
  const cookie = await setUp();
  db.exec('ALTER TABLE invitations RENAME TO secret_name');
  const answer = await ask('GET', '/api/invitations/by-token/x', { cookie });
  expect(answer.status).toBe(500);
  expect(JSON.stringify(await errorOf(answer))).not.toMatch(/secret_name|SQL|invitations/);
  expect(reports).toHaveLength(1);
});

test('unknown addresses under /api answer in the same shape', async () => {
  const { ask } = setUpMemoryApp();
  const answer = await ask('GET', '/api/nothing');
  expect([answer.status, (await errorOf(answer)).code]).toEqual([404, 'not-found']);
});

test('every answer forbids foreign scripts and frames', async () => {
  const { ask } = setUpMemoryApp();
  const { headers } = await ask('GET', '/api/status');
  expect(headers.get('content-security-policy')).toContain("script-src 'self';");
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('strict-transport-security')).toBeNull();
});

test('rooms are listed in the order to load them, with a timeline for a new year', async () => {
  let time = Date.UTC(2026, 10, 22);
  const { ask, setUp } = setUpMemoryApp({ now: () => time });
  const cookie = await setUp();
  const names = async () => {
    const { rooms } = (await (await ask('GET', '/api/rooms', { cookie })).json()) as { rooms: { name: string }[] };
    return rooms.map(({ name }) => name);
  };
  const first = ['team.workspace.1', 'team.pipeline.1', 'team.work.1', 'team.directory.1'];
  expect(await names()).toEqual([...first, 'team.timeline-2026.1', 'team.timeline-2025.1']);
  time = Date.UTC(2027, 0, 1);
  expect(await names()).toEqual([...first, 'team.timeline-2027.1', 'team.timeline-2026.1', 'team.timeline-2025.1']);
});
