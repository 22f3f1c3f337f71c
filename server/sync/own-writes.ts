/**
 * Changes the server makes itself (setting up a workspace, the REST API): the same commands as in a browser, through the
 * same log. Everything happens in one go without waiting, so that nobody sees the document before it is on disk.
 */

import type { Tx } from '../../shared/commands/command.ts';
import { entities } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import type { CommandContext, Plan } from '../../shared/sync/doc-tx.ts';
import { applyPlan, planCommand } from '../../shared/sync/doc-tx.ts';
import { formatRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import { createClock, newWriter, stampTime } from '../../shared/sync/stamp.ts';
import { Applied, CLOCK_TOLERANCE_MS } from './change-history.ts';
import type { Room } from './room.ts';
import type { Rooms } from './rooms.ts';

/** Who acts: a person through the API, or (null) the server. */
export interface Actor {
  readonly userId: string;
  readonly memberId: string;
}

export interface OwnWriteScope {
  readonly actor: Actor | null;
  /** The kinds of room the command reads or writes. */
  readonly kinds: readonly RoomKind[];
}

/**
 * Runs a command on the server's documents and stores what it wrote before anybody sees it.
 *
 * @throws CommandRefused what the command refuses; RoomDamaged and disk errors, then nothing was changed.
 */
export function writeOwn<R>(rooms: Rooms, { actor, kinds }: OwnWriteScope, command: (tx: Tx) => R): R {
  const { committer, now } = rooms.services;
  committer.flush();
  const roomOf = (kind: RoomKind): Room =>
    rooms.open(formatRoomName({ space: TEAM_SPACE, kind, year: null, generation: 1 }));
  const clock = createClock(now, newWriter(actor?.memberId ?? ''));
  for (const room of kinds.map(roomOf)) {
    // Above all that was seen; a device whose clock is far ahead must not drag the server's along.
    const seen = room.records.highestStamp;
    if (stampTime(seen) <= now() + CLOCK_TOLERANCE_MS) clock.observe(seen);
  }
  const context: CommandContext = {
    registry: entities,
    rooms: (kind) => roomOf(kind).records,
    clock,
    actor: actor?.memberId ?? '',
  };
  const plan = planCommand(context, command);
  const involved = [...new Set(plan.writes.map((write) => roomOf(write.room)))];
  store(rooms, { involved, plan, context, userId: actor?.userId ?? null });
  return plan.result;
}

interface OwnWrite {
  readonly involved: readonly Room[];
  readonly plan: Plan;
  readonly context: CommandContext;
  readonly userId: string | null;
}

function store(rooms: Rooms, { involved, plan, context, userId }: OwnWrite): void {
  const { log, drop, now } = rooms.services;
  const gathering = involved.map((room) => ({ room, end: room.gatherOwn() }));
  try {
    applyPlan(context.rooms, plan, new Applied({ seq: 0, userId, at: now() }));
    const written = gathering.flatMap(({ room, end }) => {
      const { data, rows } = end();
      return data === null ? [] : [{ room, data, rows }];
    });
    const { seqs } = log.commit({
      updates: written.map(({ room, data }) => ({ room: room.name, data, userId, claims: room.ownClaims() })),
      quarantine: [],
      changes: [],
      historySeqs: new Map(),
    });
    written.forEach(({ room, data, rows }, index) => {
      room.ownStored(seqs[index] ?? room.lastSeq, data, rows);
    });
  } catch (error) {
    // The documents may hold what the disk does not: nobody may see that.
    for (const room of involved) drop(room, 'a change of the server could not be stored');
    throw error;
  }
}
