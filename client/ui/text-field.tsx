import CircleAlert from 'lucide-solid/icons/circle-alert';
import { createUniqueId, type JSX, Show, splitProps } from 'solid-js';

interface FieldFrameProps {
  readonly label: string;
  /** Keeps the label for assistive technology only, when the place already says it. */
  readonly hideLabel?: boolean;
  /** Quiet help under the field. */
  readonly hint?: string;
  /** Why the value cannot be used and how to fix it. */
  readonly error?: string;
  /** Quiet words at the right end of the label line ("Optional", a link). */
  readonly aside?: JSX.Element;
}

export interface TextFieldProps
  extends FieldFrameProps,
    Omit<JSX.InputHTMLAttributes<HTMLInputElement>, 'onInput' | 'size'> {
  readonly value: string;
  readonly onInput: (value: string) => void;
  readonly size?: 'md' | 'sm';
}

const FRAME_KEYS = ['label', 'hideLabel', 'hint', 'error', 'aside'] as const;

/** A labelled one-line text input; hint and error are linked to it. Other attributes go to the `input`. */
export function TextField(props: TextFieldProps): JSX.Element {
  const [frame, own, rest] = splitProps(props, FRAME_KEYS, ['id', 'value', 'onInput', 'size', 'class']);
  const ownId = createUniqueId();
  const id = () => own.id ?? ownId;
  return (
    <FieldFrame {...frame} inputId={id()}>
      <input
        type="text"
        id={id()}
        {...rest}
        class={['input', own.class].filter(Boolean).join(' ')}
        classList={{ 'is-error': Boolean(frame.error), 'input--sm': own.size === 'sm' }}
        value={own.value}
        aria-invalid={frame.error ? true : undefined}
        aria-describedby={describedBy(id(), frame)}
        onInput={(event) => own.onInput(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

export interface TextAreaProps
  extends FieldFrameProps,
    Omit<JSX.TextareaHTMLAttributes<HTMLTextAreaElement>, 'onInput'> {
  readonly value: string;
  readonly onInput: (value: string) => void;
}

/** A labelled text of several lines that grows with what is written. */
export function TextArea(props: TextAreaProps): JSX.Element {
  const [frame, own, rest] = splitProps(props, FRAME_KEYS, ['id', 'value', 'onInput', 'class']);
  const ownId = createUniqueId();
  const id = () => own.id ?? ownId;
  return (
    <FieldFrame {...frame} inputId={id()}>
      <textarea
        id={id()}
        rows={3}
        {...rest}
        class={['input input--area', own.class].filter(Boolean).join(' ')}
        classList={{ 'is-error': Boolean(frame.error) }}
        value={own.value}
        aria-invalid={frame.error ? true : undefined}
        aria-describedby={describedBy(id(), frame)}
        onInput={(event) => own.onInput(event.currentTarget.value)}
      />
    </FieldFrame>
  );
}

function describedBy(id: string, frame: { readonly hint?: string; readonly error?: string }): string | undefined {
  return [frame.error && `${id}-error`, frame.hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
}

/** Label above, hint and error below, for a control that is not a plain input. Give the control `inputId`. */
export function FieldFrame(
  props: FieldFrameProps & { readonly inputId: string; readonly children: JSX.Element },
): JSX.Element {
  return (
    <div class="field">
      <div class="field__top" classList={{ sr: props.hideLabel }}>
        <label class="field__label" for={props.inputId}>
          {props.label}
        </label>
        {props.aside}
      </div>
      {props.children}
      <Show when={props.error}>
        <p class="field__error" id={`${props.inputId}-error`}>
          <CircleAlert class="lucide--sm" />
          {props.error}
        </p>
      </Show>
      <Show when={props.hint}>
        <p class="field__hint" id={`${props.inputId}-hint`}>
          {props.hint}
        </p>
      </Show>
    </div>
  );
}
