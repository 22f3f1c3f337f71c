/**
 * The network side of sync: which upgrades become sockets, and what keeps a socket honest (size, silence, a reader that
 * is too slow, a session that ended).
 *
 * An upgrade without a session is accepted and closed with 4401: a browser cannot tell a refused upgrade from no network.
 */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { CLOSE, MAX_FRAME_BYTES, MAX_MESSAGE_BYTES, MESSAGE } from '../../shared/sync/protocol.ts';
import { parseRoomName } from '../../shared/sync/room-names.ts';
import { RoomDamaged } from '../storage/update-log.ts';
import { SILENT_UPDATE } from './awareness.ts';
import { Connection, type ConnectionUser, type ServerIdentity } from './connection.ts';
import { awarenessFrame } from './frames.ts';
import {
  AWARENESS_BYTES_PER_TOKEN,
  AWARENESS_TOKENS,
  BYTES_PER_TOKEN,
  GOODBYE_MS,
  LAST_GOODBYE_MS,
  MOST_SOCKETS_PER_USER,
  MOST_TOKENS,
  MOST_UNREAD_BYTES,
  PING_MS,
  SESSION_CHECK_MS,
  TOKENS_PER_SECOND,
} from './limits.ts';
import type { Rooms } from './rooms.ts';

export interface SyncUser extends ConnectionUser {
  readonly sessionId: string;
}

export interface SocketOptions {
  readonly rooms: Rooms;
  readonly server: ServerIdentity;
  /** Reads the session cookie; null when there is no valid session. */
  readonly authenticate: (request: IncomingMessage) => Promise<SyncUser | null>;
  /** Checked again with every ping: a session may end while its socket is open. */
  readonly isStillSignedIn: (user: SyncUser) => boolean;
  readonly isAllowedOrigin: (origin: string | undefined, host: string | undefined) => boolean;
  /** Whether there is such a room for this person: of a space they are not in they learn nothing. */
  readonly hasRoom: (name: string, user: SyncUser) => boolean;
  /** Whether a member record stands for an account: see write-rights.ts. */
  readonly isAccount?: (memberId: string) => boolean;
  /** Somebody else answers upgrades to other paths (Vite in development); else their lines are cut. */
  readonly sharesUpgrades?: boolean;
  readonly pingMs?: number;
  readonly report?: (message: string, error?: unknown) => void;
}

export interface SyncSockets {
  /** Ends the sockets of a session (signed out), of a person (removed, or with a new role) or of a person in some rooms. */
  closeWhere(matches: (user: SyncUser, room: string) => boolean, code: number, reason: string): void;
  /** Closes every socket that is left and stops taking new ones. */
  close(): void;
}

/** At most 123 bytes fit into a close frame. */
const DAMAGED = 'The server’s copy of this data is damaged. Yours is safe; an owner can restore a backup.';

const PATH = '/sync/';

interface OpenSocket {
  readonly socket: WebSocket;
  readonly user: SyncUser;
  readonly room: string;
  readonly line: SocketLine;
  readonly connection: Connection;
  isAlive: boolean;
  /** When its session was last looked up. */
  checkedAt: number;
}

export function serveSync(http: Server, options: SocketOptions): SyncSockets {
  const { pingMs = PING_MS, report = () => undefined } = options;
  const open = new Set<OpenSocket>();
  /** Every line, those being opened or closed included. */
  const lines = new Set<WebSocket>();
  // Without compression a frame is the same bytes for every socket, and a small message cannot unpack into a large one.
  const webSocketOptions = {
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    perMessageDeflate: false,
    clientTracking: false,
    closeTimeout: GOODBYE_MS,
  };
  const webSockets = new WebSocketServer(webSocketOptions);
  const socketsOf = new Map<string, number>();

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    if (!request.url?.startsWith(PATH)) {
      if (options.sharesUpgrades !== true) refuseUpgrade(stream, '404 Not Found');
      return;
    }
    if (!options.isAllowedOrigin(request.headers.origin, request.headers.host)) {
      refuseUpgrade(stream, '403 Forbidden');
      return;
    }
    webSockets.handleUpgrade(request, stream, head, (socket) => {
      lines.add(socket);
      socket.once('close', () => lines.delete(socket));
      void admitSocket(request, socket, stream).catch((error: unknown) => {
        report('A sync socket could not be opened', error);
        socket.close(CLOSE.roomUnavailable, error instanceof RoomDamaged ? DAMAGED : 'The room could not be opened.');
      });
    });
  };
  http.on('upgrade', onUpgrade);

  async function admitSocket(request: IncomingMessage, socket: WebSocket, stream: Duplex): Promise<void> {
    socket.binaryType = 'nodebuffer';
    // An error (bad frame, reset line) always comes with a close; without a listener it would end the process.
    socket.on('error', () => undefined);
    // What it sends before it is let in waits in the network, not here.
    socket.pause();
    const turnAway = (code: number, reason: string) => {
      socket.resume();
      socket.close(code, reason);
    };

    const user = await options.authenticate(request);
    if (socket.readyState !== socket.OPEN) return;
    if (user === null) return turnAway(CLOSE.signedOut, 'Sign in to go on syncing.');
    const name = roomNameOf(request.url ?? '');
    if (name === null || !options.hasRoom(name, user)) return turnAway(CLOSE.noSuchRoom, 'There is no such room.');
    const others = socketsOf.get(user.id) ?? 0;
    if (others >= MOST_SOCKETS_PER_USER) return turnAway(CLOSE.tooMany, 'Too many devices and tabs at once.');
    if (options.rooms.services.strikes.isOut(user.id)) {
      return turnAway(CLOSE.tooMany, 'Too many changes from here could not be read. Try again in a few minutes.');
    }

    const room = options.rooms.openExact(name);
    const line = new SocketLine(socket, stream);
    const connection = new Connection({
      room,
      user,
      line,
      server: options.server,
      ...(options.isAccount ? { isAccount: options.isAccount } : {}),
    });
    const entry: OpenSocket = { socket, user, room: name, line, connection, isAlive: true, checkedAt: Date.now() };
    open.add(entry);
    socketsOf.set(user.id, others + 1);
    socket.on('ping', () => line.charge(1));
    socket.on('pong', () => {
      entry.isAlive = true;
    });
    socket.on('close', () => {
      open.delete(entry);
      countDown(socketsOf, user.id);
      connection.leave();
    });
    socket.on('message', (data: Buffer, isBinary) => {
      entry.isAlive = true;
      if (!isBinary) connection.close(CLOSE.malformed, 'Text messages are not part of this protocol.');
      else if (data.length > MAX_MESSAGE_BYTES) connection.close(CLOSE.tooLarge, 'One message was too large.');
      else if (isSignedIn(entry)) {
        line.charge(costOf(data));
        connection.receive(data);
      }
    });
    socket.resume();
  }

  /** Looked up now and then, so that a session which was ended elsewhere does not write until the next ping. */
  function isSignedIn(entry: OpenSocket): boolean {
    const now = Date.now();
    if (now - entry.checkedAt < SESSION_CHECK_MS) return true;
    entry.checkedAt = now;
    if (options.isStillSignedIn(entry.user)) return true;
    entry.connection.close(CLOSE.signedOut, 'This session has ended. Sign in to go on syncing.');
    return false;
  }

  const pinging = setInterval(() => {
    for (const entry of open) {
      if (!entry.isAlive) {
        entry.connection.leave();
        entry.socket.terminate();
      } else if (isSignedIn(entry)) {
        // A line that is not read on purpose cannot answer either.
        entry.isAlive = entry.line.isPaused;
        entry.socket.ping();
        entry.line.breakSilence(pingMs);
      }
    }
  }, pingMs);
  pinging.unref();

  return {
    closeWhere(matches, code, reason) {
      for (const entry of [...open]) if (matches(entry.user, entry.room)) entry.connection.close(code, reason);
    },
    close() {
      http.off('upgrade', onUpgrade);
      clearInterval(pinging);
      for (const { connection } of [...open]) connection.close(CLOSE.goingAway, 'The server is restarting.');
      for (const socket of lines) socket.close(CLOSE.goingAway, 'The server is restarting.');
      webSockets.close();
      // Who does not answer the goodbye must not keep the server from stopping.
      const impatience = setTimeout(() => {
        for (const socket of lines) socket.terminate();
      }, LAST_GOODBYE_MS);
      impatience.unref();
    },
  };
}

function refuseUpgrade(stream: Duplex, status: string): void {
  stream.on('error', () => undefined);
  stream.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** `/sync/<room>?…`; null when the rest is no room name in its one spelling. */
function roomNameOf(url: string): string | null {
  const path = url.slice(PATH.length).split('?', 1)[0] ?? '';
  return parseRoomName(path) === null ? null : path;
}

/** Tokens: what a message costs the server before it is read. */
function costOf(message: Buffer): number {
  return message[0] === MESSAGE.awareness || message[0] === MESSAGE.queryAwareness
    ? AWARENESS_TOKENS + message.length / AWARENESS_BYTES_PER_TOKEN
    : 1 + message.length / BYTES_PER_TOKEN;
}

function countDown(counts: Map<string, number>, key: string): void {
  const left = (counts.get(key) ?? 0) - 1;
  if (left > 0) counts.set(key, left);
  else counts.delete(key);
}

const corked = new Set<Duplex>();

/** What a line gets in one turn of the event loop (who comes in gets four messages) leaves in one write. */
function corkForThisTurn(stream: Duplex): void {
  if (corked.has(stream)) return;
  if (corked.size === 0) setImmediate(uncorkAll);
  corked.add(stream);
  stream.cork();
}

function uncorkAll(): void {
  const all = [...corked];
  corked.clear();
  for (const stream of all) stream.uncork();
}

/** Writes ready-made frames to the socket's stream, and gives up on a reader that leaves too much unread. */
class SocketLine {
  private readonly socket: WebSocket;
  private readonly stream: Duplex;
  /** The largest answer to a sync step 1 that may still be on its way. */
  private allowance = 0;
  private lastSentAt = Date.now();
  private tokens = MOST_TOKENS;
  private filledAt = performance.now();
  private isBusy = false;
  private refill: NodeJS.Timeout | undefined;

  constructor(socket: WebSocket, stream: Duplex) {
    this.socket = socket;
    this.stream = stream;
  }

  get isPaused(): boolean {
    return this.isBusy || this.refill !== undefined;
  }

  pause(): void {
    this.isBusy = true;
    this.socket.pause();
  }

  resume(): void {
    this.isBusy = false;
    if (!this.isPaused) this.socket.resume();
  }

  /** Takes tokens; without any left, nothing is read from this line until there are some again. */
  charge(tokens: number): void {
    const now = performance.now();
    this.tokens = Math.min(MOST_TOKENS, this.tokens + ((now - this.filledAt) * TOKENS_PER_SECOND) / 1_000) - tokens;
    this.filledAt = now;
    if (this.tokens >= 0 || this.refill !== undefined) return;
    this.socket.pause();
    const refill = () => {
      this.refill = undefined;
      this.charge(0);
      if (!this.isPaused) this.socket.resume();
    };
    this.refill = setTimeout(refill, Math.ceil((-this.tokens * 1_000) / TOKENS_PER_SECOND));
    this.refill.unref();
  }

  get hasRoom(): boolean {
    return this.stream.writableLength < MOST_UNREAD_BYTES;
  }

  send(frames: readonly Buffer[]): void {
    if (this.socket.readyState !== this.socket.OPEN) return;
    const unread = this.stream.writableLength;
    if (unread < MOST_UNREAD_BYTES) this.allowance = 0;
    if (unread > MOST_UNREAD_BYTES + this.allowance) {
      // A close frame would wait behind all the rest: cut the line, which means "try again".
      this.socket.terminate();
      return;
    }
    this.lastSentAt = Date.now();
    corkForThisTurn(this.stream);
    for (const frame of frames) {
      if (frame.length > MOST_UNREAD_BYTES / 16) this.allowance += frame.length;
      this.stream.write(frame);
    }
  }

  /** Stock clients hang up after 30 s without a message. */
  breakSilence(sinceMs: number): void {
    if (Date.now() - this.lastSentAt >= sinceMs) this.send([awarenessFrame(SILENT_UPDATE)]);
  }

  close(code: number, reason: string): void {
    clearTimeout(this.refill);
    // A paused socket would not hear the other side's goodbye.
    this.socket.resume();
    this.socket.close(code, reason);
  }
}
