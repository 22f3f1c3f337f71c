/** What removed members had not sent: kept until somebody with the right decides, and after that as a record of it. */
import type { Database } from 'better-sqlite3';
import { hashOf } from './secrets.ts';

export type HeldState = 'open' | 'applied' | 'discarded';

export interface HeldBundle {
  readonly id: number;
  readonly userId: string;
  /** The space that all of it belongs to. */
  readonly space: string;
  readonly at: number;
  readonly state: HeldState;
  readonly decidedBy: string | null;
  readonly decidedAt: number | null;
}

export interface HeldChanges {
  /** Null when the person has handed in as much as anybody may. The same text twice is one bundle. */
  hold(userId: string, bundle: { readonly space: string; readonly data: string }): HeldBundle | null;
  list(): readonly HeldBundle[];
  /** With what it holds. */
  read(id: number): (HeldBundle & { readonly data: string }) | null;
  /** False when somebody has decided already. */
  decide(id: number, decision: { readonly state: 'applied' | 'discarded'; readonly by: string }): boolean;
}

/** In all, of one person: characters of JSON. */
const MOST_HELD = 48 * 1024 * 1024;
const MOST_BUNDLES = 100;

interface HeldRow {
  id: number;
  user: string;
  space: string;
  data: string;
  at: number;
  state: HeldState;
  decided_by: string | null;
  decided_at: number | null;
}

export function createHeldChanges(db: Database, now: () => number = Date.now): HeldChanges {
  const columns = 'id, user, space, at, state, decided_by, decided_at';
  const known = db.prepare<[string, string], HeldRow>(
    `SELECT ${columns} FROM held_changes WHERE user = ? AND digest = ?`,
  );
  const total = db.prepare<[string], { size: number; count: number }>(
    'SELECT coalesce(sum(length(data)), 0) AS size, count(*) AS count FROM held_changes WHERE user = ?',
  );
  const insert = db.prepare('INSERT INTO held_changes (user, space, digest, data, at) VALUES (?, ?, ?, ?, ?)');
  const all = db.prepare<[], HeldRow>(`SELECT ${columns} FROM held_changes ORDER BY id DESC`);
  const byId = db.prepare<[number], HeldRow>(`SELECT ${columns}, data FROM held_changes WHERE id = ?`);
  const decide = db.prepare(
    "UPDATE held_changes SET state = ?, decided_by = ?, decided_at = ? WHERE id = ? AND state = 'open'",
  );

  const hold = db.transaction((userId: string, { space, data }: { space: string; data: string }): HeldBundle | null => {
    const digest = hashOf(data);
    const before = known.get(userId, digest);
    if (before !== undefined) return read(before);
    const { size, count } = total.get(userId) ?? { size: 0, count: 0 };
    if (size + data.length > MOST_HELD || count >= MOST_BUNDLES) return null;
    insert.run(userId, space, digest, data, now());
    const row = known.get(userId, digest);
    if (row === undefined) throw new Error('held changes were written and cannot be read');
    return read(row);
  });

  return {
    hold: (userId, data) => hold.immediate(userId, data),
    list: () => all.all().map(read),
    read(id) {
      const row = byId.get(id);
      return row === undefined ? null : { ...read(row), data: row.data };
    },
    decide: (id, { state, by }) => decide.run(state, by, now(), id).changes === 1,
  };
}

const read = ({ id, user, space, at, state, decided_by, decided_at }: HeldRow): HeldBundle => ({
  id,
  userId: user,
  space,
  at,
  state,
  decidedBy: decided_by,
  decidedAt: decided_at,
});
