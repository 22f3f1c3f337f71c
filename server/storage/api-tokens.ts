/** API tokens: each acts with the rights of whoever made it, until it is revoked. */
import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { hashOf, newSecret } from './secrets.ts';

export interface ApiToken {
  readonly id: string;
  readonly name: string;
  /** The last characters of the token. */
  readonly tail: string;
  readonly createdAt: number;
  /** To the minute. */
  readonly lastUsedAt: number | null;
}

export interface ApiTokens {
  /** The token itself is in this answer only. Null when the person has as many as anybody may have. */
  create(token: {
    readonly userId: string;
    readonly name: string;
  }): { readonly info: ApiToken; readonly token: string } | null;
  list(userId: string): readonly ApiToken[];
  /** False when the person has no such token. */
  revoke(userId: string, id: string): boolean;
  /** Whose token it is, and notes that it was used. */
  use(token: string): { readonly tokenId: string; readonly userId: string } | null;
}

/** Recognisable in a log or a leaked file. */
const TOKEN_PREFIX = 'rap_';
const MOST_TOKENS = 50;
const TAIL = 4;
const MINUTE_MS = 60_000;

interface TokenRow {
  id: string;
  user: string;
  name: string;
  tail: string;
  created_at: number;
  last_used_at: number | null;
}

export function createApiTokens(db: Database, now: () => number = Date.now): ApiTokens {
  const insert = db.prepare(
    'INSERT INTO api_tokens (id, user, name, token_hash, tail, created_at) VALUES (?, ?, ?, ?, ?, ?)',
  );
  const list = db.prepare<[string], TokenRow>('SELECT * FROM api_tokens WHERE user = ? ORDER BY created_at DESC, id');
  const byHash = db.prepare<[string], TokenRow>('SELECT * FROM api_tokens WHERE token_hash = ?');
  const used = db.prepare('UPDATE api_tokens SET last_used_at = ? WHERE id = ?');
  const revoke = db.prepare('DELETE FROM api_tokens WHERE id = ? AND user = ?');

  return {
    create({ userId, name }) {
      if (list.all(userId).length >= MOST_TOKENS) return null;
      const token = TOKEN_PREFIX + newSecret();
      const info = { id: `token_${randomBytes(12).toString('hex')}`, name, tail: token.slice(-TAIL), createdAt: now() };
      insert.run(info.id, userId, name, hashOf(token), info.tail, info.createdAt);
      return { info: { ...info, lastUsedAt: null }, token };
    },
    list: (userId) => list.all(userId).map(read),
    revoke: (userId, id) => revoke.run(id, userId).changes === 1,
    use(token) {
      if (!token.startsWith(TOKEN_PREFIX)) return null;
      const row = byHash.get(hashOf(token));
      if (row === undefined) return null;
      if (now() - (row.last_used_at ?? 0) >= MINUTE_MS) used.run(now(), row.id);
      return { tokenId: row.id, userId: row.user };
    },
  };
}

const read = ({ id, name, tail, created_at, last_used_at }: TokenRow): ApiToken => ({
  id,
  name,
  tail,
  createdAt: created_at,
  lastUsedAt: last_used_at,
});
