/** Which rooms there are. Clients open what this lists and hard-code none. */
import { Hono } from 'hono';
import { formatRoomName, loadOrder, parseRoomName, standardRooms, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import type { AppEnv, Services } from './services.ts';

/** Behind `requireSession`. */
export function roomRoutes({ log, spaces, now }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.get('/api/rooms', (c) => {
    const { userId } = c.get('me');
    ensureStandardRooms(log, now(), spaces.readable(userId));
    const rooms = log
      .roomNames()
      .filter((name) => spaces.mayEnter(name, userId) && log.successorOf(name) === null)
      .flatMap((name) => {
        const parsed = parseRoomName(name);
        return parsed === null ? [] : [{ name, ...parsed, order: loadOrder(parsed) }];
      })
      .sort((left, right) => left.order - right.order);
    return c.json({
      rooms,
      spaces: spaces.of(userId).map(({ id, name }) => ({ id, name })),
      leftSpaces: spaces.leftBy(userId),
    });
  });
  return app;
}

/** A new year begins with a new timeline, without a restart. */
export function ensureStandardRooms(
  log: Services['log'],
  now: number,
  spaces = [TEAM_SPACE] as readonly string[],
): void {
  const year = new Date(now).getUTCFullYear();
  for (const space of spaces) for (const room of standardRooms(year, space)) log.ensureRoom(formatRoomName(room));
}

/**
 * A timeline of any year up to the next exists as soon as somebody asks for it: a device that was offline at New Year or
 * that reads old mail in must not wait for a server to begin one. Says whether the room is there now. Whether the asker may
 * enter its space is to be asked before.
 */
export function ensureTimeline(log: Services['log'], name: string, now: number): boolean {
  const room = parseRoomName(name);
  if (room === null || room.year === null || room.generation !== 1) return false;
  if (room.year < 1970 || room.year > new Date(now).getUTCFullYear() + 1) return false;
  log.ensureRoom(name);
  return true;
}
