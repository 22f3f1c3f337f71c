/**
 * The backups of a server: made by the clock and on command into one folder, listed, thinned out. A backup carries its
 * time in its name; a name without `.partial` was verified.
 */
import { existsSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { makeFolder } from '../storage/data-folder.ts';

export type BackupKind = 'hourly' | 'manual';

export interface Backup {
  /** File name, and its id in the API. */
  readonly name: string;
  /** Epoch ms. */
  readonly at: number;
  readonly kind: BackupKind;
  readonly bytes: number;
}

export interface Retention {
  /** For so many hours the newest of each hour stays. */
  readonly hours: number;
  /** For so many days the newest of each day stays, and every one made by hand. */
  readonly days: number;
}

const NAME = /^rapport-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)Z-(hourly|manual)\.db$/;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

export function backupName(at: number, kind: BackupKind): string {
  return `rapport-${new Date(at).toISOString().slice(0, 19).replaceAll(':', '-')}Z-${kind}.db`;
}

export function parseBackupName(name: string): Pick<Backup, 'at' | 'kind'> | null {
  const [, day, hour, minute, second, kind] = NAME.exec(name) ?? [];
  if (day === undefined) return null;
  const at = Date.parse(`${day}T${hour}:${minute}:${second}Z`);
  return Number.isNaN(at) ? null : { at, kind: kind as BackupKind };
}

/** The names that may go. The newest backup always stays. */
export function expired(backups: readonly Backup[], { hours, days }: Retention, now: number): readonly string[] {
  const newestFirst = backups.toSorted((left, right) => right.at - left.at);
  const [newest] = newestFirst;
  const kept = new Set<string>();
  return newestFirst.flatMap((backup) => {
    const age = now - backup.at;
    const slot =
      age < hours * HOUR_MS
        ? `hour ${Math.floor(backup.at / HOUR_MS)}`
        : age < days * DAY_MS
          ? `day ${Math.floor(backup.at / DAY_MS)}`
          : null;
    const isKept = backup === newest || (slot !== null && (backup.kind === 'manual' || !kept.has(slot)));
    if (isKept && backup.kind === 'hourly' && slot !== null) kept.add(slot);
    return isKept ? [] : [backup.name];
  });
}

/** Newest first; an absent folder has none. */
export function listBackups(folder: string): readonly Backup[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .flatMap((name) => {
      const parsed = parseBackupName(name);
      return parsed === null ? [] : [{ name, ...parsed, bytes: statSync(join(folder, name)).size }];
    })
    .sort((left, right) => right.at - left.at);
}

export interface BackupsOptions {
  readonly folder: string;
  /** Minutes between backups; 0 makes none by itself. */
  readonly everyMinutes: number;
  readonly retention: Retention;
  /** Copies the database to this path, verified. */
  readonly write: (target: string) => Promise<unknown>;
  /** Counts writes to the database: an hour without any needs no new backup. */
  readonly writesSoFar: () => number;
  readonly now: () => number;
  readonly report: (message: string, error?: unknown) => void;
}

export interface Backups {
  readonly folder: string;
  readonly everyMinutes: number;
  readonly retention: Retention;
  list(): readonly Backup[];
  /** One at a time; a second caller gets the same. @throws what the disk or the check says. */
  make(kind: BackupKind): Promise<Backup>;
  /** The file of a backup in the list; null when there is none of that name. */
  fileOf(name: string): string | null;
  /** Why the last one failed, as it was reported; null while they succeed. */
  lastProblem(): string | null;
  /** Resolves when none is being made. */
  idle(): Promise<void>;
  /** Makes one, and deletes all that were made before. Returns how many went. @throws as `make`; then none went. */
  keepOnlyNewest(): Promise<number>;
  stop(): Promise<void>;
}

const CHECK_MS = 60_000;

export function createBackups(options: BackupsOptions): Backups {
  const { everyMinutes, retention, write, writesSoFar, now, report } = options;
  const folder = resolve(options.folder);
  let running: Promise<Backup> | null = null;
  let problem: string | null = null;
  let writesAtLast = -1;
  let triedAt = 0;

  async function run(kind: BackupKind): Promise<Backup> {
    // Names count seconds; a second one in the same second must not take the place of the first.
    let at = Math.floor(now() / 1_000) * 1_000;
    while (existsSync(join(folder, backupName(at, kind)))) at += 1_000;
    const writes = writesSoFar();
    try {
      makeFolder(folder);
      for (const name of readdirSync(folder)) if (/^rapport-.*\.partial/.test(name)) rmSync(join(folder, name));
      const name = backupName(at, kind);
      const file = join(folder, name);
      await write(file);
      problem = null;
      writesAtLast = writes;
      for (const old of expired(listBackups(folder), retention, at)) rmSync(join(folder, old));
      return { name, at, kind, bytes: statSync(file).size };
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  function make(kind: BackupKind): Promise<Backup> {
    running ??= run(kind).finally(() => {
      running = null;
    });
    return running;
  }

  /** Asks the files and not a counter of its own, so that a server that restarts every hour still makes its backups. */
  function makeIfDue(): void {
    const newest = listBackups(folder)[0]?.at ?? 0;
    const due = everyMinutes * 60_000 - CHECK_MS / 2;
    if (now() - Math.max(newest, triedAt) < due || writesSoFar() === writesAtLast) return;
    triedAt = now();
    make('hourly').catch((error: unknown) => report('The hourly backup was not made', error));
  }

  const timer = everyMinutes > 0 ? setInterval(makeIfDue, CHECK_MS) : undefined;
  timer?.unref();

  return {
    folder,
    everyMinutes,
    retention,
    list: () => listBackups(folder),
    make,
    fileOf: (name) => (parseBackupName(name) !== null && existsSync(join(folder, name)) ? join(folder, name) : null),
    lastProblem: () => problem,
    async idle() {
      await running?.catch(() => undefined);
    },
    async keepOnlyNewest() {
      await running?.catch(() => undefined);
      const before = listBackups(folder);
      await make('manual');
      for (const { name } of before) rmSync(join(folder, name), { force: true });
      return before.length;
    },
    async stop() {
      clearInterval(timer);
      await running?.catch(() => undefined);
    },
  };
}
