import CircleAlert from 'lucide-solid/icons/circle-alert';
import { type JSX, Show } from 'solid-js';

/**
 * Why something was not done, beside it and read out at once. Takes no room while there is nothing to say. What is wrong
 * with one field belongs to the field: see `TextField`.
 */
export function Refusal(props: { readonly text: string | undefined; readonly class?: string }): JSX.Element {
  return (
    <p class={`field__error refusal ${props.class ?? ''}`} role="alert">
      <Show when={props.text}>
        <CircleAlert class="lucide--sm" />
        <span>{props.text}</span>
      </Show>
    </p>
  );
}
