/** Under an entry of a timeline: a quiet button, and behind it the threads about this entry, on every page that shows it. */
import './comments.css';
import { useLocation } from '@solidjs/router';
import MessageSquare from 'lucide-solid/icons/message-square';
import { createSignal, type JSX, Show, untrack } from 'solid-js';
import { useWorkspace } from '../../data/workspace.ts';
import { formatPlural } from '../../fields/format.ts';
import type { EntryPartProps } from '../../fields/record-parts.ts';
import { createThreads, openCount } from './comment-data.ts';
import { CommentsPanel } from './comments-panel.tsx';

export function EntryComments(props: EntryPartProps): JSX.Element {
  const workspace = useWorkspace();
  const location = useLocation();
  /** A notice of a comment leads here with the threads open, until somebody closes them. */
  const isLed = () => location.hash === `#${props.entryId}/comments`;
  const [chosen, setOpen] = createSignal<boolean>();
  const open = () => chosen() ?? isLed();
  function bringIntoView(box: HTMLElement): void {
    if (untrack(isLed)) requestAnimationFrame(() => box.scrollIntoView?.({ block: 'nearest' }));
  }
  const threads = createThreads(() => ({ on: props.record.id, entry: props.entryId }));
  const count = () => openCount(threads());
  const words = () => {
    if (count() > 0) return formatPlural(count(), 'comment', 'comments');
    return threads().length > 0 ? 'Comments resolved' : 'Comment';
  };
  return (
    <Show when={workspace.canWrite() || threads().length > 0}>
      <div ref={bringIntoView} class="entrycomments" classList={{ 'is-some': threads().length > 0, 'is-open': open() }}>
        <button type="button" class="entrycomments__open" aria-expanded={open()} onClick={() => setOpen(!open())}>
          <MessageSquare class="lucide--sm" />
          {words()}
        </button>
        <Show when={open()}>
          <CommentsPanel
            anchor={{ on: props.record.id, entry: props.entryId }}
            threads={threads()}
            focus={threads().length === 0}
          />
        </Show>
      </div>
    </Show>
  );
}
