/**
 * What must be true, worked out from what was written and what was promised, not from how the product does it.
 *
 * It notes every entry that a person's command put into a document (path, stamp, value), what the server committed, and
 * what reached a tab. From that follow the laws, each checked where its name stands:
 *
 * - L1 what a tab was told is saved, or has received, is on the server's disk (after each crash, and all the time);
 * - L2 a tab never counts a change as synced that the server has not committed;
 * - L3 in the end every path carries the newest stamp among the changes that were acknowledged or kept on a disk;
 * - L4 all replicas and the server hold the same entries and the same records, also a fresh one and one after a restart;
 * - L5 undo and redo write only where this tab's own value stood, and never bring back a value older than a colleague's;
 * - L6 in the end nothing waits and nothing is refused, except what a person without the right wrote, which stays counted;
 * - L7 every stage of every deal resolves or is shown as unknown, and no screen's list differs from the records;
 * - L8 no stamp from the future is left on the server.
 */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import type { Batch } from '../../server/storage/update-log.ts';
import { scanUpdate } from '../../server/sync/scan-update.ts';
import { MESSAGE, readSaved, SYNC } from '../../shared/sync/protocol.ts';
import { parseKey, RECORDS, readBase } from '../../shared/sync/record-keys.ts';
import type { RoomRecords } from '../../shared/sync/room-records.ts';
import type { Tab } from './device.ts';

export interface Entry {
  readonly room: string;
  readonly id: string;
  /** '' for the creation of the record. */
  readonly path: string;
  readonly stamp: string;
  readonly value: unknown;
  /** Null: the server. */
  readonly tab: Tab | null;
  readonly client: number;
  readonly clock: number;
  /** On the device's disk for certain. */
  isKept: boolean;
  /** The stamp of now that the server gave instead of one from the future. */
  renewed: Entry | null;
  /** Changes of the same path whose writers saw this one and wrote over it. */
  readonly successors: Entry[];
}

/** Room → client id → clock (exclusive). */
class Clocks {
  private readonly rooms = new Map<string, Map<number, number>>();

  get(room: string, client: number): number {
    return this.rooms.get(room)?.get(client) ?? 0;
  }

  raise(room: string, client: number, clock: number): void {
    let clients = this.rooms.get(room);
    if (clients === undefined) {
      clients = new Map();
      this.rooms.set(room, clients);
    }
    if (clock > (clients.get(client) ?? 0)) clients.set(client, clock);
  }

  *all(): Generator<{ room: string; client: number; clock: number }> {
    for (const [room, clients] of this.rooms) for (const [client, clock] of clients) yield { room, client, clock };
  }
}

const stampOfBase = (value: unknown): string => {
  const { s } = readBase(value);
  return typeof s === 'string' ? s : '';
};

export class Oracle {
  readonly violations: string[] = [];
  /** By room and record path, in the order of writing. */
  readonly entries = new Map<string, Entry[]>();
  /** What the server's disk has, by its commits. */
  readonly committed = new Clocks();
  private readonly acknowledged = new Clocks();
  private readonly received = new Clocks();
  private readonly unkept = new Map<RoomRecords, Entry[]>();
  private readonly watched = new WeakSet<RoomRecords>();
  /** What the server has written to its document and not committed yet. */
  private ownWrites: { readonly entry: Entry; readonly replaces: Entry | null }[] = [];
  counts = { writes: 0, undone: 0, renewed: 0 };

  blame(law: string, what: string): void {
    if (this.violations.length < 20) this.violations.push(`${law}: ${what}`);
  }

  /** After each task of a tab: new rooms are watched, and what its disk holds now is kept. */
  lookAt(tab: Tab): void {
    for (const { name, records, store } of tab.workspace?.roomsHere() ?? []) {
      if (!this.watched.has(records)) {
        this.watched.add(records);
        this.watchTab(tab, name, records);
      }
      const unkept = this.unkept.get(records);
      if (unkept !== undefined && unkept.length > 0 && store.unsaved() === 0) {
        for (const entry of unkept) entry.isKept = true;
        unkept.length = 0;
      }
    }
  }

  private watchTab(tab: Tab, room: string, records: RoomRecords): void {
    const unkept: Entry[] = [];
    this.unkept.set(records, unkept);
    records.map.observe((event, transaction) => {
      if (!transaction.local) return;
      const written = this.writtenBy(event, { room, tab });
      for (const entry of written) {
        const replaced = this.writtenOver(entry, event);
        for (const each of replaced) each.successors.push(entry);
        this.note(entry);
        unkept.push(entry);
        this.counts.writes++;
        if (tab.isUndoing) this.checkUndo(tab, entry, replaced, records);
      }
    });
  }

  /** The server's document: what it writes itself counts once it is committed. */
  watchServer(room: string, doc: Y.Doc): void {
    const map = doc.getMap<unknown>(RECORDS);
    map.observe((event, transaction) => {
      if (!transaction.local) return;
      for (const entry of this.writtenBy(event, { room, tab: null })) {
        this.ownWrites.push({ entry, replaces: this.replacedBy(entry, event) });
      }
    });
  }

  private writtenBy(event: Y.YMapEvent<unknown>, { room, tab }: Pick<Entry, 'room' | 'tab'>): Entry[] {
    const entries: Entry[] = [];
    for (const [key, { action }] of event.changes.keys) {
      const item = event.target._map.get(key);
      if (action === 'delete' || item === undefined) continue;
      const parsed = parseKey(key);
      const value: unknown = event.target.get(key);
      const what =
        parsed.kind === 'base'
          ? { id: parsed.id, path: '', stamp: stampOfBase(value) }
          : { id: parsed.id, path: parsed.path, stamp: parsed.stamp };
      entries.push({ ...what, room, value, tab, ...item.id, isKept: false, renewed: null, successors: [] });
    }
    return entries;
  }

  /** The edits of the same path that went with this write. */
  private writtenOver(entry: Entry, event: Y.YMapEvent<unknown>): Entry[] {
    const known = this.entriesOf(entry);
    return [...event.changes.keys].flatMap(([key, { action }]) => {
      const parsed = parseKey(key);
      if (action !== 'delete' || parsed.kind !== 'edit' || parsed.id !== entry.id || parsed.path !== entry.path)
        return [];
      return known.find(({ stamp }) => stamp === parsed.stamp) ?? [];
    });
  }

  /** The entry whose stamp from the future the server has replaced. A move's stamp is in its path and its value too. */
  private replacedBy(entry: Entry, event: Y.YMapEvent<unknown>): Entry | null {
    for (const [key, { action, oldValue }] of event.changes.keys) {
      const parsed = parseKey(key);
      if (parsed.id !== entry.id) continue;
      if (parsed.kind === 'base') {
        const stamp = stampOfBase(oldValue);
        if (entry.path === '' && action === 'update') return this.known(entry, '', stamp);
      } else if (action === 'delete' && fieldOf(parsed.path) === fieldOf(entry.path)) {
        const isMove = fieldOf(entry.path) === 'stages';
        const isSame = isMove ? same(unstamped(oldValue), unstamped(entry.value)) : same(oldValue, entry.value);
        if (!isSame || !(isMove || parsed.path === entry.path)) continue;
        const replaced = this.known(entry, parsed.path, parsed.stamp);
        // A card that went back and forth: two moves say the same but for their stamps.
        if (!this.ownWrites.some(({ replaces }) => replaces !== null && replaces === replaced)) return replaced;
      }
    }
    return null;
  }

  private known({ room, id }: Entry, path: string, stamp: string): Entry | null {
    return this.entriesOf({ room, id, path }).find((each) => each.stamp === stamp) ?? null;
  }

  private entriesOf({ room, id, path }: Pick<Entry, 'room' | 'id' | 'path'>): Entry[] {
    const key = `${room}|${id}/${path}`;
    let entries = this.entries.get(key);
    if (entries === undefined) {
      entries = [];
      this.entries.set(key, entries);
    }
    return entries;
  }

  private note(entry: Entry): void {
    this.entriesOf(entry).push(entry);
  }

  committedBatch(batch: Batch): void {
    for (const { room, data, userId } of batch.updates) {
      for (const { client, to } of scanUpdate(data).blocks) this.committed.raise(room, client, to);
      if (userId !== null) continue;
      const mine = this.ownWrites.filter(({ entry }) => entry.room === room);
      this.ownWrites = this.ownWrites.filter(({ entry }) => entry.room !== room);
      for (const { entry, replaces } of mine) {
        entry.isKept = true;
        this.note(entry);
        if (replaces === null) continue;
        replaces.renewed = entry;
        this.counts.renewed++;
      }
    }
  }

  serverDown(): void {
    this.ownWrites = [];
  }

  delivered(room: string, message: Uint8Array): void {
    const decoder = decoding.createDecoder(message);
    const type = decoding.readVarUint(decoder);
    if (type === MESSAGE.saved) {
      for (const [client, clock] of readSaved(decoder).clocks) this.acknowledged.raise(room, client, clock);
    } else if (type === MESSAGE.sync && decoding.readVarUint(decoder) !== SYNC.step1) {
      const { blocks } = scanUpdate(decoding.readVarUint8Array(decoder));
      for (const { client, to } of blocks) this.received.raise(room, client, to);
    }
  }

  /** L1. `clockOf` reads the disk. */
  checkPromises(clockOf: (room: string, client: number) => number): void {
    for (const [word, clocks] of [
      ['told as saved', this.acknowledged],
      ['delivered', this.received],
    ] as const) {
      for (const { room, client, clock } of clocks.all()) {
        if (clockOf(room, client) < clock) {
          this.blame(
            'L1',
            `${room}: changes of ${client} up to ${clock} were ${word}; the disk has ${clockOf(room, client)}`,
          );
        }
      }
    }
  }

  /** L2. */
  checkCounting(tab: Tab): void {
    for (const { name, doc, ownClocks } of tab.workspace?.roomsHere() ?? []) {
      const client = doc.clientID;
      const state = Y.getState(doc.store, client);
      const synced = ownClocks.waiting().get(client) ?? state;
      if (synced > this.committed.get(name, client)) {
        this.blame(
          'L2',
          `${tab.name} counts ${name} as synced up to ${synced} of ${state}; the server has ${this.committed.get(name, client)}`,
        );
      }
    }
  }

  isAcknowledged({ room, client, clock }: Entry): boolean {
    return clock < this.acknowledged.get(room, client);
  }

  isCommitted({ room, client, clock }: Entry): boolean {
    return clock < this.committed.get(room, client);
  }

  /** L5. */
  private checkUndo(tab: Tab, entry: Entry, replaced: readonly Entry[], records: RoomRecords): void {
    if (entry.path === '') return;
    this.counts.undone++;
    const [shown, ...others] = replaced.toSorted((left, right) => (left.stamp < right.stamp ? 1 : -1));
    if (shown !== undefined && !this.isFrom(shown, tab)) {
      this.blame('L5', `${tab.name} undid ${pathOf(entry)} of ${shown.tab?.name ?? 'the server'}`);
    }
    if (shown === undefined && entry.path === 'deleted' && entry.value === true) {
      const edited = [...(records.stateOf(entry.id)?.edits?.values() ?? [])].flat();
      const other = edited.find(({ stamp }) => {
        const known = this.find(entry.room, entry.id, stamp);
        return known !== undefined && !this.isFrom(known, tab);
      });
      if (other !== undefined)
        this.blame('L5', `${tab.name} undid the creation of ${entry.id}, which others have edited`);
    }
    const colleague = others.find((each) => !this.isFrom(each, tab));
    if (colleague === undefined || same(colleague.value, entry.value)) return;
    const origins = this.entriesOf(entry).filter((each) => each !== entry && same(each.value, entry.value));
    const newest = origins.reduce((stamp, each) => (each.stamp > stamp ? each.stamp : stamp), '');
    if (newest < colleague.stamp) {
      this.blame('L5', `${tab.name} brought back ${pathOf(entry)} from before an edit of ${colleague.tab?.name}`);
    }
  }

  private isFrom(entry: Entry, tab: Tab): boolean {
    if (entry.tab === tab) return true;
    return entry.tab === null && this.entriesOf(entry).some((each) => each.renewed === entry && this.isFrom(each, tab));
  }

  private find(room: string, id: string, stamp: string): Entry | undefined {
    for (const [key, entries] of this.entries) {
      if (!key.startsWith(`${room}|${id}/`)) continue;
      const found = entries.find((entry) => entry.stamp === stamp);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** L3. `map` is what the server holds; `isDue` says whether a change that is on a device's disk had to get there. */
  checkWinners(
    room: string,
    { map, records }: { map: Y.Map<unknown>; records: RoomRecords },
    isDue: (entry: Entry) => boolean,
  ): void {
    const live = new Map<string, { stamp: string; value: unknown }>();
    map.forEach((value, key) => {
      const parsed = parseKey(key);
      const path = parsed.kind === 'base' ? `${parsed.id}/` : `${parsed.id}/${parsed.path}`;
      const stamp = parsed.kind === 'base' ? stampOfBase(value) : parsed.stamp;
      const known = live.get(path);
      if (known === undefined || stamp > known.stamp) live.set(path, { stamp, value });
    });
    for (const [key, entries] of this.entries) {
      if (!key.startsWith(`${room}|`)) continue;
      const path = key.slice(room.length + 1);
      const shown = live.get(path);
      const isThere = (entry: Entry) =>
        this.isAcknowledged(entry) || this.isCommitted(entry) || (entry.isKept && isDue(entry));
      const due = entries.filter(
        (entry) => isThere(entry) && !entry.successors.some(isThere) && latest(entry).path === entry.path,
      );
      const newest = due.reduce<Entry | null>((best, entry) => {
        const last = latest(entry);
        return best === null || last.stamp > best.stamp ? last : best;
      }, null);
      if (newest === null) continue;
      const { id } = newest;
      if (shown === undefined) {
        this.blame('L3', `${path}: nothing there; ${told(newest)} should be`);
        continue;
      }
      // A record two people imported at once was made by either.
      if (newest.path === '') {
        if (!entries.some(({ value }) => same(value, shown.value)))
          this.blame('L3', `${path}: nobody wrote what is there`);
        continue;
      }
      const writer = entries.find(({ stamp }) => stamp === shown.stamp);
      if (shown.stamp < newest.stamp) this.blame('L3', `${path}: shows ${shown.stamp}, and ${told(newest)} is newer`);
      else if (writer === undefined) this.blame('L3', `${path}: shows ${shown.stamp}, which nobody wrote`);
      else if (!same(writer.value, shown.value))
        this.blame('L3', `${path}: shows another value than ${told(writer)} wrote`);
      const winner = records.winner(id, newest.path);
      if (winner.stamp !== shown.stamp) {
        this.blame('L3', `${path}: readers show ${winner.stamp || 'nothing'} instead of ${told(writer ?? newest)}`);
      }
    }
  }
}

const latest = (entry: Entry): Entry => (entry.renewed === null ? entry : latest(entry.renewed));

const fieldOf = (path: string): string => path.split(':', 1)[0] ?? '';

function unstamped(value: unknown): unknown {
  return typeof value === 'object' && value !== null ? { ...value, stamp: '' } : value;
}

const pathOf = ({ id, path }: Entry): string => `${id}/${path}`;

function told({ stamp, tab, value }: Entry): string {
  return `${tab?.name ?? 'the server'}'s ${stamp} (${JSON.stringify(value)?.slice(0, 60)})`;
}

function same(left: unknown, right: unknown): boolean {
  return left === right || canonical(left) === canonical(right);
}

/** JSON with sorted keys. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, each: unknown) => {
    if (typeof each !== 'object' || each === null || Array.isArray(each)) return each;
    return Object.fromEntries(Object.entries(each).sort(([left], [right]) => (left < right ? -1 : 1)));
  });
}
