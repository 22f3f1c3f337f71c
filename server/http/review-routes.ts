/**
 * The unsent changes of people who were removed. Their device may do one thing with the session it still has: hand in
 * what it had not sent. Nothing of it reaches the records until somebody with the right has looked at it and says so.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import { memberIdFor } from '../../shared/entities/member.ts';
import { may } from '../../shared/model/rights.ts';
import { parseRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import type { HeldBundle } from '../storage/held-changes.ts';
import { applyHeld, type HeldUpdates, readHeld } from '../sync/held-updates.ts';
import { readBody } from './body.ts';
import { ApiError } from './errors.ts';
import type { AppContext, AppEnv, Services } from './services.ts';
import { requireSession, SIGNED_OUT } from './session.ts';

/** The path whose body may be larger than others: days of work offline fit. */
export const HAND_IN_PATH = '/api/removed/changes';
export const LARGEST_BUNDLE_BYTES = 24 * 1024 * 1024;

const bundleBody = v.object({
  format: v.literal('rapport-device-copy', 'These are not the changes of a device.'),
  version: v.literal(1, 'These changes were written by a newer Rapport. Update the server first.'),
  what: v.literal('waiting', 'Only what was not sent can be handed in.'),
  savedAt: v.string(),
  serverId: v.string(),
  updates: v.record(v.string(), v.pipe(v.string(), v.base64('These changes cannot be read.'))),
});

const decisionBody = v.object({ decision: v.picklist(['apply', 'discard'], 'A decision is apply or discard.') });

/** Shown at once; a longer list ends with how many there are. */
const MOST_SHOWN = 500;

export function reviewRoutes(services: Services): Hono<AppEnv> {
  const { auth, accounts, access, identity, rooms, spaces } = services;
  const app = new Hono<AppEnv>();

  app.post(HAND_IN_PATH, async (c) => {
    const session = await auth.sessionOf(c.req.raw.headers);
    if (session === null) throw SIGNED_OUT;
    const body = await readBody(c, bundleBody);
    if (accounts.removed(session.userId) === null || accounts.byId(session.userId) !== null) {
      throw new ApiError(409, 'not-removed', 'You are on the team: your changes are sent the usual way.');
    }
    if (body.serverId !== identity.serverId) {
      throw new ApiError(409, 'other-server', 'These changes belong to another server and were not taken.');
    }
    const { updates, savedAt } = body;
    // Without the time: what is handed in again after a lost answer is the same bundle.
    const parts = [...bySpace(updates, spaces.all())];
    const held = parts.map(([space, part]) =>
      access.held.hold(session.userId, { space, data: JSON.stringify(sorted(part)) }),
    );
    if (held.includes(null))
      throw new ApiError(413, 'too-large', 'Too much was handed in already. Save your changes as a file.');
    services.report(`Unsent changes of a removed member were handed in (saved ${savedAt.slice(0, 30)})`);
    return c.json({ id: held[0]?.id ?? null }, 201);
  });

  app.use('/api/review', requireSession(services));
  app.use('/api/review/*', requireSession(services));

  app.get('/api/review', (c) => {
    const me = requireReview(c);
    const mine = spaces.readable(me.id);
    const bundles = access.held.list().filter(({ space }) => mine.includes(space));
    return c.json({ bundles: bundles.map(shown) });
  });

  app.get('/api/review/:id', (c) => {
    requireReview(c);
    const bundle = find(c);
    const changes = readHeld(rooms, JSON.parse(bundle.data) as HeldUpdates);
    return c.json({ ...shown(bundle), changes: changes.slice(0, MOST_SHOWN), total: changes.length });
  });

  app.get('/api/review/:id/file', (c) => {
    requireReview(c);
    const bundle = find(c);
    c.header('Content-Disposition', `attachment; filename="unsent-changes-${bundle.id}.json"`);
    return c.json({ format: 'rapport-device-copy', version: 1, what: 'waiting', updates: JSON.parse(bundle.data) });
  });

  app.post('/api/review/:id', async (c) => {
    const { decision } = await readBody(c, decisionBody);
    const me = requireReview(c);
    const bundle = find(c);
    if (bundle.state !== 'open') throw DECIDED;
    if (decision === 'apply') {
      const refusal = applyHeld(rooms, JSON.parse(bundle.data) as HeldUpdates, {
        userId: bundle.userId,
        memberId: memberIdFor(bundle.userId),
        role: me.role,
        isAccount: services.isAccount,
      });
      if (refusal !== null) throw new ApiError(409, 'not-applicable', refusal);
    }
    const state = decision === 'apply' ? 'applied' : 'discarded';
    if (!access.held.decide(bundle.id, { state, by: me.id })) throw DECIDED;
    return c.json({ state });
  });

  /** Asked anew where it is used: see people-routes.ts. */
  function requireReview(c: AppContext) {
    const me = accounts.byId(c.get('me').userId);
    if (me === null) throw SIGNED_OUT;
    if (may(me.role, 'review')) return me;
    throw new ApiError(403, 'not-allowed', 'Only an owner or an admin can look at these. Ask one of them.');
  }

  function find(c: AppContext) {
    const bundle = access.held.read(Number(c.req.param('id')));
    if (bundle === null || !spaces.readable(c.get('me').userId).includes(bundle.space)) {
      throw new ApiError(404, 'no-bundle', 'There are no such changes.');
    }
    return bundle;
  }

  const nameOf = (userId: string | null) =>
    userId === null ? '' : (accounts.byId(userId)?.name ?? accounts.removed(userId)?.name ?? '');

  const shown = ({ id, userId, at, state, decidedBy, decidedAt }: HeldBundle) => ({
    id,
    name: nameOf(userId),
    memberId: memberIdFor(userId),
    at,
    state,
    decidedBy: nameOf(decidedBy),
    decidedAt,
  });

  return app;
}

const DECIDED = new ApiError(409, 'decided', 'Somebody has decided about these changes already.');

/** What was changed in one space is for its members to decide. */
function bySpace(
  updates: Readonly<Record<string, string>>,
  known: readonly string[],
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const parts = new Map<string, Record<string, string>>();
  for (const [room, update] of Object.entries(updates)) {
    const named = parseRoomName(room)?.space ?? TEAM_SPACE;
    const space = known.includes(named) ? named : TEAM_SPACE;
    parts.set(space, { ...parts.get(space), [room]: update });
  }
  return parts.size === 0 ? new Map([[TEAM_SPACE, {}]]) : parts;
}

const sorted = (updates: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(updates).sort(([left], [right]) => (left < right ? -1 : 1)));
