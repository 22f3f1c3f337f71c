/** A person's machine with its tabs. A tab is the real `openWorkspace`: rooms, storage, lines, commands, undo, sync status. */
import { type OpenWorkspace, openWorkspace } from '../../client/data/open-workspace.ts';
import type { Registry } from '../../shared/entities/registry.ts';
import { DeviceDisk, TabDisk } from './disk.ts';
import type { Network, Road } from './network.ts';
import { Random } from './random.ts';
import { type Account, SERVER_ID } from './server-machine.ts';
import { TabBus } from './tab-bus.ts';
import { Process, type World } from './world.ts';

export interface DeviceOptions {
  readonly world: World;
  readonly network: Network;
  readonly random: Random;
  readonly account: Account;
  readonly name: string;
  readonly skewMs: number;
  readonly registry: Registry;
  readonly rooms: readonly string[];
}

export interface Tab {
  readonly name: string;
  readonly device: Device;
  readonly process: Process;
  /** Null until its local copy is readable. */
  workspace: OpenWorkspace | null;
  /** Why it could not be opened. */
  failure: unknown;
  readonly disk: TabDisk;
  isUndoing: boolean;
}

export class Device {
  readonly options: DeviceOptions;
  readonly tabs = new Set<Tab>();
  road: Road = 'open';
  private readonly disk = new DeviceDisk();
  private readonly bus: TabBus;
  private opened = 0;

  constructor(options: DeviceOptions) {
    this.options = options;
    this.bus = new TabBus(options.world, options.random);
  }

  get account(): Account {
    return this.options.account;
  }

  async open(): Promise<Tab> {
    const { world, network, random, account, name, skewMs, registry, rooms } = this.options;
    let started: Process | null = null;
    const own = (): Process => {
      if (started === null) throw new Error('the tab is not there yet');
      return started;
    };
    const disk = new TabDisk(this.disk, world, own);
    const endpoint = {
      get process() {
        return own();
      },
      userId: account.userId,
      road: () => this.road,
    };
    const process = new Process({
      name: `${name}.${++this.opened}`,
      random: new Random(random.below(2 ** 32)),
      skewMs,
      surroundings: {
        indexedDB: disk.indexedDB,
        BroadcastChannel: this.bus.channelClass(own),
        WebSocket: network.socketClass(endpoint),
      },
    });
    started = process;
    const slow = random.weighted([
      [6, 0.02],
      [2, 1],
      [1, 25],
    ]);
    process.diskDelay = () => process.random.between(0, slow);
    const tab: Tab = {
      name: process.name,
      device: this,
      process,
      workspace: null,
      failure: null,
      disk,
      isUndoing: false,
    };
    this.tabs.add(tab);
    const { userId, memberId, role } = account;
    await world.as(process, () => {
      openWorkspace({
        me: { userId, memberId, name: account.name, email: `${account.name}@acme.test`, role },
        serverId: SERVER_ID,
        rooms,
        websocketUrl: 'wss://crm.test/sync',
        build: 'simulated',
        registry,
        // What `session.ts` does: it asks the server, and whoever is still welcome goes on.
        onSessionDoubt: () => void setTimeout(() => this.resume(tab), random.between(20, 400)),
      }).then(
        (workspace) => {
          tab.workspace = workspace;
        },
        (error: unknown) => {
          tab.failure = error;
        },
      );
    });
    return tab;
  }

  /** The server says who this is (again). Call it as the tab's process. */
  resume({ workspace }: Tab): void {
    const { account, road } = this;
    if (road !== 'open' || !account.isWelcome) return;
    const { userId, memberId, name, role } = account;
    workspace?.resume({ userId, memberId, name, email: `${name}@acme.test`, role });
  }

  /** The tab is gone from one moment to the next: what it held in memory is lost. */
  kill(tab: Tab): void {
    const { network, random } = this.options;
    this.tabs.delete(tab);
    tab.process.isAlive = false;
    tab.disk.kill(random);
    this.bus.forget(tab.process);
    network.cut(({ endpoint }) => endpoint.process === tab.process, random.chance(0.2));
  }

  /** The tab is closed with everything written, as far as it can be. */
  async close(tab: Tab): Promise<void> {
    const { world } = this.options;
    await world.as(tab.process, () => void tab.workspace?.dispose());
    await world.pass(1_000);
    if (this.tabs.has(tab)) this.kill(tab);
  }

  setRoad(road: Road): void {
    this.road = road;
    const { network } = this.options;
    if (road !== 'open') {
      network.cut(
        ({ endpoint }) => [...this.tabs].some(({ process }) => process === endpoint.process),
        road === 'silent',
      );
    }
  }
}
