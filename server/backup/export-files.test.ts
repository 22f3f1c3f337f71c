import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { AnyRecord } from '../../shared/model/entity.ts';
import type { HistoryRow } from '../storage/history.ts';
import { personExport } from './person-export.ts';
import { plainExport } from './plain-export.ts';

const HERE = 'a'.repeat(64);
const HUGE = 'c'.repeat(64);
const HUGE_TOO = 'd'.repeat(64);
const SIZES: Readonly<Record<string, number>> = { [HERE]: 3, [HUGE]: 2e9, [HUGE_TOO]: 2e9 };

const files = {
  sizeOf: (hash: string) => SIZES[hash] ?? null,
  async *read() {
    yield await Promise.resolve(new Uint8Array([80, 68, 70]));
  },
};
const at = Date.UTC(2026, 10, 22);

const aFile = (id: string, name: string, hash: string) =>
  ({ entity: 'file', id, name, hash, type: '', bytes: 3, about: [], at: 0, deleted: false, mergedInto: null }) as never;

async function unzipped(zip: AsyncIterable<Uint8Array>): Promise<Record<string, string>> {
  const pieces: Uint8Array[] = [];
  for await (const piece of zip) pieces.push(piece);
  const entries = unzipSync(Buffer.concat(pieces));
  return Object.fromEntries(Object.entries(entries).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

function everything(...records: readonly AnyRecord[]): Promise<Record<string, string>> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const room = {
    name: 'team.timeline-2026.1',
    records: {
      ids: (entity: string) => (entity === 'file' ? byId.keys() : []),
      get: (id: string) => byId.get(id),
    },
    texts: [],
  };
  return unzipped(plainExport({ workspaceName: 'Acme', rooms: () => [room], changes: () => [], files, at }));
}

function ofOnePerson(
  records: readonly AnyRecord[],
  historyOf: (record: string) => Iterable<HistoryRow> = () => [],
): Promise<Record<string, string>> {
  const traces = {
    name: 'Ida Berg',
    persons: [],
    own: records.map((record) => ({ record, space: 'team' })),
    shared: [],
    mentions: [],
    words: [],
    texts: new Map(),
    hashes: [],
  };
  return unzipped(personExport({ traces, historyOf, nameOf: () => '', files, at }));
}

test('the export holds what people put on records, under safe names, and says what it lacks', async () => {
  const all = await everything(
    aFile('file_1', '../../offer.pdf', HERE),
    aFile('file_2', 'late.png', 'b'.repeat(64)),
    aFile('../../file_3', 'plan.pdf', HERE),
  );
  expect(all['files/file_1-_.._offer.pdf']).toBe('PDF');
  expect(all['files/-file_3-plan.pdf']).toBe('PDF');
  expect(all['files/LEFT OUT.txt']).toContain('file_2-late.png');
  expect(all['files.csv']).toContain('../../offer.pdf');
  expect(all['README.txt']).toContain('files/');
});

test('a person’s export gives their files safe names too, and says which the server lacks', async () => {
  const all = await ofOnePerson([
    aFile('../../file_1', '../../offer.pdf', HERE),
    aFile('file_2', 'late.png', 'b'.repeat(64)),
  ]);
  expect(Object.keys(all).sort()).toEqual(['files/-file_1-_.._offer.pdf', 'person.json']);
  expect(JSON.parse(all['person.json'] ?? '').files).toEqual([
    { path: 'files/-file_1-_.._offer.pdf', hash: HERE },
    { hash: 'b'.repeat(64), missing: 'not on the server' },
  ]);
});

test('files that would take a zip past its 4 GB stay out, and the export names them', async () => {
  const huge = [aFile('file_1', 'film.mp4', HUGE), aFile('file_2', 'more.mp4', HUGE_TOO), aFile('file_3', 'a', HERE)];
  const all = await everything(...huge);
  expect(Object.keys(all).filter((name) => name.startsWith('files/'))).toEqual([
    'files/file_1-film.mp4',
    'files/file_3-a',
    'files/LEFT OUT.txt',
  ]);
  expect(all['files/LEFT OUT.txt']).toContain('file_2-more.mp4');
  const theirs = await ofOnePerson(huge);
  expect(Object.keys(theirs)).toEqual(['person.json', 'files/file_1-film.mp4', 'files/file_3-a']);
  expect(JSON.parse(theirs['person.json'] ?? '').files[1]).toEqual({ hash: HUGE_TOO, missing: 'no room in the zip' });
});

test('the whole history of a person is in their export, however long it is', async () => {
  const most = 12_345;
  const row = { at, room: 'team.directory.1', record: 'contact_1', field: 'jobTitle', stamp: null, flag: null };
  function* history(record: string): Generator<HistoryRow> {
    for (let id = most; id > 0; id--) yield { ...row, id, record, old: null, new: `"Title ${id}"`, user: 'user_1' };
  }
  const person = { id: 'contact_1', entity: 'contact' } as AnyRecord;
  const all = await ofOnePerson([person], history);
  const facts = JSON.parse(all['person.json'] ?? '') as { about: string; history: Record<string, unknown>[] };
  expect([facts.about, facts.history.length]).toEqual(['Ida Berg', most]);
  expect(facts.history[0]).toMatchObject({ field: 'jobTitle', before: null, after: `Title ${most}` });
  const none = JSON.parse((await ofOnePerson([person]))['person.json'] ?? '') as typeof facts;
  expect(none.history).toEqual([]);
});
