/** Comments as threads, as memos: what stands on a record as a whole, at one of its fields, or at an entry of its timeline. */
import { type Accessor, createMemo } from 'solid-js';
import { comment } from '../../../shared/entities/comment.ts';
import { type Thread, threadsOf } from '../../../shared/query/threads.ts';
import { useWorkspace } from '../../data/workspace.ts';

/** Where a comment stands. `subject` is the record, or the entry when `entry` says so. */
export interface Anchor {
  /** The record on whose page it is written. */
  readonly on: string;
  readonly field?: string;
  readonly entry?: string;
}

/** Of a field or an entry only its own threads; of a record all, wherever they stand on it. Tracks. */
export function createThreads(anchor: Accessor<Anchor>): Accessor<readonly Thread[]> {
  const workspace = useWorkspace();
  const threads = createMemo(() => {
    const { on, field, entry } = anchor();
    const ids = workspace.about.comments(entry ?? on);
    // The index tells of every change of what it lists: there is no need to track one by one.
    const known = ids.flatMap((id) => workspace.collection(comment.name).peek(id) ?? []);
    const wanted = field === undefined ? known : known.filter((each) => each.field === field);
    return threadsOf(wanted, (id) => workspace.collection(comment.name).peek(id));
  });
  return threads;
}

/** Comments of threads that are not settled. */
export function openCount(threads: readonly Thread[]): number {
  return threads.reduce((sum, thread) => sum + (thread.isResolved ? 0 : thread.comments.length), 0);
}

export function anchorKey({ on, field, entry }: Anchor): string {
  return `comment/${entry ?? on}${field ? `/${field}` : ''}`;
}
