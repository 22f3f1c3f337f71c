/** Comments put together as threads. Tolerant: an answer whose first comment never came, or was deleted, still shows. */
import type { Comment } from '../entities/comment.ts';

export interface Thread {
  /** Id of the first comment, also when that is not here. */
  readonly id: string;
  /** What there is to read, the oldest first; never empty. */
  readonly comments: readonly Comment[];
  /** The first comment is in the trash, or has not arrived. */
  readonly isHeadless: boolean;
  readonly isResolved: boolean;
  readonly resolvedBy: string | null;
  /** Epoch ms of the newest comment. */
  readonly at: number;
}

const timeOf = (comment: Comment) => comment.at ?? comment.createdAt;

/** `comments` are not in the trash; `find` also knows those that are. Threads in the order in which they began. */
export function threadsOf(comments: readonly Comment[], find: (id: string) => Comment | undefined): readonly Thread[] {
  const groups = new Map<string, Comment[]>();
  for (const comment of comments) {
    const id = comment.replyTo ?? comment.id;
    const group = groups.get(id);
    if (group) group.push(comment);
    else groups.set(id, [comment]);
  }
  const threads = [...groups].map(([id, group]): Thread => {
    const sorted = group.sort((left, right) => timeOf(left) - timeOf(right) || (left.id < right.id ? -1 : 1));
    const first = find(id);
    return {
      id,
      comments: sorted,
      isHeadless: first === undefined || first.deleted,
      isResolved: first !== undefined && first.resolvedAt !== null,
      resolvedBy: first?.resolvedBy ?? null,
      at: timeOf(sorted.at(-1) as Comment),
    };
  });
  const began = (thread: Thread) => timeOf(thread.comments[0] as Comment);
  return threads.sort((left, right) => began(left) - began(right));
}
