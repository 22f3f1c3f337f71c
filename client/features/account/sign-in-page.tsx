/** Signing in with an email address and a password. */
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { type JSX, Show, untrack } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './account.module.css';
import { signIn } from './account-api.ts';
import { AccountFrame } from './account-frame.tsx';
import { createAccountForm, emailProblem, missing } from './create-account-form.ts';
import { PasswordField } from './password-field.tsx';
import { ProblemNote } from './problem-note.tsx';

export interface SignInPageProps {
  /** Empty when it is not known. */
  readonly workspaceName: string;
  /** Whose session ended here. */
  readonly email?: string;
  /** A sentence about how somebody came here, instead of the usual one. */
  readonly notice?: string;
  /** What is still on this device and can be opened without signing in. */
  readonly local?: { readonly workspaceName: string; readonly facts: string };
  /** Asks again who is signed in; the form stays busy until it resolves. */
  readonly onSignedIn: () => Promise<void>;
}

export function SignInPage(props: SignInPageProps): JSX.Element {
  const form = createAccountForm({
    initial: { email: untrack(() => props.email ?? ''), password: '' },
    check: ({ email, password }) => ({
      email: emailProblem(email),
      password: missing(password, 'Type your password.'),
    }),
    send: ({ email, password }) => signIn({ email: email.trim(), password }),
    onDone: () => props.onSignedIn(),
  });
  return (
    <AccountFrame
      title={`Sign in to ${props.workspaceName || 'Rapport'}`}
      text={
        props.notice ??
        (props.local
          ? 'Your session ended. What you changed is safe on this device.'
          : 'Use the address you joined with.')
      }
    >
      <form class={styles.fields} aria-label="Sign in" noValidate onSubmit={form.submit}>
        <TextField
          label="Email"
          type="email"
          name="email"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          autofocus={props.email === undefined}
          value={form.values.email}
          onInput={(value) => form.set('email', value)}
          error={form.errorOf('email')}
        />
        <PasswordField
          autocomplete="current-password"
          autofocus={props.email !== undefined}
          value={form.values.password}
          onInput={(value) => form.set('password', value)}
          error={form.errorOf('password')}
        />
        <ProblemNote text={form.problem()} />
        <Button type="submit" variant="primary" size="lg" block aria-disabled={form.isBusy() || undefined}>
          {form.isBusy() ? 'Signing in' : 'Sign in'}
        </Button>
      </form>
      <Show when={props.local}>
        {(local) => (
          <>
            <div class="signin__or">
              <span>or</span>
            </div>
            <a class="local" href="/deals">
              <Mark name={local().workspaceName || 'Rapport'} size={32} />
              <span class="grow">
                <strong>Open the copy on this device</strong>
                <span class="meta">{local().facts} Works without internet.</span>
              </span>
              <ChevronRight class="fg-faint" />
            </a>
          </>
        )}
      </Show>
      <p class="signin__note">New here? Ask a teammate for an invitation link.</p>
    </AccountFrame>
  );
}
