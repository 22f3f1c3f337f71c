import { expect, test } from 'vitest';
import type { Member } from '../../../shared/entities/member.ts';
import { invitableRoles, invitedText, memberRows, openInvitations } from './members-model.ts';
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
  memberId: 'member_a',
  name: 'Anna',
  email: 'anna@example.com',
  role: 'member',
  lastSeenAt: null,
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
    anAccount({ memberId: 'member_a', role: 'owner' }),
    anAccount({ memberId: 'member_b', role: 'viewer', lastSeenAt: NOW - 3 * HOUR }),
  ];
  const rows = memberRows({ members: [anna, ben, imported], accounts, myMemberId: 'member_a', now: NOW });
  expect(rows.map(({ role, status }) => [role, status])).toEqual([
    ['Viewer', 'Last seen 3 h ago'],
    ['Owner', 'You'],
    ['', 'Cannot sign in yet'],
  ]);
});

test('without the server nothing is claimed about others', () => {
  const rows = memberRows({ members: [anna, ben], accounts: null, myMemberId: 'member_a', now: NOW });
  expect(rows.map((row) => row.status)).toEqual(['', 'You']);
});

test('only invitations that can still be used are open, the newest first', () => {
  const list = [
    anInvitation({ id: 'old', createdAt: NOW - 30 * HOUR }),
    anInvitation({ id: 'used', state: 'used' }),
    anInvitation({ id: 'expired', state: 'expired' }),
    anInvitation({ id: 'new' }),
  ];
  expect(openInvitations(list).map(({ id }) => id)).toEqual(['new', 'old']);
  expect(invitedText(anInvitation({ createdAt: NOW - 30 * HOUR }), NOW)).toBe('Invited yesterday');
});

test('an owner can invite anybody, an admin no other admin, the rest nobody', () => {
  expect(['owner', 'admin', 'member', 'viewer'].map((role) => invitableRoles(role).length)).toEqual([3, 2, 0, 0]);
});
