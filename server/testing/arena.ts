/**
 * A server process with honest people at work and somebody who is not: for tests of what a hostile peer can do to the
 * others. Two of Anna's devices write to each other all the time; `check` fails when they were disturbed.
 */
import { rmSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocket } from 'ws';
import { encodeClientHello, PROTOCOL } from '../../shared/sync/protocol.ts';
import { type Heard, readMessage } from './memory-sync.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { connectStock, type StockClient, until } from './stock-client.ts';
import { askAt, cookieOf, makeTemporaryFolder, PASSWORD, type TestServer } from './test-server.ts';

export const ARENA_ROOM = 'team.pipeline.1';

/** An honest edit that needs longer than this to reach the other device was held up. Generous: the machine may be busy. */
const LONGEST_DELAY_MS = 10_000;
const EDIT_EVERY_MS = 20;

/** For the hooks that start it and check on it: they bundle and start a server, perhaps on a busy machine. */
export const ARENA_TIMEOUT_MS = 60_000;

export interface Arena {
  readonly url: string;
  readonly ask: TestServer['ask'];
  /** The cookies of an owner, a member who means harm, and a viewer. */
  readonly anna: string;
  readonly eve: string;
  readonly vic: string;
  /** A device of Anna's that works all the time. */
  readonly honest: StockClient;
  /** A socket with what it hears and how it was closed. */
  attack(cookie?: string, room?: string): Promise<Attacker>;
  /** The TCP connection of an upgraded socket, for bytes that no library would send. */
  rawLine(cookie?: string, room?: string): Promise<Duplex>;
  /** The honest devices were neither cut off nor held up, and have the same records. Returns the longest delay in ms. */
  check(options?: { readonly mayReconnect?: boolean }): Promise<number>;
  stop(): Promise<void>;
}

export async function startArena(): Promise<Arena> {
  const dataFolder = makeTemporaryFolder();
  const server: ServerProcess = await startServerProcess({ DATA_DIR: dataFolder });
  const { url } = server;
  const ask = askAt(url);
  const setup = { workspaceName: 'Acme', name: 'Anna', email: 'anna@acme.test', password: PASSWORD, currency: 'EUR' };
  const anna = cookieOf(await ask('POST', '/api/setup', { body: setup }));
  const join = async (name: string, role: string) => {
    const made = await ask('POST', '/api/invitations', { cookie: anna, body: { name, role } });
    const token = ((await made.json()) as { url: string }).url.split('/').at(-1);
    const body = { token, name, email: `${name.toLowerCase()}@acme.test`, password: PASSWORD };
    return cookieOf(await ask('POST', '/api/invitations/accept', { body }));
  };
  const eve = await join('Eve', 'member');
  const vic = await join('Vic', 'viewer');

  const honest = connectStock(url, ARENA_ROOM, { cookie: anna });
  const other = connectStock(url, ARENA_ROOM, { cookie: anna });
  await Promise.all([honest.synced(), other.synced()]);
  let cutOffs = 0;
  for (const { provider } of [honest, other]) provider.on('connection-close', () => void cutOffs++);

  const sentAt = new Map<string, number>();
  let longestDelay = 0;
  const note = (key: string) => {
    const at = sentAt.get(key);
    if (at === undefined) return;
    longestDelay = Math.max(longestDelay, performance.now() - at);
    sentAt.delete(key);
  };
  other.records.observe((event) => {
    for (const key of event.keysChanged) note(key);
  });
  let written = 0;
  const write = () => {
    const key = `deal_honest${written++}`;
    sentAt.set(key, performance.now());
    honest.records.set(key, JSON.stringify({ t: 'deal', s: '', title: key }));
    return key;
  };
  const working = setInterval(write, EDIT_EVERY_MS);
  const sockets: WebSocket[] = [];

  return {
    url,
    ask,
    anna,
    eve,
    vic,
    honest,
    async attack(cookie = eve, room = ARENA_ROOM) {
      const attacker = new Attacker(
        new WebSocket(`${url.replace('http', 'ws')}/sync/${room}`, { headers: { cookie } }),
      );
      sockets.push(attacker.socket);
      await attacker.greeted;
      return attacker;
    },
    rawLine: (cookie = eve, room = ARENA_ROOM) => upgradedLine(`${url}/sync/${room}`, cookie),
    async check({ mayReconnect = false } = {}) {
      if (mayReconnect) {
        await until(() => honest.provider.synced && other.provider.synced, 'the honest devices to be back', 15_000);
      }
      const last = write();
      await until(() => other.records.has(last), 'an honest edit to arrive', 20_000);
      const missing = [...honest.records.keys()].filter((key) => !sentAt.has(key) && !other.records.has(key));
      if (missing.length > 0) throw new Error(`${missing.length} honest records are missing, ${missing[0]} for one`);
      const delay = longestDelay;
      const cuts = cutOffs;
      longestDelay = 0;
      cutOffs = 0;
      sentAt.clear();
      if (!mayReconnect && cuts > 0) throw new Error(`an honest device was cut off ${cuts} times`);
      if (!mayReconnect && delay > LONGEST_DELAY_MS) throw new Error(`an honest edit took ${Math.round(delay)} ms`);
      return delay;
    },
    async stop() {
      clearInterval(working);
      for (const socket of sockets) socket.terminate();
      honest.destroy();
      other.destroy();
      server.child.kill('SIGKILL');
      await server.ended();
      rmSync(dataFolder, { recursive: true, force: true });
    },
  };
}

/** A client that sends whatever a test wants. */
export class Attacker {
  readonly socket: WebSocket;
  readonly heard: Heard[] = [];
  /** Resolves with the close code. */
  readonly closed: Promise<number>;
  readonly greeted: Promise<void>;

  constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('error', () => undefined);
    this.closed = new Promise((resolve) => socket.once('close', resolve));
    this.greeted = new Promise((resolve) => {
      socket.once('message', () => resolve());
      socket.once('close', () => resolve());
    });
    socket.on('message', (data) => this.heard.push(readMessage(data as Buffer)));
  }

  send(bytes: Uint8Array): void {
    this.socket.send(bytes);
  }

  hello(): void {
    this.send(encodeClientHello({ protocol: PROTOCOL, build: 'test', schema: 1, clock: 0, clientIds: [] }));
  }

  refusals(): readonly string[] {
    return this.heard.flatMap((each) => (each.type === 'refused' ? [each.refused.code] : []));
  }

  /** Waits for the next answer that something was refused. */
  async refused(count = 1): Promise<readonly string[]> {
    await until(() => this.refusals().length >= count, 'a refusal', 12_000);
    return this.refusals();
  }
}

function upgradedLine(url: string, cookie: string): Promise<Duplex> {
  return new Promise((resolve, reject) => {
    const upgrade = request(url, {
      agent: false,
      headers: {
        cookie,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-version': '13',
        'sec-websocket-key': Buffer.alloc(16).toString('base64'),
      },
    });
    upgrade.on('error', reject);
    upgrade.on('upgrade', (_response: IncomingMessage, stream: Duplex) => {
      stream.on('error', () => undefined);
      resolve(stream);
    });
    upgrade.end();
  });
}
