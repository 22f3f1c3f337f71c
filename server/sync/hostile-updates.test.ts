/**
 * Updates that a signed-in person with bad intent could send. What is refused says so and stays away from everybody; what
 * cannot be refused is corrected or stays harmless; the others work on, and have the same records afterwards.
 */
import * as encoding from 'lib0/encoding';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE, MESSAGE, SYNC } from '../../shared/sync/protocol.ts';
import { editKey } from '../../shared/sync/record-keys.ts';
import { formatStamp, stampTime } from '../../shared/sync/stamp.ts';
import { ARENA_TIMEOUT_MS, type Arena, type Attacker, startArena } from '../testing/arena.ts';
import {
  behind,
  craftUpdate,
  deleted,
  embed,
  entry,
  gc,
  inside,
  nested,
  rawValue,
  value,
} from '../testing/craft-update.ts';
import { message } from '../testing/memory-sync.ts';
import { until } from '../testing/stock-client.ts';
import { LONGEST_VALUE_BYTES } from './limits.ts';

let arena: Arena;
/** Anna's record, there before anything bad happens. */
const TREASURE = 'deal_treasure';
const stampAt = (time: number) => formatStamp(time, 0, 'eve000tab0');

beforeAll(async () => {
  arena = await startArena();
  arena.honest.records.set(TREASURE, JSON.stringify({ t: 'deal', s: stampAt(Date.now() - 5_000), title: 'Mine' }));
}, ARENA_TIMEOUT_MS);
afterAll(() => arena.stop());

let client = 10_000_000;
/** Eve's device of this test, with ids nobody has used. */
let eve: Attacker;
beforeEach(async () => {
  client += 1_000;
  eve = await arena.attack();
  eve.hello();
});

const sync = (type: number, update: Uint8Array) =>
  message(MESSAGE.sync, (encoder) => {
    encoding.writeVarUint(encoder, type);
    encoding.writeVarUint8Array(encoder, update);
  });
const sendUpdate = (update: Uint8Array) => eve.send(sync(SYNC.update, update));
const sendUpload = (update: Uint8Array) => eve.send(sync(SYNC.step2, update));
/** One struct of Eve's own, sent as the answer to the server's step 1. */
const sendStruct = (struct: (encoder: encoding.Encoder) => void) =>
  sendUpload(craftUpdate([{ client, clock: 0, structs: [struct] }]));

const title = () => (JSON.parse((arena.honest.records.get(TREASURE) as string) ?? '{}') as { title?: string }).title;
/** Where Anna's record lies in the document. */
function treasureItem(): { client: number; clock: number } {
  const item = arena.honest.records._map.get(TREASURE);
  if (item === undefined) throw new Error('the treasure is gone');
  return item.id;
}
const countOf = (attacker: Attacker) => attacker.heard.filter(({ type }) => type === 'step1').length;

test.each([
  ['nothing', Uint8Array.of()],
  ['random bytes', Uint8Array.from({ length: 500 }, (_, index) => (index * 37 + 11) % 256)],
  ['an update that ends in the middle', craftUpdate([{ client: 5, clock: 0, structs: [gc(3)] }]).subarray(0, 4)],
  ['2^40 blocks', Uint8Array.of(0x80, 0x80, 0x80, 0x80, 0x80, 0x20)],
  ['a block of 2^31 structs', Uint8Array.of(1, 0xff, 0xff, 0xff, 0xff, 0x07, 5, 0)],
  ['a number of deletions beyond all bytes', Uint8Array.of(0, 1, 5, 0xff, 0xff, 0xff, 0xff, 0x07)],
  ['a struct of no length', craftUpdate([{ client: 5, clock: 0, structs: [gc(0)] }])],
  ['a clock beyond 2^48', craftUpdate([{ client: 5, clock: 0, structs: [gc(2 ** 50)] }])],
  ['the same client twice', craftUpdate([0, 1].map((clock) => ({ client: 5, clock, structs: [gc(1)] })))],
  [
    'a text that is not UTF-8',
    craftUpdate([{ client: 5, clock: 0, structs: [entry('deal_u', rawValue(119, 1, 0xff))] }]),
  ],
  ['a number that JSON cannot say', craftUpdate([{ client: 5, clock: 0, structs: [entry('deal_i', value(7n))] }])],
  ['JSON that is none', craftUpdate([{ client: 5, clock: 0, structs: [entry('deal_e', embed('{"a":'))] }])],
  ['a nested type among the records', craftUpdate([{ client: 5, clock: 0, structs: [entry('deal_n', nested(1))] }])],
  ['a type Yjs does not know', craftUpdate([{ client: 5, clock: 0, structs: [entry('x', nested(9), 'text:x')] }])],
  [
    'lists in lists, ten thousand deep',
    craftUpdate([{ client: 5, clock: 0, structs: [entry('deal_d/x', rawValue(...Array<number>(20_000).fill(117)))] }]),
  ],
  [
    'a record whose JSON is ten thousand lists deep',
    craftUpdate([
      { client: 5, clock: 0, structs: [entry('deal_d', value(`{"x":${'['.repeat(10_000)}${']'.repeat(10_000)}}`))] },
    ]),
  ],
  [
    'an edit with a stamp above all stamps',
    craftUpdate([{ client: 5, clock: 0, structs: [entry(`${TREASURE}/title/~~~~`, value('For ever mine'))] }]),
  ],
])('%s is refused as malformed, and the connection goes on [S3.8] [S3.16]', async (_name, update) => {
  sendUpdate(update);
  expect(await eve.refused()).toEqual(['malformed']);
  sendStruct(entry(`deal_fine${client}`, value('{}')));
  await until(() => arena.honest.records.has(`deal_fine${client}`), 'a good update on the same line');
  await arena.check();
});

test.each([
  ['a value beyond the limit', () => entry(`deal_v${client}`, value('x'.repeat(LONGEST_VALUE_BYTES + 1)))],
  ['a key beyond the limit', () => entry(`deal_${'k'.repeat(10_000)}`, value('{}'))],
])('%s is refused as too large [S3.14]', async (_name, craft) => {
  sendStruct(craft());
  expect(await eve.refused()).toEqual(['too-large']);
  await arena.check();
});

test('what builds on what nobody has is asked for, then refused, and never waits in the room [S3.4] [S3.5]', async () => {
  sendUpload(craftUpdate([]));
  const before = countOf(eve);
  sendUpdate(craftUpdate([{ client, clock: 500, structs: [gc(5)] }]));
  await until(() => countOf(eve) > before, 'the server to ask');
  sendUpload(craftUpdate([{ client, clock: 0, structs: [behind({ client: client + 1, clock: 9 }, value('orphan'))] }]));
  expect(await eve.refused()).toEqual(['unknown-past']);
  await arena.check();
});

test('a GC struct over somebody else’s coming changes is refused, and their offline work arrives [S3.6]', async () => {
  const { doc } = arena.honest;
  arena.honest.provider.disconnect();
  const next = Y.getState(doc.store, doc.clientID);
  arena.honest.records.set('deal_offline', '{}');
  sendUpload(craftUpdate([{ client: doc.clientID, clock: next, structs: [gc(1_000)] }]));
  expect(await eve.refused()).toEqual(['foreign-client']);
  arena.honest.provider.connect();
  await arena.check({ mayReconnect: true });
  const fresh = await arena.attack();
  fresh.send(sync(SYNC.step1, Uint8Array.of(0)));
  await until(() => fresh.heard.some(({ type }) => type === 'step2'), 'the document');
  const copy = new Y.Doc();
  for (const each of fresh.heard) if (each.type === 'step2' || each.type === 'update') Y.applyUpdate(copy, each.bytes);
  expect(copy.getMap('records').has('deal_offline')).toBe(true);
});

test('changes under the client id of somebody else are refused [S3.6]', async () => {
  const { doc } = arena.honest;
  const clock = Y.getState(doc.store, doc.clientID) + 10_000;
  sendUpload(craftUpdate([{ client: doc.clientID, clock, structs: [entry('deal_forged', value('{}'))] }]));
  expect(await eve.refused()).toEqual(['foreign-client']);
  await arena.check();
  expect(arena.honest.records.has('deal_forged')).toBe(false);
});

test('eight bytes that delete everything Anna ever wrote delete nothing [S3.13]', async () => {
  const { doc, records } = arena.honest;
  await arena.check();
  const size = records.size;
  sendUpload(craftUpdate([], [[doc.clientID, 0, Y.getState(doc.store, doc.clientID) - 50]]));
  expect(await eve.refused()).toEqual(['not-allowed']);
  await arena.check();
  expect(records.size).toBeGreaterThanOrEqual(size);
  expect(title()).toBe('Mine');
});

test('a deletion that is written over a record, directly or behind a harmless value, is refused [S3.13]', async () => {
  const origin = treasureItem();
  const attempts = [
    craftUpdate([{ client, clock: 0, structs: [behind(origin, deleted())] }]),
    craftUpdate([{ client, clock: 0, structs: [entry(TREASURE, deleted())] }]),
    craftUpdate([
      { client, clock: 0, structs: [behind(origin, value('{}')), behind({ client, clock: 0 }, deleted())] },
    ]),
    craftUpdate([{ client, clock: 0, structs: [behind(origin, value('{}'))] }], [[client, 0, 1]]),
    craftUpdate([
      { client, clock: 0, structs: [behind({ client: client + 1, clock: 0 }, deleted())] },
      { client: client + 1, clock: 0, structs: [behind(origin, value('{}'))] },
    ]),
  ];
  for (const [index, attempt] of attempts.entries()) {
    sendUpload(attempt);
    expect(await eve.refused(index + 1)).toEqual(Array(index + 1).fill('not-allowed'));
  }
  await arena.check();
  expect(title()).toBe('Mine');
});

test('a deletion over a record is refused also where its beginning is known already [S3.13]', async () => {
  // A new base over Anna’s record may come, and is what the room shows then; this one tells the same.
  const same = arena.honest.records.get(TREASURE);
  sendUpload(craftUpdate([{ client, clock: 0, structs: [behind(treasureItem(), value(same))] }]));
  await until(() => treasureItem().client === client, 'the record to be written over');
  for (const [index, struct] of [entry(TREASURE, deleted(2)), behind(treasureItem(), deleted(3))].entries()) {
    sendUpload(craftUpdate([{ client, clock: 0, structs: [struct] }]));
    expect(await eve.refused(index + 1)).toEqual(Array(index + 1).fill('not-allowed'));
  }
  await arena.check();
  expect(title()).toBe('Mine');
});

test('a record that two made at once is nobody’s deletion: whose it is Yjs says, and nothing is refused [S3.13]', async () => {
  const { doc, records } = arena.honest;
  records.set('deal_both', '{"t":"deal","title":"Anna’s"}');
  await arena.check();
  const device = new Y.Doc();
  // The higher id wins: this device has taken Anna’s away before it tells anybody of its own.
  device.clientID = 2 ** 32 - 1;
  device.getMap('records').set('deal_both', '{"t":"deal","title":"Eve’s"}');
  const known = Y.encodeStateAsUpdate(doc);
  Y.applyUpdate(device, known);
  sendUpload(Y.encodeStateAsUpdate(device, Y.encodeStateVectorFromUpdate(known)));
  await until(() => String(records.get('deal_both')).includes('Eve’s'), 'the one that won');
  expect(eve.heard.filter(({ type }) => type === 'refused')).toEqual([]);
  await arena.check();
});

test('whoever names a record as deleted beside one of their own that loses deletes nothing [S3.13]', async () => {
  const { client: owner, clock } = treasureItem();
  const losing = craftUpdate([{ client: 2, clock: 0, structs: [entry(TREASURE, value('{}'))] }], [[owner, clock, 1]]);
  sendUpload(losing);
  sendStruct(entry(`deal_after${client}`, value('{}')));
  await until(() => arena.honest.records.has(`deal_after${client}`), 'what came behind it');
  await arena.check();
  expect(title()).toBe('Mine');
});

test('an edit goes when a newer one of its path comes, and not with a pretended one [S3.13]', async () => {
  const { doc, records } = arena.honest;
  const [first, second] = [stampAt(Date.now() - 3_000), stampAt(Date.now() - 2_000)];
  const keyOf = (stamp: string) => editKey(TREASURE, 'title', stamp);
  records.set(keyOf(first), 'Anna’s');
  await arena.check();
  const { clock } = records._map.get(keyOf(first))?.id ?? { clock: 0 };
  // Newer, and deleted in the same breath.
  sendUpload(
    craftUpdate(
      [{ client, clock: 0, structs: [entry(keyOf(second), value('Eve’s'))] }],
      [
        [doc.clientID, clock, 1],
        [client, 0, 1],
      ],
    ),
  );
  expect(await eve.refused()).toEqual(['not-allowed']);
  expect(records.has(keyOf(first))).toBe(true);
  sendUpload(
    craftUpdate(
      [{ client, clock: 1, structs: [entry(keyOf(stampAt(Date.now())), value('Eve’s'))] }],
      [[doc.clientID, clock, 1]],
    ),
  );
  await until(() => !records.has(keyOf(first)), 'the honest replacement');
  expect(eve.refusals()).toEqual(['not-allowed']);
  await arena.check();
});

test('stamps days ahead become stamps of now for everybody, moves of deals too [S3.11]', async () => {
  const future = stampAt(Date.now() + 3 * 86_400_000);
  const move = { stamp: future, from: '', to: 'stage_x', by: '' };
  sendUpload(
    craftUpdate([
      {
        client,
        clock: 0,
        structs: [
          entry(editKey(TREASURE, 'title', future), value('From the future')),
          entry(editKey(TREASURE, `stages:${future}`, future), value(move)),
        ],
      },
    ]),
  );
  const keys = () => [...arena.honest.records.keys()].filter((key) => key.startsWith(`${TREASURE}/`));
  await until(
    () => keys().some((key) => key.includes('/stages:')) && !keys().some((key) => key.includes(future)),
    'now',
  );
  for (const key of keys()) expect(stampTime(key.split('/').at(-1) ?? '')).toBeLessThan(Date.now() + 121_000);
  await arena.check();
});

test('values of wrong types and names of prototypes harm no reader', async () => {
  const names = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty'];
  const structs = [
    ...[
      5,
      true,
      null,
      [1, 2],
      { a: 1 },
      new Uint8Array(9),
      undefined,
      '[]',
      '{"t":5,"s":{},"title":[]}',
      'not json',
    ].map((odd, index) => entry(`deal_odd${client}x${index}`, value(odd))),
    ...[{ minor: 'x' }, [[]], -0, new Uint8Array(3), '\u0000', { toString: 1 }].map((odd, index) =>
      entry(
        editKey(
          TREASURE,
          ['amount', 'place', 'tags:a', 'stages', 'contacts:x', 'owner'][index] ?? '',
          stampAt(Date.now()),
        ),
        value(odd),
      ),
    ),
    ...names.map((name) => entry(editKey(TREASURE, name, stampAt(Date.now())), value({ polluted: true }))),
    entry(
      'deal_proto',
      value(
        '{"t":"deal","s":"","title":"Proto","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
      ),
    ),
  ];
  sendUpload(craftUpdate([{ client, clock: 0, structs }]));
  await until(() => arena.honest.records.has('deal_proto'), 'the odd values');
  for (const name of names) {
    sendUpdate(craftUpdate([{ client: client + 1, clock: 0, structs: [entry(name, value('{"polluted":true}'))] }]));
  }
  const answer = await arena.ask('GET', '/api/records/deal?limit=200', { cookie: arena.anna });
  expect(answer.status).toBe(200);
  const text = await answer.text();
  expect(text.length).toBeGreaterThan(100);
  const treasure = await arena.ask('GET', `/api/records/deal/${TREASURE}`, { cookie: arena.anna });
  expect(treasure.status).toBe(200);
  expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  await arena.check();
});

test('a viewer writes nothing, in no way [S3.9]', async () => {
  const vic = await arena.attack(arena.vic);
  vic.hello();
  const own = { client: client + 5, clock: 0 };
  const attempts = [
    craftUpdate([{ ...own, structs: [entry('deal_vic', value('{}'))] }]),
    craftUpdate([{ ...own, structs: [entry('p', value(1), 'text:activity_x')] }]),
    craftUpdate([{ ...own, structs: [behind(treasureItem(), value('{}'))] }]),
    craftUpdate([], [[arena.honest.doc.clientID, 0, 3]]),
  ];
  for (const [index, attempt] of attempts.entries()) {
    vic.send(sync(SYNC.step2, attempt));
    expect(await vic.refused(index + 1)).toEqual(Array(index + 1).fill('read-only'));
  }
  await arena.check();
  expect(arena.honest.records.has('deal_vic')).toBe(false);
});

test('a million deletions of the same thing are looked at once', async () => {
  const count = 400_000;
  const { doc } = arena.honest;
  // Only what the server has: more than that it would refuse as unknown.
  await arena.check();
  const written = Math.max(1, Math.min(100, Y.getState(doc.store, doc.clientID) - 1));
  const encoder = encoding.createEncoder();
  for (const number of [0, 1, doc.clientID, count]) encoding.writeVarUint(encoder, number);
  for (let index = 0; index < count; index++) {
    encoding.writeVarUint(encoder, 0);
    encoding.writeVarUint(encoder, 1 + (index % written));
  }
  sendUpload(encoding.toUint8Array(encoder));
  expect(await eve.refused()).toEqual(['not-allowed']);
  await arena.check();
});

test('300,000 values under one key, each of which Yjs would search a place for, cost nobody else anything [S3.15]', async () => {
  const struct = entry('k', value(null), 'text:activity_x');
  sendUpload(craftUpdate([{ client, clock: 0, structs: Array.from({ length: 300_000 }, () => struct) }]));
  // The answer takes as long as the watchdog waits: the others are at work meanwhile.
  expect(await eve.refused()).toEqual(['not-applicable']);
  expect(await eve.closed).toBe(CLOSE.malformed);
  await arena.check();
}, 30_000);

test('types in types, ten thousand deep, are refused before anybody has to walk through them [S3.8]', async () => {
  const structs = [entry('p', nested(1), 'text:activity_deep')];
  for (let depth = 1; depth < 10_000; depth++) structs.push(inside({ client, clock: depth - 1 }, nested(1)));
  sendUpload(craftUpdate([{ client, clock: 0, structs }]));
  expect(await eve.refused()).toEqual(['malformed']);
  // Nor level by level.
  let sent = 0;
  for (; sent < 70; sent++) {
    const struct = sent === 0 ? structs[0] : inside({ client: client + 1, clock: sent - 1 }, nested(1));
    if (struct !== undefined) sendUpdate(craftUpdate([{ client: client + 1, clock: sent, structs: [struct] }]));
  }
  expect((await eve.refused(2)).slice(0, 2)).toEqual(['malformed', 'malformed']);
  await arena.check();
});

test('a large honest update goes through the worker and arrives [S3.15]', async () => {
  const structs = Array.from({ length: 5_000 }, (_, index) =>
    entry(`deal_import${client}x${index}`, value(JSON.stringify({ t: 'deal', title: 'x'.repeat(100) }))),
  );
  sendUpload(craftUpdate([{ client, clock: 0, structs }]));
  await until(() => arena.honest.records.has(`deal_import${client}x4999`), 'the import', 10_000);
  sendUpdate(craftUpdate([{ client, clock: 5_000, structs: [entry(`deal_behind${client}`, value('{}'))] }]));
  await until(() => arena.honest.records.has(`deal_behind${client}`), 'what came behind it');
  expect(eve.refusals()).toEqual([]);
  await arena.check();
}, 30_000);

test('what only Yjs finds impossible is taken out again; whoever sends that three times has to wait [S3.15] [S8.7]', async () => {
  // The first strike was the update that hung. Two blocks that each begin behind the other wait for ever in Yjs.
  for (let strike = 2; strike <= 3; strike++) {
    const [one, two] = [client + strike, client + 10 + strike].map((id) => ({ client: id, clock: 0 }));
    if (one === undefined || two === undefined) break;
    const attacker = await arena.attack();
    attacker.send(
      sync(
        SYNC.step2,
        craftUpdate([
          { ...one, structs: [behind(two, value('x'))] },
          { ...two, structs: [behind(one, value('x'))] },
        ]),
      ),
    );
    expect(await attacker.closed).toBe(CLOSE.malformed);
  }
  const again = await arena.attack();
  expect(await again.closed).toBe(CLOSE.tooMany);
  await arena.check({ mayReconnect: true });
  expect(title()).toBe('Mine');
}, 60_000);
