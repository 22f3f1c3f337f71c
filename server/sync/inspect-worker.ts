/**
 * The thread that reads what may take long, so that nobody waits for it: scans large messages, tries updates that may be
 * slow to integrate on a copy of the room (whoever hangs it loses it, see inspector.ts), and makes snapshots without what
 * was erased (see rewriter.ts).
 */
import { parentPort } from 'node:worker_threads';
import * as Y from 'yjs';
import { cleanSnapshot } from './clean-snapshot.ts';
import { MalformedUpdate, type ScannedUpdate, scanUpdate, ValueTooLarge } from './scan-update.ts';

/** The buffers are handed over, not copied. */
export type InspectJob =
  | { readonly kind: 'scan'; readonly bytes: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'trial'; readonly state: Uint8Array<ArrayBuffer>; readonly data: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'rewrite'; readonly updates: readonly Uint8Array[]; readonly erased: readonly string[] };

export type InspectAnswer =
  /** The thread is up and reads from now on. */
  | { readonly kind: 'loaded' }
  | { readonly kind: 'scanned'; readonly scanned: ScannedUpdate }
  /** The copy is ready and the trial begins. */
  | { readonly kind: 'begun' }
  | { readonly kind: 'tried' }
  | { readonly kind: 'rewritten'; readonly snapshot: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'malformed'; readonly problem: string; readonly isTooLarge: boolean };

parentPort?.on('message', (job: InspectJob) => {
  try {
    if (job.kind === 'scan') scan(job.bytes);
    else if (job.kind === 'rewrite') rewrite(job.updates, job.erased);
    else tryOut(job.state, job.data);
  } catch (error) {
    const problem = error instanceof Error ? error.message : String(error);
    answer({ kind: 'malformed', problem, isTooLarge: error instanceof ValueTooLarge });
  }
});

answer({ kind: 'loaded' });

function answer(message: InspectAnswer, handedOver: ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, handedOver);
}

function scan(bytes: Uint8Array<ArrayBuffer>): void {
  // The blocks are views of these bytes: handing over the buffer hands over them.
  answer({ kind: 'scanned', scanned: scanUpdate(bytes) }, [bytes.buffer]);
}

function tryOut(state: Uint8Array, data: Uint8Array): void {
  const doc = new Y.Doc();
  Y.applyUpdate(doc, state);
  answer({ kind: 'begun' });
  Y.applyUpdate(doc, data);
  doc.destroy();
  if (doc.store.pendingStructs !== null) throw new MalformedUpdate('it builds on changes that are missing');
  answer({ kind: 'tried' });
}

function rewrite(updates: readonly Uint8Array[], erased: readonly string[]): void {
  const snapshot = new Uint8Array(cleanSnapshot(updates, new Set(erased)));
  answer({ kind: 'rewritten', snapshot }, [snapshot.buffer]);
}
