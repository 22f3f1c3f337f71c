/** Makes the snapshots of rooms without what was erased; those of large rooms in a thread of its own. */
import type { Worker } from 'node:worker_threads';
import type { StoredRoom } from '../storage/update-log.ts';
import { cleanSnapshot } from './clean-snapshot.ts';
import type { InspectAnswer, InspectJob } from './inspect-worker.ts';
import { startReader } from './inspector.ts';
import { SMALLEST_SNAPSHOT_BYTES } from './stored-room.ts';

export interface Rewriter {
  /**
   * Of all that is in the log, without the keys of these records. Rejects when it cannot be made. The bytes may be gone
   * afterwards: they are handed to the other thread.
   */
  snapshotOf(stored: StoredRoom, erased: ReadonlySet<string>): Promise<Uint8Array>;
  end(): void;
}

export function createRewriter(): Rewriter {
  let worker: Worker | null = null;

  function elsewhere(updates: readonly Uint8Array[], erased: ReadonlySet<string>): Promise<Uint8Array> {
    const thread = worker ?? startReader();
    worker = thread;
    return new Promise((resolve, reject) => {
      const finish = (result: Uint8Array | Error) => {
        thread.off('message', hear);
        thread.off('error', finish);
        thread.off('exit', ended);
        if (result instanceof Error) reject(result);
        else resolve(result);
      };
      const ended = () => finish(new Error('the thread that writes rooms anew ended'));
      const hear = (answer: InspectAnswer) => {
        if (answer.kind === 'rewritten') finish(answer.snapshot);
        else if (answer.kind === 'malformed') finish(new Error(`a room cannot be written anew: ${answer.problem}`));
      };
      thread.on('message', hear);
      thread.once('error', finish);
      thread.once('exit', ended);
      const job: InspectJob = { kind: 'rewrite', updates, erased: [...erased] };
      // Copying the 25 MB of a large room took up to 0.6 s of a busy machine, in which nobody else was served.
      thread.postMessage(job, [...new Set(updates.flatMap(wholeBuffer))]);
    });
  }

  return {
    async snapshotOf({ snapshot, updates }, erased) {
      const all = [...(snapshot === null ? [] : [snapshot]), ...updates.map(({ data }) => data)];
      const bytes = all.reduce((sum, { length }) => sum + length, 0);
      return bytes < SMALLEST_SNAPSHOT_BYTES ? cleanSnapshot(all, erased) : await elsewhere(all, erased);
    },
    end: () => void worker?.terminate(),
  };
}

/** Of bytes that are all of their buffer; small ones may share one with others. */
function wholeBuffer({ buffer, byteLength }: Uint8Array): readonly ArrayBuffer[] {
  return buffer instanceof ArrayBuffer && buffer.byteLength === byteLength && byteLength >= HANDED_OVER_BYTES
    ? [buffer]
    : [];
}

/** Less is copied in no time. */
const HANDED_OVER_BYTES = 64 * 1024;
