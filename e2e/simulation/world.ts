/**
 * Time and processes of the simulation. A tab and the server are processes: every task (timer, message, completed disk
 * request) belongs to one, runs with its clock, its randomness and its devices (see globals.ts), and ceases to exist
 * with it. Production code is not changed for this and does not know: it calls `setTimeout`, `Date.now`, `indexedDB`
 * and `WebSocket`, and gets those of the process that is running.
 *
 * Between two tasks all promises settle, as in a browser; nothing else happens by itself. So one seed is one history.
 */
import { settlePromises } from './globals.ts';
import type { Random } from './random.ts';

export interface Surroundings {
  readonly indexedDB?: IDBFactory;
  readonly BroadcastChannel?: typeof BroadcastChannel;
  readonly WebSocket?: typeof WebSocket;
}

export class Process {
  readonly name: string;
  readonly random: Random;
  /** Wall clock minus true time, ms. */
  readonly skewMs: number;
  readonly surroundings: Surroundings;
  isAlive = true;
  /** Its tasks wait until then: a tab in the background, a machine that swaps. */
  frozenUntil = 0;
  /** When the last of its disk requests is through; the next one comes after it. */
  diskBusyUntil = 0;
  /** How long one disk request takes, ms. */
  diskDelay: () => number = () => 0;

  constructor(options: {
    readonly name: string;
    readonly random: Random;
    readonly skewMs?: number;
    readonly surroundings?: Surroundings;
  }) {
    this.name = options.name;
    this.random = options.random;
    this.skewMs = options.skewMs ?? 0;
    this.surroundings = options.surroundings ?? {};
  }
}

/**
 * `disk` tasks go on after the process is gone: the browser finishes or takes back what a closed page has begun.
 */
export type TaskKind = 'timer' | 'message' | 'disk';

export interface Task {
  at: number;
  order: number;
  readonly owner: Process | null;
  readonly kind: TaskKind;
  readonly run: () => void;
  isCancelled: boolean;
}

export class World {
  /** True time, epoch ms. */
  now: number;
  current: Process | null = null;
  tasksRun = 0;
  /** What no code may do: exceptions that nobody caught. */
  readonly errors: unknown[] = [];
  /** After each task and what followed from it. */
  afterTask: (owner: Process) => void = () => undefined;
  private readonly heap: Task[] = [];
  private orders = 0;
  private lastReading = 0;

  constructor(startAt: number) {
    this.now = startAt;
  }

  schedule(owner: Process | null, delayMs: number, run: () => void, kind: TaskKind = 'timer'): Task {
    const task = { at: this.now + Math.max(0, delayMs), order: ++this.orders, owner, kind, run, isCancelled: false };
    this.push(task);
    return task;
  }

  /** A disk request of the running process: in order, and as slow as its disk. */
  scheduleDisk(owner: Process, run: () => void): Task {
    owner.diskBusyUntil = Math.max(this.now, owner.diskBusyUntil) + owner.diskDelay();
    return this.schedule(owner, owner.diskBusyUntil - this.now, run, 'disk');
  }

  /** Does something as a process, now, and waits until everything that needs no time has followed from it. */
  async as<T>(owner: Process, work: () => T): Promise<T | undefined> {
    if (!owner.isAlive) return undefined;
    this.current = owner;
    try {
      return work();
    } catch (error) {
      this.errors.push(error);
      return undefined;
    } finally {
      await settlePromises();
      this.current = null;
      this.afterTask(owner);
    }
  }

  /** Looks at a process from outside: nothing may follow from it. */
  look<T>(owner: Process, work: () => T): T {
    const before = this.current;
    this.current = owner;
    try {
      return work();
    } finally {
      this.current = before;
    }
  }

  /** Lets the given time pass, task by task. */
  async pass(ms: number): Promise<void> {
    const end = this.now + ms;
    for (let task = this.heap[0]; task !== undefined && task.at <= end; task = this.heap[0]) {
      this.pop();
      if (task.isCancelled || (task.owner !== null && !task.owner.isAlive && task.kind !== 'disk')) continue;
      if (task.owner !== null && task.kind !== 'disk' && task.owner.frozenUntil > task.at) {
        task.at = task.owner.frozenUntil;
        this.push(task);
        continue;
      }
      this.now = Math.max(this.now, task.at);
      this.tasksRun++;
      this.current = task.owner;
      try {
        task.run();
      } catch (error) {
        this.errors.push(error);
      }
      await settlePromises();
      this.current = null;
      if (task.owner?.isAlive) this.afterTask(task.owner);
    }
    this.now = Math.max(this.now, end);
  }

  /** Everybody's lid is closed for so long: nothing runs, and each timer that is due fires once afterwards. */
  sleep(ms: number): void {
    this.now += ms;
  }

  /** `performance.now()`: never goes back, and moves a little at each reading as if work took time. */
  reading(owner: Process): number {
    this.lastReading = Math.max(this.lastReading + owner.random.between(0, 1.5), this.now);
    return this.lastReading;
  }

  private push(task: Task): void {
    const { heap } = this;
    let index = heap.push(task) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || isBefore(above, task)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = task;
  }

  private pop(): void {
    const { heap } = this;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (left === undefined) break;
      if (right !== undefined && isBefore(right, left)) child++;
      const lower = heap[child];
      if (lower === undefined || isBefore(last, lower)) break;
      heap[index] = lower;
      index = child;
    }
    heap[index] = last;
  }
}

function isBefore(left: Task, right: Task): boolean {
  return left.at !== right.at ? left.at < right.at : left.order < right.order;
}
