/**
 * The first download of a room: its stored snapshot in one packed piece over HTTP, with its progress; what came after it
 * follows over the socket. Whatever is odd about the answer, nothing of it is used and the socket brings everything.
 */
import * as Y from 'yjs';
import { SNAPSHOT_HEADERS } from '../../shared/sync/snapshot-headers.ts';
import { runInSlices } from './slices.ts';
import { splitUpdate } from './split-update.ts';

export interface SnapshotSource {
  readonly fetch: typeof fetch;
  readonly serverId: string;
  readonly userId: string;
}

export interface SnapshotOptions extends SnapshotSource {
  readonly room: string;
  readonly doc: Y.Doc;
  /** The epoch this device was last in step with; empty when it never was. */
  readonly epoch: string;
  /** `ETag` of a snapshot that is in the document already. */
  readonly etag: string | undefined;
  readonly signal: AbortSignal;
  /** The snapshot is whole and about to go into the document: this is what the device is in step with from now on. */
  readonly onArrived: (standing: { readonly epoch: string; readonly seq: number }) => void;
  /** 0 to 1. */
  readonly onProgress: (share: number) => void;
}

/** A line that brings nothing for this long is given up; the socket has its own patience. */
const PATIENCE_MS = 15_000;
/** What no browser could hold as one piece is no honest announcement. */
const LONGEST_BYTES = 1024 ** 3;
/** Told so finely; each time costs a look at all rooms. */
const PROGRESS_STEP = 0.02;

/** Origin of what a snapshot brings. */
const FROM_SNAPSHOT = Symbol('snapshot');

/**
 * Brings the room's snapshot into the document. Resolves with its `ETag` when all of it is there, else with null. Rejects
 * when the line or the answer breaks; then the document holds nothing of it, or a beginning that the socket completes.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<string | null> {
  const { doc, epoch, etag, signal } = options;
  const patience = makePatience(signal);
  try {
    const answer = await options.fetch(`/api/rooms/${options.room}/snapshot`, {
      headers: etag === undefined ? {} : { 'if-none-match': etag },
      cache: 'no-store',
      signal: patience.signal,
    });
    const head = readHead(answer);
    if (head === null || head.server !== options.serverId || head.user !== options.userId) return null;
    // Its data was replaced since: what is to be sent, and what not, is decided at the socket.
    if (epoch !== '' && head.epoch !== epoch) return null;
    const bytes = await readBody(answer, head.length, patience.renew, options.onProgress);
    if (bytes === null || signal.aborted) return null;
    // Throws on bytes that are no update, before any of them is used.
    const parts = splitUpdate(bytes);
    options.onArrived(head);
    await runInSlices(parts, (part) => {
      if (!signal.aborted) Y.applyUpdate(doc, part, FROM_SNAPSHOT);
    });
    return signal.aborted ? null : head.etag;
  } finally {
    patience.end();
  }
}

interface Head {
  readonly server: string;
  readonly user: string;
  readonly epoch: string;
  readonly seq: number;
  readonly length: number;
  readonly etag: string;
}

/** Null for every answer that brings no snapshot, 304 (it is here already) among them. */
function readHead({ status, headers }: Response): Head | null {
  const text = (name: string) => headers.get(name) ?? '';
  const [seq, length] = [SNAPSHOT_HEADERS.seq, SNAPSHOT_HEADERS.length].map((name) => Number(text(name)));
  if (status !== 200 || seq === undefined || length === undefined) return null;
  if (!(seq > 0 && length > 0 && length <= LONGEST_BYTES)) return null;
  return {
    server: text(SNAPSHOT_HEADERS.server),
    user: text(SNAPSHOT_HEADERS.user),
    epoch: text(SNAPSHOT_HEADERS.epoch),
    seq,
    length,
    etag: text('etag'),
  };
}

/** Null when it is not exactly as long as announced. */
async function readBody(
  { body }: Response,
  length: number,
  onChunk: () => void,
  onProgress: (share: number) => void,
): Promise<Uint8Array | null> {
  if (body === null) return null;
  const bytes = new Uint8Array(length);
  const reader = body.getReader();
  let [at, told] = [0, 0];
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    if (at + chunk.value.length > length) {
      await reader.cancel();
      return null;
    }
    onChunk();
    bytes.set(chunk.value, at);
    at += chunk.value.length;
    if (at / length - told < PROGRESS_STEP && at < length) continue;
    told = at / length;
    onProgress(told);
  }
  return at === length ? bytes : null;
}

/** Ends with `signal`, or when it is not renewed in time. */
function makePatience(signal: AbortSignal) {
  const control = new AbortController();
  const give = () => control.abort();
  let timer = setTimeout(give, PATIENCE_MS);
  if (signal.aborted) give();
  signal.addEventListener('abort', give);
  const end = () => {
    clearTimeout(timer);
    signal.removeEventListener('abort', give);
  };
  return {
    signal: control.signal,
    renew: () => {
      clearTimeout(timer);
      timer = setTimeout(give, PATIENCE_MS);
    },
    end,
  };
}
