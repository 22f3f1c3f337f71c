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
/** Before each try to go on with what was cut, while none brings anything. */
const WAITS_MS = [500, 1_000, 2_000, 4_000, 8_000];
/** What no browser could hold as one piece is no honest announcement. */
const LONGEST_BYTES = 1024 ** 3;
/** Told so finely; each time costs a look at all rooms. */
const PROGRESS_STEP = 0.02;

/** Origin of what a snapshot brings. */
const FROM_SNAPSHOT = Symbol('snapshot');

/** What has come of a snapshot so far. */
interface Begun {
  readonly head: Head;
  /** As long as all of it. */
  readonly bytes: Uint8Array;
  at: number;
}

/**
 * Brings the room's snapshot into the document. Resolves with its `ETag` when all of it is there, else with null. Rejects
 * when the line or the answer breaks for good; then the document holds nothing of it, or a beginning that the socket
 * completes. A line that breaks in the middle is given a few more chances: what has come is not asked for again.
 */
export async function takeSnapshot(options: SnapshotOptions): Promise<string | null> {
  const { doc, signal } = options;
  const begun = await bringAll(options);
  if (begun === null || signal.aborted) return null;
  // Throws on bytes that are no update, before any of them is used.
  const parts = splitUpdate(begun.bytes);
  options.onArrived(begun.head);
  await runInSlices(parts, (part) => {
    if (!signal.aborted) Y.applyUpdate(doc, part, FROM_SNAPSHOT);
  });
  return signal.aborted ? null : begun.head.etag;
}

/** Null when there is nothing that could be used. */
async function bringAll(options: SnapshotOptions): Promise<Begun | null> {
  let begun: Begun | null = null;
  for (let fruitless = 0; ; ) {
    const had: number = begun?.at ?? 0;
    const patience = makePatience(options.signal);
    try {
      const answer = await ask(options, begun, patience.signal);
      begun = continued(begun, usableHead(answer, options));
      if (begun === null) return null;
      return (await readBody(answer, begun, patience.renew, options.onProgress)) ? begun : null;
    } catch (error) {
      if (begun === null || begun.at === 0 || options.signal.aborted) throw error;
      fruitless = begun.at > had ? 0 : fruitless + 1;
      const wait = WAITS_MS[fruitless];
      if (wait === undefined) throw error;
      await pause(wait, options.signal);
    } finally {
      patience.end();
    }
  }
}

function ask({ fetch, room, etag }: SnapshotOptions, begun: Begun | null, signal: AbortSignal): Promise<Response> {
  const rest = begun === null ? '' : `?from=${begun.at}&of=${encodeURIComponent(begun.head.etag)}`;
  return fetch(`/api/rooms/${room}/snapshot${rest}`, {
    headers: etag === undefined ? {} : { 'if-none-match': etag },
    cache: 'no-store',
    signal,
  });
}

function usableHead(answer: Response, { serverId, userId, epoch }: SnapshotOptions): Head | null {
  const head = readHead(answer);
  if (head === null || head.server !== serverId || head.user !== userId) return null;
  // Its data was replaced since: what is to be sent, and what not, is decided at the socket.
  return epoch !== '' && head.epoch !== epoch ? null : head;
}

/** The rest of what was begun; a newer snapshot begins anew. */
function continued(begun: Begun | null, head: Head | null): Begun | null {
  if (head === null) return null;
  if (head.from === 0) return { head, bytes: new Uint8Array(head.length), at: 0 };
  const isRest = begun?.head.etag === head.etag && begun.at === head.from && begun.head.length === head.length;
  return isRest ? begun : null;
}

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });

interface Head {
  readonly server: string;
  readonly user: string;
  readonly epoch: string;
  readonly seq: number;
  readonly length: number;
  /** Where in it the answer begins. */
  readonly from: number;
  readonly etag: string;
}

/** Null for every answer that brings no snapshot, 304 (it is here already) among them. */
function readHead({ status, headers }: Response): Head | null {
  const text = (name: string) => headers.get(name) ?? '';
  const [seq, length] = [SNAPSHOT_HEADERS.seq, SNAPSHOT_HEADERS.length].map((name) => Number(text(name)));
  if (status !== 200 || seq === undefined || length === undefined) return null;
  if (!(seq > 0 && length > 0 && length <= LONGEST_BYTES)) return null;
  // A server from before it could go on says nothing of it and begins at the beginning.
  const from = Number(text(SNAPSHOT_HEADERS.from));
  if (!(from >= 0 && from < length)) return null;
  return {
    server: text(SNAPSHOT_HEADERS.server),
    user: text(SNAPSHOT_HEADERS.user),
    epoch: text(SNAPSHOT_HEADERS.epoch),
    seq,
    length,
    from,
    etag: text('etag'),
  };
}

/** False when it is not exactly as long as announced. */
async function readBody(
  { body }: Response,
  begun: Begun,
  onChunk: () => void,
  onProgress: (share: number) => void,
): Promise<boolean> {
  if (body === null) return false;
  const { bytes } = begun;
  const reader = body.getReader();
  let told = begun.at / bytes.length;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    if (begun.at + chunk.value.length > bytes.length) {
      await reader.cancel();
      return false;
    }
    onChunk();
    bytes.set(chunk.value, begun.at);
    begun.at += chunk.value.length;
    const share = begun.at / bytes.length;
    if (share - told < PROGRESS_STEP && share < 1) continue;
    told = share;
    onProgress(told);
  }
  return begun.at === bytes.length;
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
