/** Signing in with an email address and a password. */
import ChevronRight from 'lucide-solid/icons/chevron-right';
import { createSignal, type JSX, Show } from 'solid-js';
import { formatInstant, formatPlural } from '../../fields/format.ts';
import { Button } from '../../ui/button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './account.module.css';
import { signIn } from './account-api.ts';
import { createAccountForm } from './account-form.ts';
import { AccountFrame } from './account-frame.tsx';
import { checkFields } from './account-model.ts';
import { PasswordField } from './password-field.tsx';
import { ProblemNote } from './problem-note.tsx';

export interface SignInPageProps {
  /** Empty when the server could not be asked. */
  readonly workspaceName: string;
  /** A sentence about how somebody came here: "You are signed out on this device." */
  readonly notice?: string;
  /** Data that is still on this device and can be opened without signing in. */
  readonly localCopy?: {
    readonly href: string;
    readonly contacts: number;
    /** Epoch ms. */
    readonly lastSyncedAt: number | null;
  };
  /** Asks again who is signed in; the page stays busy until it resolves. */
  readonly onDone: () => Promise<void>;
}

export function SignInPage(props: SignInPageProps): JSX.Element {
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const form = createAccountForm({
    check: () => checkFields({ email: email(), password: password(), isNew: false }),
    send: () => signIn({ email: email().trim(), password: password() }),
    onDone: () => props.onDone(),
  });
  return (
    <AccountFrame
      title={`Sign in to ${props.workspaceName || 'Rapport'}`}
      lead={props.notice ?? 'Use the address you joined with.'}
    >
      <form class={styles.fields} aria-label="Sign in" noValidate onSubmit={form.submit}>
        <TextField
          label="Email"
          type="email"
          name="email"
          autocomplete="username"
          autocapitalize="off"
          spellcheck={false}
          autofocus
          value={email()}
          onInput={form.typing('email', setEmail)}
          error={form.fieldProblem('email')}
        />
        <PasswordField
          autocomplete="current-password"
          value={password()}
          onInput={form.typing('password', setPassword)}
          error={form.fieldProblem('password')}
        />
        <ProblemNote problem={form.problem()} />
        <Button type="submit" variant="primary" size="lg" block aria-disabled={form.isBusy() || undefined}>
          {form.isBusy() ? 'Signing in' : 'Sign in'}
        </Button>
      </form>
      <Show when={props.localCopy}>
        {(copy) => (
          <>
            <div class="signin__or">
              <span>or</span>
            </div>
            <a class="local" href={copy().href}>
              <Mark name={props.workspaceName || 'Rapport'} size={32} />
              <span class="grow">
                <strong>Open the copy on this device</strong>
                <span class="meta">{copyWords(copy().contacts, copy().lastSyncedAt)}</span>
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

function copyWords(contacts: number, lastSyncedAt: number | null): string {
  const synced = lastSyncedAt === null ? '' : `, synced ${formatInstant(lastSyncedAt, Date.now()).toLowerCase()}`;
  return `${formatPlural(contacts, 'contact', 'contacts')}${synced}. Works without internet.`;
}
