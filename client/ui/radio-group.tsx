import { createUniqueId, For, type JSX, Show } from 'solid-js';

export interface RadioOption<T extends string> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
  readonly disabled?: boolean;
}

export interface RadioGroupProps<T extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly value: T | undefined;
  readonly options: readonly RadioOption<T>[];
  readonly onChange: (value: T) => void;
}

/** One of a few, all visible. Native radios: arrows move and select. */
export function RadioGroup<T extends string>(props: RadioGroupProps<T>): JSX.Element {
  const name = createUniqueId();
  return (
    <fieldset class="choices">
      <legend class="choices__label" classList={{ sr: props.hideLabel }}>
        {props.label}
      </legend>
      <For each={props.options}>
        {(option) => (
          <label class="choice">
            <input
              type="radio"
              class="radio"
              name={name}
              value={option.value}
              checked={props.value === option.value}
              disabled={option.disabled}
              onChange={() => props.onChange(option.value)}
            />
            <span class="choice__text">
              {option.label}
              <Show when={option.hint}>
                <span class="choice__hint">{option.hint}</span>
              </Show>
            </span>
          </label>
        )}
      </For>
    </fieldset>
  );
}
