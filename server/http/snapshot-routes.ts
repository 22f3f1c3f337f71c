/**
 * A room for a device that has nothing of it, in one packed download with a length (SPEC S9). Who may have it is decided
 * exactly as at the room's socket.
 */
import { Hono } from 'hono';
import { parseRoomName } from '../../shared/sync/room-names.ts';
import { SNAPSHOT_HEADERS } from '../../shared/sync/snapshot-headers.ts';
import type { SnapshotMark } from '../storage/snapshot-store.ts';
import { RoomDamaged } from '../storage/update-log.ts';
import { tooMany } from './auth-request.ts';
import { ApiError } from './errors.ts';
import { createRateLimit } from './rate-limit.ts';
import type { AppContext, AppEnv, Services, SignedIn } from './services.ts';
import { SIGNED_OUT } from './session.ts';

/** A device asks once per room, when it is new. */
const MOST_PER_MINUTE = 120;
/** What is left of a download is packed for this one device. */
const MOST_RESUMED_PER_MINUTE = 30;

const NO_ROOM = new ApiError(404, 'no-room', 'There is no such room.');
const DAMAGED = new ApiError(
  503,
  'room-damaged',
  'The server’s copy of this data is damaged. Yours is safe; an owner can restore a backup.',
);

/** Behind `requireSession`. */
export function snapshotRoutes({ accounts, identity, log, now, report, rooms, spaces }: Services): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  const perPerson = createRateLimit(MOST_PER_MINUTE, now);
  const resumedPerPerson = createRateLimit(MOST_RESUMED_PER_MINUTE, now);

  const etagOf = ({ seq, crc }: SnapshotMark) => `W/"${identity.epoch}.${seq}.${crc}"`;

  function mayEnter({ userId }: SignedIn, room: string): boolean {
    return parseRoomName(room) !== null && spaces.mayEnter(room, userId) && log.hasRoom(room);
  }

  /** How many bytes of this snapshot the device has from a download that was cut. */
  function hasAlready(c: AppContext, mark: SnapshotMark): number {
    const from = Number(c.req.query('from') ?? 0);
    return Number.isSafeInteger(from) && from > 0 && from < mark.length && c.req.query('of') === etagOf(mark)
      ? from
      : 0;
  }

  async function bytesFor(c: AppContext, { userId }: SignedIn, room: string, mark: SnapshotMark) {
    const { downloads } = rooms;
    const isPacked = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '');
    const from = hasAlready(c, mark);
    const rest =
      from > 0 && resumedPerPerson.take(userId) === 0 ? await downloads.restOf(room, mark, { from, isPacked }) : null;
    return rest ?? (await downloads.bytesOf(room, mark, isPacked));
  }

  function describe(c: AppContext, { userId }: SignedIn, mark: SnapshotMark): void {
    c.header('ETag', etagOf(mark));
    c.header('Vary', 'Accept-Encoding, Cookie');
    c.header(SNAPSHOT_HEADERS.server, identity.serverId);
    c.header(SNAPSHOT_HEADERS.epoch, identity.epoch);
    c.header(SNAPSHOT_HEADERS.user, userId);
    c.header(SNAPSHOT_HEADERS.seq, String(mark.seq));
    c.header(SNAPSHOT_HEADERS.length, String(mark.length));
  }

  app.get('/api/rooms/:room/snapshot', async (c) => {
    const me = c.get('me');
    const room = c.req.param('room');
    const wait = rooms.services.strikes.isOut(me.userId) ? 60 : perPerson.take(me.userId);
    if (wait > 0) throw tooMany(wait);
    if (!mayEnter(me, room)) throw NO_ROOM;
    const mark = rooms.downloads.markOf(room);
    if (mark === null) return c.body(null, 204);
    if (c.req.header('if-none-match')?.split(/,\s*/).includes(etagOf(mark))) {
      describe(c, me, mark);
      return c.body(null, 304);
    }
    const download = await bytesFor(c, me, room, mark).catch((error: unknown) => {
      if (!(error instanceof RoomDamaged)) throw error;
      report(`${room} cannot be downloaded`, error);
      throw DAMAGED;
    });
    if (download === null) return c.body(null, 204);
    // Packing takes a moment, in which a session may end and somebody may leave a space.
    if (!accounts.isSessionValid(me.sessionId)) throw SIGNED_OUT;
    if (!mayEnter(me, room)) throw NO_ROOM;
    describe(c, me, download.mark);
    c.header(SNAPSHOT_HEADERS.from, String(download.from));
    if (download.isPacked) c.header('Content-Encoding', 'gzip');
    c.header('Content-Type', 'application/octet-stream');
    c.header('Content-Length', String(download.bytes.length));
    return c.body(download.bytes as Uint8Array<ArrayBuffer>);
  });

  return app;
}
