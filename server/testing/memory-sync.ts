/** Rooms over a database in memory, and clients that say exactly what a test lets them say. */
import type { Database } from 'better-sqlite3';
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import * as Y from 'yjs';
import {
  type ClientHello,
  encodeClientHello,
  MESSAGE,
  PROTOCOL,
  type Refused,
  type Role,
  readRefused,
  readSaved,
  readServerHello,
  type Saved,
  type ServerHello,
  SYNC,
} from '../../shared/sync/protocol.ts';
import { openMemoryDatabase } from '../storage/data-folder.ts';
import { createUpdateLog, type UpdateLog } from '../storage/update-log.ts';
import { Connection } from '../sync/connection.ts';
import { createRooms, type Rooms } from '../sync/rooms.ts';
import { scanUpdate } from '../sync/scan-update.ts';
import { payloadsOf } from './payloads.ts';

export const ROOM = 'team.pipeline.1';

export interface MemorySync {
  readonly db: Database;
  readonly log: UpdateLog;
  rooms: Rooms;
  readonly reports: string[];
  /** Another process over the same database: what was only in memory is gone. */
  restart(): void;
  connect(who?: {
    id?: string;
    role?: Role;
    room?: string;
    unread?: () => boolean;
    isAccount?: (memberId: string) => boolean;
  }): ScriptedClient;
  flush(): void;
}

export function setUpMemorySync({ now }: { now?: () => number } = {}): MemorySync {
  const db = openMemoryDatabase();
  const log = createUpdateLog(db, now);
  log.ensureRoom(ROOM);
  const reports: string[] = [];
  // Everything is read at once: a test decides itself what happens when.
  const inspector = { scan: scanUpdate, tryOut: () => Promise.resolve(), close: () => undefined };
  const options = {
    log,
    idleMs: 0,
    inspector,
    report: (message: string) => void reports.push(message),
    ...(now ? { now } : {}),
  };
  const sync: MemorySync = {
    db,
    log,
    reports,
    rooms: createRooms(options),
    restart() {
      sync.rooms = createRooms(options);
    },
    connect({ id = 'anna', role = 'member', room = ROOM, unread = () => false, isAccount = () => false } = {}) {
      const client = new ScriptedClient(() => sync.rooms.services.committer.flush());
      const line = {
        send: (frames: readonly Buffer[]) => client.hear(frames),
        pause: () => undefined,
        resume: () => undefined,
        charge: () => undefined,
        get hasRoom() {
          return !unread();
        },
        close: (code: number) => {
          client.closedWith = code;
        },
      };
      client.connection = new Connection({
        room: sync.rooms.open(room),
        user: { id, memberId: `member_${id}`, name: id, role },
        line,
        isAccount,
        server: { serverId: 'server', epoch: 'epoch', build: 'test' },
        ...(now ? { now } : {}),
      });
      return client;
    },
    flush: () => sync.rooms.services.committer.flush(),
  };
  return sync;
}

/** What a client heard, in order. */
export type Heard =
  | { readonly type: 'step1'; readonly bytes: Uint8Array }
  | { readonly type: 'step2'; readonly bytes: Uint8Array }
  | { readonly type: 'update'; readonly bytes: Uint8Array }
  | { readonly type: 'awareness'; readonly bytes: Uint8Array }
  | { readonly type: 'hello'; readonly hello: ServerHello }
  | { readonly type: 'saved'; readonly saved: Saved }
  | { readonly type: 'refused'; readonly refused: Refused };

export class ScriptedClient {
  readonly doc = new Y.Doc();
  readonly heard: Heard[] = [];
  closedWith: number | null = null;
  connection: Connection | null = null;
  private readonly flush: () => void;

  constructor(flush: () => void) {
    this.flush = flush;
  }

  hear(frames: readonly Buffer[]): void {
    // A large frame comes in pieces.
    for (const payload of payloadsOf(Buffer.concat(frames))) this.heard.push(readMessage(payload));
  }

  of<T extends Heard['type']>(type: T): Extract<Heard, { type: T }>[] {
    return this.heard.filter((each): each is Extract<Heard, { type: T }> => each.type === type);
  }

  /** Sends bytes as they are. */
  raw(bytes: Uint8Array): void {
    this.connection?.receive(bytes);
  }

  hello(hello: Partial<ClientHello> = {}): void {
    this.raw(encodeClientHello({ protocol: PROTOCOL, build: 'test', schema: 1, clock: 0, clientIds: [], ...hello }));
  }

  sync(type: (typeof SYNC)[keyof typeof SYNC], payload: Uint8Array): void {
    this.raw(
      message(MESSAGE.sync, (encoder) => {
        encoding.writeVarUint(encoder, type);
        encoding.writeVarUint8Array(encoder, payload);
      }),
    );
  }

  awareness(update: Uint8Array): void {
    this.raw(message(MESSAGE.awareness, (encoder) => encoding.writeVarUint8Array(encoder, update)));
  }

  update(update: Uint8Array): void {
    this.sync(SYNC.update, update);
  }

  /** The usual handshake: asks, uploads what the server lacks, and takes in what comes. */
  handshake(): void {
    this.sync(SYNC.step1, Y.encodeStateVector(this.doc));
    this.upload();
    this.takeIn();
  }

  /** Answers the server's newest sync step 1. */
  upload(): void {
    const asked = this.of('step1').at(-1);
    this.sync(SYNC.step2, Y.encodeStateAsUpdate(this.doc, asked?.bytes));
    this.flush();
  }

  /** Applies every document message heard so far. */
  takeIn(): void {
    for (const each of this.heard) {
      if (each.type === 'step2' || each.type === 'update') Y.applyUpdate(this.doc, each.bytes, 'server');
    }
  }

  /** Changes the document and returns the update; nothing is sent. */
  edit(change: (records: Y.Map<unknown>) => void): Uint8Array {
    const updates: Uint8Array[] = [];
    const collect = (update: Uint8Array) => void updates.push(update);
    this.doc.on('update', collect);
    this.doc.transact(() => change(this.doc.getMap('records')));
    this.doc.off('update', collect);
    return Y.mergeUpdates(updates);
  }
}

export function message(type: number, write: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, type);
  write(encoder);
  return encoding.toUint8Array(encoder);
}

export function readMessage(bytes: Uint8Array): Heard {
  const decoder = decoding.createDecoder(bytes);
  const type = decoding.readVarUint(decoder);
  if (type === MESSAGE.sync) {
    const kind = (['step1', 'step2', 'update'] as const)[decoding.readVarUint(decoder)];
    return { type: kind ?? 'update', bytes: decoding.readVarUint8Array(decoder) };
  }
  if (type === MESSAGE.awareness) return { type: 'awareness', bytes: decoding.readVarUint8Array(decoder) };
  if (type === MESSAGE.hello) return { type: 'hello', hello: readServerHello(decoder) };
  if (type === MESSAGE.saved) return { type: 'saved', saved: readSaved(decoder) };
  if (type === MESSAGE.refused) return { type: 'refused', refused: readRefused(decoder) };
  throw new Error(`heard an unknown message ${type}`);
}
