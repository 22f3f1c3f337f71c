/** Who comes back to records that outlived the accounts: a wiped server that was refilled, a restored one that was healed. */
import { expect, test } from 'vitest';
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
