/** Running commands against the documents of this tab: one at a time, or many as one step. */
import { batch, createSignal } from 'solid-js';
import { CommandRefused, type Tx } from '../../shared/commands/command.ts';
import type { Registry } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { applyPlan, type CommandContext, type Plan, planCommand } from '../../shared/sync/doc-tx.ts';
import { createFollowUp } from './follow-up.ts';
import { nextTurn, sizeFor } from './slices.ts';
import { TEXT_FIELDS } from './texts.ts';
import type { UndoHistory } from './undo.ts';
import type { Workspace } from './workspace.ts';

interface CommandRunnerOptions {
  readonly context: CommandContext;
  readonly origin: unknown;
  readonly canWrite: () => boolean;
  /** Why this person may not make these writes, as a sentence; null when they may. */
  readonly refuse: (writes: Plan['writes']) => string | null;
  readonly history: UndoHistory;
  /** Settles when everything written so far is stored on this device. */
  readonly stored: () => Promise<void>;
}

/** So many commands are in the first slice; how many in the next ones depends on how long that took, screen included. */
const FIRST_SLICE = 20;

const LOOK_ONLY = 'You can look at everything here, but your role does not change it.';

export function createCommandRunner({
  context,
  origin,
  canWrite,
  refuse,
  history,
  stored,
}: CommandRunnerOptions): Pick<Workspace, 'run' | 'runQuietly' | 'runSteps' | 'lastStep'> {
  const followUp = createFollowUp(context, origin);
  const [lastStep, setLastStep] = createSignal<{ readonly label: string } | null>(null);

  /** Nothing is written yet: what the server would refuse is refused here, with the same words. */
  function plan<R>(command: (tx: Tx) => R): Plan<R> {
    const planned = planCommand(context, command);
    const refusal = refuse(planned.writes);
    if (refusal !== null) throw new CommandRefused('not-allowed', canWrite() ? refusal : LOOK_ONLY);
    return planned;
  }

  /** What was done so far goes again. Where the role no longer allows even that, it stays, to be undone when it does. */
  async function takeBack(label: string, plans: readonly Plan[]): Promise<void> {
    const refusal = await history.takeBack(plans).then(
      () => null,
      (error: unknown) => {
        if (error instanceof CommandRefused) return error;
        throw error;
      },
    );
    if (refusal === null) return;
    history.push({ label, plans });
    throw new CommandRefused(refusal.code, `${refusal.message} What was done until then stays.`);
  }

  function finish(label: string, plans: readonly Plan[]): void {
    if (plans.every(({ writes }) => writes.length === 0)) return;
    history.push({ label, plans });
    setLastStep({ label });
  }

  return {
    lastStep,
    run(label, command) {
      const planned = plan(command);
      batch(() => {
        applyPlan(context.rooms, planned, origin);
        finish(label, [planned, ...followUp(planned)]);
      });
      return planned.result;
    },
    runQuietly(command) {
      const planned = plan(command);
      batch(() => applyPlan(context.rooms, planned, origin));
      return planned.result;
    },
    async runSteps(label, steps, { signal, total, onProgress }) {
      if (!canWrite()) throw new CommandRefused('not-allowed', LOOK_ONLY);
      const plans: Plan[] = [];
      const left = steps[Symbol.iterator]();
      let done = 0;
      let size = FIRST_SLICE;
      let isOver = false;
      try {
        while (!isOver) {
          if (signal?.aborted) {
            await takeBack(label, plans);
            return 'cancelled';
          }
          // What fits into a slice becomes one plan: one stamp, one Yjs transaction, one message on the wire.
          const [began, before] = [performance.now(), done];
          const planned = plan((tx) => {
            while (!isOver && done - before < size) isOver = !runNext(left, tx);
          });
          batch(() => {
            applyPlan(context.rooms, planned, origin);
            onProgress?.({ done, total });
          });
          plans.push(planned);
          size = sizeFor(size, performance.now() - began);
          await nextTurn();
        }
      } catch (error) {
        await takeBack(label, plans);
        throw error;
      }
      finish(label, plans);
      await stored();
      return 'done';

      function runNext(iterator: Iterator<(tx: Tx) => void>, tx: Tx): boolean {
        const next = iterator.next();
        if (next.done) return false;
        next.value(tx);
        done++;
        return true;
      }
    },
  };
}

/** Writes a shared text's words into the record's own field where they differ. What is refused stays in the text. */
export function keepPlainText(
  runQuietly: Workspace['runQuietly'],
  registry: Registry,
  { recordId, plain }: { readonly recordId: string; readonly plain: string },
): void {
  const name = entityNameOf(recordId);
  const [entity, field] = [registry[name], TEXT_FIELDS[name]];
  if (!entity || field === undefined) return;
  try {
    runQuietly((tx) => {
      const record = tx.get(entity, recordId) as Readonly<Record<string, unknown>> | undefined;
      if (record && record[field] !== plain) tx.patch(entity, recordId, { [field]: plain });
    });
  } catch (error) {
    if (!(error instanceof CommandRefused)) throw error;
  }
}
