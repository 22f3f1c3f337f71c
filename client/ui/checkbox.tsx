import { createEffect, type JSX, Show } from 'solid-js';

export interface CheckboxProps {
  /** Words beside the box; leave out only when `aria-label` says them. */
  readonly label?: JSX.Element;
  readonly 'aria-label'?: string;
  readonly hint?: string;
  readonly checked: boolean;
  /** Some of what it stands for is on. */
  readonly mixed?: boolean;
  readonly disabled?: boolean;
  readonly round?: boolean;
  readonly tabIndex?: number;
  readonly class?: string;
  readonly onChange: (checked: boolean) => void;
}

/** A native checkbox in our look; the whole label is the target. */
export function Checkbox(props: CheckboxProps): JSX.Element {
  const box = () => (
    <input
      type="checkbox"
      class={['check', props.class].filter(Boolean).join(' ')}
      classList={{ 'is-mixed': props.mixed, 'check--round': props.round, 'check--done': props.round && props.checked }}
      aria-label={props['aria-label']}
      checked={props.checked}
      disabled={props.disabled}
      tabIndex={props.tabIndex}
      ref={(input) => createEffect(() => Object.assign(input, { indeterminate: props.mixed ?? false }))}
      onChange={(event) => {
        const wanted = event.currentTarget.checked;
        event.currentTarget.checked = props.checked;
        props.onChange(wanted);
      }}
    />
  );
  return (
    <Show when={props.label} fallback={box()}>
      <label class="choice">
        {box()}
        <span class="choice__text">
          {props.label}
          <Show when={props.hint}>
            <span class="choice__hint">{props.hint}</span>
          </Show>
        </span>
      </label>
    </Show>
  );
}
