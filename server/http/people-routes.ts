/**
 * What owners and admins do about people: roles, leaving, links for a new password. The right is asked in the same turn
 * in which it is used, never before a wait: of two admins who remove each other, one is no admin any more.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import { removeMember, updateMember } from '../../shared/commands/workspace-commands.ts';
import { memberIdFor, ROLES } from '../../shared/entities/member.ts';
import { mayManage, ROLE_ORDER, type Role } from '../../shared/model/rights.ts';
import { formerUserId } from '../member-accounts.ts';
import type { Account, ChangeRefusal } from '../storage/accounts.ts';
import { writeOwn } from '../sync/own-writes.ts';
import { readBody } from './body.ts';
import { ApiError } from './errors.ts';
import { pageUrl } from './page-url.ts';
import type { AppContext, AppEnv, Services } from './services.ts';
import { SIGNED_OUT } from './session.ts';

const roleBody = v.object({ role: v.picklist([...ROLE_ORDER], 'A role is owner, admin, member or viewer.') });
const removeBody = v.object({
  /** Member id; null leaves deals and tasks without an owner. */
  heir: v.nullable(v.string('Say who takes over, or nobody.')),
});

const GONE = new ApiError(404, 'no-member', 'This person is not on the team any more.');
const NOT_TWICE = new ApiError(
  409,
  'not-twice',
  'There is no profile from before with the address of this person that could be theirs. Nothing was changed.',
);
const NOT_YOURSELF = new ApiError(
  409,
  'yourself',
  'You would be signed out in the middle of it. Ask another owner or admin to do this for you.',
);
const IN_SPACES = new ApiError(
  409,
  'in-spaces',
  'This person is in private spaces. Take them out of these first, and add them again when they have signed in.',
);

const LAST_OWNER = new ApiError(
  409,
  'last-owner',
  'The workspace needs an owner, and this is the only one. Make somebody else an owner first.',
);

/** Behind `requireSession`. */
export function peopleRoutes(services: Services): Hono<AppEnv> {
  const { accounts, access, rooms } = services;
  const app = new Hono<AppEnv>();

  /** Who asks, as they are now: their role may have changed since the request came in. */
  function leader(c: AppContext): Account {
    const me = accounts.byId(c.get('me').userId);
    if (me === null) throw SIGNED_OUT;
    return me;
  }

  function target(c: AppContext): Account {
    const account = accounts.byId(c.req.param('userId') ?? '');
    if (account === null) throw GONE;
    return account;
  }

  function refuse(refusal: ChangeRefusal | null): void {
    if (refusal === 'missing') throw GONE;
    if (refusal === 'last-owner') throw LAST_OWNER;
  }

  /** @throws ApiError 403 unless `me` may manage people of all these roles. */
  function requireOver(me: Account, ...roles: readonly Role[]): void {
    const beyond = roles.find((role) => !mayManage(me.role, role));
    if (beyond === undefined) return;
    const sentence =
      beyond === 'owner' || beyond === 'admin'
        ? 'Only an owner can make, change or remove admins and owners. Ask one of them.'
        : 'Only an owner or an admin can do this. Ask one of them.';
    throw new ApiError(403, 'not-allowed', sentence);
  }

  app.patch('/api/members/:userId', async (c) => {
    const { role } = await readBody(c, roleBody);
    const me = leader(c);
    const who = target(c);
    // Everybody may step down, as far as there is somebody left to own the workspace.
    const stepsDown = who.id === me.id && ROLE_ORDER.indexOf(role) >= ROLE_ORDER.indexOf(me.role);
    if (!stepsDown) requireOver(me, who.role, role);
    refuse(accounts.checkChange(who.id, role));
    writeOwn(rooms, { actor: actorOf(me), kinds: ['workspace'] }, (tx) =>
      updateMember(tx, { id: memberIdFor(who.id), role }),
    );
    refuse(accounts.setRole(who.id, role));
    services.closeSockets((user) => user.id === who.id, `Your role is ${ROLES[role].toLowerCase()} now.`);
    return c.json({ role });
  });

  app.delete('/api/members/:userId', async (c) => {
    const { heir } = await readBody(c, removeBody);
    const me = leader(c);
    const who = target(c);
    if (who.id !== me.id) requireOver(me, who.role);
    refuse(accounts.checkChange(who.id, null));
    const work = writeOwn(rooms, { actor: actorOf(me), kinds: ['workspace', 'pipeline', 'work'] }, (tx) =>
      removeMember(tx, { id: memberIdFor(who.id), heir }),
    );
    refuse(accounts.remove(who.id, me.id));
    const archived = services.spaces.leaveAll(who.id);
    services.closeSockets((user) => user.id === who.id, 'Your access to this workspace was taken away.');
    return c.json({
      deals: work.deals.length,
      tasks: work.tasks.length,
      ...(archived.length === 0 ? {} : { archivedSpaces: archived.length }),
    });
  });

  /**
   * Somebody joined a wiped server before it was refilled, and is there twice since: with an account, and with what they had
   * before. The account ends, its open work goes to who they were, and the link lets them come back as that
   * (`server/member-accounts.ts`). No reference to either is rewritten beyond what removing somebody does.
   */
  app.post('/api/members/:userId/bring-together', (c) => {
    const me = leader(c);
    const who = target(c);
    if (who.id === me.id) throw NOT_YOURSELF;
    requireOver(me, who.role);
    const former = formerUserId(services, who.email, '');
    if (former === null) throw NOT_TWICE;
    if (services.spaces.of(who.id).length > 0) throw IN_SPACES;
    refuse(accounts.checkChange(who.id, null));
    writeOwn(rooms, { actor: actorOf(me), kinds: ['workspace', 'pipeline', 'work'] }, (tx) =>
      removeMember(tx, { id: memberIdFor(who.id), heir: memberIdFor(former) }),
    );
    refuse(accounts.remove(who.id, me.id));
    services.closeSockets((user) => user.id === who.id, 'Your account was brought together with who you were before.');
    const role = who.role === 'owner' ? 'admin' : who.role;
    const { invitation, token } = services.invitations.create({ name: who.name, role, invitedBy: me.id });
    return c.json({ url: pageUrl(services, c, `/join/${token}`), expiresAt: invitation.expiresAt }, 201);
  });

  app.post('/api/members/:userId/reset-link', (c) => {
    const me = leader(c);
    const who = target(c);
    requireOver(me, who.role);
    const { token, expiresAt } = access.resetLinks.create({ userId: who.id, madeBy: me.id });
    return c.json({ url: pageUrl(services, c, `/reset/${token}`), expiresAt }, 201);
  });

  app.post('/api/members/:userId/sign-out', (c) => {
    const me = leader(c);
    const who = target(c);
    if (who.id !== me.id) requireOver(me, who.role);
    const ended = access.sessions.endOthers(who.id, null);
    services.closeSockets((user) => user.id === who.id, 'You were signed out everywhere. Sign in again.');
    return c.json({ ended });
  });

  app.post('/api/members/:userId/two-step-off', (c) => {
    const me = leader(c);
    const who = target(c);
    requireOver(me, who.role);
    accounts.turnOffTwoFactor(who.id);
    return c.json({ ok: true });
  });

  return app;
}

const actorOf = ({ id }: Account) => ({ userId: id, memberId: memberIdFor(id) });
