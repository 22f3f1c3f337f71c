/** What is on screen depends on who is here: the way in, or the workspace. */
import { Navigate, useLocation } from '@solidjs/router';
import {
  createEffect,
  createSignal,
  ErrorBoundary,
  type JSX,
  lazy,
  Match,
  on,
  Show,
  Suspense,
  Switch,
  untrack,
} from 'solid-js';
import { WORKSPACE_ID } from '../../shared/entities/workspace.ts';
import { dayOfInstant } from '../../shared/model/day.ts';
import type { Removal } from '../data/removal.ts';
import type { Session } from '../data/session.ts';
import { type Workspace, WorkspaceProvider } from '../data/workspace.ts';
import { formatDay, formatPlural, formatTime } from '../fields/format.ts';
import { download, fileName } from '../platform/download.ts';
import { FatalError } from './fatal-error.tsx';
import { FirstLoad } from './first-load.tsx';
import { PageSkeleton } from './page-skeleton.tsx';
import { SessionProvider } from './session-context.ts';
import { Shell } from './shell.tsx';
import type { Update } from './update-banner.tsx';

const SignInPage = lazy(() =>
  import('../features/account/sign-in-page.tsx').then((module) => ({ default: module.SignInPage })),
);
const SetupPage = lazy(() =>
  import('../features/account/setup-page.tsx').then((module) => ({ default: module.SetupPage })),
);
const RemovedPage = lazy(() =>
  import('../features/account/removed-page.tsx').then((module) => ({ default: module.RemovedPage })),
);
const UnreachablePage = lazy(() =>
  import('../features/account/unreachable-page.tsx').then((module) => ({ default: module.UnreachablePage })),
);

export function App(props: {
  readonly session: Session;
  readonly update: Update;
  readonly children?: JSX.Element;
}): JSX.Element {
  const location = useLocation();
  // One session for the life of the app.
  const session = untrack(() => props.session);
  const state = () => session.state();
  const workspace = () => {
    const now = state();
    return now.kind === 'open' ? now.workspace : undefined;
  };
  const signedOut = () => {
    const now = state();
    return now.kind === 'signed-out' ? now : undefined;
  };
  const removal = () => {
    const now = state();
    return now.kind === 'removed' ? now.removal : undefined;
  };
  const setup = () => {
    const now = state();
    return now.kind === 'setup' ? now : undefined;
  };
  /** Pages that stand for themselves: an invitation, a new password, and in development the gallery of parts. */
  const isApart = () => /^\/(join|invite|reset)\/|^\/_ui$/.test(location.pathname) && state().kind !== 'setup';
  const wantsSignIn = () => location.pathname === '/sign-in';

  return (
    <ErrorBoundary fallback={(error) => <FatalError error={error} />}>
      <SessionProvider value={session}>
        <Suspense fallback={<EmptyFrame />}>
          <Switch fallback={<EmptyFrame />}>
            <Match when={isApart()}>{props.children}</Match>
            <Match when={state().kind === 'unreachable'}>
              <Titled title="Rapport">
                <UnreachablePage onTryNow={() => session.check()} />
              </Titled>
            </Match>
            <Match when={setup()}>
              {(now) => (
                <Titled title="Start your workspace · Rapport">
                  <SetupPage needsCode={now().needsCode} onDone={() => session.check()} />
                </Titled>
              )}
            </Match>
            <Match when={removal()}>
              {(now) => (
                <Titled title="Access ended · Rapport">
                  <RemovedPage
                    removal={now()}
                    onSave={() => saveUnsent(now())}
                    onWipe={() => now().wipe()}
                    onLeave={() => void session.check()}
                  />
                </Titled>
              )}
            </Match>
            <Match when={signedOut()}>
              {(now) => (
                <Titled title="Sign in · Rapport">
                  <SignInPage workspaceName={now().workspaceName} onSignedIn={() => session.check()} />
                </Titled>
              )}
            </Match>
            <Match when={wantsSignIn() && session.emptyServer()}>
              {(now) => (
                <Titled title="Start your workspace · Rapport">
                  <SetupPage needsCode={now().needsCode} onDone={() => session.check()} />
                </Titled>
              )}
            </Match>
            <Match when={wantsSignIn() && workspace()}>
              {(open) => <SignInAgain workspace={open()} session={session} />}
            </Match>
            <Match when={workspace()} keyed>
              {(open) => (
                <WorkspaceProvider value={open}>
                  <Show
                    when={open.isLoaded('workspace') && open.isLoaded('pipeline')}
                    fallback={
                      <FirstLoad progress={open.sync.firstLoad() ?? 0} isOffline={open.sync.state() === 'offline'} />
                    }
                  >
                    <Shell update={props.update}>{props.children}</Shell>
                  </Show>
                </WorkspaceProvider>
              )}
            </Match>
          </Switch>
        </Suspense>
      </SessionProvider>
    </ErrorBoundary>
  );
}

async function saveUnsent({ exportUnsent, notice }: Removal): Promise<void> {
  const file = fileName([notice.workspaceName || 'Rapport', 'unsent changes', dayOfInstant(Date.now())], 'json');
  download(file, await exportUnsent());
}

/** Somebody whose session ended: the way in, beside the copy on this device. */
function SignInAgain(props: { readonly workspace: Workspace; readonly session: Session }): JSX.Element {
  const { collection, sync, me } = untrack(() => props.workspace);
  const name = () => collection('workspace').byId(WORKSPACE_ID)?.name ?? '';
  const [isDone, setDone] = createSignal(sync.state() !== 'signed-out');
  async function signedIn(): Promise<void> {
    await props.session.check();
    setDone(true);
  }
  return (
    <Show when={!isDone()} fallback={<Navigate href="/deals" />}>
      <Titled title="Sign in · Rapport">
        <SignInPage
          workspaceName={name()}
          email={me().email}
          local={{ workspaceName: name(), facts: localFacts(collection('contact').count(), sync.lastSyncedAt()) }}
          onSignedIn={signedIn}
        />
      </Titled>
    </Show>
  );
}

/** `2,418 contacts, synced today 08:12.` */
function localFacts(contacts: number, syncedAt: number | null): string {
  const count = formatPlural(contacts, 'contact', 'contacts');
  if (syncedAt === null) return `${count}.`;
  const day = formatDay(dayOfInstant(syncedAt), dayOfInstant(Date.now()));
  return `${count}, synced ${/^(Today|Yesterday)$/.test(day) ? day.toLowerCase() : day} ${formatTime(syncedAt)}.`;
}

function Titled(props: { readonly title: string; readonly children: JSX.Element }): JSX.Element {
  createEffect(
    on(
      () => props.title,
      (title) => {
        document.title = title;
      },
    ),
  );
  return <>{props.children}</>;
}

/** The frame with the outline of a page, for the moment until it is known who is here. */
function EmptyFrame(): JSX.Element {
  return (
    <div class="app">
      <div />
      <main class="panel" id="main">
        <PageSkeleton />
      </main>
    </div>
  );
}
