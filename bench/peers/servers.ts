/** The servers under test, each a process of its own with a data folder of its own, and what the system says about them. */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { startServerProcess } from '../../server/testing/server-process.ts';
import { askAt, cookieOf, PASSWORD } from '../../server/testing/test-server.ts';
import type { Target } from './crew-messages.ts';
import type { Dialect } from './dialect.ts';
import { PEERS_FOLDER } from './install.ts';

export interface Started {
  readonly pid: number;
  /** The server's HTTP address. */
  readonly url: string;
  /** Cookie of somebody who may do everything; empty where nobody signs in. */
  readonly cookie: string;
  target(room: string): Target;
  stop(): Promise<void>;
}

export interface Contestant {
  readonly name: string;
  readonly dialect: Dialect;
  start(dataFolder: string): Promise<Started>;
}

const HERE = fileURLToPath(new URL('.', import.meta.url));

/** Bundles the hosts and the load process next to the peers, where their packages are found. Returns the crew's script. */
export async function bundleScripts(): Promise<string> {
  await build({
    entryPoints: [
      ...['hocuspocus', 'y-websocket', 'raw', 'bytes-only'].map((name) => join(HERE, 'hosts', `${name}.ts`)),
      join(HERE, 'crew.ts'),
    ],
    outdir: PEERS_FOLDER,
    entryNames: '[name]',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'esm',
    external: ['better-sqlite3'],
    logLevel: 'warning',
  });
  return join(PEERS_FOLDER, 'crew.mjs');
}

/** Data folder → cookie of the owner: a restart signs nobody out. */
const owners = new Map<string, string>();

export const rapport: Contestant = {
  name: 'this server',
  dialect: 'rapport',
  async start(dataFolder) {
    const server = await startServerProcess({ DATA_DIR: dataFolder });
    const cookie = owners.get(dataFolder) ?? (await setUp(server.url));
    owners.set(dataFolder, cookie);
    return started('rapport', server.child, server.url, cookie);
  },
};

async function setUp(url: string): Promise<string> {
  const body = { email: 'anna@acme.test', password: PASSWORD, workspaceName: 'Acme', name: 'Anna', currency: 'EUR' };
  const answer = await askAt(url)('POST', '/api/setup', { body });
  if (!answer.ok) throw new Error(await answer.text());
  return cookieOf(answer);
}

export const hocuspocus: Contestant = peer('Hocuspocus', 'hocuspocus', 'hocuspocus');
export const yWebsocket: Contestant = peer('y-websocket', 'yjs', 'y-websocket');
export const raw: Contestant = peer('raw ws', 'raw', 'raw');
export const rawCorked: Contestant = peer('raw ws, corked', 'raw', 'raw', { CORKED: '1' });
export const bytesOnly: Contestant = peer('bytes only', 'raw', 'bytes-only');

function peer(name: string, dialect: Dialect, host: string, env: Readonly<Record<string, string>> = {}): Contestant {
  return {
    name,
    dialect,
    async start(dataFolder) {
      const child = spawn(process.execPath, [join(PEERS_FOLDER, `${host}.mjs`)], {
        env: { ...process.env, ...env, DATA_DIR: dataFolder, PORT: '0' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const url = await new Promise<string>((resolve, reject) => {
        let said = '';
        child.stdout.on('data', (chunk: Buffer) => {
          said += chunk.toString();
          const [, found] = /running at (http:\S+)/.exec(said) ?? [];
          if (found !== undefined) resolve(found);
        });
        child.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)));
      });
      return started(dialect, child, url, '');
    },
  };
}

function started(dialect: Dialect, child: ChildProcess, url: string, cookie: string): Started {
  const { hostname, port } = new URL(url);
  return {
    pid: child.pid ?? 0,
    url,
    cookie,
    target: (room) => ({
      dialect,
      host: hostname,
      port: Number(port),
      path: dialect === 'rapport' ? `/sync/${room}` : `/${room}`,
      room,
      headers: { cookie },
    }),
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        child.kill('SIGTERM');
        // Who is asked to end and stays, goes.
        setTimeout(() => child.kill('SIGKILL'), 15_000).unref();
      }),
  };
}

const TICKS_PER_SECOND = 100;

/** CPU seconds of the whole process, its threads and the kernel's work for it included. */
export function cpuSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND;
}

/** Megabytes: now, and the most there ever were. */
export function memory(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const read = (field: string) => Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)?.[1] ?? 0) / 1_024;
  return { now: read('VmRSS'), most: read('VmHWM') };
}
