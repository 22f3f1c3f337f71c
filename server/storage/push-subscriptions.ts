/** Which browsers want to be told by a push service, and the keys this server signs with. */
import type { Database } from 'better-sqlite3';

export interface PushSubscription {
  readonly endpoint: string;
  readonly p256dh: string;
  readonly auth: string;
}

export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface PushSubscriptions {
  /** Made at the first call; the same from then on, or browsers would have to ask anew. */
  keys(make: () => VapidKeys): VapidKeys;
  of(userId: string): readonly PushSubscription[];
  /** A browser belongs to whoever used it last. Returns false when somebody has as many as there can be. */
  add(userId: string, subscription: PushSubscription, at: number): boolean;
  remove(endpoint: string, userId?: string): void;
}

/** Browsers of one person; a new one beyond that needs an old one to go. */
const MOST = 20;
const KEYS = 'vapid_keys';

export function createPushSubscriptions(db: Database): PushSubscriptions {
  const read = db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?');
  const keep = db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING');
  const list = db.prepare<[string], PushSubscription>(
    'SELECT endpoint, p256dh, auth FROM push_subscriptions WHERE user = ? ORDER BY added_at',
  );
  const insert = db.prepare(
    `INSERT INTO push_subscriptions (endpoint, user, p256dh, auth, added_at) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (endpoint) DO UPDATE SET user = excluded.user, p256dh = excluded.p256dh, auth = excluded.auth`,
  );
  const remove = db.prepare('DELETE FROM push_subscriptions WHERE endpoint = ?');
  const removeOwn = db.prepare('DELETE FROM push_subscriptions WHERE endpoint = ? AND user = ?');
  return {
    keys(make) {
      if (read.get(KEYS) === undefined) keep.run(KEYS, JSON.stringify(make()));
      return JSON.parse(read.get(KEYS)?.value ?? '{}') as VapidKeys;
    },
    of: (userId) => list.all(userId),
    add(userId, { endpoint, p256dh, auth }, at) {
      const others = list.all(userId).filter((each) => each.endpoint !== endpoint);
      if (others.length >= MOST) return false;
      insert.run(endpoint, userId, p256dh, auth, at);
      return true;
    },
    remove(endpoint, userId) {
      if (userId === undefined) remove.run(endpoint);
      else removeOwn.run(endpoint, userId);
    },
  };
}
