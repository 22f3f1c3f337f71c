import { createUniqueId, For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';

export interface SegmentedProps<T extends string> {
  readonly label: string;
  readonly value: T;
  readonly options: readonly { readonly value: T; readonly label: string; readonly icon?: Icon }[];
  readonly onChange: (value: T) => void;
}

/** Two to five ways to see the same thing, one on. A radio group: arrows move and select. */
export function Segmented<T extends string>(props: SegmentedProps<T>): JSX.Element {
  const name = createUniqueId();
  return (
    <div class="seg" role="radiogroup" aria-label={props.label}>
      <For each={props.options}>
        {(option) => (
          <label class="seg__item">
            <input
              class="sr"
              type="radio"
              name={name}
              value={option.value}
              checked={props.value === option.value}
              onChange={() => props.onChange(option.value)}
            />
            <Show when={option.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
            {option.label}
          </label>
        )}
      </For>
    </div>
  );
}
