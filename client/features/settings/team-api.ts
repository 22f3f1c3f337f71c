/** Accounts and invitations: they are the server's, so all of this needs a connection. */

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string };

/** Somebody who can sign in. */
export interface Account {
  readonly memberId: string;
  readonly name: string;
  readonly email: string;
  readonly role: string;
  /** Epoch ms; null = never. */
  readonly lastSeenAt: number | null;
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

export async function readAccounts(): Promise<Answer<readonly Account[]>> {
  const answer = await ask('/api/members');
  return answer.ok ? { ok: true, value: listOf(answer.value, 'members').map(readAccount) } : answer;
}

export async function readInvitations(): Promise<Answer<readonly Invitation[]>> {
  const answer = await ask('/api/invitations');
  return answer.ok ? { ok: true, value: listOf(answer.value, 'invitations').map(readInvitation) } : answer;
}

/** The link is in this answer only: the server does not keep it. */
export async function invite(who: { name: string; role: string }): Promise<Answer<InvitationLink>> {
  const answer = await ask('/api/invitations', { method: 'POST', body: who });
  if (!answer.ok) return answer;
  const { url, expiresAt } = objectOf(answer.value);
  return { ok: true, value: { url: textOf(url), expiresAt: numberOf(expiresAt) ?? 0 } };
}

export function withdrawInvitation(id: string): Promise<Answer<unknown>> {
  return ask(`/api/invitations/${encodeURIComponent(id)}`, { method: 'DELETE' });
}

const OFFLINE = 'This needs your server, which cannot be reached right now. Everything else keeps working.';

async function ask(
  path: string,
  { method = 'GET', body }: { method?: string; body?: object } = {},
): Promise<Answer<unknown>> {
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      cache: 'no-store',
      headers: { accept: 'application/json', ...(body ? { 'content-type': 'application/json' } : {}) },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  } catch {
    return { ok: false, message: OFFLINE };
  }
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok && answer !== null) return { ok: true, value: answer };
  return { ok: false, message: textOf(objectOf(objectOf(answer).error).message) || OFFLINE };
}

function readAccount(raw: unknown): Account {
  const { memberId, name, email, role, lastSeenAt } = objectOf(raw);
  return {
    memberId: textOf(memberId),
    name: textOf(name),
    email: textOf(email),
    role: textOf(role),
    lastSeenAt: numberOf(lastSeenAt),
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

function listOf(raw: unknown, key: string): readonly unknown[] {
  const list = objectOf(raw)[key];
  return Array.isArray(list) ? list : [];
}

const objectOf = (raw: unknown): Partial<Record<string, unknown>> =>
  typeof raw === 'object' && raw !== null ? raw : {};
const textOf = (raw: unknown): string => (typeof raw === 'string' ? raw : '');
const numberOf = (raw: unknown): number | null => (typeof raw === 'number' ? raw : null);
