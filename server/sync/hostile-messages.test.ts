/** Well-formed frames with hostile messages in them, and floods of them: the sender is stopped or slowed, the others work on. */
import * as encoding from 'lib0/encoding';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE, MAX_MESSAGE_BYTES, MESSAGE, SYNC } from '../../shared/sync/protocol.ts';
import { ARENA_TIMEOUT_MS, type Arena, type Attacker, startArena } from '../testing/arena.ts';
import { message } from '../testing/memory-sync.ts';
import { connectStock, until } from '../testing/stock-client.ts';
import { MOST_AWARENESS_ENTRIES, MOST_STEP_ONES_PER_MINUTE } from './limits.ts';

let arena: Arena;
beforeAll(async () => {
  arena = await startArena();
}, ARENA_TIMEOUT_MS);
afterEach(async () => {
  await arena.check();
}, ARENA_TIMEOUT_MS);
afterAll(() => arena.stop());

const varints = (...numbers: number[]) => {
  const encoder = encoding.createEncoder();
  for (const number of numbers) encoding.writeVarUint(encoder, number);
  return encoding.toUint8Array(encoder);
};

const syncMessage = (type: number, payload: Uint8Array) =>
  message(MESSAGE.sync, (encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, payload);
  });

const presence = (entries: readonly { client: number; clock: number; state: string }[], count = entries.length) =>
  message(MESSAGE.awareness, (outer) => {
    const encoder = encoding.createEncoder();
    encoding.writeVarUint(encoder, count);
    for (const { client, clock, state } of entries) {
      encoding.writeVarUint(encoder, client);
      encoding.writeVarUint(encoder, clock);
      encoding.writeVarString(encoder, state);
    }
    encoding.writeVarUint8Array(outer, encoding.toUint8Array(encoder));
  });

const stepOne = syncMessage(SYNC.step1, Uint8Array.of(0));

test.each([
  ['nothing at all', Uint8Array.of()],
  ['a varint that does not end', Uint8Array.of(0xff, 0xff)],
  ['a varint beyond 53 bits', new Uint8Array(12).fill(0xff)],
  ['an unknown message below 100', varints(50)],
  ['an unknown sync message', varints(MESSAGE.sync, 9, 0)],
  ['a sync message without a payload', varints(MESSAGE.sync, SYNC.update)],
  ['a payload that claims 2^50 bytes', varints(MESSAGE.sync, SYNC.update, 2 ** 50)],
  ['a step 1 that is no state vector', varints(MESSAGE.sync, SYNC.step1, 2, 200, 1)],
  ['a step 1 that claims 2^40 clients', syncMessage(SYNC.step1, varints(2 ** 40))],
  ['a hello that is no JSON', message(MESSAGE.hello, (encoder) => encoding.writeVarString(encoder, '{"protocol":'))],
  ['a hello that is a list', message(MESSAGE.hello, (encoder) => encoding.writeVarString(encoder, '[[[[]]]]'))],
  ['an awareness update that ends too early', varints(MESSAGE.awareness, 2, 5, 1)],
  ['a million awareness entries', presence([], 1_000_000)],
  [
    'a million awareness entries that are really there',
    presence(
      Array.from({ length: 100_000 }, (_, client) => ({ client, clock: 1, state: '{}' })),
      1_000_000,
    ),
  ],
  ['an awareness state of a megabyte', presence([{ client: 1, clock: 1, state: `"${'x'.repeat(1_000_000)}"` }])],
  ['an awareness state that is no JSON', presence([{ client: 1, clock: 1, state: '{{{' }])],
])('%s closes the line with 4400 [S2.2]', async (_name, bytes) => {
  const attacker = await arena.attack();
  attacker.send(bytes);
  expect(await attacker.closed).toBe(CLOSE.malformed);
});

test('a text message closes the line with 4400 [S2.2]', async () => {
  const attacker = await arena.attack();
  attacker.socket.send('{"type":"hello"}');
  expect(await attacker.closed).toBe(CLOSE.malformed);
});

test('a step 1 from another world costs no more than the answer, whatever clocks it claims', async () => {
  const attacker = await arena.attack();
  const encoder = encoding.createEncoder();
  encoding.writeVarUint(encoder, 10_000);
  for (let client = 0; client < 10_000; client++) {
    encoding.writeVarUint(encoder, client);
    encoding.writeVarUint(encoder, 2 ** 50);
  }
  attacker.send(syncMessage(SYNC.step1, encoding.toUint8Array(encoder)));
  await until(() => attacker.heard.some(({ type }) => type === 'step2'), 'the answer');
});

test('random bytes in every length end their own line or are ignored [S2.2]', async () => {
  let seed = 7;
  const random = () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed >> 8;
  };
  for (let round = 0; round < 60; round++) {
    const attacker = await arena.attack();
    for (let count = 0; count < 20; count++) {
      const bytes = Uint8Array.from({ length: random() % 300 }, () => random() % 256);
      // Half of them get past the first two numbers.
      if (count % 2 === 0) bytes.set([random() % 2, random() % 3]);
      attacker.send(bytes.length < 2 ? Uint8Array.of(1) : bytes);
    }
    attacker.socket.close();
    expect([CLOSE.malformed, 1005]).toContain(await attacker.closed);
  }
});

test('a message of 64 MiB is not read to its end [S2.3]', async () => {
  const attacker = await arena.attack();
  attacker.send(new Uint8Array(64 * 1024 * 1024));
  expect([1009, 1006]).toContain(await attacker.closed);
});

test('a message just beyond 32 MiB closes with 4413 [S2.3]', async () => {
  const attacker = await arena.attack();
  attacker.send(new Uint8Array(MAX_MESSAGE_BYTES + 1));
  expect(await attacker.closed).toBe(CLOSE.tooLarge);
});

test('100,000 tiny messages are read slowly, and none of them is lost [S2.6]', async () => {
  const attacker = await arena.attack();
  const doc = new Y.Doc();
  attacker.send(stepOne);
  attacker.send(syncMessage(SYNC.step2, Y.encodeStateAsUpdate(doc)));
  // A message of a newer client, which this server ignores: the others' devices live in this test's process too.
  for (let count = 0; count < 100_000; count++) attacker.send(varints(200));
  doc.on('update', (update: Uint8Array) => attacker.send(syncMessage(SYNC.update, update)));
  doc.getMap('records').set('deal_afterflood', '{}');
  // While the flood is being read, the others work: that is what `check` measures.
  await arena.check();
  await until(() => arena.honest.records.has('deal_afterflood'), 'the message behind the flood', 60_000);
  expect(attacker.socket.readyState).toBe(1);
}, 90_000);

test('step 1 again and again is answered a few times, then the line is closed with a code that means later [S2.7]', async () => {
  const attacker = await arena.attack();
  for (let count = 0; count < 5_000; count++) attacker.send(stepOne);
  expect(await attacker.closed).toBe(CLOSE.tooMany);
  expect(attacker.heard.filter(({ type }) => type === 'step2').length).toBeLessThanOrEqual(MOST_STEP_ONES_PER_MINUTE);
});

test('step 1 sent 5,000 times without reading an answer is not answered 5,000 times [S2.7]', async () => {
  const line = await arena.rawLine();
  line.pause();
  const frame = Buffer.concat([Buffer.of(0x82, 0x80 | stepOne.length, 0, 0, 0, 0), stepOne]);
  line.write(Buffer.concat(Array.from({ length: 5_000 }, () => frame)));
  await new Promise((resolve) => setTimeout(resolve, 300));
  await arena.check();
  let bytes = 0;
  line.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
  });
  line.resume();
  await new Promise((resolve) => line.once('close', resolve));
  const room = Y.encodeStateAsUpdate(arena.honest.doc).length;
  expect(bytes).toBeLessThan((MOST_STEP_ONES_PER_MINUTE + 2) * room + 1_000_000);
});

test('who reads nothing is dropped, and has everything when it comes back [S8.4]', async () => {
  const slow = await arena.rawLine(arena.anna);
  const frame = Buffer.concat([Buffer.of(0x82, 0x80 | stepOne.length, 0, 0, 0, 0), stepOne]);
  slow.write(frame);
  await new Promise((resolve) => setTimeout(resolve, 200));
  slow.pause();
  const closed = new Promise((resolve) => slow.once('close', resolve));
  const text = 'x'.repeat(200_000);
  for (let count = 0; count < 160; count++) {
    arena.honest.records.set(`deal_large${count}`, JSON.stringify({ t: 'deal', about: text }));
    if (count % 4 === 0) await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await arena.check();
  slow.resume();
  await closed;
  const again = connectStock(arena.url, 'team.pipeline.1', { cookie: arena.anna });
  await again.synced();
  await until(() => again.records.size >= arena.honest.records.size, 'everything', 10_000);
  again.destroy();
}, 60_000);

test('whose presence is forged is what the session says, and nobody speaks for another [S7.2] [S7.3]', async () => {
  const honestId = arena.honest.doc.clientID;
  arena.honest.provider.awareness.setLocalState({ view: 'board' });
  const attacker = await arena.attack();
  const forged = JSON.stringify({ user: { id: 'user_anna', memberId: 'member_anna', name: 'Anna' }, __proto__: null });
  const mine = 424_242;
  attacker.send(presence([{ client: mine, clock: 1, state: forged }]));
  attacker.send(presence([{ client: honestId, clock: 999, state: JSON.stringify({ view: 'forged' }) }]));
  attacker.send(presence([{ client: honestId, clock: 1_000, state: 'null' }]));
  const watcher = connectStock(arena.url, 'team.pipeline.1', { cookie: arena.anna });
  await watcher.synced();
  const states = () =>
    watcher.provider.awareness.getStates() as Map<number, { user?: { name?: string }; view?: string }>;
  await until(() => states().has(mine) && states().has(honestId), 'both to be seen');
  expect(states().get(mine)?.user?.name).toBe('Eve');
  expect(states().get(honestId)).toMatchObject({ view: 'board', user: { name: 'Anna' } });
  watcher.destroy();
});

test('a flood of presence is slowed down', async () => {
  const attacker = await arena.attack();
  const state = JSON.stringify({ cursor: 'x'.repeat(10_000) });
  for (let clock = 1; clock <= 3_000; clock++) attacker.send(presence([{ client: 77, clock, state }]));
  const most = presence(
    Array.from({ length: MOST_AWARENESS_ENTRIES }, (_, client) => ({ client: client + 1_000, clock: 1, state: '{}' })),
  );
  attacker.send(most);
  await arena.check();
  attacker.socket.terminate();
});

test('a hundred sockets that say nothing and answer nothing are in nobody’s way', async () => {
  const lines = await Promise.all(Array.from({ length: 100 }, () => arena.rawLine()));
  for (const line of lines) line.pause();
  await arena.check();
  for (const line of lines) line.destroy();
});

test('strangers’ sockets are closed, however much they send before anybody looks at them [S1.2]', async () => {
  const attackers: Attacker[] = [];
  for (let count = 0; count < 20; count++) attackers.push(await arena.attack('', 'team.pipeline.1'));
  for (const attacker of attackers) {
    if (attacker.socket.readyState === 1) attacker.send(new Uint8Array(1_000_000));
    expect(await attacker.closed).toBe(CLOSE.signedOut);
  }
});
