/** Beside the value of a field: how many open comments it has, or, when somebody points at it, a way to write the first. */
import './comments.css';
import MessageSquare from 'lucide-solid/icons/message-square';
import { createSignal, type JSX, Show } from 'solid-js';
import { entities, isEntityName } from '../../../shared/entities/registry.ts';
import { fieldOf } from '../../../shared/model/entity.ts';
import { useWorkspace } from '../../data/workspace.ts';
import type { FieldPartProps } from '../../fields/record-parts.ts';
import { Popover } from '../../ui/popover.tsx';
import { createThreads, openCount } from './comment-data.ts';
import { CommentsPanel } from './comments-panel.tsx';

export function FieldComments(props: FieldPartProps): JSX.Element {
  const workspace = useWorkspace();
  const [open, setOpen] = createSignal(false);
  const threads = createThreads(() => ({ on: props.record.id, field: props.name }));
  const count = () => openCount(threads());
  const label = () =>
    (isEntityName(props.record.entity) && fieldOf(entities[props.record.entity], props.name)?.label) || props.name;
  return (
    <Show when={workspace.canWrite() || threads().length > 0}>
      <Popover
        label={`Comments on ${label()}`}
        placement="bottom-end"
        class="commentpop"
        open={open()}
        onOpenChange={setOpen}
        trigger={(trigger) => (
          <button
            type="button"
            {...trigger}
            class="iconbtn iconbtn--xs commentbtn fieldcomment"
            classList={{ 'is-some': count() > 0, 'is-open': open() }}
            aria-label={count() > 0 ? `${label()}: ${count()} open comments` : `Comment on ${label()}`}
            title={`Comment on ${label()}`}
          >
            <MessageSquare class="lucide--sm" />
            <Show when={count() > 0}>
              <span class="num" aria-hidden="true">
                {count()}
              </span>
            </Show>
          </button>
        )}
      >
        <CommentsPanel anchor={{ on: props.record.id, field: props.name }} threads={threads()} about={label()} focus />
      </Popover>
    </Show>
  );
}
