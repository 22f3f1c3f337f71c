/** Development: the same server with Vite in front, one process and one port, both sides reload. */
import { createServer as createVite } from 'vite';
import { buildName, readConfig } from './config.ts';
import { startServer } from './server.ts';
import { announce, refuseStart, report, stopOnSignal } from './terminal.ts';

try {
  const config = readConfig(process.env);
  let stopVite = async () => undefined as unknown;
  const server = await startServer(config, {
    build: buildName(null),
    client: null,
    report,
    wrap(app, http) {
      const vite = createVite({ appType: 'spa', server: { middlewareMode: true, ws: { server: http } } });
      stopVite = async () => (await vite).close();
      return (request, response) => {
        if (/^\/(api|healthz)\b/.test(request.url ?? '')) {
          app(request, response);
          return;
        }
        vite.then(
          ({ middlewares }) => middlewares(request, response),
          (error: unknown) => {
            report('Vite did not start', error);
            response.writeHead(500).end();
          },
        );
      };
    },
  });
  stopOnSignal(server, async () => void (await stopVite()));
  announce(config, server);
} catch (error) {
  refuseStart(error);
}
