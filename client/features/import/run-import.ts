/** An import becomes records: one step of undo, in slices, stopped on the way or taken back afterwards. */
import { importSteps, removeBatchSteps } from '../../../shared/commands/import-commands.ts';
import type { PlanSummary } from '../../../shared/csv/import-engine.ts';
import type { DuplicateMode, PlannedRecord } from '../../../shared/csv/import-plan.ts';
import type { Workspace } from '../../data/workspace.ts';
import { formatCount, formatPlural } from '../../fields/format.ts';

export interface ImportRun {
  /** What undo will say. */
  readonly label: string;
  readonly plan: PlanSummary;
  readonly batch: string;
  readonly duplicateMode: DuplicateMode;
  /** Some of the planned records, beginning at this place; none after the last. */
  readonly recordsFrom: (from: number) => Promise<readonly PlannedRecord[]>;
  readonly signal: AbortSignal;
  /** In records. */
  readonly onProgress: (done: number) => void;
}

/** @throws CommandRefused */
export async function runImport(
  workspace: Pick<Workspace, 'runSteps'>,
  { label, plan, batch, duplicateMode, recordsFrom, signal, onProgress }: ImportRun,
): Promise<'done' | 'cancelled'> {
  const total = plan.recordCount;
  window.addEventListener('beforeunload', askFirst);
  try {
    const records: PlannedRecord[] = [];
    while (records.length < total && !signal.aborted) {
      const part = await recordsFrom(records.length);
      if (part.length === 0) break;
      records.push(...part);
    }
    const steps = [...importSteps({ batch, duplicateMode, stages: plan.stages, records })];
    return await workspace.runSteps(label, steps, {
      signal,
      total: steps.length,
      onProgress: ({ done }) => onProgress(Math.min(total, Math.round((done / steps.length) * total))),
    });
  } finally {
    window.removeEventListener('beforeunload', askFirst);
  }
}

/** Between two parts of a running import everything may be stored, and the workspace has no reason to ask. */
const askFirst = (event: BeforeUnloadEvent) => event.preventDefault();

/** By undo where it is the last step, else what it made goes to the trash. */
export async function takeBack(
  workspace: Pick<Workspace, 'undo' | 'undoLabel' | 'runSteps'>,
  { label, batch }: { readonly label: string; readonly batch: string },
): Promise<void> {
  if (workspace.undoLabel() === label) await workspace.undo();
  else {
    const steps = [...removeBatchSteps(batch)];
    await workspace.runSteps(label.replace('Imported', 'Removed'), steps, { total: steps.length });
  }
}

/** "Imported 8,800 deals and 85 companies": what undo will say. */
export function importLabel({ counts }: PlanSummary): string {
  const words: readonly (readonly [string, string, string])[] = [
    ['deal', 'deal', 'deals'],
    ['contact', 'contact', 'contacts'],
    ['company', 'company', 'companies'],
    ['member', 'owner', 'owners'],
  ];
  const parts = words.flatMap(([entity, one, many]) => {
    const count = counts.created[entity] ?? 0;
    return count === 0 ? [] : [formatPlural(count, one, many)];
  });
  if (parts.length === 0) return `Imported ${formatCount(counts.rows)} rows`;
  const last = parts.pop() ?? '';
  return `Imported ${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}`;
}
