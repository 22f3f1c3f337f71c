/** Taking a plan back: which of its writes still stand, and what stands in their place afterwards. */
import type { Registry } from '../entities/registry.ts';
import { fieldOf } from '../model/entity.ts';
import { BASE_PATH, type CommandContext, type Plan, type Write } from './doc-tx.ts';
import { readBase, splitPath } from './record-keys.ts';
import type { Edit } from './record-state.ts';
import type { RoomRecords } from './room-records.ts';
import { type Stamp, stampWriter } from './stamp.ts';

/**
 * Restoring an older value gives it a new stamp. This map says so (`id/path/old stamp` → new stamp), so that the
 * step which wrote that value in the first place can still be undone. One per undo history.
 */
export type RestoredStamps = Map<string, Stamp>;

/** What an undo would do, and what it leaves alone because somebody has changed it since. */
export interface UndoOutcome {
  readonly plan: Plan;
  readonly skipped: readonly Write[];
}

export interface UndoChoice {
  /** A record on which others' work was taken back, so that it is as it was made, goes to the trash with its creation. */
  readonly asMadeGoes?: boolean;
}

/**
 * The plan that takes another plan back (and, given an undo's plan, does it again): a path gets its former value
 * only where it still carries the undone plan's stamp; where somebody else wrote apart and lost to it, their value. A
 * record that was created is put into the trash, unless another writer has edited it since; `own` are former writers of
 * the same history, from before a reload. Notes in `restored` which values live on under the new stamp.
 */
export function planUndo(
  context: CommandContext,
  done: Plan,
  restored: RestoredStamps,
  own: ReadonlySet<string> = NO_WRITERS,
  { asMadeGoes = false }: UndoChoice = {},
): UndoOutcome {
  const skipped: Write[] = [];
  for (const { id, path } of done.writes) {
    if (path !== BASE_PATH) context.clock.exceed(context.rooms.homeOf(id).winner(id, path).stamp);
  }
  const stamp = context.clock.next();
  const writes: Write[] = [];
  for (const write of done.writes) {
    const room = context.rooms.homeOf(write.id);
    if (write.path === BASE_PATH) {
      const isGone = room.stateOf(write.id)?.base === undefined;
      const touched = () => touchedByOthers(room, write.id, done.stamp, own);
      if (isGone || touched().some((each) => !asMadeGoes || !isAsMade(context.registry, room, each)))
        skipped.push(write);
      else writes.push({ ...write, path: 'deleted', before: false, beforeStamp: done.stamp, after: true });
      continue;
    }
    const winner = room.winner(write.id, write.path).stamp;
    if (winner === currentStamp(restored, write, done.stamp)) {
      const colleague = keptSince(room, write, winner);
      const after = colleague ? colleague.value : (write.before ?? emptyValueOf(context.registry, room, write));
      writes.push({ ...write, before: write.after, beforeStamp: winner, after });
      if (!colleague) restored.set(restoredKey(write, write.beforeStamp), stamp);
    } else {
      skipped.push(write);
    }
  }
  return { plan: { stamp, writes, result: undefined }, skipped };
}

/** What was written apart after the value that the undone write replaced: without that write it would have been shown. */
function keptSince(room: RoomRecords, { id, path, beforeStamp }: Write, winner: Stamp): Edit | undefined {
  return room
    .stateOf(id)
    ?.edits?.get(path)
    ?.find(({ stamp }) => stamp < winner && stamp > beforeStamp);
}

const restoredKey = (write: Write, stamp: Stamp) => `${write.id}/${write.path}/${stamp}`;

/** The stamp under which a value that was written with `stamp` lives now. */
function currentStamp(restored: RestoredStamps, write: Write, stamp: Stamp): Stamp {
  let current = stamp;
  for (
    let next = restored.get(restoredKey(write, current));
    next !== undefined;
    next = restored.get(restoredKey(write, current))
  )
    current = next;
  return current;
}

const NO_WRITERS: ReadonlySet<string> = new Set();

interface OthersEdit extends Pick<Write, 'id' | 'path'> {
  readonly value: unknown;
}

/** What other writers have left on a record. */
function touchedByOthers(room: RoomRecords, id: string, stamp: Stamp, own: ReadonlySet<string>): readonly OthersEdit[] {
  const writer = stampWriter(stamp);
  const isOther = (by: string) => by !== writer && !own.has(by);
  return [...(room.stateOf(id)?.edits ?? [])].flatMap(([path, edits]) =>
    edits.flatMap((edit) => (isOther(stampWriter(edit.stamp)) ? [{ id, path, value: edit.value }] : [])),
  );
}

/** Whether an edit leaves the value that the record was made with. */
function isAsMade(registry: Registry, room: RoomRecords, { id, path, value }: OthersEdit): boolean {
  const { field, element } = splitPath(path);
  const made = readBase(room.stateOf(id)?.base)[field];
  if (element !== null) return value === null && (!Array.isArray(made) || made.length === 0);
  const entity = registry[room.get(id)?.entity ?? ''];
  const initial = (entity && fieldOf(entity, field)?.initial) ?? null;
  return (
    JSON.stringify(value ?? initial) === JSON.stringify(made ?? initial) || (value === false && made === undefined)
  );
}

/** What stands for "there was nothing": null removes an element, a field goes back to its initial value. */
function emptyValueOf(registry: Registry, room: RoomRecords, write: Write): unknown {
  if (write.path.includes(':')) return null;
  const entity = registry[room.get(write.id)?.entity ?? ''];
  return (entity && fieldOf(entity, write.path)?.initial) ?? null;
}
