/** Accepting an invitation: `/join/:token`. */
import { useParams } from '@solidjs/router';
import { createResource, createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { ROLES } from '../../../shared/entities/member.ts';
import { Button } from '../../ui/button.tsx';
import { TextField } from '../../ui/text-field.tsx';
import styles from './account.module.css';
import { acceptInvitation, type OpenInvitation, type Problem, readInvitation } from './account-api.ts';
import { createAccountForm } from './account-form.ts';
import { AccountFrame } from './account-frame.tsx';
import { checkFields, PASSWORD_RULE } from './account-model.ts';
import { PasswordField } from './password-field.tsx';
import { ProblemNote } from './problem-note.tsx';

export function JoinPage(props: { readonly onDone: () => Promise<void> }): JSX.Element {
  const params = useParams<{ token: string }>();
  const [answer, { refetch }] = createResource(() => params.token, readInvitation);
  // `latest` keeps the last answer while it is asked for again.
  const invitation = () => {
    const last = answer.latest;
    return last?.ok ? last.value : undefined;
  };
  const problem = () => {
    const last = answer.latest;
    return last && !last.ok ? last.problem : undefined;
  };
  return (
    <Switch fallback={<AccountFrame title="Join your team" lead="Looking up your invitation" children={null} />}>
      <Match when={invitation()}>
        {(found) => <JoinForm token={params.token} invitation={found()} onDone={props.onDone} />}
      </Match>
      <Match when={problem()}>{(found) => <NoInvitation problem={found()} onRetry={() => void refetch()} />}</Match>
    </Switch>
  );
}

const TITLES: Readonly<Record<string, string>> = {
  'invitation-used': 'This link was used already',
  'invitation-expired': 'This link has expired',
  'invitation-withdrawn': 'This invitation was taken back',
  'no-invitation': 'This link is not known here',
  unreachable: 'Your invitation could not be looked up',
  'too-many': 'Too many attempts',
};

function NoInvitation(props: { readonly problem: Problem; readonly onRetry: () => void }): JSX.Element {
  const mayRetry = () => props.problem.code === 'unreachable' || props.problem.code === 'too-many';
  const sentence = () =>
    props.problem.code === 'unreachable'
      ? 'The server cannot be reached. Check your connection and try again; the link stays good.'
      : props.problem.message;
  return (
    <AccountFrame title={TITLES[props.problem.code] ?? 'This invitation cannot be used'} lead={sentence()}>
      <div class={styles.fields}>
        <Show
          when={mayRetry()}
          fallback={
            <a class="btn btn--lg btn--block" href="/sign-in">
              Go to sign in
            </a>
          }
        >
          <Button size="lg" block onClick={() => props.onRetry()}>
            Try again
          </Button>
        </Show>
      </div>
    </AccountFrame>
  );
}

function JoinForm(props: {
  readonly token: string;
  readonly invitation: OpenInvitation;
  readonly onDone: () => Promise<void>;
}): JSX.Element {
  // The name is only a suggestion of whoever invited; from here on it is what the person types.
  // eslint-disable-next-line solid/reactivity
  const [name, setName] = createSignal(props.invitation.name);
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const form = createAccountForm({
    check: () => checkFields({ name: name(), email: email(), password: password(), isNew: true }),
    send: () =>
      acceptInvitation({ token: props.token, name: name().trim(), email: email().trim(), password: password() }),
    onDone: () => props.onDone(),
  });
  const lead = () => {
    const { invitedBy, role } = props.invitation;
    const as = `as ${/^[aeiou]/.test(role) ? 'an' : 'a'} ${roleName(role)}`;
    return invitedBy === '' ? `You were invited ${as}.` : `${invitedBy} invited you ${as}.`;
  };
  return (
    <AccountFrame title={`Join ${props.invitation.workspaceName || 'the workspace'}`} lead={lead()}>
      <form class={styles.fields} aria-label="Join the workspace" noValidate onSubmit={form.submit}>
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
          autofocus
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
        <ProblemNote problem={form.problem()} />
        <Button type="submit" variant="primary" size="lg" block aria-disabled={form.isBusy() || undefined}>
          {form.isBusy() ? 'Joining' : 'Join'}
        </Button>
      </form>
      <p class="signin__note">
        Joined before?{' '}
        <a class="link" href="/sign-in">
          Sign in
        </a>
      </p>
    </AccountFrame>
  );
}

const roleName = (role: string): string =>
  Object.hasOwn(ROLES, role) ? ROLES[role as keyof typeof ROLES].toLowerCase() : 'member';
