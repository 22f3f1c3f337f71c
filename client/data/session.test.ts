// @vitest-environment node
import 'fake-indexeddb/auto';
import { afterEach, expect, test } from 'vitest';
import { createRecord } from '../../shared/commands/record-commands.ts';
import { company } from '../../shared/entities/company.ts';
import { type Session, type SessionState, startSession } from './session.ts';

const sessions: Session[] = [];

afterEach(async () => {
  for (const session of sessions.splice(0)) await session.dispose();
});

/** A server that gives these answers; null = it cannot be reached. */
interface TestAnswers {
  /** Set: whom the server says it removed, and from which server. */
  removed: { userId: string; serverId: string } | null;
  isReachable: boolean;
  user: string | null;
  needsSetup: boolean;
  serverId: string;
  signOuts: number;
  /** Set: what was answered arrives when this resolves. */
  arrives?: Promise<void> | undefined;
}

function setupDevice() {
  const answers: TestAnswers = {
    removed: null,
    isReachable: true,
    user: null,
    needsSetup: false,
    serverId: `s${Math.random()}`,
    signOuts: 0,
  };
  const kept = new Map<string, string>();
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  };
  const answer = (path: string): [number, unknown] => {
    const { user, serverId, needsSetup } = answers;
    if (path === '/api/status') return [200, { needsSetup, serverId, workspaceName: 'Acme', build: 'b' }];
    if (path === '/api/auth/sign-out') {
      answers.signOuts++;
      answers.user = null;
      answers.removed = null;
      return [200, {}];
    }
    if (answers.removed !== null) return [403, { error: { code: 'removed' }, removal: answers.removed }];
    if (user === null) return [401, { error: { code: 'signed-out', message: 'Sign in.' } }];
    if (path === '/api/rooms')
      return [
        200,
        { rooms: ['workspace', 'pipeline', 'work', 'directory'].map((kind) => ({ name: `team.${kind}.1` })) },
      ];
    return [200, { user: { id: user, name: user, email: '' }, memberId: `member_${user}`, role: 'member' }];
  };
  const start = () => {
    const session = startSession({
      build: 'test',
      websocketUrl: 'ws://127.0.0.1:9/sync',
      storage,
      webSocket: DeadSocket as unknown as typeof WebSocket,
      fetch: async (path) => {
        if (!answers.isReachable) throw new TypeError('Failed to fetch');
        const [status, body] = answer(String(path));
        await answers.arrives;
        return new Response(JSON.stringify(body), { status });
      },
    });
    sessions.push(session);
    return session;
  };
  return { answers, kept, start };
}

/** Never opens. */
class DeadSocket {
  readyState = 0;
  close(): void {
    this.readyState = 3;
  }
}

async function stateOf(session: Session, kind: SessionState['kind']): Promise<SessionState> {
  for (let tries = 0; tries < 500 && session.state().kind !== kind; tries++)
    await new Promise((next) => setTimeout(next, 5));
  expect(session.state().kind).toBe(kind);
  return session.state();
}

async function openedBy(session: Session) {
  const state = await stateOf(session, 'open');
  if (state.kind !== 'open') throw new Error('not open');
  return state.workspace;
}

test('a server without a workspace is set up; one with a workspace asks to sign in', async () => {
  const { answers, start } = setupDevice();
  answers.needsSetup = true;
  const session = start();
  await stateOf(session, 'setup');
  answers.needsSetup = false;
  await session.check();
  expect(session.state()).toEqual({ kind: 'signed-out', workspaceName: 'Acme' });
  answers.user = 'anna';
  await session.check();
  expect((await openedBy(session)).me().name).toBe('anna');
});

test('a first visit without a server says so, and opens when the server is there', async () => {
  const { answers, start } = setupDevice();
  answers.isReachable = false;
  answers.user = 'anna';
  const session = start();
  await stateOf(session, 'unreachable');
  answers.isReachable = true;
  await session.check();
  await openedBy(session);
});

test('a later visit opens without the server, and no failure signs anybody out', async () => {
  const { answers, start } = setupDevice();
  answers.user = 'anna';
  const first = start();
  await openedBy(first);
  await first.dispose();
  answers.isReachable = false;
  const second = start();
  const workspace = await openedBy(second);
  await second.check();
  expect(second.state().kind).toBe('open');
  expect(workspace.sync.state()).not.toBe('signed-out');
  expect(workspace.me().name).toBe('anna');
});

test('only the server’s own word is a sign-out, and the local data stays open', async () => {
  const { answers, start } = setupDevice();
  answers.user = 'anna';
  const session = start();
  const workspace = await openedBy(session);
  answers.user = null;
  await session.check();
  await new Promise((next) => setTimeout(next, 20));
  expect(session.state().kind).toBe('open');
  expect(workspace.sync.state()).toBe('signed-out');
  answers.user = 'anna';
  await session.check();
  await new Promise((next) => setTimeout(next, 20));
  expect(workspace.sync.state()).not.toBe('signed-out');
});

test('signing out while the server is out of reach still ends the session once it is back', async () => {
  const { answers, kept, start } = setupDevice();
  answers.user = 'anna';
  const session = start();
  const workspace = await openedBy(session);
  answers.isReachable = false;
  expect(await workspace.signOut({ discard: false })).toBe('signed-out');
  expect(session.state().kind).toBe('signed-out');
  await session.dispose();
  answers.isReachable = true;
  const next = start();
  await stateOf(next, 'signed-out');
  expect(answers.signOuts).toBe(1);
  expect([...kept.keys()]).toEqual([]);
});

test('another person on the same device gets a workspace of their own', async () => {
  const { answers, start } = setupDevice();
  answers.user = 'anna';
  const session = start();
  const annas = await openedBy(session);
  answers.user = 'bert';
  await session.check();
  const berts = await openedBy(session);
  expect(berts).not.toBe(annas);
  expect(berts.me().userId).toBe('bert');
});

test('before the address book is on this device a command says so instead of writing beside it', async () => {
  const { answers, start } = setupDevice();
  answers.user = 'anna';
  const workspace = await openedBy(start());
  expect(workspace.isLoaded('directory')).toBe(false);
  expect(() => workspace.run('New', (tx) => createRecord(tx, { entity: company, values: { name: 'A' } }))).toThrow(
    /address book/,
  );
});

test('removed from the workspace: the copy goes, the page that says so stays, and then anybody can sign in', async () => {
  const { answers, kept, start } = setupDevice();
  answers.user = 'anna';
  const session = start();
  await openedBy(session);
  const copies = async () =>
    (await indexedDB.databases()).filter(({ name }) => name?.startsWith(`rapport/${answers.serverId}/anna/`)).length;
  expect(await copies()).toBeGreaterThan(0);
  answers.removed = { userId: 'anna', serverId: answers.serverId };
  await session.check();
  const state = await stateOf(session, 'removed');
  if (state.kind !== 'removed') throw new Error('not removed');
  for (let tries = 0; tries < 200 && state.removal.phase() !== 'wiped'; tries++) {
    await new Promise((next) => setTimeout(next, 5));
  }
  expect(state.removal.phase()).toBe('wiped');
  expect(await copies()).toBe(0);
  expect([...kept.keys()].filter((key) => key !== 'rapport.removal-told')).toEqual([]);
  answers.user = null;
  await session.check();
  expect(session.state().kind).toBe('signed-out');
});

test('an answer that was on its way when somebody signed out does not bring their data back', async () => {
  const { answers, start } = setupDevice();
  answers.user = 'anna';
  const session = start();
  const workspace = await openedBy(session);
  let arrive: () => void = () => undefined;
  answers.arrives = new Promise((resolve) => {
    arrive = resolve;
  });
  const checking = session.check();
  // Asked, and answered with Anna's rooms.
  await new Promise((next) => setTimeout(next, 20));
  answers.arrives = undefined;
  const leaving = workspace.signOut({ discard: true });
  await stateOf(session, 'signed-out');
  arrive();
  await Promise.all([checking, leaving]);
  const kinds = new Set<string>();
  for (let tries = 0; tries < 20; tries++) {
    kinds.add(session.state().kind);
    await new Promise((next) => setTimeout(next, 5));
  }
  expect([...kinds]).toEqual(['signed-out']);
  const left = (await indexedDB.databases()).filter(({ name }) =>
    name?.startsWith(`rapport/${answers.serverId}/anna/`),
  );
  expect(left).toEqual([]);
});

test('a removal that speaks of another person or another server takes nothing away', async () => {
  for (const removed of [
    { userId: 'bert', serverId: '' },
    { userId: 'anna', serverId: 'another' },
  ]) {
    const { answers, start } = setupDevice();
    answers.user = 'anna';
    const session = start();
    await openedBy(session);
    answers.removed = { ...removed, serverId: removed.serverId || answers.serverId };
    await session.check();
    await new Promise((next) => setTimeout(next, 20));
    expect(session.state().kind).toBe('open');
    const copies = (await indexedDB.databases()).filter(({ name }) =>
      name?.startsWith(`rapport/${answers.serverId}/anna/`),
    );
    expect(copies.length).toBeGreaterThan(0);
  }
});
