/** The change history read in pages, so that nobody has to wait while all of it is. */
import type { Database } from 'better-sqlite3';

export interface StoredChange {
  readonly id: number;
  readonly at: number;
  readonly room: string;
  readonly record: string;
  readonly field: string;
  readonly old: string | null;
  readonly new: string | null;
  /** Name of the account; empty for the server itself. */
  readonly person: string;
}

const PAGE = 2_000;

/** Of the records that are in these spaces now. */
export function* changePages(db: Database, spaces: readonly string[]): Generator<readonly StoredChange[]> {
  const among = JSON.stringify(spaces);
  const page = db.prepare<[number, string, number], StoredChange>(
    `SELECT c.id, c.at, c.room, c.record, c.field, c.old, c.new, coalesce(u.name, '') AS person
     FROM changes c LEFT JOIN "user" u ON u.id = c.user
     LEFT JOIN moved_records m ON m.record = c.record
     WHERE c.id > ? AND coalesce(m.space, substr(c.room, 1, instr(c.room, '.') - 1)) IN (SELECT value FROM json_each(?))
     ORDER BY c.id LIMIT ?`,
  );
  for (let rows = page.all(0, among, PAGE); rows.length > 0; rows = page.all(rows.at(-1)?.id ?? 0, among, PAGE))
    yield rows;
}
