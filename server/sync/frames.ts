/** Messages and WebSocket frames as bytes. A broadcast is framed once, however many sockets it goes to. */
import * as encoding from 'lib0/encoding';
import { MESSAGE, type SYNC } from '../../shared/sync/protocol.ts';

/**
 * One whole unmasked binary WebSocket frame (RFC 6455 §5.2), ready for `socket.write`. Compression is off on these
 * sockets, so that frames are the same bytes for everybody.
 *
 * @param payload what follows the message's own beginning.
 */
export function toFrame(message: Uint8Array, payload: Uint8Array = NOTHING): Buffer {
  return framed(message, payload, payload.length);
}

const NOTHING = new Uint8Array();

/** @param payload of the announced length, or nothing where it is sent right behind. */
function framed(message: Uint8Array, payload: Uint8Array, payloadLength: number): Buffer {
  const length = message.length + payloadLength;
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + message.length + payload.length);
  frame[0] = 0x82; // final, binary
  if (headerLength === 2) {
    frame[1] = length;
  } else if (headerLength === 4) {
    frame[1] = 126;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = 127;
    frame.writeBigUInt64BE(BigInt(length), 2);
  }
  frame.set(message, headerLength);
  frame.set(payload, headerLength + message.length);
  return frame;
}

/** What is larger stays a piece of its own; a reader's limit on what is unread tells large answers from news by their size. */
const LARGEST_PIECE_BYTES = 512 * 1024;

const LARGEST_JOINED_BYTES = 16 * 1024;

/** Frames for everybody, and who sent what they carry: they get the others only. */
export interface SourcedFrame<Source> {
  readonly source: Source;
  readonly frame: Buffer;
}

/** Some frames in one piece of memory, which all sockets share. */
class Piece<Source> {
  readonly bytes: Buffer;
  /** Where each source's own frames begin and end, two numbers a stretch. */
  private readonly own = new Map<Source, number[]>();

  constructor(frames: readonly SourcedFrame<Source>[], length: number) {
    const [only] = frames;
    this.bytes =
      frames.length === 1 && only !== undefined
        ? only.frame
        : Buffer.concat(
            frames.map(({ frame }) => frame),
            length,
          );
    let at = 0;
    for (const { source, frame } of frames) {
      const stretches = this.own.get(source);
      if (stretches === undefined) this.own.set(source, [at, at + frame.length]);
      else if (stretches.at(-1) === at) stretches[stretches.length - 1] = at + frame.length;
      else stretches.push(at, at + frame.length);
      at += frame.length;
    }
  }

  addWithout(source: Source, to: Buffer[]): void {
    const stretches = this.own.get(source);
    if (stretches === undefined) {
      to.push(this.bytes);
      return;
    }
    let at = 0;
    for (let index = 0; index < stretches.length; index += 2) {
      const from = stretches[index] ?? 0;
      if (from > at) to.push(this.bytes.subarray(at, from));
      at = stretches[index + 1] ?? at;
    }
    if (at < this.bytes.length) to.push(this.bytes.subarray(at));
  }
}

/**
 * Joins the frames of one commit, so that each socket takes few writes however many there are. Returns what is to be
 * written to a source.
 */
export function joinFrames<Source>(frames: readonly SourcedFrame<Source>[]): (source: Source) => Buffer[] {
  const pieces: Piece<Source>[] = [];
  let gathered: SourcedFrame<Source>[] = [];
  let length = 0;
  const close = () => {
    if (gathered.length > 0) pieces.push(new Piece(gathered, length));
    gathered = [];
    length = 0;
  };
  for (const each of frames) {
    if (length + each.frame.length > LARGEST_PIECE_BYTES) close();
    gathered.push(each);
    length += each.frame.length;
  }
  close();
  return (source) => {
    const theirs: Buffer[] = [];
    for (const piece of pieces) piece.addWithout(source, theirs);
    return theirs;
  };
}

/** Few writes instead of many. A large piece goes as it is: it would only be copied. */
export function joinSmall(frames: readonly Buffer[]): readonly Buffer[] {
  if (frames.length < 2) return frames;
  const joined: Buffer[] = [];
  let small: Buffer[] = [];
  const close = () => {
    if (small.length > 0) joined.push(Buffer.concat(small));
    small = [];
  };
  for (const frame of frames) {
    if (frame.length <= LARGEST_JOINED_BYTES) small.push(frame);
    else {
      close();
      joined.push(frame);
    }
  }
  close();
  return joined;
}

export function syncFrame(type: SyncType, payload: Uint8Array): Buffer {
  return toFrame(syncHead(type, payload), payload);
}

/** The same in pieces to be sent one behind the other: a large payload is not copied, and must not change any more. */
export function syncPieces(type: SyncType, payload: Uint8Array): readonly Buffer[] {
  if (payload.length <= LARGEST_JOINED_BYTES) return [syncFrame(type, payload)];
  const { buffer, byteOffset, byteLength } = payload;
  return [framed(syncHead(type, payload), NOTHING, payload.length), Buffer.from(buffer, byteOffset, byteLength)];
}

type SyncType = (typeof SYNC)[keyof typeof SYNC];

/** A sync message up to its payload. */
function syncHead(type: SyncType, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint(encoder, payload.length);
  return encoding.toUint8Array(encoder);
}

export function awarenessFrame(update: Uint8Array): Buffer {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.awareness);
  encoding.writeVarUint8Array(encoder, update);
  return toFrame(encoding.toUint8Array(encoder));
}
