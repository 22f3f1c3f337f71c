/**
 * The server process is killed with SIGKILL at a random moment while several clients write. Afterwards a fresh client, alone,
 * must find every update that any other client had received or that the server had acknowledged.
 */
import { WebSocket } from 'ws';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import { encodeClientHello, MESSAGE, readRefused, readSaved } from '../../shared/sync/protocol.ts';
import { RECORDS } from '../../shared/sync/record-keys.ts';
import { type ServerProcess, startServerProcess } from './server-process.ts';
import { connectStock } from './stock-client.ts';
import { askAt, cookieOf, PASSWORD } from './test-server.ts';

export interface KillRoundsOptions {
  readonly rounds: number;
  readonly clients: number;
  readonly folder: string;
  /** Numbers from 0 to 1; a seeded one repeats the moments, not the machine. */
  readonly random: () => number;
  readonly onRound?: (round: number, result: KillRoundsResult) => void;
}

export interface KillRoundsResult {
  readonly written: number;
  /** Received by another client, or acknowledged: what may not be lost. */
  readonly promised: number;
  readonly acknowledged: number;
  /** Keys that the fresh client did not find; must be empty. */
  readonly lost: readonly string[];
}

const ROOMS = ['team.pipeline.1', 'team.directory.1'];
/** What may be written where. */
const PREFIX: Readonly<Record<string, string>> = { 'team.pipeline.1': 'deal', 'team.directory.1': 'contact' };
const SETUP = { workspaceName: 'Acme', name: 'Anna', email: 'anna@acme.test', password: PASSWORD, currency: 'EUR' };
const LONGEST_ROUND_MS = 1_500;

export async function killRounds(options: KillRoundsOptions): Promise<KillRoundsResult> {
  const { rounds, clients, folder, random, onRound } = options;
  let server = await startServerProcess({ DATA_DIR: folder });
  const cookie = cookieOf(await askAt(server.url)('POST', '/api/setup', { body: SETUP }));
  const { port } = new URL(server.url);
  const promised = new Map(ROOMS.map((room) => [room, new Set<string>()]));
  const acknowledged = new Set<string>();
  const lost: string[] = [];
  let written = 0;
  try {
    for (let round = 0; round < rounds; round++) {
      const writers = Array.from({ length: clients }, (_, index) => {
        const room = ROOMS[index % ROOMS.length] ?? '';
        return new Writer(server.url, {
          room,
          cookie,
          name: `${round}_${index}`,
          promised: promised.get(room) as Set<string>,
          acknowledged,
        });
      });
      await Promise.all(writers.map((writer) => writer.synced()));
      const end = Date.now() + 30 + random() * LONGEST_ROUND_MS;
      while (Date.now() < end) {
        for (const writer of writers) if (random() < 0.7) written += writer.write(random);
        await new Promise((resolve) => setTimeout(resolve, random() * 4));
      }
      await kill(server);
      for (const writer of writers) writer.destroy();

      server = await startServerProcess({ DATA_DIR: folder, PORT: port });
      for (const room of ROOMS) {
        const alone = connectStock(server.url, room, { cookie });
        await alone.synced();
        for (const key of promised.get(room) ?? []) if (!alone.records.has(key)) lost.push(`${room} ${key}`);
        alone.destroy();
      }
      onRound?.(round, result());
    }
  } finally {
    await kill(server);
  }
  return result();

  function result(): KillRoundsResult {
    const count = [...promised.values()].reduce((sum, keys) => sum + keys.size, 0);
    return { written, promised: count, acknowledged: acknowledged.size, lost };
  }
}

async function kill({ child, ended }: ServerProcess): Promise<void> {
  child.kill('SIGKILL');
  await ended();
}

interface WriterOptions {
  readonly room: string;
  readonly cookie: string;
  readonly name: string;
  readonly promised: Set<string>;
  readonly acknowledged: Set<string>;
}

/** A stock provider that says hello, so that it hears what is on disk. */
class Writer {
  private readonly doc = new Y.Doc();
  private readonly provider: WebsocketProvider;
  private readonly name: string;
  private readonly unconfirmed: { readonly key: string; readonly clock: number }[] = [];
  private count = 0;

  constructor(url: string, { room, cookie, name, promised, acknowledged }: WriterOptions) {
    this.name = `${PREFIX[room]}_${name}`;
    class SocketWithCookie extends WebSocket {
      constructor(address: string) {
        super(address, { headers: { cookie } });
      }
    }
    const provider = new WebsocketProvider(`${url.replace('http', 'ws')}/sync`, room, this.doc, {
      WebSocketPolyfill: SocketWithCookie as unknown as typeof globalThis.WebSocket,
      disableBc: true,
      connect: false,
    });
    this.provider = provider;
    provider.on('status', ({ status }) => {
      if (status !== 'connected') return;
      const hello = { protocol: 1, build: 'test', schema: 1, clock: Date.now(), clientIds: [this.doc.clientID] };
      provider.ws?.send(encodeClientHello(hello));
    });
    provider.messageHandlers[MESSAGE.hello] = () => undefined;
    provider.messageHandlers[MESSAGE.refused] = (_encoder, decoder) => {
      const { code, message } = readRefused(decoder);
      throw new Error(`an honest change was refused: ${code}, ${message}`);
    };
    provider.messageHandlers[MESSAGE.saved] = (_encoder, decoder) => {
      const clock = readSaved(decoder).clocks.get(this.doc.clientID) ?? 0;
      while (this.unconfirmed[0] !== undefined && this.unconfirmed[0].clock < clock) {
        const { key } = this.unconfirmed.shift() as { key: string };
        promised.add(key);
        acknowledged.add(key);
      }
    };
    this.doc.getMap(RECORDS).observe((event) => {
      if (event.transaction.origin === provider) for (const key of event.keysChanged) promised.add(key);
    });
    provider.connect();
  }

  synced(): Promise<void> {
    return new Promise((resolve) => {
      if (this.provider.synced) resolve();
      else this.provider.once('sync', () => resolve());
    });
  }

  /** One change, or now and then a hundred at once. Returns how many. */
  write(random: () => number): number {
    const size = random() < 0.02 ? 100 : 1;
    this.doc.transact(() => {
      for (let index = 0; index < size; index++) {
        const key = `${this.name}_${this.count++}`;
        const clock = Y.getState(this.doc.store, this.doc.clientID);
        this.doc.getMap(RECORDS).set(key, 'x'.repeat(20 + Math.floor(random() * 400)));
        this.unconfirmed.push({ key, clock });
      }
    });
    return size;
  }

  destroy(): void {
    this.provider.destroy();
    this.doc.destroy();
  }
}
