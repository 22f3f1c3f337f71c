/**
 * What is worked out of a room's snapshot and can be worked out again, in `snapshots/` of the data folder: its bytes as a
 * browser downloads them, and its clocks. One file per snapshot and kind, named after both; a damaged one counts as none.
 *
 * Law: nothing here outlives the snapshot it was made of by more than a tidying (half a minute), so that what was taken
 * out of a room is not found here.
 */
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { makeFolder } from './data-folder.ts';
import type { SnapshotMark } from './snapshot-store.ts';

const FOLDER = 'snapshots';
const PARTIAL = '.partial';
const CHECK_BYTES = 4;

/** `gz`: the snapshot as gzip. `clocks`: see server/sync/stored-room.ts. */
export type ShelfKind = 'gz' | 'clocks';

export interface SnapshotShelf {
  /** Null when it is not here, or damaged. */
  get(room: string, mark: SnapshotMark, kind: ShelfKind): Buffer | null;
  /** Failures are reported and cost nothing but time: it is worked out again. */
  put(room: string, mark: SnapshotMark, kind: ShelfKind, bytes: Uint8Array): void;
  /** Takes away what belongs to no present snapshot. */
  tidy(markOf: (room: string) => SnapshotMark | null): void;
}

export function createSnapshotShelf(
  dataFolder: string,
  report: (message: string, error?: unknown) => void = () => undefined,
): SnapshotShelf {
  const folder = resolve(dataFolder, FOLDER);
  const stemOf = (room: string, { seq, crc }: SnapshotMark) => `${room}@${seq}-${crc}`;
  const fileOf = (room: string, mark: SnapshotMark, kind: ShelfKind) => join(folder, `${stemOf(room, mark)}.${kind}`);

  return {
    get(room, mark, kind) {
      try {
        const file = readFileSync(fileOf(room, mark, kind));
        const bytes = file.subarray(CHECK_BYTES);
        return file.length >= CHECK_BYTES && file.readUInt32BE(0) === crc32(bytes) ? bytes : null;
      } catch {
        return null;
      }
    },
    put(room, mark, kind, bytes) {
      const file = fileOf(room, mark, kind);
      try {
        makeFolder(folder);
        const check = Buffer.alloc(CHECK_BYTES);
        check.writeUInt32BE(crc32(bytes));
        writeFileSync(file + PARTIAL, check);
        writeFileSync(file + PARTIAL, bytes, { flag: 'a' });
        renameSync(file + PARTIAL, file);
      } catch (error) {
        report(`What was worked out of the snapshot of ${room} could not be kept; it is worked out again`, error);
      }
    },
    tidy(markOf) {
      for (const name of namesIn(folder)) {
        const room = name.slice(0, name.indexOf('@'));
        const mark = markOf(room);
        const isCurrent = mark !== null && name.startsWith(`${stemOf(room, mark)}.`) && !name.endsWith(PARTIAL);
        if (!isCurrent) rmSync(join(folder, name), { force: true });
      }
    },
  };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
