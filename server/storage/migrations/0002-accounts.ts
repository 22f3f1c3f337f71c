/**
 * Accounts. The first five tables are better-auth's, as its own migrator writes them (a test compares the two); `members`
 * is what an account may do here, `invitations` is how the next one comes in.
 */
import type { Migration } from '../migrate.ts';

export const accounts: Migration = {
  name: 'accounts',
  up: `
    CREATE TABLE "user" (
      "id" text NOT NULL PRIMARY KEY, "name" text NOT NULL, "email" text NOT NULL UNIQUE, "emailVerified" integer NOT NULL,
      "image" text, "createdAt" date NOT NULL, "updatedAt" date NOT NULL
    );
    CREATE TABLE "session" (
      "id" text NOT NULL PRIMARY KEY, "expiresAt" date NOT NULL, "token" text NOT NULL UNIQUE, "createdAt" date NOT NULL,
      "updatedAt" date NOT NULL, "ipAddress" text, "userAgent" text,
      "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE
    );
    CREATE TABLE "account" (
      "id" text NOT NULL PRIMARY KEY, "accountId" text NOT NULL, "providerId" text NOT NULL,
      "userId" text NOT NULL REFERENCES "user" ("id") ON DELETE CASCADE, "accessToken" text, "refreshToken" text,
      "idToken" text, "accessTokenExpiresAt" date, "refreshTokenExpiresAt" date, "scope" text, "password" text,
      "createdAt" date NOT NULL, "updatedAt" date NOT NULL
    );
    CREATE TABLE "verification" (
      "id" text NOT NULL PRIMARY KEY, "identifier" text NOT NULL, "value" text NOT NULL, "expiresAt" date NOT NULL,
      "createdAt" date NOT NULL, "updatedAt" date NOT NULL
    );
    CREATE TABLE "rateLimit" (
      "id" text NOT NULL PRIMARY KEY, "key" text NOT NULL UNIQUE, "count" integer NOT NULL, "lastRequest" bigint NOT NULL
    );
    CREATE INDEX "session_userId_idx" ON "session" ("userId");
    CREATE INDEX "account_userId_idx" ON "account" ("userId");
    CREATE INDEX "verification_identifier_idx" ON "verification" ("identifier");

    CREATE TABLE members (
      user TEXT PRIMARY KEY REFERENCES "user" ("id"),
      role TEXT NOT NULL CHECK (role IN ('owner', 'admin', 'member', 'viewer')),
      joined_at INTEGER NOT NULL,
      last_seen_at INTEGER
    ) STRICT;

    -- The link's token is a password for one use: only its SHA-256 is kept.
    CREATE TABLE invitations (
      id TEXT PRIMARY KEY,
      token_hash TEXT NOT NULL UNIQUE,
      name TEXT NOT NULL,
      role TEXT NOT NULL CHECK (role IN ('admin', 'member', 'viewer')),
      invited_by TEXT NOT NULL REFERENCES "user" ("id"),
      created_at INTEGER NOT NULL,
      expires_at INTEGER NOT NULL,
      used_at INTEGER,
      used_by TEXT REFERENCES "user" ("id"),
      withdrawn_at INTEGER
    ) STRICT;
  `,
};
