/**
 * Undo and redo, per person and tab. A step is what one command did, or one whole import. Taking back writes the
 * former value only where the step's own value still stands; what somebody has changed since is left alone, and the
 * report says how much and by whom. Undo is a new change, so teammates see it. A reload of the tab keeps the steps.
 *
 * Laws: undo never changes what another person wrote after the step; undo and redo together change no winner.
 */
import { batch, createSignal } from 'solid-js';
import { CommandRefused } from '../../shared/commands/command.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { applyPlan, type CommandContext, type Plan, type Write } from '../../shared/sync/doc-tx.ts';
import { planUndo, type RestoredStamps } from '../../shared/sync/plan-undo.ts';
import { isStampOf, NO_STAMP, type Stamp, stampWriter } from '../../shared/sync/stamp.ts';
import { nextTurn, sizeFor } from './slices.ts';
import { EMPTY_UNDO, type UndoShelf } from './undo-shelf.ts';
import type { UndoReport } from './workspace.ts';

export interface Step {
  readonly label: string;
  readonly plans: readonly Plan[];
}

/** One change as the history tells it. */
export interface PastChange {
  readonly id: string;
  /** A field, or `field:element`; '' for the creation of the record. */
  readonly path: string;
  /** The value before; null when there was none. */
  readonly before: unknown;
  readonly after: unknown;
  readonly stamp: Stamp;
}

export interface UndoHistory {
  /** Notes what was done; there is nothing to redo after it. */
  push(step: Step): void;
  /** @throws CommandRefused when this person may not any more (a lowered role); the step waits until they may again */
  undo(): Promise<UndoReport | null>;
  /** @throws CommandRefused as `undo` does */
  redo(): Promise<UndoReport | null>;
  /**
   * Takes back without leaving a step behind: an import that was cancelled.
   * @throws CommandRefused when this person may not any more, before anything is written
   */
  takeBack(plans: readonly Plan[]): Promise<void>;
  /**
   * Takes back what anybody did at any time, from the history; it is a step of its own that can be undone.
   * @throws CommandRefused when this person may not, before anything is written
   */
  revert(label: string, changes: readonly PastChange[]): Promise<UndoReport>;
  /** Steps that touched these records are forgotten: they were removed for good. */
  forget(ids: readonly string[]): void;
  /** What undo would do next; null when there is nothing, or nothing that this person may do. Tracks. */
  undoLabel(): string | null;
  redoLabel(): string | null;
}

interface WrittenPlaces {
  readonly writes: readonly Pick<Write, 'id' | 'path'>[];
}

export interface UndoOptions {
  readonly context: CommandContext;
  /** Origin of the Yjs transactions. */
  readonly origin: unknown;
  /** To name who changed something since. */
  readonly members: () => Iterable<Pick<AnyRecord, 'id'> & { readonly name: string }>;
  /** Why this person may not make such writes, as a sentence; null when they may. */
  readonly refuse?: (writes: readonly Pick<Write, 'id' | 'path'>[]) => string | null;
  /** Where steps wait for the next load of this tab. */
  readonly shelf?: UndoShelf;
}

/** What I have done since counts like anybody's: only the action itself is taken back, and what was taken back of the rest. */
const NOBODY: ReadonlySet<string> = new Set();
/** Older steps are forgotten; History (later) reaches further back. */
const MOST_STEPS = 200;
/** So many writes are taken back in the first frame; how many in the next ones depends on how long that took. */
const FIRST_SLICE = 100;
/**
 * And at least so many: what a page draws anew after each slice costs the same for one write as for fifty (500 tasks taken
 * back on Today: 50 s one by one).
 */
const LEAST_SLICE = 50;

export function createUndoHistory({ context, origin, members, refuse, shelf }: UndoOptions): UndoHistory {
  const kept = shelf?.read() ?? EMPTY_UNDO;
  const [done, setDone] = createSignal<readonly Step[]>(kept.done);
  const [undone, setUndone] = createSignal<readonly Step[]>(kept.undone);
  const restored: RestoredStamps = new Map(kept.restored);
  const writers = new Set(kept.writers);
  const keepSoon = () => shelf?.keepSoon(() => ({ done: done(), undone: undone(), restored, writers }));
  const noteWriter = ({ stamp }: Plan) => writers.add(stampWriter(stamp));
  /** One at a time: a second ⌘Z waits until the first is through. */
  let queue: Promise<unknown> = Promise.resolve();

  async function takeBack(
    plans: readonly Plan[],
    own: ReadonlySet<string> = writers,
  ): Promise<{ plans: readonly Plan[]; skipped: readonly Write[] }> {
    const reverse: Plan[] = [];
    const skipped: Write[] = [];
    let size = FIRST_SLICE;
    let isFirst = true;
    // Newest first.
    for (const plan of plans.toReversed()) {
      for (let end = plan.writes.length; end > 0; ) {
        if (!isFirst) await nextTurn();
        isFirst = false;
        const from = Math.max(0, end - size);
        const began = performance.now();
        const outcome = planUndo(context, { ...plan, writes: plan.writes.slice(from, end) }, restored, own, {
          asMadeGoes: own === NOBODY,
        });
        noteWriter(outcome.plan);
        batch(() => applyPlan(context.rooms, outcome.plan, origin));
        if (outcome.plan.writes.length > 0) reverse.push(outcome.plan);
        // Who has read what they were told keeps it; nobody needs to hear that it was left alone.
        for (const write of outcome.skipped) if (entityNameOf(write.id) !== 'notice') skipped.push(write);
        size = Math.max(LEAST_SLICE, sizeFor(end - from, performance.now() - began));
        end = from;
      }
    }
    return { plans: reverse, skipped };
  }

  function inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = queue.then(work);
    queue = turn.catch(() => undefined);
    return turn;
  }

  async function turnBack(
    [steps, setSteps]: readonly [() => readonly Step[], (steps: readonly Step[]) => void],
    [others, setOthers]: readonly [() => readonly Step[], (steps: readonly Step[]) => void],
  ): Promise<UndoReport | null> {
    const step = steps().at(-1);
    if (!step) return null;
    throwIfRefused(step.plans);
    const before = steps();
    setSteps(before.slice(0, -1));
    const { plans, skipped } = await takeBack(step.plans).catch((error: unknown) => {
      // A room that is still on its way to this device: the step waits for it.
      setSteps(before);
      throw error;
    });
    if (plans.length > 0) setOthers([...others(), { label: step.label, plans }]);
    keepSoon();
    return { label: step.label, skipped: skipped.length, skippedBy: nameOfChanger(skipped) };
  }

  /** The role may have changed since the step was made: what the server would refuse is not written here either. */
  const refusalOf = (plans: readonly WrittenPlaces[]): string | null => {
    for (const { writes } of plans) {
      const refusal = refuse?.(writes) ?? null;
      if (refusal !== null) return refusal;
    }
    return null;
  };
  function throwIfRefused(plans: readonly WrittenPlaces[]): void {
    const refusal = refusalOf(plans);
    if (refusal !== null) throw new CommandRefused('not-allowed', refusal);
  }
  const labelOf = (step: Step | undefined) => (step && refusalOf(step.plans) === null ? step.label : null);

  /** Who changed the first field that was left alone; null when nothing was, or when it cannot be told. */
  function nameOfChanger(skipped: readonly Write[]): string | null {
    for (const { id, path } of skipped) {
      const records = context.rooms.homeOf(id);
      const stamps =
        path === ''
          ? [...(records.stateOf(id)?.edits?.values() ?? [])].flatMap((edits) => edits.map(({ stamp }) => stamp))
          : [records.winner(id, path).stamp];
      for (const member of members()) {
        const isOther = member.id !== context.actor;
        if (isOther && stamps.some((stamp) => isStampOf(stamp, member.id))) return member.name;
      }
    }
    return null;
  }

  function push(step: Step): void {
    if (step.plans.every(({ writes }) => writes.length === 0)) return;
    step.plans.forEach(noteWriter);
    setDone([...done(), step].slice(-MOST_STEPS));
    setUndone([]);
    keepSoon();
  }

  const doneSteps = [done, setDone] as const;
  const undoneSteps = [undone, setUndone] as const;
  return {
    push,
    undo: () => inTurn(() => turnBack(doneSteps, undoneSteps)),
    redo: () => inTurn(() => turnBack(undoneSteps, doneSteps)),
    takeBack: (plans) =>
      inTurn(async () => {
        throwIfRefused(plans);
        await takeBack(plans);
      }),
    revert: (label, changes) =>
      inTurn(async () => {
        throwIfRefused([{ writes: changes }]);
        const { plans, skipped } = await takeBack(plansOf(changes), NOBODY);
        push({ label, plans });
        return { label, skipped: skipped.length, skippedBy: nameOfChanger(skipped) };
      }),
    forget(ids) {
      const gone = new Set(ids);
      const isKept = ({ plans }: Step) => !plans.some(({ writes }) => writes.some(({ id }) => gone.has(id)));
      setDone(done().filter(isKept));
      setUndone(undone().filter(isKept));
      for (const key of [...restored.keys()]) if (gone.has(key.slice(0, key.indexOf('/')))) restored.delete(key);
      keepSoon();
    },
    undoLabel: () => labelOf(done().at(-1)),
    redoLabel: () => labelOf(undone().at(-1)),
  };
}

/** The plans that made these changes, the oldest first. */
function plansOf(changes: readonly PastChange[]): readonly Plan[] {
  const byStamp = new Map<Stamp, Write[]>();
  for (const { id, path, before, after, stamp } of changes) {
    const write = { id, path, before: before ?? undefined, beforeStamp: NO_STAMP, after };
    const writes = byStamp.get(stamp);
    if (writes) writes.push(write);
    else byStamp.set(stamp, [write]);
  }
  const stamps = [...byStamp.keys()].sort((left, right) => (left < right ? -1 : 1));
  return stamps.map((stamp) => ({ stamp, writes: byStamp.get(stamp) ?? [], result: undefined }));
}
