/** Everything about one person as a zip, for that person: `person.json` with the records, texts and history, and the files. */
import type { FileStore } from '../storage/file-store.ts';
import type { HistoryRow } from '../storage/history.ts';
import type { PersonTraces } from '../sync/person-traces.ts';
import { type ExportedFile, exportedFiles } from './exported-files.ts';
import { type ZipEntry, zipStream } from './zip-stream.ts';

export interface PersonExport {
  readonly traces: PersonTraces;
  /** Newest first. */
  readonly historyOf: (record: string) => readonly HistoryRow[];
  readonly nameOf: (userId: string) => string;
  readonly files?: Pick<FileStore, 'sizeOf' | 'read'>;
  /** Epoch ms. */
  readonly at: number;
}

/** The zip's bytes. */
export function personExport(source: PersonExport): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  return zipStream(entriesOf(source), source.at);
}

function* entriesOf(source: PersonExport): Generator<ZipEntry> {
  const stored = [...exportedFiles(recordsOf(source.traces), source.files)];
  yield { name: 'person.json', text: [JSON.stringify(factsOf(source, stored), null, 2)] };
  for (const { path, hash, missing } of stored) {
    if (missing === null && source.files !== undefined) yield { name: path, bytes: source.files.read(hash) };
  }
}

const recordsOf = ({ own, shared }: PersonTraces) => [...own, ...shared].map(({ record }) => record);

function factsOf({ traces, historyOf, nameOf, at }: PersonExport, stored: readonly ExportedFile[]) {
  const records = recordsOf(traces);
  return {
    about: traces.name,
    exportedAt: new Date(at).toISOString(),
    records,
    texts: records.flatMap(({ id }) => {
      const text = traces.texts.get(id);
      return text === undefined ? [] : [{ record: id, text }];
    }),
    files: stored.map(({ path, hash, missing }) => (missing === null ? { path, hash } : { hash, missing })),
    history: traces.own.flatMap(({ record }) =>
      historyOf(record.id).map((row) => ({
        at: new Date(row.at).toISOString(),
        by: row.user === null ? 'the server' : nameOf(row.user),
        record: row.record,
        field: row.field,
        before: parsed(row.old),
        after: parsed(row.new),
      })),
    ),
  };
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
