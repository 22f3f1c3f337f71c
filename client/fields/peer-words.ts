/** How a teammate who is here is named and coloured. */
import type { Peer } from '../data/presence.ts';
import type { Workspace } from '../data/workspace.ts';
import { personClass } from '../ui/avatar.tsx';

/** The class with a person's colours. */
export function memberColourClass(workspace: Workspace, memberId: string): string {
  return personClass(workspace.collection('member').byIdInTrash(memberId)?.joinOrder ?? 0);
}

/** The name this workspace knows somebody by, or the one the server has. */
export function peerName(workspace: Workspace, peer: Pick<Peer, 'memberId' | 'name'>): string {
  return workspace.collection('member').byIdInTrash(peer.memberId)?.name || peer.name || 'A teammate';
}

export function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}
