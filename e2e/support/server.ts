/** The real built server as a process of its own, over a data folder of its own, that a test can stop, kill and restart. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './wire.ts';

/** What `npm run build` makes: `server/main.js` and `client/`. */
export const DIST = fileURLToPath(new URL('../../dist', import.meta.url));
const START_WITHIN_MS = 20_000;
const STOP_WITHIN_MS = 10_000;

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  /** Asks it to shut down (SIGTERM) and resolves with its exit code. */
  stop(): Promise<number | null>;
  /** Takes it away in the middle of whatever it does (SIGKILL). */
  kill(): Promise<void>;
  /** Starts it again on the same folder and port. */
  restart(): Promise<void>;
  /** Everything it has printed so far. */
  output(): string;
  /** Stops it and deletes its folder. */
  dispose(): Promise<void>;
}

export async function startServer({
  env = {},
  dist = DIST,
}: {
  env?: Record<string, string>;
  dist?: string;
} = {}): Promise<RunningServer> {
  const main = join(dist, 'server/main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing: run \`npm run build\` first`);
  const dataDir = env.DATA_DIR ?? (await mkdtemp(join(tmpdir(), 'rapport-e2e-')));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const variables = { PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: url, DATA_DIR: dataDir, ...env };
  let printed = '';
  let child: ChildProcess | undefined;

  async function start(): Promise<void> {
    const started = spawn(process.execPath, ['--enable-source-maps', main], {
      env: { ...process.env, NODE_ENV: 'production', ...variables },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child = started;
    // Listen to 'data': `for await` with a break would destroy the pipe, and the server with it.
    started.stdout?.on('data', (chunk) => (printed += chunk));
    started.stderr?.on('data', (chunk) => (printed += chunk));
    const deadline = Date.now() + START_WITHIN_MS;
    while (!(await answers(url))) {
      if (started.exitCode !== null || Date.now() > deadline) throw new Error(`The server did not start:\n${printed}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
  }

  async function end(signal: 'SIGTERM' | 'SIGKILL'): Promise<number | null> {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return ending?.exitCode ?? null;
    const exited = new Promise<number | null>((resolve) => ending.once('exit', resolve));
    ending.kill(signal);
    const timer = setTimeout(() => ending.kill('SIGKILL'), STOP_WITHIN_MS);
    const code = await exited;
    clearTimeout(timer);
    return code;
  }

  await start();
  return {
    url,
    port,
    dataDir,
    stop: () => end('SIGTERM'),
    kill: async () => void (await end('SIGKILL')),
    restart: start,
    output: () => printed,
    async dispose() {
      await end('SIGTERM');
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false; // not listening yet
  }
}
