/**
 * Accounts and what they may do. Sessions and passwords are better-auth's; rows are written here, in one transaction with
 * the role (and the invitation), so that there is never an account without a role or an invitation used twice.
 */
import type { Database } from 'better-sqlite3';
import type { Role } from '../../shared/sync/protocol.ts';

export interface NewAccount {
  readonly id: string;
  readonly name: string;
  /** Lower case. */
  readonly email: string;
  readonly passwordHash: string;
  readonly role: Role;
}

export interface Account {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: Role;
  /** Epoch ms. */
  readonly joinedAt: number;
  readonly lastSeenAt: number | null;
}

export type AccountRefusal = 'email-taken' | 'already-set-up';

/** Somebody who was a member. */
export interface RemovedAccount {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Epoch ms. */
  readonly removedAt: number;
  /** User id. */
  readonly removedBy: string;
}

/** `missing`: no member, any more. `last-owner`: somebody must own the workspace. */
export type ChangeRefusal = 'missing' | 'last-owner';

export interface Accounts {
  /** True until the first account exists. */
  needsSetup(): boolean;
  /** Makes the first account; of two at the same time one is told `already-set-up`. */
  createFirst(account: NewAccount): AccountRefusal | null;
  /** Makes an account and calls `also` in the same transaction. What `also` throws undoes both. */
  create(account: NewAccount, also: () => void): AccountRefusal | null;
  /** Takes back an account that nobody has used yet. */
  takeBack(userId: string): void;
  setRole(userId: string, role: Role): ChangeRefusal | null;
  /** What `setRole` and `remove` would say. */
  checkChange(userId: string, role: Role | null): ChangeRefusal | null;
  /** Ends the membership. Account and sessions stay, so that devices can be told; they may do nothing any more. */
  remove(userId: string, by: string): ChangeRefusal | null;
  removed(userId: string): RemovedAccount | null;
  allRemoved(): readonly RemovedAccount[];
  rename(userId: string, name: string): void;
  setPassword(userId: string, passwordHash: string): void;
  /** For somebody who lost the device with the codes and the recovery codes too. */
  turnOffTwoFactor(userId: string): void;
  byId(userId: string): Account | null;
  all(): readonly Account[];
  markSeen(userId: string): void;
  isSessionValid(sessionId: string): boolean;
}

interface AccountRow {
  id: string;
  name: string;
  email: string;
  role: Role;
  joined_at: number;
  last_seen_at: number | null;
}

interface RemovedRow {
  id: string;
  name: string;
  email: string;
  removed_at: number;
  removed_by: string;
}

const SELECT_REMOVED =
  'SELECT u.id, u.name, u.email, r.removed_at, r.removed_by FROM removed_members r JOIN "user" u ON u.id = r.user';

const MINUTE_MS = 60_000;

export function createAccounts(db: Database, now: () => number = Date.now): Accounts {
  const select = `SELECT u.id, u.name, u.email, m.role, m.joined_at, m.last_seen_at FROM members m JOIN "user" u ON u.id = m.user`;
  const anyone = db.prepare('SELECT 1 FROM "user" LIMIT 1');
  const byId = db.prepare<[string], AccountRow>(`${select} WHERE u.id = ?`);
  const all = db.prepare<[], AccountRow>(`${select} ORDER BY m.joined_at, u.id`);
  const byEmail = db.prepare<[string]>('SELECT 1 FROM "user" WHERE email = ?');
  // Rounded to the minute: everybody who comes back after a restart would wait for everybody's write.
  const seen = db.prepare(
    `UPDATE members SET last_seen_at = @at WHERE user = @user AND coalesce(last_seen_at, 0) < @at - ${MINUTE_MS}`,
  );
  const session = db.prepare<[string], { expiresAt: string }>(
    'SELECT s.expiresAt FROM "session" s JOIN members m ON m.user = s.userId WHERE s.id = ?',
  );

  const isoNow = () => new Date(now()).toISOString();
  const removed = db.prepare<[string], RemovedRow>(`${SELECT_REMOVED} WHERE r.user = ?`);
  const allRemoved = db.prepare<[], RemovedRow>(`${SELECT_REMOVED} ORDER BY r.removed_at DESC, r.user`);
  const otherOwners = db.prepare<[string]>("SELECT 1 FROM members WHERE role = 'owner' AND user <> ? LIMIT 1");

  function checkChange(userId: string, role: Role | null): ChangeRefusal | null {
    const account = byId.get(userId);
    if (account === undefined) return 'missing';
    const losesOwner = account.role === 'owner' && role !== 'owner';
    return losesOwner && otherOwners.get(userId) === undefined ? 'last-owner' : null;
  }

  const setRole = db.transaction((userId: string, role: Role): ChangeRefusal | null => {
    const refusal = checkChange(userId, role);
    if (refusal === null) db.prepare('UPDATE members SET role = ? WHERE user = ?').run(role, userId);
    return refusal;
  });

  const remove = db.transaction((userId: string, by: string): ChangeRefusal | null => {
    const refusal = checkChange(userId, null);
    if (refusal !== null) return refusal;
    db.prepare(
      `INSERT INTO removed_members (user, role, removed_at, removed_by)
       SELECT user, role, ?, ? FROM members WHERE user = ?`,
    ).run(now(), by, userId);
    db.prepare('DELETE FROM members WHERE user = ?').run(userId);
    db.prepare('DELETE FROM api_tokens WHERE user = ?').run(userId);
    db.prepare('UPDATE reset_links SET used_at = ? WHERE user = ? AND used_at IS NULL').run(now(), userId);
    return null;
  });

  /** An address is free again when its owner was removed; the old account keeps a name nobody can sign in with. */
  const freeAddress = db.prepare(
    `UPDATE "user" SET email = 'removed:' || id WHERE email = ? AND id IN (SELECT user FROM removed_members)`,
  );

  function insert({ id, name, email, passwordHash, role }: NewAccount): void {
    const at = now();
    const iso = new Date(at).toISOString();
    db.prepare(
      'INSERT INTO "user" (id, name, email, emailVerified, createdAt, updatedAt) VALUES (?, ?, ?, 0, ?, ?)',
    ).run(id, name, email, iso, iso);
    db.prepare(
      `INSERT INTO "account" (id, accountId, providerId, userId, password, createdAt, updatedAt)
       VALUES (?, ?, 'credential', ?, ?, ?, ?)`,
    ).run(`account_${id}`, id, id, passwordHash, iso, iso);
    db.prepare('INSERT INTO members (user, role, joined_at) VALUES (?, ?, ?)').run(id, role, at);
  }

  const create = db.transaction((account: NewAccount, also: () => void): AccountRefusal | null => {
    freeAddress.run(account.email);
    if (byEmail.get(account.email) !== undefined) return 'email-taken';
    insert(account);
    also();
    return null;
  });

  const createFirst = db.transaction((account: NewAccount): AccountRefusal | null => {
    if (anyone.get() !== undefined) return 'already-set-up';
    insert(account);
    return null;
  });

  return {
    needsSetup: () => anyone.get() === undefined,
    createFirst: (account) => createFirst.immediate(account),
    create: (account, also) => create.immediate(account, also),
    checkChange,
    setRole: (userId, role) => setRole.immediate(userId, role),
    remove: (userId, by) => remove.immediate(userId, by),
    removed: (userId) => readRemoved(removed.get(userId)),
    allRemoved: () => allRemoved.all().flatMap((row) => readRemoved(row) ?? []),
    rename: (userId, name) =>
      void db.prepare('UPDATE "user" SET name = ?, updatedAt = ? WHERE id = ?').run(name, isoNow(), userId),
    setPassword: (userId, passwordHash) =>
      void db
        .prepare(`UPDATE "account" SET password = ?, updatedAt = ? WHERE userId = ? AND providerId = 'credential'`)
        .run(passwordHash, isoNow(), userId),
    turnOffTwoFactor: db.transaction((userId: string) => {
      db.prepare('DELETE FROM "twoFactor" WHERE userId = ?').run(userId);
      db.prepare('UPDATE "user" SET twoFactorEnabled = 0 WHERE id = ?').run(userId);
    }),
    takeBack: db.transaction((userId: string) => {
      db.prepare('DELETE FROM members WHERE user = ?').run(userId);
      db.prepare('DELETE FROM "user" WHERE id = ?').run(userId);
    }),
    byId(userId) {
      const row = byId.get(userId);
      return row === undefined ? null : accountOf(row);
    },
    all: () => all.all().map(accountOf),
    markSeen: (user) => void seen.run({ user, at: now() }),
    isSessionValid(sessionId) {
      const row = session.get(sessionId);
      return row !== undefined && Date.parse(row.expiresAt) > now();
    },
  };
}

function accountOf({ id, name, email, role, joined_at, last_seen_at }: AccountRow): Account {
  return { id, name, email, role, joinedAt: joined_at, lastSeenAt: last_seen_at };
}

function readRemoved(row: RemovedRow | undefined): RemovedAccount | null {
  if (row === undefined) return null;
  const { id, name, email, removed_at, removed_by } = row;
  return { id, name, email: email.startsWith('removed:') ? '' : email, removedAt: removed_at, removedBy: removed_by };
}
