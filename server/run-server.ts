/** One server process from start to signal. A restore ends the server, exchanges its data and starts it again in its place. */
import type { Config } from './config.ts';
import { type RunningServer, type ServerParts, startServer } from './server.ts';
import { announce, stopOnSignal } from './terminal.ts';

/** @throws StartRefused with a sentence for whoever started it. */
export async function runServer(config: Config, parts: Omit<ServerParts, 'restart'>): Promise<void> {
  const start = (port: number) => startServer({ ...config, port }, { ...parts, restart });
  let running: Promise<RunningServer> = start(config.port);

  function restart(work: () => Promise<unknown>): void {
    running = running.then(async (server) => {
      await server.close();
      try {
        await work();
      } catch (error) {
        parts.report('The backup was not restored; the server goes on with the data it had', error);
      }
      return start(server.port);
    });
    running.catch((error: unknown) => {
      parts.report('The server did not start again', error);
      process.exit(1);
    });
  }

  const first = await running;
  stopOnSignal({ close: async () => (await running).close() });
  announce(config, first);
}
