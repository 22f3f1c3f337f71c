/** Who belongs to the workspace, and invitations to it. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { memberIdFor } from '../../shared/entities/member.ts';
import { may } from '../../shared/model/rights.ts';
import type { Invitation } from '../storage/invitations.ts';
import { personName, readBody } from './body.ts';
import { ApiError } from './errors.ts';
import { pageUrl } from './page-url.ts';
import type { AppContext, AppEnv, Services } from './services.ts';
import { requireRole } from './session.ts';

const invitationBody = v.object({
  name: personName,
  role: v.picklist(['admin', 'member', 'viewer'], 'A role is admin, member or viewer.'),
});

const MAY_INVITE = 'Only an owner or an admin can invite people. Ask one of them.';

/** Behind `requireSession`. */
export function teamRoutes(services: Services): Hono<AppEnv> {
  const { accounts, access, invitations } = services;
  const app = new Hono<AppEnv>();

  const joinUrl = (c: AppContext, token: string) => pageUrl(services, c, `/join/${token}`);

  const shown = ({ id, name, role, invitedBy, createdAt, expiresAt, state }: Invitation) => ({
    id,
    name,
    role,
    invitedBy: accounts.byId(invitedBy)?.name ?? '',
    createdAt,
    expiresAt,
    state,
  });

  app.get('/api/members', (c) => {
    const devices = access.sessions.counts();
    const members = accounts.all().map(({ id, name, email, role, joinedAt, lastSeenAt }) => {
      const memberId = memberIdFor(id);
      return { userId: id, memberId, name, email, role, joinedAt, lastSeenAt, devices: devices.get(id) ?? 0 };
    });
    const isLeader = may(c.get('me').role, 'people');
    const removed = (isLeader ? accounts.allRemoved() : []).map(({ id, name, removedAt, removedBy }) => {
      return {
        userId: id,
        memberId: memberIdFor(id),
        name,
        removedAt,
        removedBy: accounts.byId(removedBy)?.name ?? '',
      };
    });
    return c.json({ members, removed });
  });

  app.post('/api/invitations', async (c) => {
    const me = c.get('me');
    requireRole(me, ['owner', 'admin'], MAY_INVITE);
    const { name, role } = await readBody(c, invitationBody);
    if (role === 'admin') requireRole(me, ['owner'], 'Only an owner can invite an admin. Ask one of them.');
    const { invitation, token } = invitations.create({ name, role, invitedBy: me.userId });
    return c.json({ id: invitation.id, url: joinUrl(c, token), expiresAt: invitation.expiresAt }, 201);
  });

  app.get('/api/invitations', (c) => {
    requireRole(c.get('me'), ['owner', 'admin'], MAY_INVITE);
    return c.json({ invitations: invitations.list().map(shown) });
  });

  app.post('/api/invitations/:id/renew', (c) => {
    requireRole(c.get('me'), ['owner', 'admin'], MAY_INVITE);
    const renewed = invitations.renew(c.req.param('id'));
    if (renewed === null) {
      throw new ApiError(404, 'no-invitation', 'This invitation was used or taken back meanwhile. Make a new one.');
    }
    const { invitation, token } = renewed;
    return c.json({ id: invitation.id, url: joinUrl(c, token), expiresAt: invitation.expiresAt });
  });

  app.delete('/api/invitations/:id', (c) => {
    requireRole(c.get('me'), ['owner', 'admin'], MAY_INVITE);
    if (!invitations.withdraw(c.req.param('id'))) {
      throw new ApiError(
        404,
        'no-invitation',
        'There is no such open invitation. It may have been used or taken back.',
      );
    }
    return c.json({ ok: true });
  });

  return app;
}
