/**
 * Accounts and the member records that stand for them. Records can outlive accounts: a wiped server is refilled from a
 * laptop, a restored one from devices that know of people who joined later. Whoever then joins with the address they had
 * takes up the account they had: a member record is named after its account, so their deals, tasks and mentions are theirs
 * again without a word being rewritten.
 */
import { noteAccounts } from '../shared/commands/workspace-commands.ts';
import { type Member, member, memberIdFor } from '../shared/entities/member.ts';
import { formatRoomName, TEAM_SPACE } from '../shared/sync/room-names.ts';
import type { Accounts } from './storage/accounts.ts';
import { writeOwn } from './sync/own-writes.ts';
import type { Rooms } from './sync/rooms.ts';

interface Inputs {
  readonly accounts: Accounts;
  readonly rooms: Rooms;
}

const WORKSPACE_ROOM = formatRoomName({ space: TEAM_SPACE, kind: 'workspace', year: null, generation: 1 });
const USER_ID = /^user_[0-9a-f]{24}$/;

export const isUserId = (text: string): boolean => USER_ID.test(text);

const membersOf = (rooms: Rooms) =>
  rooms.open(WORKSPACE_ROOM).records.all(member.name) as Iterable<unknown> as Iterable<Member>;

/**
 * The user id that somebody with this address had, if their member record is here and their account is not. What a record
 * or a device says the id was counts only where the record's own id follows from it.
 *
 * @param claimed the id that the person's device remembers.
 */
export function formerUserId({ accounts, rooms }: Inputs, email: string, claimed: string): string | null {
  const known = new Set([...accounts.all(), ...accounts.allRemoved()].map(({ id }) => id));
  for (const record of membersOf(rooms)) {
    if (record.email.toLowerCase() !== email) continue;
    for (const userId of [record.account, claimed]) {
      if (isUserId(userId) && !known.has(userId) && memberIdFor(userId) === record.id) return userId;
    }
  }
  return null;
}

/** Brings the notes of which record stands for which account up to date. Writes nothing when they are. */
export function noteMemberAccounts({ accounts, rooms }: Inputs): void {
  const noted = new Map([...membersOf(rooms)].map(({ id, account }) => [id as string, account]));
  const missing = accounts
    .all()
    .map((each) => ({ id: memberIdFor(each.id), account: each.id }))
    .filter(({ id, account }) => noted.has(id) && noted.get(id) !== account);
  if (missing.length === 0) return;
  writeOwn(rooms, { actor: null, kinds: ['workspace'] }, (tx) => noteAccounts(tx, missing));
}
