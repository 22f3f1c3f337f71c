/** Runs the server as a process of its own, to be killed. For tests. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const FOLDER = fileURLToPath(new URL('../../node_modules/.cache/rapport', import.meta.url));

/** A file and the worker beside it, as production runs it: it starts in a third of the time. Inside node_modules, where it finds better-sqlite3. */
const bundled = build({
  entryPoints: ['./bare-server.ts', '../sync/inspect-worker.ts'].map((entry) =>
    fileURLToPath(new URL(entry, import.meta.url)),
  ),
  outdir: FOLDER,
  entryNames: '[name]',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  write: false,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  external: ['better-sqlite3'],
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  logLevel: 'warning',
}).then(({ outputFiles }) => {
  mkdirSync(FOLDER, { recursive: true });
  for (const { path, contents } of outputFiles) {
    // Whole or not at all: other tests make and start the same file at the same time.
    const partial = `${path}.${process.pid}`;
    writeFileSync(partial, contents);
    renameSync(partial, path);
  }
  return `${FOLDER}/bare-server.mjs`;
});

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly url: string;
  /** All it has printed so far. */
  said(): string;
  /** Resolves with the exit code, or null when a signal ended it. */
  ended(): Promise<number | null>;
}

/** What a start that was refused said. */
export interface RefusedStart {
  readonly code: number | null;
  readonly said: string;
}

/** What the system allows the process. */
export interface Limits {
  /** No file may grow beyond this: how a full disk looks to SQLite, on any machine. */
  readonly fileKilobytes?: number;
  /** Runs it as this user; only root may. */
  readonly uid?: number;
}

async function run(
  env: Readonly<Record<string, string>>,
  { fileKilobytes, uid }: Limits = {},
): Promise<{ child: ChildProcess; output: () => string }> {
  const command = [process.execPath, await bundled];
  // An ignored signal stays ignored after exec: a write beyond the limit is then an error and no death.
  if (fileKilobytes !== undefined) {
    command.unshift('bash', '-c', `trap '' XFSZ; ulimit -f ${fileKilobytes}; exec "$@"`, 'bash');
  }
  const child = spawn(command[0] ?? '', command.slice(1), {
    ...(uid === undefined ? {} : { uid }),
    env: { ...process.env, HOST: '127.0.0.1', PORT: '0', PUBLIC_URL: '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const collect = (chunk: Buffer) => {
    output += chunk.toString();
  };
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return { child, output: () => output };
}

const exitOf = (child: ChildProcess) =>
  new Promise<number | null>((done) => {
    if (child.exitCode !== null || child.signalCode !== null) done(child.exitCode);
    else child.once('exit', (code) => done(code));
  });

export async function startServerProcess(
  env: Readonly<Record<string, string>>,
  limits: Limits = {},
): Promise<ServerProcess> {
  const { child, output } = await run(env, limits);
  const url = await new Promise<string>((done, reject) => {
    const look = () => {
      const [, found] = /running at (http:\S+)/.exec(output()) ?? [];
      if (found !== undefined) done(found.replace('localhost', '127.0.0.1'));
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${output()}`)));
  });
  return { child, url, said: output, ended: () => exitOf(child) };
}

/** Starts a server that is expected to refuse. */
export async function startRefused(env: Readonly<Record<string, string>>, limits: Limits = {}): Promise<RefusedStart> {
  const { child, output } = await run(env, limits);
  const code = await exitOf(child);
  return { code, said: output() };
}
