/** Undo everywhere: the keys, and the toast that offers it after each step and says what came of it. */
import { createEffect, createMemo, on } from 'solid-js';
import { CommandRefused } from '../../shared/commands/command.ts';
import { type UndoReport, useWorkspace } from '../data/workspace.ts';
import { createHotkeys } from '../platform/hotkeys.ts';
import type { Toast, Toaster } from '../ui/toaster.tsx';

export interface UndoControl {
  readonly undo: () => void;
  readonly redo: () => void;
}

export function createUndoControl(toaster: Toaster): UndoControl {
  const workspace = useWorkspace();

  async function undo(): Promise<void> {
    const report = await reported(workspace.undo());
    if (report === 'refused') return;
    toaster.show(
      report
        ? undoToast(report, { verb: 'Undone', again: { label: 'Redo', keys: 'Mod+Shift+Z', run: control.redo } })
        : { text: 'Nothing to undo' },
    );
  }
  async function redo(): Promise<void> {
    const report = await reported(workspace.redo());
    if (report === 'refused') return;
    toaster.show(
      report
        ? undoToast(report, { verb: 'Done again', again: { label: 'Undo', keys: 'Mod+Z', run: control.undo } })
        : { text: 'Nothing to redo' },
    );
  }
  async function reported(work: Promise<UndoReport | null>): Promise<UndoReport | null | 'refused'> {
    try {
      return await work;
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      toaster.show({ tone: 'failed', text: error.message });
      return 'refused';
    }
  }
  const control: UndoControl = { undo: () => void undo(), redo: () => void redo() };

  // Text fields keep their own undo: these are silent there.
  createHotkeys(() => ({ 'Mod+Z': control.undo, 'Mod+Shift+Z': control.redo, 'Mod+Y': control.redo }));
  createEffect(
    on(
      workspace.lastStep,
      (step) => step && toaster.show({ text: step.label, action: { label: 'Undo', keys: 'Mod+Z', run: control.undo } }),
      { defer: true },
    ),
  );
  // Nobody is offered what they may not do any more; the keys say why.
  const canWrite = createMemo(workspace.canWrite);
  createEffect(on(canWrite, (may) => !may && toaster.current()?.action && toaster.dismiss(), { defer: true }));
  return control;
}

/** What the toast says after an undo. A teammate's newer change is never reverted, and that is said. */
function undoToast(
  report: UndoReport,
  { verb, again }: { readonly verb: string; readonly again: NonNullable<Toast['action']> },
): Toast {
  const done = `${verb}: ${report.label}`;
  if (report.skipped === 0) return { text: done, action: again };
  const who = report.skippedBy ?? 'Somebody';
  return { text: `${done}. ${who} changed this after you, and that stays.`, action: again };
}
