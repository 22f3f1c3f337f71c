/** What belongs to signing in and leaving, beside the accounts themselves; one object, because they are always made together. */
import type { Database } from 'better-sqlite3';
import { type ApiTokens, createApiTokens } from './api-tokens.ts';
import { createHeldChanges, type HeldChanges } from './held-changes.ts';
import { createResetLinks, type ResetLinks } from './reset-links.ts';
import { createSessions, type Sessions } from './sessions.ts';

export interface Access {
  readonly tokens: ApiTokens;
  readonly resetLinks: ResetLinks;
  readonly sessions: Sessions;
  readonly held: HeldChanges;
}

export function createAccess(db: Database, now?: () => number): Access {
  return {
    tokens: createApiTokens(db, now),
    resetLinks: createResetLinks(db, now),
    sessions: createSessions(db, now),
    held: createHeldChanges(db, now),
  };
}
