/**
 * Sockets between tabs and the server. A line is what TCP gives: in order, and when it ends, any prefix of what was under
 * way has arrived. Lines differ in speed, so that rooms and people overtake each other; a line may end for both sides at
 * once or go silent; a document message may come twice.
 */

import { payloadsOf } from '../../server/testing/payloads.ts';
import type { Random } from './random.ts';
import type { CloseReason, ServerMachine } from './server-machine.ts';
import type { Process, World } from './world.ts';

/** The road of one device. */
export type Road = 'open' | 'closed' | 'silent';

export interface Endpoint {
  readonly process: Process;
  readonly userId: string;
  /** May change while lines are open. */
  road(): Road;
}

export interface NetworkOptions {
  readonly world: World;
  readonly random: Random;
  readonly server: ServerMachine;
  /** A message has reached a tab. */
  readonly onDelivered: (room: string, message: Uint8Array) => void;
  /** Says whether a message to a tab gets lost on an open line, which TCP never does: for mutation checks. */
  readonly losesMessage?: (message: Uint8Array) => boolean;
}

const SYNC = 0;
const SYNC_UPDATE = 2;
/** Share of document messages that come twice. */
const TWICE = 0.02;
const NO_ANSWER_MS = 20_000;
const SLOW_LINE_MS = 900;
/** A message that takes its time is under way for so many times what is usual on its line. */
const HELD_UP = 8;
/** What is sent now has arrived by then. */
export const LONGEST_WAY_MS = HELD_UP * SLOW_LINE_MS;

export class Network {
  readonly lines = new Set<Line>();
  readonly options: NetworkOptions;
  /** True time; a tab may take such a line for a good one for a while. */
  lastSilentCutAt = 0;

  constructor(options: NetworkOptions) {
    this.options = options;
  }

  /** The class a tab's code finds under the name `WebSocket`. */
  socketClass(endpoint: Endpoint): typeof WebSocket {
    const network = this;
    class SimulatedSocket {
      static readonly CONNECTING = 0;
      static readonly OPEN = 1;
      static readonly CLOSING = 2;
      static readonly CLOSED = 3;
      readonly CONNECTING = 0;
      readonly OPEN = 1;
      readonly CLOSING = 2;
      readonly CLOSED = 3;
      readonly bufferedAmount = 0;
      readonly url: string;
      readyState = 0;
      binaryType = 'arraybuffer';
      onopen: (() => void) | null = null;
      onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
      onclose: ((event: CloseReason) => void) | null = null;
      onerror: ((event: object) => void) | null = null;
      private readonly line: Line | null;

      constructor(url: string | URL) {
        this.url = String(url);
        const room = decodeURIComponent(this.url.split('?', 1)[0]?.split('/').at(-1) ?? '');
        this.line = endpoint.process.isAlive ? new Line(network, endpoint, room, this) : null;
      }

      send(data: Uint8Array<ArrayBuffer>): void {
        if (this.readyState === this.OPEN) this.line?.toServer(data.slice());
      }

      close(): void {
        if (this.readyState >= this.CLOSING) return;
        this.readyState = this.CLOSED;
        this.line?.leftByTab();
      }
    }
    return SimulatedSocket as unknown as typeof WebSocket;
  }

  /** All lines of a process or of everybody end: the tab notices, or (`isSilent`) nobody does for a while. */
  cut(matches: (line: Line) => boolean, isSilent: boolean): void {
    if (isSilent) this.lastSilentCutAt = this.options.world.now;
    for (const line of [...this.lines]) if (matches(line)) line.cut(isSilent);
  }
}

interface TabSocket {
  readyState: number;
  onopen: (() => void) | null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null;
  onclose: ((event: CloseReason) => void) | null;
  onerror: ((event: object) => void) | null;
}

/** What the server's half hears of a line. */
export interface ServerHalf {
  receive(bytes: Uint8Array): void;
  leave(): void;
}

export class Line {
  readonly endpoint: Endpoint;
  readonly room: string;
  readonly server: Process;
  private readonly network: Network;
  private readonly socket: TabSocket;
  private half: ServerHalf | null = null;
  /** Nothing arrives from then on. */
  private endsAt = Number.POSITIVE_INFINITY;
  private readonly delay: () => number;
  private lastToServer = 0;
  private lastToTab = 0;

  constructor(network: Network, endpoint: Endpoint, room: string, socket: TabSocket) {
    const { world, random, server } = network.options;
    this.network = network;
    this.endpoint = endpoint;
    this.room = room;
    this.socket = socket;
    this.server = server.process;
    const typical = random.weighted([
      [6, 2],
      [3, 40],
      [1, SLOW_LINE_MS],
    ]);
    this.delay = () => random.between(0.5 * typical, random.chance(0.05) ? HELD_UP * typical : 1.5 * typical);
    network.lines.add(this);
    if (endpoint.road() === 'open' && this.server.isAlive) {
      world.schedule(this.server, this.delay(), () => this.accept(), 'message');
    } else {
      this.endsAt = world.now;
      this.tabLosesIt(endpoint.road() === 'silent' ? NO_ANSWER_MS : this.delay());
    }
  }

  toServer(bytes: Uint8Array): void {
    const { world, random } = this.network.options;
    this.lastToServer = Math.max(this.lastToServer, world.now + this.delay());
    const times = bytes[0] === SYNC && bytes[1] === SYNC_UPDATE && random.chance(TWICE) ? 2 : 1;
    for (let time = 0; time < times; time++) {
      this.arrive(this.server, this.lastToServer, () => this.half?.receive(bytes));
    }
  }

  /** Ready-made WebSocket frames, as the server writes them to a stream: a large one in pieces. */
  toTab(frames: readonly Buffer[]): void {
    if (!this.server.isAlive) return;
    const { random, onDelivered, losesMessage } = this.network.options;
    for (const message of payloadsOf(Buffer.concat(frames))) {
      if (losesMessage?.(message)) continue;
      const times = message[0] === SYNC && message[1] === SYNC_UPDATE && random.chance(TWICE) ? 2 : 1;
      for (let time = 0; time < times; time++) {
        this.arriveAtTab(() => {
          if (this.socket.onmessage === null) return;
          onDelivered(this.room, message);
          this.socket.onmessage({ data: new Uint8Array(message).buffer });
        });
      }
    }
  }

  /** The server says goodbye. */
  closedByServer(reason: CloseReason): void {
    if (!this.server.isAlive) return;
    this.half = null;
    this.arriveAtTab(() => this.tabCloses(reason));
  }

  leftByTab(): void {
    const { world } = this.network.options;
    this.network.lines.delete(this);
    this.lastToServer = Math.max(this.lastToServer, world.now + this.delay());
    this.arrive(this.server, this.lastToServer, () => this.half?.leave());
  }

  cut(isSilent: boolean): void {
    if (this.endsAt !== Number.POSITIVE_INFINITY) return;
    const { world, random } = this.network.options;
    // What is on its way until then still arrives.
    this.endsAt = world.now + random.between(0, 60);
    const noticed = isSilent ? random.between(20_000, 40_000) : this.endsAt - world.now + 1;
    world.schedule(this.server, noticed, () => this.half?.leave(), 'message');
    if (!isSilent) this.tabLosesIt(this.endsAt - world.now + 1);
    // A browser gives up a handshake that nobody answers after some minutes.
    else if (this.socket.readyState === 0) this.tabLosesIt(random.between(60_000, 200_000));
    else this.network.lines.delete(this);
  }

  private accept(): void {
    const { server, world } = this.network.options;
    if (this.isOver(world.now)) return;
    this.arriveAtTab(() => {
      this.socket.readyState = 1;
      this.socket.onopen?.();
    });
    this.half = server.accept(this);
  }

  private tabLosesIt(delayMs: number): void {
    const { world } = this.network.options;
    const gone = { code: 1006, reason: '' };
    world.schedule(this.endpoint.process, delayMs, () => this.tabCloses(gone), 'message');
  }

  private tabCloses(reason: CloseReason): void {
    this.network.lines.delete(this);
    if (this.socket.readyState === 3) return;
    this.socket.readyState = 3;
    if (reason.code === 1006) this.socket.onerror?.({});
    this.socket.onclose?.(reason);
  }

  private arriveAtTab(run: () => void): void {
    const { world } = this.network.options;
    this.lastToTab = Math.max(this.lastToTab, world.now + this.delay());
    this.arrive(this.endpoint.process, this.lastToTab, () => {
      if (this.socket.readyState !== 3) run();
    });
  }

  private arrive(at: Process, time: number, run: () => void): void {
    const { world } = this.network.options;
    world.schedule(
      at,
      time - world.now,
      () => {
        if (!this.isOver(time)) run();
      },
      'message',
    );
  }

  private isOver(time: number): boolean {
    return time >= this.endsAt;
  }
}
