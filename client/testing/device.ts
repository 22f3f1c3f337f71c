/** One browser of one person, against a real server: what it stores outlives its sessions. For tests in plain Node. */
import 'fake-indexeddb/auto';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import type { WebSocket as WebSocketOfNode } from 'ws';
import type { OpenWorkspace } from '../data/open-workspace.ts';
import { type Session, startSession } from '../data/session.ts';
import type { Person, TeamServer } from './team-server.ts';
import { until } from './until.ts';

// The browser's resolve conditions of this project make `ws` a stub; its file is the real one.
const NodeWebSocket = createRequire(import.meta.url)(
  resolve('node_modules/ws/lib/websocket.js'),
) as typeof WebSocketOfNode;

/** Nobody listens there. */
const NOWHERE = 'ws://127.0.0.1:9/';

/** What a page's sockets are: they carry its cookie. */
export function socketsOf(
  cookie: () => string,
  { isUp = () => true, onMessage }: { isUp?: () => boolean; onMessage?: (data: Buffer) => void } = {},
): typeof WebSocket {
  return class extends NodeWebSocket {
    constructor(url: string | URL) {
      super(isUp() ? url : NOWHERE, { headers: { cookie: cookie() } });
      // Buffers, or what the client has asked for instead.
      if (onMessage !== undefined) this.on('message', (data: ArrayBuffer) => onMessage(Buffer.from(data)));
    }
  } as unknown as typeof WebSocket;
}

export class Device {
  person: Person;
  isOnline = true;
  hasSockets = true;
  /** Undefined: as in a browser. */
  earlierYearsAfterMs: number | undefined;
  session: Session | null = null;
  protected readonly server: TeamServer;
  private readonly shelf = new Map<string, string>();

  constructor(server: TeamServer, person: Person) {
    this.server = server;
    this.person = person;
  }

  async open(): Promise<void> {
    const storage = {
      getItem: (key: string) => this.shelf.get(key) ?? null,
      setItem: (key: string, value: string) => void this.shelf.set(key, value),
      removeItem: (key: string) => void this.shelf.delete(key),
    };
    this.session = startSession({
      build: 'test',
      storage,
      ...(this.earlierYearsAfterMs === undefined ? {} : { earlierYearsAfterMs: this.earlierYearsAfterMs }),
      websocketUrl: this.server.websocketUrl,
      fetch: async (path, init) => {
        if (!this.isOnline) throw new TypeError('offline');
        const headers = { ...(init?.headers as Record<string, string>), cookie: this.cookie };
        return this.onAnswer(String(path), await fetch(this.server.url + String(path), { ...init, headers }));
      },
      webSocket: socketsOf(() => this.cookie, {
        isUp: () => this.isOnline && this.hasSockets,
        onMessage: (data) => this.onMessage(data),
      }),
    });
    await until('the workspace is open', () => this.session?.state().kind === 'open');
  }

  get cookie(): string {
    return this.person.cookie;
  }

  get workspace(): OpenWorkspace {
    const state = this.session?.state();
    if (state?.kind !== 'open') throw new Error(`not open: ${state?.kind}`);
    return state.workspace;
  }

  async close(): Promise<void> {
    await this.session?.dispose();
    this.session = null;
  }

  /** What comes of an answer before the page has it. */
  protected onAnswer(_path: string, answer: Response): Response | Promise<Response> {
    return answer;
  }

  /** Hears every frame of its sockets. */
  protected onMessage(_data: Buffer): void {
    // Most tests look at what the workspace makes of it.
  }
}
