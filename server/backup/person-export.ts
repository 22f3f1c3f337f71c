/**
 * Everything about one person as a zip, for that person: `person.json` with the records, texts and history, and the files.
 * Made as a stream; what goes wrong on the way ends it with an error, so that no half file looks whole.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
// As in plain-export.ts: the browser's build needs no threads.
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate/browser';
import { type FileRecord, isFileHash } from '../../shared/entities/file.ts';
import { safeFileName } from '../http/safe-file-headers.ts';
import type { FileStore } from '../storage/file-store.ts';
import type { HistoryRow } from '../storage/history.ts';
import type { PersonTraces, Trace } from '../sync/person-traces.ts';

export interface PersonExport {
  readonly traces: PersonTraces;
  /** Newest first. */
  readonly historyOf: (record: string) => readonly HistoryRow[];
  readonly nameOf: (userId: string) => string;
  readonly files?: Pick<FileStore, 'sizeOf' | 'read'>;
  /** Epoch ms. */
  readonly at: number;
}

const utf8 = new TextEncoder();

export async function* personExport(source: PersonExport): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
  });
  const { own, shared } = source.traces;
  const stored = [...own, ...shared].flatMap(({ record }) => storedFile(record as unknown as FileRecord, source.files));
  const facts = new ZipDeflate('person.json', { level: 6 });
  facts.mtime = source.at;
  zip.add(facts);
  facts.push(utf8.encode(JSON.stringify(factsOf(source, stored), null, 2)), true);
  yield* chunks;
  chunks = [];
  for (const { path, hash, isHere } of stored) {
    if (!isHere) continue;
    const file = new ZipPassThrough(path);
    file.mtime = source.at;
    zip.add(file);
    for await (const piece of source.files?.read(hash) ?? []) {
      file.push(piece);
      yield* chunks;
      chunks = [];
    }
    file.push(new Uint8Array(), true);
    await nextTurn();
  }
  zip.end();
  yield* chunks;
}

function storedFile({ entity, id, name, hash }: FileRecord, files: PersonExport['files']) {
  if (entity !== 'file' || !isFileHash(hash)) return [];
  const size = files?.sizeOf(hash) ?? null;
  return [{ id, path: `files/${id}-${safeFileName(name)}`, hash, isHere: size !== null }];
}

function factsOf(
  { traces, historyOf, nameOf, at }: PersonExport,
  stored: readonly { readonly path: string; readonly hash: string; readonly isHere: boolean }[],
) {
  const all = [...traces.own, ...traces.shared];
  return {
    about: traces.name,
    exportedAt: new Date(at).toISOString(),
    records: all.map(toldOf),
    texts: all.flatMap(({ record }) => {
      const text = traces.texts.get(record.id);
      return text === undefined ? [] : [{ record: record.id, text }];
    }),
    files: stored.map(({ path, hash, isHere }) => (isHere ? { path, hash } : { hash, missing: 'not on the server' })),
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

const toldOf = ({ record }: Trace) => record;

function parsed(json: string | null): unknown {
  return json === null ? null : JSON.parse(json);
}
