/** Which workspaces this device kept when the server began a new line of data. */
import type { ClientRoom } from './client-room.ts';
import type { Me } from './workspace.ts';

/** A workspace that was open on this device, as the session remembers it. */
export interface FormerWorkspace {
  readonly serverId: string;
  readonly me: Me;
  /** Full names. */
  readonly rooms: readonly string[];
  /** Since when it is a former one, epoch ms. */
  readonly at: number;
}

export type Shelf = Pick<Storage, 'getItem' | 'setItem'>;
export const FORMER = 'rapport.former';

/** Called before another workspace is opened in the place of this one. */
export function rememberFormer(shelf: Shelf, former: FormerWorkspace): void {
  const others = readFormer(shelf).filter(
    ({ serverId, me }) => serverId !== former.serverId || me.userId !== former.me.userId,
  );
  shelf.setItem(FORMER, JSON.stringify([...others, former]));
}

export function readFormer(shelf: Shelf): readonly FormerWorkspace[] {
  try {
    const raw: unknown = JSON.parse(shelf.getItem(FORMER) ?? '[]');
    return Array.isArray(raw)
      ? raw.filter((each) => each?.serverId && each.me?.userId && Array.isArray(each.rooms))
      : [];
  } catch {
    return [];
  }
}

export interface FormerCopiesOptions {
  readonly shelf: Shelf;
  readonly serverId: string;
  readonly me: Me;
  readonly rooms: () => Iterable<ClientRoom>;
  readonly databaseName: (serverId: string, userId: string, room: string) => string;
}
