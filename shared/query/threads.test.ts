import { expect, test } from 'vitest';
import type { Comment } from '../entities/comment.ts';
import { threadsOf } from './threads.ts';

const aComment = (id: string, at: number, more: Partial<Comment> = {}): Comment =>
  ({ id, at, createdAt: at, replyTo: null, deleted: false, resolvedAt: null, resolvedBy: null, ...more }) as Comment;

function threads(comments: readonly Comment[], inTrash: readonly Comment[] = []) {
  const all = [...comments, ...inTrash];
  return threadsOf(comments, (id) => all.find((each) => each.id === id));
}

test('answers follow the comment they answer, threads stand in the order in which they began', () => {
  const found = threads([
    aComment('comment_d', 4, { replyTo: 'comment_a' }),
    aComment('comment_b', 2),
    aComment('comment_c', 3, { replyTo: 'comment_a' }),
    aComment('comment_a', 1),
  ]);
  expect(found.map((thread) => thread.comments.map((each) => each.id))).toEqual([
    ['comment_a', 'comment_c', 'comment_d'],
    ['comment_b'],
  ]);
  expect(found.map(({ at }) => at)).toEqual([4, 2]);
});

test('an answer stays when its first comment was deleted or has not come', () => {
  const answer = aComment('comment_b', 2, { replyTo: 'comment_a' });
  const gone = aComment('comment_a', 1, { deleted: true, resolvedAt: 5, resolvedBy: 'member_x' as never });
  expect(threads([answer])).toMatchObject([{ id: 'comment_a', isHeadless: true, isResolved: false }]);
  expect(threads([answer], [gone])).toMatchObject([{ isHeadless: true, isResolved: true, resolvedBy: 'member_x' }]);
});
