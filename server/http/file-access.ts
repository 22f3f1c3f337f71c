/**
 * Who may have the bytes of a file: whoever sees a record that holds it, in a room they may open; and for a while whoever
 * has sent all of it, because the record may still be on its way. To know a hash is not enough.
 */
import { parseRoomName } from '../../shared/sync/room-names.ts';
import { RoomDamaged, type UpdateLog } from '../storage/update-log.ts';
import type { Room } from '../sync/room.ts';
import type { Rooms } from '../sync/rooms.ts';

export interface FileAccess {
  maySee(userId: string, hash: string): boolean;
  /** A record that the person sees holds it. */
  isHeld(userId: string, hash: string): boolean;
  /** The person has sent the whole content. */
  sent(userId: string, hash: string): void;
}

export interface FileAccessOptions {
  readonly rooms: Pick<Rooms, 'open'>;
  readonly log: Pick<UpdateLog, 'roomNames' | 'successorOf'>;
  readonly spaces: { readable(userId: string): readonly string[] };
  readonly now: () => number;
}

/** A device writes the record before it sends the bytes; a room that is refused for a while is longer than this away. */
const OWN_MS = 24 * 3_600_000;
const MOST_SENT = 10_000;

export function createFileAccess({ rooms, log, spaces, now }: FileAccessOptions): FileAccess {
  /** Of each room the content its records hold, and up to which update. */
  const known = new Map<string, { readonly seq: number; readonly hashes: ReadonlySet<string> }>();
  /** `user hash` → when. */
  const own = new Map<string, number>();

  function hashesIn(name: string): ReadonlySet<string> {
    const room = opened(name);
    const before = known.get(name);
    if (room === null) return new Set();
    if (before?.seq === room.lastSeq) return before.hashes;
    const hashes = new Set<string>();
    for (const { hash } of room.records.all('file')) if (typeof hash === 'string') hashes.add(hash);
    known.set(name, { seq: room.lastSeq, hashes });
    return hashes;
  }

  /** A room that cannot be read shows nothing to anybody. */
  function opened(name: string): Room | null {
    try {
      return rooms.open(name);
    } catch (error) {
      if (error instanceof RoomDamaged) return null;
      throw error;
    }
  }

  function isHeld(userId: string, hash: string): boolean {
    const among = spaces.readable(userId);
    return timelines(log)
      .filter(({ name, space }) => among.includes(space) && log.successorOf(name) === null)
      .some(({ name }) => hashesIn(name).has(hash));
  }

  return {
    maySee: (userId, hash) => (own.get(`${userId} ${hash}`) ?? 0) > now() - OWN_MS || isHeld(userId, hash),
    isHeld,
    sent(userId, hash) {
      const [oldest] = own.keys();
      if (own.size >= MOST_SENT && oldest !== undefined) own.delete(oldest);
      own.set(`${userId} ${hash}`, now());
    },
  };
}

/** Where files are, the newest first: what is asked for was mostly added lately. */
function timelines(log: Pick<UpdateLog, 'roomNames'>) {
  return log
    .roomNames()
    .flatMap((name) => {
      const parsed = parseRoomName(name);
      return parsed?.kind === 'timeline' ? [{ name, space: parsed.space, year: parsed.year ?? 0 }] : [];
    })
    .sort((left, right) => right.year - left.year);
}
