/** What the server remembers about itself: identity, epoch, secret, recovery. One short text per key. */
import { randomBytes, randomUUID } from 'node:crypto';
import type { Database } from 'better-sqlite3';

export interface Identity {
  /** Names this line of data: clients name their local databases after it, and start afresh under another one. */
  readonly serverId: string;
  /** Changes when the data was replaced by older data of the same line, for example by restoring a backup. */
  readonly epoch: string;
  /** Signs session cookies. Kept in the data folder, so that a restart signs nobody out. */
  readonly authSecret: string;
}

/**
 * How the server stands to devices that know more than it does, since its data was replaced:
 * - `none`: it never was;
 * - `awaiting`: such devices hold everything back until an owner decides;
 * - `recovering`: the owner said yes; devices bring back what they have.
 */
export type RecoveryState = 'none' | 'awaiting' | 'recovering';

export interface Recovery {
  readonly state: RecoveryState;
  /** What happened, as a sentence for people; empty for `none`. */
  readonly reason: string;
  /** Epoch ms; 0 for `none`. */
  readonly since: number;
}

const NO_RECOVERY: Recovery = { state: 'none', reason: '', since: 0 };

/**
 * Numbers that were given out after the backup was made are not known to it. Clients and the change history remember
 * them, so the next one is far above whatever they can be; 2⁵³ leaves room for nine million restores.
 */
const SEQUENCE_GAP = 1_000_000_000;

/** Reads the identity; the first call on a new database makes it. */
export function identityOf(db: Database): Identity {
  const readOrMake = (key: string, make: () => string): string => {
    db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO NOTHING').run(key, make());
    return readMeta(db, key) ?? '';
  };
  return {
    serverId: readOrMake('server_id', randomUUID),
    epoch: readOrMake('epoch', randomUUID),
    authSecret: readOrMake('auth_secret', () => randomBytes(32).toString('base64url')),
  };
}

export function recoveryOf(db: Database): Recovery {
  const text = readMeta(db, 'recovery');
  return text === undefined ? NO_RECOVERY : { ...NO_RECOVERY, ...(JSON.parse(text) as Partial<Recovery>) };
}

export function setRecovery(db: Database, recovery: Recovery): void {
  writeMeta(db, 'recovery', JSON.stringify(recovery));
}

/** After so many days what is in the trash goes for good, 0 = never by itself; null while nobody has chosen. */
export function trashDaysOf(db: Database): number | null {
  const days = Number(readMeta(db, 'trash_days') ?? Number.NaN);
  return Number.isInteger(days) && days >= 0 ? days : null;
}

export function setTrashDays(db: Database, days: number): void {
  writeMeta(db, 'trash_days', String(days));
}

/** The data is older than what devices have seen: a new epoch, unused sequence numbers, and devices ahead wait for an owner. */
export function beginEpoch(
  db: Database,
  { reason, at, above = 0 }: { reason: string; at: number; above?: number },
): void {
  db.transaction(() => {
    skipSequence(db, above);
    writeMeta(db, 'epoch', randomUUID());
    setRecovery(db, { state: 'awaiting', reason, since: at });
  }).immediate();
}

/**
 * This data is what counts from now on: a new line. Devices put what they have aside, start afresh from here, and offer
 * each person what they had changed since.
 */
export function beginLine(db: Database, above = 0): void {
  db.transaction(() => {
    skipSequence(db, above);
    writeMeta(db, 'server_id', randomUUID());
    writeMeta(db, 'epoch', randomUUID());
    db.prepare("DELETE FROM meta WHERE key = 'recovery'").run();
  }).immediate();
}

/** The newest sequence number that was ever given. */
export function newestSeq(db: Database): number {
  const row = db.prepare<[], { seq: number }>("SELECT seq FROM sqlite_sequence WHERE name = 'updates'").get();
  return row?.seq ?? 0;
}

function skipSequence(db: Database, above: number): void {
  const next = Math.max(newestSeq(db), above) + SEQUENCE_GAP;
  const { changes } = db.prepare("UPDATE sqlite_sequence SET seq = ? WHERE name = 'updates'").run(next);
  if (changes === 0) db.prepare("INSERT INTO sqlite_sequence (name, seq) VALUES ('updates', ?)").run(next);
}

function readMeta(db: Database, key: string): string | undefined {
  return db.prepare<[string], { value: string }>('SELECT value FROM meta WHERE key = ?').get(key)?.value;
}

function writeMeta(db: Database, key: string, value: string): void {
  db.prepare('INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value').run(
    key,
    value,
  );
}
