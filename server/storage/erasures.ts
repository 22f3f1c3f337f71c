/**
 * Erasing for good, as far as the database goes: which records were erased, the values about them in the history and in
 * what was set aside, and the pages of the file that once held them.
 */
import type { Database } from 'better-sqlite3';

export interface ErasedWords {
  readonly records: readonly string[];
  /** Names and addresses that other records' histories may quote. */
  readonly words: readonly string[];
}

export interface Erasures {
  isErased(record: string): boolean;
  /** Before anything is taken away: what is noted and not done is erased at the next start. */
  begin(records: readonly string[], by: string | null): void;
  /** Erasures that were cut short, or came along into a restored backup. */
  unfinished(): readonly string[];
  finish(records: readonly string[]): void;
  /** Whether unsent changes that wait for a decision hold any of it. */
  isHeld(erased: ErasedWords): boolean;
  /** Takes values, and keys that are values, out of the history; drops refused updates and decided bundles with any of it. */
  blank(erased: ErasedWords): void;
  /** Writes the file anew, so that no page of it, used or free, nor the write-ahead log, holds what was deleted. */
  compact(): void;
  noteFiles(hashes: readonly string[]): void;
  /** Content that was erased at or before a moment. */
  filesErasedUntil(moment: number): readonly string[];
  isFileErased(hash: string): boolean;
  /** The same content was added anew. */
  forgetFiles(hashes: readonly string[]): void;
}

export function createErasures(db: Database, now: () => number = Date.now): Erasures {
  const erased = new Set(db.prepare('SELECT record FROM erased_records').pluck().all() as string[]);
  const insert = db.prepare(
    `INSERT INTO erased_records (record, by, at) VALUES (?, ?, ?)
     ON CONFLICT (record) DO UPDATE SET is_done = 0`,
  );
  const unfinished = db.prepare('SELECT record FROM erased_records WHERE is_done = 0').pluck();
  const finish = db.prepare('UPDATE erased_records SET is_done = 1 WHERE record = ?');
  const blankRecord = db.prepare(
    `UPDATE changes SET old = NULL, new = NULL,
       field = CASE WHEN instr(field, ':') > 0 THEN substr(field, 1, instr(field, ':') - 1) ELSE field END
     WHERE record = ?`,
  );
  const blankWord = db.prepare(
    'UPDATE changes SET old = NULL, new = NULL WHERE instr(lower(old), lower(@word)) OR instr(lower(new), lower(@word))',
  );
  const refused = db.prepare<[], { id: number; data: Buffer }>('SELECT id, data FROM quarantine');
  const dropRefused = db.prepare('DELETE FROM quarantine WHERE id = ?');
  const held = db.prepare<[], { id: number; state: string; data: string }>('SELECT id, state, data FROM held_changes');
  const emptyHeld = db.prepare("UPDATE held_changes SET data = '{}' WHERE id = ?");
  const noteFile = db.prepare(
    'INSERT INTO erased_files (hash, at) VALUES (?, ?) ON CONFLICT (hash) DO UPDATE SET at = excluded.at',
  );
  const filesUntil = db.prepare('SELECT hash FROM erased_files WHERE at <= ?').pluck();
  const isFileErased = db.prepare('SELECT hash FROM erased_files WHERE hash = ?').pluck();
  const forgetFile = db.prepare('DELETE FROM erased_files WHERE hash = ?');

  function* heldWith(erasedNow: ErasedWords): Generator<{ readonly id: number; readonly state: string }> {
    const isIn = finderOf(erasedNow);
    for (const { id, state, data } of held.all()) {
      const updates = Object.values(JSON.parse(data) as Record<string, string>);
      if (updates.some((update) => isIn(Buffer.from(update, 'base64')))) yield { id, state };
    }
  }

  const blank = db.transaction((erasedNow: ErasedWords) => {
    for (const record of erasedNow.records) blankRecord.run(record);
    for (const word of erasedNow.words) blankWord.run({ word: JSON.stringify(word).slice(1, -1) });
    const isIn = finderOf(erasedNow);
    for (const { id, data } of refused.all()) if (isIn(data)) dropRefused.run(id);
    for (const { id, state } of heldWith(erasedNow)) if (state !== 'open') emptyHeld.run(id);
  });

  return {
    isErased: (record) => erased.has(record),
    begin: db.transaction((records: readonly string[], by: string | null) => {
      for (const record of records) {
        insert.run(record, by, now());
        erased.add(record);
      }
    }),
    unfinished: () => unfinished.all() as string[],
    finish: db.transaction((records: readonly string[]) => {
      for (const record of records) finish.run(record);
    }),
    isHeld: (erasedNow) => [...heldWith(erasedNow)].some(({ state }) => state === 'open'),
    blank(erasedNow) {
      overwriting(db, () => blank.immediate(erasedNow));
    },
    compact() {
      db.exec('VACUUM');
      db.pragma('wal_checkpoint(TRUNCATE)');
    },
    noteFiles: db.transaction((hashes: readonly string[]) => {
      for (const hash of hashes) noteFile.run(hash, now());
    }),
    filesErasedUntil: (moment) => filesUntil.all(moment) as string[],
    isFileErased: (hash) => isFileErased.get(hash) !== undefined,
    forgetFiles: db.transaction((hashes: readonly string[]) => {
      for (const hash of hashes) forgetFile.run(hash);
    }),
  };
}

function finderOf({ records, words }: ErasedWords): (data: Buffer) => boolean {
  const needles = [...records, ...words].map((each) => Buffer.from(each));
  return (data) => needles.some((needle) => data.includes(needle));
}

/** What is deleted meanwhile is overwritten in the file and leaves the write-ahead log. */
export function overwriting(db: Database, work: () => void): void {
  db.pragma('secure_delete = ON');
  try {
    work();
    db.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    db.pragma('secure_delete = OFF');
  }
}
