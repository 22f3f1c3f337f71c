import X from 'lucide-solid/icons/x';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';

export interface TagProps {
  readonly tone?: 'neutral' | 'accent' | 'success' | 'warning' | 'danger' | 'line';
  readonly icon?: Icon;
  /** Adds a cross named "Remove …". */
  readonly removeLabel?: string;
  readonly onRemove?: () => void;
  readonly children: JSX.Element;
}

/** A word on a tint: a label people gave, or a state that needs no sentence. */
export function Tag(props: TagProps): JSX.Element {
  return (
    <span class={['tag', props.tone && props.tone !== 'neutral' ? `tag--${props.tone}` : ''].filter(Boolean).join(' ')}>
      <Show when={props.icon}>{(icon) => <Dynamic component={icon()} class="lucide--sm" />}</Show>
      {props.children}
      <Show when={props.onRemove}>
        <button
          type="button"
          class="tag__x"
          aria-label={props.removeLabel ?? 'Remove'}
          onClick={() => props.onRemove?.()}
        >
          <X class="lucide--sm" />
        </button>
      </Show>
    </span>
  );
}
