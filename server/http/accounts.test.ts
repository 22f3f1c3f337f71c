import { expect, test } from 'vitest';
import { entities } from '../../shared/entities/registry.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';
import { cookieOf, PASSWORD } from '../testing/test-server.ts';
import { WORKSPACE_ROOM_NAME } from './workspace-info.ts';

const DAY_MS = 86_400_000;
const SETUP = { workspaceName: 'Acme', name: 'Anna', email: 'Anna@Acme.test ', password: PASSWORD, currency: 'EUR' };

interface ErrorBody {
  error: { code: string; message: string; issues?: { field: string; message: string }[] };
}
const errorOf = async (answer: Response) => ((await answer.json()) as ErrorBody).error;

test('the first visitor makes the workspace and is signed in as its owner', async () => {
  const { ask, services } = setUpMemoryApp();
  expect(await (await ask('GET', '/api/status')).json()).toMatchObject({ needsSetup: true, workspaceName: '' });
  const made = await ask('POST', '/api/setup', { body: SETUP });
  expect(made.status).toBe(201);
  const me = await (await ask('GET', '/api/me', { cookie: cookieOf(made) })).json();
  expect(me).toMatchObject({
    user: { name: 'Anna', email: 'anna@acme.test' },
    role: 'owner',
    workspaceName: 'Acme',
    serverId: services.identity.serverId,
  });
  expect(await (await ask('GET', '/api/status')).json()).toMatchObject({ needsSetup: false, workspaceName: 'Acme' });
});

test('setting up writes the workspace, a pipeline with stages and the owner into the workspace room, on disk', async () => {
  const { setUp, services } = setUpMemoryApp();
  await setUp();
  const { records } = services.rooms.open(WORKSPACE_ROOM_NAME);
  expect(records.ids(entities.workspace.name).size).toBe(1);
  expect(records.ids(entities.pipeline.name).size).toBe(1);
  expect(records.ids(entities.stage.name).size).toBeGreaterThan(3);
  expect([...records.all(entities.member.name)]).toMatchObject([{ name: 'Anna', role: 'owner' }]);
  expect(services.log.load(WORKSPACE_ROOM_NAME).updates).toHaveLength(1);
});

test('of two first visitors at the same time one gets the workspace', async () => {
  const { ask, services } = setUpMemoryApp();
  const answers = await Promise.all([
    ask('POST', '/api/setup', { body: SETUP }),
    ask('POST', '/api/setup', { body: { ...SETUP, name: 'Eve', email: 'eve@acme.test' } }),
  ]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
  expect(services.accounts.all()).toHaveLength(1);
});

test('a workspace cannot be set up twice', async () => {
  const { ask, setUp } = setUpMemoryApp();
  await setUp();
  const again = await ask('POST', '/api/setup', { body: SETUP });
  expect(again.status).toBe(409);
  expect((await errorOf(again)).message).toBe(
    'This server already has a workspace. Sign in, or ask for an invitation.',
  );
});

test('every wrong value of a form is reported at once', async () => {
  const { ask } = setUpMemoryApp();
  const body = { workspaceName: ' ', name: 5, email: 'nobody', password: 'short' };
  const answer = await ask('POST', '/api/setup', { body });
  expect(answer.status).toBe(422);
  const { code, issues } = await errorOf(answer);
  expect(code).toBe('invalid');
  expect(issues?.map(({ field }) => field).sort()).toEqual(['currency', 'email', 'name', 'password', 'workspaceName']);
  expect(issues?.find(({ field }) => field === 'password')?.message).toBe('A password needs at least 10 characters.');
});

test('people sign in with any spelling of their address, and a wrong password tells nothing more', async () => {
  const { ask, setUp } = setUpMemoryApp({ hasRealPasswords: true });
  await setUp();
  const good = await ask('POST', '/api/auth/sign-in/email', { body: { email: 'ANNA@acme.test', password: PASSWORD } });
  expect(good.status).toBe(200);
  expect((await ask('GET', '/api/me', { cookie: cookieOf(good) })).status).toBe(200);
  const wrong = await ask('POST', '/api/auth/sign-in/email', {
    body: { email: 'anna@acme.test', password: 'wrong wrong' },
  });
  const nobody = await ask('POST', '/api/auth/sign-in/email', {
    body: { email: 'no@acme.test', password: 'wrong wrong' },
  });
  expect([wrong.status, nobody.status]).toEqual([401, 401]);
  const message = 'The e-mail address or the password is not right. Check both and try again.';
  expect([await errorOf(wrong), await errorOf(nobody)]).toEqual([
    { code: 'wrong-credentials', message },
    { code: 'wrong-credentials', message },
  ]);
});

test.each([
  // What better-auth answers to Node's fetch without an Origin header; not under NODE_ENV=test.
  [403, 403, 'no-origin'],
  [500, 500, 'internal'],
])('only a wrong address or password is called so: better-auth’s %i is %i %s', async (status, answered, code) => {
  const { ask, services } = setUpMemoryApp();
  Object.assign(services.auth, { handle: () => Promise.resolve(new Response('{}', { status })) });
  const body = { email: 'anna@acme.test', password: PASSWORD };
  const answer = await ask('POST', '/api/auth/sign-in/email', { body });
  expect([answer.status, (await errorOf(answer)).code]).toEqual([answered, code]);
});

test('guessing a password is slowed down', async () => {
  const { ask, setUp } = setUpMemoryApp();
  await setUp();
  const statuses: number[] = [];
  for (let attempt = 0; attempt < 12; attempt++) {
    const body = { email: 'anna@acme.test', password: `guess number ${attempt}` };
    statuses.push((await ask('POST', '/api/auth/sign-in/email', { body })).status);
  }
  expect(statuses.slice(0, 9).every((status) => status === 401)).toBe(true);
  expect(statuses.at(-1)).toBe(429);
});

test('the session cookie is out of reach for scripts and other sites', async () => {
  const { ask } = setUpMemoryApp();
  const [cookie] = (await ask('POST', '/api/setup', { body: SETUP })).headers.getSetCookie();
  expect(cookie).toMatch(/HttpOnly/i);
  expect(cookie).toMatch(/SameSite=Lax/i);
  expect(cookie).not.toMatch(/Secure/i);
});

test('behind https the session cookie travels over nothing else', async () => {
  const { ask } = setUpMemoryApp({ publicUrl: 'https://crm.example.com' });
  const [cookie] = (await ask('POST', '/api/setup', { body: SETUP })).headers.getSetCookie();
  expect(cookie).toMatch(/; Secure/i);
});

test('signing out ends the session and its sync sockets', async () => {
  const { ask, setUp, endedSessions } = setUpMemoryApp();
  const cookie = await setUp();
  expect((await ask('POST', '/api/auth/sign-out', { cookie })).status).toBe(200);
  expect(endedSessions).toHaveLength(1);
  expect((await ask('GET', '/api/me', { cookie })).status).toBe(401);
});

test('nobody can sign up, and better-auth’s other doors are closed', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const body = { email: 'eve@acme.test', password: PASSWORD, name: 'Eve' };
  for (const path of ['sign-up/email', 'update-user', 'delete-user', 'change-email', 'request-password-reset']) {
    expect((await ask('POST', `/api/auth/${path}`, { body, cookie })).status).toBe(404);
  }
});

test('an invited person sets a password, is signed in, and stands among the members', async () => {
  const { ask, setUp, services } = setUpMemoryApp();
  const cookie = await setUp();
  const made = await ask('POST', '/api/invitations', { cookie, body: { name: 'Ben', role: 'viewer' } });
  const { url } = (await made.json()) as { url: string };
  expect(url).toMatch(/^http:\/\/crm\.test\/join\/[\w-]{32}$/);
  const token = url.split('/').at(-1);
  expect(await (await ask('GET', `/api/invitations/by-token/${token}`)).json()).toMatchObject({
    name: 'Ben',
    role: 'viewer',
    workspaceName: 'Acme',
    invitedBy: 'Anna',
  });
  const body = { token, name: 'Ben B.', email: 'ben@acme.test', password: PASSWORD };
  const accepted = await ask('POST', '/api/invitations/accept', { body });
  expect(accepted.status).toBe(201);
  expect(await (await ask('GET', '/api/me', { cookie: cookieOf(accepted) })).json()).toMatchObject({ role: 'viewer' });
  const { members } = (await (await ask('GET', '/api/members', { cookie })).json()) as { members: unknown[] };
  expect(members).toMatchObject([
    { name: 'Anna', role: 'owner' },
    { name: 'Ben B.', role: 'viewer', email: 'ben@acme.test' },
  ]);
  const profiles = [...services.rooms.open(WORKSPACE_ROOM_NAME).records.all(entities.member.name)];
  expect(profiles.map(({ name, joinOrder }) => ({ name, joinOrder }))).toEqual([
    { name: 'Anna', joinOrder: 0 },
    { name: 'Ben B.', joinOrder: 1 },
  ]);
});

test('an invitation is good for one person, also when two accept at the same time', async () => {
  const { ask, setUp, services } = setUpMemoryApp();
  const cookie = await setUp();
  const made = await ask('POST', '/api/invitations', { cookie, body: { name: 'Ben', role: 'member' } });
  const token = ((await made.json()) as { url: string }).url.split('/').at(-1);
  const accept = (email: string) =>
    ask('POST', '/api/invitations/accept', { body: { token, name: 'Ben', email, password: PASSWORD } });
  const answers = await Promise.all([accept('ben@acme.test'), accept('eve@acme.test')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([201, 410]);
  expect(services.accounts.all()).toHaveLength(2);
  const late = await accept('late@acme.test');
  expect(await errorOf(late)).toEqual({
    code: 'invitation-used',
    message: 'This invitation was already used. If it was you, sign in; else ask for a new one.',
  });
});

test('an e-mail address that has an account cannot accept, and the invitation stays open', async () => {
  const { ask, setUp } = setUpMemoryApp();
  const cookie = await setUp();
  const made = await ask('POST', '/api/invitations', { cookie, body: { name: 'Ben', role: 'member' } });
  const token = ((await made.json()) as { url: string }).url.split('/').at(-1);
  const body = { token, name: 'Ben', email: 'anna@acme.test', password: PASSWORD };
  const answer = await ask('POST', '/api/invitations/accept', { body });
  expect(answer.status).toBe(409);
  expect((await errorOf(answer)).code).toBe('email-taken');
  expect((await ask('GET', `/api/invitations/by-token/${token}`)).status).toBe(200);
});

test('expired, withdrawn and unknown invitations each say what to do', async () => {
  let time = Date.now();
  const { ask, setUp } = setUpMemoryApp({ now: () => time });
  const cookie = await setUp();
  const invite = async () => {
    const made = await ask('POST', '/api/invitations', { cookie, body: { name: 'Ben', role: 'member' } });
    const { id, url } = (await made.json()) as { id: string; url: string };
    return { id, token: url.split('/').at(-1) ?? '' };
  };
  const withdrawn = await invite();
  expect((await ask('DELETE', `/api/invitations/${withdrawn.id}`, { cookie })).status).toBe(200);
  expect((await ask('DELETE', `/api/invitations/${withdrawn.id}`, { cookie })).status).toBe(404);
  const late = await invite();
  time += 8 * DAY_MS;
  const look = (token: string) => ask('GET', `/api/invitations/by-token/${token}`);
  const answers = [await look(withdrawn.token), await look(late.token), await look('no-such-token')];
  expect(answers.map(({ status }) => status)).toEqual([410, 410, 404]);
  expect((await Promise.all(answers.map(errorOf))).map(({ code }) => code)).toEqual([
    'invitation-withdrawn',
    'invitation-expired',
    'no-invitation',
  ]);
});

test('only owners and admins invite, only owners invite admins, and nobody invites owners', async () => {
  const { ask, setUp, join } = setUpMemoryApp();
  const owner = await setUp();
  const admin = await join(owner, 'Adam', 'admin');
  const member = await join(owner, 'Mia', 'member');
  const invite = async (cookie: string, role: string) =>
    (await ask('POST', '/api/invitations', { cookie, body: { name: 'New', role } })).status;
  expect(await invite(admin, 'member')).toBe(201);
  expect(await invite(admin, 'admin')).toBe(403);
  expect(await invite(owner, 'owner')).toBe(422);
  expect(await invite(member, 'viewer')).toBe(403);
  expect((await ask('GET', '/api/invitations', { cookie: member })).status).toBe(403);
  const listed = (await (await ask('GET', '/api/invitations', { cookie: owner })).json()) as { invitations: unknown[] };
  expect(JSON.stringify(listed)).not.toContain('token');
  expect(listed.invitations).toHaveLength(3);
});

test('passwords are stored as scrypt hashes', async () => {
  const { setUp, db } = setUpMemoryApp({ hasRealPasswords: true });
  await setUp();
  const row = db.prepare<[], { password: string }>('SELECT password FROM account').get();
  expect(row?.password).toMatch(/^[0-9a-f]{32}:[0-9a-f]{128}$/);
});

test('a forged address header does not get around the limit on guessing', async () => {
  const { ask, setUp } = setUpMemoryApp();
  await setUp();
  let last = 0;
  for (let attempt = 0; attempt < 12; attempt++) {
    const body = { email: 'anna@acme.test', password: `guess number ${attempt}` };
    const headers = { 'x-rapport-client-ip': `10.0.0.${attempt}`, 'x-forwarded-for': `10.0.0.${attempt}` };
    last = (await ask('POST', '/api/auth/sign-in/email', { body, headers })).status;
  }
  expect(last).toBe(429);
});
