/** @y/websocket-server with its leveldb persistence: what its own server.js does, on a port we are told. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';

interface WebSockets {
  readonly WebSocketServer: new (
    options: unknown,
  ) => {
    handleUpgrade(request: IncomingMessage, stream: Duplex, head: Buffer, done: (socket: unknown) => void): void;
  };
}
interface Utils {
  readonly setupWSConnection: (socket: unknown, request: IncomingMessage) => void;
}

process.env.YPERSISTENCE = `${process.env.DATA_DIR}/leveldb`;
const [utils, sockets] = ['@y/websocket-server/utils', 'ws'];
const { setupWSConnection } = (await import(utils)) as Utils;
const { WebSocketServer } = (await import(sockets)) as WebSockets;

const webSockets = new WebSocketServer({ noServer: true });
const server = createServer();
server.on('upgrade', (request, stream, head) => {
  webSockets.handleUpgrade(request, stream, head, (socket) => setupWSConnection(socket, request));
});
server.listen(0, '127.0.0.1', () =>
  console.log(`running at http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on('SIGTERM', () => process.exit(0));
