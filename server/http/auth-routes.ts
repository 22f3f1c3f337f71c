/** Signing in and out: password, second step, passkeys, and a new password by a link somebody made. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { answerOf, tooMany, withAddress } from './auth-request.ts';
import { newPassword, readBody, readJson } from './body.ts';
import { ApiError } from './errors.ts';
import type { RateLimit } from './rate-limit.ts';
import type { AppContext, AppEnv, Services } from './services.ts';

/** better-auth's own endpoints that are open; each checks the session, or the cookie of a sign-in that is half done. */
const WITH_BODY = [
  'two-factor/enable',
  'two-factor/disable',
  'two-factor/verify-totp',
  'two-factor/verify-backup-code',
  'two-factor/generate-backup-codes',
  'passkey/verify-registration',
  'passkey/verify-authentication',
  'passkey/delete-passkey',
] as const;
const BY_GET = [
  'get-session',
  'passkey/generate-register-options',
  'passkey/generate-authenticate-options',
  'passkey/list-user-passkeys',
] as const;

const resetBody = v.object({ token: v.string('The link is missing.'), password: newPassword });

const passwordBody = v.object({ currentPassword: v.string('Your password is missing.'), newPassword });

export function authRoutes(services: Services, strangers: RateLimit): Hono<AppEnv> {
  const { auth, accounts, access } = services;
  const app = new Hono<AppEnv>();

  const slowDown = (c: AppContext) => {
    const wait = strangers.take(c.get('clientAddress'));
    if (wait > 0) throw tooMany(wait);
  };

  app.post('/api/auth/sign-in/email', async (c) => {
    const answer = await auth.handle(withAddress(c, await readJson(c)));
    if (answer.ok) return answer;
    if (answer.status === 429) throw tooMany(Number(answer.headers.get('x-retry-after') ?? 60));
    // Node's fetch and some tools say that they are one and not from where; browsers say both.
    if (answer.status === 403) throw NO_ORIGIN;
    if (answer.status >= 500) throw new Error(`signing in failed with ${answer.status}`);
    throw new ApiError(
      401,
      'wrong-credentials',
      'The e-mail address or the password is not right. Check both and try again.',
    );
  });

  app.post('/api/auth/sign-out', async (c) => {
    const session = await auth.sessionOf(c.req.raw.headers);
    const answer = await auth.handle(withAddress(c, {}));
    if (answer.ok && session !== null) services.endSession(session.sessionId);
    return answer;
  });

  for (const path of BY_GET) app.get(`/api/auth/${path}`, async (c) => answerOf(await auth.handle(withAddress(c))));
  for (const path of WITH_BODY) {
    app.post(`/api/auth/${path}`, async (c) => answerOf(await auth.handle(withAddress(c, await readJson(c)))));
  }

  app.post('/api/auth/change-password', async (c) => {
    const body = await readBody(c, passwordBody);
    return answerOf(await auth.handle(withAddress(c, { ...body, revokeOtherSessions: false })));
  });

  app.get('/api/reset/:token', (c) => {
    slowDown(c);
    const account = accounts.byId(usable(c.req.param('token')));
    return c.json({ name: account?.name ?? '', email: account?.email ?? '' });
  });

  /** Ends every session: whoever knew the old password is out. */
  app.post('/api/reset', async (c) => {
    slowDown(c);
    const { token, password } = await readBody(c, resetBody);
    usable(token);
    const passwordHash = await auth.hashPassword(password);
    const userId = usable(token);
    if (!access.resetLinks.use(token)) throw RESET_USED;
    accounts.setPassword(userId, passwordHash);
    access.sessions.endOthers(userId, null);
    services.closeSockets((user) => user.id === userId, 'The password was changed. Sign in with the new one.');
    return c.json({ ok: true });
  });

  function usable(token: string): string {
    const link = access.resetLinks.find(token);
    if (link === null || accounts.byId(link.userId) === null) {
      throw new ApiError(404, 'no-reset', 'This link is not known here. Ask whoever sent it for a new one.');
    }
    if (link.state === 'used') throw RESET_USED;
    if (link.state === 'expired') {
      throw new ApiError(410, 'reset-expired', 'This link has expired. Ask whoever sent it for a new one.');
    }
    return link.userId;
  }

  return app;
}

const NO_ORIGIN = new ApiError(
  403,
  'no-origin',
  'This request does not say which page it comes from. Sign in on Rapport’s own page; a script sends an Origin header.',
);

const RESET_USED = new ApiError(
  410,
  'reset-used',
  'This link was used already, or a newer one was made. If your password does not work, ask for a new link.',
);
