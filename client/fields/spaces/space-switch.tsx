/**
 * Which space one looks at, and the way to another. Where there is no private space nothing is shown. Loaded late.
 */
import './spaces.css';
import ChevronsUpDown from 'lucide-solid/icons/chevrons-up-down';
import Layers from 'lucide-solid/icons/layers';
import Lock from 'lucide-solid/icons/lock';
import Users from 'lucide-solid/icons/users-round';
import { type JSX, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { TEAM_SPACE } from '../../../shared/sync/room-names.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { announce } from '../../platform/announce.ts';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { ALL_SPACES, spaceName, TEAM_NAME } from './space-words.ts';

const ALL = 'all';

export interface SpaceSwitchProps {
  /** A line of the sidebar, its narrow rail, or a chip in the bar of a view. */
  readonly as: 'line' | 'rail' | 'chip';
}

export function SpaceSwitch(props: SpaceSwitchProps): JSX.Element {
  const workspace = useWorkspace();
  const { spaces } = workspace;
  const words = () => {
    const shown = spaces.shown();
    return shown === null ? ALL_SPACES : spaceName(workspace, shown);
  };
  const icon = () => {
    const shown = spaces.shown();
    return shown === null ? Layers : shown === TEAM_SPACE ? Users : Lock;
  };
  function show(value: string): void {
    spaces.show(value === ALL ? null : value);
    announce(`Showing ${words()}`);
  }
  const items = (): readonly MenuItem[] => [
    {
      kind: 'radio',
      label: 'Show',
      value: spaces.shown() ?? ALL,
      options: [
        { value: ALL, label: ALL_SPACES },
        { value: TEAM_SPACE, label: TEAM_NAME },
        ...spaces.list().map(({ id, name }) => ({ value: id, label: name })),
      ],
      onChange: show,
    },
  ];
  return (
    <Show when={spaces.list().length > 0}>
      <Menu
        items={items()}
        placement="bottom-start"
        trigger={(trigger) => (
          <button
            type="button"
            {...trigger}
            class={`spaceswitch spaceswitch--${props.as}`}
            classList={{ 'is-all': spaces.shown() === null }}
            aria-label={`Space shown: ${words()}`}
            title={props.as === 'line' ? undefined : words()}
          >
            <Dynamic component={icon()} class="lucide--sm" />
            <Show when={props.as !== 'rail'}>
              <span class="truncate">{words()}</span>
            </Show>
            <Show when={props.as === 'line'}>
              <ChevronsUpDown class="lucide--sm fg-faint push" />
            </Show>
          </button>
        )}
      />
    </Show>
  );
}
