/**
 * The bytes of files people put on records, in `files/` of the data folder: one file per content, named after its SHA-256
 * (`files/ab/abcd…`), written once and never changed. What no record points to any more stays: removing a file can be
 * undone for as long as the history lasts. Only what was on a person who was erased goes.
 *
 * Nothing has its name before all of it is on the disk and the hash was checked.
 */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { copyFile, link, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { isFileHash } from '../../shared/entities/file.ts';
import { syncFile } from './backup-file.ts';
import { makeFolder } from './data-folder.ts';

const FILES_FOLDER = 'files';
const INCOMING = 'incoming';

export interface FileLimits {
  /** Bytes of one file. */
  readonly largest: number;
  /** Bytes of all files together; 0 = as many as the disk holds. */
  readonly quota: number;
}

export type FileRefusal = 'too-large' | 'quota' | 'disk-full' | 'wrong-hash';

/** An upload that was not stored; nothing of it is left. */
export class FileRefused extends Error {
  override readonly name = 'FileRefused';
  readonly reason: FileRefusal;

  constructor(reason: FileRefusal) {
    super(reason);
    this.reason = reason;
  }
}

export interface FileStore {
  readonly limits: FileLimits;
  /** Bytes of everything stored. */
  used(): number;
  /** Counts files that were stored since the start. */
  stored(): number;
  has(hash: string): boolean;
  /** Bytes of a stored file; null when it is not here. */
  sizeOf(hash: string): number | null;
  read(hash: string): AsyncIterable<Uint8Array>;
  /**
   * Takes a file in; one that is here already is not written again. `announced` is how long it says it is.
   *
   * @throws FileRefused, and what the disk says.
   */
  write(hash: string, bytes: AsyncIterable<Uint8Array>, announced: number | null): Promise<void>;
  /** Takes a file away for good; nothing happens when it is not here. */
  remove(hash: string): void;
  /** Copies what is missing into `files/` of another folder; returns how many. */
  mirrorTo(folder: string): Promise<number>;
}

export function createFileStore(dataFolder: string, limits: FileLimits): FileStore {
  const folder = resolve(dataFolder, FILES_FOLDER);
  const incoming = join(folder, INCOMING);
  // What an ended process had begun.
  rmSync(incoming, { recursive: true, force: true });
  let usedBytes = sizeOfAll(folder);
  /** Bytes of uploads under way, so that ten at once cannot overrun what one may not. */
  let reserved = 0;
  let stored = 0;

  const pathOf = (hash: string) => {
    if (!isFileHash(hash)) throw new Error('not a hash');
    return join(folder, hash.slice(0, 2), hash);
  };
  const sizeOf = (hash: string): number | null => {
    const path = pathOf(hash);
    return existsSync(path) ? statSync(path).size : null;
  };

  function reserve(bytes: number): void {
    if (limits.quota > 0 && usedBytes + reserved + bytes > limits.quota) throw new FileRefused('quota');
    reserved += bytes;
  }

  async function write(hash: string, bytes: AsyncIterable<Uint8Array>, announced: number | null): Promise<void> {
    if (sizeOf(hash) !== null) return;
    if ((announced ?? 0) > limits.largest) throw new FileRefused('too-large');
    let held = 0;
    const partial = join(incoming, `${hash}.${randomBytes(6).toString('hex')}`);
    try {
      reserve(announced ?? 0);
      held = announced ?? 0;
      makeFolder(incoming);
      const digest = createHash('sha256');
      const file = await open(partial, 'wx');
      let size = 0;
      try {
        for await (const chunk of bytes) {
          size += chunk.length;
          if (size > limits.largest) throw new FileRefused('too-large');
          if (size > held) {
            reserve(size - held);
            held = size;
          }
          digest.update(chunk);
          await file.writeFile(chunk);
        }
        if (digest.digest('hex') !== hash) throw new FileRefused('wrong-hash');
        await file.sync();
      } finally {
        await file.close();
      }
      await give(partial, hash, size);
    } catch (error) {
      throw isFull(error) ? new FileRefused('disk-full') : error;
    } finally {
      reserved -= held;
      await rm(partial, { force: true });
    }
  }

  async function give(partial: string, hash: string, size: number): Promise<void> {
    const path = pathOf(hash);
    makeFolder(dirname(path));
    const isNew = sizeOf(hash) === null;
    await rename(partial, path);
    syncFile(dirname(path));
    if (!isNew) return;
    usedBytes += size;
    stored++;
  }

  return {
    limits,
    used: () => usedBytes,
    stored: () => stored,
    has: (hash) => sizeOf(hash) !== null,
    sizeOf,
    read: (hash) => createReadStream(pathOf(hash)),
    write,
    remove(hash) {
      const size = sizeOf(hash);
      if (size === null) return;
      rmSync(pathOf(hash), { force: true });
      usedBytes -= size;
    },
    mirrorTo: (target) => mirrorFiles(dirname(folder), target),
  };
}

/**
 * Brings every file of one folder's `files/` that another one lacks into it; returns how many. On one disk they share their
 * bytes (nobody ever writes into a stored file), elsewhere they are copied.
 */
export async function mirrorFiles(from: string, to: string): Promise<number> {
  const [source, target] = [resolve(from, FILES_FOLDER), resolve(to, FILES_FOLDER)];
  let count = 0;
  for (const prefix of await namesIn(source, /^[0-9a-f]{2}$/)) {
    const there = new Set(await namesIn(join(target, prefix), /./));
    for (const name of await namesIn(join(source, prefix), /^[0-9a-f]{64}$/)) {
      if (there.has(name)) continue;
      makeFolder(join(target, prefix));
      await bring(join(source, prefix, name), join(target, prefix, name));
      count++;
    }
  }
  return count;
}

/** Takes files out of a folder's `files/`. */
export function removeMirrored(folder: string, hashes: readonly string[]): void {
  for (const hash of hashes) {
    if (isFileHash(hash)) rmSync(join(resolve(folder, FILES_FOLDER), hash.slice(0, 2), hash), { force: true });
  }
}

async function bring(from: string, to: string): Promise<void> {
  try {
    await link(from, to);
    return;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return;
  }
  const partial = `${to}.partial`;
  await copyFile(from, partial);
  const [original, copy] = await Promise.all([stat(from), stat(partial)]);
  if (original.size !== copy.size) throw new Error(`${to} was not copied whole`);
  syncFile(partial);
  await rename(partial, to);
}

async function namesIn(folder: string, pattern: RegExp): Promise<readonly string[]> {
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).filter((name) => pattern.test(name));
}

function sizeOfAll(folder: string): number {
  if (!existsSync(folder)) return 0;
  let bytes = 0;
  for (const prefix of readdirSync(folder)) {
    for (const name of readdirSync(join(folder, prefix))) {
      if (isFileHash(name)) bytes += statSync(join(folder, prefix, name)).size;
    }
  }
  return bytes;
}

const isFull = (error: unknown) => ['ENOSPC', 'EDQUOT'].includes(codeOf(error));

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');
