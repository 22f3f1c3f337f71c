/**
 * The server: its real rooms, group commit, admission and update log over real SQLite. Only the two ends are simulated:
 * `socket.ts` (who may open a line; here `accept`) and the machine, which may lose its process at any moment. A crash
 * around a commit ends the process just before SQLite has it, or just after, when nobody was told yet.
 */
import type { Database } from 'better-sqlite3';
import { ensureTimeline } from '../../server/http/room-routes.ts';
import { openMemoryDatabase } from '../../server/storage/data-folder.ts';
import { createUpdateLog, type UpdateLog } from '../../server/storage/update-log.ts';
import { Connection } from '../../server/sync/connection.ts';
import { writeOwn } from '../../server/sync/own-writes.ts';
import { createRooms, type Rooms } from '../../server/sync/rooms.ts';
import { addMember, setUpWorkspace } from '../../shared/commands/workspace-commands.ts';
import type { Id } from '../../shared/model/id.ts';
import { CLOSE, type Role } from '../../shared/sync/protocol.ts';
import type { Line, ServerHalf } from './network.ts';
import type { Random } from './random.ts';
import { Process, type World } from './world.ts';

export interface CloseReason {
  readonly code: number;
  readonly reason: string;
}

export interface Account {
  readonly userId: string;
  readonly memberId: Id<'member'>;
  readonly name: string;
  role: Role;
  /** False after the account was revoked. */
  isWelcome: boolean;
}

export type CrashPoint = 'before-commit' | 'after-commit';

class Crashed extends Error {}

export const SERVER_ID = 'server-1';
const IDENTITY = { serverId: SERVER_ID, epoch: 'epoch-1', build: 'simulated' };

export interface ServerOptions {
  readonly world: World;
  readonly random: Random;
  readonly accounts: readonly Account[];
  readonly rooms: readonly string[];
  /** Told when the process has ended, however. */
  readonly onDown: (dead: Process) => void;
  /** A broken log, for mutation checks. */
  readonly breakLog?: (log: UpdateLog, world: World) => UpdateLog;
}

export class ServerMachine {
  process: Process;
  rooms: Rooms | null = null;
  /** The process ends at the next commit. */
  crashPoint: CrashPoint | null = null;
  readonly reports: string[] = [];
  readonly db: Database;
  private readonly options: ServerOptions;
  private readonly accounts: ReadonlyMap<string, Account>;
  private readonly halves = new Map<Connection, string>();
  private log: UpdateLog;
  private starts = 0;

  constructor(options: ServerOptions) {
    this.options = options;
    this.accounts = new Map(options.accounts.map((account) => [account.userId, account]));
    this.db = openMemoryDatabase();
    this.log = createUpdateLog(this.db);
    for (const name of options.rooms) this.log.ensureRoom(name);
    this.process = new Process({ name: 'server', random: options.random });
    this.process.isAlive = false;
  }

  async start(): Promise<void> {
    const { world, random } = this.options;
    const process = new Process({ name: `server ${++this.starts}`, random });
    this.process = process;
    this.crashPoint = null;
    await world.as(process, () => {
      this.log = this.mortalLog(process);
      this.rooms = createRooms({
        log: this.log,
        report: (message, error) => {
          if (process.isAlive) this.reports.push(`${message} ${String(error ?? '')}`);
        },
      });
    });
  }

  async setUp(): Promise<void> {
    const [owner, ...others] = this.options.accounts;
    if (owner === undefined) return;
    await this.options.world.as(this.process, () => {
      if (this.rooms === null) return;
      const asMember = ({ memberId: id, name, role }: Account) => ({ id, name, email: `${name}@acme.test`, role });
      writeOwn(this.rooms, { actor: null, kinds: ['workspace'] }, (tx) => {
        setUpWorkspace(tx, { name: 'Acme', currency: 'EUR', owner: asMember(owner) });
        for (const other of others) addMember(tx, asMember(other));
      });
    });
  }

  /** SIGKILL, now: what was only in memory is gone. */
  crash(): void {
    if (!this.process.isAlive) return;
    this.process.isAlive = false;
    this.rooms = null;
    this.halves.clear();
    this.options.onDown(this.process);
  }

  /** SIGTERM: everything is written, everybody is told. */
  async stop(): Promise<void> {
    const { rooms } = this;
    if (rooms === null) return;
    await this.options.world.as(this.process, () => rooms.close());
    this.crash();
  }

  /** A line has been opened; runs in the server's process. */
  accept(line: Line): ServerHalf | null {
    const account = this.accounts.get(line.endpoint.userId);
    if (this.rooms === null || account === undefined) return null;
    if (!account.isWelcome) {
      line.closedByServer({ code: CLOSE.signedOut, reason: 'Sign in to go on syncing.' });
      return null;
    }
    if (!this.log.hasRoom(line.room) && !ensureTimeline(this.log, line.room, Date.now())) {
      line.closedByServer({ code: CLOSE.noSuchRoom, reason: 'There is no such room.' });
      return null;
    }
    const { random } = this.options;
    const connection: Connection = new Connection({
      room: this.rooms.open(line.room),
      user: { id: account.userId, memberId: account.memberId, name: account.name, role: account.role },
      line: {
        send: (frames) => line.toTab(frames),
        get hasRoom() {
          return !random.chance(0.005);
        },
        // Only updates far larger than these are looked at in a worker, and only then a line pauses.
        pause: () => undefined,
        resume: () => undefined,
        charge: () => undefined,
        close: (code, reason) => {
          this.halves.delete(connection);
          line.closedByServer({ code, reason });
        },
      },
      server: IDENTITY,
      isAccount: (memberId) => [...this.accounts.values()].some((each) => each.memberId === memberId),
    });
    this.halves.set(connection, account.userId);
    return {
      receive: (bytes) => connection.receive(bytes),
      leave: () => {
        this.halves.delete(connection);
        connection.leave();
      },
    };
  }

  /** An account was given another role, or revoked: its lines end, and the next ones are judged anew. */
  async accountChanged(account: Account): Promise<void> {
    await this.options.world.as(this.process, () => {
      for (const [connection, userId] of [...this.halves]) {
        if (userId !== account.userId) continue;
        if (account.isWelcome) connection.close(CLOSE.goingAway, 'Your role has changed.');
        else connection.close(CLOSE.signedOut, 'This session has ended. Sign in to go on syncing.');
      }
    });
  }

  /** The log of a process that may end at each commit. */
  private mortalLog(process: Process): UpdateLog {
    const { world, breakLog = (log) => log } = this.options;
    const log = breakLog(createUpdateLog(this.db), world);
    const dieAt = (point: CrashPoint) => {
      if (!process.isAlive) throw new Crashed('this process has ended');
      if (this.crashPoint !== point) return;
      this.crash();
      throw new Crashed(point);
    };
    return {
      ...log,
      commit: (batch) => {
        dieAt('before-commit');
        const stored = log.commit(batch);
        dieAt('after-commit');
        return stored;
      },
      expel: (update) => {
        dieAt('before-commit');
        return log.expel(update);
      },
      fold: (...fold) => {
        dieAt('before-commit');
        const mark = log.fold(...fold);
        dieAt('after-commit');
        return mark;
      },
    };
  }
}
