import { expect, test } from 'vitest';
import { createAccounts, type NewAccount } from './accounts.ts';
import { openMemoryDatabase } from './data-folder.ts';
import { createInvitations, INVITATION_DAYS } from './invitations.ts';

const DAY_MS = 86_400_000;
const anAccount = (values: Partial<NewAccount> = {}): NewAccount => ({
  id: 'user_anna',
  name: 'Anna',
  email: 'anna@acme.test',
  passwordHash: 'hash',
  role: 'owner',
  ...values,
});

function setUp() {
  const clock = { now: 1_000 * DAY_MS };
  const db = openMemoryDatabase();
  const accounts = createAccounts(db, () => clock.now);
  const invitations = createInvitations(db, () => clock.now);
  return { db, clock, accounts, invitations };
}

test('only one first account is made', () => {
  const { accounts } = setUp();
  expect(accounts.needsSetup()).toBe(true);
  expect(accounts.createFirst(anAccount())).toBeNull();
  expect(accounts.createFirst(anAccount({ id: 'user_eve', email: 'eve@acme.test' }))).toBe('already-set-up');
  expect(accounts.all().map(({ name, role }) => ({ name, role }))).toEqual([{ name: 'Anna', role: 'owner' }]);
});

test('an e-mail address belongs to one account', () => {
  const { accounts } = setUp();
  accounts.createFirst(anAccount());
  expect(accounts.create(anAccount({ id: 'user_b' }), () => undefined)).toBe('email-taken');
});

test('an account whose invitation is gone in the same moment is not made', () => {
  const { accounts } = setUp();
  const failing = () => {
    throw new Error('used');
  };
  expect(() => accounts.create(anAccount(), failing)).toThrow('used');
  expect(accounts.needsSetup()).toBe(true);
});

test('an account that is taken back leaves nothing', () => {
  const { accounts, db } = setUp();
  accounts.createFirst(anAccount());
  accounts.takeBack('user_anna');
  expect(accounts.needsSetup()).toBe(true);
  expect(db.prepare('SELECT count(*) AS n FROM account').get()).toEqual({ n: 0 });
});

test('an invitation works once, until it expires or is taken back, and its token is not in the database', () => {
  const { accounts, invitations, clock, db } = setUp();
  accounts.createFirst(anAccount());
  const invite = () => invitations.create({ name: 'Ben', role: 'member', invitedBy: 'user_anna' });
  const [used, late, withdrawn] = [invite(), invite(), invite()];
  expect(invitations.byToken(used.token)?.state).toBe('open');
  expect(invitations.use(used.invitation.id, 'user_anna')).toBe(true);
  expect(invitations.use(used.invitation.id, 'user_anna')).toBe(false);
  expect(invitations.withdraw(withdrawn.invitation.id)).toBe(true);
  expect(invitations.use(withdrawn.invitation.id, 'user_anna')).toBe(false);
  clock.now += INVITATION_DAYS * DAY_MS;
  expect(invitations.use(late.invitation.id, 'user_anna')).toBe(false);
  expect([used, late, withdrawn].map(({ token }) => invitations.byToken(token)?.state)).toEqual([
    'used',
    'expired',
    'withdrawn',
  ]);
  expect(JSON.stringify(db.prepare('SELECT * FROM invitations').all())).not.toContain(used.token);
});
