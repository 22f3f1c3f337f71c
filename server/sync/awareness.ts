/**
 * Presence in one room, relayed: who is here and what they look at. Nothing of it is stored.
 *
 * Each connection speaks for one client id, the first it names that nobody else speaks for; entries about others are
 * ignored (stock clients echo everything they hear). The `user` of a state is put in by the server, so that nobody can
 * pass for somebody else. Everybody gets every change, the speaker too: a stock client takes its own echo for the sign
 * that the line is alive.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { LONGEST_AWARENESS_STATE, MOST_AWARENESS_ENTRIES } from './limits.ts';

export interface PresentUser {
  readonly id: string;
  readonly memberId: string;
  readonly name: string;
}

interface Entry {
  readonly client: number;
  readonly clock: number;
  /** JSON of an object, or `null` when the client left. */
  readonly state: string;
}

/** An update that says nothing: sent when a line was silent, because stock clients give up after 30 s of silence. */
export const SILENT_UPDATE = Uint8Array.of(0);

export class RoomAwareness<Speaker extends object> {
  private readonly entries = new Map<number, Entry>();
  private readonly speakers = new Map<number, Speaker>();
  private readonly clients = new Map<Speaker, number>();

  /**
   * Takes a message of one connection. Returns the update to broadcast, or null when there is nothing new in it.
   *
   * @throws when the bytes are no awareness update.
   */
  receive(speaker: Speaker, user: PresentUser, bytes: Uint8Array): Uint8Array | null {
    for (const entry of readEntries(bytes)) {
      if (!this.speaksFor(speaker, entry, user)) continue;
      const known = this.entries.get(entry.client);
      if (known !== undefined && entry.clock < known.clock) return null;
      const stamped = { ...entry, state: withUser(entry.state, user) };
      if (stamped.state === 'null') this.forget(entry.client);
      else this.entries.set(entry.client, stamped);
      return encodeEntries([stamped]);
    }
    return null;
  }

  /** The connection is gone: the update that takes its state away, or null when it had none. */
  leave(speaker: Speaker): Uint8Array | null {
    const client = this.clients.get(speaker);
    this.clients.delete(speaker);
    if (client === undefined || this.speakers.get(client) !== speaker) return null;
    const entry = this.entries.get(client);
    this.forget(client);
    return entry === undefined ? null : encodeEntries([{ client, clock: entry.clock + 1, state: 'null' }]);
  }

  /** Everybody who is here, for somebody who just came; null when the room is empty. */
  everybody(): Uint8Array | null {
    return this.entries.size === 0 ? null : encodeEntries([...this.entries.values()]);
  }

  private speaksFor(speaker: Speaker, entry: Entry, user: PresentUser): boolean {
    const own = this.clients.get(speaker);
    if (own !== undefined) return own === entry.client && this.speakers.get(own) === speaker;
    if (entry.state === 'null') return false;
    const other = this.speakers.get(entry.client);
    // The same person again, under the same id: a reconnect that was quicker than the end of the dead line.
    if (other !== undefined && readUserId(this.entries.get(entry.client)) !== user.id) return false;
    this.speakers.set(entry.client, speaker);
    this.clients.set(speaker, entry.client);
    return true;
  }

  private forget(client: number): void {
    const speaker = this.speakers.get(client);
    if (speaker !== undefined) this.clients.delete(speaker);
    this.speakers.delete(client);
    this.entries.delete(client);
  }
}

function readEntries(bytes: Uint8Array): Entry[] {
  const decoder = decoding.createDecoder(bytes);
  const count = decoding.readVarUint(decoder);
  if (count > MOST_AWARENESS_ENTRIES) throw new Error('too many awareness entries');
  return Array.from({ length: count }, () => {
    const client = decoding.readVarUint(decoder);
    const clock = decoding.readVarUint(decoder);
    const state = decoding.readVarString(decoder);
    if (state.length > LONGEST_AWARENESS_STATE) throw new Error('an awareness state is too long');
    return { client, clock, state };
  });
}

function encodeEntries(entries: readonly Entry[]): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, entries.length);
  for (const { client, clock, state } of entries) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
    encoding.writeVarString(encoder, state);
  }
  return encoding.toUint8Array(encoder);
}

function withUser(state: string, user: PresentUser): string {
  const parsed: unknown = JSON.parse(state);
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return 'null';
  return JSON.stringify({ ...parsed, user });
}

function readUserId(entry: Entry | undefined): string | undefined {
  if (entry === undefined) return undefined;
  return (JSON.parse(entry.state) as { user?: { id?: string } }).user?.id;
}
