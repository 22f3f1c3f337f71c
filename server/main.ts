/** The production server: reads the environment, starts, and stops cleanly on Ctrl-C and SIGTERM. */
import { buildName, findClientFolder, readClientPage, readConfig } from './config.ts';
import { clientFiles } from './http/client-files.ts';
import { startServer } from './server.ts';
import { announce, refuseStart, report, stopOnSignal } from './terminal.ts';

try {
  const config = readConfig(process.env);
  const clientFolder = findClientFolder(import.meta.url);
  const build = buildName(readClientPage(clientFolder));
  const server = await startServer(config, { build, client: clientFiles(clientFolder), report });
  stopOnSignal(server);
  announce(config, server);
} catch (error) {
  refuseStart(error);
}
