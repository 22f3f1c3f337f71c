/** Which rooms there are. Clients open what this lists and hard-code none. */
import { Hono } from 'hono';
import { formatRoomName, loadOrder, parseRoomName, standardRooms } from '../../shared/sync/room-names.ts';
import type { AppEnv, Services } from './services.ts';

/** Behind `requireSession`. */
export function roomRoutes({ log, now }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/api/rooms', (c) => {
    ensureStandardRooms(log, now());
    const rooms = log
      .roomNames()
      .flatMap((name) => {
        const parsed = parseRoomName(name);
        return parsed === null ? [] : [{ name, ...parsed, order: loadOrder(parsed) }];
      })
      .sort((left, right) => left.order - right.order);
    return c.json({ rooms });
  });
  return app;
}

/** A new year begins with a new timeline, without a restart. */
export function ensureStandardRooms(log: Services['log'], now: number): void {
  for (const room of standardRooms(new Date(now).getUTCFullYear())) log.ensureRoom(formatRoomName(room));
}
