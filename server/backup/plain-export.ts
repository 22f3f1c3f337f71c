/**
 * Everything as one zip that needs no Rapport to read: per entity a JSON file (every field, the trash included) and a CSV
 * file (for spreadsheets), the texts, the history of changes, the files on records. Made as a stream, with a pause after each piece, so that
 * syncing goes on meanwhile.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
// The browser's build: Node's brings a `createRequire` that clashes with the bundle's banner, for threads not used here.
import { Zip, ZipDeflate, ZipPassThrough } from 'fflate/browser';
import { csvFile, guardCell } from '../../shared/csv/csv-text.ts';
import { exportCsv } from '../../shared/csv/export.ts';
import { type FileRecord, isFileHash } from '../../shared/entities/file.ts';
import { entities, recordTitle } from '../../shared/entities/registry.ts';
import type { AnyRecord, Entity } from '../../shared/model/entity.ts';
import { safeFileName } from '../http/safe-file-headers.ts';
import type { StoredChange } from '../storage/change-pages.ts';
import type { FileStore } from '../storage/file-store.ts';

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
/** A zip of this kind ends at 4 GiB; what comes before the files has room besides. */
const MOST_FILE_BYTES = 3_500_000_000;
const utf8 = new TextEncoder();

/** The zip's bytes. What goes wrong on the way ends the stream with an error, so that no half file looks whole. */
export async function* plainExport(source: ExportSource): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  let chunks: Uint8Array<ArrayBuffer>[] = [];
  const zip = new Zip((error, chunk) => {
    if (error) throw error;
    chunks.push(chunk as Uint8Array<ArrayBuffer>);
  });
  for (const [name, pieces] of filesOf(source)) {
    const file = new ZipDeflate(name, { level: 6 });
    file.mtime = source.at;
    zip.add(file);
    for (const piece of pieces) {
      file.push(utf8.encode(piece));
      yield* chunks;
      chunks = [];
      await nextTurn();
    }
    file.push(new Uint8Array(), true);
  }
  const leftOut: string[] = [];
  for (const { name, hash } of storedFiles(source, leftOut)) {
    // Pictures and documents are packed already.
    const file = new ZipPassThrough(name);
    file.mtime = source.at;
    zip.add(file);
    for await (const piece of source.files?.read(hash) ?? []) {
      file.push(piece);
      yield* chunks;
      chunks = [];
    }
    file.push(new Uint8Array(), true);
  }
  if (leftOut.length > 0) {
    const file = new ZipDeflate('files/LEFT OUT.txt', { level: 6 });
    zip.add(file);
    file.push(utf8.encode(`${LEFT_OUT}\n\n${leftOut.join('\n')}\n`), true);
  }
  zip.end();
  yield* chunks;
}

const LEFT_OUT =
  'A zip file ends at 4 GB, or the server does not have these yet. They are in the folder “files” of the server’s data, named after their SHA-256 (see files.json).';

/** Each file record once, the trash included, as long as there is room. */
function* storedFiles({ rooms, files }: ExportSource, leftOut: string[]): Generator<{ name: string; hash: string }> {
  if (files === undefined) return;
  let bytes = 0;
  for (const record of recordsOf([...rooms()], entities.file)) {
    const { id, name, hash } = record as unknown as FileRecord;
    const path = `files/${safeName(id)}-${safeFileName(name)}`;
    const size = isFileHash(hash) ? files.sizeOf(hash) : null;
    if (size === null || bytes + size > MOST_FILE_BYTES) leftOut.push(path.slice('files/'.length));
    else {
      bytes += size;
      yield { name: path, hash };
    }
  }
}

function* filesOf(source: ExportSource): Generator<readonly [name: string, pieces: Iterable<string>]> {
  const rooms = [...source.rooms()];
  const find = (id: string): AnyRecord | undefined => {
    for (const { records } of rooms) {
      const record = records.get(id);
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
    for (const { recordId, text } of texts) yield [`texts/${safeName(recordId)}.txt`, [text]];
  }
}

const fileNameOf = (entity: Entity) => safeName(entity.plural.toLowerCase());

/** A record id comes from a peer: nothing of it may name another folder. */
const safeName = (text: string) => text.replace(/[^A-Za-z0-9_-]+/g, '-').slice(0, 100) || 'unnamed';

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
