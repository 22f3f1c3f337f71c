/** The first visitor of an empty server makes the workspace and becomes its owner. */
import { type JSX, Show } from 'solid-js';
import { CURRENCIES } from '../../../shared/entities/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Select, type SelectOption } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './account.module.css';
import { setUp } from './account-api.ts';
import { AccountFields } from './account-fields.tsx';
import { AccountFrame } from './account-frame.tsx';
import { type Currency, likelyCurrency } from './account-model.ts';
import { createAccountForm, emailProblem, missing, passwordProblem } from './create-account-form.ts';
import { ProblemNote } from './problem-note.tsx';

const OPTIONS: readonly SelectOption<Currency>[] = (Object.keys(CURRENCIES) as Currency[]).map((code) => ({
  value: code,
  label: `${CURRENCIES[code]}, ${code}`,
}));

/** `onDone` asks again who is signed in; a workspace that somebody else made meanwhile shows as the sign-in page then. */
export function SetupPage(props: {
  /** Strangers can reach this server: it takes the code from its terminal. */
  readonly needsCode: boolean;
  readonly onDone: () => Promise<void>;
}): JSX.Element {
  const form = createAccountForm({
    initial: {
      // The link in the terminal brings it along, behind the # that never leaves the browser.
      code: /[#&]setup=([\w-]+)/.exec(location.hash)?.[1] ?? '',
      workspaceName: '',
      currency: likelyCurrency(navigator.language) as string,
      name: '',
      email: '',
      password: '',
    },
    check: ({ code, workspaceName, name, email, password }) => ({
      ...(props.needsCode ? { code: missing(code, 'Enter the code that the server printed when it started.') } : {}),
      workspaceName: missing(workspaceName, 'Give it a name, like that of your company.'),
      name: missing(name, 'Your teammates need a name to see.'),
      email: emailProblem(email),
      password: passwordProblem(password),
    }),
    send: ({ code, workspaceName, currency, name, email, password }) =>
      setUp({
        code: code.trim(),
        workspaceName: workspaceName.trim(),
        currency,
        name: name.trim(),
        email: email.trim(),
        password,
      }),
    onDone: () => props.onDone(),
  });
  return (
    <AccountFrame
      title="Start your workspace"
      text="You are the first one on this server. You become its owner and can invite your team next."
    >
      <form class={styles.fields} aria-label="Start a workspace" noValidate onSubmit={form.submit}>
        <Show when={props.needsCode}>
          <TextField
            label="Setup code"
            name="code"
            autocomplete="off"
            autocapitalize="characters"
            spellcheck={false}
            autofocus={form.values.code === ''}
            hint="Printed in the terminal where the server was started, so that no stranger is quicker than you."
            value={form.values.code}
            onInput={(value) => form.set('code', value)}
            error={form.errorOf('code')}
          />
        </Show>
        <TextField
          label="Workspace name"
          name="workspaceName"
          autocomplete="organization"
          autofocus={!props.needsCode || form.values.code !== ''}
          value={form.values.workspaceName}
          onInput={(value) => form.set('workspaceName', value)}
          error={form.errorOf('workspaceName')}
        />
        <Select
          label="Currency"
          options={OPTIONS}
          value={form.values.currency as Currency}
          onChange={(value) => form.set('currency', value)}
          hint="Sums are shown in this one first. A deal can be in any."
          error={form.errorOf('currency')}
        />
        <AccountFields form={form} />
        <ProblemNote text={form.problem()} />
        <Button type="submit" variant="primary" size="lg" block aria-disabled={form.isBusy() || undefined}>
          {form.isBusy() ? 'Making the workspace' : 'Start workspace'}
        </Button>
      </form>
    </AccountFrame>
  );
}
