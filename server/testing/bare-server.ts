/** The server without the built client, as a process of its own: for tests that kill it. Settings come from the environment, as in main.ts. */
import { readConfig } from '../config.ts';
import { runServer } from '../run-server.ts';
import { refuseStart, report } from '../terminal.ts';

try {
  const config = readConfig(process.env);
  await runServer(config, { build: 'test', client: async (_c, next) => next(), report });
} catch (error) {
  refuseStart(error);
}
