/** The threads of a record, a field or an entry, and the box for a new one. */
import './comments.css';
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { addComment } from '../../../shared/commands/comment-commands.ts';
import { entities, isEntityName } from '../../../shared/entities/registry.ts';
import { fieldOf } from '../../../shared/model/entity.ts';
import { entityNameOf } from '../../../shared/model/id.ts';
import type { Thread } from '../../../shared/query/threads.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { attempt } from '../../fields/record-edit.ts';
import { followReference } from '../../fields/reference.ts';
import { CommentBox } from './comment-box.tsx';
import { type Anchor, anchorKey } from './comment-data.ts';
import { CommentThread } from './comment-thread.tsx';

export function CommentsPanel(props: {
  readonly anchor: Anchor;
  readonly threads: readonly Thread[];
  /** What is commented on, in words: "Value". */
  readonly about?: string;
  readonly focus?: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  const [all, setAll] = createSignal(false);
  const open = createMemo(() => props.threads.filter((thread) => !thread.isResolved));
  const settled = () => props.threads.length - open().length;
  const shown = () => (all() ? props.threads : open());
  const byId = (id: string) => props.threads.find((thread) => thread.id === id);
  function add(body: string, mentions: readonly string[]): string | undefined {
    const values = { ...props.anchor, body, mentions };
    return attempt(() => workspace.run('Comment added', (tx) => addComment(tx, values)));
  }
  return (
    <div class="comments">
      <div class="comments__list">
        <Show when={shown().length > 0} fallback={<p class="fg-3 fs-13 comments__none">{nothing()}</p>}>
          <For each={shown().map((thread) => thread.id)}>
            {(id) => (
              <Show when={byId(id)}>{(thread) => <CommentThread thread={thread()} place={place(thread())} />}</Show>
            )}
          </For>
        </Show>
        <Show when={settled() > 0}>
          <button
            type="button"
            class="link fs-12 comments__settled"
            aria-expanded={all()}
            onClick={() => setAll(!all())}
          >
            {all() ? 'Hide what is resolved' : `Show ${settled()} resolved`}
          </button>
        </Show>
      </div>
      <Show when={workspace.canWrite()}>
        <CommentBox
          draftKey={anchorKey(props.anchor)}
          label={props.about ? `Comment on ${props.about}` : 'Comment'}
          placeholder={props.about ? `Comment on ${props.about}` : 'Write a comment'}
          submit="Comment"
          focus={props.focus}
          onSubmit={add}
        />
      </Show>
    </div>
  );

  function nothing(): string {
    if (settled() > 0) return 'Everything is resolved.';
    return workspace.canWrite() ? 'No comments yet. @ brings in a teammate.' : 'No comments yet.';
  }

  /** On the record's own list: the field or the entry a thread is about. */
  function place(thread: Thread): string | undefined {
    if (props.anchor.field !== undefined || props.anchor.entry !== undefined) return undefined;
    const first = thread.comments[0];
    const name = entityNameOf(props.anchor.on);
    if (first?.field && isEntityName(name)) return fieldOf(entities[name], first.field)?.label ?? first.field;
    const entry = first?.entry[0];
    return entry ? followReference(workspace, entry).title : undefined;
  }
}
