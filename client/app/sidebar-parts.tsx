/** What every sidebar is made of: a link to an area, and the foot with where the data is and who I am. */
import { useLocation } from '@solidjs/router';
import Settings from 'lucide-solid/icons/settings';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { useWorkspace } from '../data/workspace.ts';
import { formatCount } from '../fields/format.ts';
import { MemberAvatar } from '../fields/person.tsx';
import { AreaPresence } from '../fields/presence.tsx';
import type { Icon } from '../ui/icon.ts';
import { SyncControl } from './sync-control.tsx';

export interface NavTarget {
  readonly path: string;
  readonly label: string;
  readonly icon: Icon;
}

export function isIn(pathname: string, section: string): boolean {
  return pathname === section || pathname.startsWith(`${section}/`);
}

export function SidebarFoot(props: {
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

export function SectionLink(props: {
  readonly section: NavTarget;
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
        <AreaPresence section={props.section.path} />
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
