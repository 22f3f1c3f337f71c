/** The load: edits as our client makes them (a new key, the older one of the same path deleted), written out by hand. */
import * as encoding from 'lib0/encoding';
import { RECORDS } from '../../shared/sync/record-keys.ts';
import { formatStamp } from '../../shared/sync/stamp.ts';

/** Stands before the sixteen digits (µs of the machine's steady clock) of an edit's value. */
export const MARK = '@@';
export const MARK_DIGITS = 16;

const MAP_ENTRY_OF_ANY = 0x28;
const TEXT_VALUE = 119;

export interface EditorOptions {
  readonly clientId: number;
  /** Ten characters; see shared/sync/stamp.ts. */
  readonly writer: string;
  /** Entity of the records whose notes are edited. */
  readonly entity: string;
  /** It goes through so many again and again; `MOST_RECORDS` when left out. */
  readonly records?: number;
}

const MOST_RECORDS = 1_024;
/** With more edits that belong to no record our server takes the room for one whose edits outweigh it, and folds it. */
const MOST_KEYS = 18_000;

/** Through how many records each of so many devices goes. */
export const recordsEach = (devices: number) => Math.min(MOST_RECORDS, Math.floor(MOST_KEYS / devices));

/** One device that writes notes. */
export class Editor {
  clock = 0;
  readonly clientId: number;
  private readonly options: EditorOptions;
  private time = Date.now() - 60_000;

  constructor(options: EditorOptions) {
    this.options = options;
    this.clientId = options.clientId;
  }

  /** The next edits as one Yjs update. */
  next(count = 1, text = steadyMicroseconds()): Uint8Array {
    const { clientId, writer, entity, records = MOST_RECORDS } = this.options;
    const first = this.clock;
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, 1);
    encoding.writeVarUint(encoder, count);
    encoding.writeVarUint(encoder, clientId);
    encoding.writeVarUint(encoder, first);
    for (let index = 0; index < count; index++) {
      encoding.writeUint8(encoder, MAP_ENTRY_OF_ANY);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarString(encoder, RECORDS);
      encoding.writeVarString(
        encoder,
        `${entity}_${String(((first + index) % records) + clientId * MOST_RECORDS)
          .padStart(16, '0')
          .slice(-16)}/note/${formatStamp(this.time++, 0, writer)}`,
      );
      encoding.writeVarUint(encoder, 1);
      encoding.writeUint8(encoder, TEXT_VALUE);
      encoding.writeVarString(encoder, `Called back, wants the offer ${MARK}${text}`);
    }
    this.clock += count;
    const deletedFrom = Math.max(0, first - records);
    const deleted = Math.max(0, this.clock - records) - deletedFrom;
    encoding.writeVarUint(encoder, deleted > 0 ? 1 : 0);
    if (deleted > 0) {
      encoding.writeVarUint(encoder, clientId);
      encoding.writeVarUint(encoder, 1);
      encoding.writeVarUint(encoder, deletedFrom);
      encoding.writeVarUint(encoder, deleted);
    }
    return encoding.toUint8Array(encoder);
  }
}

/** The same in every process of the machine. */
function steadyMicroseconds(): string {
  return String(process.hrtime.bigint() / 1_000n).padStart(MARK_DIGITS, '0');
}
