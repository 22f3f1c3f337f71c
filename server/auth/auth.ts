/**
 * Sign-in and sessions: better-auth over our SQLite connection. Accounts are not made here (no sign-up): the first visitor
 * and invited people come in through accounts in server/http.
 */
import { passkey } from '@better-auth/passkey';
import { type BetterAuthOptions, betterAuth } from 'better-auth';
import { hashPassword, verifyPassword } from 'better-auth/crypto';
import { twoFactor } from 'better-auth/plugins/two-factor';
import type { Database } from 'better-sqlite3';
import { SqliteDialect } from 'kysely';
import { createSessions } from '../storage/sessions.ts';
import { signedToken } from './session-cookie.ts';

/** Where the app puts the client's address; whatever a client sends under this name is overwritten. */
export const CLIENT_IP_HEADER = 'x-rapport-client-ip';

export const SHORTEST_PASSWORD = 10;
export const LONGEST_PASSWORD = 128;

const DAY_S = 86_400;

export interface Session {
  readonly sessionId: string;
  readonly userId: string;
}

export interface Auth {
  /** better-auth's own endpoints, for the few paths the app lets through. */
  handle(request: Request): Promise<Response>;
  /** The session of a request's cookie, or null. */
  sessionOf(headers: Headers): Promise<Session | null>;
  /** Like `sessionOf`, and prolongs the session; the headers carry the renewed cookie. */
  renew(headers: Headers): Promise<{ readonly session: Session | null; readonly headers: Headers }>;
  /** Signs in and answers with the session cookie. The password was checked when this is called for a new account. */
  signIn(credentials: { email: string; password: string }, headers: Headers): Promise<Response>;
  hashPassword(password: string): Promise<string>;
}

export interface AuthOptions {
  readonly db: Database;
  /** Signs cookies; lives in the data folder, so that a restart signs nobody out. */
  readonly secret: string;
  /** Where people reach the server; cookies are `Secure` when it is https. */
  readonly publicUrl: string;
  readonly report: (message: string) => void;
  /** Scrypt as better-auth sets it, when left out. Tests that are not about passwords take something quicker. */
  readonly passwords?: Passwords;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  verify(both: { hash: string; password: string }): Promise<boolean>;
}

const SCRYPT: Passwords = { hash: hashPassword, verify: verifyPassword };

/** The options as they decide tables, cookies and limits; the schema test asks better-auth's migrator about them. */
export function authOptions({ db, secret, publicUrl, report, passwords = SCRYPT }: AuthOptions) {
  return {
    appName: 'Rapport',
    baseURL: publicUrl,
    basePath: '/api/auth',
    secret,
    // No transactions of its own: it shares the connection, and an open one would swallow the commits of the sync log.
    database: { dialect: new SqliteDialect({ database: db }), type: 'sqlite', transaction: false },
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: SHORTEST_PASSWORD,
      maxPasswordLength: LONGEST_PASSWORD,
      password: passwords,
    },
    plugins: [
      twoFactor({ issuer: 'Rapport' }),
      // The relying party is the host of `baseURL`: passkeys need PUBLIC_URL, or localhost.
      passkey({ rpName: 'Rapport' }),
    ],
    // Long enough to be away for a month, offline included.
    session: { expiresIn: 30 * DAY_S, updateAge: DAY_S, cookieCache: { enabled: false } },
    rateLimit: {
      enabled: true,
      storage: 'database',
      window: 60,
      max: 600,
      customRules: { '/sign-in/email': { window: 60, max: 10 } },
    },
    // The app has compared Origin and Host before (http/origins.ts).
    trustedOrigins: (request?: Request) => [request?.headers.get('origin') ?? publicUrl],
    advanced: {
      cookiePrefix: 'rapport',
      useSecureCookies: publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [CLIENT_IP_HEADER] },
      database: { validateSchema: false },
    },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (_level, message) => report(`better-auth: ${message}`) },
  } satisfies BetterAuthOptions;
}

export function createAuth(options: AuthOptions): Auth {
  const settings = authOptions(options);
  const auth = betterAuth(settings);
  const sessions = createSessions(options.db);
  const { cookiePrefix, useSecureCookies } = settings.advanced;
  const cookieName = `${useSecureCookies ? '__Secure-' : ''}${cookiePrefix}.session_token`;

  return {
    handle: (request) => auth.handler(request),
    async sessionOf(headers) {
      const token = signedToken(headers.get('cookie'), cookieName, options.secret);
      const session = token === null ? null : sessions.byToken(token);
      if (session !== null) return session;
      // Renewing is `renew`'s: here the cookie could not follow.
      const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
      return found === null ? null : { sessionId: found.session.id, userId: found.user.id };
    },
    async renew(headers) {
      const found = await auth.api.getSession({ headers, returnHeaders: true });
      const session = found.response;
      return {
        session: session === null ? null : { sessionId: session.session.id, userId: session.user.id },
        headers: found.headers,
      };
    },
    signIn: (body, headers) => auth.api.signInEmail({ body, headers, asResponse: true }),
    hashPassword: (password) => (options.passwords ?? SCRYPT).hash(password),
  };
}
