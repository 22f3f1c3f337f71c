/** A browser asks to be told by its push service while the app is closed, or no longer. */
import { Hono } from 'hono';
import * as v from 'valibot';
import type { Push } from '../push/push.ts';
import type { PushSubscriptions } from '../storage/push-subscriptions.ts';
import { readBody } from './body.ts';
import { ApiError } from './errors.ts';
import type { AppEnv } from './services.ts';

const key = v.pipe(v.string(), v.regex(/^[A-Za-z0-9_=-]{16,200}$/, 'This key cannot be read.'));
const subscription = v.object({
  endpoint: v.pipe(v.string(), v.maxLength(1_000)),
  keys: v.object({ p256dh: key, auth: key }),
});
const farewell = v.object({ endpoint: v.pipe(v.string(), v.maxLength(1_000)) });

export interface PushServices {
  readonly push: Push;
  readonly subscriptions: PushSubscriptions;
}

/** Behind `requireSession`. */
export function pushRoutes({ push, subscriptions }: PushServices, now: () => number): Hono<AppEnv> {
  const app = new Hono<AppEnv>();

  app.get('/api/push', (c) => c.json({ publicKey: push.publicKey() }));

  app.post('/api/push', async (c) => {
    const { endpoint, keys } = await readBody(c, subscription);
    if (!push.mayReach(endpoint)) {
      throw new ApiError(422, 'no-push-service', 'This server does not know the push service of your browser.');
    }
    if (!subscriptions.add(c.get('me').userId, { endpoint, ...keys }, now())) {
      throw new ApiError(409, 'too-many-browsers', 'You are told on 20 browsers already. Switch it off on one first.');
    }
    return c.json({ ok: true }, 201);
  });

  app.delete('/api/push', async (c) => {
    const { endpoint } = await readBody(c, farewell);
    subscriptions.remove(endpoint, c.get('me').userId);
    return c.json({ ok: true });
  });
  return app;
}
