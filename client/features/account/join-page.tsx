/** Accepting an invitation: `/join/:token`. */
import { type JSX, Match, Show, Switch, untrack } from 'solid-js';
import { Button } from '../../ui/button.tsx';
import styles from './account.module.css';
import { acceptInvitation, findInvitation, type InvitationInfo, type Refusal } from './account-api.ts';
import { AccountFields } from './account-fields.tsx';
import { AccountFrame } from './account-frame.tsx';
import { invitationProblem, invitedAs } from './account-model.ts';
import { createAccountForm, emailProblem, missing, passwordProblem } from './create-account-form.ts';
import { createLink } from './create-link.ts';
import { ProblemNote } from './problem-note.tsx';

export interface JoinPageProps {
  /** Who is signed in on this device already: joining would be as somebody else. */
  readonly signedInAs?: string;
  /** Asks again who is signed in and leads into the workspace. */
  readonly onJoined: () => Promise<void>;
}

export function JoinPage(props: JoinPageProps): JSX.Element {
  const link = createLink(findInvitation);
  return (
    <Switch
      fallback={
        <AccountFrame title="Join your team" text="Looking up your invitation.">
          <span />
        </AccountFrame>
      }
    >
      <Match when={props.signedInAs}>{(name) => <AlreadyHere name={name()} />}</Match>
      <Match when={link.found()}>
        {(invitation) => <JoinForm token={link.token()} invitation={invitation()} onJoined={() => props.onJoined()} />}
      </Match>
      <Match when={link.refused()}>
        {(refusal) => <NoInvitation refusal={refusal()} onRetry={() => link.retry()} />}
      </Match>
    </Switch>
  );
}

function AlreadyHere(props: { readonly name: string }): JSX.Element {
  return (
    <AccountFrame
      title={`You are signed in as ${props.name}`}
      text="An invitation is for somebody new. Open the link in another browser, or sign out on this device first."
    >
      <div class={styles.fields}>
        <a class="btn btn--primary btn--lg btn--block" href="/deals">
          Open the workspace
        </a>
      </div>
    </AccountFrame>
  );
}

function NoInvitation(props: { readonly refusal: Refusal; readonly onRetry: () => void }): JSX.Element {
  const problem = () => invitationProblem(props.refusal);
  return (
    <AccountFrame title={problem().title} text={problem().text}>
      <div class={styles.fields}>
        <Show
          when={problem().mayRetry}
          fallback={
            <a class="btn btn--lg btn--block" href="/sign-in">
              Go to sign in
            </a>
          }
        >
          <Button variant="primary" size="lg" block onClick={() => props.onRetry()}>
            Try again
          </Button>
        </Show>
      </div>
    </AccountFrame>
  );
}

function JoinForm(props: {
  readonly token: string;
  readonly invitation: InvitationInfo;
  readonly onJoined: () => Promise<void>;
}): JSX.Element {
  const form = createAccountForm({
    // The name is whoever invited's suggestion; from here on it is what the person types.
    initial: { name: untrack(() => props.invitation.name), email: '', password: '' },
    check: ({ name, email, password }) => ({
      name: missing(name, 'Your teammates need a name to see.'),
      email: emailProblem(email),
      password: passwordProblem(password),
    }),
    send: ({ name, email, password }) =>
      acceptInvitation({ token: props.token, name: name.trim(), email: email.trim(), password }),
    fieldOfCode: { 'email-taken': 'email' },
    onDone: () => props.onJoined(),
  });
  const text = () => {
    const { invitedBy, role } = props.invitation;
    return invitedBy === '' ? `You were invited ${invitedAs(role)}.` : `${invitedBy} invited you ${invitedAs(role)}.`;
  };
  return (
    <AccountFrame title={`Join ${props.invitation.workspaceName || 'the workspace'}`} text={text()}>
      <form class={styles.fields} aria-label="Join the workspace" noValidate onSubmit={form.submit}>
        <AccountFields form={form} startsAtEmail />
        <ProblemNote text={form.problem()} />
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
