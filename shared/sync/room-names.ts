/**
 * Rooms: the documents a workspace consists of, by how they are used. A full name is `<space>.<name>.<generation>`,
 * for example `team.timeline-2026.1`: the space is the unit of permission, the generation counts the times the room
 * was folded into a fresh document.
 */
import type { Entity, RoomKind } from '../model/entity.ts';
import { yearOfId } from '../model/id.ts';

export interface RoomName {
  readonly space: string;
  readonly kind: RoomKind;
  /** The year of a timeline; null for every other kind. */
  readonly year: number | null;
  /** Counts from 1. */
  readonly generation: number;
}

/** The space everybody of the workspace shares. */
export const TEAM_SPACE = 'team';

/** What a client opens first has the lowest number. Older timelines come last. */
const LOAD_ORDER: Readonly<Record<RoomKind, number>> = {
  workspace: 0,
  pipeline: 1,
  work: 2,
  directory: 3,
  timeline: 4,
};

/** Where records of a timeline go whose ids name no year. */
const FIRST_YEAR = 1970;

/** Short enough for a URL, an IndexedDB name and a log line. */
const LONGEST_NAME = 80;

const PATTERN =
  /^([a-z][a-z0-9-]{0,39})\.(workspace|pipeline|work|directory|timeline-([12][0-9]{3}))\.([1-9][0-9]{0,5})$/;

/** Reads a full room name. Null for anything else: other cases, dots, slashes, signs and leading zeros included. */
export function parseRoomName(text: string): RoomName | null {
  if (text.length > LONGEST_NAME) return null;
  const [, space, name, year, generation] = PATTERN.exec(text) ?? [];
  if (space === undefined || name === undefined || generation === undefined) return null;
  return {
    space,
    kind: year === undefined ? (name as RoomKind) : 'timeline',
    year: year === undefined ? null : Number(year),
    generation: Number(generation),
  };
}

/** `parseRoomName(formatRoomName(name))` equals `name`. */
export function formatRoomName(name: RoomName): string {
  return `${name.space}.${name.kind}${name.year === null ? '' : `-${name.year}`}.${name.generation}`;
}

/** The kind and, for a timeline, the year of the room that a record with this id belongs to. */
export function addressOf(entity: Pick<Entity, 'room'>, id: string): Pick<RoomName, 'kind' | 'year'> {
  return { kind: entity.room, year: entity.room === 'timeline' ? (yearOfId(id) ?? FIRST_YEAR) : null };
}

/** Whether one is a later generation of the other. */
export function isNextOf(next: RoomName, old: RoomName): boolean {
  const isSame = next.space === old.space && next.kind === old.kind && next.year === old.year;
  return isSame && next.generation > old.generation;
}

/** Sort key: the order in which a client loads rooms. Timelines: the newest year first. */
export function loadOrder(name: RoomName): number {
  return LOAD_ORDER[name.kind] * 10_000 + (name.year === null ? 0 : 9_999 - name.year);
}

/**
 * The rooms a space has in a year: timelines of it and of the year before. What describes the workspace (stages, members)
 * is in the team's alone.
 */
export function standardRooms(year: number, space: string = TEAM_SPACE): readonly RoomName[] {
  const room = (kind: RoomKind, ofYear: number | null = null): RoomName => ({
    space,
    kind,
    year: ofYear,
    generation: 1,
  });
  return [
    ...(space === TEAM_SPACE ? [room('workspace')] : []),
    room('pipeline'),
    room('work'),
    room('directory'),
    room('timeline', year),
    room('timeline', year - 1),
  ];
}
