/**
 * Makes the snapshots of rooms without what was erased, in a thread of its own: building and encoding 50,000 contacts takes
 * a second.
 */
import type { StoredRoom } from '../storage/update-log.ts';
import type { InspectAnswer, InspectJob } from './inspect-worker.ts';
import { startReader } from './inspector.ts';

export interface Rewriter {
  /** Of all that is in the log, without the keys of these records. Rejects when it cannot be made. */
  snapshotOf(stored: StoredRoom, erased: ReadonlySet<string>): Promise<Uint8Array>;
  end(): void;
}

export function startRewriter(): Rewriter {
  const worker = startReader();
  worker.unref();
  return {
    snapshotOf: ({ snapshot, updates }, erased) =>
      new Promise((resolve, reject) => {
        const finish = (result: Uint8Array | Error) => {
          worker.off('message', hear);
          worker.off('error', finish);
          worker.off('exit', ended);
          if (result instanceof Error) reject(result);
          else resolve(result);
        };
        const ended = () => finish(new Error('the thread that writes rooms anew ended'));
        const hear = (answer: InspectAnswer) => {
          if (answer.kind === 'rewritten') finish(answer.snapshot);
          else if (answer.kind === 'malformed') finish(new Error(`a room cannot be written anew: ${answer.problem}`));
        };
        worker.on('message', hear);
        worker.once('error', finish);
        worker.once('exit', ended);
        const all = [...(snapshot === null ? [] : [snapshot]), ...updates.map(({ data }) => data)];
        worker.postMessage({ kind: 'rewrite', updates: all, erased: [...erased] } satisfies InspectJob);
      }),
    end: () => void worker.terminate(),
  };
}
