/**
 * What features put on each other's record pages: every part is loaded when the first page that has it is opened, or
 * with the rest, whichever comes first.
 */
import type { RecordParts } from '../fields/record-parts.ts';
import { lateComponent, latePage } from '../ui/late.tsx';

export const RECORD_PARTS: RecordParts = {
  timeline: latePage(() => import('../features/timeline/record-timeline.tsx').then((module) => module.RecordTimeline)),
  brief: latePage(() => import('../features/timeline/record-brief.tsx').then((module) => module.RecordBrief)),
  quickActions: latePage(() => import('../features/timeline/quick-actions.tsx').then((module) => module.QuickActions)),
  lastContact: latePage(() => import('../fields/last-contact.tsx').then((module) => module.LastContactPart)),
  topbar: latePage(() => import('./record-topbar-parts.tsx').then((module) => module.RecordTopbarParts)),
  side: lateComponent(() =>
    import('../features/history/record-history-panel.tsx').then((module) => module.HistoryPanel),
  ),
  field: lateComponent(() => import('../features/comments/field-comments.tsx').then((module) => module.FieldComments)),
  entry: lateComponent(() => import('../features/comments/entry-comments.tsx').then((module) => module.EntryComments)),
  files: latePage(() => import('../features/files/record-files.tsx').then((module) => module.RecordFiles)),
  nextSteps: latePage(() => import('../features/tasks/record-tasks.tsx').then((module) => module.RecordTasks)),
};
