/**
 * A real server process in a folder of its own, and the people of its workspace: for tests of the whole client data
 * layer. It keeps its address when it is killed and started again.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startServerProcess } from '../../server/testing/server-process.ts';
import type { Me } from '../data/workspace.ts';

/** Somebody who has signed in. */
export interface Person {
  readonly cookie: string;
  readonly me: Me;
}

interface Asked {
  readonly body?: unknown;
  readonly cookie?: string;
}

const PASSWORD = 'correct horse';

export class TeamServer {
  /** The server's is `data` in it; the rest is the test's. */
  readonly folder = mkdtempSync(join(tmpdir(), 'rapport-client-'));
  readonly data = join(this.folder, 'data');
  /** Of the next start, beside what every one has. */
  env: Readonly<Record<string, string>> = {};
  private process: ServerProcess | null = null;
  private address = '';

  async start(): Promise<void> {
    const port = this.address === '' ? '0' : new URL(this.address).port;
    const env = { ...this.env, DATA_DIR: this.data, PORT: port, BACKUP_EVERY_MINUTES: '0' };
    this.process = await startServerProcess(env);
    this.address = this.process.url;
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    const killed = this.process;
    this.process = null;
    killed?.child.kill('SIGKILL');
    await killed?.ended();
  }

  /** Kills the server, does something to its data, and starts it again. */
  async meanwhile(work: () => Promise<unknown> | unknown): Promise<void> {
    await this.kill();
    await work();
    await this.start();
  }

  async remove(): Promise<void> {
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  get url(): string {
    return this.address;
  }

  get websocketUrl(): string {
    return `${this.address.replace('http', 'ws')}/sync`;
  }

  ask(method: string, path: string, { body, cookie = '' }: Asked = {}): Promise<Response> {
    return fetch(this.address + path, {
      method,
      headers: { 'content-type': 'application/json', cookie },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** What `ask` answers, read. @throws what the server says when it refuses. */
  async json<T>(method: string, path: string, asked: Asked = {}): Promise<T> {
    const answer = await this.ask(method, path, asked);
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }

  /** The owner of a new workspace; on a device that remembers who they were, under the same user id. */
  setUp(name = 'Anna', formerUserId = ''): Promise<Person> {
    return this.signedIn('/api/setup', { ...accountOf(name), workspaceName: 'Acme', currency: 'EUR', formerUserId });
  }

  /** Somebody who took an invitation. */
  async newcomer({ cookie }: Person, name: string): Promise<Person> {
    const body = { name, role: 'member' };
    const { url } = await this.json<{ url: string }>('POST', '/api/invitations', { cookie, body });
    return this.signedIn('/api/invitations/accept', { ...accountOf(name), token: url.split('/').at(-1) });
  }

  private async signedIn(path: string, body: unknown): Promise<Person> {
    const answer = await this.ask('POST', path, { body });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    const cookie = answer.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
    const { user, memberId, role } = await this.json<{
      user: { id: string; name: string; email: string };
      memberId: string;
      role: Me['role'];
    }>('GET', '/api/me', { cookie });
    return { cookie, me: { userId: user.id, name: user.name, email: user.email, memberId, role } };
  }
}

const accountOf = (name: string) => ({ name, email: `${name.toLowerCase()}@acme.test`, password: PASSWORD });
