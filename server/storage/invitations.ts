/** Invitation links: a name, a role, one use, an end. The token itself is never stored. */
import { randomBytes } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { hashOf, newSecret } from './secrets.ts';

export const INVITATION_DAYS = 7;
const DAY_MS = 86_400_000;

export type InvitedRole = 'admin' | 'member' | 'viewer';

export interface Invitation {
  readonly id: string;
  readonly name: string;
  readonly role: InvitedRole;
  /** User id. */
  readonly invitedBy: string;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly state: 'open' | 'used' | 'expired' | 'withdrawn';
}

export interface Invitations {
  create(invitation: { readonly name: string; readonly role: InvitedRole; readonly invitedBy: string }): {
    readonly invitation: Invitation;
    readonly token: string;
  };
  list(): readonly Invitation[];
  byToken(token: string): Invitation | null;
  /** A new link for an invitation that was not used: the one sent before stops working. Null when it cannot be renewed. */
  renew(id: string): { readonly invitation: Invitation; readonly token: string } | null;
  /** False when there is no such open invitation. */
  withdraw(id: string): boolean;
  /** Marks it used; false when somebody was quicker. To be called inside the transaction that makes the account. */
  use(id: string, userId: string): boolean;
}

interface InvitationRow {
  id: string;
  name: string;
  role: InvitedRole;
  invited_by: string;
  created_at: number;
  expires_at: number;
  used_at: number | null;
  withdrawn_at: number | null;
}

export function createInvitations(db: Database, now: () => number = Date.now): Invitations {
  const byId = db.prepare<[string], InvitationRow>('SELECT * FROM invitations WHERE id = ?');
  const byHash = db.prepare<[string], InvitationRow>('SELECT * FROM invitations WHERE token_hash = ?');
  const all = db.prepare<[], InvitationRow>('SELECT * FROM invitations ORDER BY created_at DESC, id');
  const insert = db.prepare(
    `INSERT INTO invitations (id, token_hash, name, role, invited_by, created_at, expires_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const use = db.prepare(
    `UPDATE invitations SET used_at = ?, used_by = ?
     WHERE id = ? AND used_at IS NULL AND withdrawn_at IS NULL AND expires_at > ?`,
  );
  const renew = db.prepare(
    `UPDATE invitations SET token_hash = ?, created_at = ?, expires_at = ?
     WHERE id = ? AND used_at IS NULL AND withdrawn_at IS NULL`,
  );
  const withdraw = db.prepare(
    'UPDATE invitations SET withdrawn_at = ? WHERE id = ? AND used_at IS NULL AND withdrawn_at IS NULL',
  );

  const read = (row: InvitationRow | undefined): Invitation | null =>
    row === undefined
      ? null
      : {
          id: row.id,
          name: row.name,
          role: row.role,
          invitedBy: row.invited_by,
          createdAt: row.created_at,
          expiresAt: row.expires_at,
          state: stateOf(row, now()),
        };

  return {
    create({ name, role, invitedBy }) {
      const id = `invitation_${randomBytes(12).toString('hex')}`;
      const token = newSecret();
      const at = now();
      insert.run(id, hashOf(token), name, role, invitedBy, at, at + INVITATION_DAYS * DAY_MS);
      const invitation = read(byId.get(id));
      if (invitation === null) throw new Error('an invitation was written and cannot be read');
      return { invitation, token };
    },
    list: () => all.all().flatMap((row) => read(row) ?? []),
    byToken: (token) => read(byHash.get(hashOf(token))),
    renew(id) {
      const token = newSecret();
      const { changes } = renew.run(hashOf(token), now(), now() + INVITATION_DAYS * DAY_MS, id);
      const invitation = changes === 1 ? read(byId.get(id)) : null;
      return invitation === null ? null : { invitation, token };
    },
    withdraw: (id) => withdraw.run(now(), id).changes === 1,
    use: (id, userId) => use.run(now(), userId, id, now()).changes === 1,
  };
}

function stateOf(row: InvitationRow, now: number): Invitation['state'] {
  if (row.used_at !== null) return 'used';
  if (row.withdrawn_at !== null) return 'withdrawn';
  return row.expires_at <= now ? 'expired' : 'open';
}
