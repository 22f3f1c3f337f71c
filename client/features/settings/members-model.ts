/** Who belongs to the workspace: profiles that are on this device, joined with accounts that the server knows. Pure. */
import { type Member, memberIdFor, ROLES } from '../../../shared/entities/member.ts';
import { mayManage, ROLE_ORDER, type Role, rolesToGive } from '../../../shared/model/rights.ts';
import { isRole } from '../../../shared/sync/protocol.ts';
import { formatAge, formatPlural } from '../../fields/format.ts';
import type { Account, Invitation } from './team-api.ts';

export interface MemberRow {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  /** Empty for teammates an import knows by name only. */
  readonly role: string;
  readonly status: string;
  /** Null while the server has not answered, and for those who cannot sign in. */
  readonly account: Account | null;
}

export interface TeamFacts {
  readonly members: readonly Member[];
  /** Null while the server has not answered. */
  readonly accounts: readonly Account[] | null;
  readonly myMemberId: string;
  /** Epoch ms. */
  readonly now: number;
}

/**
 * Who joined a server that was wiped before it was refilled, and is here twice since: with an account, and with the profile
 * from before, which has their records and no account any more.
 */
export function hereTwice({
  members,
  accounts,
}: Pick<TeamFacts, 'members' | 'accounts'>): readonly { readonly account: Account; readonly before: Member }[] {
  if (accounts === null) return [];
  const known = new Set(accounts.map(({ memberId }) => memberId));
  return accounts.flatMap((account) => {
    const before = members.find(
      ({ id, email, account: userId }) =>
        !known.has(id) &&
        email.toLowerCase() === account.email.toLowerCase() &&
        userId !== '' &&
        memberIdFor(userId) === id,
    );
    return before === undefined ? [] : [{ account, before }];
  });
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
      role,
      account: account ?? null,
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
  const devices = account && account.devices > 0 ? formatPlural(account.devices, 'device', 'devices') : '';
  if (member.id === myMemberId) return ['You', devices].filter(Boolean).join(', ');
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

/** `Invited yesterday`, `Invited 5 min ago`, `Invitation expired`. */
export function invitedText({ createdAt, state }: Pick<Invitation, 'createdAt' | 'state'>, now: number): string {
  if (state === 'expired') return 'Invitation expired';
  const age = formatAge(createdAt, now);
  return `Invited ${/^(Yesterday|Today)/.test(age) ? age.toLowerCase() : age}`;
}

/** Those that can still be used, or renewed, newest first. */
export function listedInvitations(invitations: readonly Invitation[]): readonly Invitation[] {
  return invitations
    .filter(({ state }) => state === 'open' || state === 'expired')
    .sort((left, right) => right.createdAt - left.createdAt);
}

/** Whom somebody may invite: only an owner makes admins, and nobody is invited as an owner. */
export function invitableRoles(role: Role): readonly ('member' | 'viewer' | 'admin')[] {
  return (['member', 'viewer', 'admin'] as const).filter((each) => mayManage(role, each));
}

/** The roles somebody may give to this person; empty when they may not change it. */
export function rolesFor(me: { readonly role: Role; readonly memberId: string }, row: MemberRow): readonly Role[] {
  const role = row.account?.role;
  if (!isRole(role)) return [];
  const toGive = rolesToGive(me.role);
  // Whoever runs the workspace may step down; the server sees to it that somebody owns it.
  if (row.id === me.memberId) return role === 'owner' ? ROLE_ORDER : [];
  return mayManage(me.role, role) ? toGive : [];
}

/** An invitation as an e-mail: nothing is sent from here, whoever invites sends it with what they have. */
export function invitationText(facts: {
  readonly name: string;
  readonly workspaceName: string;
  readonly from: string;
  readonly url: string;
  /** In words. */
  readonly until: string;
}): string {
  const { name, workspaceName, from, url, until } = facts;
  return [
    `Hello ${name},`,
    `I would like you to join ${workspaceName || 'our workspace'} in Rapport, where we keep our contacts and deals.`,
    `Open this link and choose a password:\n${url}`,
    `It works once, until ${until}.`,
    from,
  ].join('\n\n');
}

/** The same for a new password. */
export function resetText({
  name,
  url,
  until,
  from,
}: {
  name: string;
  url: string;
  until: string;
  from: string;
}): string {
  return [
    `Hello ${name},`,
    `With this link you set a new password for Rapport:\n${url}`,
    `It works once, until ${until}. Your devices are signed out then; what is on them is safe.`,
    from,
  ].join('\n\n');
}
