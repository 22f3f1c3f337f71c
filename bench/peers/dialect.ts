/** What the servers are told: y-protocols for all, a document's name and a token in front for Hocuspocus, a hello for ours. */
import * as encoding from 'lib0/encoding';
import { DATA_SCHEMA, encodeClientHello, MESSAGE, PROTOCOL, SYNC } from '../../shared/sync/protocol.ts';

export type Dialect = 'rapport' | 'yjs' | 'hocuspocus' | 'raw';

const AUTH = 2;
const SYNC_REPLY = 4;

export interface Speech {
  /** Bytes before the message type of everything received. */
  readonly prefix: number;
  /** What is sent as soon as the line is open. */
  readonly opening: (clientId: number, stateVector: Uint8Array) => readonly Uint8Array[];
  readonly sync: (type: number, payload: Uint8Array) => Uint8Array;
  /** A message type that carries a sync message. */
  readonly isSync: (type: number) => boolean;
}

export function speechOf(dialect: Dialect, room: string): Speech {
  const name = encoding.createEncoder();
  encoding.writeVarString(name, room);
  const prefix = dialect === 'hocuspocus' ? encoding.toUint8Array(name) : new Uint8Array();
  const message = (write: (encoder: encoding.Encoder) => void) => {
    const encoder = encoding.createEncoder();
    encoding.writeUint8Array(encoder, prefix);
    write(encoder);
    return encoding.toUint8Array(encoder);
  };
  const sync = (type: number, payload: Uint8Array) =>
    message((encoder) => {
      encoding.writeVarUint(encoder, MESSAGE.sync);
      encoding.writeVarUint(encoder, type);
      encoding.writeVarUint8Array(encoder, payload);
    });
  return {
    prefix: prefix.length,
    isSync: (type) => type === MESSAGE.sync || (dialect === 'hocuspocus' && type === SYNC_REPLY),
    sync,
    opening(clientId, stateVector) {
      const stepOne = sync(SYNC.step1, stateVector);
      if (dialect === 'raw') return [];
      if (dialect === 'yjs') return [stepOne];
      if (dialect === 'rapport') {
        const hello = { protocol: PROTOCOL, build: 'bench', schema: DATA_SCHEMA, clock: Date.now() };
        return [encodeClientHello({ ...hello, clientIds: [clientId] }), stepOne];
      }
      // Hocuspocus keeps what comes before it has looked at the token.
      const token = message((encoder) => {
        encoding.writeVarUint(encoder, AUTH);
        encoding.writeVarUint(encoder, 0);
        encoding.writeVarString(encoder, 'bench');
      });
      return [token, stepOne];
    },
  };
}
