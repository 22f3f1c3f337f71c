/**
 * Everything as one zip that needs no Rapport to read: per entity a JSON file (every field, the trash included) and a CSV
 * file (for spreadsheets), the texts, the history of changes, the files on records.
 */
import { csvFile, guardCell } from '../../shared/csv/csv-text.ts';
import { exportCsv } from '../../shared/csv/export.ts';
import { entities, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import type { StoredChange } from '../storage/change-pages.ts';
import type { FileStore } from '../storage/file-store.ts';
import { exportedFiles, safeEntryName } from './exported-files.ts';
import { type ZipEntry, zipStream } from './zip-stream.ts';

export interface ExportRoom {
  readonly name: string;
  readonly records: { ids(entity: string): Iterable<string>; get(id: string): AnyRecord | undefined };
  readonly texts: Iterable<{ readonly recordId: string; readonly text: string }>;
}

export interface ExportSource {
  readonly workspaceName: string;
  /** One at a time: each may have to be loaded. */
  readonly rooms: () => Iterable<ExportRoom>;
  readonly changes: () => Iterable<readonly StoredChange[]>;
  /** The bytes of files on records; left out by a server that has none. */
  readonly files?: Pick<FileStore, 'sizeOf' | 'read'>;
  /** Epoch ms. */
  readonly at: number;
}

const RECORDS_PER_PIECE = 500;

/** The zip's bytes. */
export function plainExport(source: ExportSource): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  return zipStream(entriesOf(source), source.at);
}

function* entriesOf(source: ExportSource): Generator<ZipEntry> {
  for (const [name, text] of filesOf(source)) yield { name, text };
  const { files } = source;
  if (files === undefined) return;
  const leftOut: string[] = [];
  for (const { path, hash, missing } of exportedFiles(recordsOf([...source.rooms()], entities.file), files)) {
    if (missing === null) yield { name: path, bytes: files.read(hash) };
    else leftOut.push(path.slice('files/'.length));
  }
  if (leftOut.length > 0) yield { name: 'files/LEFT OUT.txt', text: [`${LEFT_OUT}\n\n${leftOut.join('\n')}\n`] };
}

const LEFT_OUT =
  'A zip file ends at 4 GB, or the server does not have these yet. They are in the folder “files” of the server’s data, named after their SHA-256 (see files.json).';

function* filesOf(source: ExportSource): Generator<readonly [name: string, pieces: Iterable<string>]> {
  const rooms = [...source.rooms()];
  /** What was merged goes by the name of the record that stands for it. */
  const find = (id: string): AnyRecord | undefined => {
    for (const { records } of rooms) {
      let record = records.get(id);
      while (record?.mergedInto) record = records.get(record.mergedInto) ?? { ...record, mergedInto: null };
      if (record !== undefined) return record;
    }
    return undefined;
  };
  const names = new Map<string, string>();
  const nameOf = (id: string): string => {
    let name = names.get(id);
    if (name === undefined) {
      const record = find(id);
      name = record === undefined ? '' : recordTitle(entities, record);
      names.set(id, name);
    }
    return name;
  };
  yield ['README.txt', [readme(source)]];
  for (const entity of Object.values(entities) as readonly Entity[]) {
    const name = fileNameOf(entity);
    yield [`${name}.json`, jsonPieces(recordsOf(rooms, entity))];
    yield [`${name}.csv`, csvPieces(entity, recordsOf(rooms, entity), nameOf)];
  }
  yield ['history.csv', historyPieces(source.changes(), nameOf)];
  for (const { texts } of rooms) {
    for (const { recordId, text } of texts) yield [`texts/${safeEntryName(recordId)}.txt`, [text]];
  }
}

const fileNameOf = (entity: Entity) => safeEntryName(entity.plural.toLowerCase());

function* recordsOf(rooms: readonly ExportRoom[], entity: Entity): Generator<AnyRecord> {
  for (const { records } of rooms) {
    for (const id of records.ids(entity.name)) {
      const record = records.get(id);
      if (record !== undefined) yield record;
    }
  }
}

function* piecesOf<T>(items: Iterable<T>): Generator<readonly T[]> {
  let piece: T[] = [];
  for (const item of items) {
    piece.push(item);
    if (piece.length < RECORDS_PER_PIECE) continue;
    yield piece;
    piece = [];
  }
  if (piece.length > 0) yield piece;
}

function* jsonPieces(records: Iterable<AnyRecord>): Generator<string> {
  let before = '[\n';
  for (const piece of piecesOf(records)) {
    yield before + piece.map((record) => JSON.stringify(record)).join(',\n');
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

function* csvPieces(entity: Entity, records: Iterable<AnyRecord>, nameOf: (id: string) => string): Generator<string> {
  const header = exportCsv(entity, [], { nameOf });
  yield header;
  for (const piece of piecesOf(records)) {
    const shown = piece.filter((record) => !record.deleted && record.mergedInto === null);
    yield exportCsv(entity, shown, { nameOf }).slice(header.length);
  }
}

const HISTORY_HEADER = ['Time (UTC)', 'Person', 'Record', 'Record ID', 'Field', 'Before', 'After'];

function* historyPieces(pages: Iterable<readonly StoredChange[]>, nameOf: (id: string) => string): Generator<string> {
  const header = csvFile([HISTORY_HEADER]);
  yield header;
  for (const page of pages) {
    const rows = page.map((change) =>
      [
        new Date(change.at).toISOString(),
        change.person,
        nameOf(change.record),
        change.record,
        change.field,
        change.old ?? '',
        change.new ?? '',
      ].map(guardCell),
    );
    yield csvFile([HISTORY_HEADER, ...rows]).slice(header.length);
  }
}

function readme({ workspaceName, at }: ExportSource): string {
  return `${workspaceName || 'Rapport'}: everything, exported ${new Date(at).toISOString()}

*.csv        one row per record, for spreadsheets; what is in the trash is left out. UTF-8.
*.json       the same records with every field, the trash included. Money is in minor units (cents) with its currency;
             times are milliseconds since 1970 in UTC; days are YYYY-MM-DD. Links hold the id of another record.
history.csv  every change: when, who, which field, before and after.
texts/       notes and briefs as plain text, one file per record, named after its id.
files/       what people put on records, each named after the id of its row in files.csv and its own name.
`;
}
