import { strFromU8, unzipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { AnyRecord } from '../../shared/model/entity.ts';
import { type ExportSource, plainExport } from './plain-export.ts';

const HERE = 'a'.repeat(64);

const aFile = (id: string, name: string, hash: string) =>
  ({ entity: 'file', id, name, hash, type: '', bytes: 3, about: [], at: 0, deleted: false, mergedInto: null }) as never;

async function unzipped(records: readonly AnyRecord[]): Promise<Record<string, string>> {
  const byId = new Map(records.map((record) => [record.id, record]));
  const source: ExportSource = {
    workspaceName: 'Acme',
    rooms: () => [
      {
        name: 'team.timeline-2026.1',
        records: { ids: (entity) => (entity === 'file' ? byId.keys() : []), get: (id) => byId.get(id) },
        texts: [],
      },
    ],
    changes: () => [],
    files: {
      sizeOf: (hash) => (hash === HERE ? 3 : null),
      async *read() {
        yield await Promise.resolve(new Uint8Array([80, 68, 70]));
      },
    },
    at: Date.UTC(2026, 10, 22),
  };
  const pieces: Uint8Array[] = [];
  for await (const piece of plainExport(source)) pieces.push(piece);
  const files = unzipSync(Buffer.concat(pieces));
  return Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, strFromU8(bytes)]));
}

test('the export holds what people put on records, under safe names, and says what it lacks', async () => {
  const all = await unzipped([aFile('file_1', '../../offer.pdf', HERE), aFile('file_2', 'late.png', 'b'.repeat(64))]);
  expect(all['files/file_1-_.._offer.pdf']).toBe('PDF');
  expect(all['files/LEFT OUT.txt']).toContain('file_2-late.png');
  expect(all['files.csv']).toContain('../../offer.pdf');
  expect(all['README.txt']).toContain('files/');
});
