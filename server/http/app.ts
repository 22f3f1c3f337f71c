/** The HTTP side as one Hono app: security headers, the API, and the built client for everything else. */
import { getConnInfo } from '@hono/node-server/conninfo';
import { type Context, Hono, type MiddlewareHandler } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { accountRoutes } from './account-routes.ts';
import { authRoutes } from './auth-routes.ts';
import { backupRoutes } from './backup-routes.ts';
import { clientAddress } from './client-address.ts';
import { ApiError, answerError } from './errors.ts';
import { fileRoutes, isUpload } from './file-routes.ts';
import { historyRoutes } from './history-routes.ts';
import { isAllowedOrigin } from './origins.ts';
import { ownAccessRoutes } from './own-access-routes.ts';
import { peopleRoutes } from './people-routes.ts';
import { personRoutes } from './person-routes.ts';
import { pushRoutes } from './push-routes.ts';
import { createRateLimit } from './rate-limit.ts';
import { recordRoutes } from './record-routes.ts';
import { HAND_IN_PATH, LARGEST_BUNDLE_BYTES, reviewRoutes } from './review-routes.ts';
import { roomRoutes } from './room-routes.ts';
import { securityHeaders } from './security-headers.ts';
import type { AppEnv, Operations, Services } from './services.ts';
import { requireSession, requireSessionOrToken } from './session.ts';
import { snapshotRoutes } from './snapshot-routes.ts';
import { spaceRoutes } from './space-routes.ts';
import { teamRoutes } from './team-routes.ts';
import { trashRoutes } from './trash-routes.ts';

const LARGEST_BODY_BYTES = 1024 * 1024;

/**
 * @param client answers what is not the API; left out where something else serves the client (Vite in development).
 */
export function createApp(services: Services, client?: MiddlewareHandler): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  if (client !== undefined) app.use(securityHeaders(services.publicUrl));
  app.use('/api/*', async (c, next) => {
    if (!isAllowedOrigin(c.req.header('origin'), c.req.header('host') ?? new URL(c.req.url).host, services.publicUrl)) {
      throw new ApiError(403, 'foreign-origin', 'This request came from another site and was not carried out.');
    }
    c.set('clientAddress', clientAddress(addressOf(c), c.req.header('x-forwarded-for'), services.proxies ?? 0));
    c.header('Cache-Control', 'no-store');
    await next();
  });
  const usualBody = bodyLimit({ maxSize: LARGEST_BODY_BYTES });
  const bundleBody = bodyLimit({ maxSize: LARGEST_BUNDLE_BYTES });
  app.use('/api/*', (c, next) => {
    if (isUpload(c)) return next();
    return c.req.path === HAND_IN_PATH ? bundleBody(c, next) : usualBody(c, next);
  });

  app.get('/healthz', (c) => {
    const { build, operations } = services;
    return c.json({ ok: true, build, schema: services.schemaVersion(), ...(operations && healthOf(operations)) });
  });
  // Browsers ask for it beside answers that are no page of the app.
  app.get('/favicon.ico', (c) => c.redirect('/icon.svg'));
  const strangers = createRateLimit(30, services.now);
  app.route('/', accountRoutes(services, strangers));
  app.route('/', authRoutes(services, strangers));
  app.route('/', reviewRoutes(services));

  const withSession = requireSession(services);
  for (const path of ['/api/me', '/api/sessions', '/api/tokens', '/api/members', '/api/invitations', '/api/spaces']) {
    // Reading the team is open to tokens as well.
    if (path === '/api/members') app.on(['GET'], path, requireSessionOrToken(services));
    else app.use(path, withSession);
    app.use(`${path}/*`, withSession);
  }
  const withToken = requireSessionOrToken(services);
  for (const path of ['/api/rooms', '/api/records/*', '/api/history', '/api/history/*']) app.use(path, withToken);
  app.route('/', ownAccessRoutes(services));
  app.route('/', peopleRoutes(services));
  app.route('/', teamRoutes(services));
  app.route('/', roomRoutes(services));
  app.use('/api/rooms/:room/snapshot', withSession);
  app.route('/', snapshotRoutes(services));
  app.route('/', spaceRoutes(services));
  app.route('/', recordRoutes(services));
  app.use('/api/trash', withSession);
  app.use('/api/trash/*', withSession);
  app.use('/api/persons/*', withSession);
  app.route('/', historyRoutes(services));
  app.route('/', trashRoutes(services));
  app.route('/', personRoutes(services));
  if (services.push !== undefined) {
    app.use('/api/push', withSession);
    app.route('/', pushRoutes(services.push, services.now));
  }
  if (services.files !== undefined) {
    app.use('/api/files', withSession);
    app.use('/api/files/*', withSession);
    app.route('/', fileRoutes(services, services.files));
  }
  if (services.operations !== undefined) app.route('/', backupRoutes(services, services.operations));
  app.all('/api/*', () => {
    throw new ApiError(404, 'not-found', 'There is nothing at this address.');
  });

  if (client !== undefined) {
    app.use(client);
    app.notFound((c) => c.text('There is nothing at this address.', 404));
  }
  app.onError((error, c) => answerError(error, c, services.report));
  return app;
}

/** The other end of the TCP connection; in tests, where there is none, this machine. */
function addressOf(c: Context): string {
  return (c.env?.incoming && getConnInfo(c).remote.address) || '127.0.0.1';
}

/** What a monitor should look at besides; docs/operations.md says when to worry. */
function healthOf({ backups, recovery }: Operations) {
  return {
    recovery: recovery().state,
    lastBackupAt: backups.list()[0]?.at ?? null,
    backupProblem: backups.lastProblem() !== null,
  };
}
