/** A new password by a link that an owner or an admin made: `/reset/:token`. */
import { createSignal, type JSX, Match, Switch } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import styles from './account.module.css';
import { findReset, setNewPassword } from './account-api.ts';
import { NewPasswordField } from './account-fields.tsx';
import { AccountFrame } from './account-frame.tsx';
import { createAccountForm, passwordProblem } from './create-account-form.ts';
import { createLink } from './create-link.ts';
import { ProblemNote } from './problem-note.tsx';

export function ResetPage(): JSX.Element {
  const [isDone, setDone] = createSignal(false);
  const link = createLink(findReset);
  return (
    <Switch
      fallback={
        <AccountFrame title="Set a new password" text="Looking up your link.">
          <span />
        </AccountFrame>
      }
    >
      <Match when={isDone()}>
        <AccountFrame
          title="Your new password is set"
          text="Every device was signed out. What is on them is safe, and sent once you sign in there again."
        >
          <div class={styles.fields}>
            <a class="btn btn--primary btn--lg btn--block" href="/sign-in" rel="external">
              Sign in
            </a>
          </div>
        </AccountFrame>
      </Match>
      <Match when={link.found()}>
        {(account) => <ResetForm token={link.token()} account={account()} onDone={() => setDone(true)} />}
      </Match>
      <Match when={link.refused()}>
        {(refusal) => (
          <AccountFrame title="This link cannot be used" text={refusal().message}>
            <div class={styles.fields}>
              <Button size="lg" block onClick={() => link.retry()}>
                Try again
              </Button>
            </div>
          </AccountFrame>
        )}
      </Match>
    </Switch>
  );
}

function ResetForm(props: {
  readonly token: string;
  readonly account: { readonly name: string; readonly email: string };
  readonly onDone: () => void;
}): JSX.Element {
  const form = createAccountForm({
    initial: { password: '' },
    check: ({ password }) => ({ password: passwordProblem(password) }),
    send: ({ password }) => setNewPassword({ token: props.token, password }),
    onDone: async () => props.onDone(),
  });
  return (
    <AccountFrame title="Set a new password" text={`For ${props.account.name}, ${props.account.email}.`}>
      <form class={styles.fields} aria-label="Set a new password" noValidate onSubmit={form.submit}>
        {/* For password managers, so that they know whose password it is. */}
        <input
          class="sr"
          type="email"
          autocomplete="username"
          value={props.account.email}
          readOnly
          tabIndex={-1}
          aria-hidden="true"
        />
        <NewPasswordField form={form} autofocus />
        <ProblemNote text={form.problem()} />
        <Button type="submit" variant="primary" size="lg" block aria-disabled={form.isBusy() || undefined}>
          {form.isBusy() ? 'Setting it' : 'Set password'}
        </Button>
      </form>
    </AccountFrame>
  );
}
