/** A device in a test: one document per room kind (the timelines of all years share one), a clock that may be wrong, and every update it has made. */
import * as Y from 'yjs';
import type { Tx } from '../commands/command.ts';
import { entities, type Registry } from '../entities/registry.ts';
import type { RoomKind } from '../model/entity.ts';
import { idFromCause } from '../model/id.ts';
import { applyPlan, type CommandContext, type Plan, roomsBy, runCommand } from '../sync/doc-tx.ts';
import { planUndo, type RestoredStamps, type UndoOutcome } from '../sync/plan-undo.ts';
import { RoomRecords } from '../sync/room-records.ts';
import { createClock } from '../sync/stamp.ts';

const KINDS: readonly RoomKind[] = ['workspace', 'pipeline', 'work', 'directory', 'timeline'];

export interface Replica {
  readonly name: string;
  readonly memberId: string;
  readonly context: CommandContext;
  /** Updates made or received here, oldest first. */
  readonly log: { readonly kind: RoomKind; readonly update: Uint8Array }[];
  room(kind: RoomKind): RoomRecords;
  run<R>(command: (tx: Tx) => R): Plan<R>;
  undo(plan: Plan, restored?: RestoredStamps): UndoOutcome;
  receive(kind: RoomKind, update: Uint8Array): void;
}

/** `wall` gives the device's own epoch ms, right or wrong. */
export function aReplica(
  name: string,
  { wall, registry = entities }: { wall: () => number; registry?: Registry },
): Replica {
  const memberId = idFromCause('member', name);
  const log: { kind: RoomKind; update: Uint8Array }[] = [];
  const records = new Map(
    KINDS.map((kind) => {
      const doc = new Y.Doc();
      doc.on('update', (update: Uint8Array) => log.push({ kind, update }));
      return [kind, new RoomRecords(doc, registry)];
    }),
  );
  const clock = createClock(wall, `${name.padEnd(10, '0')}`.slice(0, 10));
  for (const room of records.values()) room.onChange(() => clock.observe(room.highestStamp));
  const room = (kind: RoomKind) => records.get(kind) as RoomRecords;
  const rooms = roomsBy(registry, room, () => [0]);
  const context: CommandContext = { registry, rooms, clock, actor: memberId };
  return {
    name,
    memberId,
    context,
    log,
    room,
    run: (command) => runCommand(context, command, 'test'),
    undo: (plan, restored = new Map()) => {
      const outcome = planUndo(context, plan, restored);
      applyPlan(rooms, outcome.plan, 'undo');
      return outcome;
    },
    receive: (kind, update) => Y.applyUpdate(room(kind).doc, update, 'remote'),
  };
}

/** Brings two devices together in full, both ways. */
export function meet(left: Replica, right: Replica): void {
  for (const kind of KINDS) {
    right.receive(kind, Y.encodeStateAsUpdate(left.room(kind).doc));
    left.receive(kind, Y.encodeStateAsUpdate(right.room(kind).doc));
  }
}

/** Everybody meets everybody, so that all hold the same. */
export function meetAll(replicas: readonly Replica[]): void {
  const [first, ...others] = replicas;
  for (let round = 0; round < 2; round++) for (const other of others) if (first) meet(first, other);
}

/** All records of a device as plain data, to compare devices with. */
export function contentsOf(replica: Replica): Record<string, unknown> {
  const contents: Record<string, unknown> = {};
  for (const kind of KINDS) {
    const room = replica.room(kind);
    for (const name of Object.keys(replica.context.registry))
      for (const record of room.all(name)) contents[record.id] = record;
  }
  return contents;
}
