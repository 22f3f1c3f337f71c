/**
 * Which records of a room live on in which others. Merging is an edit of `mergedInto`, made by people who may be apart: two
 * edits can lead in a circle, and a target can be gone. What counts is decided here, from the edits alone, so that every
 * device sees the same.
 *
 * Laws: a merge counts only into a record of the same kind that is there; of a circle the oldest merge does not count
 * (later wins, as everywhere); so following merges always ends, at a record that is merged into nothing, and nothing is
 * ever hidden without a record that stands for it.
 */
import { entityNameOf } from '../model/id.ts';
import type { Stamp } from './stamp.ts';

/** An edit of `mergedInto` as it is stored. */
export interface Merge {
  readonly into: string;
  readonly stamp: Stamp;
}

/** The merges that count; never changes, a change makes a new one. */
export interface Merges {
  /** The record this one was merged into by its own edit; null when it stands for itself. */
  into(id: string): string | null;
  /** The record that stands for this one, at the end of all merges; itself when it was not merged. */
  survivorOf(id: string): string;
  /** Everything that lives on in this record, merges of merged ones included, by id. */
  mergedFrom(id: string): readonly string[];
  /** Ids of what was merged. */
  ids(): Iterable<string>;
}

const NONE: readonly string[] = Object.freeze([]);

export const NO_MERGES: Merges = Object.freeze({
  into: () => null,
  survivorOf: (id: string) => id,
  mergedFrom: () => NONE,
  ids: () => NONE,
});

/** The merges of one room, kept as its edits come and go. */
export class RoomMerges {
  private readonly isThere: (id: string) => boolean;
  private readonly stored = new Map<string, Merge>();
  private readonly targets = new Map<string, number>();
  private view: Merges | null = NO_MERGES;

  /** `isThere` says whether the room holds a record. */
  constructor(isThere: (id: string) => boolean) {
    this.isThere = isThere;
  }

  /** Takes the edit of a record in as it is now. */
  set(id: string, merge: Merge | null): void {
    const before = this.stored.get(id);
    if (before?.into === merge?.into && before?.stamp === merge?.stamp) return;
    if (before) this.countTarget(before.into, -1);
    if (merge) {
      this.stored.set(id, merge);
      this.countTarget(merge.into, 1);
    } else {
      this.stored.delete(id);
    }
    this.view = null;
  }

  /** A record came or went: merges of it and into it may count from now on, or no more. */
  presenceChanged(id: string): void {
    if (this.stored.has(id) || this.targets.has(id)) this.view = null;
  }

  has(id: string): boolean {
    return this.stored.has(id);
  }

  current(): Merges {
    this.view ??= this.stored.size === 0 ? NO_MERGES : mergesOf(countedMerges(this.stored, this.isThere));
    return this.view;
  }

  private countTarget(id: string, by: number): void {
    const count = (this.targets.get(id) ?? 0) + by;
    if (count > 0) this.targets.set(id, count);
    else this.targets.delete(id);
  }
}

/** The merges that count, as id → target: a forest. */
function countedMerges(stored: ReadonlyMap<string, Merge>, isThere: (id: string) => boolean): Map<string, string> {
  const counted = new Map<string, string>();
  for (const [id, { into }] of stored) {
    if (entityNameOf(id) === entityNameOf(into) && isThere(id) && isThere(into)) counted.set(id, into);
  }
  const settled = new Set<string>();
  for (const start of [...counted.keys()]) {
    const path: string[] = [];
    const onPath = new Set<string>();
    let at: string | undefined = start;
    for (; at !== undefined && !settled.has(at) && !onPath.has(at); at = counted.get(at)) {
      path.push(at);
      onPath.add(at);
    }
    if (at !== undefined && onPath.has(at)) counted.delete(oldestOf(path.slice(path.indexOf(at)), stored));
    for (const id of path) settled.add(id);
  }
  return counted;
}

function oldestOf(circle: readonly string[], stored: ReadonlyMap<string, Merge>): string {
  const age = (id: string) => `${stored.get(id)?.stamp ?? ''} ${id}`;
  return circle.reduce((oldest, id) => (age(id) < age(oldest) ? id : oldest));
}

function mergesOf(counted: ReadonlyMap<string, string>): Merges {
  const survivors = new Map<string, string>();
  const gathered = new Map<string, string[]>();
  for (const id of [...counted.keys()].sort()) {
    const path: string[] = [];
    let at = id;
    let next = survivors.get(at) ?? counted.get(at);
    while (next !== undefined) {
      path.push(at);
      at = next;
      next = survivors.get(at) ?? counted.get(at);
    }
    for (const each of path) survivors.set(each, at);
    const group = gathered.get(at);
    if (group) group.push(id);
    else gathered.set(at, [id]);
  }
  return Object.freeze({
    into: (id: string) => counted.get(id) ?? null,
    survivorOf: (id: string) => survivors.get(id) ?? id,
    mergedFrom: (id: string) => gathered.get(id) ?? NONE,
    ids: () => counted.keys(),
  });
}

/** Records that read otherwise after a change of merges: what was or is merged, and what stands for it. */
export function* changedMerges(before: Merges, after: Merges): Generator<string> {
  if (before === after) return;
  for (const id of new Set([...before.ids(), ...after.ids()])) {
    const [was, is] = [before.survivorOf(id), after.survivorOf(id)];
    if (was === is && before.into(id) === after.into(id)) continue;
    yield id;
    yield was;
    yield is;
  }
}
