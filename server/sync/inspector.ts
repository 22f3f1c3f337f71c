/**
 * Reads updates without holding up the server. What is small is read here, at once; what is large, or could take long
 * to integrate, goes to a worker thread with a watchdog: when its time is over the thread is killed, the update counts
 * as one that hangs, and whatever waited behind it goes to a new thread.
 */
import { type ResourceLimits, Worker } from 'node:worker_threads';
import * as Y from 'yjs';
import type { InspectAnswer, InspectJob } from './inspect-worker.ts';
import {
  LARGEST_SCAN_HERE_BYTES,
  LONGEST_SCAN_MS,
  LONGEST_TRIAL_MS,
  LONGEST_TRIAL_SETUP_MS,
  LONGEST_WORKER_START_MS,
  MOST_WORKER_MEGABYTES,
} from './limits.ts';
import { MalformedUpdate, type ScannedUpdate, scanUpdate, ValueTooLarge } from './scan-update.ts';

/** Reading an update, or integrating it, did not end in time. */
export class UpdateHangs extends Error {
  override readonly name = 'UpdateHangs';
}

/** The thread could not be started: no update's fault, and none may be refused for it. */
export class ReaderBroken extends Error {
  override readonly name = 'ReaderBroken';
}

export interface Inspector {
  /**
   * At once for small ones.
   *
   * @throws MalformedUpdate, UpdateHangs, ReaderBroken; a promise rejects with them.
   */
  scan(bytes: Uint8Array): ScannedUpdate | Promise<ScannedUpdate>;
  /** Integrates the update into a copy of the document. Rejects like `scan`. */
  tryOut(doc: Y.Doc, data: Uint8Array): Promise<void>;
  close(): void;
}

export interface InspectorOptions {
  readonly longestScanMs?: number;
  readonly longestTrialMs?: number;
  /** Told when the thread cannot be started. */
  readonly report?: (message: string, error?: unknown) => void;
}

interface Waiting {
  readonly job: () => Exclude<InspectJob, { readonly kind: 'rewrite' }>;
  readonly firstMs: number;
  readonly resolve: (answer: InspectAnswer) => void;
  readonly reject: (error: Error) => void;
}

export function createInspector(options: InspectorOptions = {}): Inspector {
  const { longestScanMs = LONGEST_SCAN_MS, longestTrialMs = LONGEST_TRIAL_MS, report = () => undefined } = options;
  const queue: Waiting[] = [];
  let worker: Worker | null = null;
  let current: Waiting | null = null;
  let watchdog: NodeJS.Timeout | undefined;
  /** The thread's code is there; until then its time is not the update's fault. */
  let hasLoaded = false;

  function start(): Worker {
    const started = startReader({ maxOldGenerationSizeMb: MOST_WORKER_MEGABYTES });
    started.on('message', (answer: InspectAnswer) => {
      if (started !== worker) return;
      hasLoaded = true;
      if (answer.kind !== 'loaded') hear(answer);
      else if (current !== null) watch(current.firstMs);
    });
    const died = (reason: string) => {
      if (started === worker) giveUp(hasLoaded ? new UpdateHangs(reason) : new ReaderBroken(reason));
    };
    started.on('error', (error) => died(error.message));
    started.on('exit', () => died('the thread ended'));
    hasLoaded = false;
    started.unref();
    return started;
  }

  function next() {
    if (current !== null) return;
    const waiting = queue.shift();
    if (waiting === undefined) return;
    current = waiting;
    worker ??= start();
    const job = waiting.job();
    const handedOver = job.kind === 'scan' ? [job.bytes.buffer] : [job.state.buffer, job.data.buffer];
    worker.postMessage(job, handedOver);
    if (hasLoaded) watch(waiting.firstMs);
    else watch(LONGEST_WORKER_START_MS);
  }

  function watch(ms: number) {
    clearTimeout(watchdog);
    watchdog = setTimeout(() => {
      const reason = `it took longer than ${ms} ms`;
      giveUp(hasLoaded ? new UpdateHangs(reason) : new ReaderBroken(reason));
    }, ms);
    watchdog.unref();
  }

  function hear(answer: InspectAnswer) {
    if (answer.kind === 'begun') {
      watch(longestTrialMs);
      return;
    }
    const done = end();
    if (answer.kind !== 'malformed') done?.resolve(answer);
    else if (answer.isTooLarge) done?.reject(new ValueTooLarge(answer.problem));
    else done?.reject(new MalformedUpdate(answer.problem));
    next();
  }

  /** The thread is lost with what it was doing; the others get a new one. */
  function giveUp(error: Error) {
    const lost = worker;
    worker = null;
    if (error instanceof ReaderBroken) report('The thread that reads large updates did not start', error);
    void lost?.terminate();
    end()?.reject(error);
    next();
  }

  function end(): Waiting | null {
    clearTimeout(watchdog);
    const done = current;
    current = null;
    return done;
  }

  function ask(job: () => Exclude<InspectJob, { readonly kind: 'rewrite' }>, firstMs: number): Promise<InspectAnswer> {
    return new Promise((resolve, reject) => {
      queue.push({ job, firstMs, resolve, reject });
      next();
    });
  }

  return {
    scan(bytes) {
      if (bytes.length <= LARGEST_SCAN_HERE_BYTES) return scanUpdate(bytes);
      // A copy, because the original goes to the quarantine when it is refused.
      const asked = ask(() => ({ kind: 'scan', bytes: new Uint8Array(bytes) }), longestScanMs);
      return asked.then((answer) => {
        if (answer.kind !== 'scanned') throw new Error(`the worker answered ${answer.kind} to a scan`);
        return answer.scanned;
      });
    },
    async tryOut(doc, data) {
      await ask(
        () => ({
          kind: 'trial',
          state: new Uint8Array(Y.encodeStateAsUpdate(doc)),
          data: new Uint8Array(data),
        }),
        LONGEST_TRIAL_SETUP_MS,
      );
    },
    close() {
      queue.length = 0;
      clearTimeout(watchdog);
      const last = worker;
      worker = null;
      void last?.terminate();
    },
  };
}

/** A thread that reads (inspect-worker.ts). */
export function startReader(resourceLimits: ResourceLimits = {}): Worker {
  return WORKER.endsWith('.ts')
    ? new Worker(FROM_SOURCE, { eval: true, execArgv: [], workerData: WORKER, resourceLimits })
    : new Worker(new URL(WORKER), { resourceLimits });
}

/** Beside this file: as it is while developing and in tests, bundled in production. */
const [EXTENSION = '.js'] = /\.[a-z]+$/.exec(import.meta.url) ?? [];
const WORKER = new URL(`./inspect-worker${EXTENSION}`, import.meta.url).href;
/** A thread does not take over what made Node read TypeScript. */
const FROM_SOURCE = `
  import('tsx/esm/api').then(({ register }) => {
    register();
    return import(require('node:worker_threads').workerData);
  });`;
