/**
 * IndexedDB of a device, seen by one tab of it. Killing the tab leaves its unfinished transactions to the browser: those
 * that were being committed are carried through or taken back, all others are taken back. The tab hears of nothing any more.
 * One tab's transactions on the same stores run one after the other, so what is taken back is always the last of them: a
 * browser never keeps a write and loses one that this tab made before it.
 *
 * fake-indexeddb starts a tab's transaction from within the end of another tab's: here each goes on as a task of its own
 * tab, and two tabs open a database one after the other.
 */
import { IDBFactory as FakeFactory, IDBTransaction as FakeTransaction } from 'fake-indexeddb';
import type { Random } from './random.ts';
import type { Process, World } from './world.ts';

/** What fake-indexeddb keeps inside. */
interface Transaction {
  _state: 'active' | 'inactive' | 'committing' | 'finished';
  _started: boolean;
  readonly db: object;
  readonly _requests: { readonly request: IDBRequest }[];
  _start(): void;
  _abort(reason: string | null): void;
  oncomplete: unknown;
  onabort: unknown;
  onerror: unknown;
}

interface Connection extends IDBDatabase {
  readonly _rawDatabase: { readonly transactions: Transaction[] };
  readonly _closePending: boolean;
}

const homes = new WeakMap<object, { readonly world: World; readonly process: Process }>();

const prototype = FakeTransaction.prototype as unknown as Transaction;
const start = prototype._start;
prototype._start = function (this: Transaction) {
  const home = homes.get(this.db);
  if (home === undefined || home.world.current === home.process) return start.call(this);
  this._started = true;
  home.world.scheduleDisk(home.process, () => start.call(this));
};

export class DeviceDisk {
  readonly factory: IDBFactory = new FakeFactory();
  private readonly opening = new Map<string, (() => void)[]>();

  /** Runs `open` when nobody else opens this database; `open` gets what to call when it is through. */
  inTurn(name: string, open: (done: () => void) => void): void {
    const waiting = this.opening.get(name);
    const run = () =>
      open(() => {
        const next = this.opening.get(name)?.shift();
        if (next === undefined) this.opening.delete(name);
        else next();
      });
    if (waiting !== undefined) {
      waiting.push(run);
      return;
    }
    this.opening.set(name, []);
    run();
  }
}

/** Stands for an `IDBOpenDBRequest`: the real one is made when it is this tab's turn. */
class OpenRequest {
  result: IDBDatabase | undefined;
  error: DOMException | null = null;
  onupgradeneeded: (() => void) | null = null;
  onsuccess: (() => void) | null = null;
  onerror: (() => void) | null = null;
}

export class TabDisk {
  readonly indexedDB: IDBFactory;
  private readonly connections: Connection[] = [];
  private readonly process: () => Process;
  private readonly world: World;
  private readonly device: DeviceDisk;

  constructor(device: DeviceDisk, world: World, process: () => Process) {
    this.device = device;
    this.world = world;
    this.process = process;
    this.indexedDB = {
      open: (name: string) => this.open(name),
      deleteDatabase: (name: string) => device.factory.deleteDatabase(name),
      databases: () => device.factory.databases(),
      cmp: (left: unknown, right: unknown) => device.factory.cmp(left, right),
    } as unknown as IDBFactory;
  }

  private open(name: string): OpenRequest {
    const { world, device } = this;
    const process = this.process();
    const request = new OpenRequest();
    device.inTurn(name, (done) => {
      world.scheduleDisk(process, () => {
        if (!process.isAlive) return done();
        const real = device.factory.open(name);
        real.onupgradeneeded = () => {
          request.result = real.result;
          request.onupgradeneeded?.();
        };
        real.onsuccess = () => {
          done();
          if (!process.isAlive) return real.result.close();
          request.result = real.result;
          homes.set(real.result, { world, process });
          this.connections.push(real.result as Connection);
          request.onsuccess?.();
        };
        real.onerror = () => {
          done();
          request.error = real.error;
          if (process.isAlive) request.onerror?.();
        };
      });
    });
    return request;
  }

  /** The tab is gone; its process is marked dead already. What is left to do for its disk stays its own. */
  kill(random: Random): void {
    this.world.look(this.process(), () => this.leave(random));
  }

  private leave(random: Random): void {
    for (const connection of this.connections) {
      connection.onversionchange = connection.onclose = connection.onabort = null;
      let isOneLost = false;
      for (const transaction of [...connection._rawDatabase.transactions]) {
        if (transaction.db !== connection || transaction._state === 'finished') continue;
        transaction.oncomplete = transaction.onabort = transaction.onerror = null;
        for (const { request } of transaction._requests) request.onsuccess = request.onerror = null;
        // Drawn for each, so that what comes after does not depend on what became of this one.
        const isTakenBack = transaction._state !== 'committing' || random.chance(0.5);
        isOneLost ||= isTakenBack;
        if (isOneLost) transaction._abort(null);
      }
      if (!connection._closePending) connection.close();
    }
  }
}
