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

export interface Accounts {
  /** True until the first account exists. */
  needsSetup(): boolean;
  /** Makes the first account; of two at the same time one is told `already-set-up`. */
  createFirst(account: NewAccount): AccountRefusal | null;
  /** Makes an account and calls `also` in the same transaction. What `also` throws undoes both. */
  create(account: NewAccount, also: () => void): AccountRefusal | null;
  /** Takes back an account that nobody has used yet. */
  remove(userId: string): void;
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

export function createAccounts(db: Database, now: () => number = Date.now): Accounts {
  const select = `SELECT u.id, u.name, u.email, m.role, m.joined_at, m.last_seen_at FROM members m JOIN "user" u ON u.id = m.user`;
  const anyone = db.prepare('SELECT 1 FROM "user" LIMIT 1');
  const byId = db.prepare<[string], AccountRow>(`${select} WHERE u.id = ?`);
  const all = db.prepare<[], AccountRow>(`${select} ORDER BY m.joined_at, u.id`);
  const byEmail = db.prepare<[string]>('SELECT 1 FROM "user" WHERE email = ?');
  const seen = db.prepare('UPDATE members SET last_seen_at = ? WHERE user = ?');
  const session = db.prepare<[string], { expiresAt: string }>(
    'SELECT s.expiresAt FROM "session" s JOIN members m ON m.user = s.userId WHERE s.id = ?',
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
    remove: db.transaction((userId: string) => {
      db.prepare('DELETE FROM members WHERE user = ?').run(userId);
      db.prepare('DELETE FROM "user" WHERE id = ?').run(userId);
    }),
    byId(userId) {
      const row = byId.get(userId);
      return row === undefined ? null : accountOf(row);
    },
    all: () => all.all().map(accountOf),
    markSeen: (userId) => void seen.run(now(), userId),
    isSessionValid(sessionId) {
      const row = session.get(sessionId);
      return row !== undefined && Date.parse(row.expiresAt) > now();
    },
  };
}

function accountOf({ id, name, email, role, joined_at, last_seen_at }: AccountRow): Account {
  return { id, name, email, role, joinedAt: joined_at, lastSeenAt: last_seen_at };
}
