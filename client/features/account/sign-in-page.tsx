/** Signing in: address and password, a code where somebody wants that as well, or a passkey instead of both. */
import ChevronRight from 'lucide-solid/icons/chevron-right';
import Key from 'lucide-solid/icons/key-round';
import { createSignal, type JSX, onMount, Show, untrack } from 'solid-js';
import { hasPasskeys } from '../../platform/passkeys.ts';
import { dropPushAddress } from '../../platform/push-address.ts';
import { Button } from '../../ui/button.tsx';
import { Mark } from '../../ui/mark.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './account.module.css';
import { signIn, signInWithPasskey, verifyCode } from './account-api.ts';
import { EmailField } from './account-fields.tsx';
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
  const [needsStep, setNeedsStep] = createSignal(false);
  onMount(() => {
    // Whoever left a copy here has not signed out for good.
    if (props.local === undefined && props.email === undefined) void dropPushAddress();
  });
  return (
    <Show when={needsStep()} fallback={<FirstStep {...props} onNeedsCode={() => setNeedsStep(true)} />}>
      <SecondStep onSignedIn={() => props.onSignedIn()} onBack={() => setNeedsStep(false)} />
    </Show>
  );
}

function FirstStep(props: SignInPageProps & { readonly onNeedsCode: () => void }): JSX.Element {
  const [passkeyProblem, setPasskeyProblem] = createSignal<string>();
  async function withPasskey(): Promise<void> {
    setPasskeyProblem(undefined);
    const answer = await signInWithPasskey();
    if (answer?.ok) await props.onSignedIn();
    else setPasskeyProblem(answer?.refusal.message);
  }
  let needsCode = false;
  const form = createAccountForm({
    initial: { email: untrack(() => props.email ?? ''), password: '' },
    check: ({ email, password }) => ({
      email: emailProblem(email),
      password: missing(password, 'Type your password.'),
    }),
    async send({ email, password }) {
      const answer = await signIn({ email: email.trim(), password });
      needsCode = answer.ok && answer.value.twoFactorRedirect === true;
      return answer;
    },
    async onDone() {
      if (needsCode) props.onNeedsCode();
      else await props.onSignedIn();
    },
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
        <EmailField form={form} autofocus={props.email === undefined} />
        <PasswordField
          autocomplete="current-password"
          autofocus={props.email !== undefined}
          value={form.values.password}
          onInput={(value) => form.set('password', value)}
          error={form.errorOf('password')}
        />
        <ProblemNote text={form.problem() ?? passkeyProblem()} />
        <Button type="submit" variant="primary" size="lg" block aria-disabled={form.isBusy() || undefined}>
          {form.isBusy() ? 'Signing in' : 'Sign in'}
        </Button>
        <Show when={hasPasskeys()}>
          <Button size="lg" block icon={Key} onClick={() => void withPasskey()}>
            Sign in with a passkey
          </Button>
        </Show>
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
      <p class="signin__note">New here, or no password any more? Ask a teammate for a link.</p>
    </AccountFrame>
  );
}

/** The password was right; now what only the person's own device can say. */
function SecondStep(props: { readonly onSignedIn: () => Promise<void>; readonly onBack: () => void }): JSX.Element {
  const form = createAccountForm({
    initial: { code: '' },
    check: ({ code }) => ({ code: missing(code, 'Enter the code from your app, or a recovery code.') }),
    send: ({ code }) => verifyCode(code.replaceAll(/\s/g, '')),
    fieldOfCode: { 'invalid-code': 'code', 'invalid-backup-code': 'code' },
    onDone: () => props.onSignedIn(),
  });
  return (
    <AccountFrame title="One more step" text="Enter the six figures your authenticator app shows for Rapport.">
      <form class={styles.fields} aria-label="Two-step sign-in" noValidate onSubmit={form.submit}>
        <TextField
          label="Code"
          name="code"
          autocomplete="one-time-code"
          autocapitalize="off"
          spellcheck={false}
          autofocus
          hint="Without your app, one of your recovery codes does it too."
          value={form.values.code}
          onInput={(value) => form.set('code', value)}
          error={form.errorOf('code')}
        />
        <ProblemNote text={form.problem()} />
        <Button type="submit" variant="primary" size="lg" block aria-disabled={form.isBusy() || undefined}>
          {form.isBusy() ? 'Signing in' : 'Sign in'}
        </Button>
        <Button variant="quiet" block onClick={() => props.onBack()}>
          Start again
        </Button>
      </form>
      <p class="signin__note">Lost both? An owner or an admin can turn this off for you.</p>
    </AccountFrame>
  );
}
