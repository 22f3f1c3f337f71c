/** The frame around every page: sidebar or tab bar, the sheet, banners, undo, search, help, and the keys of all that. */
import { useIsRouting, useLocation, useNavigate } from '@solidjs/router';
import Clock from 'lucide-solid/icons/clock';
import Download from 'lucide-solid/icons/download';
import FileUp from 'lucide-solid/icons/file-up';
import Keyboard from 'lucide-solid/icons/keyboard';
import LogOut from 'lucide-solid/icons/log-out';
import Search from 'lucide-solid/icons/search';
import Settings from 'lucide-solid/icons/settings';
import Trash from 'lucide-solid/icons/trash';
import UserPlus from 'lucide-solid/icons/user-plus';
import { createEffect, createSignal, ErrorBoundary, type JSX, lazy, onMount, Show, Suspense } from 'solid-js';
import { nextTurn } from '../data/slices.ts';
import { useWorkspace, type Workspace } from '../data/workspace.ts';
import { recordHref } from '../fields/reference.ts';
import { isSidebarFolded } from '../platform/folded-sidebar.ts';
import { createHotkeys, runHotkey } from '../platform/hotkeys.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { backgroundComponent, lateComponent, loadLateParts } from '../ui/late.tsx';
import { createMediaQuery, SMALL } from '../ui/media-query.ts';
import type { MenuItem } from '../ui/menu.tsx';
import { createToaster, ToasterProvider, ToastRegion } from '../ui/toaster.tsx';
import { FormerCopyBanner } from './former-copy-banner.tsx';
import { createPageFocus } from './page-focus.ts';
import { PageSkeleton } from './page-skeleton.tsx';
import { pageTitle } from './page-title.ts';
import { rememberRecord } from './recent.ts';
import { RouteError } from './route-error.tsx';
import { saveCopy } from './save-copy.ts';
import styles from './shell.module.css';
import { type ShellActions, ShellProvider } from './shell-actions.ts';
import { SECTIONS, Sidebar, sectionAt } from './sidebar.tsx';
import { createSidebarChoice } from './sidebar-choice.ts';
import { isIn } from './sidebar-parts.tsx';
import { StorageBanner } from './storage-banner.tsx';
import { SyncControl } from './sync-control.tsx';
import { TabBar } from './tab-bar.tsx';
import { createUndoControl } from './undo-toasts.ts';
import { NOT_YET, type Update, UpdateBanner } from './update-banner.tsx';

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })));
const SettingsSidebar = lateComponent(() => import('./settings-sidebar.tsx').then((module) => module.SettingsSidebar));
const SampleDataNotice = backgroundComponent(() =>
  import('../features/welcome/sample-data-notice.tsx').then((module) => module.SampleDataNotice),
);
const ReminderWatcher = backgroundComponent(() =>
  import('./reminder-watcher.tsx').then((module) => module.ReminderWatcher),
);
const NoticeWatcher = backgroundComponent(() => import('./notice-watcher.tsx').then((module) => module.NoticeWatcher));
const StrayFiles = backgroundComponent(() => import('./stray-files.tsx').then((module) => module.StrayFiles));
const LeftSpaceBanner = backgroundComponent(() =>
  import('../fields/spaces/left-space-banner.tsx').then((module) => module.LeftSpaceBanner),
);
const PresenceLayer = lateComponent(() => import('./presence-layer.tsx').then((module) => module.PresenceLayer));
const ShortcutHelp = lazy(() => import('./shortcut-help.tsx').then((module) => ({ default: module.ShortcutHelp })));
const SignOutDialog = lazy(() => import('./sign-out-dialog.tsx').then((module) => ({ default: module.SignOutDialog })));

/** The overlays, loaded when the browser has nothing else to do, so that they open at once and without a server. */
const OVERLAYS = { search: Palette, keys: ShortcutHelp, 'sign-out': SignOutDialog } as const;
type Overlay = keyof typeof OVERLAYS;

const MEDIUM = '(max-width: 1199.98px)';
/** Areas that have no tab of their own on a phone. */
const ELSEWHERE = ['/inbox', '/tasks', '/calendar', '/companies'] as const;
/** How long "add" waits for the page that has the form. */
const PAGE_WAIT_MS = 5_000;

export function Shell(props: { readonly update: Update; readonly children: JSX.Element }): JSX.Element {
  const workspace = useWorkspace();
  const location = useLocation();
  const navigate = useNavigate();
  const isRouting = useIsRouting();
  const isSmall = createMediaQuery(SMALL);
  const isMedium = createMediaQuery(MEDIUM);
  const sidebar = createSidebarChoice();
  const toaster = createToaster();
  const undo = createUndoControl(toaster);
  const [open, setOpen] = createSignal<Overlay | null>(null);
  const [isAdding, setAdding] = createSignal(false);
  let main!: HTMLElement;

  const isSettings = () => isIn(location.pathname, '/settings');
  const isFolded = () => isMedium() || isSidebarFolded();
  const isRail = () => isFolded() || (sidebar.isRail() && !isSettings());
  const toastsLeft = () => `calc(var(${isRail() ? '--w-rail' : '--w-sidebar'}) + 16px)`;

  async function show(overlay: Overlay): Promise<void> {
    try {
      await OVERLAYS[overlay].preload();
      setOpen(overlay);
    } catch {
      toaster.show({
        tone: 'failed',
        text: 'This part of the app is not on this device yet. Try again when you are online.',
      });
    }
  }

  /** Opens a page and presses its N: the page knows how a new record is made there. */
  function add(path: string): void {
    const began = performance.now();
    setAdding(true);
    if (location.pathname !== path) navigate(path);
    // The old page stays until the new one is ready, and would take the key for itself.
    const tryNow = () => {
      const isThere = location.pathname === path && !isRouting();
      if ((isThere && runHotkey('N')) || performance.now() - began > PAGE_WAIT_MS) setAdding(false);
      else requestAnimationFrame(tryNow);
    };
    requestAnimationFrame(tryNow);
  }
  const reload = () => {
    if (!props.update.reload()) toaster.show({ text: NOT_YET });
  };
  const actions: ShellActions = {
    add,
    navigate,
    openKeys: () => void show('keys'),
    signOut: () => void show('sign-out'),
    saveCopy: () => void saveCopy(workspace, 'everything'),
    undo: undo.undo,
    redo: undo.redo,
  };

  createHotkeys(() => ({ 'Mod+K': () => void show('search') }), { everywhere: true });
  createHotkeys(() => ({
    '/': () => void show('search'),
    '?': () => void show('keys'),
    '[': isFolded() ? undefined : sidebar.toggle,
    'G S': () => navigate('/settings'),
    ...Object.fromEntries(SECTIONS.map(({ letter, path }) => [`G ${letter}`, () => navigate(path)])),
    ...(workspace.canWrite() && !isAdding() ? { N: () => add('/deals') } : {}),
  }));
  createPageFocus(() => main);
  createEffect(() => {
    document.title = pageTitle(location.pathname, workspace);
  });
  createEffect(() => {
    const id = location.pathname.split('/')[2] ?? '';
    if (recordHref(id) === location.pathname) rememberRecord(id);
  });

  const menu = (): readonly MenuItem[] => [
    { label: 'Invite a teammate', icon: UserPlus, onSelect: () => navigate('/settings/members') },
    { label: 'Import', icon: FileUp, onSelect: () => navigate('/import') },
    { label: 'History', icon: Clock, onSelect: () => navigate('/history') },
    { label: 'Trash', icon: Trash, onSelect: () => navigate('/trash') },
    { label: 'Save a copy', icon: Download, onSelect: actions.saveCopy },
    { kind: 'separator' },
    { label: 'Settings', icon: Settings, onSelect: () => navigate('/settings') },
    { label: 'All keys', icon: Keyboard, keys: '?', onSelect: actions.openKeys },
    { kind: 'separator' },
    { label: 'Sign out', icon: LogOut, onSelect: actions.signOut },
  ];
  const toItem = (path: string): MenuItem => ({
    label: sectionAt(path).label,
    icon: sectionAt(path).icon,
    onSelect: () => navigate(path),
  });
  const addMenu = (): readonly MenuItem[] =>
    workspace.canWrite()
      ? [
          { label: 'New deal', icon: sectionAt('/deals').icon, onSelect: () => add('/deals') },
          { label: 'New contact', icon: sectionAt('/contacts').icon, onSelect: () => add('/contacts') },
          { label: 'New company', icon: sectionAt('/companies').icon, onSelect: () => add('/companies') },
          { label: 'New task', icon: sectionAt('/tasks').icon, onSelect: () => add('/tasks') },
          { label: 'New appointment', icon: sectionAt('/calendar').icon, onSelect: () => add('/calendar') },
        ]
      : [];

  return (
    <ShellProvider value={actions}>
      <a class="skip" href="#main" target="_self">
        Skip to content
      </a>
      <div
        class={isSmall() ? `app ${styles.small}` : 'app'}
        classList={{ 'app--rail': !isSmall() && isRail() }}
        style={{ '--toasts-left': isSmall() ? undefined : toastsLeft() }}
      >
        <Show when={!isSmall()}>
          <Show
            when={isSettings()}
            fallback={
              <Sidebar
                rail={isRail()}
                onToggle={isFolded() ? undefined : sidebar.toggle}
                menu={menu()}
                onSearch={() => void show('search')}
                onReload={reload}
              />
            }
          >
            <SettingsSidebar rail={isRail()} onReload={reload} />
          </Show>
        </Show>
        <main class="panel" id="main" tabIndex={-1} ref={main}>
          <StorageBanner />
          <FormerCopyBanner />
          <LeftSpaceBanner />
          <UpdateBanner update={props.update} />
          <Show when={SECTIONS.some((section) => isIn(location.pathname, section.path))}>
            <SampleDataNotice />
          </Show>
          <div class={styles.sheet}>
            <ErrorBoundary fallback={(error, reset) => <RouteError error={error} reset={reset} />}>
              <Suspense fallback={<PageSkeleton />}>
                <LoadTheRest />
                <ToasterProvider value={toaster}>{props.children}</ToasterProvider>
              </Suspense>
            </ErrorBoundary>
            <Show when={isSmall()}>
              <div class={styles.corner}>
                <IconButton label="Search" icon={Search} onClick={() => void show('search')} />
                <SyncControl compact placement="bottom-end" onReload={reload} />
              </div>
            </Show>
          </div>
        </main>
        <Show when={isSmall()}>
          <TabBar add={addMenu()} more={[...ELSEWHERE.map(toItem), { kind: 'separator' }, ...menu()]} />
        </Show>
        <Show when={workspace.presence()}>
          <PresenceLayer toaster={toaster} />
        </Show>
        <ToastRegion toaster={toaster} />
        <NoticeWatcher />
        <StrayFiles toaster={toaster} />
        <ReminderWatcher toaster={toaster} />
      </div>
      <Suspense>
        <Show when={open() === 'search'}>
          <Palette onClose={() => setOpen((now) => (now === 'search' ? null : now))} />
        </Show>
        <Show when={open() === 'keys'}>
          <ShortcutHelp onClose={() => setOpen(null)} />
        </Show>
        <Show when={open() === 'sign-out'}>
          <SignOutDialog open onClose={() => setOpen(null)} />
        </Show>
      </Suspense>
    </ShellProvider>
  );
}

/** Stands beside the page, inside what waits for its code: when this is in the document, the page is. */
function LoadTheRest(): JSX.Element {
  const workspace = useWorkspace();
  onMount(() => {
    // After the paint of what has just been put there.
    void nextTurn()
      .then(loadLateParts)
      .then(preloadOverlays)
      .then(() => prepareToday(workspace));
  });
  return null;
}

/** The page that is opened first in the morning asks most. */
async function prepareToday(workspace: Workspace): Promise<void> {
  const queries = await import('../features/today/today-queries.ts').catch(() => undefined);
  await queries?.prepareToday(workspace);
}

function preloadOverlays(): void {
  for (const part of Object.values(OVERLAYS)) part.preload().catch(() => undefined);
}
