/**
 * The list somebody came from, so that J and K go through it record by record. Kept in the history entry (and not in
 * a module): it survives a reload and is right for every tab and every step back. Only the neighbourhood is kept,
 * history entries are not made for 50,000 ids.
 */
export interface ListTrail {
  /** Ids around the record that was opened, in the order of the list. */
  readonly ids: readonly string[];
  /** Place of the first of them in the whole list, from 0. */
  readonly start: number;
  /** Length of the whole list. */
  readonly total: number;
  /** Address of the list, with its filters. */
  readonly from?: string;
}

const REACH = 250;

export function listTrail(ids: readonly string[], opened: string, from?: string): ListTrail {
  const at = Math.max(ids.indexOf(opened), 0);
  const start = Math.max(0, at - REACH);
  return { ids: ids.slice(start, at + REACH + 1), start, total: ids.length, ...(from ? { from } : {}) };
}

/** What a history entry holds, if it holds a trail. */
export function readTrail(state: unknown): ListTrail | undefined {
  const trail = (state as { trail?: Partial<ListTrail> } | null | undefined)?.trail;
  if (!trail || !Array.isArray(trail.ids) || typeof trail.start !== 'number' || typeof trail.total !== 'number') {
    return undefined;
  }
  // Only an address of this app is gone back to.
  const { from, ...rest } = trail as ListTrail;
  return from?.startsWith('/') && !from.startsWith('//') ? { ...rest, from } : rest;
}

export interface TrailPlace {
  /** From 1, for "3 of 186". */
  readonly position: number;
  readonly total: number;
  readonly previous: string | undefined;
  readonly next: string | undefined;
}

/** Where a record is in its trail; undefined when it is not. */
export function placeInTrail(trail: ListTrail | undefined, id: string): TrailPlace | undefined {
  const at = trail?.ids.indexOf(id) ?? -1;
  if (!trail || at < 0) return undefined;
  return {
    position: trail.start + at + 1,
    total: trail.total,
    previous: trail.ids[at - 1],
    next: trail.ids[at + 1],
  };
}
