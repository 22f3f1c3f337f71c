/**
 * A second memory of how far the log went: the epoch and the newest sequence number, in a small file beside the database.
 * SQLite answers a damaged write-ahead log, or an older file put in place, with less data and no word. The witness has one.
 *
 * It is written after each commit and not synced: it survives the process (kill -9 too). After a power cut it may be
 * older than the database, which proves nothing and does no harm.
 */
import { closeSync, existsSync, openSync, readFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export const WITNESS_FILE = 'rapport.witness';

export interface Testimony {
  readonly epoch: string;
  readonly seq: number;
}

export interface Witness {
  /** Remembers the newest committed update. Never throws: a full disk has its own sentences. */
  note(seq: number): void;
  /** Another epoch began. */
  begin(testimony: Testimony): void;
  close(): void;
}

/** What the last server here said; null when there was none, or its file cannot be read. */
export function readTestimony(folder: string): Testimony | null {
  const file = join(folder, WITNESS_FILE);
  if (!existsSync(file)) return null;
  const [epoch, seq] = readFileSync(file, 'utf8').trim().split(/\s+/);
  const number = Number(seq);
  return epoch !== undefined && epoch !== '' && Number.isSafeInteger(number) ? { epoch, seq: number } : null;
}

/** One fixed-width line, so that each note overwrites the whole of the last. */
const lineOf = ({ epoch, seq }: Testimony) => `${epoch.padEnd(36)} ${String(seq).padStart(16)}\n`;

export function openWitness(folder: string, first: Testimony): Witness {
  const path = join(folder, WITNESS_FILE);
  const file = openSync(path, existsSync(path) ? 'r+' : 'w');
  let epoch = '';
  let newest = -1;
  let isClosed = false;
  const note = (next: number) => {
    if (next <= newest || isClosed) return;
    newest = next;
    try {
      writeSync(file, lineOf({ epoch, seq: next }), 0);
    } catch {
      newest = -1;
    }
  };
  const begin = (testimony: Testimony) => {
    epoch = testimony.epoch;
    newest = -1;
    note(testimony.seq);
  };
  begin(first);
  return {
    note,
    begin,
    close() {
      // The number of a closed file is soon another file's.
      if (!isClosed) closeSync(file);
      isClosed = true;
    },
  };
}
