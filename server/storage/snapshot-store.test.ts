import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { atOnce } from '../turns.ts';
import { BackupUnusable, verifyBackup, writeBackup } from './backup-file.ts';
import { openDataFolder, openMemoryDatabase } from './data-folder.ts';
import { createSnapshotStore, PIECE_BYTES } from './snapshot-store.ts';
import { createUpdateLog, RoomDamaged, type UpdateLog } from './update-log.ts';

const ROOM = 'team.directory.1';

function setUpLog(db = openMemoryDatabase()) {
  const log = createUpdateLog(db);
  log.ensureRoom(ROOM);
  const append = () =>
    log.commit({
      updates: [{ room: ROOM, data: Uint8Array.of(1), userId: null, claims: [] }],
      quarantine: [],
      changes: [],
      historySeqs: new Map(),
    });
  append();
  const pieces = () => db.prepare('SELECT count(*) FROM snapshot_pieces').pluck().get();
  return { db, log, append, pieces };
}

/** Of three and a half pieces, no two of which are the same. */
const large = (seed: number) =>
  Buffer.alloc(3.5 * PIECE_BYTES, Buffer.from(Array.from({ length: 251 }, (_, index) => (index * seed + 1) % 256)));

const snapshotIn = (log: UpdateLog) => Buffer.from(log.load(ROOM).snapshot ?? []);

test('a large snapshot lies in pieces and is read as it was written, at once and in turns', async () => {
  const { log, pieces } = setUpLog();
  const mark = log.fold(ROOM, 1, large(3));
  expect(pieces()).toBe(4);
  expect(log.snapshotMark(ROOM)).toEqual(mark);
  expect(snapshotIn(log).equals(large(3))).toBe(true);
  expect(Buffer.from((await log.loadInTurns(ROOM)).snapshot ?? []).equals(large(3))).toBe(true);
  expect(log.fold(ROOM, 1, Uint8Array.of(9)).length).toBe(1);
  expect([pieces(), [...snapshotIn(log)]]).toEqual([0, [9]]);
});

test('one that is stored in turns is there when all of it is, with the updates it covers, and nothing of the former stays', async () => {
  const { log, append, pieces } = setUpLog();
  log.fold(ROOM, 1, large(3));
  append();
  const folding = log.foldInTurns(ROOM, 2, large(5));
  // Others read and write meanwhile.
  expect(snapshotIn(log).equals(large(3))).toBe(true);
  expect(log.unfolded(ROOM)).toBe(1);
  append();
  const mark = await folding;
  expect(mark).toEqual(log.snapshotMark(ROOM));
  expect(snapshotIn(log).equals(large(5))).toBe(true);
  expect(log.load(ROOM).updates.map(({ seq }) => seq)).toEqual([3]);
  expect(pieces()).toBe(4);
});

test('one that comes too late changes nothing', async () => {
  const { log, append, pieces } = setUpLog();
  append();
  const folding = log.foldInTurns(ROOM, 1, large(5));
  log.fold(ROOM, 2, large(3));
  expect(await folding).toBeNull();
  expect(log.snapshotMark(ROOM)?.seq).toBe(2);
  expect(snapshotIn(log).equals(large(3))).toBe(true);
  expect(pieces()).toBe(4);
  append();
  const small = log.foldInTurns(ROOM, 1, Uint8Array.of(1));
  expect(await small).toBeNull();
});

test('reading that is overtaken by another snapshot gives the newer one', () => {
  const { db, log } = setUpLog();
  log.fold(ROOM, 1, large(3));
  const steps = createSnapshotStore(db).reading(ROOM);
  expect(steps.next().done).toBe(false);
  log.fold(ROOM, 1, large(7));
  expect(Buffer.from(atOnce(steps)?.data ?? []).equals(large(7))).toBe(true);
});

test('what a process left behind in the middle of it is taken away at the next start, and the former snapshot is whole', async () => {
  const { db, log, pieces } = setUpLog();
  log.fold(ROOM, 1, large(3));
  const insert = db.prepare('INSERT INTO snapshot_pieces (version, place, data) VALUES (?, ?, ?)');
  for (let place = 0; place < 2; place++) insert.run(17, place, large(5).subarray(0, PIECE_BYTES));
  const again = createUpdateLog(db);
  expect(snapshotIn(again).equals(large(3))).toBe(true);
  again.dropLeftovers();
  expect(pieces()).toBe(4);
  expect(snapshotIn(again).equals(large(3))).toBe(true);
  expect(await again.foldInTurns(ROOM, 1, large(5))).not.toBeNull();
  expect(snapshotIn(again).equals(large(5))).toBe(true);
});

test('a full disk leaves the former snapshot and no piece of the new one', async () => {
  const { db, log, pieces } = setUpLog();
  log.fold(ROOM, 1, large(3));
  db.pragma(`max_page_count = ${(db.pragma('page_count', { simple: true }) as number) + PIECE_BYTES / 4_096 + 8}`);
  await expect(log.foldInTurns(ROOM, 1, large(5))).rejects.toThrow('full');
  expect(pieces()).toBe(4);
  expect(snapshotIn(log).equals(large(3))).toBe(true);
});

test.each([
  ['a damaged piece', 'UPDATE snapshot_pieces SET data = zeroblob(length(data)) WHERE place = 2'],
  ['a missing piece', 'DELETE FROM snapshot_pieces WHERE place = 2'],
  ['a piece that is cut short', 'UPDATE snapshot_pieces SET data = substr(data, 2) WHERE place = 3'],
])('%s: the room is refused, and a copy with it is no backup', async (_what, damage) => {
  const path = mkdtempSync(join(tmpdir(), 'snapshot-store-test-'));
  const folder = openDataFolder(path);
  onTestFinished(() => {
    folder.close();
    rmSync(path, { recursive: true });
  });
  const { log } = setUpLog(folder.db);
  log.fold(ROOM, 1, large(3));
  await writeBackup(folder.db, join(path, 'good.db'));
  expect((await verifyBackup(join(path, 'good.db'))).updates).toBe(1);
  folder.db.exec(damage);
  expect(() => log.load(ROOM)).toThrow(RoomDamaged);
  await expect(log.loadInTurns(ROOM)).rejects.toThrow('its snapshot is damaged');
  await expect(writeBackup(folder.db, join(path, 'bad.db'))).rejects.toThrow(BackupUnusable);
});

test('a database of the former format is read as it is, and goes over to pieces with the next folding', () => {
  const { db, log, pieces } = setUpLog();
  log.fold(ROOM, 1, Uint8Array.of(9));
  const whole = large(3);
  db.prepare('UPDATE snapshots SET data = ?, crc = ?').run(whole, log.fold(ROOM, 1, whole).crc);
  db.exec('UPDATE snapshots SET pieces = NULL, length = NULL; DELETE FROM snapshot_pieces');
  expect(log.snapshotMark(ROOM)?.length).toBe(whole.length);
  expect(snapshotIn(log).equals(whole)).toBe(true);
  log.fold(ROOM, 1, large(5));
  expect([pieces(), snapshotIn(log).equals(large(5))]).toEqual([4, true]);
});
