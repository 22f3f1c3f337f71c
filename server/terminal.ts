/** What the server says to whoever started it, and how it ends. */
import { resolve } from 'node:path';
import type { Config } from './config.ts';
import type { RunningServer } from './server.ts';
import { StartRefused } from './start-refused.ts';

export function report(message: string, error?: unknown): void {
  console.error(`${new Date().toISOString()} ${message}`, ...(error === undefined ? [] : [error]));
}

export function announce(config: Config, { port, setupCode }: Pick<RunningServer, 'port' | 'setupCode'>): void {
  const url = config.publicUrl ?? `http://localhost:${port}`;
  console.log(`Rapport is running at ${url} (data in ${resolve(config.dataFolder)}). Stop it with Ctrl-C.`);
  if (setupCode !== null) {
    console.log(
      `There is no workspace yet. Others may reach this server, so making one takes this code: ${setupCode}\n` +
        `Or open ${url}/#setup=${setupCode}`,
    );
  }
}

/** Prints one sentence for what the person can mend, everything for what only a developer can. Exit code 1. */
export function refuseStart(error: unknown): void {
  console.error(error instanceof StartRefused ? error.message : error);
  process.exitCode = 1;
}

/** First signal: write everything, then end. Second: end at once; what was acknowledged is on disk anyway. */
export function stopOnSignal(
  server: Pick<RunningServer, 'close'>,
  alsoStop: () => Promise<void> = async () => undefined,
): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    server
      .close()
      .then(alsoStop)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          report('The server did not stop cleanly', error);
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}
