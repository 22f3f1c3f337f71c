/** The files on records in an export: what each is called there, and which have to stay out. */
import { type FileRecord, isFileHash } from '../../shared/entities/file.ts';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { safeFileName } from '../http/safe-file-headers.ts';
import type { FileStore } from '../storage/file-store.ts';

export interface ExportedFile {
  /** Within the zip. */
  readonly path: string;
  readonly hash: string;
  /** Why its bytes are not in the zip; null when they are. */
  readonly missing: 'not on the server' | 'no room in the zip' | null;
}

/** A zip of this kind ends at 4 GiB; what stands before the files has room besides. */
const MOST_FILE_BYTES = 3_500_000_000;

/** One for each of these records that is a file, in their order, as long as there is room. */
export function* exportedFiles(
  records: Iterable<AnyRecord>,
  files: Pick<FileStore, 'sizeOf'> | undefined,
): Generator<ExportedFile> {
  let bytes = 0;
  for (const record of records) {
    if (record.entity !== 'file') continue;
    const { id, name, hash } = record as unknown as FileRecord;
    const path = `files/${safeEntryName(id)}-${safeFileName(name)}`;
    const size = isFileHash(hash) ? (files?.sizeOf(hash) ?? null) : null;
    if (size === null) yield { path, hash, missing: 'not on the server' };
    else if (bytes + size > MOST_FILE_BYTES) yield { path, hash, missing: 'no room in the zip' };
    else {
      bytes += size;
      yield { path, hash, missing: null };
    }
  }
}

/** A record id comes from a peer: nothing of it may name another folder. */
export const safeEntryName = (text: string) => text.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 100) || 'unnamed';
