/** The mark of a record in a private space: a lock and the space's name; nothing on what is the team's. Loaded late. */
import './spaces.css';
import Lock from 'lucide-solid/icons/lock';
import { type JSX, Show } from 'solid-js';
import { TEAM_SPACE } from '../../../shared/sync/room-names.ts';
import { useWorkspace } from '../../data/workspace.ts';
import { spaceName } from './space-words.ts';

export function SpaceTag(props: {
  readonly recordId: string;
  /** The lock alone, where there is no room for the name; its title says it. */
  readonly isSmall?: boolean;
}): JSX.Element {
  const workspace = useWorkspace();
  const space = () => workspace.spaces.of(props.recordId);
  return (
    <Show when={space() !== TEAM_SPACE}>
      <span class="spacetag" title={`Only members of ${spaceName(workspace, space())} see this`}>
        <Lock class="lucide--sm" />
        <span class="sr">In the private space </span>
        <span class={props.isSmall ? 'sr' : 'truncate'}>{spaceName(workspace, space())}</span>
      </span>
    </Show>
  );
}
