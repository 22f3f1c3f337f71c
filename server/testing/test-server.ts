/** A real server on a free port with a data folder of its own, and people who can talk to it. For tests. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Passwords } from '../auth/auth.ts';
import { type RunningServer, type ServerParts, startServer } from '../server.ts';

export const PASSWORD = 'correct horse battery';

/** Scrypt takes a tenth of a second by design; these tests are about other things. */
export const QUICK_PASSWORDS: Passwords = {
  hash: (password) => Promise.resolve(`quick:${password}`),
  verify: ({ hash, password }) => Promise.resolve(hash === `quick:${password}`),
};

export interface TestServer {
  readonly server: RunningServer;
  readonly url: string;
  readonly dataFolder: string;
  /** What the server reported, newest last. */
  readonly reports: string[];
  /** Asks with JSON and, when given, a person's cookie. */
  ask(method: string, path: string, options?: { body?: unknown; cookie?: string }): Promise<Response>;
  /** The first visitor: makes the workspace. */
  setUp(): Promise<Person>;
  /** Invites somebody and lets them accept. */
  invite(owner: Person, who: { name: string; role?: 'admin' | 'member' | 'viewer' }): Promise<Person>;
  stop(): Promise<void>;
}

export interface Person {
  readonly cookie: string;
  readonly userId: string;
  readonly memberId: string;
}

export function makeTemporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'server-test-'));
}

export async function startTestServer(
  dataFolder = makeTemporaryFolder(),
  parts: Pick<ServerParts, 'push'> = {},
): Promise<TestServer> {
  const reports: string[] = [];
  const server = await startServer(
    { host: '127.0.0.1', port: 0, dataFolder, publicUrl: null },
    {
      build: 'test',
      client: async (_c, next) => next(),
      report: (message) => void reports.push(message),
      passwords: QUICK_PASSWORDS,
      ...parts,
    },
  );
  const url = `http://127.0.0.1:${server.port}`;
  const ask = askAt(url);

  async function personWith(answer: Response): Promise<Person> {
    if (!answer.ok) throw new Error(await answer.text());
    const cookie = cookieOf(answer);
    const me = (await (await ask('GET', '/api/me', { cookie })).json()) as { user: { id: string }; memberId: string };
    return { cookie, userId: me.user.id, memberId: me.memberId };
  }

  return {
    server,
    url,
    dataFolder,
    reports,
    ask,
    async setUp() {
      const body = {
        workspaceName: 'Acme',
        name: 'Anna',
        email: 'anna@acme.test',
        password: PASSWORD,
        currency: 'EUR',
      };
      return personWith(await ask('POST', '/api/setup', { body }));
    },
    async invite(owner, { name, role = 'member' }) {
      const invited = await ask('POST', '/api/invitations', { cookie: owner.cookie, body: { name, role } });
      const token = ((await invited.json()) as { url: string }).url.split('/').at(-1);
      const body = { token, name, email: `${name.toLowerCase()}@acme.test`, password: PASSWORD };
      return personWith(await ask('POST', '/api/invitations/accept', { body }));
    },
    async stop() {
      await server.close();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

export function askAt(url: string): TestServer['ask'] {
  return (method, path, { body, cookie } = {}) =>
    fetch(url + path, {
      method,
      headers: {
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(cookie === undefined ? {} : { cookie }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
}

/** The cookies an answer sets, ready to be sent back. */
export function cookieOf(answer: Response): string {
  return answer.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';', 1)[0])
    .join('; ');
}
