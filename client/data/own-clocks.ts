/**
 * Which changes of this device the server has on disk: for each Yjs client id this browser has written with, the clock
 * up to which the server said `saved`. Kept in the room's database, so that after a reload with the server dead it is
 * still known what waits. (Kept ids are for counting and for the hello only. A document never takes one up again: two
 * tabs writing under one id would destroy each other's changes.)
 */
import * as Y from 'yjs';
import type { LocalStore } from './local-store.ts';

const OWN = 'own/';
const EPOCH = 'epoch';
const SEQ = 'seq';
/** Acknowledgements arrive with every change; the note of them can be a little late, it only makes the count too high. */
const NOTE_DELAY_MS = 300;
/** By then every change that another tab had made when this one opened is in its document. */
const FORGET_AFTER_MS = 60_000;

export class OwnClocks {
  private readonly doc: Y.Doc;
  private readonly store: LocalStore;
  private readonly saved = new Map<number, number>();
  /** The server's word on every client id: another tab's may come before its note is read here. */
  private readonly confirmed = new Map<number, number>();
  private readonly unnoted = new Set<number>();
  /** Up to where everything was sent when they were forgotten. One of them may be another tab's, which goes on writing. */
  private readonly forgotten = new Map<number, number>();
  private epoch: unknown;
  /** The newest update of the room that a server of this epoch told of, and whether that is noted. */
  private seq = 0;
  private isSeqNoted = true;
  private noteTimer: ReturnType<typeof setTimeout> | undefined;
  private forgetTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(doc: Y.Doc, store: LocalStore) {
    this.doc = doc;
    this.store = store;
  }

  /** Reads what earlier sessions and other tabs noted. */
  async load(): Promise<void> {
    await this.read();
    this.forgetTimer ??= setTimeout(() => this.forget().catch(() => undefined), FORGET_AFTER_MS);
  }

  private async read(): Promise<void> {
    const notes = await this.store.readNotes();
    this.epoch ??= notes.get(EPOCH);
    const seq = notes.get(SEQ);
    if (typeof seq === 'number' && notes.get(EPOCH) === this.epoch) this.seq = Math.max(this.seq, seq);
    for (const [key, value] of notes) {
      if (!key.startsWith(OWN)) continue;
      const client = Number(key.slice(OWN.length));
      const noted = typeof value === 'number' ? value : 0;
      this.saved.set(client, Math.max(noted, this.saved.get(client) ?? 0, this.confirmed.get(client) ?? 0));
    }
    this.remember();
  }

  /** An id that was forgotten in the moment in which its tab wrote again. */
  private remember(): void {
    for (const [client, clock] of this.forgotten) {
      if (Y.getState(this.doc.store, client) <= clock) continue;
      this.forgotten.delete(client);
      if (this.saved.has(client)) continue;
      this.saved.set(client, Math.max(clock, this.confirmed.get(client) ?? 0));
      this.note(client);
    }
  }

  /**
   * Ids with nothing left to send are forgotten. Not at once: another tab may have noted its id together with a change that
   * this document has not heard of yet.
   */
  private async forget(): Promise<void> {
    await this.read();
    for (const [client, clock] of this.saved) {
      const state = Y.getState(this.doc.store, client);
      if (client === this.doc.clientID || state === 0 || clock < state) continue;
      this.saved.delete(client);
      this.forgotten.set(client, clock);
      this.store.writeNote(OWN + client, undefined);
    }
  }

  /** This session has written; call after each change made here. */
  wrote(): void {
    const client = this.doc.clientID;
    if (!this.saved.has(client)) this.saved.set(client, 0);
    if (!this.unnoted.has(client)) this.note(client);
  }

  /** The server's word. */
  acknowledge(clocks: ReadonlyMap<number, number>): void {
    for (const [client, clock] of clocks) {
      if (clock > (this.confirmed.get(client) ?? 0)) this.confirmed.set(client, clock);
    }
    for (const [client, clock] of this.saved) {
      const now = clocks.get(client);
      if (now === undefined || now <= clock) continue;
      this.saved.set(client, now);
      this.unnoted.add(client);
    }
    if (this.unnoted.size > 0) this.noteTimer ??= setTimeout(() => this.noteAll(), NOTE_DELAY_MS);
  }

  /** A server whose data was replaced (a restored backup) has nothing for certain: all counts as waiting until it says otherwise. */
  enterEpoch(epoch: string): void {
    if (this.epoch === epoch) return;
    this.confirmed.clear();
    if (this.epoch !== undefined) for (const client of this.saved.keys()) this.saved.set(client, 0);
    this.epoch = epoch;
    this.seq = 0;
    this.store.writeNote(EPOCH, epoch);
    this.store.writeNote(SEQ, 0);
  }

  /** What this device was last told: a server that knows less of the same epoch has lost something. */
  standing(): { readonly epoch: string; readonly seq: number } {
    return { epoch: typeof this.epoch === 'string' ? this.epoch : '', seq: this.seq };
  }

  sawSeq(seq: number): void {
    if (seq <= this.seq) return;
    this.seq = seq;
    this.isSeqNoted = false;
    this.noteTimer ??= setTimeout(() => this.noteAll(), NOTE_DELAY_MS);
  }

  /** Client id → clock from which its changes wait; only those with something waiting. */
  waiting(): ReadonlyMap<number, number> {
    const waiting = new Map<number, number>();
    for (const [client, clock] of this.saved) {
      if (clock < Y.getState(this.doc.store, client)) waiting.set(client, clock);
    }
    return waiting;
  }

  /** For the hello: this document's id and those of earlier sessions that still have something to send. */
  clientIds(): readonly number[] {
    return [...new Set([this.doc.clientID, ...this.waiting().keys()])];
  }

  stop(): void {
    if (this.unnoted.size > 0 || !this.isSeqNoted) this.noteAll();
    clearTimeout(this.noteTimer);
    clearTimeout(this.forgetTimer);
  }

  private noteAll(): void {
    this.noteTimer = undefined;
    for (const client of this.unnoted) this.note(client);
    if (!this.isSeqNoted) this.store.writeNote(SEQ, this.seq);
    this.isSeqNoted = true;
    this.unnoted.clear();
  }

  private note(client: number): void {
    this.store.writeNote(OWN + client, this.saved.get(client) ?? 0);
  }
}
