import * as KSelect from '@kobalte/core/select';
import Check from 'lucide-solid/icons/check';
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down';
import { createMemo, createUniqueId, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { Icon } from './icon.ts';
import { overlayLandmark } from './overlay-landmark.ts';
import { FieldFrame } from './text-field.tsx';

export interface SelectOption<T extends string = string> {
  readonly value: T;
  readonly label: string;
  readonly icon?: Icon;
  /** What stands before the label when a plain icon does not do: an avatar, a glyph. */
  readonly lead?: () => JSX.Element;
  readonly disabled?: boolean;
}

export interface SelectProps<T extends string> {
  readonly label: string;
  readonly hideLabel?: boolean;
  readonly hint?: string;
  readonly error?: string;
  readonly options: readonly SelectOption<T>[];
  readonly value: T | undefined;
  readonly placeholder?: string;
  readonly disabled?: boolean;
  /** Extra class of the button: "selectbtn--quiet" in tables, "is-none" and "is-skip" in the import. */
  readonly class?: string;
  readonly onChange: (value: T) => void;
}

/** One of a short list behind a button. Arrows, type-ahead, Esc. For long lists use `Combobox`. */
export function Select<T extends string>(props: SelectProps<T>): JSX.Element {
  const id = createUniqueId();
  const chosen = createMemo(() => props.options.find((option) => option.value === props.value) ?? null);
  return (
    <FieldFrame label={props.label} hideLabel={props.hideLabel} hint={props.hint} error={props.error} inputId={id}>
      <KSelect.Root<SelectOption<T>>
        options={[...props.options]}
        optionValue="value"
        optionTextValue="label"
        optionDisabled={(option) => option.disabled ?? false}
        value={chosen()}
        disabled={props.disabled}
        disallowEmptySelection
        gutter={4}
        sameWidth={false}
        onChange={(option) => option && props.onChange(option.value)}
        itemComponent={(item) => (
          <KSelect.Item item={item.item} class="menu__item">
            <OptionFace option={item.item.rawValue} />
            <KSelect.ItemIndicator class="push menu__on">
              <Check />
            </KSelect.ItemIndicator>
          </KSelect.Item>
        )}
      >
        <KSelect.Trigger
          id={id}
          class={['selectbtn', props.class].filter(Boolean).join(' ')}
          aria-label={`${props.label}, ${chosen()?.label ?? props.placeholder ?? 'nothing chosen'}`}
          aria-invalid={props.error ? true : undefined}
        >
          <span class="selectbtn__value">
            <Show when={chosen()} fallback={<span class="fg-3">{props.placeholder ?? 'Choose'}</span>}>
              {(option) => <OptionFace option={option()} />}
            </Show>
          </span>
          <ChevronsUpDown />
        </KSelect.Trigger>
        <KSelect.Portal ref={overlayLandmark('Choices')}>
          <KSelect.Content class="popover">
            <KSelect.Listbox class="menu listbox" />
          </KSelect.Content>
        </KSelect.Portal>
      </KSelect.Root>
    </FieldFrame>
  );
}

function OptionFace(props: { readonly option: SelectOption }): JSX.Element {
  return (
    <>
      <Show when={props.option.icon}>{(icon) => <Dynamic component={icon()} />}</Show>
      {props.option.lead?.()}
      <span class="truncate">{props.option.label}</span>
    </>
  );
}
