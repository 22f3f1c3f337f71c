/** Where somebody is signed in: better-auth's sessions as a list people can read, and end. */
import type { Database } from 'better-sqlite3';

export interface SessionInfo {
  /** Not the cookie's token: it opens nothing. */
  readonly id: string;
  readonly userAgent: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
}

export interface Sessions {
  /** Whose session a cookie's token opens; null when there is none, or none any more. */
  byToken(token: string): { readonly sessionId: string; readonly userId: string } | null;
  /** Those that are still good, the one used last first. */
  list(userId: string): readonly SessionInfo[];
  /** False when the person has no such session. */
  end(userId: string, sessionId: string): boolean;
  /** Ends all but one, or all; returns how many. */
  endOthers(userId: string, except: string | null): number;
  markSeen(sessionId: string): void;
  /** How many places each person is signed in at. */
  counts(): ReadonlyMap<string, number>;
}

interface SessionRow {
  id: string;
  userAgent: string | null;
  createdAt: string;
  seen_at: number | null;
}

const MINUTE_MS = 60_000;

export function createSessions(db: Database, now: () => number = Date.now): Sessions {
  const iso = () => new Date(now()).toISOString();
  const list = db.prepare<[string, string], SessionRow>(
    `SELECT s.id, s.userAgent, s.createdAt, a.seen_at FROM "session" s
     LEFT JOIN session_activity a ON a.session = s.id WHERE s.userId = ? AND s.expiresAt > ?`,
  );
  const byToken = db.prepare<[string], { id: string; userId: string; expiresAt: string }>(
    'SELECT id, userId, expiresAt FROM "session" WHERE token = ?',
  );
  const end = db.prepare('DELETE FROM "session" WHERE id = ? AND userId = ?');
  const endOthers = db.prepare('DELETE FROM "session" WHERE userId = ? AND id <> ?');
  const seen = db.prepare(
    `INSERT INTO session_activity (session, seen_at) VALUES (?, ?)
     ON CONFLICT (session) DO UPDATE SET seen_at = excluded.seen_at WHERE seen_at < excluded.seen_at - ${MINUTE_MS}`,
  );
  const forget = db.prepare('DELETE FROM session_activity WHERE session NOT IN (SELECT id FROM "session")');
  const counts = db.prepare<[string], { userId: string; count: number }>(
    'SELECT userId, count(*) AS count FROM "session" WHERE expiresAt > ? GROUP BY userId',
  );
  return {
    byToken(token) {
      const row = byToken.get(token);
      if (row === undefined || !(Date.parse(row.expiresAt) > now())) return null;
      return { sessionId: row.id, userId: row.userId };
    },
    list: (userId) =>
      list
        .all(userId, iso())
        .map(({ id, userAgent, createdAt, seen_at }) => {
          const since = Date.parse(createdAt);
          return { id, userAgent: userAgent ?? '', createdAt: since, lastSeenAt: Math.max(seen_at ?? 0, since) };
        })
        .sort((left, right) => right.lastSeenAt - left.lastSeenAt),
    end(userId, sessionId) {
      const isEnded = end.run(sessionId, userId).changes === 1;
      forget.run();
      return isEnded;
    },
    endOthers(userId, except) {
      const { changes } = endOthers.run(userId, except ?? '');
      forget.run();
      return changes;
    },
    markSeen: (sessionId) => void seen.run(sessionId, now()),
    counts: () => new Map(counts.all(iso()).map(({ userId, count }) => [userId, count])),
  };
}
