/** The production server: reads the environment, starts, and stops cleanly on Ctrl-C and SIGTERM. */
import { buildName, findClientFolder, readClientPage, readConfig } from './config.ts';
import { clientFiles } from './http/client-files.ts';
import { runServer } from './run-server.ts';
import { refuseStart, report } from './terminal.ts';

try {
  const config = readConfig(process.env);
  const clientFolder = findClientFolder(import.meta.url);
  const build = buildName(readClientPage(clientFolder));
  await runServer(config, { build, client: clientFiles(clientFolder), report });
} catch (error) {
  refuseStart(error);
}
