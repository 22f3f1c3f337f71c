import { type JSX, Show } from 'solid-js';

export interface SwitchProps {
  readonly label: string;
  readonly hint?: string;
  /** Keeps the label for assistive technology only, when a row already says it. */
  readonly hideLabel?: boolean;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

/** A setting that is on or off at once. A native checkbox with the role of a switch. */
export function Switch(props: SwitchProps): JSX.Element {
  return (
    <label class="choice">
      <input
        type="checkbox"
        role="switch"
        class="switch"
        checked={props.checked}
        disabled={props.disabled}
        onChange={(event) => {
          const wanted = event.currentTarget.checked;
          event.currentTarget.checked = props.checked;
          props.onChange(wanted);
        }}
      />
      <span class="choice__text" classList={{ sr: props.hideLabel }}>
        {props.label}
        <Show when={props.hint}>
          <span class="choice__hint">{props.hint}</span>
        </Show>
      </span>
    </label>
  );
}
