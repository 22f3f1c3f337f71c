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
  type RecoveryState,
  type RefusalCode,
  type Role,
  readClientHello,
  SYNC,
} from '../../shared/sync/protocol.ts';
import { parseRoomName } from '../../shared/sync/room-names.ts';
import { type Admission, nothingTaken } from './admission.ts';
import type { PresentUser } from './awareness.ts';
import { awarenessFrame, joinSmall, syncFrame, syncPieces, toFrame } from './frames.ts';
import { ReaderBroken, UpdateHangs } from './inspector.ts';
import { LONGEST_STATE_VECTOR_BYTES, MOST_STEP_ONES_PER_MINUTE, MOST_STEPS_HERE, TRIAL_TOKENS } from './limits.ts';
import type { Peer } from './outbox.ts';
import type { Refusal, Room } from './room.ts';
import { MalformedUpdate, type ScannedUpdate, ValueTooLarge } from './scan-update.ts';
import { refusedWrite, type Writer } from './write-rights.ts';

/** Where frames go. */
export interface Line {
  send(frames: readonly Buffer[]): void;
  /** False while so much is unread that a large answer has to wait. */
  readonly hasRoom: boolean;
  /** Reads nothing more until `resume`; what is on its way may still come. */
  pause(): void;
  resume(): void;
  /** This message cost the server more than its bytes say. */
  charge(tokens: number): void;
  close(code: number, reason: string): void;
}

export interface ConnectionUser extends PresentUser {
  readonly role: Role;
}

export interface ServerIdentity {
  readonly serverId: string;
  readonly epoch: string;
  readonly build: string;
  /** How the server stands to devices that know more than it; that it was never replaced when left out. */
  readonly recovery?: () => { readonly state: RecoveryState; readonly reason: string };
  /** A device was told of updates, in this epoch, that the server does not have: something was lost. */
  readonly onBehind?: (reason: string) => void;
}

export interface ConnectionOptions {
  readonly room: Room;
  readonly user: ConnectionUser;
  readonly line: Line;
  readonly server: ServerIdentity;
  /** See `Writer`; nobody's when left out. */
  readonly isAccount?: (memberId: string) => boolean;
  readonly now?: () => number;
}

const REFUSAL_SENTENCES: Readonly<Record<RefusalCode, string>> = {
  'read-only': 'You can look at this workspace but not change it. Your change is still on this device only.',
  'not-allowed': 'Your role does not make this change. It was set aside and your other changes are safe.',
  malformed: 'A change could not be read by the server. It was set aside and your other changes are safe.',
  'foreign-client':
    'A change carried the mark of somebody else’s device. It was set aside and your other changes are safe.',
  'unknown-past':
    'A change builds on something the server does not have. It was set aside and your other changes are safe.',
  'too-large': 'A change was larger than the server takes. It was set aside and your other changes are safe.',
  'not-applicable': 'A change could not be applied. It was set aside and your other changes are safe.',
};

/** A message of changes, by its number on this connection. */
interface ChangeMessage {
  readonly number: number;
  readonly bytes: Uint8Array;
  /** The answer to our step 1. */
  readonly isUpload: boolean;
}

/** What a message comes to. */
interface Judged {
  readonly admission: Admission;
  /** Why something is refused, for the quarantine. */
  readonly reason: string;
  /** Why, for the person. */
  readonly sentence?: string;
  readonly isHanging?: boolean;
}

const ERASING = 'A change would have taken values away for good instead of replacing them.';

export class Connection implements Peer {
  readonly user: PresentUser;
  isSynced = false;
  private readonly room: Room;
  private readonly line: Line;
  private readonly role: Role;
  private readonly server: ServerIdentity;
  private readonly writer: Writer;
  private readonly now: () => number;
  private saidHello = false;
  /** Client ids this device says are its person's. */
  private readonly announced = new Set<number>();
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
  /** Messages that came while one of this connection is looked at in the worker; null when none is. */
  private behind: Uint8Array[] | null = null;
  private stepOnes = { since: 0, count: 0 };

  constructor(options: ConnectionOptions) {
    const { room, user, line, server, isAccount = () => false, now = Date.now } = options;
    this.room = room;
    this.line = line;
    this.server = server;
    this.now = now;
    this.role = user.role;
    this.user = { id: user.id, memberId: user.memberId, name: user.name };
    this.writer = { role: user.role, memberId: user.memberId, isAccount };
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
    if (this.behind !== null) {
      this.behind.push(bytes);
      return;
    }
    try {
      this.read(decoding.createDecoder(bytes));
    } catch {
      this.close(CLOSE.malformed, 'That was no message of this protocol.');
    }
  }

  /** Goes on with the messages that came meanwhile when `work` is over, in their order. */
  private async waitFor(work: Promise<void>): Promise<void> {
    const behind: Uint8Array[] = [];
    this.behind = behind;
    this.line.pause();
    try {
      await work;
    } catch (error) {
      if (error instanceof ReaderBroken)
        this.close(CLOSE.roomUnavailable, 'A large change could not be read just now.');
      else this.close(CLOSE.malformed, 'That was no message of this protocol.');
    }
    this.behind = null;
    for (let next = behind.shift(); next !== undefined; next = behind.shift()) {
      this.receive(next);
      // That one has to be waited for too: it takes over the rest.
      if (this.behind !== null) {
        (this.behind as Uint8Array[]).push(...behind);
        return;
      }
    }
    if (!this.isClosed) this.line.resume();
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
    if (farewell !== null) this.room.tellPresence(awarenessFrame(farewell));
  }

  private read(decoder: decoding.Decoder): void {
    const type = decoding.readVarUint(decoder);
    switch (type) {
      case MESSAGE.sync:
        this.readSync(decoder);
        return;
      case MESSAGE.awareness: {
        const news = this.room.awareness.receive(this, this.user, decoding.readVarUint8Array(decoder));
        if (news !== null) this.room.tellPresence(awarenessFrame(news));
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
    if (
      hello.epoch === this.server.epoch &&
      (hello.seq ?? 0) > this.room.lastSeq &&
      this.server.onBehind !== undefined
    ) {
      this.server.onBehind(
        `${this.room.name} ends at update ${this.room.lastSeq}, though update ${hello.seq} was on disk: a device of ${this.user.name} has seen it. Devices may know more than the server does.`,
      );
      this.close(CLOSE.roomUnavailable, 'The server has lost changes. They are on the devices.');
      return;
    }
    this.saidHello = true;
    for (const client of hello.clientIds) this.announced.add(client);
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
      seq: this.room.lastSeq,
      replacedBy: this.room.successor(),
      recovery: this.recovery().state,
      recoveryReason: this.recovery().reason,
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
    if (stateVector.length > LONGEST_STATE_VECTOR_BYTES) throw new Error('state vector too long');
    if (!this.line.hasRoom) {
      this.close(CLOSE.tooSlow, 'This device asks faster than it reads.');
      return;
    }
    if (this.now() - this.stepOnes.since >= 60_000) this.stepOnes = { since: this.now(), count: 0 };
    if (++this.stepOnes.count > MOST_STEP_ONES_PER_MINUTE) {
      this.close(CLOSE.tooMany, 'This device asks for everything again and again.');
      return;
    }
    this.isSynced = true;
    const news = this.room.since(stateVector);
    // The last is the step 2: who has that has everything.
    const last = news.length - 1;
    this.send(joinSmall(news.flatMap((each, index) => syncPieces(index < last ? SYNC.update : SYNC.step2, each))));
  }

  /** One message of changes: the answer to our step 1 (`isUpload`), or what was just typed. */
  private take(bytes: Uint8Array, isUpload: boolean): void {
    const number = ++this.messages;
    if (isUpload) {
      this.awaitsUpload = false;
      this.isHolding = false;
    }
    const message = { number, bytes, isUpload };
    const failed = (error: unknown) => this.decide(message, refusedUnread(error));
    try {
      const scanned = this.room.scan(bytes);
      if (!(scanned instanceof Promise)) this.weigh(message, scanned);
      else void this.waitFor(scanned.then((read) => this.weigh(message, read)).catch(failed));
    } catch (error) {
      failed(error);
    }
  }

  /** What could take Yjs long is tried elsewhere before anything here integrates it. */
  private weigh(message: ChangeMessage, scanned: ScannedUpdate): void | Promise<void> {
    if (this.isClosed) return;
    // What a device brings back to a server that lost it may be years of everybody's texts: an owner asked for that.
    const isQuick = this.healing() !== undefined || this.room.stepsOf(scanned) <= MOST_STEPS_HERE;
    if (isQuick) return this.decide(message, this.judge(scanned));
    const { data } = this.room.judge(scanned, this.user.id, this.healing());
    if (data === null) return this.decide(message, this.judge(scanned));
    this.line.charge(TRIAL_TOKENS);
    const trial = this.room.tryOut(data).then(
      // Judged again, because the room went on meanwhile.
      () => (this.isClosed ? undefined : this.decide(message, this.judge(scanned))),
      (error: unknown) => this.decide(message, refusedUnread(error)),
    );
    return this.behind === null ? this.waitFor(trial) : trial;
  }

  private decide(message: ChangeMessage, { admission, reason, sentence, isHanging }: Judged): void {
    if (this.isClosed) return;
    const { number, bytes, isUpload } = message;
    if (!isUpload && admission.refused?.code === 'unknown-past') {
      // It builds on changes that are still on the device: ask for all the server lacks; this one comes along with them.
      this.isHolding = true;
      if (!this.awaitsUpload) this.send([this.stepOne()]);
      this.awaitsUpload = true;
      return;
    }
    if (isHanging === true) this.room.strike(this.user.id);
    const isDecided = !this.isHolding;
    this.room.submit({
      peer: this,
      number: isDecided ? number : null,
      admission,
      bytes,
      reason,
      refused: (refusal) => {
        this.tellRefused(number, refusal, sentence);
        // Final for this client: it would send the same again.
        if (isHanging === true) this.close(CLOSE.malformed, 'A change took the server too long.');
      },
      done: () => {
        if (isDecided) this.decided = number;
        if (isUpload) this.hasUploaded = true;
        this.sendFullMap();
      },
    });
  }

  /** What the room says to an update, and what this connection's right to write makes of it. */
  private judge(scanned: ScannedUpdate): Judged {
    try {
      return this.judgeRead(scanned);
    } catch (error) {
      return refusedUnread(error);
    }
  }

  private judgeRead(scanned: ScannedUpdate): Judged {
    // What somebody may change there is looked at in the document, which must have all that was accepted.
    if (this.room.kind === 'workspace') this.room.settleNow();
    const healing = this.healing();
    const admission = this.room.judge(scanned, this.user.id, healing);
    const { data, entities, advances } = admission;
    // What others wrote within their rights comes back by whoever has it.
    const isFree = data === null || (healing !== undefined && this.role !== 'viewer');
    const sentence = isFree ? null : refusedWrite(this.room, { data, entities }, this.writer);
    if (sentence === null) return this.judgedWhole(admission);
    const changes = [...advances].map(([client, clock]) => ({ client, clock, length: 0 }));
    const code = this.role === 'viewer' ? 'read-only' : 'not-allowed';
    return {
      admission: nothingTaken(code, changes),
      reason: `a ${this.role} wrote what that role may not`,
      sentence,
    };
  }

  /** No right is missing for what was taken; what was refused may need a word. */
  private judgedWhole(admission: Admission): Judged {
    const reason = reasonFor(admission);
    if (admission.refused?.code !== 'not-allowed') return { admission, reason };
    if (this.role !== 'viewer') return { admission, reason, sentence: ERASING };
    return { admission: nothingTaken('read-only', admission.refused.changes), reason };
  }

  private recovery(): { readonly state: RecoveryState; readonly reason: string } {
    return this.server.recovery?.() ?? { state: 'none', reason: '' };
  }

  /** While devices bring back what the server lost, each may bring others' changes: those it does not call its own. */
  private healing(): ((client: number) => boolean) | undefined {
    if (!this.saidHello || this.recovery().state !== 'recovering') return undefined;
    return (client) => !this.announced.has(client);
  }

  private tellRefused(messageNumber: number, { code, quarantineId, changes }: Refusal, sentence?: string): void {
    if (!this.saidHello) return;
    const ofRights = code === 'not-allowed' && sentence !== undefined;
    const message = ofRights ? `${sentence} Your change is still on this device only.` : REFUSAL_SENTENCES[code];
    this.send([toFrame(encodeRefused({ code, message, messageNumber, quarantineId, changes }))]);
  }

  /** Once hello is said and the first upload is decided, the client learns all that is on disk. */
  private sendFullMap(): void {
    if (this.isClosed || this.hasFullMap || !this.saidHello || !this.hasUploaded) return;
    this.hasFullMap = true;
    const clocks = Y.decodeStateVector(this.room.stateVector());
    this.send([toFrame(encodeSaved({ clocks, decided: this.decided, seq: this.room.lastSeq }))]);
  }

  private stepOne(): Buffer {
    return syncFrame(SYNC.step1, this.room.stateVector());
  }
}

/** @throws what is not the message's fault. */
function refusedUnread(error: unknown): Judged {
  if (error instanceof UpdateHangs) {
    return { admission: nothingTaken('not-applicable', []), reason: `reading it: ${error.message}`, isHanging: true };
  }
  if (!(error instanceof MalformedUpdate)) throw error;
  const code = error instanceof ValueTooLarge ? 'too-large' : 'malformed';
  return { admission: nothingTaken(code, []), reason: error.message };
}

const REASONS: Partial<Readonly<Record<RefusalCode, string>>> = {
  'foreign-client': 'changes under a client id that belongs to somebody else',
  'not-allowed': 'values taken away without anything newer in their place',
  'unknown-past': 'changes that build on something the server does not have',
};

const reasonFor = ({ refused }: Admission): string => (refused === null ? '' : (REASONS[refused.code] ?? refused.code));
