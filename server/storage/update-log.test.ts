import { expect, test } from 'vitest';
import { openMemoryDatabase } from './data-folder.ts';
import { type Batch, createUpdateLog, RAW_DAYS } from './update-log.ts';

const ROOM = 'team.pipeline.1';
const OTHER = 'team.work.1';
const DAY_MS = 86_400_000;

function setUpLog() {
  const clock = { now: 1_000 * DAY_MS };
  const db = openMemoryDatabase();
  const log = createUpdateLog(db, () => clock.now);
  log.ensureRoom(ROOM);
  log.ensureRoom(OTHER);
  return { db, log, clock };
}

const batchOf = (...updates: { room?: string; bytes: number[]; client?: number }[]): Batch => ({
  updates: updates.map(({ room = ROOM, bytes, client }) => ({
    room,
    data: Uint8Array.from(bytes),
    userId: 'anna',
    claims: client === undefined ? [] : [{ client, userId: 'anna' }],
  })),
  quarantine: [],
  changes: [],
  historySeqs: new Map(),
});

const bytesIn = (log: ReturnType<typeof setUpLog>['log'], room = ROOM) =>
  log.load(room).updates.map(({ data }) => [...data]);

test('what is committed is loaded in the order it came, room by room', () => {
  const { log } = setUpLog();
  const { seqs } = log.commit(batchOf({ bytes: [1] }, { room: OTHER, bytes: [2] }, { bytes: [3] }));
  log.commit(batchOf({ bytes: [4] }));
  expect(seqs).toEqual([1, 2, 3]);
  expect(bytesIn(log)).toEqual([[1], [3], [4]]);
  expect(bytesIn(log, OTHER)).toEqual([[2]]);
});

test('a batch is stored whole or not at all', () => {
  const { log } = setUpLog();
  expect(() => log.commit(batchOf({ bytes: [1] }, { room: 'team.missing.1', bytes: [2] }))).toThrow();
  expect(bytesIn(log)).toEqual([]);
});

test('a commit inside somebody else’s open transaction is refused: it would only be a savepoint', () => {
  const { db, log } = setUpLog();
  db.exec('BEGIN');
  expect(() => log.commit(batchOf({ bytes: [1] }))).toThrow('another transaction is open');
  db.exec('ROLLBACK');
});

test('a sequence number is never given twice, not even after the newest rows are gone', () => {
  const { db, log } = setUpLog();
  log.commit(batchOf({ bytes: [1] }, { bytes: [2] }));
  db.exec('DELETE FROM updates');
  expect(log.commit(batchOf({ bytes: [3] })).seqs).toEqual([3]);
});

test('the first claim of a client id wins', () => {
  const { log } = setUpLog();
  log.commit(batchOf({ bytes: [1], client: 7 }));
  log.commit({
    ...batchOf(),
    updates: [{ room: ROOM, data: Uint8Array.of(2), userId: 'eve', claims: [{ client: 7, userId: 'eve' }] }],
  });
  expect(log.ownerOf(ROOM, 7)).toEqual({ userId: 'anna' });
  expect(log.ownerOf(OTHER, 7)).toBeUndefined();
});

test('a snapshot replaces what it covers; later updates come after it', () => {
  const { log } = setUpLog();
  log.commit(batchOf({ bytes: [1] }, { bytes: [2] }));
  log.fold(ROOM, 2, Uint8Array.of(9));
  log.commit(batchOf({ bytes: [3] }));
  const room = log.load(ROOM);
  expect([...(room.snapshot ?? [])]).toEqual([9]);
  expect(bytesIn(log)).toEqual([[3]]);
  expect(log.unfolded(ROOM)).toBe(1);
});

test('raw updates stay for 30 days after they are covered, and not longer', () => {
  const { db, log, clock } = setUpLog();
  const count = () => db.prepare<[], { n: number }>('SELECT count(*) AS n FROM updates').get()?.n;
  log.commit(batchOf({ bytes: [1] }, { bytes: [2] }));
  log.fold(ROOM, 2, Uint8Array.of(9));
  expect(count()).toBe(2);
  clock.now += RAW_DAYS * DAY_MS + 1;
  log.commit(batchOf({ bytes: [3] }));
  log.fold(ROOM, 2, Uint8Array.of(9));
  expect(count()).toBe(1);
  expect(bytesIn(log)).toEqual([[3]]);
});

test('an update that is taken out is in quarantine with its reason, and its number is not used again', () => {
  const { db, log } = setUpLog();
  log.commit(batchOf({ bytes: [1] }, { bytes: [2] }));
  log.expel({ room: ROOM, seq: 2, reason: 'broken' });
  expect(bytesIn(log)).toEqual([[1]]);
  expect(db.prepare('SELECT room, user, reason, data FROM quarantine').get()).toEqual({
    room: ROOM,
    user: 'anna',
    reason: 'broken',
    data: Buffer.of(2),
  });
  expect(log.commit(batchOf({ bytes: [3] })).seqs).toEqual([3]);
  expect(bytesIn(log)).toEqual([[1], [3]]);
});

test('a flood of refused bytes stops filling the disk at 64 MiB', () => {
  const { db, log } = setUpLog();
  const entry = { room: ROOM, userId: 'eve', code: 'malformed', reason: 'x', data: new Uint8Array(20 * 1024 * 1024) };
  const { quarantineIds } = log.commit({ ...batchOf(), quarantine: [entry, entry, entry, entry] });
  expect(quarantineIds).toEqual([1, 2, 3, null]);
  expect(db.prepare('SELECT count(*) AS n FROM quarantine').get()).toEqual({ n: 3 });
});
