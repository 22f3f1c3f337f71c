/** Where browsers want to be told of something while the app is closed, by the push service they name. */
import type { Migration } from '../migrate.ts';

export const push: Migration = {
  name: 'push',
  up: `
    -- One row per browser. The keys are the browser's: what is sent can be read by nobody in between.
    CREATE TABLE push_subscriptions (
      endpoint TEXT PRIMARY KEY,
      user TEXT NOT NULL REFERENCES "user" ("id"),
      p256dh TEXT NOT NULL,
      auth TEXT NOT NULL,
      added_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX push_subscriptions_by_user ON push_subscriptions (user);
  `,
};
