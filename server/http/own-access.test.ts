import { createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { newSetupCode } from '../setup-code.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';
import { cookieOf, PASSWORD } from '../testing/test-server.ts';

const codeOf = async (answer: Response) => ((await answer.json()) as { error: { code: string } }).error.code;
const idOf = async (answer: Response) => ((await answer.json()) as { user: { id: string } }).user.id;

interface Listed {
  sessions: { id: string; isThis: boolean; userAgent: string }[];
}

const ANNA = { email: 'anna@acme.test', password: PASSWORD };
const SETUP = { workspaceName: 'Acme', name: 'Anna', currency: 'EUR', ...ANNA };

test('people see where they are signed in and sign another device out', async () => {
  const { ask, setUp, endedSessions } = setUpMemoryApp();
  const here = await setUp();
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' };
  const there = cookieOf(await ask('POST', '/api/auth/sign-in/email', { body: ANNA, headers }));
  const { sessions } = (await (await ask('GET', '/api/sessions', { cookie: here })).json()) as Listed;
  expect(sessions).toHaveLength(2);
  const other = sessions.find(({ isThis }) => !isThis);
  expect(other?.userAgent).toContain('Firefox');
  expect((await ask('DELETE', `/api/sessions/${other?.id}`, { cookie: here })).status).toBe(200);
  expect(endedSessions).toEqual([other?.id]);
  expect((await ask('GET', '/api/me', { cookie: there })).status).toBe(401);
  expect((await ask('GET', '/api/me', { cookie: here })).status).toBe(200);
  expect((await ask('DELETE', `/api/sessions/${other?.id}`, { cookie: here })).status).toBe(404);
});

test('nobody ends somebody else’s session, and the list holds nothing to sign in with', async () => {
  const { ask, setUp, join, db } = setUpMemoryApp();
  const owner = await setUp();
  const ben = await join(owner, 'Ben');
  const listed = await (await ask('GET', '/api/sessions', { cookie: owner })).text();
  const { token } = db.prepare<[], { token: string }>('SELECT token FROM session').get() ?? { token: '?' };
  expect(listed).not.toContain(token);
  const [session] = (JSON.parse(listed) as Listed).sessions;
  expect((await ask('DELETE', `/api/sessions/${session?.id}`, { cookie: ben })).status).toBe(404);
});

test('all other devices are signed out at once', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const here = await setUp();
  const there = cookieOf(await ask('POST', '/api/auth/sign-in/email', { body: ANNA }));
  expect(await (await ask('DELETE', '/api/sessions', { cookie: here })).json()).toEqual({ ended: 1 });
  expect((await ask('GET', '/api/me', { cookie: there })).status).toBe(401);
});

test('an API token has the rights of its maker, is shown once, stored as a hash, and ends when revoked', async () => {
  const { ask, setUp, join, db } = setUpMemoryApp();
  const owner = await setUp();
  const vera = await join(owner, 'Vera', 'viewer');
  const made = await ask('POST', '/api/tokens', { cookie: vera, body: { name: 'Reports' } });
  expect(made.status).toBe(201);
  const { id, token } = (await made.json()) as { id: string; token: string };
  expect(token).toMatch(/^rap_[\w-]{32}$/);
  expect(JSON.stringify(db.prepare('SELECT * FROM api_tokens').all())).not.toContain(token);
  expect(await (await ask('GET', '/api/tokens', { cookie: vera })).text()).not.toContain(token);
  const headers = { authorization: `Bearer ${token}` };
  expect((await ask('GET', '/api/records/deal', { headers })).status).toBe(200);
  const write = await ask('POST', '/api/records/deal', { headers, body: { title: 'Cold rooms' } });
  expect([write.status, await codeOf(write)]).toEqual([403, 'read-only']);
  // A token opens records, not accounts: with it nobody makes another one or changes people.
  for (const path of ['/api/tokens', '/api/sessions', '/api/invitations', '/api/review']) {
    expect((await ask('GET', path, { headers })).status, path).toBe(401);
  }
  expect((await ask('DELETE', `/api/tokens/${id}`, { cookie: owner })).status).toBe(404);
  expect((await ask('DELETE', `/api/tokens/${id}`, { cookie: vera })).status).toBe(200);
  expect(await codeOf(await ask('GET', '/api/records/deal', { headers }))).toBe('wrong-token');
});

test('a wrong token is refused whatever the cookie says, and guessing is slowed down', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 32; attempt++) {
    const headers = { authorization: `Bearer rap_${attempt}` };
    statuses.push((await ask('GET', '/api/records/deal', { cookie, headers })).status);
  }
  expect(new Set(statuses.slice(0, 30))).toEqual(new Set([401]));
  expect(statuses.at(-1)).toBe(429);
});

test('a reset link sets a new password once, ends every session, and a newer link ends an older one', async () => {
  const { ask, setUp, join, services } = setUpMemoryApp();
  const owner = await setUp();
  const ben = await join(owner, 'Ben');
  const benId = await idOf(await ask('GET', '/api/me', { cookie: ben }));
  const link = async () => {
    const made = await ask('POST', `/api/members/${benId}/reset-link`, { cookie: owner });
    return ((await made.json()) as { url: string }).url.split('/').at(-1) ?? '';
  };
  const [first, second] = [await link(), await link()];
  expect(await (await ask('GET', `/api/reset/${second}`)).json()).toEqual({ name: 'Ben', email: 'ben@acme.test' });
  const password = 'another good password';
  expect(await codeOf(await ask('POST', '/api/reset', { body: { token: first, password } }))).toBe('reset-used');
  expect((await ask('POST', '/api/reset', { body: { token: second, password: 'short' } })).status).toBe(422);
  expect((await ask('POST', '/api/reset', { body: { token: second, password } })).status).toBe(200);
  expect(await codeOf(await ask('POST', '/api/reset', { body: { token: second, password } }))).toBe('reset-used');
  expect((await ask('GET', '/api/me', { cookie: ben })).status).toBe(401);
  const body = { email: 'ben@acme.test', password };
  expect((await ask('POST', '/api/auth/sign-in/email', { body })).status).toBe(200);
  expect(services.accounts.byId(benId)?.role).toBe('member');
});

test('a reset link runs out after a day; members make none, and admins none for owners', async () => {
  let time = Date.now();
  const { ask, setUp, join } = setUpMemoryApp({ now: () => time });
  const owner = await setUp();
  const adam = await join(owner, 'Adam', 'admin');
  const ben = await join(owner, 'Ben');
  const [ownerId, benId] = await Promise.all(
    [owner, ben].map(async (cookie) => idOf(await ask('GET', '/api/me', { cookie }))),
  );
  expect((await ask('POST', `/api/members/${ownerId}/reset-link`, { cookie: adam })).status).toBe(403);
  expect((await ask('POST', `/api/members/${benId}/reset-link`, { cookie: ben })).status).toBe(403);
  const made = await ask('POST', `/api/members/${benId}/reset-link`, { cookie: adam });
  const token = ((await made.json()) as { url: string }).url.split('/').at(-1);
  time += 25 * 3_600_000;
  expect(await codeOf(await ask('GET', `/api/reset/${token}`))).toBe('reset-expired');
});

test('an invitation sent again is a new link; the old one stops working', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const owner = await setUp();
  const made = await ask('POST', '/api/invitations', { cookie: owner, body: { name: 'Ben', role: 'member' } });
  const { id, url } = (await made.json()) as { id: string; url: string };
  const again = await ask('POST', `/api/invitations/${id}/renew`, { cookie: owner });
  const renewed = (await again.json()) as { url: string };
  const look = (link: string) => ask('GET', `/api/invitations/by-token/${link.split('/').at(-1)}`);
  expect([(await look(url)).status, (await look(renewed.url)).status]).toEqual([404, 200]);
  await ask('DELETE', `/api/invitations/${id}`, { cookie: owner });
  expect((await ask('POST', `/api/invitations/${id}/renew`, { cookie: owner })).status).toBe(404);
});

test('where strangers can reach an empty server, the first run takes the code from the terminal', async () => {
  const { ask, services } = setUpMemoryApp({ setupCode: 'K7QF-2MXA' });
  expect(await (await ask('GET', '/api/status')).json()).toMatchObject({ needsSetup: true, needsSetupCode: true });
  for (const code of [undefined, '', 'K7QF-2MXB', 'K7QF']) {
    const answer = await ask('POST', '/api/setup', { body: { ...SETUP, code } });
    expect([answer.status, await codeOf(answer)]).toEqual([422, 'wrong-code']);
  }
  expect(services.accounts.needsSetup()).toBe(true);
  expect((await ask('POST', '/api/setup', { body: { ...SETUP, code: 'k7qf 2mxa' } })).status).toBe(201);
  expect(await (await ask('GET', '/api/status')).json()).toMatchObject({ needsSetupCode: false });
});

test('a server only this machine can reach asks for no code', () => {
  for (const host of ['127.0.0.1', 'localhost', '::1']) expect(newSetupCode({ host, publicUrl: null })).toBeNull();
  expect(newSetupCode({ host: '0.0.0.0', publicUrl: null })).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/);
  expect(newSetupCode({ host: '127.0.0.1', publicUrl: 'https://crm.example.com' })).not.toBeNull();
});

/** RFC 6238, six digits, 30 s. */
function totp(uri: string, at = Date.now()): string {
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  let bits = '';
  for (const letter of secret) bits += 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const offset = (mac.at(-1) ?? 0) & 15;
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

test('with two-step sign-in a password alone opens nothing; a code, or a recovery code once, does', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const before = await setUp();
  expect((await ask('POST', '/api/auth/two-factor/enable', { cookie: before, body: { password: 'no' } })).status).toBe(
    400,
  );
  const enabled = await ask('POST', '/api/auth/two-factor/enable', { cookie: before, body: { password: PASSWORD } });
  const { totpURI, backupCodes } = (await enabled.json()) as { totpURI: string; backupCodes: string[] };
  const confirmed = await ask('POST', '/api/auth/two-factor/verify-totp', {
    cookie: before,
    body: { code: totp(totpURI) },
  });
  expect(confirmed.status).toBe(200);
  const halfWay = await ask('POST', '/api/auth/sign-in/email', { body: ANNA });
  expect(await halfWay.json()).toMatchObject({ twoFactorRedirect: true });
  const pending = cookieOf(halfWay);
  expect((await ask('GET', '/api/me', { cookie: pending })).status).toBe(401);
  const wrong = await ask('POST', '/api/auth/two-factor/verify-totp', { cookie: pending, body: { code: '000000' } });
  expect(await codeOf(wrong)).toBe('invalid-code');
  const body = { code: backupCodes[0] };
  const done = await ask('POST', '/api/auth/two-factor/verify-backup-code', { cookie: pending, body });
  expect(done.status).toBe(200);
  const inside = cookieOf(done);
  const me = await ask('GET', '/api/me', { cookie: inside });
  expect(me.status).toBe(200);
  // Who manages somebody can take the second step off for them: here the owner for themselves.
  expect((await ask('POST', `/api/members/${await idOf(me)}/two-step-off`, { cookie: inside })).status).toBe(200);
  const simple = await ask('POST', '/api/auth/sign-in/email', { body: ANNA });
  expect((await ask('GET', '/api/me', { cookie: cookieOf(simple) })).status).toBe(200);
});
