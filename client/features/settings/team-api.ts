/** Accounts and invitations: they are the server's, so all of this needs a connection. */
import { type Answer, ask, listOf, numberOf, objectOf, textOf } from '../../data/ask.ts';

/** Somebody who can sign in. */
export interface Account {
  readonly userId: string;
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  /** Epoch ms; null = never. */
  readonly lastSeenAt: number | null;
  /** Where they are signed in. */
  readonly devices: number;
}

/** Somebody who was a member. */
export interface FormerMember {
  readonly memberId: string;
  readonly name: string;
  /** Epoch ms. */
  readonly removedAt: number;
  readonly removedBy: string;
}

export interface Team {
  readonly accounts: readonly Account[];
  /** Only owners and admins are told. */
  readonly former: readonly FormerMember[];
}

export interface Invitation {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly invitedBy: string;
  /** Epoch ms. */
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly state: string;
}

export interface InvitationLink {
  readonly url: string;
  /** Epoch ms. */
  readonly expiresAt: number;
}

export async function readTeam(): Promise<Answer<Team>> {
  const answer = await ask('/api/members');
  if (!answer.ok) return answer;
  const accounts = listOf(answer.value, 'members').map(readAccount);
  return { ok: true, value: { accounts, former: listOf(answer.value, 'removed').map(readFormer) } };
}

export function changeRole(userId: string, role: string): Promise<Answer<unknown>> {
  return ask(`/api/members/${encodeURIComponent(userId)}`, { method: 'PATCH', body: { role } });
}

/** @param heir member id of who gets their open deals and tasks; null = nobody. */
export function removePerson(userId: string, heir: string | null): Promise<Answer<unknown>> {
  return ask(`/api/members/${encodeURIComponent(userId)}`, { method: 'DELETE', body: { heir } });
}

export async function makeResetLink(userId: string): Promise<Answer<InvitationLink>> {
  return linkOf(await ask(`/api/members/${encodeURIComponent(userId)}/reset-link`, { method: 'POST', body: {} }));
}

/** For somebody who is there twice: the link lets them come back as who they were. */
export async function bringTogether(userId: string): Promise<Answer<InvitationLink>> {
  return linkOf(await ask(`/api/members/${encodeURIComponent(userId)}/bring-together`, { method: 'POST', body: {} }));
}

export function signOutEverywhere(userId: string): Promise<Answer<unknown>> {
  return ask(`/api/members/${encodeURIComponent(userId)}/sign-out`, { method: 'POST', body: {} });
}

export function turnOffTwoStep(userId: string): Promise<Answer<unknown>> {
  return ask(`/api/members/${encodeURIComponent(userId)}/two-step-off`, { method: 'POST', body: {} });
}

/** A new link for the same person; the one sent before stops working. */
export async function renewInvitation(id: string): Promise<Answer<InvitationLink>> {
  return linkOf(await ask(`/api/invitations/${encodeURIComponent(id)}/renew`, { method: 'POST', body: {} }));
}

function linkOf(answer: Answer<unknown>): Answer<InvitationLink> {
  if (!answer.ok) return answer;
  const { url, expiresAt } = objectOf(answer.value);
  return { ok: true, value: { url: textOf(url), expiresAt: numberOf(expiresAt) ?? 0 } };
}

export async function readInvitations(): Promise<Answer<readonly Invitation[]>> {
  const answer = await ask('/api/invitations');
  return answer.ok ? { ok: true, value: listOf(answer.value, 'invitations').map(readInvitation) } : answer;
}

/** The link is in this answer only: the server does not keep it. */
export async function invite(who: { name: string; role: string }): Promise<Answer<InvitationLink>> {
  return linkOf(await ask('/api/invitations', { method: 'POST', body: who }));
}

export function withdrawInvitation(id: string): Promise<Answer<unknown>> {
  return ask(`/api/invitations/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

function readAccount(raw: unknown): Account {
  const { userId, memberId, name, email, role, lastSeenAt, devices } = objectOf(raw);
  return {
    userId: textOf(userId),
    memberId: textOf(memberId),
    name: textOf(name),
    email: textOf(email),
    role: textOf(role),
    lastSeenAt: numberOf(lastSeenAt),
    devices: numberOf(devices) ?? 0,
  };
}

function readFormer(raw: unknown): FormerMember {
  const { memberId, name, removedAt, removedBy } = objectOf(raw);
  return {
    memberId: textOf(memberId),
    name: textOf(name),
    removedAt: numberOf(removedAt) ?? 0,
    removedBy: textOf(removedBy),
  };
}

function readInvitation(raw: unknown): Invitation {
  const { id, name, role, invitedBy, createdAt, expiresAt, state } = objectOf(raw);
  return {
    id: textOf(id),
    name: textOf(name),
    role: textOf(role),
    invitedBy: textOf(invitedBy),
    createdAt: numberOf(createdAt) ?? 0,
    expiresAt: numberOf(expiresAt) ?? 0,
    state: textOf(state),
  };
}
