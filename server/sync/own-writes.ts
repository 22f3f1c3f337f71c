/**
 * Changes the server makes itself (setting up a workspace, the REST API): the same commands as in a browser, through the
 * same log. Everything happens in one go without waiting, so that nobody sees the document before it is on disk.
 */

import type { Tx } from '../../shared/commands/command.ts';
import { entities } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import { applyPlan, type CommandContext, planCommand, roomsBy } from '../../shared/sync/doc-tx.ts';
import { formatRoomName, parseRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import type { RoomRecords } from '../../shared/sync/room-records.ts';
import { createClock, newWriter, stampTime } from '../../shared/sync/stamp.ts';
import { CLOCK_TOLERANCE_MS } from './change-history.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';
import { storeOwn } from './store-own.ts';

/** Who acts: a person through the API, or (null) the server. */
export interface Actor {
  readonly userId: string;
  readonly memberId: string;
}

export interface OwnWriteScope {
  readonly actor: Actor | null;
  /** The kinds of room the command reads or writes. */
  readonly kinds: readonly RoomKind[];
  /** Private spaces the actor is in: records there can be read and changed too. */
  readonly spaces?: readonly string[];
  /** The one of them where new records go; the team's when left out. */
  readonly newIn?: string;
}

/**
 * Runs a command on the server's documents and stores what it wrote before anybody sees it.
 *
 * @throws CommandRefused what the command refuses; RoomDamaged and disk errors, then nothing was changed.
 */
export function writeOwn<R>(
  rooms: Rooms,
  { actor, kinds, spaces = [], newIn }: OwnWriteScope,
  command: (tx: Tx) => R,
): R {
  const { committer, now } = rooms.services;
  committer.flush();
  const used = new Map<RoomRecords, Room>();
  const open = (kind: RoomKind, year: number | null, space: string = TEAM_SPACE): RoomRecords => {
    const name = formatRoomName({ space, kind, year, generation: 1 });
    if (year !== null) rooms.services.log.ensureRoom(name);
    const room = rooms.open(name);
    used.set(room.records, room);
    return room.records;
  };
  const among = [TEAM_SPACE, ...spaces];
  const years = () =>
    rooms.services.log.roomNames().flatMap((name) => {
      const parsed = parseRoomName(name);
      return parsed !== null && among.includes(parsed.space) && parsed.year !== null ? [parsed.year] : [];
    });
  const clock = createClock(now, newWriter(actor?.memberId ?? ''));
  for (const kind of kinds) {
    if (kind === 'timeline') continue;
    // Above all that was seen; a device whose clock is far ahead must not drag the server's along.
    const seen = open(kind, null).highestStamp;
    if (stampTime(seen) <= now() + CLOCK_TOLERANCE_MS) clock.observe(seen);
  }
  const context: CommandContext = {
    registry: entities,
    rooms: roomsBy(
      entities,
      open,
      years,
      spaces.length === 0
        ? undefined
        : {
            at: (kind, year) =>
              kind === 'workspace' ? [] : spaces.map((space) => ({ space, records: open(kind, year, space) })),
            current: () => newIn ?? null,
          },
    ),
    clock,
    actor: actor?.memberId ?? '',
  };
  const plan = planCommand(context, command);
  const homes = new Set(plan.writes.map(({ id, space }) => context.rooms.homeOf(id, space)));
  const involved = [...used].flatMap(([records, room]) => (homes.has(records) ? [room] : []));
  const userId = actor?.userId ?? null;
  storeOwn(rooms.services, { involved, userId }, (origin) => applyPlan(context.rooms, plan, origin));
  return plan.result;
}
