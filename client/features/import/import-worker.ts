/** The import engine on its own thread: reading and planning 8,800 deals takes longer than a frame. */
import { createImportEngine } from '../../../shared/csv/import-engine.ts';
import type { ExistingRecord } from '../../../shared/csv/import-lookup.ts';
import type { PlannedRecord } from '../../../shared/csv/import-plan.ts';
import type { WorkerAnswer, WorkerCall, WorkerMethods } from './worker-calls.ts';

const engine = createImportEngine();
let collected: ExistingRecord[] = [];

const methods: WorkerMethods = {
  read: (id, name, bytes, options) => engine.read(id, name, bytes, options),
  reread: (id, options) => engine.reread(id, options),
  match: (id, role) => engine.match(id, role),
  remove: (id) => engine.remove(id),
  addExisting: (records, isFirst) => {
    if (isFirst) collected = [];
    for (const record of records) collected.push(record);
  },
  setExisting: (rest) => engine.setExisting({ ...rest, records: collected }),
  plan: (request) => engine.plan(request),
  preview: (fileId, row) => engine.preview(fileId, row),
  records: (from, count): readonly PlannedRecord[] => engine.records().slice(from, from + count),
  problemRows: (fileId) => engine.problemRows(fileId),
};

// The worker's own scope; `self` is typed as a window here because one tsconfig serves all.
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<WorkerCall>) => void) | null;
  postMessage(answer: WorkerAnswer): void;
};

scope.onmessage = ({ data }) => {
  try {
    const method = methods[data.method] as (...values: readonly unknown[]) => unknown;
    scope.postMessage({ call: data.call, value: method(...data.values) });
  } catch (error) {
    scope.postMessage({
      call: data.call,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
};
