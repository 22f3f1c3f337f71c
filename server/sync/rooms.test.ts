import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { RoomDamaged } from '../storage/update-log.ts';
import { behind, craftUpdate, value } from '../testing/craft-update.ts';
import { ROOM, setUpMemorySync } from '../testing/memory-sync.ts';

type Sync = ReturnType<typeof setUpMemorySync>;

function write(sync: Sync, count: number) {
  const anna = sync.connect();
  anna.hello();
  anna.handshake();
  for (let index = 0; index < count; index++) {
    anna.update(anna.edit((records) => records.set(`deal_${index}`, `{"t":"deal","s":"${index}"}`)));
  }
  sync.flush();
  anna.connection?.leave();
  return anna;
}

const keysIn = (sync: Sync) => sync.rooms.open(ROOM).doc.getMap('records').size;

test('what was acknowledged is there after the process died [S5.3]', () => {
  const sync = setUpMemorySync();
  const anna = write(sync, 20);
  const [client, clock] = [...(anna.of('saved').at(-1)?.saved.clocks ?? [])][0] ?? [];
  sync.restart();
  expect(Y.getState(sync.rooms.open(ROOM).doc.store, client ?? 0)).toBe(clock);
  expect(keysIn(sync)).toBe(20);
});

test('a room nobody looks at is unloaded, and is the same when it comes back', () => {
  const sync = setUpMemorySync();
  write(sync, 5);
  expect(sync.rooms.loaded()).toHaveLength(1);
  sync.rooms.tidy();
  expect(sync.rooms.loaded()).toHaveLength(0);
  expect(keysIn(sync)).toBe(5);
});

test('a room somebody looks at stays', () => {
  const sync = setUpMemorySync();
  sync.connect();
  sync.rooms.tidy();
  expect(sync.rooms.loaded()).toHaveLength(1);
});

test('a grown log is folded into a snapshot when the room is unloaded, and no update is lost', () => {
  const sync = setUpMemorySync();
  write(sync, 1_200);
  sync.rooms.tidy();
  const stored = sync.log.load(ROOM);
  expect(stored.snapshot).not.toBeNull();
  expect(stored.updates).toHaveLength(0);
  expect(sync.db.prepare('SELECT count(*) AS n FROM updates').get()).toEqual({ n: 1_200 });
  sync.restart();
  expect(keysIn(sync)).toBe(1_200);
  write(sync, 1);
  sync.restart();
  expect(keysIn(sync)).toBe(1_200);
});

test('folding waits for nothing and forgets nothing of the change history', () => {
  const sync = setUpMemorySync();
  write(sync, 1_200);
  sync.rooms.tidy();
  expect(sync.db.prepare('SELECT count(*) AS n FROM changes').get()).toEqual({ n: 1_200 });
  sync.restart();
  sync.rooms.open(ROOM);
  sync.flush();
  expect(sync.db.prepare('SELECT count(*) AS n FROM changes').get()).toEqual({ n: 1_200 });
});

test.each([
  ['a damaged update', 'UPDATE updates SET data = zeroblob(length(data)) WHERE seq = 1203'],
  ['a damaged snapshot', 'UPDATE snapshots SET data = zeroblob(length(data))'],
  ['a missing snapshot', 'DELETE FROM snapshots'],
  ['missing newest updates', 'DELETE FROM updates WHERE seq > 1205'],
  ['a missing update in the middle', 'DELETE FROM updates WHERE seq = 1203'],
])('%s refuses the room instead of serving less than there was [S1.5]', (_what, damage) => {
  const sync = setUpMemorySync();
  write(sync, 1_200);
  sync.rooms.tidy();
  write(sync, 10);
  sync.rooms.tidy();
  sync.db.exec(damage);
  sync.restart();
  expect(() => sync.rooms.open(ROOM)).toThrow(RoomDamaged);
});

test('an update that only Yjs finds impossible ends up in quarantine, and the room goes on without it', () => {
  const sync = setUpMemorySync();
  const anna = write(sync, 3);
  const eve = sync.connect({ id: 'eve' });
  eve.hello();
  eve.handshake();
  // Two blocks that each begin behind the other: Yjs would wait for ever.
  const [one, two] = [
    { client: 71, clock: 0 },
    { client: 72, clock: 0 },
  ] as const;
  eve.update(
    craftUpdate([
      { ...one, structs: [behind(two, value('x'))] },
      { ...two, structs: [behind(one, value('x'))] },
    ]),
  );
  sync.flush();
  expect(eve.of('refused').map(({ refused }) => refused.code)).toEqual(['not-applicable']);
  expect(eve.closedWith).toBe(4400);
  expect(sync.db.prepare('SELECT code, user FROM quarantine').all()).toEqual([{ code: 'not-applicable', user: 'eve' }]);
  expect(keysIn(sync)).toBe(3);
  sync.restart();
  expect(keysIn(sync)).toBe(3);
  expect(anna.closedWith).toBeNull();
});

test('such an update is found at the next start too, when the process died between commit and apply', () => {
  const sync = setUpMemorySync();
  write(sync, 3);
  sync.rooms.tidy();
  sync.log.commit({
    updates: [
      { room: ROOM, data: Uint8Array.of(1, 1, 7, 0, 8, 1, 1, 120, 1, 119, 1, 255, 0), userId: 'eve', claims: [] },
    ],
    quarantine: [],
    changes: [],
    historySeqs: new Map(),
  });
  sync.restart();
  expect(keysIn(sync)).toBe(3);
  expect(sync.reports.join()).toContain('goes to quarantine');
});

test('closing writes everything, tells every client to come again, and folds nothing half [S8.5]', () => {
  const sync = setUpMemorySync();
  const anna = sync.connect();
  anna.handshake();
  anna.update(anna.edit((records) => records.set('deal_a', '{}')));
  sync.rooms.close();
  expect(anna.closedWith).toBe(1001);
  sync.restart();
  expect(keysIn(sync)).toBe(1);
});
