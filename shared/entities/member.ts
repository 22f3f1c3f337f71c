/** A teammate as everybody sees them: profile only. The account (e-mail, password, role's power) is the server's. */
import { defineEntity, type RecordOf } from '../model/entity.ts';
import { alsoNamed, hidden, required } from '../model/field.ts';
import { type Id, idFromCause } from '../model/id.ts';
import { choice, email, money, number, text } from '../model/scalar-fields.ts';

export const ROLES = { owner: 'Owner', admin: 'Admin', member: 'Member', viewer: 'Viewer' } as const;

export const member = defineEntity('member', {
  label: 'Member',
  plural: 'Members',
  room: 'workspace',
  fields: {
    name: alsoNamed(required(text('Name')), 'sales agent', 'salesperson', 'user'),
    email: email('Email'),
    role: choice('Role', ROLES),
    /** Order of joining from 0; decides the person's colour, the same on every device. */
    joinOrder: number('Joined as', { min: 0, integer: true }),
    /** Made by an import to own records; cannot sign in until invited. */
    team: text('Team'),
    manager: text('Manager'),
    /** What this person wants to win in a month. */
    monthlyGoal: money('Monthly goal'),
    /** User id. Where accounts are lost and records are not, who comes back with the same address takes it up again. */
    account: hidden(text('Account')),
  },
  title: (record) => record.name || record.email,
  searchable: ['email'],
});

export type Member = RecordOf<typeof member>;

/** The member record of an account: the same on every device and after every restart. */
export function memberIdFor(userId: string): Id<'member'> {
  return idFromCause('member', `user:${userId}`);
}
