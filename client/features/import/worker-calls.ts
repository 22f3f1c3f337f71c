/** What the page asks of the worker. Answers come in the order of the calls. */
import type { FileProblem } from '../../../shared/csv/decode.ts';
import type { FileSummary, PlanRequest, PlanSummary, RowPreview } from '../../../shared/csv/import-engine.ts';
import type { Existing, ExistingRecord } from '../../../shared/csv/import-lookup.ts';
import type { PlannedRecord } from '../../../shared/csv/import-plan.ts';
import type { FileRole } from '../../../shared/csv/import-targets.ts';
import type { ReadOptions } from '../../../shared/csv/read-csv.ts';
import type { Result } from '../../../shared/model/result.ts';

export interface WorkerMethods {
  read(id: string, name: string, bytes: Uint8Array, options: ReadOptions): Result<FileSummary, FileProblem>;
  reread(id: string, options: ReadOptions): Result<FileSummary, FileProblem>;
  match(id: string, role: FileRole): readonly string[];
  remove(id: string): void;
  /** In parts, so that no message is large enough to hold up a frame. */
  addExisting(records: readonly ExistingRecord[], isFirst: boolean): void;
  setExisting(rest: Omit<Existing, 'records'>): void;
  plan(request: PlanRequest): PlanSummary;
  preview(fileId: string, row: number): RowPreview | null;
  records(from: number, count: number): readonly PlannedRecord[];
  problemRows(fileId: string): string;
}

export interface WorkerCall {
  readonly call: number;
  readonly method: keyof WorkerMethods;
  readonly values: readonly unknown[];
}

export interface WorkerAnswer {
  readonly call: number;
  readonly value?: unknown;
  readonly error?: string;
}

export type ImportWorker = {
  readonly [M in keyof WorkerMethods]: (
    ...values: Parameters<WorkerMethods[M]>
  ) => Promise<ReturnType<WorkerMethods[M]>>;
} & { readonly stop: () => void };

/** Starts the worker. A call is rejected when the worker itself fails (out of memory), so that the page can say so. */
export function startImportWorker(): ImportWorker {
  const worker = new Worker(new URL('./import-worker.ts', import.meta.url), { type: 'module' });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let calls = 0;

  function failAll(message: string): void {
    for (const { reject } of waiting.values()) reject(new Error(message));
    waiting.clear();
  }
  worker.onerror = (event) => failAll(event.message || 'The import worker stopped.');
  worker.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
    const open = waiting.get(data.call);
    waiting.delete(data.call);
    if (data.error === undefined) open?.resolve(data.value);
    else open?.reject(new Error(data.error));
  };

  const call = (method: keyof WorkerMethods, values: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++calls;
      waiting.set(id, { resolve, reject });
      const bytes = values.find((value) => value instanceof Uint8Array);
      worker.postMessage({ call: id, method, values } satisfies WorkerCall, bytes ? [bytes.buffer as ArrayBuffer] : []);
    });

  return new Proxy({} as ImportWorker, {
    get: (_, name: string) =>
      name === 'stop'
        ? () => {
            worker.terminate();
            failAll('The import was left.');
          }
        : (...values: readonly unknown[]) => call(name as keyof WorkerMethods, values),
  });
}
