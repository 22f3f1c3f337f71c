/** Where on this device records are written and their texts are, by what they are and the space they belong to. */
import { CommandRefused } from '../../shared/commands/command.ts';
import type { Registry } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import { type CommandContext, roomsBy } from '../../shared/sync/doc-tx.ts';
import { addressOf, TEAM_SPACE } from '../../shared/sync/room-names.ts';
import type { ClientRoom } from './client-room.ts';
import type { OpenRooms } from './open-rooms.ts';
import type { Spaces } from './spaces.ts';

export interface RoomsOfRecords {
  readonly forCommands: CommandContext['rooms'];
  /** The room with the text of a record, which need not be there yet; null when it is on its way to this device. */
  holding(recordId: string): ClientRoom | null;
}

const KIND_WORDS: Readonly<Record<RoomKind, string>> = {
  workspace: 'The workspace',
  pipeline: 'The pipeline',
  work: 'The task list',
  directory: 'The address book',
  timeline: 'The timeline',
};

export function createRoomsOfRecords(
  registry: Registry,
  rooms: Pick<OpenRooms, 'all' | 'ofSpaces'>,
  spaces: Pick<Spaces, 'current'>,
): RoomsOfRecords {
  // A timeline may be written to before it was ever synced: its records are new, whatever else is in it.
  const isAt = (room: ClientRoom, kind: RoomKind, year: number | null) =>
    room.parts.kind === kind && room.parts.year === year && (kind === 'timeline' || room.hasCopy());
  const ofTeam = () => [...rooms.all()].filter(({ parts }) => parts.space === TEAM_SPACE);

  function recordsAt(kind: RoomKind, year: number | null) {
    // Asked for every record of an import: no list is made.
    for (const room of rooms.all()) if (room.parts.space === TEAM_SPACE && isAt(room, kind, year)) return room.records;
    throw new CommandRefused(
      'not-ready',
      `${KIND_WORDS[kind]}${year === null ? '' : ` of ${year}`} is still on its way to this device. Try again in a moment.`,
    );
  }

  const yearsHere = () => ofTeam().flatMap(({ parts: { year } }) => (year === null ? [] : [year]));

  return {
    forCommands: roomsBy(registry, recordsAt, yearsHere, {
      *at(kind, year) {
        // As with the team's rooms: while a next generation is opened beside it, the old one is written to.
        const seen = new Set<string>();
        for (const room of rooms.ofSpaces) {
          if (!isAt(room, kind, year) || seen.has(room.parts.space)) continue;
          seen.add(room.parts.space);
          yield { space: room.parts.space, records: room.records };
        }
      },
      current: () => (spaces.current() === TEAM_SPACE ? null : spaces.current()),
    }),
    holding(recordId) {
      const entity = registry[entityNameOf(recordId)];
      if (!entity) return null;
      const { kind, year } = addressOf(entity, recordId);
      const isThere = ({ parts }: ClientRoom) => parts.kind === kind && parts.year === year;
      return (
        [...rooms.ofSpaces].find((each) => isThere(each) && each.records.stateOf(recordId)?.base !== undefined) ??
        ofTeam().find(isThere) ??
        null
      );
    },
  };
}
