import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';

export interface EmptyStateProps {
  readonly icon?: Icon;
  /** One line that says why: "No quiet deals". */
  readonly title: string;
  readonly text?: string;
  /** One action. */
  readonly action?: JSX.Element;
}

/** A list without rows: why it is empty and the one thing to do about it. */
export function EmptyState(props: EmptyStateProps): JSX.Element {
  return (
    <div class="empty">
      <Show when={props.icon}>
        {(icon) => (
          <span class="empty__icon">
            <Dynamic component={icon()} class="lucide--lg" />
          </span>
        )}
      </Show>
      <p class="empty__title">{props.title}</p>
      <Show when={props.text}>
        <p class="empty__text">{props.text}</p>
      </Show>
      <Show when={props.action}>
        <div class="empty__action">{props.action}</div>
      </Show>
    </div>
  );
}
