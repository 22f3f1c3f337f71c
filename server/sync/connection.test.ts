import * as encoding from 'lib0/encoding';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { CLOSE, MESSAGE, SYNC } from '../../shared/sync/protocol.ts';
import { editKey } from '../../shared/sync/record-keys.ts';
import { formatStamp } from '../../shared/sync/stamp.ts';
import { message, ROOM, type ScriptedClient, setUpMemorySync } from '../testing/memory-sync.ts';

const stampAt = (ms: number) => formatStamp(ms, 0, 'anna00tab0');

const storedUpdates = (sync: ReturnType<typeof setUpMemorySync>) => sync.log.load(ROOM).updates.length;

function greeted(
  sync: ReturnType<typeof setUpMemorySync>,
  who: Parameters<typeof sync.connect>[0] = {},
): ScriptedClient {
  const client = sync.connect(who);
  client.hello();
  client.handshake();
  return client;
}

test('the server speaks first: sync step 1, then who is there [S1.6]', () => {
  const sync = setUpMemorySync();
  const present = greeted(sync);
  present.awareness(presence(present.doc.clientID, 1, { view: 'board' }));
  const newcomer = sync.connect({ id: 'ben' });
  expect(newcomer.heard.map((each) => each.type)).toEqual(['step1', 'awareness']);
});

test('an update reaches the others after it is on disk, and never its sender [S3.2]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const ben = greeted(sync, { id: 'ben' });
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  expect(ben.of('update')).toHaveLength(0);
  expect(storedUpdates(sync)).toBe(0);
  sync.flush();
  expect(storedUpdates(sync)).toBe(1);
  ben.takeIn();
  expect(ben.doc.getMap('records').get('deal_a')).toBe('{}');
  expect(anna.of('update')).toHaveLength(0);
});

test('a client that never asked for the document is not sent updates of it [S3.2]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const silent = sync.connect({ id: 'ben' });
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  expect(silent.of('update')).toHaveLength(0);
});

test('a reconnecting device stores and broadcasts nothing that is known [S3.3]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const ben = greeted(sync, { id: 'ben' });
  anna.update(anna.edit((records) => records.set(editKey('deal_a', 'title', stampAt(1)), 'x')));
  anna.update(
    anna.edit((records) => {
      records.delete(editKey('deal_a', 'title', stampAt(1)));
      records.set(editKey('deal_a', 'title', stampAt(2)), 'y');
    }),
  );
  sync.flush();
  const before = { stored: storedUpdates(sync), heard: ben.of('update').length };
  const again = sync.connect();
  Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(anna.doc));
  again.handshake();
  again.update(Y.encodeStateAsUpdate(anna.doc));
  sync.flush();
  expect({ stored: storedUpdates(sync), heard: ben.of('update').length }).toEqual(before);
});

test('an upload that repeats what the room has, and its writer has replaced since, is taken [S3.13]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const [first, second] = [stampAt(1), stampAt(2)].map((stamp) => editKey('deal_a', 'title', stamp));
  if (first === undefined || second === undefined) throw new Error('two keys');
  const made = anna.edit((records) => records.set(first, 'x'));
  const replaced = anna.edit((records) => {
    records.delete(first);
    records.set(second, 'y');
  });
  // The second tab was asked before the first one's change was here, and answers after it has replaced that.
  const secondTab = sync.connect();
  for (const update of [made, replaced]) Y.applyUpdate(secondTab.doc, update);
  anna.update(made);
  sync.flush();
  secondTab.update(Y.encodeStateAsUpdate(secondTab.doc));
  sync.flush();
  expect(secondTab.of('refused')).toEqual([]);
  const { records } = sync.rooms.open(ROOM);
  expect([...records.map.keys()]).toEqual([second]);
});

test('only the new part of an upload is stored, although it repeats every old deletion [S3.3]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  for (let index = 0; index < 200; index++) {
    anna.update(anna.edit((records) => records.set(editKey('deal_a', 'title', stampAt(index + 1)), 'x')));
    if (index % 2 === 1)
      anna.update(anna.edit((records) => records.delete(editKey('deal_a', 'title', stampAt(index)))));
  }
  sync.flush();
  const again = sync.connect();
  Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(anna.doc));
  again.edit((records) => records.set('deal_b', '{}'));
  const upload = Y.encodeStateAsUpdate(again.doc, again.of('step1')[0]?.bytes);
  again.handshake();
  const stored = sync.log.load(ROOM).updates.at(-1)?.data.length ?? 0;
  expect(upload.length).toBeGreaterThan(200);
  expect(stored).toBeLessThan(50);
});

test('what is typed before the upload is over is asked for once more and not lost [S3.4]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  anna.edit((records) => records.set('deal_offline', '{}'));
  const typed = anna.edit((records) => records.set('deal_typed', '{}'));
  anna.update(typed);
  expect(anna.of('step1')).toHaveLength(2);
  anna.update(anna.edit((records) => records.set('deal_more', '{}')));
  expect(anna.of('step1')).toHaveLength(2);
  anna.upload();
  const other = greeted(sync, { id: 'ben' });
  expect([...other.doc.getMap('records').keys()].sort()).toEqual(['deal_more', 'deal_offline', 'deal_typed']);
});

test('a message that is asked for again is not counted as decided before it came again [S5.4]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const decided = () => anna.of('saved').at(-1)?.saved.decided;
  expect(decided()).toBe(1);
  anna.edit((records) => records.set('deal_offline', '{}'));
  anna.update(anna.edit((records) => records.set('deal_typed', '{}')));
  const onlyDeletes = new Y.Doc();
  anna.update(Y.encodeStateAsUpdate(onlyDeletes));
  sync.flush();
  expect(decided()).toBe(1);
  anna.upload();
  expect(decided()).toBe(4);
});

test('an upload that builds on what nobody has is refused, the rest of it is taken [S3.5]', () => {
  const sync = setUpMemorySync();
  const stranger = new Y.Doc();
  stranger.getText('text:activity_x').insert(0, 'lost');
  const anna = greeted(sync);
  // Anna has the stranger's text and writes into it; her device then uploads only her own half.
  Y.applyUpdate(anna.doc, Y.encodeStateAsUpdate(stranger));
  const builtOn = anna.edit(() => anna.doc.getText('text:activity_x').insert(2, 'X'));
  const ben = greeted(sync, { id: 'ben' });
  const good = ben.edit((records) => records.set('deal_good', '{}'));
  ben.sync(SYNC.step2, Y.mergeUpdates([builtOn, good]));
  sync.flush();
  expect(ben.of('refused').map(({ refused }) => refused.code)).toEqual(['unknown-past']);
  const reader = greeted(sync, { id: 'carla' });
  expect(reader.doc.getMap('records').has('deal_good')).toBe(true);
  expect(sync.rooms.open(ROOM).doc.store.pendingStructs).toBeNull();
});

test('nobody can write under the client id of somebody else [S3.6] [S3.7]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  const forger = greeted(sync, { id: 'eve' });
  const own = forger.edit((records) => records.set('deal_own', '{}'));
  const forged = new Y.Doc();
  Y.applyUpdate(forged, Y.encodeStateAsUpdate(anna.doc));
  forged.clientID = anna.doc.clientID;
  const before = Y.encodeStateVector(forged);
  forged.getMap('records').set('deal_forged', '{}');
  forger.sync(SYNC.step2, Y.mergeUpdates([Y.encodeStateAsUpdate(forged, before), own]));
  sync.flush();
  expect(forger.of('refused')[0]?.refused).toMatchObject({
    code: 'foreign-client',
    changes: [{ client: anna.doc.clientID, clock: 1, length: 1 }],
  });
  const records = sync.rooms.open(ROOM).doc.getMap('records');
  expect(records.has('deal_forged')).toBe(false);
  expect(records.has('deal_own')).toBe(true);
});

test('a gc struct over the future of somebody else erases nothing of their offline work [S3.6]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  const offline = anna.edit((records) => records.set('deal_offline', '{}'));
  const gc = encoding.createEncoder();
  for (const number of [1, 1, anna.doc.clientID, 1]) encoding.writeVarUint(gc, number);
  encoding.writeUint8(gc, 0);
  for (const number of [50, 0]) encoding.writeVarUint(gc, number);
  const eve = greeted(sync, { id: 'eve' });
  eve.sync(SYNC.step2, encoding.toUint8Array(gc));
  sync.flush();
  anna.update(offline);
  sync.flush();
  expect(sync.rooms.open(ROOM).doc.getMap('records').has('deal_offline')).toBe(true);
});

test('deletions of what does not exist yet are refused [S3.5]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const future = encoding.createEncoder();
  for (const number of [0, 1, anna.doc.clientID, 1, 0, 1_000]) encoding.writeVarUint(future, number);
  const eve = greeted(sync, { id: 'eve' });
  eve.sync(SYNC.step2, encoding.toUint8Array(future));
  sync.flush();
  expect(eve.of('refused').map(({ refused }) => refused.code)).toEqual(['unknown-past']);
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  expect(sync.rooms.open(ROOM).doc.getMap('records').has('deal_a')).toBe(true);
});

test('a person may go on under a client id of an earlier session, also after a restart [S3.7]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  sync.restart();
  const later = sync.connect();
  Y.applyUpdate(later.doc, Y.encodeStateAsUpdate(anna.doc));
  later.doc.clientID = anna.doc.clientID;
  later.handshake();
  later.update(later.edit((records) => records.set('deal_b', '{}')));
  sync.flush();
  expect(sync.rooms.open(ROOM).doc.getMap('records').has('deal_b')).toBe(true);
});

test('bytes that are no update are refused and kept, and the connection goes on [S3.8] [S3.10]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  anna.update(Uint8Array.of(1, 2, 3, 4, 5, 6, 7));
  sync.flush();
  const refused = anna.of('refused')[0]?.refused;
  expect(refused).toMatchObject({ code: 'malformed', messageNumber: 2 });
  const kept = sync.db
    .prepare('SELECT room, user, code, reason, data FROM quarantine WHERE id = ?')
    .get(refused?.quarantineId);
  expect(kept).toMatchObject({ room: ROOM, user: 'anna', code: 'malformed', data: Buffer.of(1, 2, 3, 4, 5, 6, 7) });
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  expect(anna.closedWith).toBeNull();
  expect(sync.rooms.open(ROOM).doc.getMap('records').has('deal_a')).toBe(true);
});

test('a viewer receives everything and changes nothing [S3.9] [S5.5] [S6.1]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const viewer = greeted(sync, { id: 'vera', role: 'viewer' });
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  viewer.update(viewer.edit((records) => records.set('deal_v', '{}')));
  sync.flush();
  viewer.takeIn();
  expect(viewer.doc.getMap('records').has('deal_a')).toBe(true);
  expect(sync.rooms.open(ROOM).doc.getMap('records').has('deal_v')).toBe(false);
  const refused = viewer.of('refused')[0]?.refused;
  expect(refused).toMatchObject({ code: 'read-only', messageNumber: 2, changes: [{ client: viewer.doc.clientID }] });
  expect(refused?.message).toMatch(/look at this workspace but not change it/);
  for (const { saved } of viewer.of('saved')) expect(saved.clocks.has(viewer.doc.clientID)).toBe(false);
});

test('hello is answered at once with time, identity, role and person [S4.1] [S4.2]', () => {
  const sync = setUpMemorySync({ now: () => 1_000_000 });
  const anna = sync.connect({ role: 'admin' });
  anna.hello();
  expect(anna.of('hello')[0]?.hello).toEqual({
    protocol: 1,
    build: 'test',
    schema: 1,
    time: 1_000_000,
    serverId: 'server',
    epoch: 'epoch',
    generation: 1,
    role: 'admin',
    userId: 'anna',
    memberId: 'member_anna',
    takenClientIds: [],
    seq: 0,
    recovery: 'none',
    recoveryReason: '',
    replacedBy: null,
  });
});

test('announced client ids of somebody else come back as taken [S4.3]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  const ben = sync.connect({ id: 'ben' });
  ben.hello({ clientIds: [7, anna.doc.clientID] });
  expect(ben.of('hello')[0]?.hello.takenClientIds).toEqual([anna.doc.clientID]);
  const annaAgain = sync.connect();
  annaAgain.hello({ clientIds: [anna.doc.clientID] });
  expect(annaAgain.of('hello')[0]?.hello.takenClientIds).toEqual([]);
});

test('a client of an older protocol than the server supports is told to reload [S4.4]', () => {
  const old = setUpMemorySync().connect();
  old.hello({ protocol: 0 });
  expect(old.closedWith).toBe(CLOSE.tooOld);
});

test('saved comes whole after hello and the first upload, then in increments [S5.1] [S5.2]', () => {
  const sync = setUpMemorySync();
  const first = greeted(sync);
  first.update(first.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  const anna = sync.connect();
  anna.handshake();
  expect(anna.of('saved')).toHaveLength(0);
  anna.hello();
  expect(anna.of('saved')[0]?.saved).toMatchObject({ clocks: new Map([[first.doc.clientID, 1]]), decided: 1 });
  anna.update(anna.edit((records) => records.set('deal_b', '{}')));
  sync.flush();
  expect(anna.of('saved')[1]?.saved).toMatchObject({ clocks: new Map([[anna.doc.clientID, 1]]), decided: 2 });
  expect(first.of('saved').at(-1)?.saved).toMatchObject({ clocks: new Map([[anna.doc.clientID, 1]]), decided: null });
});

test('a message that only deletes is acknowledged by its number [S5.4]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  anna.update(anna.edit(() => anna.doc.getText('text:activity_a').insert(0, 'no')));
  anna.update(anna.edit(() => anna.doc.getText('text:activity_a').delete(0, 2)));
  sync.flush();
  expect(anna.of('saved').at(-1)?.saved.decided).toBe(3);
  sync.restart();
  expect(sync.rooms.open(ROOM).doc.getText('text:activity_a').toString()).toBe('');
});

test('clients that did not say hello hear nothing but y-protocols [S2.5]', () => {
  const sync = setUpMemorySync();
  const stock = sync.connect();
  stock.handshake();
  stock.update(Uint8Array.of(9, 9));
  stock.update(stock.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  expect(new Set(stock.heard.map((each) => each.type))).toEqual(new Set(['step1', 'step2']));
});

test.each([
  ['an empty message', Uint8Array.of()],
  ['an unknown type below 100', Uint8Array.of(42)],
  ['a sync message of an unknown kind', Uint8Array.of(0, 9, 0)],
  ['a truncated sync message', Uint8Array.of(0, 2, 200, 1)],
  ['an endless varint', new Uint8Array(40).fill(255)],
  ['a state vector that is none', Uint8Array.of(0, 0, 2, 200, 200)],
  ['awareness with a million entries', Uint8Array.of(1, 3, 192, 132, 61)],
  ['a hello that is no object', message(MESSAGE.hello, (encoder) => encoding.writeVarString(encoder, '[]'))],
])('%s closes its own connection and no other [S2.2]', (_what, bytes) => {
  const sync = setUpMemorySync();
  const other = greeted(sync, { id: 'ben' });
  const bad = greeted(sync);
  bad.raw(bytes);
  expect(bad.closedWith).toBe(CLOSE.malformed);
  expect(other.closedWith).toBeNull();
});

test('messages of newer clients, and auth, are ignored [S2.4]', () => {
  const anna = greeted(setUpMemorySync());
  anna.raw(Uint8Array.of(2, 0));
  anna.raw(Uint8Array.of(199, 1, 5));
  expect(anna.closedWith).toBeNull();
});

test('who asks for the document again and again without reading the answers is cut off [S8.4]', () => {
  let isFull = false;
  const greedy = setUpMemorySync().connect({ unread: () => isFull });
  greedy.sync(SYNC.step1, Uint8Array.of(0));
  isFull = true;
  greedy.sync(SYNC.step1, Uint8Array.of(0));
  expect(greedy.closedWith).toBe(CLOSE.tooSlow);
});

test('a refused disk delivers and saves nothing, closes the connections, and they can come back [S8.6]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const ben = greeted(sync, { id: 'ben' });
  sync.db.exec(`CREATE TRIGGER full BEFORE INSERT ON updates BEGIN SELECT raise(FAIL, 'disk full'); END`);
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  sync.flush();
  expect([anna.closedWith, ben.closedWith]).toEqual([CLOSE.roomUnavailable, CLOSE.roomUnavailable]);
  expect(ben.of('update')).toHaveLength(0);
  expect(anna.of('saved').at(-1)?.saved.clocks.size).toBe(0);
  sync.db.exec('DROP TRIGGER full');
  const again = sync.connect();
  Y.applyUpdate(again.doc, Y.encodeStateAsUpdate(anna.doc));
  again.handshake();
  sync.flush();
  expect(sync.rooms.open(ROOM).doc.getMap('records').has('deal_a')).toBe(true);
});

test('presence goes to everybody, the sender too, and is not stored [S7.1]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const ben = greeted(sync, { id: 'ben' });
  anna.awareness(presence(anna.doc.clientID, 1, { view: 'board' }));
  sync.flush();
  expect([anna.of('awareness'), ben.of('awareness')].map((each) => each.length)).toEqual([1, 1]);
  expect(storedUpdates(sync)).toBe(0);
  sync.restart();
  expect(sync.connect().of('awareness')).toHaveLength(0);
});

test('somebody whose document is still on its way hears what the others do meanwhile [S7.1]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const ben = sync.connect({ id: 'ben' });
  anna.awareness(presence(anna.doc.clientID, 1, { draft: '90000' }));
  expect(Buffer.from(ben.of('awareness').at(-1)?.bytes ?? []).toString()).toContain('90000');
});

test('somebody who leaves is taken away from the others [S7.4]', () => {
  const sync = setUpMemorySync();
  const anna = greeted(sync);
  const ben = greeted(sync, { id: 'ben' });
  anna.awareness(presence(anna.doc.clientID, 1, {}));
  anna.connection?.leave();
  expect(ben.of('awareness')).toHaveLength(2);
  expect(Buffer.from(ben.of('awareness')[1]?.bytes ?? []).toString()).toContain('null');
});

function presence(client: number, clock: number, state: unknown): Uint8Array {
  const encoder = encoding.createEncoder();
  for (const number of [1, client, clock]) encoding.writeVarUint(encoder, number);
  encoding.writeVarString(encoder, JSON.stringify(state));
  return encoding.toUint8Array(encoder);
}
