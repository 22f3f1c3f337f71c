/** Links to set a new password, made by somebody who may and handed over in person: nothing is sent. */
import type { Database } from 'better-sqlite3';
import { hashOf, newSecret } from './secrets.ts';

const RESET_HOURS = 24;
const HOUR_MS = 3_600_000;

export interface ResetLinks {
  /** Earlier links of the same person stop working. */
  create(link: { readonly userId: string; readonly madeBy: string }): {
    readonly token: string;
    readonly expiresAt: number;
  };
  find(token: string): { readonly userId: string; readonly state: 'open' | 'used' | 'expired' } | null;
  /** Marks it used; false when somebody was quicker. */
  use(token: string): boolean;
}

interface ResetRow {
  user: string;
  expires_at: number;
  used_at: number | null;
}

export function createResetLinks(db: Database, now: () => number = Date.now): ResetLinks {
  const endOthers = db.prepare('UPDATE reset_links SET used_at = ? WHERE user = ? AND used_at IS NULL');
  const insert = db.prepare(
    'INSERT INTO reset_links (token_hash, user, made_by, created_at, expires_at) VALUES (?, ?, ?, ?, ?)',
  );
  const byHash = db.prepare<[string], ResetRow>('SELECT * FROM reset_links WHERE token_hash = ?');
  const use = db.prepare(
    'UPDATE reset_links SET used_at = ? WHERE token_hash = ? AND used_at IS NULL AND expires_at > ?',
  );
  const create = db.transaction((userId: string, madeBy: string) => {
    const token = newSecret();
    const expiresAt = now() + RESET_HOURS * HOUR_MS;
    endOthers.run(now(), userId);
    insert.run(hashOf(token), userId, madeBy, now(), expiresAt);
    return { token, expiresAt };
  });
  return {
    create: ({ userId, madeBy }) => create.immediate(userId, madeBy),
    find(token) {
      const row = byHash.get(hashOf(token));
      if (row === undefined) return null;
      const state = row.used_at !== null ? 'used' : row.expires_at <= now() ? 'expired' : 'open';
      return { userId: row.user, state };
    },
    use: (token) => use.run(now(), hashOf(token), now()).changes === 1,
  };
}
