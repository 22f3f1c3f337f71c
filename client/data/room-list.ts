/** What the list of a person's rooms says: their spaces, which ones a device opens by itself, and in which order. */
import { formatRoomName, loadOrder, parseRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';

/** The timeline of a year, also before anybody wrote to it. */
export function timelineName(space: string, year: number): string {
  return formatRoomName({ space, kind: 'timeline', year, generation: 1 });
}

/** The spaces that rooms are in: the team's always. */
export function spacesOf(names: readonly string[]): readonly string[] {
  return [...new Set([TEAM_SPACE, ...names.map(spaceOfRoom)])];
}

/** The team's for a name that is none. */
export function spaceOfRoom(name: string): string {
  return parseRoomName(name)?.space ?? TEAM_SPACE;
}

/**
 * Which of the listed rooms a device opens at once: timelines before last year come later (earlier-years.ts).
 *
 * @param nowMs epoch ms
 */
export function isWanted(name: string, nowMs: number): boolean {
  const parts = parseRoomName(name);
  if (parts === null) return false;
  return parts.year === null || parts.year >= new Date(nowMs).getUTCFullYear() - 1;
}

/**
 * A timeline of a year before the last one.
 *
 * @param nowMs epoch ms
 */
export function isOfEarlierYear(name: string, nowMs: number): boolean {
  return parseRoomName(name)?.kind === 'timeline' && !isWanted(name, nowMs);
}

/** What a screen needs first comes first; what is no room, last. */
export function inLoadOrder(names: readonly string[]): readonly string[] {
  const order = (name: string) => {
    const parts = parseRoomName(name);
    return parts === null ? Number.POSITIVE_INFINITY : loadOrder(parts);
  };
  return names.toSorted((left, right) => order(left) - order(right));
}
