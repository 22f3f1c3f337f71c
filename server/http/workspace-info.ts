/** The workspace's name as everybody sees it: from the workspace room, where people rename it. */
import { WORKSPACE_ID, workspace } from '../../shared/entities/workspace.ts';
import { formatRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import type { Services } from './services.ts';

export const WORKSPACE_ROOM_NAME = formatRoomName({
  space: TEAM_SPACE,
  kind: workspace.room,
  year: null,
  generation: 1,
});

/** Empty before setup, and when the room cannot be read: a status page must answer in any case. */
export function currentWorkspaceName({ rooms, report }: Services): string {
  try {
    const name = rooms.open(WORKSPACE_ROOM_NAME).records.get(WORKSPACE_ID)?.name;
    return typeof name === 'string' ? name : '';
  } catch (error) {
    report('The workspace room cannot be read', error);
    return '';
  }
}
