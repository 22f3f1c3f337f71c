/** How many of my tasks are open, how many of them are for today or late, and what is unread: the figures in the sidebar. */
import { isUnread } from '../../shared/entities/notice.ts';
import { groupOf } from '../../shared/query/task-view.ts';
import { useWorkspace } from '../data/workspace.ts';
import { createToday } from '../fields/create-today.ts';
import { createNow } from '../platform/create-now.ts';

export interface WaitingTasks {
  /** The figure for an area's address; undefined where there is none. Tracks. */
  readonly of: (path: string) => number | undefined;
}

export function createWaitingTasks(): WaitingTasks {
  const workspace = useWorkspace();
  const today = createToday();
  const { timeZone: zone } = Intl.DateTimeFormat().resolvedOptions();
  const query = workspace.createQuery('task', () => {
    const day = today();
    const { memberId } = workspace.me();
    return {
      where: (task) => task.doneAt === null && task.owner === memberId,
      groupBy: (task) => groupOf(task, { today: day, zone }),
    };
  });
  const unread = createUnread();
  const due = () => query.group('late').ids.length + query.group('today').ids.length;
  return {
    of(path) {
      if (path === '/tasks') return query.size();
      if (path === '/inbox') return unread();
      return path === '/today' ? due() : undefined;
    },
  };
}

/** What was put off is unread again within so long. */
const LOOK_EVERY_MS = 30_000;

/** How many notices somebody has not looked at. Tracks. */
export function createUnread(): () => number {
  const workspace = useWorkspace();
  const now = createNow(LOOK_EVERY_MS);
  const query = workspace.createQuery('notice', () => {
    const { memberId } = workspace.me();
    const at = now();
    return { where: (each) => each.owner === memberId && isUnread(each, at) };
  });
  return () => query.size();
}
