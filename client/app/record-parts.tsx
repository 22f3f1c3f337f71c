/** What features put on each other's record pages: every part is loaded when the first page that has it is opened. */
import { lazy } from 'solid-js';
import type { RecordParts } from '../fields/record-parts.ts';

export const RECORD_PARTS: RecordParts = {
  nextSteps: lazy(() =>
    import('../features/tasks/record-tasks.tsx').then((module) => ({ default: module.RecordTasks })),
  ),
};
