/** What people do to their own account: name, devices, API tokens. With a session of their own, never with a token. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { updateMember } from '../../shared/commands/workspace-commands.ts';
import { writeOwn } from '../sync/own-writes.ts';
import { personName, readBody } from './body.ts';
import { ApiError } from './errors.ts';
import type { AppEnv, Services } from './services.ts';

const nameBody = v.object({ name: personName });

/** Behind `requireSession`. */
export function ownAccessRoutes(services: Services): Hono<AppEnv> {
  const { accounts, access, rooms } = services;
  const app = new Hono<AppEnv>();

  app.patch('/api/me', async (c) => {
    const { name } = await readBody(c, nameBody);
    const { userId, memberId } = c.get('me');
    accounts.rename(userId, name);
    writeOwn(rooms, { actor: { userId, memberId }, kinds: ['workspace'] }, (tx) =>
      updateMember(tx, { id: memberId, name }),
    );
    return c.json({ name });
  });

  app.get('/api/sessions', (c) => {
    const { userId, sessionId } = c.get('me');
    const sessions = access.sessions.list(userId).map((each) => ({ ...each, isThis: each.id === sessionId }));
    return c.json({ sessions });
  });

  app.delete('/api/sessions/:id', (c) => {
    const id = c.req.param('id');
    if (!access.sessions.end(c.get('me').userId, id)) {
      throw new ApiError(404, 'no-session', 'This device is not signed in any more.');
    }
    services.endSession(id);
    return c.json({ ok: true });
  });

  app.delete('/api/sessions', (c) => {
    const { userId, sessionId } = c.get('me');
    const ended = access.sessions.endOthers(userId, sessionId);
    services.closeSockets(
      (user) => user.id === userId && user.sessionId !== sessionId,
      'You were signed out from another device.',
    );
    return c.json({ ended });
  });

  app.get('/api/tokens', (c) => c.json({ tokens: access.tokens.list(c.get('me').userId) }));

  app.post('/api/tokens', async (c) => {
    const { name } = await readBody(c, nameBody);
    const made = access.tokens.create({ userId: c.get('me').userId, name });
    if (made === null) {
      throw new ApiError(409, 'too-many-tokens', 'You have as many tokens as there can be. Revoke one first.');
    }
    return c.json({ ...made.info, token: made.token }, 201);
  });

  app.delete('/api/tokens/:id', (c) => {
    if (!access.tokens.revoke(c.get('me').userId, c.req.param('id'))) {
      throw new ApiError(404, 'no-token', 'There is no such token any more.');
    }
    return c.json({ ok: true });
  });

  return app;
}
