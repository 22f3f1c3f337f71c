/** The way around on wide screens: workspace, search, records, where the data is, and me. */
import { useLocation } from '@solidjs/router';
import ArrowLeft from 'lucide-solid/icons/arrow-left';
import Building from 'lucide-solid/icons/building-complex';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import PanelLeft from 'lucide-solid/icons/panel-left';
import Search from 'lucide-solid/icons/search';
import Settings from 'lucide-solid/icons/settings';
import Sun from 'lucide-solid/icons/sun';
import Users from 'lucide-solid/icons/users-round';
import { For, type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { WORKSPACE_ID } from '../../shared/entities/workspace.ts';
import { useWorkspace } from '../data/workspace.ts';
import { DEFAULT_SECTION, SETTINGS_GROUPS } from '../features/settings/settings-sections.ts';
import { formatCount } from '../fields/format.ts';
import { MemberAvatar } from '../fields/person.tsx';
import type { Icon } from '../ui/icon.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { late } from '../ui/late.tsx';
import { Mark } from '../ui/mark.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { DealsIcon } from './deals-icon.tsx';
import { SyncControl } from './sync-control.tsx';
import { createWaitingTasks } from './waiting-tasks.ts';

/** After the first paint: nobody looks for a star before there is a page. */
const starred = late(() => import('./starred-list.tsx').then((module) => module.StarredList));

export interface Section {
  readonly path: string;
  readonly label: string;
  readonly icon: Icon;
  /** The letter after G. */
  readonly letter: string;
  /** The day's work stands above the records. */
  readonly group: 'day' | 'records';
}

/** The areas there are. The phone's tab bar and the "go to" keys are made from the same list. */
export const SECTIONS: readonly Section[] = [
  { path: '/today', label: 'Today', icon: Sun, letter: 'T', group: 'day' },
  { path: '/tasks', label: 'Tasks', icon: CircleCheck, letter: 'K', group: 'day' },
  { path: '/contacts', label: 'Contacts', icon: Users, letter: 'C', group: 'records' },
  { path: '/companies', label: 'Companies', icon: Building, letter: 'O', group: 'records' },
  { path: '/deals', label: 'Deals', icon: DealsIcon, letter: 'D', group: 'records' },
];

/** The area at an address. */
export function sectionAt(path: string): Section {
  return SECTIONS.find((section) => section.path === path) as Section;
}

export function isIn(pathname: string, section: string): boolean {
  return pathname === section || pathname.startsWith(`${section}/`);
}

/** What the figures behind Today and Tasks count. */
const WAITING = 'open';

export interface SidebarProps {
  readonly rail: boolean;
  /** Left out where the screen is too narrow for anything but the rail. */
  readonly onToggle?: () => void;
  readonly menu: readonly MenuItem[];
  readonly onSearch: () => void;
  readonly onReload: () => void;
}

export function Sidebar(props: SidebarProps): JSX.Element {
  const workspace = useWorkspace();
  const name = () => workspace.collection('workspace').byId(WORKSPACE_ID)?.name || 'Rapport';
  const waiting = createWaitingTasks();
  return (
    <nav class="sidebar" classList={{ 'sidebar--rail': props.rail }} aria-label="Main">
      <div class="sidebar__head">
        <Menu
          items={props.menu}
          trigger={(trigger) => (
            <button
              type="button"
              {...trigger}
              class="workspace"
              aria-label={`${name()} workspace menu`}
              title={props.rail ? name() : undefined}
            >
              <Mark name={name()} size={20} />
              <span class="workspace__name truncate">{name()}</span>
              <ChevronDown class="lucide--sm fg-faint" />
            </button>
          )}
        />
        <Show when={props.onToggle && !props.rail}>
          <IconButton label="Collapse sidebar" keys="[" icon={PanelLeft} size="sm" onClick={() => props.onToggle?.()} />
        </Show>
      </div>
      <button
        type="button"
        class="searchbar"
        aria-haspopup="dialog"
        aria-label="Search or jump to"
        title={props.rail ? 'Search or jump to' : undefined}
        onClick={() => props.onSearch()}
      >
        <Search class="lucide--sm" />
        <span class="searchbar__text">Search or jump to</span>
        <Show when={!props.rail}>
          <Kbd keys="Mod+K" />
        </Show>
      </button>
      <div class="sidebar__scroll">
        <ul class="nav">
          <For each={SECTIONS.filter(({ group }) => group === 'day')}>
            {(section) => (
              <SectionLink section={section} rail={props.rail} count={waiting.of(section.path)} countOf={WAITING} />
            )}
          </For>
        </ul>
        <h2 class="nav__title" id="nav-records">
          Records
        </h2>
        <ul class="nav" aria-labelledby="nav-records">
          <For each={SECTIONS.filter(({ group }) => group === 'records')}>
            {(section) => <SectionLink section={section} rail={props.rail} />}
          </For>
        </ul>
        <Show when={starred.code()} keyed>
          {(StarredList) => <StarredList rail={props.rail} />}
        </Show>
      </div>
      <SidebarFoot rail={props.rail} onReload={() => props.onReload()}>
        <Show when={props.onToggle && props.rail}>
          <IconButton
            label="Expand sidebar"
            keys="["
            icon={PanelLeft}
            placement="right"
            onClick={() => props.onToggle?.()}
          />
        </Show>
      </SidebarFoot>
    </nav>
  );
}

/** The same place while somebody is in the settings: their sections, and the way back. */
export function SettingsSidebar(props: { readonly rail: boolean; readonly onReload: () => void }): JSX.Element {
  return (
    <nav class="sidebar" classList={{ 'sidebar--rail': props.rail }} aria-label="Settings">
      <div class="sidebar__head">
        <a class="workspace" href="/deals" aria-label="Back from settings" title={props.rail ? 'Back' : undefined}>
          <ArrowLeft class="fg-3" />
          <Show when={!props.rail}>
            <span>Settings</span>
          </Show>
        </a>
      </div>
      <div class="sidebar__scroll">
        <For each={SETTINGS_GROUPS}>
          {(group) => (
            <>
              <h2 class="nav__title" id={`settings-${group.label}`}>
                {group.label}
              </h2>
              <ul class="nav" aria-labelledby={`settings-${group.label}`}>
                <For each={group.sections}>
                  {(section) => (
                    <SectionLink
                      section={{ ...section, path: `/settings/${section.id}` }}
                      alsoAt={section.id === DEFAULT_SECTION ? '/settings' : undefined}
                      rail={props.rail}
                    />
                  )}
                </For>
              </ul>
            </>
          )}
        </For>
      </div>
      <SidebarFoot rail={props.rail} onReload={() => props.onReload()} />
    </nav>
  );
}

function SidebarFoot(props: {
  readonly rail: boolean;
  readonly onReload: () => void;
  readonly children?: JSX.Element;
}): JSX.Element {
  const workspace = useWorkspace();
  const location = useLocation();
  return (
    <div class="sidebar__foot">
      {props.children}
      <div class="sidebar__sync">
        <SyncControl
          compact={props.rail}
          placement={props.rail ? 'right-end' : 'top-start'}
          onReload={() => props.onReload()}
        />
      </div>
      <a
        class="me"
        href="/settings"
        aria-label={`${workspace.me().name}, settings`}
        title={props.rail ? `${workspace.me().name}, settings` : undefined}
      >
        <MemberAvatar memberId={workspace.me().memberId} size={20} decorative />
        <span class="me__name truncate">{workspace.me().name}</span>
        <Show when={!props.rail && !isIn(location.pathname, '/settings')}>
          <Settings class="fg-faint" />
        </Show>
      </a>
    </div>
  );
}

function SectionLink(props: {
  readonly section: Pick<Section, 'path' | 'label' | 'icon'>;
  readonly alsoAt?: string;
  readonly rail: boolean;
  /** A figure behind the name, and what it counts: "6 open". */
  readonly count?: number;
  readonly countOf?: string;
}): JSX.Element {
  const location = useLocation();
  const isActive = () => isIn(location.pathname, props.section.path) || location.pathname === props.alsoAt;
  return (
    <li>
      <a
        class="nav__item"
        classList={{ 'is-active': isActive() }}
        href={props.section.path}
        aria-current={isActive() ? 'page' : undefined}
        aria-label={props.rail ? props.section.label : undefined}
        title={props.rail ? props.section.label : undefined}
      >
        <Dynamic component={props.section.icon} />
        <span class="nav__label">{props.section.label}</span>
        <Show when={!props.rail && props.count}>
          {(count) => (
            <span class="count">
              {formatCount(count())}
              <span class="sr"> {props.countOf}</span>
            </span>
          )}
        </Show>
      </a>
    </li>
  );
}
