/**
 * What teammates have changed in the last seconds, for the tints of cards, cells and fields, and whose moves a later one
 * has overtaken. Told by each room's stream of keys; nothing is stored, and nothing is computed for what nobody changed.
 *
 * - Only what was written a moment ago counts: what arrives after an hour without a line is no news of this moment.
 * - One's own changes, also those from another device, are none; nor is what nobody in the team wrote (an import, the API).
 * - A change of very many records at once tints nothing.
 */
import { batch, createSignal } from 'solid-js';
import { deal } from '../../shared/entities/deal.ts';
import { isEntityName } from '../../shared/entities/registry.ts';
import { entityNameOf } from '../../shared/model/id.ts';
import type { Place } from '../../shared/model/place-field.ts';
import { parseKey, splitPath } from '../../shared/sync/record-keys.ts';
import { creationStamp, editsApart, editsOf } from '../../shared/sync/record-state.ts';
import type { RecordsChange, RoomRecords } from '../../shared/sync/room-records.ts';
import { isStampOf, type Stamp, stampTime } from '../../shared/sync/stamp.ts';
import { createRowSignals } from './tables.ts';

export interface RecentChange {
  /** Who changed it. */
  readonly memberId: string;
  readonly how: 'added' | 'moved' | 'changed';
}

/** Cards that a teammate moved apart from this person, and later. */
export interface Overtaken {
  /** The teammate whose move stands. */
  readonly memberId: string;
  /** The deals, each with the place this person had put it. */
  readonly moves: readonly { readonly id: string; readonly to: Place }[];
}

export interface JustChanged {
  /** Tracks this one record. */
  record(id: string): RecentChange | undefined;
  /** Who changed a field of a record; tracks this one field. */
  field(id: string, field: string): string | undefined;
  onOvertaken(listener: (overtaken: Overtaken) => void): () => void;
  /** There may be another room. */
  refresh(): void;
  dispose(): void;
}

export interface JustChangedOptions {
  readonly me: string;
  readonly rooms: () => Iterable<{ readonly records: RoomRecords }>;
  readonly members: () => Iterable<{ readonly id: string }>;
  /** Wall time in epoch ms, corrected by the server's. */
  readonly now: () => number;
  /** How long a tint is to be seen, ms. */
  readonly holdMs: () => number;
}

const FRESH_MS = 10_000;
const MOST_KEYS = 500;
const PLACE = 'place';

/** For where nobody else is. */
export const NOTHING_CHANGED: JustChanged = {
  record: () => undefined,
  field: () => undefined,
  onOvertaken: () => () => undefined,
  refresh: () => undefined,
  dispose: () => undefined,
};

interface Tint extends RecentChange {
  readonly until: number;
}

export function createJustChanged({ me, rooms, members, now, holdMs }: JustChangedOptions): JustChanged {
  const rows = createRowSignals();
  const heard = new Map<RoomRecords, () => void>();
  const tints = new Map<string, Tint>();
  /** Asked by everything on the screen; mostly nothing has changed, and then nothing need be told apart. */
  const [isAny, setAny] = createSignal(false);
  const listeners = new Set<(overtaken: Overtaken) => void>();
  let fading: ReturnType<typeof setTimeout> | undefined;

  const authorOf = (stamp: Stamp) => {
    for (const { id } of members()) if (isStampOf(stamp, id)) return id;
    return undefined;
  };

  function changed(records: RoomRecords, { keys, local }: RecordsChange): void {
    if (local) return;
    if (keys.size <= MOST_KEYS) tint(records, keys);
    if (listeners.size > 0) lookForOvertaken(records, keys);
  }

  function tint(records: RoomRecords, keys: ReadonlySet<string>): void {
    const touched = new Set<string>();
    const until = performance.now() + holdMs();
    for (const key of keys) {
      const news = newsOf(records, key);
      if (news === undefined || isStampOf(news.stamp, me)) continue;
      if (Math.abs(now() - stampTime(news.stamp)) > FRESH_MS) continue;
      const memberId = authorOf(news.stamp);
      if (memberId === undefined) continue;
      const { id, field } = news;
      const before = touched.has(id) ? tints.get(id)?.how : undefined;
      // A move also writes the history of stages and the closing day: it stays a move.
      const how = field === '' ? 'added' : field === PLACE ? 'moved' : (before ?? 'changed');
      tints.set(id, { memberId, how: before === 'added' || before === 'moved' ? before : how, until });
      touched.add(id);
      if (field === '') continue;
      tints.set(`${id}/${field}`, { memberId, how, until });
      touched.add(`${id}/${field}`);
    }
    if (touched.size === 0) return;
    tell(touched);
    fadeNext();
  }

  function tell(touched: ReadonlySet<string>): void {
    batch(() => {
      setAny(tints.size > 0);
      rows.changed(touched);
    });
  }

  function fadeNext(): void {
    clearTimeout(fading);
    let soonest = Number.POSITIVE_INFINITY;
    for (const { until } of tints.values()) soonest = Math.min(soonest, until);
    if (soonest !== Number.POSITIVE_INFINITY) fading = setTimeout(fade, Math.max(0, soonest - performance.now()));
  }

  function fade(): void {
    const at = performance.now();
    const gone = new Set<string>();
    for (const [key, { until }] of tints) {
      // A timer may come a little early.
      if (until > at + 1) continue;
      tints.delete(key);
      gone.add(key);
    }
    tell(gone);
    fadeNext();
  }

  /** A later move of somebody who had not seen mine has arrived: both are kept, and theirs is shown. */
  function lookForOvertaken(records: RoomRecords, keys: ReadonlySet<string>): void {
    const byMember = new Map<string, { id: string; to: Place }[]>();
    for (const key of keys) {
      if (!key.includes(`/${PLACE}/`)) continue;
      const parsed = parseKey(key);
      if (parsed.kind !== 'edit' || parsed.path !== PLACE || isStampOf(parsed.stamp, me)) continue;
      const state = records.stateOf(parsed.id);
      if (!state) continue;
      const [winner, ...others] = editsApart(state, PLACE);
      if (winner?.stamp !== parsed.stamp) continue;
      const mine = others.find(({ stamp }) => isStampOf(stamp, me));
      const memberId = mine && authorOf(winner.stamp);
      const [stands, to] = [winner.value, mine?.value];
      if (memberId === undefined || !deal.fields.place.accepts(to) || !deal.fields.place.accepts(stands)) continue;
      // Two who put a card into the same stage agree.
      if (to[1] === stands[1]) continue;
      const moves = byMember.get(memberId);
      const move = { id: parsed.id, to };
      if (moves) moves.push(move);
      else byMember.set(memberId, [move]);
    }
    for (const [memberId, moves] of byMember) for (const listener of listeners) listener({ memberId, moves });
  }

  return {
    record(id) {
      if (!isAny()) return undefined;
      rows.track(id);
      return tints.get(id);
    },
    field(id, field) {
      if (!isAny()) return undefined;
      rows.track(`${id}/${field}`);
      return tints.get(`${id}/${field}`)?.memberId;
    },
    onOvertaken(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    refresh() {
      const here = new Set<RoomRecords>();
      for (const { records } of rooms()) {
        here.add(records);
        if (!heard.has(records))
          heard.set(
            records,
            records.onChange((change) => changed(records, change)),
          );
      }
      for (const [records, stop] of heard) {
        if (here.has(records)) continue;
        stop();
        heard.delete(records);
      }
    },
    dispose() {
      clearTimeout(fading);
      for (const stop of heard.values()) stop();
      heard.clear();
      listeners.clear();
    },
  };
}

/** What a key that was set says: whose record and field, and with which stamp; undefined for one that changes nothing. */
function newsOf(
  records: RoomRecords,
  key: string,
): { readonly id: string; readonly field: string; readonly stamp: Stamp } | undefined {
  const parsed = parseKey(key);
  const { id } = parsed;
  const state = records.stateOf(id);
  if (!state || !isEntityName(entityNameOf(id))) return undefined;
  if (parsed.kind === 'base') {
    // A base that was folded holds what was known before.
    const isNew = typeof state.base === 'string' && !state.base.includes('"f":{');
    return isNew ? { id, field: '', stamp: creationStamp(state) } : undefined;
  }
  if (editsOf(state, parsed.path)[0]?.stamp !== parsed.stamp) return undefined;
  return { id, field: splitPath(parsed.path).field, stamp: parsed.stamp };
}
