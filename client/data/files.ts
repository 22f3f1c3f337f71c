/**
 * Files on records, from this device's side. A file is on the disk of the device before its record is written, and is sent
 * when there is a line, however often that takes; what was opened stays here for a while, what is pinned for good. Loaded
 * after the first paint.
 */
import { createEffect, createMemo, createRoot, createSignal, on } from 'solid-js';
import { CommandRefused, type Tx } from '../../shared/commands/command.ts';
import { addFile, fileTitle } from '../../shared/commands/file-commands.ts';
import type { FileRecord } from '../../shared/entities/file.ts';
import { sizeInWords } from '../../shared/model/byte-size.ts';
import { hashOfBytes } from './file-hash.ts';
import { type FileShelf, openFileShelf, type ShelfEntry, ShelfFull } from './file-shelf.ts';
import type { FileTransport, MissingFiles } from './file-transport.ts';
import type { Workspace } from './workspace.ts';

/** What is wanted of a file: its record has all of it. */
export interface FileFacts {
  readonly hash: string;
  readonly name: string;
  readonly type: string;
  readonly bytes: number;
}

export interface AddFilesOptions {
  readonly about: FileRecord['about'];
  /** The entry of the timeline they came with, or the command that writes it in the same step of undo. */
  readonly activity?: FileRecord['activity'] | ((tx: Tx) => NonNullable<FileRecord['activity']>);
  /** What undo says, when not that files were added. */
  readonly label?: string;
  /** Epoch ms; now when left out. */
  readonly at?: number;
}

export interface AddedFiles {
  readonly ids: readonly string[];
  /** The record of each file that was added. */
  readonly idOf: ReadonlyMap<File, string>;
  /** A sentence for each file that was not added. */
  readonly problems: readonly string[];
}

/** Where a file is, as far as this device knows; `elsewhere`: with the server or on the device that added it. */
export type FilePlace =
  | { readonly kind: 'here'; readonly isPinned: boolean }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'sending'; readonly share: number }
  | { readonly kind: 'refused'; readonly sentence: string }
  | { readonly kind: 'elsewhere' };

export interface UnsentFile {
  readonly hash: string;
  readonly name: string;
  readonly bytes: number;
  readonly place: FilePlace;
  /** Epoch ms. */
  readonly at: number;
}

/** Why a file cannot be opened here and now, as a sentence. Screens know it by its name: this code is loaded late. */
class FileUnavailable extends Error {
  override readonly name = 'FileUnavailable';
}

export interface Files {
  /** Stores, then writes the records as one step of undo. Resolves when they are on the disk; never waits for the network. */
  add(files: readonly File[], options: AddFilesOptions): Promise<AddedFiles>;
  /** From this device or the server; whatever came from there stays here for a while. @throws FileUnavailable */
  open(file: FileFacts): Promise<Blob>;
  /** Whether the server can hand it out now: for what is shown without being asked for. False without a line. */
  isWithServer(hash: string): Promise<boolean>;
  /** Keeps a file on this device, or lets it go when room is needed. @throws FileUnavailable */
  pin(file: FileFacts, isPinned: boolean): Promise<void>;
  /** Tracks. */
  place(hash: string): FilePlace;
  /** Files of records that the server does not have yet; tracks. */
  unsent(): readonly UnsentFile[];
  /** Offers everything again: there is a line, or somebody asked. */
  tryNow(): void;
  /** Records were removed for good: what the server has no more is not kept here either. */
  askAgain(): void;
  /** The bytes of what is not with the server, for a copy. */
  unsentContent(): Promise<readonly { readonly name: string; readonly hash: string; readonly content: Blob }[]>;
  close(): void;
}

export interface FilesOptions {
  /** Unique to server and person. */
  readonly databaseName: string;
  readonly transport: FileTransport;
  readonly workspace: Pick<Workspace, 'run' | 'canWrite' | 'collection'>;
  readonly now?: () => number;
}

/** Of what was opened so much stays; what waits or is pinned comes on top. */
const KEPT_BYTES = 300_000_000;
/** Until the server has said what it takes. */
const USUAL_LARGEST = 100_000_000;
const RETRY_MS = [2_000, 5_000, 15_000, 60_000] as const;
const ASK_AFTER_MS = 200;
const NONE: MissingFiles = { missing: [], gone: [] };
const REFUSED_AGAIN_MS = 10 * 60_000;

export async function createFiles(options: FilesOptions): Promise<Files> {
  const { databaseName, transport, workspace, now = Date.now } = options;
  const shelf = await openFileShelf(databaseName);
  const [entries, setEntries] = createSignal<ReadonlyMap<string, ShelfEntry>>(await readEntries(shelf));
  const [sending, setSending] = createSignal<{ readonly hash: string; readonly sent: number } | null>(null);
  const [refused, setRefused] = createSignal<ReadonlyMap<string, string>>(new Map());
  const fetching = new Map<string, Promise<Blob>>();
  const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(databaseName);
  let largest = USUAL_LARGEST;
  let isSending = false;
  let isAsked = false;
  let isClosed = false;
  let attempts = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let askTimer: ReturnType<typeof setTimeout> | undefined;

  if (channel) channel.onmessage = () => void readEntries(shelf).then(setEntries, () => undefined);
  const tellTabs = () => channel?.postMessage('changed');

  const place = (hash: string): FilePlace => {
    const entry = entries().get(hash);
    if (entry === undefined) return { kind: 'elsewhere' };
    if (!entry.isUnsent) return { kind: 'here', isPinned: entry.isPinned };
    const sentence = refused().get(hash);
    if (sentence !== undefined) return { kind: 'refused', sentence };
    const { hash: current, sent } = sending() ?? { hash: '', sent: 0 };
    return current === hash
      ? { kind: 'sending', share: entry.bytes === 0 ? 1 : sent / entry.bytes }
      : { kind: 'waiting' };
  };

  /** A file whose records are all in the trash is nothing anybody waits for. */
  const isWanted = ({ recordIds }: ShelfEntry): boolean => {
    const records = recordIds.map((id) => workspace.collection('file').byIdInTrash(id));
    return records.length === 0 || records.some((record) => record === undefined || !record.deleted);
  };
  const [unsentEntries, disposeRoot] = createRoot((dispose) => {
    // In one order, in memory as after a reading.
    const unsent = createMemo(() =>
      [...entries().values()]
        .filter((entry) => entry.isUnsent && isWanted(entry))
        .sort((left, right) => left.usedAt - right.usedAt || (left.name < right.name ? -1 : 1)),
    );
    // New ones, and those whose records came back out of the trash.
    createEffect(on(unsent, () => void Promise.resolve().then(sendAll)));
    return [unsent, dispose] as const;
  });

  async function change(hashes: readonly string[], how: (entry: ShelfEntry) => ShelfEntry): Promise<void> {
    const changed = await shelf.change(hashes, how);
    setEntries((before) => new Map([...before, ...changed.map((entry) => [entry.hash, entry] as const)]));
    tellTabs();
  }

  /** Room for so many bytes among what is only kept because it was opened. */
  async function makeRoom(bytes: number, most = KEPT_BYTES): Promise<void> {
    const loose = [...entries().values()].filter(({ isUnsent, isPinned }) => !isUnsent && !isPinned);
    let total = bytes + loose.reduce((sum, entry) => sum + entry.bytes, 0);
    const gone: string[] = [];
    for (const entry of loose.sort((left, right) => left.usedAt - right.usedAt)) {
      if (total <= most) break;
      total -= entry.bytes;
      gone.push(entry.hash);
    }
    if (gone.length === 0) return;
    await shelf.remove(gone);
    setEntries((before) => new Map([...before].filter(([hash]) => !gone.includes(hash))));
    tellTabs();
  }

  async function keep(entry: ShelfEntry, content: Blob): Promise<void> {
    if (!entry.isUnsent && !entry.isPinned) await makeRoom(entry.bytes);
    try {
      await shelf.put(entry, content);
    } catch (error) {
      if (!(error instanceof ShelfFull)) throw error;
      await makeRoom(0, 0);
      await shelf.put(entry, content);
    }
    setEntries((before) => new Map([...before, [entry.hash, entry]]));
    tellTabs();
  }

  /** Takes the bytes in; returns what is to be written down, or a sentence. */
  async function store(file: File): Promise<FileFacts | string> {
    const name = fileTitle(file.name);
    if (file.size > largest) {
      const [has, most] = [sizeInWords(file.size), sizeInWords(largest)];
      const why =
        has === most ? `has a little more than ${most}, the most that fits` : `has ${has}; at most ${most} fit`;
      return `${name} ${why}. It was not added. Make it smaller, or put a link to it into a note.`;
    }
    // Read once, so that what is stored is what was counted: the file on the disk may change.
    const bytes = await file.arrayBuffer().catch(() => null);
    if (bytes === null)
      return `${name} could not be read. It may be a folder, or it was moved. Nothing was added of it.`;
    const hash = await hashOfBytes(bytes);
    const facts: FileFacts = { hash, name, type: file.type.slice(0, 200), bytes: bytes.byteLength };
    const known = entries().get(hash);
    if (known !== undefined) return facts;
    try {
      const entry = { hash, name, bytes: facts.bytes, recordIds: [], isUnsent: true, isPinned: false, usedAt: now() };
      await keep(entry, new Blob([bytes]));
      return facts;
    } catch (error) {
      if (!(error instanceof ShelfFull)) throw error;
      return `This device has no room for ${name} (${sizeInWords(facts.bytes)}). It was not added; everything else is safe. Free some space, then add it again.`;
    }
  }

  async function add(
    files: readonly File[],
    { about, activity, at, label: given }: AddFilesOptions,
  ): Promise<AddedFiles> {
    const added: File[] = [];
    const stored: FileFacts[] = [];
    const problems: string[] = [];
    for (const file of files) {
      const result = await store(file);
      if (typeof result === 'string') {
        problems.push(result);
      } else {
        added.push(file);
        stored.push(result);
      }
    }
    if (stored.length === 0 && typeof activity !== 'function') return { ids: [], idOf: new Map(), problems };
    const label =
      given ?? (stored.length === 1 ? `${shortName(stored[0]?.name ?? '')} added` : `${stored.length} files added`);
    const ids = await written(stored, () =>
      workspace.run(label, (tx) => {
        const entry = typeof activity === 'function' ? activity(tx) : (activity ?? null);
        return stored.map((facts) => addFile(tx, { ...facts, about, activity: entry, at: at ?? null }));
      }),
    );
    const made = (hash: string) => ids.filter((_, index) => stored[index]?.hash === hash);
    const hashes = [...new Set(stored.map(({ hash }) => hash))];
    await change(hashes, (entry) => ({ ...entry, recordIds: [...entry.recordIds, ...made(entry.hash)] }));
    return { ids, idOf: new Map(added.map((file, index) => [file, ids[index] as string])), problems };
  }

  /** What may not be written down is not kept for it. */
  async function written<T>(stored: readonly FileFacts[], run: () => T): Promise<T> {
    try {
      return run();
    } catch (error) {
      if (!(error instanceof CommandRefused)) throw error;
      const orphans = stored.map(({ hash }) => hash).filter((hash) => entries().get(hash)?.recordIds.length === 0);
      await shelf.remove(orphans);
      setEntries((before) => new Map([...before].filter(([hash]) => !orphans.includes(hash))));
      throw error;
    }
  }

  function open(file: FileFacts): Promise<Blob> {
    const running = fetching.get(file.hash) ?? find(file).finally(() => fetching.delete(file.hash));
    fetching.set(file.hash, running);
    return running;
  }

  async function find(file: FileFacts): Promise<Blob> {
    const entry = entries().get(file.hash);
    if (entry !== undefined) {
      const content = await shelf.read(file.hash);
      if (content !== null) {
        await change([file.hash], (before) => ({ ...before, usedAt: now() }));
        return content;
      }
    }
    const result = await transport.fetch(file.hash);
    if (result.kind !== 'here') throw new FileUnavailable(WHY[result.kind](file.name));
    if ((await hashOfBytes(await result.content.arrayBuffer())) !== file.hash) {
      throw new FileUnavailable(`${file.name} was damaged on its way. Open it again.`);
    }
    const { hash, name, bytes } = file;
    // Not kept is no reason not to show it.
    await keep(
      { hash, name, bytes, recordIds: [], isUnsent: false, isPinned: false, usedAt: now() },
      result.content,
    ).catch(() => undefined);
    return result.content;
  }

  async function isWithServer(hash: string): Promise<boolean> {
    const answer = await transport.missing([hash]);
    return answer !== null && !answer.missing.includes(hash) && !answer.gone.includes(hash);
  }

  async function pin(file: FileFacts, isPinned: boolean): Promise<void> {
    if (!entries().has(file.hash) && isPinned) await open(file);
    if (entries().has(file.hash)) await change([file.hash], (entry) => ({ ...entry, isPinned, usedAt: now() }));
    else if (isPinned) throw new FileUnavailable(`This device has no room for ${file.name}. Free some space first.`);
  }

  async function sendAll(): Promise<void> {
    if (isSending || isClosed || !workspace.canWrite()) return;
    isSending = true;
    clearTimeout(timer);
    try {
      await alone(databaseName, async () => {
        // Another tab may have sent them meanwhile.
        setEntries(await readEntries(shelf));
        await sendEach();
      });
    } catch {
      retryLater();
    } finally {
      isSending = false;
      setSending(null);
    }
  }

  async function sendEach(): Promise<void> {
    for (;;) {
      const next = unsentEntries().find(({ hash }) => !refused().has(hash));
      if (next === undefined || isClosed) break;
      const content = await shelf.read(next.hash);
      if (content === null) {
        setRefused(
          (before) => new Map([...before, [next.hash, 'Its content is no longer on this device. Add it again.']]),
        );
        continue;
      }
      setSending({ hash: next.hash, sent: 0 });
      const result = await transport.send(next.hash, content, (sent) => setSending({ hash: next.hash, sent }));
      if (isClosed) return;
      if (result.kind === 'signed-out') return;
      if (result.kind === 'offline') {
        retryLater();
        return;
      }
      attempts = 0;
      if (result.kind === 'refused') setRefused((before) => new Map([...before, [next.hash, result.sentence]]));
      else await change([next.hash], (entry) => ({ ...entry, isUnsent: false }));
    }
    if (refused().size > 0) timer = setTimeout(tryNow, REFUSED_AGAIN_MS);
  }

  function retryLater(): void {
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(() => void sendAll(), RETRY_MS[Math.min(attempts++, RETRY_MS.length - 1)]);
  }

  /** What the server lost, or never had: this device still has it. */
  async function askServer(): Promise<void> {
    const limits = await transport.limits();
    if (limits === null || isClosed) return;
    ({ largest } = limits);
    if (isAsked) return;
    const answer = entries().size === 0 ? NONE : await transport.missing([...entries().keys()]);
    if (answer === null || isClosed) return;
    isAsked = true;
    if (answer.gone.length > 0) {
      await shelf.remove(answer.gone);
      setEntries((before) => new Map([...before].filter(([hash]) => !answer.gone.includes(hash))));
      tellTabs();
    }
    if (!workspace.canWrite()) return;
    const missing = answer.missing.filter((hash) => entries().get(hash)?.isUnsent === false);
    if (missing.length > 0) await change(missing, (entry) => ({ ...entry, isUnsent: true }));
    void sendAll();
  }

  /** Every room's line says so when it is back: once is enough. */
  function tryNow(): void {
    askTimer ??= setTimeout(() => {
      askTimer = undefined;
      if (isClosed) return;
      attempts = 0;
      setRefused(new Map());
      void sendAll();
      void askServer().catch(() => undefined);
    }, ASK_AFTER_MS);
  }

  tryNow();

  return {
    add,
    open,
    isWithServer,
    pin,
    place,
    unsent: () =>
      unsentEntries().map((entry) => ({
        hash: entry.hash,
        name: entry.name,
        bytes: entry.bytes,
        at: entry.usedAt,
        place: place(entry.hash),
      })),
    tryNow,
    askAgain() {
      isAsked = false;
      tryNow();
    },
    async unsentContent() {
      const found = await Promise.all(
        unsentEntries().map(async ({ hash, name }) => ({ hash, name, content: await shelf.read(hash) })),
      );
      return found.flatMap(({ content, ...rest }) => (content === null ? [] : [{ ...rest, content }]));
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      clearTimeout(askTimer);
      channel?.close();
      disposeRoot();
      shelf.close();
    },
  };
}

/** A name as it fits into a sentence: beginning and ending of a long one. */
function shortName(name: string): string {
  return name.length <= 60 ? name : `${name.slice(0, 44)}…${name.slice(-12)}`;
}

async function readEntries(shelf: FileShelf): Promise<ReadonlyMap<string, ShelfEntry>> {
  return new Map((await shelf.all()).map((entry) => [entry.hash, entry]));
}

/** One tab at a time sends; without locks (plain http) two may, which costs a second upload and nothing else. */
async function alone(name: string, work: () => Promise<void>): Promise<void> {
  const { locks } = globalThis.navigator ?? {};
  if (locks === undefined) await work();
  else await locks.request(`${name}/send`, work);
}

const WHY = {
  offline: (name: string) => `${name} is not on this device yet. It opens when you are online, and stays here then.`,
  'signed-out': (name: string) => `${name} is not on this device yet. Sign in to open it.`,
  'not-there': (name: string) =>
    `${name} has not reached the server yet. It opens here when the device it was added on is online.`,
} as const;
