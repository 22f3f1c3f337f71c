import { expect, test } from 'vitest';
import { type Member, memberIdFor } from '../../../shared/entities/member.ts';
import { ROLE_ORDER } from '../../../shared/model/rights.ts';
import {
  hereTwice,
  invitableRoles,
  invitationText,
  invitedText,
  listedInvitations,
  memberRows,
  rolesFor,
} from './members-model.ts';
import type { Account, Invitation } from './team-api.ts';

const NOW = new Date('2026-11-22T12:00:00').getTime();
const HOUR = 3_600_000;

const aMember = (some: Partial<Member>): Member =>
  ({
    id: 'member_a',
    entity: 'member',
    name: 'Anna',
    email: 'anna@example.com',
    role: 'member',
    joinOrder: 0,
    team: '',
    manager: '',
    batch: '',
    sourceId: '',
    deleted: false,
    mergedInto: null,
    createdAt: 0,
    updatedAt: 0,
    extra: null,
    ...some,
  }) as Member;

const anAccount = (some: Partial<Account>): Account => ({
  userId: 'user_a',
  memberId: 'member_a',
  name: 'Anna',
  email: 'anna@example.com',
  role: 'member',
  lastSeenAt: null,
  devices: 0,
  ...some,
});

const anInvitation = (some: Partial<Invitation>): Invitation => ({
  id: 'i1',
  name: 'Ben',
  role: 'member',
  invitedBy: 'Anna',
  createdAt: NOW - HOUR,
  expiresAt: NOW + 100 * HOUR,
  state: 'open',
  ...some,
});

const anna = aMember({ id: 'member_a', joinOrder: 1 });
const ben = aMember({ id: 'member_b', name: 'Ben', email: 'ben@example.com', joinOrder: 0 });
const imported = aMember({ id: 'member_c', name: 'Cara Onlyname', email: '', joinOrder: 2, batch: 'import_1' });

test('teammates come in the order they joined, names from an import last', () => {
  const rows = memberRows({ members: [imported, anna, ben], accounts: null, myMemberId: 'member_a', now: NOW });
  expect(rows.map((row) => row.name)).toEqual(['Ben', 'Anna', 'Cara Onlyname']);
});

test('with the server the account decides the role and tells when somebody was here', () => {
  const accounts = [
    anAccount({ memberId: 'member_a', role: 'owner', devices: 2 }),
    anAccount({ memberId: 'member_b', role: 'viewer', lastSeenAt: NOW - 3 * HOUR }),
  ];
  const rows = memberRows({ members: [anna, ben, imported], accounts, myMemberId: 'member_a', now: NOW });
  expect(rows.map(({ role, status }) => [role, status])).toEqual([
    ['viewer', 'Last seen 3 h ago'],
    ['owner', 'You, 2 devices'],
    ['', 'Cannot sign in yet'],
  ]);
});

test('without the server nothing is claimed about others', () => {
  const rows = memberRows({ members: [anna, ben], accounts: null, myMemberId: 'member_a', now: NOW });
  expect(rows.map((row) => row.status)).toEqual(['', 'You']);
});

test('invitations that can be used or renewed are listed, the newest first', () => {
  const list = [
    anInvitation({ id: 'old', createdAt: NOW - 30 * HOUR }),
    anInvitation({ id: 'used', state: 'used' }),
    anInvitation({ id: 'expired', state: 'expired', createdAt: NOW - 200 * HOUR }),
    anInvitation({ id: 'withdrawn', state: 'withdrawn' }),
    anInvitation({ id: 'new' }),
  ];
  expect(listedInvitations(list).map(({ id }) => id)).toEqual(['new', 'old', 'expired']);
  expect(invitedText(anInvitation({ createdAt: NOW - 30 * HOUR }), NOW)).toBe('Invited yesterday');
  expect(invitedText(anInvitation({ state: 'expired' }), NOW)).toBe('Invitation expired');
});

test('an owner can invite anybody, an admin no other admin, the rest nobody', () => {
  expect(ROLE_ORDER.map((role) => invitableRoles(role).length)).toEqual([3, 2, 0, 0]);
});

test('nobody is offered a role they may not give, and only an owner may step down here', () => {
  const [row] = memberRows({
    members: [ben],
    accounts: [anAccount({ memberId: 'member_b', role: 'admin' })],
    myMemberId: 'member_a',
    now: NOW,
  });
  if (!row) throw new Error('no row');
  expect(rolesFor({ role: 'owner', memberId: 'member_a' }, row)).toEqual(['owner', 'admin', 'member', 'viewer']);
  expect(rolesFor({ role: 'admin', memberId: 'member_a' }, row)).toEqual([]);
  expect(rolesFor({ role: 'admin', memberId: 'member_b' }, row)).toEqual([]);
  expect(rolesFor({ role: 'owner', memberId: 'member_a' }, { ...row, account: null })).toEqual([]);
});

test('an invitation as an e-mail says who, what, the link and until when', () => {
  const text = invitationText({
    name: 'Ben',
    workspaceName: 'Northlane',
    from: 'Maya',
    url: 'https://crm.example.com/join/abc',
    until: '29 Nov, 14:00',
  });
  for (const part of ['Ben', 'Northlane', 'Maya', 'https://crm.example.com/join/abc', '29 Nov'])
    expect(text).toContain(part);
});

test('who joined before a refill is told to be here twice; a namesake, or a profile of nobody’s, is not', () => {
  const userId = `user_${'b'.repeat(24)}`;
  const before = aMember({ id: memberIdFor(userId), name: 'Ben', email: 'Ben@example.com', account: userId });
  const now = anAccount({ userId: 'user_new', memberId: 'member_new', name: 'Ben', email: 'ben@example.com' });
  expect(hereTwice({ members: [anna, before], accounts: [now] })).toEqual([{ account: now, before }]);
  expect(hereTwice({ members: [anna, before], accounts: null })).toEqual([]);
  expect(hereTwice({ members: [{ ...before, account: '' }], accounts: [now] })).toEqual([]);
  expect(hereTwice({ members: [{ ...before, email: 'other@example.com' }], accounts: [now] })).toEqual([]);
  const own = { ...now, userId, memberId: before.id };
  expect(hereTwice({ members: [before], accounts: [own] })).toEqual([]);
});
