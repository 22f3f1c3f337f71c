/**
 * The physical limit: `ws` passing every message on to everybody else. It reads, checks and stores nothing. `CORKED=1`
 * gathers what a socket gets in one turn of the event loop into one write.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

interface RawSocket {
  readonly _socket: { cork(): void; uncork(): void };
  on(event: 'message', listener: (data: Buffer) => void): void;
  on(event: 'close', listener: () => void): void;
  send(data: Buffer, options: { binary: boolean }): void;
}
interface WebSockets {
  readonly WebSocketServer: new (
    options: unknown,
  ) => { on(event: 'connection', listener: (socket: RawSocket) => void): void };
}

const name = 'ws';
const { WebSocketServer } = (await import(name)) as WebSockets;
const isCorking = process.env.CORKED === '1';
const server = createServer();
const sockets = new Set<RawSocket>();
const corked = new Set<RawSocket>();

function uncorkAll(): void {
  for (const socket of corked) socket._socket.uncork();
  corked.clear();
}

new WebSocketServer({ server }).on('connection', (socket) => {
  sockets.add(socket);
  socket.on('close', () => {
    sockets.delete(socket);
    corked.delete(socket);
  });
  socket.on('message', (data) => {
    for (const other of sockets) {
      if (other === socket) continue;
      if (isCorking && !corked.has(other)) {
        if (corked.size === 0) setImmediate(uncorkAll);
        corked.add(other);
        other._socket.cork();
      }
      other.send(data, { binary: true });
    }
  });
});
server.listen(0, '127.0.0.1', () =>
  console.log(`running at http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on('SIGTERM', () => process.exit(0));
