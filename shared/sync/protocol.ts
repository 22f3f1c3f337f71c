/**
 * The wire between a client and `/sync/<room>`: y-protocols' messages 0 to 3 unchanged, and three of ours from 100 on.
 * What they mean, sentence by sentence, is in SPEC.md beside this file; this file is their shape.
 */
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import type { Role } from '../model/rights.ts';

/** The wire's own version. A server refuses clients below `OLDEST_PROTOCOL` with `tooOld`. */
export const PROTOCOL = 1;
export const OLDEST_PROTOCOL = 1;

/** The version of the records' shapes. Shapes only grow; this counts the growths, so that a peer can say what it knows. */
export const DATA_SCHEMA = 1;

export const MESSAGE = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** Both ways: who I am. Opens the other two messages. */
  hello: 100,
  /** Server to client: what is on disk. */
  saved: 101,
  /** Server to client: what was not taken, and why. */
  refused: 102,
} as const;

/** Second number of a `sync` message. */
export const SYNC = { step1: 0, step2: 1, update: 2 } as const;

/**
 * Why a socket was closed. 4400–4499 is final until the app (or the person) does something; every other code means:
 * try again, with full jitter between 1 s and 30 s.
 */
export const CLOSE = {
  /** Final: not a message of this protocol (text frame, bytes that do not decode). */
  malformed: 4400,
  /** Final: no session, an expired one, or a session that was ended. */
  signedOut: 4401,
  /** Final: this account has no right to the room, or was removed. */
  forbidden: 4403,
  /** Final: there is no such room. */
  noSuchRoom: 4404,
  /** Final: this build is too old for the server. Reload. */
  tooOld: 4409,
  /** Final: one message was larger than `MAX_MESSAGE_BYTES`. Send it in parts. */
  tooLarge: 4413,
  /** Retry: the room could not be loaded, or a write could not reach the disk. */
  roomUnavailable: 4500,
  /** Retry: the client reads slower than the room changes; it catches up after it reconnects. */
  tooSlow: 4508,
  /** Retry: too many messages at once. */
  tooMany: 4529,
  /** Retry: the server stops or restarts. */
  goingAway: 1001,
} as const;

/** True when trying again cannot help before the app or the person did something. 1009 is `ws` itself refusing a huge frame. */
export function isFinalClose(code: number): boolean {
  return (code >= 4400 && code < 4500) || code === 1009;
}

/** The largest message the server takes: an import of some 50,000 contacts made offline fits. */
export const MAX_MESSAGE_BYTES = 32 * 1024 * 1024;

/** Beyond this the WebSocket layer itself stops reading and closes with 1009. */
export const MAX_FRAME_BYTES = 40 * 1024 * 1024;

export type { Role };

/** First message of our client on a socket. */
export interface ClientHello {
  readonly protocol: number;
  readonly build: string;
  readonly schema: number;
  /** The device's wall clock, epoch ms. */
  readonly clock: number;
  /** Yjs client ids this connection will write with: the document's own and those of waiting changes of earlier sessions. */
  readonly clientIds: readonly number[];
  /** The epoch this device was last in step with; empty when it never was. */
  readonly epoch?: string;
  /** The newest sequence number of this room that a server of that epoch told it; 0 for none. */
  readonly seq?: number;
}

/**
 * How the server stands to devices that know more than it, after its data was replaced by older data: it never was; such
 * devices keep back what they have until an owner decides; or they bring it back.
 */
export type RecoveryState = 'none' | 'awaiting' | 'recovering';

/** The server's answer. */
export interface ServerHello {
  readonly protocol: number;
  readonly build: string;
  readonly schema: number;
  /** The server's wall clock, epoch ms: what the device corrects its offset by before it stamps anything. */
  readonly time: number;
  readonly serverId: string;
  /** Changes when the server's data was replaced (restore, wipe). Sequence numbers and saved clocks of another epoch mean nothing. */
  readonly epoch: string;
  readonly generation: number;
  readonly role: Role;
  readonly userId: string;
  readonly memberId: string;
  /** Announced ids that belong to somebody else: the document needs another client id before the next change. */
  readonly takenClientIds: readonly number[];
  /** The newest committed update of the room. In one epoch it never goes back: if it does, the server lost something. */
  readonly seq?: number;
  /** The room's next generation, to go over to once everything is sent; null while this is the newest. */
  readonly replacedBy?: string | null;
  readonly recovery?: RecoveryState;
  /** What happened to the server's data, for people; empty when nothing did. */
  readonly recoveryReason?: string;
}

/** What is on disk: for each Yjs client id the clock up to which (exclusive) its changes are committed. */
export interface Saved {
  readonly clocks: ReadonlyMap<number, number>;
  /**
   * How many of this connection's document messages (sync step 2 and update) are decided: stored, already known, or refused.
   * Null when nothing new was decided. Covers what clocks cannot: messages that only delete.
   */
  readonly decided: number | null;
  /** The newest committed update of the room; see `ServerHello`. */
  readonly seq?: number;
}

export const REFUSAL_CODES = [
  'read-only',
  'not-allowed',
  'malformed',
  'foreign-client',
  'unknown-past',
  'too-large',
  'not-applicable',
] as const;
/**
 * - `read-only`: this role may look and not change.
 * - `not-allowed`: this role may change records, but not these (settings, accounts, or records in a wrong room); or nobody may: it takes values away without anything newer in their place.
 * - `malformed`: the bytes are no Yjs update, or one nested or packed beyond the limits.
 * - `foreign-client`: it carries changes under a client id that belongs to somebody else.
 * - `unknown-past`: it builds on, or deletes, changes that neither the server nor the update has.
 * - `too-large`: a value longer, or more changes at once, than the server takes.
 * - `not-applicable`: Yjs itself could not apply it.
 */
export type RefusalCode = (typeof REFUSAL_CODES)[number];

export interface Refused {
  readonly code: RefusalCode;
  /** A sentence for people. */
  readonly message: string;
  /** Which document message of this connection, counted from 1. */
  readonly messageNumber: number;
  /** Where the server keeps the refused bytes; null when they were not worth keeping. */
  readonly quarantineId: number | null;
  /** Client id and clock range of every refused change, as far as they could be read. */
  readonly changes: readonly { readonly client: number; readonly clock: number; readonly length: number }[];
}

const jsonMessage = (type: number, value: unknown): Uint8Array<ArrayBuffer> => {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  encoding.writeVarString(encoder, JSON.stringify(value));
  return encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>;
};

export const encodeClientHello = (hello: ClientHello) => jsonMessage(MESSAGE.hello, hello);
export const encodeServerHello = (hello: ServerHello) => jsonMessage(MESSAGE.hello, hello);
export const encodeRefused = (refused: Refused) => jsonMessage(MESSAGE.refused, refused);

/** `saved`: count, then client and clock pairs, then `decided + 1` (0 for null), then the room's `seq`. All varints. */
export function encodeSaved(saved: Saved): Uint8Array<ArrayBuffer> {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.saved);
  encoding.writeVarUint(encoder, saved.clocks.size);
  for (const [client, clock] of saved.clocks) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, clock);
  }
  encoding.writeVarUint(encoder, saved.decided === null ? 0 : saved.decided + 1);
  encoding.writeVarUint(encoder, saved.seq ?? 0);
  return encoding.toUint8Array(encoder) as Uint8Array<ArrayBuffer>;
}

/**
 * The readers take a decoder that stands behind the message type, as y-protocols' do. They throw on bytes that are not
 * such a message and ignore fields they do not know, because the peer may be newer.
 */
export function readClientHello(decoder: decoding.Decoder): ClientHello {
  const raw = readJsonObject(decoder);
  return {
    protocol: numberOr(raw.protocol, 0),
    build: textOr(raw.build, ''),
    schema: numberOr(raw.schema, 0),
    clock: numberOr(raw.clock, 0),
    clientIds: clientIdsOf(raw.clientIds),
    epoch: textOr(raw.epoch, ''),
    seq: numberOr(raw.seq, 0),
  };
}

export function readServerHello(decoder: decoding.Decoder): ServerHello {
  const raw = readJsonObject(decoder);
  return {
    protocol: numberOr(raw.protocol, 0),
    build: textOr(raw.build, ''),
    schema: numberOr(raw.schema, 0),
    time: numberOr(raw.time, 0),
    serverId: textOr(raw.serverId, ''),
    epoch: textOr(raw.epoch, ''),
    generation: numberOr(raw.generation, 1),
    role: isRole(raw.role) ? raw.role : 'viewer',
    userId: textOr(raw.userId, ''),
    memberId: textOr(raw.memberId, ''),
    takenClientIds: clientIdsOf(raw.takenClientIds),
    seq: numberOr(raw.seq, 0),
    replacedBy: typeof raw.replacedBy === 'string' ? raw.replacedBy : null,
    recovery: raw.recovery === 'awaiting' || raw.recovery === 'recovering' ? raw.recovery : 'none',
    recoveryReason: textOr(raw.recoveryReason, ''),
  };
}

export function readSaved(decoder: decoding.Decoder): Saved {
  const clocks = new Map<number, number>();
  const count = decoding.readVarUint(decoder);
  for (let index = 0; index < count; index++) {
    const client = decoding.readVarUint(decoder);
    clocks.set(client, decoding.readVarUint(decoder));
  }
  const decided = decoding.readVarUint(decoder);
  // Servers before sequence numbers were told end here.
  const seq = decoding.hasContent(decoder) ? decoding.readVarUint(decoder) : 0;
  return { clocks, decided: decided === 0 ? null : decided - 1, seq };
}

export function readRefused(decoder: decoding.Decoder): Refused {
  const raw = readJsonObject(decoder);
  const code = REFUSAL_CODES.find((known) => known === raw.code) ?? 'malformed';
  const changes = Array.isArray(raw.changes) ? raw.changes : [];
  return {
    code,
    message: textOr(raw.message, ''),
    messageNumber: numberOr(raw.messageNumber, 0),
    quarantineId: typeof raw.quarantineId === 'number' ? raw.quarantineId : null,
    changes: changes.map((change: Record<string, unknown>) => ({
      client: numberOr(change?.client, 0),
      clock: numberOr(change?.clock, 0),
      length: numberOr(change?.length, 0),
    })),
  };
}

export function isRole(value: unknown): value is Role {
  return value === 'owner' || value === 'admin' || value === 'member' || value === 'viewer';
}

/** More ids than this in one hello are cut off: a device has a handful of sessions with waiting changes, not thousands. */
const MOST_CLIENT_IDS = 1_000;

const clientIdsOf = (raw: unknown): readonly number[] =>
  Array.isArray(raw) ? raw.filter((id) => Number.isSafeInteger(id) && id >= 0).slice(0, MOST_CLIENT_IDS) : [];

const numberOr = (raw: unknown, fallback: number): number =>
  typeof raw === 'number' && Number.isFinite(raw) ? raw : fallback;

const textOr = (raw: unknown, fallback: string): string => (typeof raw === 'string' ? raw : fallback);

function readJsonObject(decoder: decoding.Decoder): Record<string, unknown> {
  const value: unknown = JSON.parse(decoding.readVarString(decoder));
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('not an object');
  return value as Record<string, unknown>;
}
