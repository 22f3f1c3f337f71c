import { expect, test } from 'vitest';
import { setUpMemoryApp } from '../testing/memory-app.ts';
import { signedToken } from './session-cookie.ts';

/** A person signed in by better-auth itself. */
async function signedIn(publicUrl: string | null = null) {
  const app = setUpMemoryApp({ publicUrl });
  const cookie = await app.setUp();
  const name = publicUrl === null ? 'rapport.session_token' : '__Secure-rapport.session_token';
  const { token } = app.db.prepare('SELECT token FROM "session"').get() as { token: string };
  const sessionOf = (cookies: string) => app.services.auth.sessionOf(new Headers({ cookie: cookies }));
  return { ...app, cookie, name, token, sessionOf, secret: app.services.identity.authSecret };
}

test.each([null, 'https://crm.test'])('a cookie of better-auth is understood without it, at %s', async (publicUrl) => {
  const { cookie, name, token, secret, sessionOf } = await signedIn(publicUrl);
  expect(signedToken(`theme=dark; ${cookie}`, name, secret)).toBe(token);
  expect(await sessionOf(cookie)).not.toBeNull();
});

test('nothing is read out of a cookie that this server did not sign', async () => {
  const { cookie, name, token, secret, sessionOf } = await signedIn();
  const other = `${token.slice(0, -1)}${token.endsWith('a') ? 'b' : 'a'}`;
  const wrong = [
    cookie.replace(token, other),
    `${name}=${token}`,
    `${name}=${token}.`,
    `${name}=.${cookie.split('.').at(-1)}`,
    `${cookie.slice(0, -6)}`,
    `${name}=%E0%A4%A`,
    `other.${name}=${token}`,
    '',
  ];
  for (const each of wrong) {
    expect(signedToken(each, name, secret), each).toBeNull();
    expect(await sessionOf(each), each).toBeNull();
  }
  expect(signedToken(cookie, name, 'another secret')).toBeNull();
  expect(signedToken(null, name, secret)).toBeNull();
});

test('a session that was ended, or is over, is none from that moment on', async () => {
  const { cookie, db, sessionOf } = await signedIn();
  const past = new Date(Date.now() - 1_000).toISOString();
  db.prepare('UPDATE "session" SET expiresAt = ?').run(past);
  expect(await sessionOf(cookie)).toBeNull();
  const ended = await signedIn();
  expect(await ended.sessionOf(ended.cookie)).not.toBeNull();
  ended.db.exec('DELETE FROM "session"');
  expect(await ended.sessionOf(ended.cookie)).toBeNull();
});
