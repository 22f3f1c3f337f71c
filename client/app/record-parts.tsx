/** What features put on each other's record pages: every part is loaded when the first page that has it is opened. */
import { lazy } from 'solid-js';
import type { RecordParts } from '../fields/record-parts.ts';
import { lateComponent } from '../ui/late.tsx';

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
  topbar: lazy(() => import('./record-topbar-parts.tsx').then((module) => ({ default: module.RecordTopbarParts }))),
  field: lateComponent(() => import('../features/comments/field-comments.tsx').then((module) => module.FieldComments)),
  entry: lateComponent(() => import('../features/comments/entry-comments.tsx').then((module) => module.EntryComments)),
  files: lazy(() => import('../features/files/record-files.tsx').then((module) => ({ default: module.RecordFiles }))),
  nextSteps: lazy(() =>
    import('../features/tasks/record-tasks.tsx').then((module) => ({ default: module.RecordTasks })),
  ),
};
