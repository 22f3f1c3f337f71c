/** Everything on this device, or only what waits, as a file for the person. */
import { WORKSPACE_ID } from '../../shared/entities/workspace.ts';
import { dayOfInstant } from '../../shared/model/day.ts';
import type { Workspace } from '../data/workspace.ts';
import { download, fileName } from '../platform/download.ts';

export async function saveCopy(workspace: Workspace, what: 'everything' | 'waiting'): Promise<void> {
  const name = workspace.collection('workspace').peek(WORKSPACE_ID)?.name ?? 'Rapport';
  const content = await workspace.exportLocalData(what);
  download(fileName([name, what === 'waiting' ? 'my changes' : 'copy', dayOfInstant(Date.now())], 'json'), content);
}
