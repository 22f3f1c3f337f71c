/**
 * Who may do what: one table, asked by the server before it takes a change, by the client before it offers one, and
 * shown in the settings. Reading is everybody's; what a person does to their own account is not in here.
 */
export type Role = 'owner' | 'admin' | 'member' | 'viewer';

/** Most powerful first. */
export const ROLE_ORDER: readonly Role[] = ['owner', 'admin', 'member', 'viewer'];

const EVERYBODY = ROLE_ORDER;
const WORKERS: readonly Role[] = ['owner', 'admin', 'member'];
const LEADERS: readonly Role[] = ['owner', 'admin'];

export const RIGHTS = {
  read: { label: 'See what the team shares and export lists', roles: EVERYBODY },
  records: { label: 'Add, change, import and delete records, make private spaces', roles: WORKERS },
  settings: { label: 'Change pipelines, stages and the workspace, empty the trash', roles: LEADERS },
  people: { label: 'Invite, change and remove members and viewers', roles: LEADERS },
  erase: { label: 'Erase a person’s data for good', roles: LEADERS },
  review: { label: 'Decide on unsent changes of people who left', roles: LEADERS },
  leaders: { label: 'Make, change and remove admins and owners', roles: ['owner'] },
  backups: { label: 'Back up, restore and export the whole workspace', roles: ['owner'] },
} as const satisfies Record<string, { readonly label: string; readonly roles: readonly Role[] }>;

export type Right = keyof typeof RIGHTS;

export function may(role: Role, right: Right): boolean {
  return (RIGHTS[right].roles as readonly Role[]).includes(role);
}

/** Whether somebody of this role may give, or take away, that one. Owners and admins are an owner's business. */
export function mayManage(role: Role, other: Role): boolean {
  return may(role, other === 'owner' || other === 'admin' ? 'leaders' : 'people');
}

/** The roles somebody may give to others. */
export function rolesToGive(role: Role): readonly Role[] {
  return ROLE_ORDER.filter((each) => mayManage(role, each));
}

/** One key of a room that somebody wants to change. */
export interface KeyChange {
  /** By the prefix of the record's id. */
  readonly entity: string;
  readonly id: string;
  /** A field, or `field:element`; '' for the record as a whole. */
  readonly path: string;
}

export interface WriteFacts {
  readonly role: Role;
  /** Whether a notice is for the person who writes; none is when left out. */
  readonly isOwnNotice?: (id: string) => boolean;
  /** The kind of room the change is in. */
  readonly room: string;
  /** The room an entity's records belong to; undefined for one this build does not know. */
  readonly roomOf: (entity: string) => string | undefined;
  /** Whether a member record stands for an account: then its name and role are the server's to write. */
  readonly isAccount: (memberId: string) => boolean;
}

/**
 * Entities of the workspace room that are no settings: everybody who works with records may write them. `member` is
 * here for teammates an import knows by name only; accounts are excepted below. Templates are made while one writes.
 */
const WRITTEN_BY_WORKERS: ReadonlySet<string> = new Set(['member', 'noteTemplate']);

/** What a leader may note about somebody with an account; the rest is changed through the account. */
const NOTES_ON_ACCOUNTS: ReadonlySet<string> = new Set(['team', 'manager', 'monthlyGoal']);

/** What becomes of a notice is up to whom it is for, whatever their role: read, put off, done, shown by a device. */
const OWN_MARKS: ReadonlySet<string> = new Set(['readAt', 'snoozedUntil', 'doneAt', 'shownAt']);

/** Whether a field of a notice only notes what the person it is for did with it. */
export function isOwnMark(path: string): boolean {
  return OWN_MARKS.has(path);
}

export const READ_ONLY = 'You can look at this workspace but not change it. Ask an owner or an admin for the right.';
export const SETTINGS_ARE_LEADERS =
  'Only an owner or an admin can change the workspace’s settings. Ask one of them, or for the right.';
export const ACCOUNTS_ARE_SERVERS =
  'Names and roles of people with an account are changed under Members, with a connection to your server.';
const WRONG_ROOM = 'A record was written to a place it does not belong to.';

/** Why somebody may not make a change, as a sentence; null when they may. */
export function refusalOf({ entity, id, path }: KeyChange, facts: WriteFacts): string | null {
  const { role, room, roomOf, isAccount, isOwnNotice } = facts;
  const home = roomOf(entity);
  if (!may(role, 'records')) {
    const isMarked = entity === 'notice' && home === room && isOwnMark(path) && isOwnNotice?.(id) === true;
    return isMarked ? null : READ_ONLY;
  }
  // An unknown entity is a newer build's: it stays where it was put, and in the workspace room it counts as a setting.
  if (home !== undefined && home !== room) return WRONG_ROOM;
  if (room !== 'workspace') return null;
  if (entity === 'member' && isAccount(id)) {
    return NOTES_ON_ACCOUNTS.has(path) && may(role, 'people') ? null : ACCOUNTS_ARE_SERVERS;
  }
  return WRITTEN_BY_WORKERS.has(entity) || may(role, 'settings') ? null : SETTINGS_ARE_LEADERS;
}
