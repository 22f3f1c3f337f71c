/**
 * Roles and access. `twoFactor`, `passkey` and the column of "user" are better-auth's, as its own migrator writes them.
 * Of every secret that is handed out (API token, reset link) only the SHA-256 is kept.
 */
import type { Migration } from '../migrate.ts';

export const access: Migration = {
  name: 'access',
  up: `
    ALTER TABLE "user" ADD COLUMN "twoFactorEnabled" integer;
    CREATE TABLE "twoFactor" (
      "id" text NOT NULL PRIMARY KEY, "secret" text NOT NULL, "backupCodes" text NOT NULL,
      "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE, "verified" integer,
      "failedVerificationCount" integer, "lockedUntil" date
    );
    CREATE TABLE "passkey" (
      "id" text NOT NULL PRIMARY KEY, "name" text, "publicKey" text NOT NULL,
      "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE, "credentialID" text NOT NULL,
      "counter" integer NOT NULL, "deviceType" text NOT NULL, "backedUp" integer NOT NULL, "transports" text,
      "createdAt" date, "aaguid" text
    );
    CREATE INDEX "twoFactor_secret_idx" ON "twoFactor" ("secret");
    CREATE INDEX "twoFactor_userId_idx" ON "twoFactor" ("userId");
    CREATE INDEX "passkey_userId_idx" ON "passkey" ("userId");
    CREATE INDEX "passkey_credentialID_idx" ON "passkey" ("credentialID");

    -- Who was a member and is no longer. The account stays, so that their devices can be told and can hand in what they
    -- had not sent; it may do nothing else.
    CREATE TABLE removed_members (
      user TEXT PRIMARY KEY REFERENCES "user" ("id"),
      role TEXT NOT NULL,
      removed_at INTEGER NOT NULL,
      removed_by TEXT NOT NULL REFERENCES "user" ("id")
    ) STRICT;

    -- Unsent changes of removed members, until somebody decides. digest: the same bundle handed in twice is one.
    CREATE TABLE held_changes (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user TEXT NOT NULL REFERENCES "user" ("id"),
      digest TEXT NOT NULL,
      data TEXT NOT NULL,
      at INTEGER NOT NULL,
      state TEXT NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'applied', 'discarded')),
      decided_by TEXT REFERENCES "user" ("id"),
      decided_at INTEGER,
      UNIQUE (user, digest)
    ) STRICT;

    CREATE TABLE session_activity (
      session TEXT PRIMARY KEY,
      seen_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- tail: the last characters, so that people can tell their tokens apart.
    CREATE TABLE api_tokens (
      id TEXT PRIMARY KEY,
      user TEXT NOT NULL REFERENCES "user" ("id"),
      name TEXT NOT NULL,
      token_hash TEXT NOT NULL UNIQUE,
      tail TEXT NOT NULL,
      created_at INTEGER NOT NULL,
      last_used_at INTEGER
    ) STRICT;

    CREATE TABLE reset_links (
      token_hash TEXT PRIMARY KEY,
      user TEXT NOT NULL REFERENCES "user" ("id"),
      made_by TEXT NOT NULL REFERENCES "user" ("id"),
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      used_at INTEGER
    ) STRICT, WITHOUT ROWID;
  `,
};
