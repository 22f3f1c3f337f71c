/** One thread: its comments with their reactions, the answer, and whether it is settled. */
import Check from 'lucide-solid/icons/check';
import FaceGrinning from 'lucide-solid/icons/face-grinning';
import Pencil from 'lucide-solid/icons/pencil';
import Reply from 'lucide-solid/icons/reply';
import RotateCcw from 'lucide-solid/icons/rotate-ccw';
import Trash from 'lucide-solid/icons/trash';
import { createSignal, For, type JSX, Show } from 'solid-js';
import {
  addComment,
  deleteComment,
  editComment,
  reactToComment,
  resolveThread,
} from '../../../shared/commands/comment-commands.ts';
import { type Comment, REACTIONS, reactionsOf } from '../../../shared/entities/comment.ts';
import { mentionParts } from '../../../shared/query/mentions.ts';
import type { Thread } from '../../../shared/query/threads.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { formatInstant } from '../../fields/format.ts';
import { MemberAvatar, MemberName } from '../../fields/person.tsx';
import { attempt } from '../../fields/record-edit.ts';
import { Button } from '../../ui/button.tsx';
import { IconButton } from '../../ui/icon-button.tsx';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { useToaster } from '../../ui/toaster.tsx';
import { CommentBox } from './comment-box.tsx';

export function CommentThread(props: {
  readonly thread: Thread;
  /** Where it stands, where threads of several places stand together. */
  readonly place?: JSX.Element;
}): JSX.Element {
  const workspace = useWorkspace();
  const toaster = useToaster();
  const [replying, setReplying] = createSignal(false);
  const say = (sentence: string | undefined) => sentence && toaster?.show({ tone: 'failed', text: sentence });
  const canAnswer = () => workspace.canWrite();
  function reply(body: string, mentions: readonly string[]): string | undefined {
    const first = props.thread.comments[0] as Comment;
    const values = { on: first.on[0] ?? '', body, mentions, replyTo: first.id };
    const sentence = attempt(() => workspace.run('Reply added', (tx) => addComment(tx, values)));
    if (sentence === undefined) setReplying(false);
    return sentence;
  }
  function settle(): void {
    const resolved = !props.thread.isResolved;
    const { id } = props.thread;
    say(
      attempt(() =>
        workspace.run(resolved ? 'Thread resolved' : 'Thread reopened', (tx) => resolveThread(tx, { id, resolved })),
      ),
    );
  }
  return (
    <section class="thread" classList={{ 'is-resolved': props.thread.isResolved }} aria-label="Thread">
      <Show when={props.place || props.thread.isResolved}>
        <p class="thread__place meta">
          {props.place}
          <Show when={props.thread.isResolved}>
            <span class="tag tag--success">
              Resolved
              <Show when={props.thread.resolvedBy}>
                {(by) => (
                  <>
                    {' by '}
                    <MemberName memberId={by()} short />
                  </>
                )}
              </Show>
            </span>
          </Show>
        </p>
      </Show>
      <Show when={props.thread.isHeadless}>
        <p class="fg-3 fs-12">The first comment was deleted.</p>
      </Show>
      <ol class="thread__list">
        <For each={props.thread.comments.map((each) => each.id)}>{(id) => <OneComment id={id} />}</For>
      </ol>
      <Show when={canAnswer()}>
        <Show
          when={replying()}
          fallback={
            <div class="row row--4 thread__foot">
              <Button size="sm" variant="quiet" icon={Reply} onClick={() => setReplying(true)}>
                Reply
              </Button>
              <Show when={!props.thread.isHeadless}>
                <Button size="sm" variant="quiet" icon={props.thread.isResolved ? RotateCcw : Check} onClick={settle}>
                  {props.thread.isResolved ? 'Reopen' : 'Resolve'}
                </Button>
              </Show>
            </div>
          }
        >
          <CommentBox
            draftKey={`comment/reply/${props.thread.id}`}
            label="Reply"
            placeholder="Reply"
            submit="Reply"
            focus
            onSubmit={reply}
            onCancel={() => setReplying(false)}
          />
        </Show>
      </Show>
    </section>
  );
}

function OneComment(props: { readonly id: string }): JSX.Element {
  const workspace = useWorkspace();
  const record = () => workspace.collection('comment').byId(props.id);
  return <Show when={record()}>{(comment) => <CommentLine comment={comment()} />}</Show>;
}

function CommentLine(props: { readonly comment: Comment }): JSX.Element {
  const workspace = useWorkspace();
  const toaster = useToaster();
  const [editing, setEditing] = createSignal(false);
  const say = (sentence: string | undefined) => sentence && toaster?.show({ tone: 'failed', text: sentence });
  const me = () => workspace.me().memberId;
  const isMine = () => props.comment.by === me();
  const when = () => formatInstant(props.comment.at ?? props.comment.createdAt, Date.now());
  const parts = () =>
    mentionParts(
      props.comment.body,
      props.comment.mentions.flatMap((id) => workspace.collection('member').byIdInTrash(id) ?? []),
    );
  function react(sign: string): void {
    const { id } = props.comment;
    const on = !reactionsOf(props.comment).some((each) => each.sign === sign && each.by.includes(me()));
    say(
      attempt(() =>
        workspace.run(on ? `Reacted with ${sign}` : `${sign} taken back`, (tx) => reactToComment(tx, { id, sign, on })),
      ),
    );
  }
  function change(body: string, mentions: readonly string[]): string | undefined {
    const { id } = props.comment;
    const sentence = attempt(() => workspace.run('Comment edited', (tx) => editComment(tx, { id, body, mentions })));
    if (sentence === undefined) setEditing(false);
    return sentence;
  }
  function remove(): void {
    const { id } = props.comment;
    say(attempt(() => workspace.run('Comment deleted', (tx) => deleteComment(tx, { id }))));
  }
  const signs = (): readonly MenuItem[] =>
    Object.entries(REACTIONS).map(([sign, label]) => ({ label: `${sign} ${label}`, onSelect: () => react(sign) }));
  const more = (): readonly MenuItem[] => [
    { label: 'Edit', icon: Pencil, onSelect: () => setEditing(true) },
    { label: 'Delete comment', icon: Trash, danger: true, onSelect: remove },
  ];
  const names = (ids: readonly string[]) =>
    ids.map((id) => workspace.collection('member').byIdInTrash(id)?.name ?? 'Somebody').join(', ');
  return (
    <li class="comment">
      <MemberAvatar memberId={props.comment.by} size={22} decorative />
      <div class="comment__main">
        <div class="comment__head">
          <strong class="truncate">
            <Show when={props.comment.by} fallback="Somebody">
              {(by) => <MemberName memberId={by()} />}
            </Show>
          </strong>
          <span class="meta">
            {when()}
            <Show when={props.comment.editedAt}>, edited</Show>
          </span>
          <span class="comment__tools">
            <Show when={workspace.canWrite() && !editing()}>
              <Menu
                placement="bottom-end"
                items={signs()}
                trigger={(trigger) => <IconButton {...trigger} size="xs" icon={FaceGrinning} label="React" />}
              />
              <Show when={isMine()}>
                <MoreMenu size="xs" label="More for this comment" items={more()} />
              </Show>
            </Show>
          </span>
        </div>
        <Show
          when={!editing()}
          fallback={
            <CommentBox
              draftKey={`comment/edit/${props.comment.id}`}
              label="Edit comment"
              placeholder="Comment"
              submit="Save"
              initial={props.comment.body}
              mentions={props.comment.mentions}
              focus
              onSubmit={change}
              onCancel={() => setEditing(false)}
            />
          }
        >
          <p class="comment__body">
            <For each={parts()}>
              {(part) => (
                <Show when={part.memberId} fallback={part.text}>
                  <span class="mention" classList={{ 'mention--me': part.memberId === me() }}>
                    {part.text}
                  </span>
                </Show>
              )}
            </For>
          </p>
        </Show>
        <Show when={reactionsOf(props.comment).length > 0}>
          <div class="row row--4 comment__signs">
            <For each={reactionsOf(props.comment)}>
              {(reaction) => (
                <button
                  type="button"
                  class="sign"
                  aria-pressed={reaction.by.includes(me())}
                  aria-label={`${(REACTIONS as Record<string, string>)[reaction.sign] ?? reaction.sign}: ${names(reaction.by)}`}
                  title={names(reaction.by)}
                  disabled={!workspace.canWrite()}
                  onClick={() => react(reaction.sign)}
                >
                  {reaction.sign} <span class="num">{reaction.by.length}</span>
                </button>
              )}
            </For>
          </div>
        </Show>
      </div>
    </li>
  );
}
