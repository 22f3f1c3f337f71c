/**
 * Private spaces: who makes one, who is in one, what moves into one. Only its members see that a space exists; for
 * everybody else, owners of the workspace included, every address of it answers as if it did not.
 */
import { Hono } from 'hono';
import * as v from 'valibot';
import { memberIdFor } from '../../shared/entities/member.ts';
import { may, READ_ONLY } from '../../shared/model/rights.ts';
import { TEAM_SPACE } from '../../shared/sync/room-names.ts';
import type { Account } from '../storage/accounts.ts';
import type { Space } from '../storage/spaces.ts';
import { moveRecords } from '../sync/move-records.ts';
import { readBody, spaceName } from './body.ts';
import { ApiError } from './errors.ts';
import { ensureStandardRooms } from './room-routes.ts';
import type { AppContext, AppEnv, Services } from './services.ts';
import { SIGNED_OUT } from './session.ts';

export const NO_SPACE = new ApiError(404, 'no-space', 'There is no such space.');
const NOBODY = new ApiError(404, 'no-member', 'This person is not on the team.');

const MOST_MOVED = 5_000;

const nameBody = v.object({ name: spaceName });
const memberBody = v.object({ userId: v.string('Say who is to be added.') });
const moveBody = v.object({
  to: v.string('Say which space they go to.'),
  ids: v.pipe(
    v.array(v.pipe(v.string(), v.maxLength(200))),
    v.maxLength(MOST_MOVED, 'At most 5,000 records can be moved at once.'),
  ),
});

/** Behind `requireSession`. */
export function spaceRoutes(services: Services): Hono<AppEnv> {
  const { accounts, spaces, rooms, log } = services;
  const app = new Hono<AppEnv>();

  /** Who asks, as they are now. @throws ApiError 403 unless they may change records. */
  function worker(c: AppContext): Account {
    const me = accounts.byId(c.get('me').userId);
    if (me === null) throw SIGNED_OUT;
    if (!may(me.role, 'records')) throw new ApiError(403, 'read-only', READ_ONLY);
    return me;
  }

  function mySpace(c: AppContext): Space {
    const id = c.req.param('id') ?? '';
    const space = spaces.of(c.get('me').userId).find((each) => each.id === id);
    if (space === undefined) throw NO_SPACE;
    return space;
  }

  const shown = ({ id, name, createdAt }: Space) => ({
    id,
    name,
    createdAt,
    members: spaces.members(id).flatMap((userId) => {
      const account = accounts.byId(userId);
      return account === null ? [] : [{ userId, memberId: memberIdFor(userId), name: account.name }];
    }),
  });

  app.get('/api/spaces', (c) => {
    const { userId } = c.get('me');
    return c.json({ spaces: spaces.of(userId).map(shown), left: spaces.leftBy(userId) });
  });

  app.post('/api/spaces', async (c) => {
    const { name } = await readBody(c, nameBody);
    const space = spaces.create({ name, by: worker(c).id });
    ensureStandardRooms(log, services.now(), [space.id]);
    return c.json({ space: shown(space) }, 201);
  });

  app.post('/api/spaces/move', async (c) => {
    const { to, ids } = await readBody(c, moveBody);
    const me = worker(c);
    if (to !== TEAM_SPACE && !spaces.isMember(to, me.id)) throw NO_SPACE;
    return c.json({ moved: moveRecords(rooms, spaces, { ids, to, userId: me.id }) });
  });

  app.patch('/api/spaces/:id', async (c) => {
    const { name } = await readBody(c, nameBody);
    worker(c);
    const space = mySpace(c);
    spaces.rename(space.id, name);
    for (const userId of spaces.members(space.id)) askAgain(userId);
    return c.json({ space: shown({ ...space, name }) });
  });

  app.post('/api/spaces/:id/members', async (c) => {
    const { userId } = await readBody(c, memberBody);
    const me = worker(c);
    const space = mySpace(c);
    if (accounts.byId(userId) === null) throw NOBODY;
    spaces.add(space.id, { userId, by: me.id });
    askAgain(userId);
    return c.json({ space: shown(space) });
  });

  app.delete('/api/spaces/:id/members/:userId', (c) => {
    const space = mySpace(c);
    const userId = c.req.param('userId');
    if (userId !== c.get('me').userId) worker(c);
    if (!spaces.isMember(space.id, userId)) throw NOBODY;
    if (spaces.members(space.id).length === 1) {
      throw new ApiError(
        409,
        'last-member',
        `You are the only one in “${space.name}”. Add somebody who takes it over, or archive it: then nobody can open it any more.`,
      );
    }
    leave(space.id, userId);
    return c.json({ ok: true });
  });

  app.post('/api/spaces/:id/archive', (c) => {
    const me = worker(c);
    const space = mySpace(c);
    if (spaces.members(space.id).some((userId) => userId !== me.id)) {
      throw new ApiError(
        409,
        'not-alone',
        `Others are in “${space.name}”. Leave it to them, or remove them before you archive it.`,
      );
    }
    leave(space.id, me.id);
    return c.json({ ok: true });
  });

  function leave(space: string, userId: string): void {
    spaces.leave(space, userId);
    services.closeSpace(space, userId);
  }

  /** Their devices ask anew which rooms there are. */
  function askAgain(userId: string): void {
    services.closeSockets(
      (user, room) => user.id === userId && room.startsWith(`${TEAM_SPACE}.workspace.`),
      'The spaces you are in have changed.',
    );
  }

  return app;
}
