import { expect, test } from 'vitest';
import {
  ACCOUNTS_ARE_SERVERS,
  type KeyChange,
  may,
  mayManage,
  READ_ONLY,
  RIGHTS,
  type Right,
  ROLE_ORDER,
  type Role,
  refusalOf,
  rolesToGive,
  SETTINGS_ARE_LEADERS,
} from './rights.ts';

const ROOMS: Readonly<Record<string, string>> = { deal: 'pipeline', stage: 'workspace', member: 'workspace' };
const aChange = (change: Partial<KeyChange>): KeyChange => ({
  entity: 'stage',
  id: 'stage_1',
  path: 'name',
  ...change,
});
const ask = (role: Role, change: Partial<KeyChange>, room = 'workspace') =>
  refusalOf(aChange(change), {
    role,
    room,
    roomOf: (entity) => ROOMS[entity],
    isAccount: (id) => id === 'member_with_account',
  });

test('a role may all that the one below it may', () => {
  for (const right of Object.keys(RIGHTS) as Right[]) {
    const allowed = ROLE_ORDER.map((role) => may(role, right));
    expect(allowed, right).toEqual([...allowed].sort((left, right) => Number(right) - Number(left)));
  }
});

test('only an owner makes, changes and removes admins and owners', () => {
  expect(rolesToGive('owner')).toEqual(['owner', 'admin', 'member', 'viewer']);
  expect(rolesToGive('admin')).toEqual(['member', 'viewer']);
  expect(rolesToGive('member')).toEqual([]);
  expect(mayManage('admin', 'admin')).toBe(false);
});

test('a viewer writes nothing, anywhere', () => {
  expect(ask('viewer', {})).toBe(READ_ONLY);
  expect(ask('viewer', { entity: 'deal' }, 'pipeline')).toBe(READ_ONLY);
  expect(ask('viewer', { entity: 'unheardOf' }, 'directory')).toBe(READ_ONLY);
});

test('what becomes of a notice is up to whom it is for, viewers too', () => {
  const mark = (path: string, id = 'notice_mine') =>
    refusalOf(
      { entity: 'notice', id, path },
      {
        role: 'viewer',
        room: 'work',
        roomOf: () => 'work',
        isAccount: () => false,
        isOwnNotice: (each) => each === 'notice_mine',
      },
    );
  for (const path of ['readAt', 'doneAt', 'snoozedUntil', 'shownAt']) expect(mark(path)).toBeNull();
  for (const path of ['owner', 'text', 'deleted', '', 'readAt:x']) expect(mark(path)).toBe(READ_ONLY);
  expect(mark('readAt', 'notice_hers')).toBe(READ_ONLY);
  expect(ask('viewer', { entity: 'notice', path: 'readAt' }, 'work')).toBe(READ_ONLY);
});

test('stages and other settings are for owners and admins', () => {
  expect(ask('member', {})).toBe(SETTINGS_ARE_LEADERS);
  expect(ask('member', { entity: 'unheardOf' })).toBe(SETTINGS_ARE_LEADERS);
  expect(ask('admin', {})).toBeNull();
  expect(ask('owner', {})).toBeNull();
});

test('members write records in the room they belong to and in no other', () => {
  expect(ask('member', { entity: 'deal' }, 'pipeline')).toBeNull();
  expect(ask('member', { entity: 'stage' }, 'pipeline')).not.toBeNull();
  expect(ask('owner', { entity: 'deal' })).not.toBeNull();
});

test('teammates known by name are anybody’s who works here; accounts are the server’s, for owners too', () => {
  expect(ask('member', { entity: 'member', id: 'member_by_name', path: '' })).toBeNull();
  expect(ask('owner', { entity: 'member', id: 'member_with_account', path: 'role' })).toBe(ACCOUNTS_ARE_SERVERS);
  expect(ask('admin', { entity: 'member', id: 'member_with_account', path: 'team' })).toBeNull();
  expect(ask('member', { entity: 'member', id: 'member_with_account', path: 'team' })).toBe(ACCOUNTS_ARE_SERVERS);
});
