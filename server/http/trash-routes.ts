/** Emptying the trash: for those who may change the workspace's settings. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { RIGHTS } from '../../shared/model/rights.ts';
import { purgeRecords } from '../sync/purge.ts';
import { readBody } from './body.ts';
import type { AppEnv, Services } from './services.ts';
import { requireRole } from './session.ts';

const purgeBody = v.object({
  ids: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(10_000, 'At most 10,000 records at a time.')),
});

/** Behind `requireSession`. */
export function trashRoutes({ rooms, history, spaces }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.post('/api/trash/purge', async (c) => {
    const me = c.get('me');
    requireRole(
      me,
      RIGHTS.settings.roles,
      'Only an owner or an admin can remove records for good. They stay in the trash.',
    );
    const { ids } = await readBody(c, purgeBody);
    const purged = purgeRecords(rooms, { ids, userId: me.userId, spaces: spaces.readable(me.userId) });
    rooms.services.committer.flush();
    history.forget(purged);
    return c.json({ purged: purged.length });
  });
  return app;
}
