/** What comes next for a record, in words: the open task that is due first, else what the deal itself says. */
import type { Day } from '../../shared/model/day.ts';
import { dayHere } from '../../shared/query/task-view.ts';
import type { Workspace } from '../data/workspace.ts';

export interface NextStepWords {
  readonly text: string;
  readonly day: Day | null;
}

/** What comes next for a record; undefined when nothing does. Tracks. */
export function nextStepWords(workspace: Workspace, recordId: string): NextStepWords | undefined {
  const next = workspace.about.nextStep(recordId);
  if (next === null) return undefined;
  if (next.kind === 'text') return { text: next.text, day: next.on };
  const task = workspace.collection('task').byId(next.taskId);
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  return task && { text: task.title, day: task.due === null ? null : dayHere(task.due, zone) };
}

/** The day of what comes next; a step without a day comes after all that have one. Null where there is none. */
export function nextStepDay(workspace: Workspace, recordId: string): Day | null {
  const next = nextStepWords(workspace, recordId);
  return next ? (next.day ?? '9999-12-31') : null;
}
