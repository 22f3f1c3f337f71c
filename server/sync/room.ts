/**
 * One room: its document in memory, the connections that look at it, and the order of things for every update:
 *
 *     decode and authorise → append → COMMIT → apply → broadcast → acknowledge
 *
 * Nothing is applied or delivered that a crash could take back. Between acceptance and commit the room knows an update
 * only by its clocks (`waiting`), so that the next update can be judged.
 */
import * as Y from 'yjs';
import { entities } from '../../shared/entities/registry.ts';
import type { RoomKind } from '../../shared/model/entity.ts';
import type { RefusalCode } from '../../shared/sync/protocol.ts';
import { CLOSE } from '../../shared/sync/protocol.ts';
import { RECORDS } from '../../shared/sync/record-keys.ts';
import { parseRoomName } from '../../shared/sync/room-names.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import type { SnapshotShelf } from '../storage/snapshot-shelf.ts';
import type { ChangeRow, Claim, UpdateLog } from '../storage/update-log.ts';
import { type Admission, admit, type RefusedPart } from './admission.ts';
import { Answers } from './answers.ts';
import { applyWhole, notDeleted } from './apply-update.ts';
import { RoomAwareness } from './awareness.ts';
import { Applied, keysAhead, watchChanges } from './change-history.ts';
import type { Committer } from './committer.ts';
import { buriesKeys, splitErasures } from './erasures.ts';
import type { Inspector } from './inspector.ts';
import { DEEPEST_TYPE } from './limits.ts';
import { deepestType } from './nesting.ts';
import { Outbox, type Peer } from './outbox.ts';
import { MalformedUpdate, PLACED, type ScannedUpdate } from './scan-update.ts';
import type { StoredBytes } from './stored-room.ts';
import type { Strikes } from './strikes.ts';

/** One document message of a peer, to be decided. */
export interface Submission {
  readonly peer: Peer;
  /** Counted from 1 per connection; null when the message will be sent again and is not decided by this. */
  readonly number: number | null;
  readonly admission: Admission;
  readonly bytes: Uint8Array;
  /** Why something of it is refused; for the quarantine. */
  readonly reason: string;
  refused(refusal: Refusal): void;
  /** It is decided: stored, already known, or refused. */
  done(): void;
}

export interface Refusal {
  readonly code: RefusalCode;
  readonly quarantineId: number | null;
  readonly changes: RefusedPart['changes'];
}

export interface RoomServices {
  readonly log: UpdateLog;
  /** Null where nothing is kept beside the database. */
  readonly shelf: SnapshotShelf | null;
  readonly committer: Committer;
  readonly inspector: Inspector;
  readonly strikes: Strikes;
  readonly now: () => number;
  /** The room's document can no longer be trusted: take it out and load it again on the next connection. */
  readonly drop: (room: Room, reason: string) => void;
}

/** A room as it comes from the log. */
export interface LoadedRoom {
  readonly lastSeq: number;
  /** Null when the document is wanted at once. */
  readonly stored: StoredBytes | null;
  /** @throws RoomDamaged */
  readonly build: () => Y.Doc;
}

const NOTHING_NEW: Admission = { data: null, claims: [], advances: new Map(), refused: null, entities: new Set() };

export class Room {
  readonly name: string;
  /** Null for a name that is none. Asked for with every message. */
  readonly kind: RoomKind | null;
  readonly peers = new Set<Peer>();
  readonly awareness = new RoomAwareness<Peer>();
  /** The newest update in `doc`. */
  lastSeq: number;
  /** Since when nobody looks; null while somebody does. */
  idleSince: number | null;
  private readonly services: RoomServices;
  private readonly owners = new Map<number, { readonly userId: string | null } | undefined>();
  /** Client → clock after the updates that are accepted and not yet applied, with the number of those updates. */
  private readonly waiting = new Map<number, number>();
  private inFlight = 0;
  private readonly outbox = new Outbox();
  private ownRows: ChangeRow[] | null = null;
  private aheadKeys: string[] = [];
  private isDestroyed = false;
  private recordsIndex: RoomRecords | null = null;
  private stopWatching: () => void = () => undefined;
  /** Null until somebody needs more than the stored bytes can say. */
  private built: Y.Doc | null = null;
  private stored: StoredBytes | null;
  private readonly build: () => Y.Doc;
  private whenBuilt: (() => void)[] = [];
  private answers: Answers | null = null;
  /** Of `built` as it is; null after it changed. */
  private vector: Uint8Array | null = null;
  /** The update that is being applied: whatever else changes the document is the server's own writing. */
  private applying: Applied | null = null;

  constructor(name: string, loaded: LoadedRoom, services: RoomServices) {
    this.name = name;
    this.kind = parseRoomName(name)?.kind ?? null;
    this.lastSeq = loaded.lastSeq;
    this.stored = loaded.stored;
    this.build = loaded.build;
    this.services = services;
    this.idleSince = services.now();
    if (this.stored === null) this.use(loaded.build());
  }

  /**
   * The room's document; built when it is asked for the first time.
   *
   * @throws when it cannot be: then the room is loaded again, and its connections are told to come back.
   */
  get doc(): Y.Doc {
    if (this.built !== null) return this.built;
    try {
      return this.use(this.build());
    } catch (error) {
      this.services.drop(this, error instanceof Error ? error.message : String(error));
      throw error;
    }
  }

  get isBuilt(): boolean {
    return this.built !== null;
  }

  /** Takes a document that was built elsewhere of all that is in the log. */
  takeBuilt(doc: Y.Doc): void {
    if (this.built === null) this.use(doc);
  }

  /** Calls `listener` once the document is there, perhaps at once. */
  onBuilt(listener: () => void): void {
    if (this.built === null) this.whenBuilt.push(listener);
    else listener();
  }

  private use(doc: Y.Doc): Y.Doc {
    const { name, services } = this;
    this.built = doc;
    this.stored = null;
    doc.on('afterTransaction', () => {
      this.vector = null;
    });
    this.answers = new Answers(doc, ({ origin }) => this.applying !== null && origin === this.applying);
    this.stopWatching = watchChanges(name, doc, (rows) => {
      if (this.ownRows !== null) {
        for (const row of rows) this.ownRows.push(row);
        return;
      }
      services.committer.addHistory(name, rows[0]?.seq ?? this.lastSeq, rows);
      for (const key of keysAhead(rows)) this.aheadKeys.push(key);
    });
    for (const listener of this.whenBuilt) listener();
    this.whenBuilt = [];
    return doc;
  }

  /** What the room knows: the highest clock of each client. */
  stateVector(): Uint8Array {
    if (this.stored !== null) return this.stored.stateVector;
    const { doc } = this;
    // Of those who come at once, each asks three times.
    this.vector ??= Y.encodeStateVector(doc);
    return this.vector;
  }

  /** What a device with this state vector lacks, in this order; the last is the answer to its sync step 1. */
  since(stateVector: Uint8Array): readonly Uint8Array[] {
    const fromBytes = this.stored?.since(stateVector);
    if (fromBytes) return fromBytes;
    const { doc } = this;
    return this.answers?.to(stateVector) ?? [Y.encodeStateAsUpdate(doc, stateVector)];
  }

  /** Gives free what is only quicker to have. */
  rest(): void {
    this.answers?.forget();
  }

  join(peer: Peer): void {
    this.peers.add(peer);
    this.idleSince = null;
  }

  leave(peer: Peer): void {
    this.peers.delete(peer);
    this.outbox.forget(peer);
    if (this.peers.size === 0) this.idleSince = this.services.now();
  }

  /** The next generation of this room; null while it is the newest. */
  successor(): string | null {
    return this.services.log.successorOf(this.name);
  }

  /**
   * What an update would come to. Changes nothing.
   *
   * @param isBroughtBack client ids whose changes are taken whoever they belong to, and claimed for nobody.
   * @throws MalformedUpdate when it nests types endlessly.
   */
  judge(update: ScannedUpdate, userId: string | null, isBroughtBack?: (client: number) => boolean): Admission {
    // What a device without changes answers to our step 1.
    if (update.blocks.length === 0 && update.deletes.length === 0) return NOTHING_NEW;
    if (this.reachesUnapplied(update)) this.settleNow();
    if (deepestType(this.doc, update) > DEEPEST_TYPE)
      throw new MalformedUpdate(`types nested deeper than ${DEEPEST_TYPE}`);
    const admission = admit(update, userId, {
      clock: (client) => this.clock(client),
      owner: (client) => (isBroughtBack?.(client) === true ? undefined : this.owner(client)),
      notDeleted: (range) => notDeleted(this.doc, range),
      // What the server itself took away before it lost that is brought back too.
      splitErasures: (scanned, ranges) =>
        isBroughtBack === undefined ? splitErasures(this.doc, scanned, ranges) : { allowed: ranges, erasing: [] },
      buriesKeys: (scanned) => isBroughtBack === undefined && buriesKeys(this.doc, scanned),
    });
    const claims = admission.claims.filter((client) => isBroughtBack?.(client) !== true);
    return claims.length === admission.claims.length ? admission : { ...admission, claims };
  }

  /** Who writes under a client id; undefined when nobody did yet. */
  owner(client: number): { readonly userId: string | null } | undefined {
    if (!this.owners.has(client)) this.owners.set(client, this.services.log.ownerOf(this.name, client));
    return this.owners.get(client);
  }

  /** Sends an accepted update (or a refused one) on its way: log, document, everybody else, acknowledgement. */
  submit({ peer, number, admission, bytes, reason, refused, done }: Submission): void {
    const userId = peer.user.id;
    const { data, refused: part } = admission;
    const claims = admission.claims.map((client) => ({ client, userId }));
    for (const { client } of claims) this.owners.set(client, { userId });
    for (const [client, clock] of admission.advances) this.waiting.set(client, clock);
    this.inFlight++;
    this.services.committer.submit({
      update: data === null ? null : { room: this.name, data, userId, claims },
      quarantine: part === null ? null : { room: this.name, userId, code: part.code, reason, data: bytes },
      committed: ({ seq, quarantineId }) => {
        // A room that was dropped in this very batch reads its log again; what is stored is in there.
        if (this.isDestroyed) return;
        this.settle(admission.advances);
        if (part !== null) refused({ code: part.code, quarantineId, changes: part.changes });
        if (seq !== null && data !== null && !this.apply(data, new Applied({ seq, userId, at: this.services.now() }))) {
          refused({ code: 'not-applicable', quarantineId: null, changes: changesOf(admission) });
          this.services.strikes.add(userId);
          // Final for this client: it would send the same again.
          peer.close(CLOSE.malformed, 'A change could not be applied.');
          this.services.drop(this, 'an update could not be applied');
          return;
        }
        if (data !== null) this.outbox.stored(peer, data, admission.advances);
        if (number !== null && this.peers.has(peer)) this.outbox.decided(peer, number);
        done();
      },
    });
  }

  /**
   * Starts to gather what the server itself writes to `doc`; the returned function ends that and says what it was.
   * See `writeOwn` in own-writes.ts, the only caller.
   */
  gatherOwn(): () => { readonly data: Uint8Array | null; readonly rows: readonly ChangeRow[] } {
    const updates: Uint8Array[] = [];
    const rows: ChangeRow[] = [];
    const collect = (update: Uint8Array) => void updates.push(update);
    this.ownRows = rows;
    this.doc.on('update', collect);
    return () => {
      this.ownRows = null;
      this.doc.off('update', collect);
      return { data: updates.length < 2 ? (updates[0] ?? null) : Y.mergeUpdates(updates), rows };
    };
  }

  /** The claim that belongs to the server's first write in this room. */
  ownClaims(): readonly Claim[] {
    return this.owner(this.doc.clientID) === undefined ? [{ client: this.doc.clientID, userId: null }] : [];
  }

  /** What the server itself wrote is on disk: everybody may see it. */
  ownStored(seq: number, data: Uint8Array, rows: readonly ChangeRow[]): void {
    const client = this.doc.clientID;
    this.lastSeq = seq;
    this.owners.set(client, { userId: null });
    this.outbox.stored(null, data, new Map([[client, Y.getState(this.doc.store, client)]]));
    this.services.committer.addHistory(
      this.name,
      seq,
      rows.map((row) => ({ ...row, seq })),
    );
    this.endBatch();
  }

  /** After each commit: everything new to everybody in one write per socket. */
  endBatch(): void {
    this.outbox.send(this.peers, this.lastSeq);
  }

  /** Keys that arrived with stamps from the future, since the last call. */
  takeAheadKeys(): readonly string[] {
    const keys = this.aheadKeys;
    if (keys.length > 0) this.aheadKeys = [];
    return keys;
  }

  /** Sends to everybody who is synced, at once. */
  broadcast(frame: Buffer): void {
    const frames = [frame];
    for (const peer of this.peers) if (peer.isSynced) peer.send(frames);
  }

  /** Who is here and what they do goes to everybody: one whose document is still on its way lacks nothing to show it. */
  tellPresence(frame: Buffer): void {
    const frames = [frame];
    for (const peer of this.peers) peer.send(frames);
  }

  /** Stores and applies what was accepted and still waits for its turn. */
  settleNow(): void {
    if (!this.isSettled) this.services.committer.flush();
  }

  /** True when every accepted update is stored and applied. */
  get isSettled(): boolean {
    return this.inFlight === 0;
  }

  /** The records, indexed; made when something on the server reads or writes them. */
  get records(): RoomRecords {
    this.recordsIndex ??= new RoomRecords(this.doc, entities);
    return this.recordsIndex;
  }

  /** It was taken out of memory: under its name another one is loaded. */
  get isGone(): boolean {
    return this.isDestroyed;
  }

  destroy(): void {
    this.isDestroyed = true;
    this.stopWatching();
    this.built?.destroy();
  }

  /**
   * At most so many items Yjs has to pass to put the update in its place: each struct that may have to look for it, times
   * all that could be in the way (entries of the records are in nobody's way but under the same key).
   */
  stepsOf({ searching, keys, structs }: ScannedUpdate): number {
    if (searching === 0 && keys.length === 0) return 0;
    const { _map: entries } = this.doc.getMap(RECORDS);
    let searches = searching;
    for (const { key } of keys) if (entries.has(key)) searches++;
    if (searches === 0) return 0;
    let inTheWay = structs - entries.size;
    for (const each of this.doc.store.clients.values()) inTheWay += each.length;
    return searches * inTheWay;
  }

  /** See inspector.ts. */
  scan(bytes: Uint8Array): ScannedUpdate | Promise<ScannedUpdate> {
    return this.services.inspector.scan(bytes);
  }

  tryOut(data: Uint8Array): Promise<void> {
    this.settleNow();
    return this.services.inspector.tryOut(this.doc, data);
  }

  /** Notes that somebody sent what hangs. */
  strike(userId: string): void {
    this.services.strikes.add(userId);
  }

  /** It deletes, or writes over, what is accepted and not in the document yet: nobody can see there what that would erase. */
  private reachesUnapplied({ deletes, placed }: ScannedUpdate): boolean {
    if (this.waiting.size === 0) return false;
    const isWaiting = (client: number, clock: number) =>
      clock > Y.getState(this.doc.store, client) &&
      Y.getState(this.doc.store, client) < (this.waiting.get(client) ?? 0);
    for (let at = 0; at < placed.length; at += PLACED.numbers) {
      if (isWaiting(placed[at + 4] ?? 0, (placed[at + 5] ?? 0) + 1)) return true;
    }
    return deletes.some(({ client, clock, length }) => isWaiting(client, clock + length));
  }

  private clock(client: number): number {
    return this.waiting.get(client) ?? Y.getState(this.doc.store, client);
  }

  private settle(advances: ReadonlyMap<number, number>): void {
    this.inFlight--;
    for (const [client, clock] of advances) if (this.waiting.get(client) === clock) this.waiting.delete(client);
  }

  /** False when Yjs could not apply it: then it is out of the log again and the room starts afresh. */
  private apply(data: Uint8Array, applied: Applied): boolean {
    const { doc } = this;
    this.applying = applied;
    const problem = applyWhole(doc, data, applied);
    this.applying = null;
    if (problem === null) {
      this.lastSeq = applied.seq;
      this.answers?.applied(data);
      return true;
    }
    this.services.log.expel({ room: this.name, seq: applied.seq, reason: problem });
    return false;
  }
}

const changesOf = (admission: Admission) =>
  [...admission.advances].map(([client, clock]) => ({ client, clock, length: 0 }));
