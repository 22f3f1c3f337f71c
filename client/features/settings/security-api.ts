/** A person's own account: name, password, second step, passkeys, devices, tokens. All of it is the server's. */

import { type Answer, ask, listOf, numberOf, objectOf, post, textOf } from '../../data/ask.ts';
import { makePasskey } from '../../platform/passkeys.ts';

export interface Device {
  readonly id: string;
  readonly userAgent: string;
  /** Epoch ms. */
  readonly lastSeenAt: number;
  readonly isThis: boolean;
}

export interface Passkey {
  readonly id: string;
  readonly name: string;
  /** Epoch ms; null when not known. */
  readonly createdAt: number | null;
}

export interface Token {
  readonly id: string;
  readonly name: string;
  readonly tail: string;
  readonly createdAt: number;
  readonly lastUsedAt: number | null;
}

/** What an authenticator app needs, and the codes for the day it is lost. */
export interface TwoStepSecret {
  readonly uri: string;
  readonly recoveryCodes: readonly string[];
}

export const renameMe = (name: string) => ask('/api/me', { method: 'PATCH', body: { name } });

export const changePassword = (body: { currentPassword: string; newPassword: string }) =>
  post('/api/auth/change-password', body);

export async function readTwoStep(): Promise<Answer<boolean>> {
  const answer = await ask('/api/auth/get-session');
  return answer.ok ? { ok: true, value: objectOf(objectOf(answer.value).user).twoFactorEnabled === true } : answer;
}

export async function beginTwoStep(password: string): Promise<Answer<TwoStepSecret>> {
  const answer = await post('/api/auth/two-factor/enable', { password });
  if (!answer.ok) return answer;
  const { totpURI, backupCodes } = objectOf(answer.value);
  const recoveryCodes = Array.isArray(backupCodes) ? backupCodes.map(textOf) : [];
  return { ok: true, value: { uri: textOf(totpURI), recoveryCodes } };
}

export const confirmTwoStep = (code: string) => post('/api/auth/two-factor/verify-totp', { code });

export const endTwoStep = (password: string) => post('/api/auth/two-factor/disable', { password });

export async function readPasskeys(): Promise<Answer<readonly Passkey[]>> {
  const answer = await ask('/api/auth/passkey/list-user-passkeys');
  if (!answer.ok) return answer;
  const list = Array.isArray(answer.value) ? answer.value : [];
  return {
    ok: true,
    value: list.map((raw: unknown) => {
      const { id, name, createdAt } = objectOf(raw);
      const at = typeof createdAt === 'string' ? Date.parse(createdAt) : Number.NaN;
      return { id: textOf(id), name: textOf(name) || 'Passkey', createdAt: Number.isNaN(at) ? null : at };
    }),
  };
}

export const removePasskey = (id: string) => post('/api/auth/passkey/delete-passkey', { id });

/** Asks this device for a passkey. Null when the person let it be. */
export async function addPasskey(name: string): Promise<Answer<unknown> | null> {
  const options = await ask('/api/auth/passkey/generate-register-options');
  if (!options.ok) return options;
  const made = await makePasskey(objectOf(options.value));
  if (made.ok) return post('/api/auth/passkey/verify-registration', { response: made.credential, name });
  if (made.why === 'cancelled') return null;
  const sentences = {
    'known-already': 'This device has a passkey for your account already.',
    'wrong-address':
      'Passkeys need the address your server was set up for. Whoever runs it can set PUBLIC_URL; nothing was changed.',
    failed: 'This device could not make a passkey. Nothing was changed.',
  } as const;
  return { ok: false, message: sentences[made.why] };
}

export async function readDevices(): Promise<Answer<readonly Device[]>> {
  const answer = await ask('/api/sessions');
  if (!answer.ok) return answer;
  return {
    ok: true,
    value: listOf(answer.value, 'sessions').map((raw) => {
      const { id, userAgent, lastSeenAt, isThis } = objectOf(raw);
      return {
        id: textOf(id),
        userAgent: textOf(userAgent),
        lastSeenAt: numberOf(lastSeenAt) ?? 0,
        isThis: isThis === true,
      };
    }),
  };
}

export const signOutDevice = (id: string) => ask(`/api/sessions/${encodeURIComponent(id)}`, { method: 'DELETE' });

export const signOutOthers = () => ask('/api/sessions', { method: 'DELETE' });

export async function readTokens(): Promise<Answer<readonly Token[]>> {
  const answer = await ask('/api/tokens');
  return answer.ok ? { ok: true, value: listOf(answer.value, 'tokens').map(readToken) } : answer;
}

/** The token itself is in this answer only. */
export async function makeToken(name: string): Promise<Answer<string>> {
  const answer = await post('/api/tokens', { name });
  return answer.ok ? { ok: true, value: textOf(objectOf(answer.value).token) } : answer;
}

export const revokeToken = (id: string) => ask(`/api/tokens/${encodeURIComponent(id)}`, { method: 'DELETE' });

function readToken(raw: unknown): Token {
  const { id, name, tail, createdAt, lastUsedAt } = objectOf(raw);
  return {
    id: textOf(id),
    name: textOf(name),
    tail: textOf(tail),
    createdAt: numberOf(createdAt) ?? 0,
    lastUsedAt: numberOf(lastUsedAt),
  };
}
