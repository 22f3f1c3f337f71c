import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, onTestFinished, test } from 'vitest';
import { type RawData, WebSocket, WebSocketServer } from 'ws';
import { makeWire } from './wire.ts';

async function setupLine() {
  const http = createServer((_request, response) => response.end('hello'));
  const sockets = new WebSocketServer({ server: http });
  sockets.on('connection', (socket) => socket.on('message', (data: RawData) => socket.send(`echo ${data}`)));
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const wire = await makeWire(address && typeof address === 'object' ? address.port : 0);
  onTestFinished(async () => {
    await wire.close();
    sockets.close();
    http.closeAllConnections();
    http.close();
  });
  return wire;
}

test('a whole wire carries requests and sockets', async () => {
  const wire = await setupLine();
  expect(await (await fetch(wire.url)).text()).toBe('hello');
  const socket = new WebSocket(wire.url.replace('http', 'ws'));
  await once(socket, 'open');
  socket.send('one');
  expect(String((await once(socket, 'message'))[0])).toBe('echo one');
  socket.close();
});

test('cutting severs an open socket and refuses new connections until it is healed', async () => {
  const wire = await setupLine();
  const socket = new WebSocket(wire.url.replace('http', 'ws'));
  await once(socket, 'open');
  socket.on('error', () => undefined);
  const closed = once(socket, 'close');
  wire.cut();
  await closed;
  await expect(fetch(wire.url)).rejects.toThrow();
  wire.heal();
  expect(await (await fetch(wire.url)).text()).toBe('hello');
});
