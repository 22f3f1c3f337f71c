/** Backups, the export of everything, and what to do after a restore. For owners: a backup holds everybody's password hashes. */
import { createReadStream, statSync } from 'node:fs';
import { Readable } from 'node:stream';
import { Hono } from 'hono';
import * as v from 'valibot';
import { dayOfInstant } from '../../shared/model/day.ts';
import { RIGHTS } from '../../shared/model/rights.ts';
import { readBody } from './body.ts';
import { ApiError } from './errors.ts';
import type { AppEnv, Operations, Services } from './services.ts';
import { requireRole, requireSession } from './session.ts';

const OWNERS = 'Only an owner can do this. Ask one of them.';

const NO_SUCH_BACKUP = new ApiError(
  404,
  'no-backup',
  'There is no such backup. It may have been replaced by a newer one.',
);

const restoreBody = v.object({ mode: v.picklist(['recover', 'revert'], 'A restore is recover or revert.') });

const decisionBody = v.object({
  decision: v.picklist(['recover', 'revert', 'finish'], 'A decision is recover, revert or finish.'),
});

export function backupRoutes(services: Services, operations: Operations): Hono<AppEnv> {
  const { backups } = operations;
  const app = new Hono<AppEnv>();
  for (const path of ['/api/backups', '/api/backups/*', '/api/export', '/api/recovery']) {
    app.use(path, requireSession(services));
  }

  app.get('/api/backups', (c) => {
    requireRole(c.get('me'), RIGHTS.backups.roles, OWNERS);
    const { everyMinutes, retention } = backups;
    return c.json({ backups: backups.list(), everyMinutes, retention, problem: backups.lastProblem() });
  });

  app.post('/api/backups', async (c) => {
    requireRole(c.get('me'), RIGHTS.backups.roles, OWNERS);
    try {
      return c.json({ backup: await backups.make('manual') }, 201);
    } catch (error) {
      services.report('A backup was not made', error);
      const reason = error instanceof Error ? error.message : String(error);
      // biome-ignore lint/style/useErrorCause: the error is reported above, and the answer says its sentence.
      throw new ApiError(500, 'no-backup', `The backup could not be made: ${reason} Your data is safe.`);
    }
  });

  app.get('/api/backups/:name', (c) => {
    requireRole(c.get('me'), RIGHTS.backups.roles, OWNERS);
    const file = backups.fileOf(c.req.param('name'));
    if (file === null) throw NO_SUCH_BACKUP;
    c.header('Content-Type', 'application/vnd.sqlite3');
    c.header('Content-Length', String(statSync(file).size));
    c.header('Content-Disposition', `attachment; filename="${c.req.param('name')}"`);
    return c.body(Readable.toWeb(createReadStream(file)) as ReadableStream<Uint8Array>);
  });

  app.post('/api/backups/:name/restore', async (c) => {
    requireRole(c.get('me'), RIGHTS.backups.roles, OWNERS);
    const { mode } = await readBody(c, restoreBody);
    const file = backups.fileOf(c.req.param('name'));
    if (file === null) throw NO_SUCH_BACKUP;
    const { restore } = operations;
    if (restore === null) {
      throw new ApiError(501, 'by-command', 'Here a backup is restored by the command: npm run restore -- <file>.');
    }
    try {
      await operations.verify(file);
      // What is here now can be gone back to.
      await backups.make('manual');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      // biome-ignore lint/style/useErrorCause: the answer says its sentence.
      throw new ApiError(409, 'no-restore', `Nothing was restored: ${reason} Your data is as it was.`);
    }
    // After this answer is on its way.
    setTimeout(() => restore(file, mode), 100);
    return c.json({ ok: true }, 202);
  });

  app.get('/api/export', (c) => {
    requireRole(c.get('me'), RIGHTS.backups.roles, OWNERS);
    const spaces = services.spaces.readable(c.get('me').userId);
    c.header('Content-Type', 'application/zip');
    c.header('Content-Disposition', `attachment; filename="rapport-everything-${dayOfInstant(services.now())}.zip"`);
    return c.body(Readable.toWeb(Readable.from(operations.exportEverything(spaces))) as ReadableStream<Uint8Array>);
  });

  app.get('/api/recovery', (c) => c.json(operations.recovery()));

  app.post('/api/recovery', async (c) => {
    requireRole(c.get('me'), RIGHTS.backups.roles, OWNERS);
    const { decision } = await readBody(c, decisionBody);
    const { state } = operations.recovery();
    if (state === 'none' || (decision === 'finish') !== (state === 'recovering')) {
      throw new ApiError(
        409,
        'nothing-to-decide',
        'There is nothing to decide any more. Somebody may have been quicker.',
      );
    }
    operations.decideRecovery(decision);
    return c.json(operations.recovery());
  });

  return app;
}
