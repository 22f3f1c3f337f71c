/** Who comes back to records that outlived the accounts: a wiped server that was refilled, a restored one that was healed. */
import { expect, test } from 'vitest';
import { deal } from '../shared/entities/deal.ts';
import { type Member, member, memberIdFor } from '../shared/entities/member.ts';
import type { Services } from './http/services.ts';
import { WORKSPACE_ROOM_NAME } from './http/workspace-info.ts';
import { noteMemberAccounts } from './member-accounts.ts';
import { writeOwn } from './sync/own-writes.ts';
import { setUpMemoryApp } from './testing/memory-app.ts';
import { cookieOf, PASSWORD } from './testing/test-server.ts';

const BEN = `user_${'b'.repeat(24)}`;
const BENS = memberIdFor(BEN);
const SETUP = { workspaceName: 'Acme', name: 'Anna', email: 'anna@acme.test', password: PASSWORD, currency: 'EUR' };

const membersOf = ({ rooms }: Services) =>
  [...rooms.open(WORKSPACE_ROOM_NAME).records.all('member')] as unknown as readonly Member[];

/** A workspace in which Ben has a profile and no account. */
async function withoutBensAccount(account: string) {
  const app = setUpMemoryApp();
  const anna = await app.setUp();
  writeOwn(app.services.rooms, { actor: null, kinds: ['workspace'] }, (tx) =>
    tx.insert(member, { name: 'Ben', email: 'Ben@acme.test', role: 'admin', team: 'North', account }, BENS),
  );
  return { ...app, anna };
}

type App = Awaited<ReturnType<typeof withoutBensAccount>>;

async function join({ ask, anna }: App, name: string, email: string, formerUserId?: string) {
  const made = await ask('POST', '/api/invitations', { cookie: anna, body: { name, role: 'member' } });
  const token = ((await made.json()) as { url: string }).url.split('/').at(-1);
  const body = { token, name, email, password: PASSWORD, ...(formerUserId === undefined ? {} : { formerUserId }) };
  const answer = await ask('POST', '/api/invitations/accept', { body });
  expect(answer.status).toBe(201);
  const me = await (await ask('GET', '/api/me', { cookie: cookieOf(answer) })).json();
  return me as { readonly memberId: string; readonly role: string };
}

test('who joins with the address of a profile without an account goes on as that person, with the role of the invitation', async () => {
  const app = await withoutBensAccount(BEN);
  expect(await join(app, 'Benjamin', 'ben@acme.test')).toMatchObject({ memberId: BENS, role: 'member' });
  const profile = membersOf(app.services).find(({ id }) => id === BENS);
  expect(profile).toMatchObject({ name: 'Benjamin', email: 'ben@acme.test', role: 'member', team: 'North' });
  expect(membersOf(app.services)).toHaveLength(2);
});

test('a profile from before its account was noted is taken up by who knows the account and has the address', async () => {
  const app = await withoutBensAccount('');
  expect((await join(app, 'Cara', 'cara@acme.test', BEN)).memberId).not.toBe(BENS);
  expect((await join(app, 'Ben', 'ben@acme.test', BEN)).memberId).toBe(BENS);
});

test.each([
  ['the account of somebody else', `user_${'c'.repeat(24)}`],
  ['what is no account', "user_' OR 1=1"],
  ['nothing', ''],
])('a profile that claims %s leads nowhere: whoever joins is somebody new', async (_what, account) => {
  const app = await withoutBensAccount(account);
  expect((await join(app, 'Ben', 'ben@acme.test', `user_${'d'.repeat(24)}`)).memberId).not.toBe(BENS);
});

test('an account that is there, or was removed, is nobody else’s', async () => {
  const app = await withoutBensAccount(BEN);
  await join(app, 'Ben', 'ben@acme.test');
  const cara = await join(app, 'Cara', 'cara@acme.test', BEN);
  expect(cara.memberId).not.toBe(BENS);
  const gone = await app.ask('DELETE', `/api/members/${BEN}`, { cookie: app.anna, body: { heir: null } });
  expect(gone.status).toBe(200);
  expect((await join(app, 'Ben', 'ben@acme.test', BEN)).memberId).not.toBe(BENS);
});

test('who sets up an empty server again is who their device says they were; nonsense makes somebody new', async () => {
  const again = setUpMemoryApp();
  const made = await again.ask('POST', '/api/setup', { body: { ...SETUP, formerUserId: BEN } });
  expect(await (await again.ask('GET', '/api/me', { cookie: cookieOf(made) })).json()).toMatchObject({
    user: { id: BEN },
    memberId: BENS,
  });
  const other = setUpMemoryApp();
  expect((await other.ask('POST', '/api/setup', { body: { ...SETUP, formerUserId: 'root' } })).status).toBe(201);
  expect(other.services.accounts.all()[0]?.id).toMatch(/^user_[0-9a-f]{24}$/);
});

test('profiles from before are told their accounts once, and then nothing is written', async () => {
  const { services, setUp } = setUpMemoryApp();
  await setUp();
  const [anna] = services.accounts.all();
  const annas = memberIdFor(anna?.id ?? '');
  writeOwn(services.rooms, { actor: null, kinds: ['workspace'] }, (tx) => tx.patch(member, annas, { account: '' }));
  noteMemberAccounts(services);
  expect(membersOf(services)).toMatchObject([{ id: annas, account: anna?.id }]);
  const updates = services.log.load(WORKSPACE_ROOM_NAME).updates.length;
  noteMemberAccounts(services);
  expect(services.log.load(WORKSPACE_ROOM_NAME).updates.length).toBe(updates);
});

/** Ben joined while nothing of before was here; then a laptop brought his profile and his deal back. */
async function hereTwice() {
  const app = setUpMemoryApp();
  const anna = await app.setUp();
  const joined = await app.join(anna, 'Ben');
  writeOwn(app.services.rooms, { actor: null, kinds: ['workspace', 'pipeline'] }, (tx) => {
    tx.insert(member, { name: 'Ben', email: 'ben@acme.test', role: 'member', account: BEN }, BENS);
    tx.insert(deal, { title: 'From before', owner: BENS });
  });
  const account = app.services.accounts.all().find(({ name }) => name === 'Ben');
  const meanwhile = await app.ask('POST', '/api/records/deal', {
    cookie: joined,
    body: { title: 'Since', owner: memberIdFor(account?.id ?? '') },
  });
  expect(meanwhile.status).toBe(201);
  const owners = () =>
    Object.fromEntries(
      [...app.services.rooms.open('team.pipeline.1').records.all('deal')].map((each) => [each.title, each.owner]),
    );
  const bring = (cookie: string, userId = account?.id ?? '') =>
    app.ask('POST', `/api/members/${userId}/bring-together`, { cookie });
  return { app, anna, joined, account, owners, bring };
}

test('who is there twice since a refill is brought together by an admin: they come back as who they were, with what is open now', async () => {
  const { app, anna, joined, account, owners, bring } = await hereTwice();
  expect(membersOf(app.services).filter(({ name }) => name === 'Ben')).toHaveLength(2);
  const answer = await bring(anna);
  expect(answer.status).toBe(201);
  const { url } = (await answer.json()) as { url: string };
  expect((await app.ask('GET', '/api/records/deal', { cookie: joined })).status).toBe(401);
  expect(owners()).toEqual({ 'From before': BENS, Since: BENS });
  const body = { token: url.split('/').at(-1), name: 'Ben', email: 'ben@acme.test', password: PASSWORD };
  const back = await app.ask('POST', '/api/invitations/accept', { body });
  expect(await (await app.ask('GET', '/api/me', { cookie: cookieOf(back) })).json()).toMatchObject({ memberId: BENS });
  const left = membersOf(app.services).filter(({ name, deleted }) => name === 'Ben' && !deleted);
  expect(left.map(({ id }) => id)).toEqual([BENS]);
  expect(app.services.accounts.all().map(({ id }) => id)).not.toContain(account?.id);
});

test('nobody is brought together with somebody else, by themselves, or by who may not; then nothing changes', async () => {
  const { app, anna, joined, account, owners, bring } = await hereTwice();
  const cara = await app.join(anna, 'Cara');
  const caras = app.services.accounts.all().find(({ name }) => name === 'Cara')?.id;
  expect((await bring(anna, caras)).status).toBe(409);
  expect((await bring(cara)).status).toBe(403);
  expect((await bring(joined)).status).toBe(409);
  expect((await bring(anna, 'user_none')).status).toBe(404);
  expect(app.services.accounts.all().map(({ id }) => id)).toContain(account?.id);
  expect(owners()['From before']).toBe(BENS);
});
