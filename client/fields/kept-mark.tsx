/**
 * Two people changed one field while apart: the later value is shown, the other is kept. For a week, or until somebody
 * decides, a mark beside the field says so and shows every value one click away; after that they are in the history.
 */
import Split from 'lucide-solid/icons/split';
import { createSignal, For, type JSX, Show } from 'solid-js';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { MARKED_MS } from '../../shared/query/kept-values.ts';
import { rightNow } from '../platform/right-now.ts';
import { Popover } from '../ui/popover.tsx';
import { KeptBox } from './kept-box.tsx';
import { createChoices, keptField } from './kept-choices.ts';

export function KeptMark(props: { readonly record: AnyRecord; readonly name: string }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const all = createChoices(() => props.record.id);
  const choices = () => all().filter(({ field, at }) => field === props.name && at > rightNow() - MARKED_MS);
  const count = () => choices().reduce((most, { options }) => Math.max(most, options.length), 0);
  const label = () => keptField(props.record, props.name)?.label ?? props.name;
  return (
    <Show when={count() > 1}>
      <Popover
        label={`Values kept for ${label()}`}
        open={open()}
        onOpenChange={setOpen}
        placement="bottom-end"
        trigger={(trigger) => (
          <button
            type="button"
            {...trigger}
            class="tag tag--warning keptmark"
            aria-label={`${label()}: ${count()} kept`}
          >
            <Split class="lucide--sm" />
            {count()} kept
          </button>
        )}
      >
        <For each={choices()}>
          {(choice) => <KeptBox record={props.record} choice={choice} onDecided={() => setOpen(false)} />}
        </For>
      </Popover>
    </Show>
  );
}
