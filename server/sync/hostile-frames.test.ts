/** Bytes that break the WebSocket protocol itself, as RFC 6455 knows them: each ends its own line, and the others work on. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { ARENA_TIMEOUT_MS, type Arena, startArena } from '../testing/arena.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await startArena();
}, ARENA_TIMEOUT_MS);
afterEach(async () => {
  await arena.check();
}, ARENA_TIMEOUT_MS);
afterAll(() => arena.stop());

interface FrameOptions {
  readonly isFinal?: boolean;
  readonly reserved?: number;
  readonly isMasked?: boolean;
}

const [CONTINUATION, TEXT, BINARY, CLOSING, PING, PONG] = [0x0, 0x1, 0x2, 0x8, 0x9, 0xa] as const;

function frame(opcode: number, payload: Uint8Array | string = '', options: FrameOptions = {}): Buffer {
  const { isFinal = true, reserved = 0, isMasked = true } = options;
  const body = Buffer.from(payload as string);
  const first = (isFinal ? 0x80 : 0) | (reserved << 4) | opcode;
  const mask = isMasked ? 0x80 : 0;
  const length = body.length < 126 ? [mask | body.length] : [mask | 126, (body.length >> 8) & 0xff, body.length & 0xff];
  // A mask of zeros leaves the payload as it is.
  return Buffer.concat([Buffer.from([first, ...length, ...(isMasked ? [0, 0, 0, 0] : [])]), body]);
}

const closing = (code: number, reason: Uint8Array | string = '') =>
  frame(CLOSING, Buffer.concat([Buffer.from([code >> 8, code & 0xff]), Buffer.from(reason as string)]));

const lengthBytes = (...bytes: number[]) => Buffer.from([0x82, 0xff, ...bytes, 0, 0, 0, 0]);
const badUtf8 = Buffer.from([0x68, 0xc3, 0x28]);

/** Reads the server's frames and resolves with the code of its close frame, or null when the line just ended. */
function endOf(line: Duplex): Promise<number | null> {
  return new Promise((resolve) => {
    let rest = Buffer.alloc(0);
    line.on('data', (chunk: Buffer) => {
      rest = Buffer.concat([rest, chunk]);
      for (;;) {
        const short = (rest[1] ?? 0) & 0x7f;
        const header = short === 126 ? 4 : short === 127 ? 10 : 2;
        if (rest.length < header) return;
        const length = short === 126 ? rest.readUInt16BE(2) : short === 127 ? Number(rest.readBigUInt64BE(2)) : short;
        if (rest.length < header + length) return;
        if (((rest[0] ?? 0) & 0x0f) === CLOSING) {
          resolve(length >= 2 ? rest.readUInt16BE(header) : null);
          line.destroy();
          return;
        }
        rest = rest.subarray(header + length);
      }
    });
    line.on('close', () => resolve(null));
  });
}

test.each([
  ['a reserved opcode for data', frame(0x3)],
  ['a reserved opcode for control', frame(0xb)],
  ['the first reserved bit, which means compression', frame(BINARY, 'x', { reserved: 4 })],
  ['the second reserved bit', frame(BINARY, 'x', { reserved: 2 })],
  ['the third reserved bit', frame(PING, 'x', { reserved: 1 })],
  ['a frame that is not masked', frame(BINARY, 'hello', { isMasked: false })],
  ['a continuation of nothing', frame(CONTINUATION, 'x')],
  ['a last continuation of nothing', frame(CONTINUATION, 'x', { isFinal: false })],
  [
    'a new message inside a fragmented one',
    Buffer.concat([frame(BINARY, 'x', { isFinal: false }), frame(BINARY, 'y')]),
  ],
  ['a ping longer than 125 bytes', frame(PING, 'x'.repeat(126))],
  ['a pong longer than 125 bytes', frame(PONG, 'x'.repeat(200))],
  ['a fragmented ping', frame(PING, 'x', { isFinal: false })],
  ['a fragmented close', frame(CLOSING, '', { isFinal: false })],
  ['a close longer than 125 bytes', frame(CLOSING, 'x'.repeat(126))],
  ['a close of one byte', frame(CLOSING, 'x')],
  ['a close whose reason is not UTF-8', closing(1000, badUtf8)],
  ['a text that is not UTF-8', frame(TEXT, badUtf8)],
  [
    'a fragmented text that is not UTF-8',
    Buffer.concat([frame(TEXT, badUtf8.subarray(0, 2), { isFinal: false }), frame(CONTINUATION, 'x')]),
  ],
  ['a length of 63 bits', lengthBytes(0x7f, 255, 255, 255, 255, 255, 255, 255)],
  ['a length with the forbidden 64th bit', lengthBytes(0xff, 255, 255, 255, 255, 255, 255, 255)],
  ['a length just beyond what a double counts', lengthBytes(0, 0x20, 0, 0, 0, 0, 0, 0)],
  ['a length just beyond the limit', lengthBytes(0, 0, 0, 0, 0x02, 0x80, 0, 1)],
  ['random bytes', Buffer.from('5f3a91c7e0d24b8866aa13579bdf02468ace', 'hex')],
  ['an HTTP request', Buffer.from('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
])('%s ends that line', async (_name, bytes) => {
  const line = await arena.rawLine();
  const end = endOf(line);
  line.write(bytes);
  expect([1002, 1006, 1007, 1008, 1009]).toContain(await end);
});

test.each([0, 999, 1004, 1005, 1006, 1015, 1016, 2999, 5000, 65_535])(
  'a close with code %i ends that line',
  async (code) => {
    const line = await arena.rawLine();
    const end = endOf(line);
    line.write(closing(code));
    expect(await end).toBe(1002);
  },
);

test('a message cut into more pieces than anybody needs ends that line', async () => {
  const line = await arena.rawLine();
  const end = endOf(line);
  line.write(frame(BINARY, 'x', { isFinal: false }));
  const piece = frame(CONTINUATION, 'x', { isFinal: false });
  const many = Buffer.concat(Array.from({ length: 20_000 }, () => piece));
  for (let round = 0; round < 20 && !line.destroyed; round++) line.write(many);
  expect(await end).toBe(1008);
});

test('a frame that never ends is waited for without harm', async () => {
  const line = await arena.rawLine();
  line.resume();
  line.write(Buffer.from([0x82, 0xfe, 0xff, 0xff, 0, 0, 0, 0, 1, 2, 3]));
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(line.destroyed).toBe(false);
  line.destroy();
});

test('50,000 pings whose pongs nobody reads cost the others nothing', async () => {
  const line = await arena.rawLine();
  line.pause();
  const pings = Buffer.concat(Array.from({ length: 1_000 }, () => frame(PING, 'x'.repeat(125))));
  for (let round = 0; round < 50; round++) line.write(pings);
  await new Promise((resolve) => setTimeout(resolve, 500));
  line.destroy();
});

test('an upgrade that is no WebSocket handshake is refused, and the next one works', async () => {
  const attempts: Record<string, string>[] = [
    { 'sec-websocket-version': '1', 'sec-websocket-key': 'x' },
    { 'sec-websocket-version': '13' },
    { 'sec-websocket-version': '13', 'sec-websocket-key': 'not base64!' },
  ];
  for (const headers of attempts) {
    const answer = await fetchUpgrade(headers);
    expect(answer).toBe(400);
  }
  expect((await arena.attack()).socket.readyState).toBe(1);
});

async function fetchUpgrade(headers: Record<string, string>): Promise<number | undefined> {
  const upgrade = request(`${arena.url}/sync/team.pipeline.1`, {
    agent: false,
    headers: { cookie: arena.eve, connection: 'Upgrade', upgrade: 'websocket', ...headers },
  });
  upgrade.end();
  const [response] = (await once(upgrade, 'response')) as [{ statusCode?: number; resume(): void }];
  response.resume();
  return response.statusCode;
}

test('a good close is answered with the same code', async () => {
  const line = await arena.rawLine();
  const end = endOf(line);
  line.write(closing(1000));
  expect(await end).toBe(1000);
});
