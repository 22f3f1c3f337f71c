// @vitest-environment node
import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness';
import * as Y from 'yjs';
import { CLOSE, encodeServerHello, MESSAGE, type ServerHello, SYNC } from '../../shared/sync/protocol.ts';
import {
  openRoomConnection,
  type RoomConnection,
  type RoomConnectionOptions,
  retryDelayMs,
} from './room-connection.ts';

/** The browser's half of a socket that the test holds the other end of. */
class TestSocket {
  static opened: TestSocket[] = [];
  readonly OPEN = 1;
  readyState = 0;
  bufferedAmount = 0;
  binaryType = 'blob';
  readonly sent: Uint8Array[] = [];
  onopen: (() => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null;
  onerror: (() => void) | null = null;

  constructor() {
    TestSocket.opened.push(this);
  }
  send(bytes: Uint8Array): void {
    this.sent.push(bytes);
  }
  close(): void {
    this.readyState = 3;
  }
  /** Message types as the server would have got them. */
  types(): number[] {
    return this.sent.map((bytes) => decoding.readVarUint(decoding.createDecoder(bytes)));
  }
  accept(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  receive(bytes: Uint8Array): void {
    this.onmessage?.({ data: bytes.slice().buffer });
  }
  end(code: number, reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ code, reason });
  }
}

const HELLO: ServerHello = {
  protocol: 1,
  build: 'b',
  schema: 1,
  time: 0,
  serverId: 'server',
  epoch: 'e',
  generation: 1,
  role: 'member',
  userId: 'anna',
  memberId: 'member_anna',
  takenClientIds: [],
};

const newest = () => TestSocket.opened.at(-1) as TestSocket;
const connections: RoomConnection[] = [];

beforeEach(() => {
  TestSocket.opened = [];
  vi.useFakeTimers();
});

afterEach(() => {
  for (const connection of connections.splice(0)) connection.destroy();
  vi.useRealTimers();
});

function setupConnection(more: Pick<RoomConnectionOptions, 'after'> = {}) {
  const doc = new Y.Doc();
  const offsets: number[] = [];
  const connection = openRoomConnection({
    url: 'ws://test/sync',
    room: 'team.pipeline.1',
    doc,
    build: 'test',
    clientIds: () => [doc.clientID],
    isOurs: ({ serverId, userId }) => serverId === 'server' && userId === 'anna',
    onOpen: () => undefined,
    onClockOffset: (offset) => offsets.push(offset),
    onSaved: () => undefined,
    onRefused: () => undefined,
    onCaughtUp: () => undefined,
    onChange: () => undefined,
    webSocket: TestSocket as unknown as typeof WebSocket,
    random: () => 0.5,
    ...more,
  });
  connections.push(connection);
  return { doc, connection, offsets };
}

function syncMessage(type: number, payload: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.sync);
  encoding.writeVarUint(encoder, type);
  encoding.writeVarUint8Array(encoder, payload);
  return encoding.toUint8Array(encoder);
}

test('the delay before the n-th attempt is anywhere up to 1 s doubling to 30 s', () => {
  expect([0, 1, 2, 5, 50].map((attempt) => retryDelayMs(attempt, () => 1))).toEqual([
    1_000, 2_000, 4_000, 30_000, 30_000,
  ]);
  expect(retryDelayMs(3, () => 0)).toBe(0);
});

test('nothing but the hello leaves before the server has said who it is and who we are', () => {
  const { doc, connection } = setupConnection();
  newest().accept();
  doc.getMap('records').set('a', 1);
  newest().receive(syncMessage(SYNC.step1, Y.encodeStateVector(new Y.Doc())));
  expect(newest().types()).toEqual([MESSAGE.hello]);
  expect(connection.isOpen()).toBe(false);
  newest().receive(encodeServerHello(HELLO));
  expect(newest().types()).toEqual([MESSAGE.hello, MESSAGE.sync, MESSAGE.sync, MESSAGE.sync]);
  expect(connection.isOpen()).toBe(true);
});

test.each([
  ['somebody else is signed in', { ...HELLO, userId: 'bert' }],
  ['another server answers', { ...HELLO, serverId: 'other' }],
])('when %s not one byte of this person’s data is sent', (_why, hello) => {
  const { doc, connection } = setupConnection();
  newest().accept();
  doc.getMap('records').set('a', 1);
  newest().receive(syncMessage(SYNC.step1, Y.encodeStateVector(new Y.Doc())));
  newest().receive(encodeServerHello(hello));
  vi.advanceTimersByTime(120_000);
  expect(TestSocket.opened).toHaveLength(1);
  expect(newest().types()).toEqual([MESSAGE.hello]);
  expect(connection.finalClose()?.code).toBe(CLOSE.signedOut);
});

test('a code of 4400 to 4499 ends the attempts until the app acts', () => {
  const { connection } = setupConnection();
  newest().accept();
  newest().end(CLOSE.signedOut, 'Sign in again.');
  vi.advanceTimersByTime(300_000);
  expect(TestSocket.opened).toHaveLength(1);
  expect(connection.finalClose()).toEqual({ code: CLOSE.signedOut, reason: 'Sign in again.' });
  expect(connection.nextAttemptAt()).toBeNull();
  connection.connectNow();
  expect(TestSocket.opened).toHaveLength(2);
  expect(connection.finalClose()).toBeNull();
});

test.each([CLOSE.roomUnavailable, CLOSE.goingAway, 1006])(
  'after %i it tries again later and later, and at once when asked',
  (code) => {
    const { connection } = setupConnection();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      newest().end(code);
      waits.push((connection.nextAttemptAt() ?? 0) - Date.now());
      vi.advanceTimersByTime(waits.at(-1) ?? 0);
      expect(TestSocket.opened).toHaveLength(attempt + 2);
    }
    expect(waits).toEqual([500, 1_000, 2_000, 4_000]);
    newest().end(code);
    connection.connectNow();
    expect(TestSocket.opened).toHaveLength(6);
  },
);

test('a line dropped because the network went is tried again by itself', () => {
  const { connection } = setupConnection();
  newest().accept();
  newest().receive(encodeServerHello(HELLO));
  connection.dropLine();
  expect(connection.isOpen()).toBe(false);
  vi.advanceTimersByTime(1_000);
  expect(TestSocket.opened).toHaveLength(2);
});

/** A line on which the first download is through. */
function setupCaughtUp() {
  const { connection } = setupConnection();
  newest().accept();
  newest().receive(encodeServerHello(HELLO));
  newest().receive(syncMessage(SYNC.step2, Y.encodeStateAsUpdate(new Y.Doc())));
  return { connection, socket: newest() };
}

test('a silent line is asked, and given up when it does not answer', () => {
  const { connection, socket } = setupCaughtUp();
  vi.advanceTimersByTime(16_000);
  expect(socket.types().filter((type) => type === MESSAGE.hello)).toHaveLength(2);
  expect(connection.isOpen()).toBe(true);
  vi.advanceTimersByTime(15_000);
  expect(socket.readyState).toBe(3);
  expect(connection.isOpen()).toBe(false);
  expect(TestSocket.opened).toHaveLength(2);
});

test('a line that is still sending a large change is not given up', () => {
  const { socket } = setupCaughtUp();
  for (let second = 120; second > 0; second--) {
    socket.bufferedAmount = second * 1_000;
    vi.advanceTimersByTime(1_000);
  }
  expect(socket.readyState).toBe(1);
});

test('a line that answers is kept, however long nobody types', () => {
  const { connection, socket } = setupCaughtUp();
  let answered = socket.sent.length;
  for (let second = 0; second < 300; second++) {
    vi.advanceTimersByTime(1_000);
    if (socket.sent.length > answered) socket.receive(encodeServerHello(HELLO));
    answered = socket.sent.length;
  }
  expect(TestSocket.opened).toHaveLength(1);
  expect(connection.isOpen()).toBe(true);
});

test('the device’s clock offset is taken against the middle of the hello’s way', () => {
  vi.setSystemTime(10_000);
  const { offsets } = setupConnection();
  newest().accept();
  vi.advanceTimersByTime(200);
  newest().receive(encodeServerHello({ ...HELLO, time: 15_100 }));
  expect(offsets).toEqual([5_000]);
});

test('a hello that was answered before the device slept says nothing of its clock', () => {
  const { offsets, connection } = setupConnection();
  newest().accept();
  vi.setSystemTime(Date.now() + 3_600_000);
  newest().receive(encodeServerHello({ ...HELLO, time: Date.now() - 3_600_000 }));
  expect(connection.isOpen()).toBe(true);
  expect(offsets).toEqual([]);
});

test('a line that is slow still tells that a clock is a day ahead', () => {
  const { offsets } = setupConnection();
  newest().accept();
  const time = Date.now() - 86_400_000;
  vi.advanceTimersByTime(12_000);
  newest().receive(encodeServerHello({ ...HELLO, time: time + 6_000 }));
  expect(offsets).toEqual([-86_400_000]);
});

test('the changes a step 1 announces count as incoming until they are here', () => {
  const { doc, connection } = setupConnection();
  const server = new Y.Doc();
  for (const key of ['a', 'b', 'c']) server.getMap('records').set(key, key);
  newest().accept();
  newest().receive(encodeServerHello(HELLO));
  newest().receive(syncMessage(SYNC.step1, Y.encodeStateVector(server)));
  expect(connection.incoming()).toBe(3);
  newest().receive(syncMessage(SYNC.step2, Y.encodeStateAsUpdate(server)));
  expect(connection.incoming()).toBe(0);
  expect(connection.hasCaughtUp()).toBe(true);
  expect(doc.getMap('records').size).toBe(3);
});

test('a change that builds on a lost one is kept here, and what can be read is sent without it', () => {
  const { doc } = setupConnection();
  const author = new Y.Doc();
  const updates: Uint8Array[] = [];
  author.on('update', (update) => updates.push(update));
  for (const key of ['kept', 'lost', 'after']) author.getMap('records').set(key, key);
  const [kept, , after] = updates as [Uint8Array, Uint8Array, Uint8Array];
  for (const update of [kept, after]) Y.applyUpdate(doc, update);

  const server = new Y.Doc();
  newest().accept();
  newest().receive(encodeServerHello(HELLO));
  newest().receive(syncMessage(SYNC.step1, Y.encodeStateVector(server)));
  const answer = decoding.createDecoder(newest().sent.at(-1) as Uint8Array);
  expect([decoding.readVarUint(answer), decoding.readVarUint(answer)]).toEqual([MESSAGE.sync, SYNC.step2]);
  const { structs } = Y.decodeUpdate(decoding.readVarUint8Array(answer));
  expect(structs.map(({ id: { clock }, length }) => [clock, length])).toEqual([[0, 1]]);
  expect(doc.store.pendingStructs).not.toBeNull();
});

test('a socket that does not connect is given up after 15 s and tried again, as often as it takes', async () => {
  const { connection } = setupConnection();
  const first = newest();
  await vi.advanceTimersByTimeAsync(14_900);
  expect([TestSocket.opened.length, first.readyState, connection.nextAttemptAt()]).toEqual([1, 0, null]);
  await vi.advanceTimersByTimeAsync(200);
  expect(first.readyState).toBe(3);
  expect(connection.nextAttemptAt()).not.toBeNull();
  await vi.advanceTimersByTimeAsync(1_000);
  expect(TestSocket.opened).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(15_100);
  expect(newest().readyState).toBe(3);
});

test('a socket that connects in time is left alone', async () => {
  const { connection } = setupConnection();
  await vi.advanceTimersByTimeAsync(14_000);
  newest().accept();
  newest().receive(encodeServerHello(HELLO));
  await vi.advanceTimersByTimeAsync(5_000);
  expect([TestSocket.opened.length, connection.isOpen()]).toEqual([1, true]);
});

test('nothing is tried before what comes first is over, then at once, whether it came or not', async () => {
  let fail: (reason: Error) => void = () => undefined;
  const after = new Promise<void>((_, reject) => (fail = reject));
  const { connection } = setupConnection({ after });
  connection.connectNow();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(TestSocket.opened).toHaveLength(0);
  fail(new Error('cut'));
  await vi.advanceTimersByTimeAsync(0);
  expect(TestSocket.opened).toHaveLength(1);
});

test('of presence only what one says oneself is sent, never what was heard of others', () => {
  const { connection } = setupConnection();
  newest().accept();
  newest().receive(encodeServerHello(HELLO));
  const said = () =>
    newest()
      .types()
      .filter((type) => type === MESSAGE.awareness).length;
  connection.awareness.setLocalState({ path: '/deals' });
  expect(said()).toBe(1);
  newest().receive(saysSomebody({ path: '/contacts' }));
  expect(connection.awareness.getStates().size).toBe(2);
  expect(said()).toBe(1);
});

test('who is here is known at once on the next line, although everybody says what they said before', () => {
  const { connection } = setupConnection();
  const others = () => [...connection.awareness.getStates().values()];
  const said = saysSomebody({ path: '/contacts', draft: '90000' });
  newest().accept();
  newest().receive(encodeServerHello(HELLO));
  newest().receive(said);
  connection.dropLine();
  expect(others()).toEqual([]);
  vi.advanceTimersByTime(1_000);
  newest().accept();
  newest().receive(encodeServerHello(HELLO));
  newest().receive(said);
  expect(others()).toEqual([{ path: '/contacts', draft: '90000' }]);
});

/** A teammate's word as the server hands it on. */
function saysSomebody(state: Record<string, unknown>): Uint8Array {
  const other = new Awareness(new Y.Doc());
  other.setLocalState(state);
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, MESSAGE.awareness);
  encoding.writeVarUint8Array(encoder, encodeAwarenessUpdate(other, [other.clientID]));
  other.destroy();
  return encoding.toUint8Array(encoder);
}
