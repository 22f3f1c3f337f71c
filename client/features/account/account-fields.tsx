import type { JSX } from 'solid-js';
import { TextField } from '../../ui/text-field.tsx';
import type { AccountForm } from './create-account-form.ts';
import { PASSWORD_RULE, PasswordField } from './password-field.tsx';

/** What a new account is made of: the name others see, the e-mail to sign in with, a password. */
export function AccountFields(props: {
  readonly form: AccountForm<'name' | 'email' | 'password'>;
  /** The name is filled in already. */
  readonly startsAtEmail?: boolean;
}): JSX.Element {
  return (
    <>
      <TextField
        label="Your name"
        name="name"
        autocomplete="name"
        value={props.form.values.name}
        onInput={(value) => props.form.set('name', value)}
        error={props.form.errorOf('name')}
      />
      <EmailField form={props.form} autofocus={props.startsAtEmail} />
      <NewPasswordField form={props.form} />
    </>
  );
}

/** The e-mail one signs in with. */
export function EmailField(props: { readonly form: AccountForm<'email'>; readonly autofocus?: boolean }): JSX.Element {
  return (
    <TextField
      label="Email"
      type="email"
      name="email"
      autocomplete="username"
      autocapitalize="off"
      spellcheck={false}
      autofocus={props.autofocus}
      value={props.form.values.email}
      onInput={(value) => props.form.set('email', value)}
      error={props.form.errorOf('email')}
    />
  );
}

export function NewPasswordField(props: {
  readonly form: AccountForm<'password'>;
  readonly autofocus?: boolean;
}): JSX.Element {
  return (
    <PasswordField
      autocomplete="new-password"
      autofocus={props.autofocus}
      value={props.form.values.password}
      onInput={(value) => props.form.set('password', value)}
      hint={PASSWORD_RULE}
      error={props.form.errorOf('password')}
    />
  );
}
