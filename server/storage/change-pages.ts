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

export function* changePages(db: Database): Generator<readonly StoredChange[]> {
  const page = db.prepare<[number, number], StoredChange>(
    `SELECT c.id, c.at, c.room, c.record, c.field, c.old, c.new, coalesce(u.name, '') AS person
     FROM changes c LEFT JOIN "user" u ON u.id = c.user WHERE c.id > ? ORDER BY c.id LIMIT ?`,
  );
  for (let rows = page.all(0, PAGE); rows.length > 0; rows = page.all(rows.at(-1)?.id ?? 0, PAGE)) yield rows;
}
