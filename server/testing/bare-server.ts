/**
 * The server without the built client, as a process of its own: for tests that kill it. Settings come from the environment,
 * as in main.ts, and FEWEST_KEYS: from so many keys on a room gets its next generation, and is looked at often.
 */
import { readConfig } from '../config.ts';
import { runServer } from '../run-server.ts';
import { refuseStart, report } from '../terminal.ts';

try {
  const config = readConfig(process.env);
  const { FEWEST_KEYS } = process.env;
  const rooms = FEWEST_KEYS === undefined ? {} : { tidyMs: 200, fewestKeys: Number(FEWEST_KEYS) };
  await runServer(config, { build: 'test', client: async (_c, next) => next(), report, rooms });
} catch (error) {
  refuseStart(error);
}
