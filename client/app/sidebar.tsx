/** The way around on wide screens: workspace, search, records, where the data is, and me. */
import Building from 'lucide-solid/icons/building-complex';
import CalendarDays from 'lucide-solid/icons/calendar-days';
import ChevronDown from 'lucide-solid/icons/chevron-down';
import CircleCheck from 'lucide-solid/icons/circle-check-big';
import Inbox from 'lucide-solid/icons/inbox';
import PanelLeft from 'lucide-solid/icons/panel-left';
import Search from 'lucide-solid/icons/search';
import Sun from 'lucide-solid/icons/sun';
import Users from 'lucide-solid/icons/users-round';
import { For, type JSX, Show } from 'solid-js';
import { WORKSPACE_ID } from '../../shared/entities/workspace.ts';
import { useWorkspace } from '../data/workspace.ts';
import { IconButton } from '../ui/icon-button.tsx';
import { Kbd } from '../ui/kbd.tsx';
import { backgroundComponent } from '../ui/late.tsx';
import { Mark } from '../ui/mark.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { DealsIcon } from './deals-icon.tsx';
import { type NavTarget, SectionLink, SidebarFoot } from './sidebar-parts.tsx';
import { createWaitingTasks } from './waiting-tasks.ts';

const SpaceSwitch = backgroundComponent(() =>
  import('../fields/spaces/space-switch.tsx').then((module) => module.SpaceSwitch),
);

/** After the first paint: nobody looks for a star before there is a page. */
const StarredList = backgroundComponent(() => import('./starred-list.tsx').then((module) => module.StarredList));

export interface Section extends NavTarget {
  /** The letter after G. */
  readonly letter: string;
  /** The day's work stands above the records. */
  readonly group: 'day' | 'records';
}

/** The areas there are. The phone's tab bar and the "go to" keys are made from the same list. */
export const SECTIONS: readonly Section[] = [
  { path: '/today', label: 'Today', icon: Sun, letter: 'T', group: 'day' },
  { path: '/inbox', label: 'Inbox', icon: Inbox, letter: 'I', group: 'day' },
  { path: '/tasks', label: 'Tasks', icon: CircleCheck, letter: 'K', group: 'day' },
  { path: '/calendar', label: 'Calendar', icon: CalendarDays, letter: 'L', group: 'day' },
  { path: '/contacts', label: 'Contacts', icon: Users, letter: 'C', group: 'records' },
  { path: '/companies', label: 'Companies', icon: Building, letter: 'O', group: 'records' },
  { path: '/deals', label: 'Deals', icon: DealsIcon, letter: 'D', group: 'records' },
];

/** The area at an address. */
export function sectionAt(path: string): Section {
  return SECTIONS.find((section) => section.path === path) as Section;
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
      <SpaceSwitch as={props.rail ? 'rail' : 'line'} />
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
              <SectionLink
                section={section}
                rail={props.rail}
                count={waiting.of(section.path)}
                countOf={section.path === '/inbox' ? 'unread' : WAITING}
              />
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
        <StarredList rail={props.rail} />
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
