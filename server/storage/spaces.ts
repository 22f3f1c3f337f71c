/**
 * Private spaces: who is in which. Every question about a room that is not the team's ends here, and the answer for
 * somebody outside is the same as for a space that does not exist.
 */
import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { parseRoomName, TEAM_SPACE } from '../../shared/sync/room-names.ts';

export interface Space {
  readonly id: string;
  readonly name: string;
  /** User id. */
  readonly createdBy: string;
  readonly createdAt: number;
}

/** A space somebody was in. */
export interface LeftSpace {
  readonly id: string;
  readonly name: string;
  readonly leftAt: number;
}

export interface Spaces {
  /** The spaces somebody is in, by name. */
  of(userId: string): readonly Space[];
  /** The spaces somebody was in and is not any more. */
  leftBy(userId: string): readonly LeftSpace[];
  /** User ids, the longest there first. */
  members(space: string): readonly string[];
  isMember(space: string, userId: string): boolean;
  create(space: { readonly name: string; readonly by: string }): Space;
  rename(space: string, name: string): void;
  /** Also for somebody who was there before. */
  add(space: string, who: { readonly userId: string; readonly by: string }): void;
  /** A space without members stays as it is; nobody can open it. */
  leave(space: string, userId: string): void;
  /** For somebody who leaves the workspace. Returns the spaces that nobody is in any more. */
  leaveAll(userId: string): readonly string[];
  /** The team and the spaces somebody is in: what they may read. */
  readable(userId: string): readonly string[];
  /** Every space there is, the team included: for the server's own chores. */
  all(): readonly string[];
  /** Whether somebody may open a room, as far as its space decides that. */
  mayEnter(room: string, userId: string): boolean;
  /** To be noted before records are moved. */
  noteMoved(records: readonly string[], to: { readonly space: string; readonly by: string }): void;
  /** The space a record was moved to; null when it never was. */
  movedTo(record: string): string | null;
}

interface SpaceRow {
  id: string;
  name: string;
  created_by: string;
  created_at: number;
}

export function createSpaces(db: Database, now: () => number = Date.now): Spaces {
  const of = db.prepare<[string], SpaceRow>(
    `SELECT s.* FROM spaces s JOIN space_members m ON m.space = s.id
     WHERE m.user = ? AND m.left_at IS NULL ORDER BY s.name, s.id`,
  );
  const left = db.prepare<[string], { id: string; name: string; left_at: number }>(
    `SELECT s.id, s.name, m.left_at FROM spaces s JOIN space_members m ON m.space = s.id
     WHERE m.user = ? AND m.left_at IS NOT NULL ORDER BY m.left_at DESC`,
  );
  const members = db.prepare<[string], { user: string }>(
    'SELECT user FROM space_members WHERE space = ? AND left_at IS NULL ORDER BY added_at, user',
  );
  const member = db.prepare<[string, string], { user: string }>(
    'SELECT user FROM space_members WHERE space = ? AND user = ? AND left_at IS NULL',
  );
  const insert = db.prepare('INSERT INTO spaces (id, name, created_by, created_at) VALUES (?, ?, ?, ?)');
  const rename = db.prepare('UPDATE spaces SET name = ? WHERE id = ?');
  const add = db.prepare(
    `INSERT INTO space_members (space, user, added_by, added_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (space, user) DO UPDATE SET
       added_by = excluded.added_by, added_at = excluded.added_at, left_at = NULL
     WHERE left_at IS NOT NULL`,
  );
  const leave = db.prepare('UPDATE space_members SET left_at = ? WHERE space = ? AND user = ? AND left_at IS NULL');
  const all = db.prepare<[], { id: string }>('SELECT id FROM spaces');
  const noteMoved = db.prepare(
    `INSERT INTO moved_records (record, space, by, at) VALUES (?, ?, ?, ?)
     ON CONFLICT (record) DO UPDATE SET space = excluded.space, by = excluded.by, at = excluded.at`,
  );
  /** Asked for with every change of a record that is not where it was written. */
  const moved = new Map(db.prepare<[], [string, string]>('SELECT record, space FROM moved_records').raw().all());

  const ofUser = (userId: string): readonly Space[] =>
    of.all(userId).map(({ id, name, created_by, created_at }) => ({
      id,
      name,
      createdBy: created_by,
      createdAt: created_at,
    }));
  const isMember = (space: string, userId: string) => member.get(space, userId) !== undefined;

  const create = db.transaction(({ name, by }: { name: string; by: string }): Space => {
    const space = { id: `s-${randomBytes(8).toString('hex')}`, name, createdBy: by, createdAt: now() };
    insert.run(space.id, name, by, space.createdAt);
    add.run(space.id, by, by, space.createdAt);
    return space;
  });

  const leaveAll = db.transaction((userId: string): readonly string[] => {
    const ids = ofUser(userId).map(({ id }) => id);
    for (const id of ids) leave.run(now(), id, userId);
    return ids.filter((id) => members.all(id).length === 0);
  });

  return {
    of: ofUser,
    leftBy: (userId) => left.all(userId).map(({ id, name, left_at }) => ({ id, name, leftAt: left_at })),
    members: (space) => members.all(space).map(({ user }) => user),
    isMember,
    create: (space) => create.immediate(space),
    rename: (space, name) => void rename.run(name, space),
    add: (space, { userId, by }) => void add.run(space, userId, by, now()),
    leave: (space, userId) => void leave.run(now(), space, userId),
    leaveAll: (userId) => leaveAll.immediate(userId),
    readable: (userId) => [TEAM_SPACE, ...ofUser(userId).map(({ id }) => id)],
    all: () => [TEAM_SPACE, ...all.all().map(({ id }) => id)],
    mayEnter(room, userId) {
      const space = parseRoomName(room)?.space;
      return space === TEAM_SPACE || (space !== undefined && isMember(space, userId));
    },
    noteMoved: db.transaction((records: readonly string[], { space, by }: { space: string; by: string }) => {
      for (const record of records) {
        noteMoved.run(record, space, by, now());
        moved.set(record, space);
      }
    }),
    movedTo: (record) => moved.get(record) ?? null,
  };
}
