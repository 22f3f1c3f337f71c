import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { editKey } from '../../shared/sync/record-keys.ts';
import { formatStamp } from '../../shared/sync/stamp.ts';
import { ROOM, setUpMemorySync } from '../testing/memory-sync.ts';

const LONG = 'x'.repeat(4_000);

/** A room of some 800 kB, folded, with one of its edits deleted; then another process over the same database. */
function restartedWithMuch() {
  const sync = setUpMemorySync();
  const anna = sync.connect();
  anna.hello();
  anna.handshake();
  const key = (time: number) => editKey('deal_1', 'title', formatStamp(time, 0, 'aaaaaaaaaa'));
  anna.update(anna.edit((records) => records.set(key(1), 'Old')));
  anna.update(
    anna.edit((records) => {
      records.set(key(2), 'New');
      records.delete(key(1));
    }),
  );
  anna.update(
    anna.edit((records) => {
      for (let index = 0; index < 200; index++)
        records.set(`deal_${index}`, `{"t":"deal","s":"${index}","about":"${LONG}"}`);
    }),
  );
  sync.flush();
  anna.takeIn();
  anna.connection?.leave();
  sync.rooms.close();
  sync.restart();
  return { sync, anna };
}

test('a large room is served from its stored bytes, without building its document [S1.5]', () => {
  const { sync, anna } = restartedWithMuch();
  const ben = sync.connect({ id: 'ben' });
  ben.hello();
  ben.handshake();
  expect(sync.rooms.open(ROOM).isBuilt).toBe(false);
  expect(Y.encodeStateVector(ben.doc)).toEqual(Y.encodeStateVector(anna.doc));
  expect(ben.doc.getMap('records').toJSON()).toEqual(anna.doc.getMap('records').toJSON());
  expect(ben.of('saved').at(0)?.saved.clocks.get(anna.doc.clientID)).toBe(
    Y.getState(anna.doc.store, anna.doc.clientID),
  );
});

test('who has it all is sent no records again, and who has a part gets the rest', () => {
  const { sync, anna } = restartedWithMuch();
  anna.heard.length = 0;
  const again = sync.connect({ id: 'anna' });
  again.sync(0, Y.encodeStateVector(anna.doc));
  expect(again.of('step2').at(-1)?.bytes.length).toBeLessThan(100);
  expect(sync.rooms.open(ROOM).isBuilt).toBe(false);

  const ben = sync.connect({ id: 'ben' });
  ben.sync(0, Y.encodeStateVector(new Map([[anna.doc.clientID, 1]]) as never));
  expect(sync.rooms.open(ROOM).isBuilt).toBe(true);
  expect(ben.of('step2').at(-1)?.bytes.length).toBeGreaterThan(800_000);
});

test('what is written there goes to everybody and is there after the next start; the step 2 comes last [S3.17]', () => {
  const { sync } = restartedWithMuch();
  const [ben, cara] = [sync.connect({ id: 'ben' }), sync.connect({ id: 'cara' })];
  for (const each of [ben, cara]) {
    each.hello();
    each.handshake();
  }
  ben.update(ben.edit((records) => records.set('deal_new', '{"t":"deal","s":"1"}')));
  sync.flush();
  cara.takeIn();
  expect(cara.doc.getMap('records').has('deal_new')).toBe(true);
  sync.rooms.close();
  sync.restart();
  const dora = sync.connect({ id: 'dora' });
  dora.handshake();
  expect(dora.of('update').length).toBe(1);
  expect(dora.heard.findLast(({ type }) => type === 'step2' || type === 'update')?.type).toBe('step2');
  expect(sync.rooms.open(ROOM).isBuilt).toBe(false);
  expect(dora.doc.getMap('records').toJSON()).toEqual(cara.doc.getMap('records').toJSON());
});

test('a room that is built in slices has what somebody wrote meanwhile, who does not wait for it', async () => {
  const { sync } = restartedWithMuch();
  const preparing = sync.rooms.prepare(ROOM);
  const ben = sync.connect({ id: 'ben' });
  ben.hello();
  ben.handshake();
  ben.takeIn();
  ben.update(ben.edit((records) => records.set('deal_meanwhile', '{}')));
  sync.flush();
  const room = await preparing;
  expect(room).toBe(sync.rooms.open(ROOM));
  expect(room.doc.getMap('records').get('deal_meanwhile')).toBe('{}');
  expect(room.doc.getMap('records').size).toBe(202);

  sync.rooms.close();
  sync.restart();
  const again = await sync.rooms.prepare(ROOM);
  expect(again.isBuilt).toBe(true);
  expect(again.lastSeq).toBe(room.lastSeq);
  expect(again.doc.getMap('records').toJSON()).toEqual(room.doc.getMap('records').toJSON());
  const anna = sync.connect({ id: 'anna' });
  anna.hello();
  anna.handshake();
  anna.update(anna.edit((records) => records.set('deal_later', '{}')));
  sync.flush();
  expect(again.doc.getMap('records').get('deal_later')).toBe('{}');
});
