/** What the sign-in pages ask of the server. A refusal comes back as a sentence for people, never as an exception. */
import { rememberedUserId } from '../../data/former-shelf.ts';
import { usePasskey } from '../../platform/passkeys.ts';

export interface Refusal {
  readonly code: string;
  readonly message: string;
  /** By field of the form: what is wrong with it. */
  readonly fields: Readonly<Record<string, string>>;
}

export type Answer<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly refusal: Refusal };

export interface InvitationInfo {
  readonly name: string;
  readonly role: string;
  readonly workspaceName: string;
  readonly invitedBy: string;
}

/** `twoFactorRedirect`: the password was right, a code has to follow. */
export const signIn = (body: { email: string; password: string }) =>
  post<{ readonly twoFactorRedirect?: boolean }>('/api/auth/sign-in/email', body);

/** Six figures from an app, or one of the recovery codes. */
export const verifyCode = (code: string) =>
  /^\d{6}$/.test(code)
    ? post('/api/auth/two-factor/verify-totp', { code })
    : post('/api/auth/two-factor/verify-backup-code', { code });

/** Signs in with a passkey of this device. Null when the person let it be. */
export async function signInWithPasskey(): Promise<Answer<unknown> | null> {
  const options = await ask<object>('/api/auth/passkey/generate-authenticate-options', { method: 'GET' });
  if (!options.ok) return options;
  const used = await usePasskey(options.value);
  if (used.ok) return post('/api/auth/passkey/verify-authentication', { response: used.credential });
  if (used.why === 'cancelled') return null;
  const message =
    used.why === 'wrong-address'
      ? 'Passkeys do not work at this address. Use your password.'
      : 'The passkey could not be used. Try again, or use your password.';
  return { ok: false, refusal: { code: used.why, message, fields: {} } };
}

export const findReset = (token: string) =>
  ask<{ readonly name: string; readonly email: string }>(`/api/reset/${encodeURIComponent(token)}`, { method: 'GET' });

export const setNewPassword = (body: { token: string; password: string }) => post('/api/reset', body);

export const setUp = (body: {
  code: string;
  workspaceName: string;
  currency: string;
  name: string;
  email: string;
  password: string;
}) => post('/api/setup', withFormerId(body));

export const acceptInvitation = (body: { token: string; name: string; email: string; password: string }) =>
  post('/api/invitations/accept', withFormerId(body));

/** On a server that lost its accounts people go on as who they were, so that their deals stay theirs. */
function withFormerId<T extends { readonly email: string }>(body: T) {
  const formerUserId = rememberedUserId(body.email);
  return formerUserId === '' ? body : { ...body, formerUserId };
}

export const findInvitation = (token: string) =>
  ask<InvitationInfo>(`/api/invitations/by-token/${encodeURIComponent(token)}`, { method: 'GET' });

const post = <T = unknown>(path: string, body: unknown): Promise<Answer<T>> =>
  ask<T>(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

const UNREACHED: Refusal = {
  code: 'unreached',
  message: 'Your server does not answer. What you typed is still here: try again when you are back online.',
  fields: {},
};

async function ask<T>(path: string, init: RequestInit): Promise<Answer<T>> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, cache: 'no-store' });
  } catch {
    return { ok: false, refusal: UNREACHED };
  }
  const body: unknown = await response.json().catch(() => null);
  if (response.ok) return { ok: true, value: body as T };
  return { ok: false, refusal: readRefusal(body, response.status) };
}

/** `{ error: { code, message, issues } }`, or a general sentence for an answer that is not the server's own. */
export function readRefusal(body: unknown, status: number): Refusal {
  const error = (body as { error?: Record<string, unknown> } | null)?.error;
  const code = typeof error?.code === 'string' ? error.code : '';
  const message = typeof error?.message === 'string' ? error.message : '';
  if (code === '' || message === '') {
    return {
      code: `status-${status}`,
      message: 'Your server gave no usable answer. What you typed is still here: try again in a moment.',
      fields: {},
    };
  }
  const fields: Record<string, string> = {};
  for (const issue of Array.isArray(error?.issues) ? (error.issues as unknown[]) : []) {
    const { field, message: words } = (issue ?? {}) as { field?: unknown; message?: unknown };
    if (typeof field === 'string' && typeof words === 'string') fields[field] ??= words;
  }
  return { code, message, fields };
}
