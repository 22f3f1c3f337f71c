/** What spaces are called where people choose one. */
import { TEAM_SPACE } from '../../../shared/sync/room-names.ts';
import type { Workspace } from '../../data/workspace.ts';

export const TEAM_NAME = 'Team';
export const ALL_SPACES = 'All spaces';

/** The name of a space; tracks. */
export function spaceName(workspace: Workspace, space: string): string {
  if (space === TEAM_SPACE) return TEAM_NAME;
  return workspace.spaces.list().find(({ id }) => id === space)?.name ?? 'Private space';
}
