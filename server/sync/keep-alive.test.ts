import { createServer, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { CLOSE, SYNC } from '../../shared/sync/protocol.ts';
import { ROOM, setUpMemorySync } from '../testing/memory-sync.ts';
import { until } from '../testing/stock-client.ts';
import { type SyncSockets, serveSync } from './socket.ts';

const PING_MS = 60;
const open: { http: Server; sockets: SyncSockets; clients: WebSocket[] }[] = [];

afterEach(() => {
  for (const { http, sockets, clients } of open.splice(0)) {
    for (const client of clients) client.terminate();
    sockets.close();
    http.closeAllConnections();
    http.close();
  }
});

async function setUp() {
  const sync = setUpMemorySync();
  const http = createServer();
  const session = { isValid: true };
  const sockets = serveSync(http, {
    rooms: sync.rooms,
    server: { serverId: 's', epoch: 'e', build: 'b' },
    authenticate: () =>
      Promise.resolve({ id: 'anna', memberId: 'member_a', name: 'Anna', role: 'member', sessionId: 'x' }),
    isStillSignedIn: () => session.isValid,
    isAllowedOrigin: () => true,
    hasRoom: (name) => sync.log.hasRoom(name),
    pingMs: PING_MS,
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const clients: WebSocket[] = [];
  open.push({ http, sockets, clients });
  const connect = async (options: { autoPong?: boolean } = {}) => {
    const client = new WebSocket(`ws://127.0.0.1:${(http.address() as AddressInfo).port}/sync/${ROOM}`, options);
    client.on('error', () => undefined);
    clients.push(client);
    await new Promise((resolve) => client.once('open', resolve));
    return client;
  };
  return { sync, session, connect };
}

const closed = (socket: WebSocket) => new Promise<number>((resolve) => socket.once('close', resolve));

test('a client that answers no ping is cut off, one that answers stays [S8.3]', async () => {
  const { connect } = await setUp();
  const [dead, alive] = [await connect({ autoPong: false }), await connect()];
  expect(await closed(dead)).toBe(1006);
  await new Promise((resolve) => setTimeout(resolve, 4 * PING_MS));
  expect(alive.readyState).toBe(WebSocket.OPEN);
});

test('a session that ended elsewhere ends its sockets with the next ping [S8.2]', async () => {
  const { session, connect } = await setUp();
  const socket = await connect();
  session.isValid = false;
  expect(await closed(socket)).toBe(CLOSE.signedOut);
});

test('a silent line gets an empty awareness update [S7.5]', async () => {
  const { connect } = await setUp();
  const socket = await connect();
  const heard: Buffer[] = [];
  socket.on('message', (data) => heard.push(data as Buffer));
  await until(() => heard.some((message) => message.equals(Buffer.of(1, 1, 0))), 'the empty update');
});

test('a client that reads nothing while the room changes is cut off, the others go on [S8.4]', async () => {
  const { sync, connect } = await setUp();
  const slow = await connect();
  slow.send(Uint8Array.of(SYNC.step1, SYNC.step1, 1, 0));
  await new Promise((resolve) => slow.once('message', resolve));
  (slow as unknown as { _socket: Socket })._socket.pause();
  const writer = sync.connect();
  writer.handshake();
  const end = closed(slow);
  for (let round = 0; round < 30 && sync.rooms.open(ROOM).peers.size > 1; round++) {
    writer.update(writer.edit((records) => records.set(`deal_${round}`, 'x'.repeat(2_000_000))));
    sync.flush();
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(sync.rooms.open(ROOM).peers.size).toBe(1);
  (slow as unknown as { _socket: Socket })._socket.resume();
  expect(await end).toBe(1006);
  expect(writer.closedWith).toBeNull();
});
