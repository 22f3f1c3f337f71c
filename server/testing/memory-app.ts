/** The HTTP app over a database in memory, asked without a network. For tests. */
import type { Database } from 'better-sqlite3';
import { createAuth } from '../auth/auth.ts';
import { createApp } from '../http/app.ts';
import { ensureStandardRooms } from '../http/room-routes.ts';
import type { Services } from '../http/services.ts';
import { createAccess } from '../storage/access.ts';
import { createAccounts } from '../storage/accounts.ts';
import { openMemoryDatabase } from '../storage/data-folder.ts';
import { createErasures } from '../storage/erasures.ts';
import type { FileStore } from '../storage/file-store.ts';
import { createHistory } from '../storage/history.ts';
import { createInvitations } from '../storage/invitations.ts';
import { identityOf, setTrashDays, trashDaysOf } from '../storage/meta.ts';
import { schemaVersion } from '../storage/migrate.ts';
import { createSpaces } from '../storage/spaces.ts';
import { createUpdateLog } from '../storage/update-log.ts';
import { createRooms } from '../sync/rooms.ts';
import { cookieOf, PASSWORD, QUICK_PASSWORDS } from './test-server.ts';

export interface AskOptions {
  readonly body?: unknown;
  readonly cookie?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface MemoryApp {
  readonly services: Services;
  readonly db: Database;
  readonly reports: unknown[][];
  readonly endedSessions: string[];
  ask(method: string, path: string, options?: AskOptions): Promise<Response>;
  /** Sends bytes as they are. */
  send(method: string, path: string, bytes: Uint8Array, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Makes the workspace; returns the owner's cookie. */
  setUp(): Promise<string>;
  /** Invites and accepts; returns the new person's cookie. */
  join(ownerCookie: string, name: string, role?: 'admin' | 'member' | 'viewer'): Promise<string>;
}

export interface MemoryAppOptions {
  readonly now?: () => number;
  readonly publicUrl?: string | null;
  readonly setupCode?: string | null;
  /** Hash passwords as production does. */
  readonly hasRealPasswords?: boolean;
  readonly files?: FileStore;
}

export function setUpMemoryApp({
  now = Date.now,
  publicUrl = null,
  setupCode = null,
  hasRealPasswords = false,
  files,
}: MemoryAppOptions = {}): MemoryApp {
  const db = openMemoryDatabase();
  const reports: unknown[][] = [];
  const report = (...what: unknown[]) => void reports.push(what);
  const log = createUpdateLog(db, now);
  ensureStandardRooms(log, now());
  const identity = identityOf(db);
  const spaces = createSpaces(db, now);
  const erasures = createErasures(db, now);
  const endedSessions: string[] = [];
  const services: Services = {
    auth: createAuth({
      db,
      secret: identity.authSecret,
      publicUrl: publicUrl ?? 'http://crm.test',
      report,
      ...(hasRealPasswords ? {} : { passwords: QUICK_PASSWORDS }),
    }),
    accounts: createAccounts(db, now),
    access: createAccess(db, now),
    invitations: createInvitations(db, now),
    rooms: createRooms({ log, now, report, movedTo: (record) => spaces.movedTo(record), erased: erasures }),
    log,
    history: createHistory(db),
    erasures,
    spaces,
    identity,
    build: 'test',
    publicUrl,
    schemaVersion: () => schemaVersion(db),
    endSession: (sessionId) => void endedSessions.push(sessionId),
    closeSockets: () => undefined,
    closeSpace: () => undefined,
    isAccount: () => false,
    trashClock: { days: () => trashDaysOf(db) ?? 30, setDays: (days) => setTrashDays(db, days) },
    setupCode,
    now,
    report,
    ...(files === undefined ? {} : { files }),
  };
  const app = createApp(services, async (_c, next) => next());

  function ask(method: string, path: string, { body, cookie, headers = {} }: AskOptions = {}): Promise<Response> {
    const answer = app.request(`http://crm.test${path}`, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === undefined ? {} : { cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return Promise.resolve(answer);
  }

  return {
    services,
    db,
    reports,
    endedSessions,
    ask,
    send: async (method, path, bytes, headers = {}) =>
      app.request(`http://crm.test${path}`, { method, headers, body: bytes.slice() }),
    async setUp() {
      const body = {
        workspaceName: 'Acme',
        name: 'Anna',
        email: 'anna@acme.test',
        password: PASSWORD,
        currency: 'EUR',
      };
      return cookieOf(await ask('POST', '/api/setup', { body }));
    },
    async join(ownerCookie, name, role = 'member') {
      const made = await ask('POST', '/api/invitations', { cookie: ownerCookie, body: { name, role } });
      const token = ((await made.json()) as { url: string }).url.split('/').at(-1);
      const body = { token, name, email: `${name.toLowerCase()}@acme.test`, password: PASSWORD };
      return cookieOf(await ask('POST', '/api/invitations/accept', { body }));
    },
  };
}
