/** How people come in: the first run, accepting an invitation, and who they are then. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import * as v from 'valibot';
import { addMember, setUpWorkspace } from '../../shared/commands/workspace-commands.ts';
import { memberIdFor } from '../../shared/entities/member.ts';
import { formerUserId, isUserId } from '../member-accounts.ts';
import type { RemovedAccount } from '../storage/accounts.ts';
import { writeOwn } from '../sync/own-writes.ts';
import { tooMany, withAddress } from './auth-request.ts';
import { emailAddress, newPassword, personName, readBody, workspaceName } from './body.ts';
import { ApiError } from './errors.ts';
import type { RateLimit } from './rate-limit.ts';
import type { AppContext, AppEnv, Services } from './services.ts';
import { personOf, SIGNED_OUT } from './session.ts';
import { currentWorkspaceName } from './workspace-info.ts';

const WORKSPACE_ROOM = { actor: null, kinds: ['workspace'] } as const;

/** The user id a device remembers from a server that has lost it, see `member-accounts.ts`. */
const formerly = v.optional(v.string(), '');

const setupBody = v.object({
  workspaceName,
  code: v.optional(v.string()),
  formerUserId: formerly,
  name: personName,
  email: emailAddress,
  password: newPassword,
  currency: v.pipe(
    v.string('The currency is missing.'),
    v.regex(/^[A-Z]{3}$/, 'A currency is three letters, like EUR.'),
  ),
});

const acceptBody = v.object({
  token: v.string('The invitation is missing.'),
  formerUserId: formerly,
  name: personName,
  email: emailAddress,
  password: newPassword,
});

const ALREADY_SET_UP = new ApiError(
  409,
  'already-set-up',
  'This server already has a workspace. Sign in, or ask for an invitation.',
);
const EMAIL_TAKEN = new ApiError(
  409,
  'email-taken',
  'There is already an account with this e-mail address. Sign in with it, or use another address.',
);

export function accountRoutes(services: Services, strangers: RateLimit): Hono<AppEnv> {
  const { auth, accounts, access, invitations, rooms } = services;
  const app = new Hono<AppEnv>();

  const slowDown = (c: AppContext) => {
    const wait = strangers.take(c.get('clientAddress'));
    if (wait > 0) throw tooMany(wait);
  };

  app.get('/api/status', (c) =>
    c.json({
      needsSetup: accounts.needsSetup(),
      needsSetupCode: accounts.needsSetup() && services.setupCode !== null,
      workspaceName: currentWorkspaceName(services),
      serverId: services.identity.serverId,
      build: services.build,
    }),
  );

  app.post('/api/setup', async (c) => {
    slowDown(c);
    if (!accounts.needsSetup()) throw ALREADY_SET_UP;
    const body = await readBody(c, setupBody);
    requireSetupCode(body.code ?? '');
    // Nobody else is here whose it could be.
    const id = isUserId(body.formerUserId) ? body.formerUserId : newUserId();
    const passwordHash = await auth.hashPassword(body.password);
    const refusal = accounts.createFirst({ id, name: body.name, email: body.email, passwordHash, role: 'owner' });
    if (refusal !== null) throw ALREADY_SET_UP;
    const owner = { id: memberIdFor(id), name: body.name, email: body.email, role: 'owner', account: id } as const;
    try {
      writeOwn(rooms, WORKSPACE_ROOM, (tx) =>
        setUpWorkspace(tx, { name: body.workspaceName, currency: body.currency, owner }),
      );
    } catch (error) {
      accounts.takeBack(id);
      throw error;
    }
    return signIn(c, body, 201);
  });

  app.get('/api/invitations/by-token/:token', (c) => {
    slowDown(c);
    const invitation = usable(c.req.param('token'));
    return c.json({
      name: invitation.name,
      role: invitation.role,
      workspaceName: currentWorkspaceName(services),
      invitedBy: accounts.byId(invitation.invitedBy)?.name ?? '',
      expiresAt: invitation.expiresAt,
    });
  });

  app.post('/api/invitations/accept', async (c) => {
    slowDown(c);
    const body = await readBody(c, acceptBody);
    const invitation = usable(body.token);
    const passwordHash = await auth.hashPassword(body.password);
    const id = formerUserId(services, body.email, body.formerUserId) ?? newUserId();
    const { role } = invitation;
    const refusal = accounts.create({ id, name: body.name, email: body.email, passwordHash, role }, () => {
      // Somebody may have used, or withdrawn, it while the password was hashed.
      if (!invitations.use(invitation.id, id)) throw usedUp('used');
    });
    if (refusal !== null) throw EMAIL_TAKEN;
    const profile = { id: memberIdFor(id), name: body.name, email: body.email, role, account: id };
    writeOwn(rooms, WORKSPACE_ROOM, (tx) => addMember(tx, profile));
    return signIn(c, body, 201);
  });

  app.get('/api/me', async (c) => {
    const { session, headers } = await auth.renew(c.req.raw.headers);
    const me = session === null ? null : personOf(accounts, session);
    if (me === null) {
      const removed = session === null ? null : accounts.removed(session.userId);
      if (removed !== null) return c.json(removalAnswer(removed), 403);
      throw SIGNED_OUT;
    }
    access.sessions.markSeen(me.sessionId);
    for (const cookie of headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
    return c.json({
      user: { id: me.userId, name: me.name, email: me.email },
      memberId: me.memberId,
      role: me.role,
      serverId: services.identity.serverId,
      workspaceName: currentWorkspaceName(services),
    });
  });

  /** Whoever can read the terminal may make the workspace; compared in constant time. */
  function requireSetupCode(typed: string): void {
    if (services.setupCode === null) return;
    const [given, right] = [typed, services.setupCode].map((code) =>
      Buffer.from(
        code
          .toUpperCase()
          .replaceAll(/[^A-Z0-9]/g, '')
          .padEnd(64)
          .slice(0, 64),
      ),
    );
    if (given !== undefined && right !== undefined && timingSafeEqual(given, right)) return;
    const message = 'This is not the setup code. It is printed where the server was started.';
    throw new ApiError(422, 'wrong-code', message, [{ field: 'code', code: 'invalid', message }]);
  }

  /** The one answer that makes a device take its copy away: it names the person and the server it speaks of. */
  function removalAnswer({ id, name, removedAt, removedBy }: RemovedAccount) {
    const message = 'Your access to this workspace was taken away.';
    return {
      error: { code: 'removed', message },
      removal: {
        userId: id,
        name,
        serverId: services.identity.serverId,
        workspaceName: currentWorkspaceName(services),
        removedAt,
        by: accounts.byId(removedBy)?.name ?? '',
      },
    };
  }

  function usable(token: string) {
    const invitation = invitations.byToken(token);
    if (invitation === null) {
      throw new ApiError(404, 'no-invitation', 'This invitation link is not known here. Ask for a new one.');
    }
    if (invitation.state !== 'open') throw usedUp(invitation.state);
    return invitation;
  }

  async function signIn(c: AppContext, body: { email: string; password: string }, status: 201): Promise<Response> {
    const answer = await auth.signIn({ email: body.email, password: body.password }, withAddress(c).headers);
    if (!answer.ok) throw new Error(`a new account could not sign in: ${answer.status}`);
    for (const cookie of answer.headers.getSetCookie()) c.header('set-cookie', cookie, { append: true });
    return c.json({ ok: true }, status);
  }

  return app;
}

const newUserId = () => `user_${randomBytes(12).toString('hex')}`;

function usedUp(state: 'used' | 'expired' | 'withdrawn'): ApiError {
  const why = {
    used: 'This invitation was already used. If it was you, sign in; else ask for a new one.',
    expired: 'This invitation has expired. Ask for a new one.',
    withdrawn: 'This invitation was taken back. Ask for a new one.',
  }[state];
  return new ApiError(410, `invitation-${state}`, why);
}
