/** Who asks: the session cookie becomes a person with a role, or the request is refused. */
import type { MiddlewareHandler } from 'hono';
import { memberIdFor } from '../../shared/entities/member.ts';
import type { Role } from '../../shared/sync/protocol.ts';
import { tooMany } from './auth-request.ts';
import { ApiError } from './errors.ts';
import { createRateLimit } from './rate-limit.ts';
import type { AppEnv, Services, SignedIn } from './services.ts';

export const SIGNED_OUT = new ApiError(401, 'signed-out', 'Sign in to go on. What is on this device is safe.');

/** The person behind a session; null when the session or the account is gone. */
export async function whoIs(
  { auth, accounts }: Pick<Services, 'auth' | 'accounts'>,
  headers: Headers,
): Promise<SignedIn | null> {
  const session = await auth.sessionOf(headers);
  return session === null ? null : personOf(accounts, session);
}

export function personOf(
  accounts: Services['accounts'],
  session: { readonly sessionId: string; readonly userId: string },
): SignedIn | null {
  const account = accounts.byId(session.userId);
  if (account === null) return null;
  const { id, name, email, role } = account;
  return { sessionId: session.sessionId, userId: id, memberId: memberIdFor(id), name, email, role };
}

export function requireSession(services: Services): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    const me = await whoIs(services, c.req.raw.headers);
    if (me === null) throw SIGNED_OUT;
    c.set('me', me);
    await next();
  };
}

/**
 * A session, or an API token (`Authorization: Bearer rap_…`) with the rights of whoever made it. A request with a token is
 * never judged by its cookie.
 */
export function requireSessionOrToken(services: Services): MiddlewareHandler<AppEnv> {
  const wrong = createRateLimit(30, services.now);
  const right = createRateLimit(600, services.now);
  const bySession = requireSession(services);
  return async (c, next) => {
    const header = c.req.header('authorization');
    if (header === undefined) return bySession(c, next);
    const found = services.access.tokens.use(header.replace(/^Bearer\s+/i, ''));
    const wait = found === null ? wrong.take(c.get('clientAddress')) : right.take(found.tokenId);
    if (wait > 0) throw tooMany(wait);
    const me = found && personOf(services.accounts, { sessionId: '', userId: found.userId });
    if (!me) {
      throw new ApiError(401, 'wrong-token', 'This API token is not known here. It may have been revoked.');
    }
    c.set('me', me);
    await next();
  };
}

export function requireRole(me: SignedIn, roles: readonly Role[], sentence: string): void {
  if (!roles.includes(me.role)) throw new ApiError(403, 'not-allowed', sentence);
}
