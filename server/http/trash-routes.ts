/** Emptying the trash, and when it is emptied by itself: for those who may change the workspace's settings. */
import { Hono } from 'hono';
import * as v from 'valibot';
import { RIGHTS } from '../../shared/model/rights.ts';
import { isTrashDays, TRASH_DAYS_WORDS } from '../../shared/model/trash-days.ts';
import { purgeRecords } from '../sync/purge.ts';
import { readBody } from './body.ts';
import type { AppEnv, Services } from './services.ts';
import { requireRole } from './session.ts';

const purgeBody = v.object({
  ids: v.pipe(v.array(v.pipe(v.string(), v.maxLength(200))), v.maxLength(10_000, 'At most 10,000 records at a time.')),
});

const clockBody = v.object({ days: v.pipe(v.number(), v.check(isTrashDays, TRASH_DAYS_WORDS)) });

/** Behind `requireSession`. */
export function trashRoutes({ rooms, history, spaces, trashClock }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/api/trash', (c) => c.json({ days: trashClock.days() }));

  app.put('/api/trash', async (c) => {
    requireRole(
      c.get('me'),
      RIGHTS.settings.roles,
      'Only an owner or an admin can change how long the trash keeps things. It stays as it is.',
    );
    const { days } = await readBody(c, clockBody);
    trashClock.setDays(days);
    return c.json({ days });
  });

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
