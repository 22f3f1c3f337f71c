/** What the server remembers about itself: identity, epoch, secret. One short text per key. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';

export interface Identity {
  /** Names this workspace for ever: clients name their local databases after it. */
  readonly serverId: string;
  /** Changes when the data was replaced under the same identity, for example by restoring a backup. */
  readonly epoch: string;
  /** Signs session cookies. Kept in the data folder, so that a restart signs nobody out. */
  readonly authSecret: string;
}

/** Reads the identity; the first call on a new database makes it. */
export function identityOf(db: Database): Identity {
  const readOrMake = (key: string, make: () => string): string => {
    db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING').run(key, make());
    return db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?').get(key)?.value ?? '';
  };
  return {
    serverId: readOrMake('server_id', randomUUID),
    epoch: readOrMake('epoch', randomUUID),
    authSecret: readOrMake('auth_secret', () => randomBytes(32).toString('base64url')),
  };
}
