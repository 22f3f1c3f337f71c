/** Everything about one person as a zip, for that person: `person.json` with the records, texts and history, and the files. */
import type { FileStore } from '../storage/file-store.ts';
import type { HistoryRow } from '../storage/history.ts';
import type { PersonTraces } from '../sync/person-traces.ts';
import { type ExportedFile, exportedFiles } from './exported-files.ts';
import { type ZipEntry, zipStream } from './zip-stream.ts';

export interface PersonExport {
  readonly traces: PersonTraces;
  /** All of it, newest first; read as it is written. */
  readonly historyOf: (record: string) => Iterable<HistoryRow>;
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
  yield { name: 'person.json', text: personJson(source, stored) };
  for (const { path, hash, missing } of stored) {
    if (missing === null && source.files !== undefined) yield { name: path, bytes: source.files.read(hash) };
  }
}

const recordsOf = ({ own, shared }: PersonTraces) => [...own, ...shared].map(({ record }) => record);

/** In characters. */
const PIECE = 65_536;

/** In pieces: a record can have been changed 100,000 times. */
function* personJson(source: PersonExport, stored: readonly ExportedFile[]): Generator<string> {
  const facts = JSON.stringify(factsOf(source, stored), null, 2);
  yield `${facts.slice(0, facts.lastIndexOf('\n}'))},\n  "history": [`;
  let piece = '';
  let isFirst = true;
  for (const { record } of source.traces.own) {
    for (const row of source.historyOf(record.id)) {
      piece += `${isFirst ? '' : ','}\n    ${JSON.stringify(toldOf(row, source.nameOf))}`;
      isFirst = false;
      if (piece.length < PIECE) continue;
      yield piece;
      piece = '';
    }
  }
  yield `${piece}${isFirst ? '' : '\n  '}]\n}`;
}

function toldOf(row: HistoryRow, nameOf: PersonExport['nameOf']) {
  return {
    at: new Date(row.at).toISOString(),
    by: row.user === null ? 'the server' : nameOf(row.user),
    record: row.record,
    field: row.field,
    before: parsed(row.old),
    after: parsed(row.new),
  };
}

function factsOf({ traces, at }: PersonExport, stored: readonly ExportedFile[]) {
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
  };
}

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
