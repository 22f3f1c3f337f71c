/** The button in the topbar of a record's page, with the number of open comments, and the threads it opens. */
import './comments.css';
import { useLocation } from '@solidjs/router';
import MessageSquare from 'lucide-solid/icons/message-square';
import { createSignal, type JSX, Show, untrack } from 'solid-js';
import { formatPlural } from '../../fields/format.ts';
import type { RecordPartProps } from '../../fields/record-parts.ts';
import { createHotkeys } from '../../platform/hotkeys.ts';
import { ariaKeys } from '../../ui/keys.ts';
import { Popover } from '../../ui/popover.tsx';
import { createThreads, openCount } from './comment-data.ts';
import { CommentsPanel } from './comments-panel.tsx';

export function RecordComments(props: RecordPartProps): JSX.Element {
  const location = useLocation();
  /** A notice of a comment leads here with the threads open. */
  const [open, setOpen] = createSignal(untrack(() => location.hash) === '#comments');
  const threads = createThreads(() => ({ on: props.record.id }));
  const count = () => openCount(threads());
  createHotkeys(() => ({ 'Shift+C': () => setOpen(true) }));
  return (
    <Popover
      label="Comments"
      placement="bottom-end"
      class="commentpop"
      open={open()}
      onOpenChange={setOpen}
      trigger={(trigger) => (
        <button
          type="button"
          {...trigger}
          class="iconbtn commentbtn"
          aria-label={count() > 0 ? `Comments, ${formatPlural(count(), 'open', 'open')}` : 'Comments'}
          aria-keyshortcuts={ariaKeys('Shift+C')}
          title="Comments"
        >
          <MessageSquare />
          <Show when={count() > 0}>
            <span class="commentbtn__count num" aria-hidden="true">
              {count()}
            </span>
          </Show>
        </button>
      )}
    >
      <CommentsPanel anchor={{ on: props.record.id }} threads={threads()} focus />
    </Popover>
  );
}
