/**
 * Erasing for good, as far as the database goes: which records were erased, and the values about them in the history and
 * in what was set aside. The pages of the file that once held them: scrubbing.ts.
 */
import type { Database } from 'better-sqlite3';
import { atOnce, inTurns } from '../turns.ts';
import { beginScrubbing, overwriting, type Scrubbing } from './scrubbing.ts';

export interface ErasedWords {
  readonly records: readonly string[];
  /** Names and addresses that other records' histories may quote. */
  readonly words: readonly string[];
}

export interface Erasing extends ErasedWords {
  /** Content of files. */
  readonly hashes: readonly string[];
}

export interface Erasures {
  isErased(record: string): boolean;
  /** Before anything is taken away: what is noted and not done is erased at the next start. */
  begin(erasing: Erasing, by: string | null): void;
  /** Erasures that were cut short, or came along into a restored backup; of these only the records are known. */
  unfinished(): Erasing;
  /** Nothing is left to be looked for with the words. */
  forgetWords(): void;
  finish(records: readonly string[]): void;
  /** Whether unsent changes that wait for a decision hold any of it. */
  isHeld(erased: ErasedWords): boolean;
  /**
   * Takes values, and keys that are values, out of the history; drops refused updates and decided bundles with any of it.
   * All at once, and leaves no bytes.
   */
  blank(erased: ErasedWords): void;
  /** The same in slices, within a scrubbing. */
  blankAll(erased: ErasedWords): Promise<void>;
  /** Begin it before anything is deleted, and end it. */
  scrub(): Scrubbing;
  noteFiles(hashes: readonly string[]): void;
  /** Content that was erased at or before a moment. */
  filesErasedUntil(moment: number): readonly string[];
  isFileErased(hash: string): boolean;
  /** The same content was added anew. */
  forgetFiles(hashes: readonly string[]): void;
}

/** So much is looked through in some ten milliseconds. */
const ROWS_AT_ONCE = 5_000;
const RECORDS_AT_ONCE = 50;
/** In `meta`, while an erasure goes on. */
const ERASING = 'erasing';

export function createErasures(db: Database, now: () => number = Date.now): Erasures {
  const erased = new Set(db.prepare('SELECT record FROM erased_records').pluck().all() as string[]);
  const insert = db.prepare(
    `INSERT INTO erased_records (record, by, at) VALUES (?, ?, ?)
     ON CONFLICT (record) DO UPDATE SET is_done = 0`,
  );
  const unfinished = db.prepare('SELECT record FROM erased_records WHERE is_done = 0').pluck();
  const noteWords = db.prepare(
    'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const notedWords = db.prepare('SELECT value FROM meta WHERE key = ?').pluck();
  const noted = () => {
    const text = (notedWords.get(ERASING) as string | undefined) ?? '{}';
    return { words: [], hashes: [], ...(JSON.parse(text) as Partial<Pick<Erasing, 'words' | 'hashes'>>) };
  };
  const dropWords = db.prepare('DELETE FROM meta WHERE key = ?');
  const finish = db.prepare('UPDATE erased_records SET is_done = 1 WHERE record = ?');
  // Values are first written over by as many other letters, which SQLite does where they are. A row that gets shorter may
  // move the rows beside it, and what is moved may stay behind as a copy.
  const overRecord = db.prepare(
    `UPDATE changes SET old = ${over('old')}, new = ${over('new')},
       field = CASE WHEN instr(field, ':') > 0
         THEN substr(field, 1, instr(field, ':')) || ${over("substr(field, instr(field, ':') + 1)")} ELSE field END
     WHERE record = ?`,
  );
  const blankRecord = db.prepare(
    `UPDATE changes SET old = NULL, new = NULL,
       field = CASE WHEN instr(field, ':') > 0 THEN substr(field, 1, instr(field, ':') - 1) ELSE field END
     WHERE record = ?`,
  );
  const rowsWith = db
    .prepare(
      `SELECT id FROM changes WHERE id > @after AND id <= @until
         AND (instr(lower(old), lower(@word)) OR instr(lower(new), lower(@word)))`,
    )
    .pluck();
  const overRow = db.prepare(`UPDATE changes SET old = ${over('old')}, new = ${over('new')} WHERE id = ?`);
  const blankRow = db.prepare('UPDATE changes SET old = NULL, new = NULL WHERE id = ?');
  const newestRow = db.prepare('SELECT coalesce(max(id), 0) FROM changes').pluck();
  const refusedIds = db.prepare('SELECT id FROM quarantine').pluck();
  const refused = db.prepare<[number], Buffer>('SELECT data FROM quarantine WHERE id = ?').pluck();
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

  const blankRecords = db.transaction((records: readonly string[]) => {
    for (const statement of [overRecord, blankRecord]) for (const record of records) statement.run(record);
  });
  const blankRows = db.transaction((rows: readonly number[]) => {
    for (const statement of [overRow, blankRow]) for (const row of rows) statement.run(row);
  });

  /** Pauses between its transactions. */
  function* blanking(erasedNow: ErasedWords): Generator<undefined, void> {
    const { records, words } = erasedNow;
    for (let from = 0; from < records.length; from += RECORDS_AT_ONCE) {
      blankRecords.immediate(records.slice(from, from + RECORDS_AT_ONCE));
      yield;
    }
    const newest = newestRow.get() as number;
    for (let after = 0; after < newest && words.length > 0; after += ROWS_AT_ONCE) {
      for (const word of words) {
        const quoted = JSON.stringify(word).slice(1, -1);
        const rows = rowsWith.all({ after, until: after + ROWS_AT_ONCE, word: quoted }) as number[];
        if (rows.length > 0) blankRows.immediate(rows);
        yield;
      }
    }
    const isIn = finderOf(erasedNow);
    for (const id of refusedIds.all() as number[]) {
      if (isIn(refused.get(id) ?? Buffer.alloc(0))) dropRefused.run(id);
      yield;
    }
    for (const { id, state } of heldWith(erasedNow)) if (state !== 'open') emptyHeld.run(id);
  }

  return {
    isErased: (record) => erased.has(record),
    begin: db.transaction(({ records, words, hashes }: Erasing, by: string | null) => {
      for (const record of records) {
        insert.run(record, by, now());
        erased.add(record);
      }
      // Those of one that failed are still to be done.
      const before = noted();
      noteWords.run(
        ERASING,
        JSON.stringify({ words: [...before.words, ...words], hashes: [...before.hashes, ...hashes] }),
      );
    }),
    unfinished: () => ({ ...noted(), records: unfinished.all() as string[] }),
    forgetWords: () => void dropWords.run(ERASING),
    finish: db.transaction((records: readonly string[]) => {
      for (const record of records) finish.run(record);
    }),
    isHeld: (erasedNow) => [...heldWith(erasedNow)].some(({ state }) => state === 'open'),
    blank(erasedNow) {
      overwriting(db, () => atOnce(blanking(erasedNow)));
    },
    blankAll: (erasedNow) => inTurns(blanking(erasedNow)),
    scrub: () => beginScrubbing(db),
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

/** As many noughts as a text has bytes. */
const over = (text: string) => `substr(hex(zeroblob(length(CAST(${text} AS BLOB)))), 1, length(CAST(${text} AS BLOB)))`;
