import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeTemporaryFolder } from '../testing/test-server.ts';
import {
  type Backup,
  type BackupKind,
  backupName,
  createBackups,
  expired,
  listBackups,
  parseBackupName,
} from './backups.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 22, 12);
let folder: string;

beforeEach(() => {
  folder = makeTemporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const aBackup = (at: number, kind: BackupKind = 'hourly'): Backup => ({
  name: backupName(at, kind),
  at,
  kind,
  bytes: 1,
});

test('a backup says its time and kind in its name, and other files are none', () => {
  expect(parseBackupName(backupName(NOON, 'manual'))).toEqual({ at: NOON, kind: 'manual' });
  for (const name of [
    'rapport.db',
    '../rapport-2026-11-22T12-00-00Z-manual.db',
    'rapport-2026-11-22T12-00-00Z-manual.db.partial',
  ]) {
    expect(parseBackupName(name)).toBeNull();
  }
});

test('for two days one of each hour stays, then one of each day, by hand made ones for the month, and the newest for ever', () => {
  const hourly = Array.from({ length: 40 * 24 }, (_, index) => aBackup(NOON - index * HOUR));
  const twice = aBackup(NOON - 5 * HOUR - 60_000);
  const byHand = [aBackup(NOON - 100 * HOUR - 1, 'manual'), aBackup(NOON - 100 * HOUR - 2_000, 'manual')];
  const gone = new Set(expired([...hourly, twice, ...byHand], { hours: 48, days: 30 }, NOON));
  const left = [...hourly, twice, ...byHand].filter(({ name }) => !gone.has(name));
  expect(left.filter(({ at }) => NOON - at < 48 * HOUR).length).toBe(48);
  expect(byHand.every(({ name }) => !gone.has(name))).toBe(true);
  expect(left.filter(({ at, kind }) => kind === 'hourly' && NOON - at >= 48 * HOUR).length).toBe(28 + 1);
  expect(expired([aBackup(0)], { hours: 48, days: 30 }, NOON)).toEqual([]);
});

test('one that fails leaves the others alone and says why until one succeeds', async () => {
  let fails = true;
  const backups = createBackups({
    folder: join(folder, 'deep', 'backups'),
    everyMinutes: 0,
    retention: { hours: 48, days: 30 },
    write: (target) => {
      writeFileSync(`${target}.partial`, 'x');
      if (fails) return Promise.reject(new Error('the disk is full'));
      writeFileSync(target, 'x');
      return Promise.resolve();
    },
    writesSoFar: () => 0,
    now: () => NOON,
    report: () => undefined,
  });
  await expect(backups.make('manual')).rejects.toThrow('the disk is full');
  expect(backups.lastProblem()).toBe('the disk is full');
  expect(backups.list()).toEqual([]);
  fails = false;
  const made = await backups.make('manual');
  expect(backups.lastProblem()).toBeNull();
  expect(listBackups(backups.folder)).toEqual([made]);
  expect(existsSync(backups.fileOf(made.name) ?? '')).toBe(true);
  expect(backups.fileOf('../../../etc/passwd')).toBeNull();
  expect(readdirSync(backups.folder).filter((name) => name.startsWith(made.name))).toHaveLength(2);
});

test('by the clock there is one after each hour in which something was written, also when the one before failed', async () => {
  vi.useFakeTimers({ now: NOON });
  let [writes, fails] = [1, false];
  const tried: number[] = [];
  const backups = createBackups({
    folder,
    everyMinutes: 60,
    retention: { hours: 48, days: 30 },
    write(target) {
      tried.push(Date.now() - NOON);
      if (fails) return Promise.reject(new Error('the disk is full'));
      writeFileSync(target, 'x');
      return Promise.resolve();
    },
    writesSoFar: () => writes,
    now: Date.now,
    report: () => undefined,
  });
  const hours = () => tried.map((at) => Math.round(at / HOUR));
  try {
    await vi.advanceTimersByTimeAsync(2.5 * HOUR);
    // An empty folder gets its first one at once; nothing was written since.
    expect(hours()).toEqual([0]);
    writes++;
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    expect(tried).toHaveLength(2);
    fails = true;
    writes++;
    await vi.advanceTimersByTimeAsync(2 * HOUR);
    fails = false;
    await vi.advanceTimersByTimeAsync(HOUR);
    expect(tried.length).toBeGreaterThanOrEqual(4);
    expect(backups.lastProblem()).toBeNull();
    expect(backups.list()).toHaveLength(3);
    for (let each = 1; each < tried.length; each++) {
      expect((tried[each] ?? 0) - (tried[each - 1] ?? 0)).toBeGreaterThan(HOUR - 60_000);
    }
  } finally {
    await backups.stop();
    vi.useRealTimers();
  }
});
