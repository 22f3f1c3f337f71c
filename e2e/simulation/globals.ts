/**
 * Puts the simulated process in the place of the machine: timers, clocks, randomness, IndexedDB, BroadcastChannel,
 * WebSocket and MessageChannel are those of the process that is running; outside of one they are the real ones. Import this
 * before anything else: lib0 takes hold of `Date.now` and `crypto.getRandomValues` when it is loaded.
 */
import { IDBKeyRange } from 'fake-indexeddb';
import type { Process, Task, World } from './world.ts';

let world: World | null = null;

/** All promises that can settle have settled when a new turn of the real event loop begins. */
export function settlePromises(): Promise<void> {
  return new Promise((resolve) => void real.setImmediate(resolve));
}

/** From now on processes of this world run; null ends that. */
export function inhabit(next: World | null): void {
  world = next;
}

const running = (): Process | null => world?.current ?? null;

/** Node's timers are objects that can be unref'd. */
class Timer {
  task: Task | null = null;
  isStopped = false;

  unref(): this {
    return this;
  }

  ref(): this {
    return this;
  }
}

type Callback = (...args: unknown[]) => void;

const real = {
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
  setImmediate: globalThis.setImmediate,
  clearImmediate: globalThis.clearImmediate,
  now: Date.now,
  performanceNow: performance.now.bind(performance),
  random: Math.random,
  getRandomValues: crypto.getRandomValues.bind(crypto),
  MessageChannel: globalThis.MessageChannel,
};

function after(start: (timer: Timer, owner: Process, in_: World) => void): Timer {
  const timer = new Timer();
  const owner = running();
  // What is left of a process that was killed in the middle of this very task starts nothing any more.
  if (owner?.isAlive && world !== null) start(timer, owner, world);
  return timer;
}

function stop(timer: unknown, clear: (timer: never) => void): void {
  if (!(timer instanceof Timer)) {
    clear(timer as never);
    return;
  }
  timer.isStopped = true;
  if (timer.task !== null) timer.task.isCancelled = true;
}

function virtualTimeout(run: Callback, ms: number | undefined, args: unknown[]): Timer {
  return after((timer, owner, in_) => {
    timer.task = in_.schedule(owner, Math.max(1, ms ?? 0), () => run(...args));
  });
}

function virtualInterval(run: Callback, ms: number | undefined, args: unknown[]): Timer {
  return after((timer, owner, in_) => {
    const again = () => {
      timer.task = in_.schedule(owner, Math.max(1, ms ?? 0), () => {
        run(...args);
        if (!timer.isStopped) again();
      });
    };
    again();
  });
}

/** In a tab only the IndexedDB engine asks for one; a browser has none. Such a task is the disk's and outlives the tab. */
function virtualImmediate(run: Callback, args: unknown[]): Timer {
  const timer = new Timer();
  const owner = running();
  if (owner === null || world === null) return timer;
  const isDisk = owner.surroundings.indexedDB !== undefined;
  if (isDisk) timer.task = world.scheduleDisk(owner, () => run(...args));
  else if (owner.isAlive) timer.task = world.schedule(owner, 0, () => run(...args));
  return timer;
}

class VirtualMessageChannel {
  readonly port1 = new VirtualPort();
  readonly port2 = new VirtualPort();

  constructor() {
    this.port1.other = this.port2;
    this.port2.other = this.port1;
  }
}

class VirtualPort {
  other: VirtualPort | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;

  postMessage(data: unknown): void {
    after((_timer, owner, in_) => {
      in_.schedule(owner, 0, () => this.other?.onmessage?.({ data }));
    });
  }

  close(): void {
    this.onmessage = null;
  }
}

function define(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
}

function defineFromSurroundings(name: 'indexedDB' | 'BroadcastChannel' | 'WebSocket'): void {
  const outside: unknown = (globalThis as Record<string, unknown>)[name];
  Object.defineProperty(globalThis, name, {
    configurable: true,
    get: () => (running() === null ? outside : running()?.surroundings[name]),
  });
}

define(globalThis, 'setTimeout', (run: Callback, ms?: number, ...args: unknown[]) =>
  running() === null ? real.setTimeout(run, ms, ...args) : virtualTimeout(run, ms, args),
);
define(globalThis, 'setInterval', (run: Callback, ms?: number, ...args: unknown[]) =>
  running() === null ? real.setInterval(run, ms, ...args) : virtualInterval(run, ms, args),
);
define(globalThis, 'setImmediate', (run: Callback, ...args: unknown[]) =>
  running() === null ? real.setImmediate(run, ...args) : virtualImmediate(run, args),
);
define(globalThis, 'clearTimeout', (timer: unknown) => stop(timer, real.clearTimeout));
define(globalThis, 'clearInterval', (timer: unknown) => stop(timer, real.clearInterval));
define(globalThis, 'clearImmediate', (timer: unknown) => stop(timer, real.clearImmediate));
define(Date, 'now', () => {
  const owner = running();
  return owner === null || world === null ? real.now() : Math.floor(world.now + owner.skewMs);
});
define(performance, 'now', () => {
  const owner = running();
  return owner === null || world === null ? real.performanceNow() : world.reading(owner);
});
define(Math, 'random', () => running()?.random.next() ?? real.random());
define(crypto, 'getRandomValues', <T extends ArrayBufferView | null>(view: T): T => {
  const owner = running();
  return owner === null ? (real.getRandomValues(view as never) as T) : owner.random.fill(view);
});
define(
  globalThis,
  'MessageChannel',
  new Proxy(real.MessageChannel, {
    construct: (channel) => (running() === null ? new channel() : new VirtualMessageChannel()),
  }),
);
define(globalThis, 'IDBKeyRange', IDBKeyRange);
for (const name of ['indexedDB', 'BroadcastChannel', 'WebSocket'] as const) defineFromSurroundings(name);
