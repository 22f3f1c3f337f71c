/** Who belongs to the workspace: profiles that are on this device, joined with accounts that the server knows. Pure. */
import { type Member, ROLES } from '../../../shared/entities/member.ts';
import { formatAge } from '../../fields/format.ts';
import type { Account, Invitation } from './team-api.ts';

export interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  readonly status: string;
}

export interface TeamFacts {
  readonly members: readonly Member[];
  /** Null while the server has not answered. */
  readonly accounts: readonly Account[] | null;
  readonly myMemberId: string;
  /** Epoch ms. */
  readonly now: number;
}

/** In the order of joining, which also decides the colours; teammates an import knows by name only come last. */
export function memberRows({ members, accounts, myMemberId, now }: TeamFacts): readonly MemberRow[] {
  const byMember = new Map(accounts?.map((account) => [account.memberId, account]));
  const rows = [...members].sort(byJoining).map((member) => {
    const account = byMember.get(member.id);
    // The account decides who may do what; the profile is what the others read offline.
    const role = account?.role ?? (isNameOnly(member) ? '' : (member.role ?? ''));
    return {
      id: member.id,
      name: member.name || account?.name || member.email,
      email: account?.email || member.email,
      role: roleName(role),
      status: statusText(member, account, { accounts, myMemberId, now }),
    };
  });
  return rows;
}

/** Made by an import: owns records, has no account. */
const isNameOnly = (member: Member): boolean => member.batch !== '' || member.email === '';

function byJoining(left: Member, right: Member): number {
  if (isNameOnly(left) !== isNameOnly(right)) return isNameOnly(left) ? 1 : -1;
  return (left.joinOrder ?? 0) - (right.joinOrder ?? 0) || (left.id < right.id ? -1 : 1);
}

function statusText(
  member: Member,
  account: Account | undefined,
  { accounts, myMemberId, now }: Omit<TeamFacts, 'members'>,
): string {
  if (member.id === myMemberId) return 'You';
  if (account) {
    if (account.lastSeenAt === null) return 'Not seen yet';
    const age = formatAge(account.lastSeenAt, now);
    return `Last seen ${/^(Yesterday|Today)/.test(age) ? age.toLowerCase() : age}`;
  }
  if (accounts !== null || isNameOnly(member)) return 'Cannot sign in yet';
  return '';
}

export function roleName(role: string): string {
  return Object.hasOwn(ROLES, role) ? ROLES[role as keyof typeof ROLES] : '';
}

/** `Invited yesterday`, `Invited 5 min ago`. */
export function invitedText({ createdAt }: Pick<Invitation, 'createdAt'>, now: number): string {
  const age = formatAge(createdAt, now);
  return `Invited ${/^(Yesterday|Today)/.test(age) ? age.toLowerCase() : age}`;
}

/** Those that can still be used, newest first. */
export function openInvitations(invitations: readonly Invitation[]): readonly Invitation[] {
  return invitations.filter(({ state }) => state === 'open').sort((left, right) => right.createdAt - left.createdAt);
}

/** Whom somebody may invite: only an owner makes admins. */
export function invitableRoles(role: string): readonly ('member' | 'viewer' | 'admin')[] {
  if (role === 'owner') return ['member', 'viewer', 'admin'];
  return role === 'admin' ? ['member', 'viewer'] : [];
}
