import * as KPopover from '@kobalte/core/popover';
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down';
import { type Component, createMemo, createSignal, createUniqueId, type JSX, Show } from 'solid-js';
import { overDialogs } from './overlay-landmark.ts';
import { Picker, type PickerProps } from './picker.tsx';
import { FieldFrame } from './text-field.tsx';

interface ComboboxBase<T>
  extends Omit<PickerProps<T>, 'isChosen' | 'onPick' | 'multiple' | 'onClear' | 'onBackspace' | 'initialQuery'> {
  readonly hideLabel?: boolean;
  readonly hint?: string;
  readonly error?: string;
  readonly disabled?: boolean;
  readonly class?: string;
  /** Words on the button while nothing is chosen. */
  readonly emptyLabel?: string;
  /** Starts open: for editors that appear on a key press. */
  readonly defaultOpen?: boolean;
  /** What the search starts with, when typing opened it. */
  readonly initialQuery?: string;
  readonly onOpenChange?: (open: boolean) => void;
  /** Replaces the button and its label; spread the given props on your button. */
  readonly trigger?: Component<Record<string, unknown>>;
}

export interface ComboboxProps<T> extends ComboboxBase<T> {
  readonly value: string | undefined;
  /** Undefined only with `clearLabel`, when the choice is taken away. */
  readonly onChange: (value: string | undefined) => void;
}

/** One of a long list: typing filters, only the best 50 matches are rendered, so 50,000 options are fine. */
export function Combobox<T>(props: ComboboxProps<T>): JSX.Element {
  const [open, setOpen] = createSignal(props.defaultOpen ?? false);
  const chosen = createMemo(() => props.options.find((option) => props.optionValue(option) === props.value));
  const close = () => changeOpen(false);
  function changeOpen(next: boolean): void {
    setOpen(next);
    props.onOpenChange?.(next);
  }
  return (
    <ComboboxFrame
      {...props}
      open={open()}
      onOpenChange={changeOpen}
      face={
        <Show when={chosen()} fallback={<span class="fg-3">{props.emptyLabel ?? 'Choose'}</span>}>
          {(option) => (
            <>
              {props.optionLead?.(option())}
              <span class="truncate">{props.optionLabel(option())}</span>
            </>
          )}
        </Show>
      }
      spoken={chosen() === undefined ? 'nothing chosen' : props.optionLabel(chosen() as T)}
      content={
        <Picker
          {...props}
          isChosen={(value) => value === props.value}
          onPick={(option) => {
            props.onChange(props.optionValue(option));
            close();
          }}
          onCreate={
            props.onCreate &&
            ((query) => {
              props.onCreate?.(query);
              close();
            })
          }
          onClear={
            props.clearLabel && props.value !== undefined
              ? () => {
                  props.onChange(undefined);
                  close();
                }
              : undefined
          }
        />
      }
    />
  );
}

export interface MultiComboboxProps<T> extends ComboboxBase<T> {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Any number of a long list; stays open while choosing, Backspace takes the last one away. */
export function MultiCombobox<T>(props: MultiComboboxProps<T>): JSX.Element {
  const [open, setOpen] = createSignal(props.defaultOpen ?? false);
  const chosen = createMemo(() => {
    const wanted = new Set(props.values);
    return props.options.filter((option) => wanted.has(props.optionValue(option)));
  });
  const names = () => chosen().map((option) => props.optionLabel(option));
  return (
    <ComboboxFrame
      {...props}
      open={open()}
      onOpenChange={(next) => {
        setOpen(next);
        props.onOpenChange?.(next);
      }}
      face={
        <Show when={names().length > 0} fallback={<span class="fg-3">{props.emptyLabel ?? 'Choose'}</span>}>
          <span class="truncate">{names().join(', ')}</span>
        </Show>
      }
      spoken={names().join(', ') || 'nothing chosen'}
      content={
        <Picker
          {...props}
          multiple
          isChosen={(value) => props.values.includes(value)}
          onPick={(option) => {
            const value = props.optionValue(option);
            const has = props.values.includes(value);
            props.onChange(has ? props.values.filter((one) => one !== value) : [...props.values, value]);
          }}
          onBackspace={() => props.onChange(props.values.slice(0, -1))}
        />
      }
    />
  );
}

function ComboboxFrame<T>(
  props: Pick<ComboboxBase<T>, 'label' | 'hideLabel' | 'hint' | 'error' | 'disabled' | 'class' | 'trigger'> & {
    readonly open: boolean;
    readonly onOpenChange: (open: boolean) => void;
    readonly face: JSX.Element;
    readonly spoken: string;
    readonly content: JSX.Element;
  },
): JSX.Element {
  const id = createUniqueId();
  return (
    <Show
      when={props.trigger}
      fallback={
        <FieldFrame label={props.label} hideLabel={props.hideLabel} hint={props.hint} error={props.error} inputId={id}>
          <ComboboxPopover {...props}>
            <KPopover.Trigger
              id={id}
              type="button"
              disabled={props.disabled}
              class={['selectbtn', props.class].filter(Boolean).join(' ')}
              aria-label={`${props.label}, ${props.spoken}`}
            >
              <span class="selectbtn__value">{props.face}</span>
              <ChevronsUpDown />
            </KPopover.Trigger>
          </ComboboxPopover>
        </FieldFrame>
      }
    >
      {(trigger) => (
        <ComboboxPopover {...props}>
          <KPopover.Trigger as={trigger()} />
        </ComboboxPopover>
      )}
    </Show>
  );
}

function ComboboxPopover(props: {
  readonly label: string;
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly content: JSX.Element;
  readonly children: JSX.Element;
}): JSX.Element {
  return (
    <KPopover.Root
      open={props.open}
      onOpenChange={(open) => props.onOpenChange(open)}
      placement="bottom-start"
      gutter={4}
    >
      {props.children}
      <KPopover.Portal ref={overDialogs}>
        <KPopover.Content class="popover popover--picker" aria-label={props.label}>
          {props.content}
        </KPopover.Content>
      </KPopover.Portal>
    </KPopover.Root>
  );
}
