/** A password that can be looked at: typing blind on a phone is how people lock themselves out. */
import Eye from 'lucide-solid/icons/eye';
import EyeOff from 'lucide-solid/icons/eye-off';
import { createSignal, createUniqueId, type JSX } from 'solid-js';
import { IconButton } from '../../ui/icon-button.tsx';
import { FieldFrame } from '../../ui/text-field.tsx';
import { SHORTEST_PASSWORD } from './create-account-form.ts';

/** Length is the only rule: long beats odd. */
export const PASSWORD_RULE = `At least ${SHORTEST_PASSWORD} characters. A few words in a row are easy to keep in mind.`;

export interface PasswordFieldProps {
  readonly value: string;
  readonly onInput: (value: string) => void;
  /** What password managers are told. */
  readonly autocomplete: 'current-password' | 'new-password';
  readonly hint?: string;
  readonly error?: string;
  readonly autofocus?: boolean;
}

export function PasswordField(props: PasswordFieldProps): JSX.Element {
  const id = createUniqueId();
  const [visible, setVisible] = createSignal(false);
  const describedBy = () =>
    [props.error && `${id}-error`, props.hint && `${id}-hint`].filter(Boolean).join(' ') || undefined;
  return (
    <FieldFrame label="Password" inputId={id} hint={props.hint} error={props.error}>
      <span class="input" classList={{ 'is-error': Boolean(props.error) }}>
        <input
          id={id}
          name="password"
          type={visible() ? 'text' : 'password'}
          autocomplete={props.autocomplete}
          autocapitalize="off"
          autofocus={props.autofocus}
          spellcheck={false}
          value={props.value}
          aria-invalid={props.error ? true : undefined}
          aria-describedby={describedBy()}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
        <IconButton
          label={visible() ? 'Hide password' : 'Show password'}
          icon={visible() ? EyeOff : Eye}
          size="xs"
          onClick={() => setVisible(!visible())}
        />
      </span>
    </FieldFrame>
  );
}
