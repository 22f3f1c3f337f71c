/** What features put on each other's record pages: every part is loaded when the first page that has it is opened. */
import { lazy } from 'solid-js';
import type { RecordParts } from '../fields/record-parts.ts';

export const RECORD_PARTS: RecordParts = {
  timeline: lazy(() =>
    import('../features/timeline/record-timeline.tsx').then((module) => ({ default: module.RecordTimeline })),
  ),
  brief: lazy(() =>
    import('../features/timeline/record-brief.tsx').then((module) => ({ default: module.RecordBrief })),
  ),
  quickActions: lazy(() =>
    import('../features/timeline/quick-actions.tsx').then((module) => ({ default: module.QuickActions })),
  ),
  lastContact: lazy(() => import('../fields/last-contact.tsx').then((module) => ({ default: module.LastContactPart }))),
  topbar: lazy(() =>
    import('../features/history/record-history.tsx').then((module) => ({ default: module.RecordHistory })),
  ),
  nextSteps: lazy(() =>
    import('../features/tasks/record-tasks.tsx').then((module) => ({ default: module.RecordTasks })),
  ),
};
