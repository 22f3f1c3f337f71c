/** A server that only sends bytes: reads a document's one row from SQLite and answers every socket with it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Database from 'better-sqlite3';

interface WebSockets {
  readonly WebSocketServer: new (
    options: unknown,
  ) => { on(event: 'connection', listener: (socket: { send(data: Uint8Array): void }) => void): void };
}

const name = 'ws';
const { WebSocketServer } = (await import(name)) as WebSockets;
const db = new Database(`${process.env.DATA_DIR}/bytes.sqlite`, { readonly: true });
const read = db.prepare<[], { data: Buffer }>('SELECT data FROM documents');
const server = createServer();
new WebSocketServer({ server }).on('connection', (socket) => socket.send(read.get()?.data ?? Buffer.alloc(0)));
server.listen(0, '127.0.0.1', () =>
  console.log(`running at http://127.0.0.1:${(server.address() as AddressInfo).port}`),
);
process.on('SIGTERM', () => process.exit(0));
