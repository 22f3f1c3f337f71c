/** The server without the built client, as a process of its own: for tests that kill it. Settings come from the environment, as in main.ts. */
import { readConfig } from '../config.ts';
import { startServer } from '../server.ts';
import { announce, refuseStart, report, stopOnSignal } from '../terminal.ts';

try {
  const config = readConfig(process.env);
  const server = await startServer(config, { build: 'test', client: async (_c, next) => next(), report });
  stopOnSignal(server);
  announce(config, server);
} catch (error) {
  refuseStart(error);
}
