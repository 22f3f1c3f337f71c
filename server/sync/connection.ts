/**
 * One socket in one room: reads its messages and answers them. Knows the protocol (shared/sync/SPEC.md), not the network:
 * a `Line` is a WebSocket in production and an array in tests.
 */
import * as decoding from 'lib0/decoding';
import * as Y from 'yjs';
import {
  CLOSE,
  DATA_SCHEMA,
  encodeRefused,
  encodeSaved,
  encodeServerHello,
  MESSAGE,
  OLDEST_PROTOCOL,
  PROTOCOL,
  type RefusalCode,
  type Role,
  readClientHello,
  SYNC,
} from '../../shared/sync/protocol.ts';
import { parseRoomName } from '../../shared/sync/room-names.ts';
import type { Admission } from './admission.ts';
import type { PresentUser } from './awareness.ts';
import { awarenessFrame, syncFrame, toFrame } from './frames.ts';
import type { Peer, Refusal, Room } from './room.ts';
import { MalformedUpdate } from './scan-update.ts';

/** Where frames go. */
export interface Line {
  send(frames: readonly Buffer[]): void;
  /** False while so much is unread that a large answer has to wait. */
  readonly hasRoom: boolean;
  close(code: number, reason: string): void;
}

export interface ConnectionUser extends PresentUser {
  readonly role: Role;
}

export interface ServerIdentity {
  readonly serverId: string;
  readonly epoch: string;
  readonly build: string;
}

export interface ConnectionOptions {
  readonly room: Room;
  readonly user: ConnectionUser;
  readonly line: Line;
  readonly server: ServerIdentity;
  readonly now?: () => number;
}

/** A state vector larger than this names more clients than a workspace gets in a century. */
const LONGEST_STATE_VECTOR = 4 * 1024 * 1024;

const REFUSAL_SENTENCES: Readonly<Record<RefusalCode, string>> = {
  'read-only': 'You can look at this workspace but not change it. Your change is still on this device only.',
  malformed: 'A change could not be read by the server. It was set aside and your other changes are safe.',
  'foreign-client':
    'A change carried the mark of somebody else’s device. It was set aside and your other changes are safe.',
  'unknown-past':
    'A change builds on something the server does not have. It was set aside and your other changes are safe.',
  'too-large': 'A change was larger than the server takes. It was set aside and your other changes are safe.',
  'not-applicable': 'A change could not be applied. It was set aside and your other changes are safe.',
};

export class Connection implements Peer {
  readonly user: PresentUser;
  isSynced = false;
  private readonly room: Room;
  private readonly line: Line;
  private readonly role: Role;
  private readonly server: ServerIdentity;
  private readonly now: () => number;
  private saidHello = false;
  private hasUploaded = false;
  private hasFullMap = false;
  /** Document messages so far, and how many of them are decided. */
  private messages = 0;
  private decided = 0;
  /** We asked for a sync step 2 and it has not come: what arrives in between may build on it. */
  private awaitsUpload = true;
  /** A message since then could not be taken yet; the awaited step 2 will bring it again. */
  private isHolding = false;
  private isClosed = false;

  constructor(options: ConnectionOptions) {
    const { room, user, line, server, now = Date.now } = options;
    this.room = room;
    this.line = line;
    this.server = server;
    this.now = now;
    this.role = user.role;
    this.user = { id: user.id, memberId: user.memberId, name: user.name };
    room.join(this);
    const present = room.awareness.everybody();
    this.line.send([this.stepOne(), ...(present === null ? [] : [awarenessFrame(present)])]);
  }

  get wantsSaved(): boolean {
    return this.hasFullMap;
  }

  /** Takes one binary message. Never throws: what cannot be read closes this connection and no other. */
  receive(bytes: Uint8Array): void {
    if (this.isClosed) return;
    try {
      this.read(decoding.createDecoder(bytes));
    } catch {
      this.close(CLOSE.malformed, 'That was no message of this protocol.');
    }
  }

  send(frames: readonly Buffer[]): void {
    if (!this.isClosed) this.line.send(frames);
  }

  close(code: number, reason: string): void {
    if (this.isClosed) return;
    this.leave();
    this.line.close(code, reason);
  }

  /** The line is gone. */
  leave(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.room.leave(this);
    const farewell = this.room.awareness.leave(this);
    if (farewell !== null) this.room.broadcast(awarenessFrame(farewell));
  }

  private read(decoder: decoding.Decoder): void {
    const type = decoding.readVarUint(decoder);
    switch (type) {
      case MESSAGE.sync:
        this.readSync(decoder);
        return;
      case MESSAGE.awareness: {
        const news = this.room.awareness.receive(this, this.user, decoding.readVarUint8Array(decoder));
        if (news !== null) this.room.broadcast(awarenessFrame(news));
        return;
      }
      case MESSAGE.queryAwareness: {
        const present = this.room.awareness.everybody();
        if (present !== null) this.send([awarenessFrame(present)]);
        return;
      }
      case MESSAGE.hello:
        this.readHello(decoder);
        return;
      // `auth` is the server's to send; newer clients may know messages that this server does not.
      default:
        if (type === MESSAGE.auth || type >= MESSAGE.hello) return;
        throw new Error(`unknown message ${type}`);
    }
  }

  private readHello(decoder: decoding.Decoder): void {
    const hello = readClientHello(decoder);
    if (hello.protocol < OLDEST_PROTOCOL) {
      this.close(CLOSE.tooOld, 'This version of Rapport is too old for the server. Reload to get the new one.');
      return;
    }
    this.saidHello = true;
    const takenClientIds = hello.clientIds.filter((client) => {
      const owner = this.room.owner(client);
      return owner !== undefined && owner.userId !== this.user.id;
    });
    const answer = encodeServerHello({
      protocol: PROTOCOL,
      build: this.server.build,
      schema: DATA_SCHEMA,
      time: this.now(),
      serverId: this.server.serverId,
      epoch: this.server.epoch,
      generation: parseRoomName(this.room.name)?.generation ?? 1,
      role: this.role,
      userId: this.user.id,
      memberId: this.user.memberId,
      takenClientIds,
    });
    this.send([toFrame(answer)]);
    this.sendFullMap();
  }

  private readSync(decoder: decoding.Decoder): void {
    const type = decoding.readVarUint(decoder);
    const payload = decoding.readVarUint8Array(decoder);
    if (type === SYNC.step1) this.answerStepOne(payload);
    else if (type === SYNC.step2) this.take(payload, true);
    else if (type === SYNC.update) this.take(payload, false);
    else throw new Error(`unknown sync message ${type}`);
  }

  private answerStepOne(stateVector: Uint8Array): void {
    if (stateVector.length > LONGEST_STATE_VECTOR) throw new Error('state vector too long');
    if (!this.line.hasRoom) {
      this.close(CLOSE.tooSlow, 'This device asks faster than it reads.');
      return;
    }
    this.isSynced = true;
    this.send([syncFrame(SYNC.step2, Y.encodeStateAsUpdate(this.room.doc, stateVector))]);
  }

  /** One message of changes: the answer to our step 1 (`isUpload`), or what was just typed. */
  private take(bytes: Uint8Array, isUpload: boolean): void {
    const number = ++this.messages;
    if (isUpload) {
      this.awaitsUpload = false;
      this.isHolding = false;
    }
    const { admission, reason } = this.judge(bytes);
    if (!isUpload && admission.refused?.code === 'unknown-past') {
      // It builds on changes that are still on the device: ask for all the server lacks; this one comes along with them.
      this.isHolding = true;
      if (!this.awaitsUpload) this.send([this.stepOne()]);
      this.awaitsUpload = true;
      return;
    }
    const isDecided = !this.isHolding;
    this.room.submit({
      peer: this,
      number: isDecided ? number : null,
      admission,
      bytes,
      reason,
      refused: (refusal) => this.tellRefused(number, refusal),
      done: () => {
        if (isDecided) this.decided = number;
        if (isUpload) this.hasUploaded = true;
        this.sendFullMap();
      },
    });
  }

  /** What the room says to an update, and what this connection's right to write makes of it. */
  private judge(bytes: Uint8Array): { admission: Admission; reason: string } {
    try {
      const admission = this.room.judge(bytes, this.user.id);
      if (this.role !== 'viewer' || admission.data === null) return { admission, reason: reasonFor(admission) };
      const changes = [...admission.advances].map(([client, clock]) => ({ client, clock, length: 0 }));
      return { admission: nothingTaken('read-only', changes), reason: 'a viewer wrote' };
    } catch (error) {
      if (!(error instanceof MalformedUpdate)) throw error;
      return { admission: nothingTaken('malformed', []), reason: error.message };
    }
  }

  private tellRefused(messageNumber: number, { code, quarantineId, changes }: Refusal): void {
    if (!this.saidHello) return;
    const message = REFUSAL_SENTENCES[code];
    this.send([toFrame(encodeRefused({ code, message, messageNumber, quarantineId, changes }))]);
  }

  /** Once hello is said and the first upload is decided, the client learns all that is on disk. */
  private sendFullMap(): void {
    if (this.isClosed || this.hasFullMap || !this.saidHello || !this.hasUploaded) return;
    this.hasFullMap = true;
    const clocks = Y.decodeStateVector(Y.encodeStateVector(this.room.doc));
    this.send([toFrame(encodeSaved({ clocks, decided: this.decided }))]);
  }

  private stepOne(): Buffer {
    return syncFrame(SYNC.step1, Y.encodeStateVector(this.room.doc));
  }
}

function nothingTaken(code: RefusalCode, changes: Refusal['changes']): Admission {
  return { data: null, claims: [], advances: new Map(), refused: { code, changes } };
}

function reasonFor({ refused }: Admission): string {
  if (refused === null) return '';
  return refused.code === 'foreign-client'
    ? 'changes under a client id that belongs to somebody else'
    : 'changes that build on something the server does not have';
}
