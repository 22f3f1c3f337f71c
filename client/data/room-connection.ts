/**
 * One room's line to the server: y-websocket's provider with our own idea of when to try again, and with the three
 * messages of shared/sync/protocol.ts around it.
 *
 * - Nothing but the hello leaves before the server's hello says that it is the same server and the same person:
 *   somebody else may have signed in on this browser, or another server may answer at this address.
 * - A code of 4400–4499 is final until the app acts; after any other we try again with full jitter (1 s doubling to
 *   30 s), at once when the browser says `online` or the window is looked at again.
 * - `offline` drops the socket at once: Chromium freezes an open one for up to 32 s without closing it. It does not
 *   stop the attempts, because a server on this very machine is reachable without a network.
 */
import * as decoding from 'lib0/decoding';
import type { Awareness } from 'y-protocols/awareness';
import { WebsocketProvider } from 'y-websocket';
import * as Y from 'yjs';
import {
  CLOSE,
  DATA_SCHEMA,
  encodeClientHello,
  isFinalClose,
  MESSAGE,
  PROTOCOL,
  type Refused,
  readRefused,
  readSaved,
  readServerHello,
  type Saved,
  type ServerHello,
  SYNC,
} from '../../shared/sync/protocol.ts';
import { withoutUnreadable } from './unreadable.ts';

export interface FinalClose {
  readonly code: number;
  readonly reason: string;
}

export interface RoomConnection {
  /** True once the server has answered our hello and until the line is gone. */
  isOpen(): boolean;
  /** True once the server's changes have arrived on this line. */
  hasCaughtUp(): boolean;
  /** Epoch ms of the next attempt; null while open, on the way, or final. */
  nextAttemptAt(): number | null;
  /** Why no further attempt is made; null while there are attempts. */
  finalClose(): FinalClose | null;
  /** Changes the server has announced and not yet delivered. */
  incoming(): number;
  /** Why this device keeps everything back until an owner decides; null while it does not. */
  held(): string | null;
  /** Tries now, also after a final close. */
  connectNow(): void;
  /** Drops a line that may be frozen and tries again soon. */
  dropLine(): void;
  /** Who else is in this room. Nothing of oneself is told until somebody sets a state. */
  readonly awareness: Awareness;
  destroy(): void;
}

export interface RoomConnectionOptions {
  /** `wss://host/sync`; the room's name is appended. */
  readonly url: string;
  readonly room: string;
  readonly doc: Y.Doc;
  readonly build: string;
  /** Yjs client ids this line will carry changes of; read anew for each attempt. */
  readonly clientIds: () => readonly number[];
  /** Whether this is the server and the person the local data belongs to. */
  readonly isOurs: (hello: ServerHello) => boolean;
  /** What this device was last told by the server; see `ClientHello`. */
  readonly standing?: () => { readonly epoch: string; readonly seq: number };
  /** The server was replaced by older data and nobody has decided yet: nothing may leave. */
  readonly mustWait?: (hello: ServerHello) => boolean;
  /** The line is open: once per line. */
  readonly onOpen: (hello: ServerHello) => void;
  /** Server time minus device time in ms, measured again now and then. */
  readonly onClockOffset: (offsetMs: number) => void;
  readonly onSaved: (saved: Saved) => void;
  readonly onRefused: (refused: Refused) => void;
  /** The server's changes have arrived. */
  readonly onCaughtUp: () => void;
  /** Any of the answers above may have changed; not called while opening. */
  readonly onChange: () => void;
  /** The first attempt is made when this settles: what the line would bring comes another way. */
  readonly after?: Promise<unknown>;
  readonly webSocket?: typeof WebSocket;
  readonly random?: () => number;
}

const WAITS_FOR_OWNER = 'Your changes are safe on this device and wait until an owner decides in Settings, Backups.';

/** An answer that took longer says little of the time: a laptop that slept meanwhile would find its clock half a night off. */
const LONGEST_HELLO_MS = 10_000;

const BASE_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 30_000;
/** A silent line is found dead after one to two of these. */
const PROBE_MS = 15_000;
/** A network that swallows everything lets a socket connect for minutes; the browser says nothing meanwhile. */
const CONNECT_MS = 15_000;
/** The first download may be one large message on a slow line, during which nothing else arrives. */
const PROBES_WHILE_LOADING = 8;

/** Full jitter: anywhere between now and the limit, so that a team does not return in step after a restart. */
export function retryDelayMs(attempt: number, random: () => number): number {
  return random() * Math.min(LONGEST_DELAY_MS, BASE_DELAY_MS * 2 ** attempt);
}

export function openRoomConnection(options: RoomConnectionOptions): RoomConnection {
  const { doc, onChange, random = Math.random } = options;
  let isOpen = false;
  let hasCaughtUp = false;
  let final: FinalClose | null = null;
  let incoming = 0;
  let attempt = 0;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let nextAttemptAt: number | null = null;
  let helloSentAt = 0;
  let unanswered = 0;
  let lastBuffered = 0;
  let held: string | null = null;
  let isDestroyed = false;
  /** Something else is on its way first; see `after`. */
  let isWaiting = options.after !== undefined;
  let connectTimer: ReturnType<typeof setTimeout> | undefined;

  const provider = new WebsocketProvider(options.url, options.room, doc, {
    connect: false,
    // Tabs of one browser talk through tab-channel.ts, which does not send the whole document at each attempt.
    disableBc: true,
    WebSocketPolyfill: gatedSocket(options.webSocket ?? WebSocket),
  });
  // Nobody looks at presence yet; an entry per tab would only make traffic.
  provider.awareness.setLocalState(null);
  sayOwnAwarenessOnly(provider);
  // The provider's own watchdog counts seconds, and a hidden tab's timers run once a minute: it would cut a good line.
  clearInterval(provider._checkInterval);
  const probing = setInterval(probe, PROBE_MS);

  provider.on('status', ({ status }) => {
    if (status !== 'connected') return;
    clearTimeout(connectTimer);
    unanswered = 0;
    sendHello();
  });

  function sendHello(): void {
    helloSentAt = Date.now();
    const hello = { protocol: PROTOCOL, build: options.build, schema: DATA_SCHEMA, clock: helloSentAt };
    gateOf(provider)?.sendFirst(
      encodeClientHello({ ...hello, ...options.standing?.(), clientIds: options.clientIds() }),
    );
  }

  /** A line is asked now and then; one that says nothing until the next time is dead. */
  function probe(): void {
    const socket = provider.ws;
    if (!provider.wsconnected || socket === null) return;
    const isSending = socket.bufferedAmount > 0 && socket.bufferedAmount !== lastBuffered;
    lastBuffered = socket.bufferedAmount;
    if (isSending) return;
    if (unanswered >= (hasCaughtUp ? 1 : PROBES_WHILE_LOADING)) {
      provider.disconnect();
      return;
    }
    unanswered++;
    sendHello();
  }

  provider.on('connection-close', (event) => {
    // The provider's own back-off finds this false and does nothing.
    provider.shouldConnect = false;
    isOpen = false;
    hasCaughtUp = false;
    incoming = 0;
    forgetOthers(provider.awareness);
    if (isDestroyed) return;
    if (event !== null && isFinalClose(event.code)) stop({ code: event.code, reason: event.reason });
    else if (final === null) scheduleRetry();
    onChange();
  });

  provider.on('sync', (isSynced) => {
    if (!isSynced) return;
    hasCaughtUp = true;
    incoming = 0;
    attempt = 0;
    options.onCaughtUp();
    onChange();
  });

  const readSync = provider.messageHandlers[MESSAGE.sync];
  provider.messageHandlers[MESSAGE.sync] = (encoder, decoder, ...rest) => {
    unanswered = 0;
    const announced = announcedChanges(doc, decoder);
    if (announced !== null && announced !== incoming) {
      incoming = announced;
      onChange();
    }
    if (announced === null) readSync?.(encoder, decoder, ...rest);
    // What cannot be read would be refused, and with it what can be (S3.5).
    else withoutUnreadable(doc, () => readSync?.(encoder, decoder, ...rest));
  };

  provider.messageHandlers[MESSAGE.hello] = (_encoder, decoder) => {
    unanswered = 0;
    const hello = readServerHello(decoder);
    if (!options.isOurs(hello)) {
      stop({ code: CLOSE.signedOut, reason: 'Somebody else is signed in on this browser.' });
      provider.disconnect();
      return;
    }
    const took = Date.now() - helloSentAt;
    const offset = hello.time - helloSentAt - took / 2;
    if (took >= 0 && (took < LONGEST_HELLO_MS || Math.abs(offset) > took)) options.onClockOffset(offset);
    if (isOpen) return;
    held = options.mustWait?.(hello) ? `${hello.recoveryReason} ${WAITS_FOR_OWNER}` : null;
    if (held !== null) {
      attempt = 0;
      onChange();
      return;
    }
    isOpen = true;
    options.onOpen(hello);
    gateOf(provider)?.open();
    onChange();
  };
  provider.messageHandlers[MESSAGE.saved] = (_encoder, decoder) => options.onSaved(readSaved(decoder));
  provider.messageHandlers[MESSAGE.refused] = (_encoder, decoder) => options.onRefused(readRefused(decoder));

  function scheduleRetry(): void {
    clearTimeout(retryTimer);
    const delay = retryDelayMs(attempt++, random);
    nextAttemptAt = Date.now() + delay;
    retryTimer = setTimeout(() => {
      connect();
      onChange();
    }, delay);
  }

  function stop(close: FinalClose): void {
    final = close;
    clearTimeout(retryTimer);
    nextAttemptAt = null;
  }

  function connect(): void {
    clearTimeout(retryTimer);
    nextAttemptAt = null;
    final = null;
    provider.connect();
    clearTimeout(connectTimer);
    connectTimer = setTimeout(() => {
      if (provider.wsconnecting) provider.disconnect();
    }, CONNECT_MS);
  }

  async function connectAfter(first: Promise<unknown>): Promise<void> {
    await Promise.allSettled([first]);
    isWaiting = false;
    if (isDestroyed) return;
    connect();
    onChange();
  }

  if (options.after === undefined) connect();
  else void connectAfter(options.after);

  return {
    awareness: provider.awareness,
    isOpen: () => isOpen,
    hasCaughtUp: () => hasCaughtUp,
    nextAttemptAt: () => nextAttemptAt,
    finalClose: () => final,
    incoming: () => incoming,
    held: () => held,
    connectNow() {
      if (isDestroyed || isWaiting || provider.wsconnected || provider.wsconnecting) return;
      attempt = 0;
      connect();
      onChange();
    },
    dropLine() {
      if (provider.ws !== null) provider.disconnect();
    },
    destroy() {
      isDestroyed = true;
      clearTimeout(connectTimer);
      clearTimeout(retryTimer);
      clearInterval(probing);
      provider.destroy();
      provider.awareness.destroy();
    },
  };
}

/** The provider sends back whatever it hears: among fifty people each word would be said fifty times. */
function sayOwnAwarenessOnly(provider: WebsocketProvider): void {
  const { awareness, _awarenessUpdateHandler: say } = provider;
  awareness.off('update', say);
  provider._awarenessUpdateHandler = (changes: Readonly<Record<'added' | 'updated' | 'removed', number[]>>, origin) => {
    const isOwn = Object.values(changes).some((clients) => clients.includes(awareness.clientID));
    if (isOwn) say({ added: [], updated: [awareness.clientID], removed: [] }, origin);
  };
  awareness.on('update', provider._awarenessUpdateHandler);
}

/**
 * The next line says who is here in the words that were heard last, and those would pass for old ones: whoever is here
 * would be missing until their next word.
 */
function forgetOthers({ meta, clientID }: Awareness): void {
  for (const client of [...meta.keys()]) if (client !== clientID) meta.delete(client);
}

/** How many changes a sync step 1 of the server says we lack; null for other sync messages. */
function announcedChanges(doc: Y.Doc, decoder: decoding.Decoder): number | null {
  const ahead = decoding.clone(decoder);
  if (decoding.readVarUint(ahead) !== SYNC.step1) return null;
  let missing = 0;
  for (const [client, clock] of Y.decodeStateVector(decoding.readVarUint8Array(ahead))) {
    missing += Math.max(0, clock - Y.getState(doc.store, client));
  }
  return missing;
}

/** A socket that keeps back what is sent until it is opened, but for one first message. */
interface Gate {
  sendFirst(bytes: Uint8Array<ArrayBuffer>): void;
  open(): void;
}

function gateOf(provider: WebsocketProvider): Gate | null {
  const socket = provider.ws as unknown as Partial<Gate> | null;
  return socket?.sendFirst ? (socket as Gate) : null;
}

function gatedSocket(base: typeof WebSocket): typeof WebSocket {
  return class extends base implements Gate {
    private kept: (Parameters<WebSocket['send']>[0] | Uint8Array<ArrayBuffer>)[] | null = [];

    /** A line that is closing takes nothing; what is said to it is said again on the next one. */
    override send(data: Parameters<WebSocket['send']>[0]): void {
      if (this.kept !== null) this.kept.push(data);
      else if (this.readyState === this.OPEN) super.send(data);
    }

    sendFirst(bytes: Uint8Array<ArrayBuffer>): void {
      if (this.readyState === this.OPEN) super.send(bytes);
    }

    open(): void {
      const kept = this.kept ?? [];
      this.kept = null;
      for (const data of kept) if (this.readyState === this.OPEN) super.send(data);
    }
  };
}
