/** What stands in a person's inbox now, what was put off, and what is done; newest first. */
import { type Accessor, createMemo } from 'solid-js';
import { isInInbox, type Notice } from '../../../shared/entities/notice.ts';
import { dayOfInstant } from '../../../shared/model/day.ts';
import { timelineHeading } from '../../../shared/query/timeline.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { currentDay } from '../../fields/reference.ts';
import { createNow } from '../../platform/create-now.ts';

export type InboxView = 'inbox' | 'later' | 'done';

/** What was put off comes back within so long. */
const LOOK_EVERY_MS = 15_000;
/** Of what is done nobody needs more. */
const MOST_DONE = 200;

export interface InboxGroup {
  /** `Today`, `Yesterday`, `October`. */
  readonly heading: string;
  readonly ids: readonly string[];
}

export interface Inbox {
  readonly ids: Accessor<readonly string[]>;
  readonly groups: Accessor<readonly InboxGroup[]>;
  /** Tracks the notice. */
  readonly noticeOf: (id: string) => Notice | undefined;
}

export function createInbox(view: Accessor<InboxView>): Inbox {
  const workspace = useWorkspace();
  const now = createNow(LOOK_EVERY_MS);
  const query = workspace.createQuery('notice', () => {
    const { memberId } = workspace.me();
    const [shown, at] = [view(), now()];
    return {
      where: (each) => each.owner === memberId && isIn(each, shown, at),
      sortBy: (each) => each.at ?? each.createdAt,
      descending: true,
    };
  });
  const ids = createMemo(() => (view() === 'done' ? query.ids().slice(0, MOST_DONE) : query.ids()), [], {
    equals: (left, right) => left.length === right.length && left.every((id, index) => id === right[index]),
  });
  const noticeOf = (id: string) => workspace.collection('notice').byId(id);
  const groups = createMemo(() => {
    const today = currentDay();
    const found: { heading: string; ids: string[] }[] = [];
    for (const id of ids()) {
      const each = workspace.collection('notice').peek(id);
      if (!each) continue;
      const heading = timelineHeading(dayOfInstant(each.at ?? each.createdAt), today);
      const last = found.at(-1);
      if (last?.heading === heading) last.ids.push(id);
      else found.push({ heading, ids: [id] });
    }
    return found;
  });
  return { ids, groups, noticeOf };
}

function isIn(each: Notice, view: InboxView, now: number): boolean {
  if (view === 'done') return each.doneAt !== null;
  return view === 'inbox' ? isInInbox(each, now) : each.doneAt === null && !isInInbox(each, now);
}
