import { expect, test } from 'vitest';
import { REMEMBERED, rememberedUserId, rememberFormer } from './former-shelf.ts';
import type { Me } from './workspace.ts';

const personNamed = (userId: string, email: string): Me => ({ userId, email, memberId: '', name: '', role: 'member' });

test('a device knows the user id that somebody had on it, by their address and the newest first', () => {
  const shelf = new Map<string, string>();
  const storage = { getItem: (key: string) => shelf.get(key) ?? null, setItem: shelf.set.bind(shelf) };
  expect(rememberedUserId('anna@acme.test', storage)).toBe('');
  rememberFormer(storage, { serverId: 'one', me: personNamed('user_1', 'anna@acme.test'), rooms: [], at: 1 });
  rememberFormer(storage, { serverId: 'two', me: personNamed('user_2', 'anna@acme.test'), rooms: [], at: 2 });
  expect(rememberedUserId(' Anna@Acme.test', storage)).toBe('user_2');
  storage.setItem(REMEMBERED, JSON.stringify({ me: personNamed('user_3', 'anna@acme.test') }));
  expect(rememberedUserId('anna@acme.test', storage)).toBe('user_3');
  expect(rememberedUserId('ben@acme.test', storage)).toBe('');
  storage.setItem(REMEMBERED, 'not json');
  expect(rememberedUserId('anna@acme.test', storage)).toBe('user_2');
});
