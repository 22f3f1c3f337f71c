/**
 * Private spaces as this device knows them: which there are, which one is looked at, which one a record is in. Rooms of
 * several spaces are open side by side; a record is in the one whose room has it.
 */
import { createSignal } from 'solid-js';
import { entities, isEntityName } from '../../shared/entities/registry.ts';
import { TEAM_SPACE } from '../../shared/sync/room-names.ts';
import type { RoomRecords } from '../../shared/sync/room-records.ts';
import type { QueryOptions } from './workspace.ts';

export interface SpaceInfo {
  readonly id: string;
  readonly name: string;
}

/** A space this person was taken out of while something they wrote there was not sent. */
export interface LeftSpace extends SpaceInfo {
  readonly exportUnsent: () => Promise<Blob>;
  /** Takes what is left of it off this device for good. */
  readonly remove: () => Promise<void>;
}

export interface Spaces {
  /** The private spaces this person is in, by name; tracks. */
  readonly list: () => readonly SpaceInfo[];
  /** The space that lists and boards show; null = all of them. Tracks. */
  readonly shown: () => string | null;
  readonly show: (space: string | null) => void;
  /** The space that new records go to; tracks. What is about a private record goes where that one is, whatever this says. */
  readonly current: () => string;
  /** The space a record is in; tracks the record. */
  readonly of: (recordId: string) => string;
  /** Spaces that were left with something unsent; tracks. */
  readonly left: () => readonly LeftSpace[];
}

export interface SpacesInputs {
  /** The rooms of private spaces that are readable here. */
  readonly rooms: () => Iterable<{ readonly space: string; readonly records: RoomRecords }>;
  readonly trackRecord: (id: string) => void;
  readonly list: readonly SpaceInfo[];
  readonly shown?: string | null;
  readonly remember?: (shown: string | null) => void;
}

export interface SpacesHere extends Spaces {
  readonly setList: (list: readonly SpaceInfo[]) => void;
  readonly setLeft: (left: readonly LeftSpace[]) => void;
  /** Narrows a query to the space that is shown. Tracks. */
  readonly narrow: <Q extends Pick<QueryOptions<'deal'>, never>>(entity: string, query: Q) => Q;
}

export function createSpaces(inputs: SpacesInputs): SpacesHere {
  const [list, setList] = createSignal(inputs.list, { equals: sameSpaces });
  const [chosen, setChosen] = createSignal(inputs.shown ?? null);
  const [left, setLeft] = createSignal<readonly LeftSpace[]>([]);
  const isMine = (space: string) => space === TEAM_SPACE || list().some(({ id }) => id === space);
  /** Who leaves the last private space sees everything again. */
  const shown = () => {
    const space = chosen();
    return space !== null && list().length > 0 && isMine(space) ? space : null;
  };
  const spaceNow = (recordId: string): string => {
    for (const { space, records } of inputs.rooms()) if (records.stateOf(recordId)?.base !== undefined) return space;
    return TEAM_SPACE;
  };

  return {
    list,
    setList,
    shown,
    show(space) {
      setChosen(space);
      inputs.remember?.(space);
    },
    current: () => shown() ?? TEAM_SPACE,
    of(recordId) {
      inputs.trackRecord(recordId);
      return list().length === 0 ? TEAM_SPACE : spaceNow(recordId);
    },
    left,
    setLeft,
    narrow(entity, query) {
      const space = shown();
      if (space === null || !isEntityName(entity) || entities[entity].room === 'workspace') return query;
      const { where } = query as { readonly where?: (record: { readonly id: string }) => boolean };
      const isThere = (record: { readonly id: string }) =>
        spaceNow(record.id) === space && (where === undefined || where(record));
      // Which records are in the space is nothing that a kept query is told of.
      return { ...query, where: isThere, keep: undefined };
    },
  };
}

function sameSpaces(before: readonly SpaceInfo[], after: readonly SpaceInfo[]): boolean {
  const same = (each: SpaceInfo, index: number) => each.id === after[index]?.id && each.name === after[index]?.name;
  return before.length === after.length && before.every(same);
}
