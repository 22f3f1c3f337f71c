/** How many of my tasks are open, and how many of them are for today or late: the figures in the sidebar. */
import { groupOf } from '../../shared/query/task-view.ts';
import { useWorkspace } from '../data/workspace.ts';
import { createToday } from '../fields/create-today.ts';

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
  const due = () => query.group('late').ids.length + query.group('today').ids.length;
  return {
    of(path) {
      if (path === '/tasks') return query.size();
      return path === '/today' ? due() : undefined;
    },
  };
}
