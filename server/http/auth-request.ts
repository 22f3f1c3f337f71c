/** Talking to better-auth: requests with the client's true address, answers with our sentences. */
import { CLIENT_IP_HEADER } from '../auth/auth.ts';
import { ApiError } from './errors.ts';
import type { AppContext } from './services.ts';

/** The request for better-auth: with the client's true address, whatever it claimed. */
export function withAddress(c: AppContext, body?: unknown): Request {
  const headers = new Headers(c.req.raw.headers);
  headers.set(CLIENT_IP_HEADER, c.get('clientAddress'));
  headers.delete('content-length');
  if (body !== undefined) headers.set('content-type', 'application/json');
  return new Request(c.req.url, {
    method: c.req.method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

export function tooMany(seconds: number): ApiError {
  return new ApiError(429, 'too-many', `Too many attempts. Wait ${seconds} seconds and try again.`);
}

const WRONG_CODE = 'This code is not right, or it is no longer the newest. Enter the one your app shows now.';

const SENTENCES: Readonly<Record<string, string>> = {
  INVALID_PASSWORD: 'The password is not right. Nothing was changed.',
  INVALID_CODE: WRONG_CODE,
  INVALID_BACKUP_CODE: 'This recovery code is not right, or it was used before.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'Too many wrong codes. Sign in again from the start.',
  ACCOUNT_TEMPORARILY_LOCKED: 'Too many wrong codes. Wait a quarter of an hour and try again.',
  INVALID_TWO_FACTOR_COOKIE: 'This took too long. Sign in again from the start.',
  TOTP_ALREADY_ENABLED: 'Two-step sign-in is on already.',
  SESSION_NOT_FRESH: 'For this, sign in again first: it has been more than a day. Nothing was changed.',
  PASSKEY_NOT_FOUND: 'This passkey is not known here. Use another one, or your password.',
  AUTHENTICATION_FAILED: 'The passkey could not be checked. Try again, or use your password.',
  CHALLENGE_NOT_FOUND: 'This took too long. Try again.',
  PREVIOUSLY_REGISTERED: 'This device has a passkey for your account already.',
  FAILED_TO_VERIFY_REGISTRATION: 'The passkey could not be checked. Nothing was changed.',
};

/** Passes better-auth's answer on, or throws its refusal as one of ours. */
export async function answerOf(answer: Response): Promise<Response> {
  if (answer.ok) return answer;
  if (answer.status === 429) throw tooMany(Number(answer.headers.get('x-retry-after') ?? 60));
  const { code } = ((await answer.json().catch(() => null)) ?? {}) as { code?: unknown };
  const known = typeof code === 'string' ? SENTENCES[code] : undefined;
  const status = answer.status === 401 || answer.status === 403 ? answer.status : 400;
  const name = typeof code === 'string' ? code.toLowerCase().replaceAll('_', '-') : 'refused';
  if (status === 401 && known === undefined) throw new ApiError(401, 'signed-out', 'Sign in to go on.');
  throw new ApiError(status, name, known ?? 'This could not be done. Nothing was changed.');
}
