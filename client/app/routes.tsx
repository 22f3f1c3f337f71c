/**
 * The addresses of the app. Each page is loaded when it is first needed; those for every day come by themselves once the
 * first one is shown.
 */
import { Navigate, Route, Router, type RouteSectionProps, useNavigate } from '@solidjs/router';
import { type Component, createMemo, createSignal, type JSX, lazy, Show } from 'solid-js';
import type { Session } from '../data/session.ts';
import { useWorkspace } from '../data/workspace.ts';
import { RecordPartsProvider } from '../fields/record-parts.ts';
import { EmptyState } from '../ui/empty-state.tsx';
import { latePage } from '../ui/late.tsx';
import type { Theme } from '../ui/theme.ts';
import { App } from './app.tsx';
import { RECORD_PARTS } from './record-parts.tsx';
import { useSession } from './session-context.ts';
import { useShell } from './shell-actions.ts';
import type { Update } from './update-banner.tsx';

const DealsPage = latePage(() => import('../features/deals/deals-page.tsx').then((module) => module.DealsPage));
const DealPage = latePage(() => import('../features/deals/deal-page.tsx').then((module) => module.DealPage));
const ContactsPage = latePage(() =>
  import('../features/contacts/contacts-page.tsx').then((module) => module.ContactsPage),
);
const ContactPage = latePage(() =>
  import('../features/contacts/contact-page.tsx').then((module) => module.ContactPage),
);
const CompaniesPage = latePage(() =>
  import('../features/companies/companies-page.tsx').then((module) => module.CompaniesPage),
);
const CompanyPage = latePage(() =>
  import('../features/companies/company-page.tsx').then((module) => module.CompanyPage),
);
const TodayPage = latePage(() => import('../features/today/today-page.tsx').then((module) => module.TodayPage));
const InboxPage = latePage(() => import('../features/inbox/inbox-page.tsx').then((module) => module.InboxPage));
const TasksPage = latePage(() => import('../features/tasks/tasks-page.tsx').then((module) => module.TasksPage));
const CalendarPage = latePage(() =>
  import('../features/calendar/calendar-page.tsx').then((module) => module.CalendarPage),
);
const HistoryPage = lazy(() =>
  import('../features/history/history-page.tsx').then((module) => ({ default: module.HistoryPage })),
);
const PipelinePastPage = lazy(() =>
  import('../features/history/pipeline-past-page.tsx').then((module) => ({ default: module.PipelinePastPage })),
);
const TrashPage = lazy(() =>
  import('../features/history/trash-page.tsx').then((module) => ({ default: module.TrashPage })),
);
const DuplicatesPage = lazy(() =>
  import('../features/duplicates/duplicates-page.tsx').then((module) => ({ default: module.DuplicatesPage })),
);
const ImportPage = lazy(() =>
  import('../features/import/import-page.tsx').then((module) => ({ default: module.ImportPage })),
);
const SettingsPage = lazy(() =>
  import('../features/settings/settings-page.tsx').then((module) => ({ default: module.SettingsPage })),
);
const JoinPage = lazy(() =>
  import('../features/account/join-page.tsx').then((module) => ({ default: module.JoinPage })),
);
const ResetPage = lazy(() =>
  import('../features/account/reset-page.tsx').then((module) => ({ default: module.ResetPage })),
);
const Welcome = lazy(() => import('../features/welcome/welcome.tsx').then((module) => ({ default: module.Welcome })));
/** Only in development: every part in every state. */
const UiGallery = import.meta.env.DEV
  ? lazy(() => import('../ui/ui-gallery.tsx').then((module) => ({ default: module.UiGallery })))
  : NotFound;

export function Routes(props: {
  readonly session: Session;
  readonly theme: Theme;
  readonly update: Update;
}): JSX.Element {
  const Root: Component<RouteSectionProps> = (route) => (
    <App session={props.session} update={props.update}>
      <RecordPartsProvider value={RECORD_PARTS}>{route.children}</RecordPartsProvider>
    </App>
  );
  return (
    <Router root={Root}>
      <Route path="/" component={() => <Navigate href="/deals" />} />
      <Route path="/today" component={TodayPage} />
      <Route path="/inbox" component={InboxPage} />
      <Route path="/tasks" component={TasksPage} />
      <Route path="/calendar" component={CalendarPage} />
      <Route path="/history" component={HistoryPage} />
      <Route path="/history/pipeline" component={PipelinePastPage} />
      <Route path="/trash" component={TrashPage} />
      <Route path="/deals" component={Deals} />
      <Route path="/deals/:id" component={DealPage} />
      <Route path="/contacts" component={ContactsPage} />
      <Route path="/contacts/duplicates" component={() => <DuplicatesPage entity="contact" />} />
      <Route path="/contacts/:id" component={ContactPage} />
      <Route path="/companies" component={CompaniesPage} />
      <Route path="/companies/duplicates" component={() => <DuplicatesPage entity="company" />} />
      <Route path="/companies/:id" component={CompanyPage} />
      <Route path="/sign-in" component={() => <Navigate href="/deals" />} />
      <Route path="/join/:token" component={Join} />
      <Route path="/reset/:token" component={ResetPage} />
      <Route path="/import" component={ImportPage} />
      <Route path="/settings/:section?" component={() => <Settings theme={props.theme} />} />
      <Show when={import.meta.env.DEV}>
        <Route path="/_ui" component={UiGallery} />
      </Show>
      <Route path="*" component={NotFound} />
    </Router>
  );
}
/** The board, or the welcome while there is nothing to put on it and nobody has asked for the empty board. */
function Deals(): JSX.Element {
  const workspace = useWorkspace();
  const shell = useShell();
  const [wantsBoard, setWantsBoard] = createSignal(false);
  const isEmpty = createMemo(
    () =>
      workspace.collection('deal').count() === 0 &&
      workspace.isLoaded('directory') &&
      workspace.collection('contact').count() === 0,
  );
  function newDeal(): void {
    setWantsBoard(true);
    shell.add('/deals');
  }
  // A memo, because reading JSX from a prop makes it anew each time.
  const welcome = createMemo(() => (isEmpty() && !wantsBoard() ? <Welcome onNewDeal={newDeal} /> : undefined));
  return <DealsPage whenEmpty={welcome()} onAdd={() => setWantsBoard(true)} />;
}

/** Accepting an invitation signs in; then the workspace is where the link was. */
function Join(): JSX.Element {
  const session = useSession();
  const navigate = useNavigate();
  const signedInAs = () => {
    const state = session.state();
    return state.kind === 'open' && state.workspace.sync.state() !== 'signed-out'
      ? state.workspace.me().name
      : undefined;
  };
  const [isJoined, setJoined] = createSignal(false);
  async function joined(): Promise<void> {
    setJoined(true);
    await session.check();
    navigate('/deals', { replace: true });
  }
  return <JoinPage signedInAs={isJoined() ? undefined : signedInAs()} onJoined={joined} />;
}

function Settings(props: { readonly theme: Theme }): JSX.Element {
  const shell = useShell();
  return <SettingsPage theme={props.theme} onSaveCopy={shell.saveCopy} onSignOut={shell.signOut} />;
}

function NotFound(): JSX.Element {
  return (
    <div style={{ margin: 'auto' }}>
      <EmptyState
        title="There is nothing at this address"
        text="The link may be mistyped, or from another workspace."
        action={
          <a class="btn" href="/deals">
            Open deals
          </a>
        }
      />
    </div>
  );
}
