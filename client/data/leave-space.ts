/**
 * Leaving a private space: the server has said in so many words that this person is not in it any more. Its rooms are off
 * the screen by then. Nothing that waits is thrown away before its writer could save it.
 */
import type { ClientRoom } from './client-room.ts';
import { deleteLocalStore } from './local-store.ts';
import type { LeftSpace, SpaceInfo } from './spaces.ts';

export interface LeavingSpace {
  readonly space: SpaceInfo;
  /** Closed to the server, still readable. */
  readonly rooms: readonly ClientRoom[];
  readonly databaseName: (room: string) => string;
  /** Somebody took this person in again: then it stays. */
  readonly isOver: () => boolean;
  readonly exportUnsent: (rooms: readonly ClientRoom[]) => Promise<Blob>;
  /** Its rooms need not be opened again. */
  readonly onRemoved: () => void;
}

/** Other tabs hear the same from the server; their rooms should be closed before the data goes. */
const OTHER_TABS_MS = 1_500;

/** Null when nothing waits: then it is off this device in a moment, by itself. */
export function leaveSpace(leaving: LeavingSpace): LeftSpace | null {
  const { space, rooms, databaseName } = leaving;
  async function remove(): Promise<void> {
    await Promise.all(rooms.map((room) => room.close()));
    await new Promise((resolve) => setTimeout(resolve, OTHER_TABS_MS));
    if (leaving.isOver()) return;
    await Promise.all(rooms.map(({ name }) => deleteLocalStore(databaseName(name))));
    leaving.onRemoved();
  }
  if (rooms.every(({ ownClocks }) => ownClocks.waiting().size === 0)) {
    void remove();
    return null;
  }
  return { ...space, exportUnsent: () => leaving.exportUnsent(rooms), remove };
}
