import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createSnapshotShelf } from './snapshot-shelf.ts';

const ROOM = 'team.directory.1';
const MARK = { seq: 7, crc: 1_234, length: 9 };
const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function setUpShelf() {
  const folder = mkdtempSync(join(tmpdir(), 'shelf-test-'));
  folders.push(folder);
  const reports: string[] = [];
  const shelf = createSnapshotShelf(folder, (message) => void reports.push(message));
  const inside = join(folder, 'snapshots');
  return { folder, inside, shelf, reports, names: () => readdirSync(inside) };
}

test('what is kept for a snapshot is found for that snapshot only', () => {
  const { shelf } = setUpShelf();
  shelf.put(ROOM, MARK, 'gz', Buffer.from('packed'));
  expect(shelf.get(ROOM, MARK, 'gz')?.toString()).toBe('packed');
  expect(shelf.get(ROOM, MARK, 'clocks')).toBeNull();
  expect(shelf.get(ROOM, { ...MARK, crc: 1_235 }, 'gz')).toBeNull();
  expect(shelf.get('team.work.1', MARK, 'gz')).toBeNull();
});

test('a damaged file counts as none', () => {
  const { shelf, inside, names } = setUpShelf();
  shelf.put(ROOM, MARK, 'gz', Buffer.from('packed'));
  const file = join(inside, names()[0] ?? '');
  const bytes = readFileSync(file);
  bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
  writeFileSync(file, bytes);
  expect(shelf.get(ROOM, MARK, 'gz')).toBeNull();
  writeFileSync(file, '');
  expect(shelf.get(ROOM, MARK, 'gz')).toBeNull();
});

test('what belongs to a former snapshot, or to none, is taken away', () => {
  const { shelf, inside, names } = setUpShelf();
  shelf.put(ROOM, MARK, 'gz', Buffer.from('old'));
  shelf.put(ROOM, { ...MARK, seq: 8 }, 'gz', Buffer.from('new'));
  shelf.put('team.work.1', MARK, 'clocks', Buffer.from('gone'));
  writeFileSync(join(inside, `${ROOM}@8-1234.gz.partial`), 'half');
  shelf.tidy((room) => (room === ROOM ? { ...MARK, seq: 8 } : null));
  expect(names()).toEqual([`${ROOM}@8-1234.gz`]);
});

test('a folder that cannot be made costs a report and nothing else', () => {
  const { folder, shelf, reports } = setUpShelf();
  writeFileSync(join(folder, 'snapshots'), 'a file in its place');
  shelf.put(ROOM, MARK, 'gz', Buffer.from('packed'));
  expect(shelf.get(ROOM, MARK, 'gz')).toBeNull();
  shelf.tidy(() => null);
  expect(reports).toHaveLength(1);
});
