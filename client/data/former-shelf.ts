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

export function readFormer(shelf: Pick<Storage, 'getItem'>): readonly FormerWorkspace[] {
  try {
    const raw: unknown = JSON.parse(shelf.getItem(FORMER) ?? '[]');
    return Array.isArray(raw)
      ? raw.filter((each) => each?.serverId && each.me?.userId && Array.isArray(each.rooms))
      : [];
  } catch {
    return [];
  }
}

/** Who has this device open, or had; see `session.ts`. */
export const REMEMBERED = 'rapport.session';

/**
 * The user id that the person with this address had on this device, '' when there was none: a server that has lost its
 * accounts gives it to them again, so that what they own is theirs again once the records are back.
 */
export function rememberedUserId(email: string, shelf: Pick<Storage, 'getItem'> = localStorage): string {
  const wanted = email.trim().toLowerCase();
  const people = [
    rememberedPerson(shelf),
    ...readFormer(shelf)
      .toReversed()
      .map(({ me }) => me),
  ];
  return people.find((me) => me?.email?.toLowerCase() === wanted)?.userId ?? '';
}

function rememberedPerson(shelf: Pick<Storage, 'getItem'>): Me | undefined {
  try {
    return (JSON.parse(shelf.getItem(REMEMBERED) ?? 'null') as { readonly me?: Me } | null)?.me;
  } catch {
    return undefined;
  }
}

export interface FormerCopiesOptions {
  readonly shelf: Shelf;
  readonly serverId: string;
  readonly me: Me;
  readonly rooms: () => Iterable<ClientRoom>;
  /** Opens the timeline of a year that nobody has looked at here. */
  readonly openTimeline: (year: number) => Promise<void>;
  readonly databaseName: (serverId: string, userId: string, room: string) => string;
}
