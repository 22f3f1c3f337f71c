/** The first visitor of an empty server makes the workspace and becomes its owner. */
import { createSignal, type JSX, Show } from 'solid-js';
import { CURRENCIES } from '../../../shared/entities/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Select, type SelectOption } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './account.module.css';
import { setUp } from './account-api.ts';
import { createAccountForm } from './account-form.ts';
import { AccountFrame } from './account-frame.tsx';
import { checkFields, likelyCurrency, PASSWORD_RULE } from './account-model.ts';
import { PasswordField } from './password-field.tsx';
import { ProblemNote } from './problem-note.tsx';

type Currency = keyof typeof CURRENCIES;

const OPTIONS: readonly SelectOption<Currency>[] = (Object.keys(CURRENCIES) as Currency[]).map((code) => ({
  value: code,
  label: `${CURRENCIES[code]}, ${code}`,
}));

export function SetupPage(props: { readonly onDone: () => Promise<void> }): JSX.Element {
  const [workspaceName, setWorkspaceName] = createSignal('');
  const [currency, setCurrency] = createSignal<Currency>(likelyCurrency(navigator.language));
  const [name, setName] = createSignal('');
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const form = createAccountForm({
    check: () =>
      checkFields({
        workspaceName: workspaceName(),
        name: name(),
        email: email(),
        password: password(),
        isNew: true,
      }),
    send: () =>
      setUp({
        workspaceName: workspaceName().trim(),
        currency: currency(),
        name: name().trim(),
        email: email().trim(),
        password: password(),
      }),
    onDone: () => props.onDone(),
  });
  return (
    <AccountFrame
      title="Start your workspace"
      lead="You are the first one on this server. You become the owner and can invite your team next."
    >
      <form class={styles.fields} aria-label="Start a workspace" noValidate onSubmit={form.submit}>
        <TextField
          label="Workspace name"
          name="workspaceName"
          autocomplete="organization"
          autofocus
          value={workspaceName()}
          onInput={form.typing('workspaceName', setWorkspaceName)}
          error={form.fieldProblem('workspaceName')}
        />
        <Select
          label="Currency"
          options={OPTIONS}
          value={currency()}
          onChange={setCurrency}
          hint="Sums come in this one first. Deals can be in any."
          error={form.fieldProblem('currency')}
        />
        <TextField
          label="Your name"
          name="name"
          autocomplete="name"
          value={name()}
          onInput={form.typing('name', setName)}
          error={form.fieldProblem('name')}
        />
        <TextField
          label="Email"
          type="email"
          name="email"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          value={email()}
          onInput={form.typing('email', setEmail)}
          error={form.fieldProblem('email')}
        />
        <PasswordField
          autocomplete="new-password"
          value={password()}
          onInput={form.typing('password', setPassword)}
          hint={PASSWORD_RULE}
          error={form.fieldProblem('password')}
        />
        <ProblemNote problem={form.problem()}>
          <Show when={form.problem()?.code === 'already-set-up'}>
            {' '}
            <a class="link" href="/sign-in">
              Sign in
            </a>
          </Show>
        </ProblemNote>
        <Button type="submit" variant="primary" size="lg" block aria-disabled={form.isBusy() || undefined}>
          {form.isBusy() ? 'Making the workspace' : 'Start workspace'}
        </Button>
      </form>
    </AccountFrame>
  );
}
