/** The rooms of private spaces this person was taken out of, from the screen to nothing left on this device. */
import type { ClientRoom } from './client-room.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { SpaceInfo, SpacesHere } from './spaces.ts';

export interface LeavingSpacesParts {
  readonly rooms: Pick<OpenRooms, 'unlist' | 'open' | 'takeOut'>;
  readonly spaces: Pick<SpacesHere, 'left' | 'setLeft'>;
  readonly databaseName: (room: string) => string;
  readonly exportUnsent: (rooms: readonly ClientRoom[]) => Promise<Blob>;
  /** Nothing of it is left on this device. */
  readonly onRemoved: (space: string) => void;
}

export interface LeavingSpaces {
  /** Still on this device. */
  readonly rooms: ReadonlyMap<string, ClientRoom>;
  leave(gone: readonly SpaceInfo[]): Promise<void>;
  /** Somebody took this person in again before everything of it was gone: it goes on with what is here. */
  comeBack(space: SpaceInfo): void;
}

export function createLeavingSpaces(parts: LeavingSpacesParts): LeavingSpaces {
  const { rooms, spaces, databaseName, exportUnsent } = parts;
  const leaving = new Map<string, ClientRoom>();
  const forget = (space: SpaceInfo) => spaces.setLeft(spaces.left().filter(({ id }) => id !== space.id));

  return {
    rooms: leaving,
    async leave(gone) {
      for (const { space, names } of gone.map((space) => ({ space, names: rooms.unlist(space.id) }))) {
        if (names.length === 0) continue;
        const { leaveSpace } = await import('./leave-space.ts');
        // What waits in them is known when they are open.
        await rooms.open(names);
        const its = rooms.takeOut(space.id);
        for (const room of its) leaving.set(room.name, room);
        const stays = leaveSpace({
          space,
          rooms: its,
          databaseName,
          isOver: () => its.some((room) => leaving.get(room.name) !== room),
          exportUnsent,
          onRemoved() {
            for (const { name } of its) leaving.delete(name);
            forget(space);
            parts.onRemoved(space.id);
          },
        });
        if (stays !== null) spaces.setLeft([...spaces.left(), stays]);
      }
    },
    comeBack(space) {
      for (const [name, room] of leaving) {
        if (room.parts.space !== space.id) continue;
        leaving.delete(name);
        void room.close();
      }
      forget(space);
    },
  };
}
