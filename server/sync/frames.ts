/** Messages and WebSocket frames as bytes. A broadcast is framed once, however many sockets it goes to. */
import * as encoding from 'lib0/encoding';
import { MESSAGE, type SYNC } from '../../shared/sync/protocol.ts';

/**
 * One whole unmasked binary WebSocket frame (RFC 6455 §5.2), ready for `socket.write`. Compression is off on these
 * sockets, so that frames are the same bytes for everybody.
 */
export function toFrame(message: Uint8Array): Buffer {
  const length = message.length;
  const headerLength = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(headerLength + length);
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
  return frame;
}

export function syncFrame(type: (typeof SYNC)[keyof typeof SYNC], payload: Uint8Array): Buffer {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint8Array(encoder, payload);
  return toFrame(encoding.toUint8Array(encoder));
}

export function awarenessFrame(update: Uint8Array): Buffer {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.awareness);
  encoding.writeVarUint8Array(encoder, update);
  return toFrame(encoding.toUint8Array(encoder));
}
