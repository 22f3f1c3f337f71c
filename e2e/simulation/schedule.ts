/** One schedule: a team, its machines and its server, a seed's worth of work and accidents, then peace, then the oracle. */
import './globals.ts';
import * as Y from 'yjs';
import type { UpdateLog } from '../../server/storage/update-log.ts';
import type { Registry } from '../../shared/entities/registry.ts';
import { idFromCause } from '../../shared/model/id.ts';
import { RECORDS } from '../../shared/sync/record-keys.ts';
import { formatRoomName, standardRooms } from '../../shared/sync/room-names.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { begin } from './actions.ts';
import { later, today } from './builds.ts';
import { Device, type Tab } from './device.ts';
import { checkReplica, checkScreens, checkStamps, contentsOf, storedDocs } from './final-checks.ts';
import { inhabit } from './globals.ts';
import { Happenings, tabsOf } from './happenings.ts';
import { LONGEST_WAY_MS, Network } from './network.ts';
import { canonical, Oracle } from './oracle.ts';
import { Random } from './random.ts';
import { type Account, ServerMachine } from './server-machine.ts';
import { World } from './world.ts';

/** Deliberate faults: the simulator must notice each (see mutation.test.ts). */
export interface Mutation {
  readonly breakLog?: (log: UpdateLog, world: World) => UpdateLog;
  readonly losesMessage?: (message: Uint8Array, random: Random) => boolean;
}

export interface ScheduleOptions {
  readonly seed: number;
  /** How many things happen before peace. */
  readonly steps?: number;
  readonly mutation?: Mutation;
  /** Every step, as text. */
  readonly onStep?: (line: string) => void;
}

export interface Outcome {
  readonly seed: number;
  /** Empty when all laws hold. */
  readonly violations: readonly string[];
  /** The same for every run of a seed: a digest of what the server holds in the end and of how much happened. */
  readonly digest: string;
  readonly counts: Readonly<Record<string, number>>;
}

const START = Date.UTC(2026, 5, 15, 9);
const DAY = 24 * 3_600_000;
const ROOM_KINDS: readonly string[] = ['workspace', 'pipeline', 'directory'];
const ROOMS = standardRooms(2026)
  .filter(({ kind }) => ROOM_KINDS.includes(kind))
  .map(formatRoomName);
/** Two probes of the client, and some. */
const LINE_FOUND_DEAD_MS = 40_000;

export async function runSchedule(options: ScheduleOptions): Promise<Outcome> {
  const exitListeners = process.listeners('exit');
  process.setMaxListeners(0);
  const schedule = new Schedule(options);
  try {
    inhabit(schedule.world);
    return await schedule.run();
  } finally {
    inhabit(null);
    schedule.server.db.close();
    // y-websocket leaves one per line, with the document in it.
    for (const listener of process.listeners('exit')) {
      if (!exitListeners.includes(listener)) process.off('exit', listener);
    }
  }
}

class Schedule {
  readonly world = new World(START);
  readonly server: ServerMachine;
  private readonly seed: number;
  private readonly steps: number;
  private readonly random: Random;
  private readonly oracle = new Oracle();
  private readonly network: Network;
  private readonly accounts: readonly Account[];
  private readonly devices: Device[] = [];
  private readonly counts: Record<string, number> = {};
  private readonly onStep: (line: string) => void;
  private readonly watchedDocs = new WeakSet<Y.Doc>();
  private readonly happenings: Happenings;

  constructor({ seed, steps, mutation = {}, onStep = () => undefined }: ScheduleOptions) {
    const random = new Random(seed);
    this.seed = seed;
    this.random = random;
    this.steps = steps ?? 20 + random.below(30);
    this.onStep = onStep;
    this.accounts = team(random);
    const { world, oracle } = this;
    const { breakLog, losesMessage } = mutation;
    this.server = new ServerMachine({
      world,
      random: new Random(random.below(2 ** 32)),
      accounts: this.accounts,
      rooms: ROOMS,
      onDown: (dead) => {
        oracle.serverDown();
        this.network.cut(({ server }) => server === dead, false);
      },
      breakLog: (log) => {
        const watched = {
          ...log,
          commit: (batch: Parameters<UpdateLog['commit']>[0]) => {
            const stored = log.commit(batch);
            oracle.committedBatch(batch);
            return stored;
          },
        };
        return breakLog ? breakLog(watched, world) : watched;
      },
    });
    const networkRandom = new Random(random.below(2 ** 32));
    this.network = new Network({
      world,
      random: networkRandom,
      server: this.server,
      onDelivered: (room, message) => oracle.delivered(room, message),
      ...(losesMessage ? { losesMessage: (message) => losesMessage(message, networkRandom) } : {}),
    });
    world.afterTask = (owner) => {
      if (owner === this.server.process) this.watchServerDocs();
      for (const tab of tabsOf(this.devices)) if (tab.process === owner) oracle.lookAt(tab);
    };
    for (const [place, account] of this.accounts.entries()) this.addDevices(account, place);
    this.happenings = new Happenings({
      world,
      server: this.server,
      random,
      oracle,
      devices: this.devices,
      accounts: this.accounts,
      say: (line) => this.say(line),
      count: (what) => this.count(what),
      checkDisk: () => this.checkDisk(),
    });
  }

  async run(): Promise<Outcome> {
    await this.server.start();
    await this.server.setUp();
    for (const device of this.devices) if (this.random.chance(0.85)) await device.open();
    await this.world.pass(4_000);
    await this.begin();
    for (let step = 0; step < this.steps && this.oracle.violations.length === 0; step++) {
      await this.happenings.next();
      this.checkNow();
      await this.world.pass(this.pause());
    }
    if (this.oracle.violations.length === 0) {
      await this.makePeace();
      await this.checkInTheEnd();
    }
    for (const tab of tabsOf(this.devices)) await this.world.as(tab.process, () => void tab.workspace?.dispose());
    await this.world.pass(500);
    this.checkErrors();
    this.server.crash();
    for (const device of this.devices) for (const tab of [...device.tabs]) device.kill(tab);
    const { seed, oracle, world, counts } = this;
    const digest = hash(`${this.contents}|${world.tasksRun}|${world.now}|${canonical(counts)}`);
    return {
      seed,
      violations: oracle.violations,
      digest,
      counts: { ...counts, ...oracle.counts, tasks: world.tasksRun },
    };
  }

  private contents = '';

  private async begin(): Promise<void> {
    const { random, oracle, world } = this;
    const ready = ({ workspace, device }: Tab) =>
      device.account.role !== 'viewer' &&
      ['pipeline', 'directory'].every((kind) => workspace?.isLoaded(kind as 'pipeline'));
    for (let tries = 0; tries < 10 && !tabsOf(this.devices).some(ready); tries++) await world.pass(2_000);
    const tab = tabsOf(this.devices).find(ready);
    const workspace = tab?.workspace;
    if (tab && workspace) await world.as(tab.process, () => begin({ tab, workspace, random, oracle }));
    await world.pass(random.between(0, 2_000));
  }

  private addDevices(account: Account, place: number): void {
    const { random, world, network } = this;
    const several = place < 2 && random.chance(0.3) ? 2 : 1;
    for (let number = 0; number < several; number++) {
      const skewMs = random.weighted([
        [5, random.between(-2_000, 2_000)],
        [2, random.between(-10 * 60_000, 10 * 60_000)],
        [3, random.between(-3 * DAY, 3 * DAY)],
      ]);
      const registry: Registry = random.chance(0.4) ? later : today;
      const name = `${account.name}${number + 1}`;
      const own = new Random(random.below(2 ** 32));
      this.devices.push(new Device({ world, network, random: own, account, name, skewMs, registry, rooms: ROOMS }));
    }
  }

  private pause(): number {
    const { random } = this;
    return random.weighted([
      [4, 0],
      [6, random.between(0, 60)],
      [6, random.between(60, 3_000)],
      [1, random.between(3_000, 45_000)],
    ]);
  }

  private say(line: string): void {
    this.onStep(`${String(this.world.now - START).padStart(9)} ${line}`);
  }

  private count(what: string): void {
    this.counts[what] = (this.counts[what] ?? 0) + 1;
  }

  /** Everything works again; rights stay as they are. Everybody is back at their machines. */
  private async makePeace(): Promise<void> {
    const { world, server } = this;
    this.say('peace');
    const before = this.accounts.map(({ isWelcome, role }) => `${isWelcome} ${role}`);
    if (this.random.chance(0.5)) for (const account of this.accounts) account.isWelcome = true;
    if (this.random.chance(0.3)) for (const account of this.accounts.slice(1)) account.role = 'member';
    server.crashPoint = null;
    if (!server.process.isAlive) await this.happenings.startServer();
    for (const device of this.devices) {
      device.setRoad('open');
      if (device.tabs.size === 0) await device.open();
    }
    // Lines that are good stay: what did not arrive on them must not be healed by a new one.
    for (const [place, account] of this.accounts.entries()) {
      if (before[place] !== `${account.isWelcome} ${account.role}`) await server.accountChanged(account);
      if (account.isWelcome) await this.happenings.signInAgain(account);
    }
    // A line that died without a word is found out by its probes within half a minute. A tab that is frozen gets all that
    // came meanwhile when it is not any more.
    const thawedAt = Math.max(0, ...tabsOf(this.devices).map(({ process }) => process.frozenUntil));
    await world.pass(Math.max(0, this.network.lastSilentCutAt + LINE_FOUND_DEAD_MS - world.now, thawedAt - world.now));
    await this.untilQuiet();
    // A change that reached the server in that moment, on its way to somebody with a slow line.
    await world.pass(2 * LONGEST_WAY_MS);
  }

  private async untilQuiet(): Promise<void> {
    for (let round = 0; round < 60; round++) {
      await this.world.pass(5_000);
      if (tabsOf(this.devices).every((tab) => this.isQuiet(tab))) return;
    }
    for (const tab of tabsOf(this.devices)) {
      if (!this.isQuiet(tab)) this.oracle.blame('L6', `${tab.name} does not come to rest: ${this.unrest(tab)}`);
    }
  }

  private isQuiet(tab: Tab): boolean {
    return this.unrest(tab) === '';
  }

  private unrest({ workspace, device, failure, process }: Tab): string {
    if (workspace === null) return `not open ${String(failure ?? '')}`;
    return this.world.look(process, () => {
      const rooms = [...workspace.roomsHere()];
      const { isWelcome, role } = device.account;
      if (rooms.length < ROOMS.length + 1) return `${rooms.length} rooms`;
      for (const { name, connection, store, ownClocks, refused } of rooms) {
        if (store.unsaved() > 0) return `${name} has ${store.unsaved()} unsaved`;
        if (!isWelcome) continue;
        if (!connection.isOpen() || !connection.hasCaughtUp())
          return `${name} is not caught up, ${connection.finalClose()?.code}`;
        if (role === 'viewer') continue;
        if (ownClocks.waiting().size > 0) return `${name} waits: ${JSON.stringify([...ownClocks.waiting()])}`;
        if (refused().length > 0) return `${name} was refused: ${refused()[0]?.code}`;
      }
      if (!isWelcome || role === 'viewer') return '';
      if (workspace.sync.waitingCount() > 0) return `the pill counts ${workspace.sync.waitingCount()}`;
      return workspace.sync.state() === 'synced' ? '' : `the pill says ${workspace.sync.state()}`;
    });
  }

  private checkNow(): void {
    this.checkErrors();
    for (const tab of tabsOf(this.devices)) this.world.look(tab.process, () => this.oracle.checkCounting(tab));
  }

  private checkErrors(): void {
    for (const error of this.world.errors.splice(0)) this.oracle.blame('crash', stackOf(error));
    for (const tab of tabsOf(this.devices)) {
      if (tab.failure !== null) this.oracle.blame('crash', `${tab.name}: ${stackOf(tab.failure)}`);
      tab.failure = null;
    }
    for (const report of this.server.reports.splice(0)) {
      if (!/is loaded again/.test(report)) this.oracle.blame('crash', `the server reports: ${report}`);
    }
  }

  private checkDisk(): void {
    const docs = storedDocs(this.server.db);
    this.oracle.checkPromises((room, client) => Y.getState(docs.get(room)?.store ?? new Y.Doc().store, client));
  }

  private watchServerDocs(): void {
    for (const room of this.server.rooms?.loaded() ?? []) {
      if (this.watchedDocs.has(room.doc)) continue;
      this.watchedDocs.add(room.doc);
      this.oracle.watchServer(room.name, room.doc);
    }
  }

  private async checkInTheEnd(): Promise<void> {
    const { oracle, world } = this;
    this.checkErrors();
    this.checkDisk();
    if (oracle.violations.length > 0) return;
    const served = new Map((this.server.rooms?.loaded() ?? []).map((room) => [room.name, contentsOf(room.doc)]));
    // The oldest member's new machine: it has nothing but what the server gives.
    const [owner] = this.accounts;
    if (owner) {
      const fresh = {
        world,
        network: this.network,
        random: new Random(7),
        account: owner,
        name: 'fresh',
        skewMs: 0,
        rooms: ROOMS,
      };
      const device = new Device({ ...fresh, registry: later });
      this.devices.push(device);
      await device.open();
      await this.untilQuiet();
      await world.pass(2_000);
    }
    const stored = storedDocs(this.server.db);
    for (const [name, doc] of stored) {
      const contents = contentsOf(doc);
      this.contents += contents;
      if (served.has(name) && served.get(name) !== contents)
        oracle.blame('L4', `${name}: memory and disk of the server differ`);
      const records = new RoomRecords(doc, later);
      const map = doc.getMap<unknown>(RECORDS);
      oracle.checkWinners(name, { map, records }, (entry) => {
        const account = entry.tab?.device.account;
        return account?.isWelcome === true && account.role !== 'viewer';
      });
      checkStamps(oracle, { name, doc, records }, world.now);
      for (const tab of tabsOf(this.devices))
        world.look(tab.process, () => checkReplica(oracle, tab, { name, doc, records }));
      records.destroy();
    }
    for (const tab of tabsOf(this.devices)) world.look(tab.process, () => checkScreens(oracle, tab));
  }
}

const NAMES = ['anna', 'bert', 'carla', 'vic'] as const;

function team(random: Random): readonly Account[] {
  return NAMES.slice(0, 2 + random.below(3)).map((name, place) => ({
    userId: `user_${name}`,
    memberId: idFromCause('member', name),
    name,
    role: place === 0 ? 'owner' : name === 'vic' ? 'viewer' : 'member',
    isWelcome: true,
  }));
}

function stackOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

/** FNV-1a, in hexadecimal. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return (value >>> 0).toString(16).padStart(8, '0');
}
