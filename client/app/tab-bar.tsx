/** The way around on phones: areas, add, and the rest behind "More". */
import { useLocation } from '@solidjs/router';
import Ellipsis from 'lucide-solid/icons/ellipsis';
import Plus from 'lucide-solid/icons/plus';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import styles from './shell.module.css';
import { type Section, sectionAt } from './sidebar.tsx';
import { isIn } from './sidebar-parts.tsx';
import { createUnread } from './waiting-tasks.ts';

export interface TabBarProps {
  /** Empty when this person may only look. */
  readonly add: readonly MenuItem[];
  readonly more: readonly MenuItem[];
}

const TABS = ['/today', '/deals', '/contacts'];

export function TabBar(props: TabBarProps): JSX.Element {
  const location = useLocation();
  const isElsewhere = () => !TABS.some((section) => isIn(location.pathname, section));
  const unread = createUnread();
  return (
    <nav class={styles.tabbar} classList={{ [styles.four ?? '']: props.add.length === 0 }} aria-label="Main">
      <SectionTab section={sectionAt('/today')} />
      <SectionTab section={sectionAt('/deals')} />
      <Show when={props.add.length > 0}>
        <Menu
          placement="top-start"
          items={props.add}
          trigger={(trigger) => (
            <button type="button" {...trigger} class="m__fab" aria-label="Add">
              <Plus class="lucide--lg" />
            </button>
          )}
        />
      </Show>
      <SectionTab section={sectionAt('/contacts')} />
      <Menu
        placement="top-end"
        items={props.more}
        trigger={(trigger) => (
          <button type="button" {...trigger} class="m__tab" aria-current={isElsewhere() ? 'page' : undefined}>
            <Ellipsis class="lucide--lg" />
            <span>More</span>
            <Show when={unread() > 0}>
              <span class={styles.unread} />
              <span class="sr">, {unread()} unread in the inbox</span>
            </Show>
          </button>
        )}
      />
    </nav>
  );
}

function SectionTab(props: { readonly section: Section }): JSX.Element {
  const location = useLocation();
  return (
    <a
      class="m__tab"
      href={props.section.path}
      aria-current={isIn(location.pathname, props.section.path) ? 'page' : undefined}
    >
      <Dynamic component={props.section.icon} class="lucide--lg" />
      <span>{props.section.label}</span>
    </a>
  );
}
