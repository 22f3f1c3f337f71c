/** What may happen to a team, its machines and its server; each from the schedule's random numbers. */
import { act } from './actions.ts';
import type { Device, Tab } from './device.ts';
import type { Oracle } from './oracle.ts';
import type { Random } from './random.ts';
import type { Account, ServerMachine } from './server-machine.ts';
import type { World } from './world.ts';

export interface Scene {
  readonly world: World;
  readonly server: ServerMachine;
  readonly random: Random;
  readonly oracle: Oracle;
  readonly devices: readonly Device[];
  /** The first is never revoked. */
  readonly accounts: readonly Account[];
  readonly say: (line: string) => void;
  readonly count: (what: string) => void;
  /** The server has just gone, or come back. */
  readonly checkDisk: () => void;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export const tabsOf = (devices: readonly Device[]): Tab[] => devices.flatMap((device) => [...device.tabs]);

/** Asks for the same random numbers in the same order for the same seed: a history can be played again. */
export class Happenings {
  private readonly scene: Scene;

  constructor(scene: Scene) {
    this.scene = scene;
  }

  /** The next thing happens. */
  async next(): Promise<void> {
    const { random } = this.scene;
    const happening = random.weighted<() => Promise<void> | void>([
      [60, () => this.somebodyActs()],
      [4, () => this.openTab()],
      [5, () => this.killTab()],
      [2, () => this.closeTab()],
      [7, () => this.changeRoad()],
      [2, () => this.freezeTab()],
      [3, () => this.crashServer()],
      [4, () => this.armServer()],
      [1, () => this.restartServer()],
      [2, () => this.changeRights()],
      [2, () => this.sleep()],
    ]);
    if (!this.scene.server.process.isAlive && random.chance(0.25)) await this.startServer();
    await happening();
  }

  private async somebodyActs(): Promise<void> {
    const { random, oracle, world } = this.scene;
    const tab = random.pick(
      tabsOf(this.scene.devices).filter(
        ({ workspace, process }) => workspace !== null && process.frozenUntil <= world.now,
      ),
    );
    const workspace = tab?.workspace;
    if (!tab || !workspace) return;
    const done = await world.as(tab.process, () => act({ tab, workspace, random, oracle }));
    this.scene.count('acts');
    this.scene.say(`${tab.name} ${done}`);
  }

  private async openTab(): Promise<void> {
    const device = this.scene.random.pick(this.scene.devices.filter(({ tabs }) => tabs.size < 2));
    if (!device) return;
    const tab = await device.open();
    this.scene.say(`${tab.name} opens`);
  }

  private async killTab(): Promise<void> {
    const tab = this.scene.random.pick(tabsOf(this.scene.devices));
    if (!tab) return;
    this.scene.say(`${tab.name} is killed`);
    this.scene.count('killed');
    tab.device.kill(tab);
    if (this.scene.random.chance(0.5)) await tab.device.open();
  }

  private async closeTab(): Promise<void> {
    const tab = this.scene.random.pick(tabsOf(this.scene.devices));
    if (!tab) return;
    this.scene.say(`${tab.name} is closed`);
    await tab.device.close(tab);
  }

  private changeRoad(): void {
    const { random } = this.scene;
    const device = random.pick(this.scene.devices);
    if (!device) return;
    device.setRoad(device.road === 'open' ? (random.chance(0.7) ? 'closed' : 'silent') : 'open');
    this.scene.count('roads');
    this.scene.say(`the road of ${device.options.name} is ${device.road}`);
  }

  private freezeTab(): void {
    const tab = this.scene.random.pick(tabsOf(this.scene.devices));
    if (!tab) return;
    // One that is frozen already does not wake up earlier for it: what waits for it would come after what is sent later.
    const until = this.scene.world.now + this.scene.random.between(500, 40_000);
    tab.process.frozenUntil = Math.max(tab.process.frozenUntil, until);
  }

  async startServer(): Promise<void> {
    this.scene.say('the server starts');
    await this.scene.server.start();
    this.scene.checkDisk();
  }

  private crashServer(): void | Promise<void> {
    if (!this.scene.server.process.isAlive) return this.startServer();
    this.scene.say('the server is killed');
    this.scene.count('crashes');
    this.scene.server.crash();
    this.scene.checkDisk();
  }

  private armServer(): void {
    this.scene.server.crashPoint = this.scene.random.chance(0.5) ? 'before-commit' : 'after-commit';
    this.scene.say(`the server will die ${this.scene.server.crashPoint}`);
    this.scene.count('crashes');
  }

  private async restartServer(): Promise<void> {
    this.scene.say('the server stops and starts');
    await this.scene.server.stop();
    this.scene.checkDisk();
    await this.scene.world.pass(this.scene.random.between(0, 2_000));
    if (!this.scene.server.process.isAlive) await this.startServer();
  }

  private async changeRights(): Promise<void> {
    const { random } = this.scene;
    const account = random.pick(this.scene.accounts.slice(1));
    if (!account) return;
    if (random.chance(0.4)) account.isWelcome = !account.isWelcome;
    else account.role = account.role === 'viewer' ? 'member' : 'viewer';
    this.scene.say(`${account.name} is ${account.role}${account.isWelcome ? '' : ', revoked'}`);
    this.scene.count('rights');
    await this.scene.server.accountChanged(account);
    if (account.isWelcome) await this.signInAgain(account);
  }

  async signInAgain(account: Account): Promise<void> {
    for (const tab of tabsOf(this.scene.devices)) {
      if (tab.device.account === account) await this.scene.world.as(tab.process, () => tab.device.resume(tab));
    }
  }

  private sleep(): void {
    this.scene.world.sleep(this.scene.random.between(HOUR / 2, this.scene.random.chance(0.3) ? 2 * DAY : 4 * HOUR));
    this.scene.say('time passes');
  }
}
