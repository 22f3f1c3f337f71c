import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { editKey } from '../../shared/sync/record-keys.ts';
import { formatStamp, stampTime } from '../../shared/sync/stamp.ts';
import { createHistory } from '../storage/history.ts';
import { ROOM, setUpMemorySync } from '../testing/memory-sync.ts';

const NOW = 1_800_000_000_000;
const stampAt = (time: number) => formatStamp(time, 0, 'annaaa0001');

function setUp() {
  const sync = setUpMemorySync({ now: () => NOW });
  const anna = sync.connect();
  anna.hello();
  anna.handshake();
  const rows = () => {
    sync.flush();
    return sync.db.prepare('SELECT record, field, old, new, user, device, stamp, flag FROM changes ORDER BY id').all();
  };
  return { sync, anna, rows };
}

test('an edit is told with what its writer saw before, and by whom', () => {
  const { anna, rows } = setUp();
  const [made, first, second] = [stampAt(NOW - 3_000), stampAt(NOW - 2_000), stampAt(NOW - 1_000)];
  anna.update(anna.edit((records) => records.set('deal_a', JSON.stringify({ t: 'deal', s: made, title: 'Old' }))));
  anna.update(anna.edit((records) => records.set(editKey('deal_a', 'title', first), 'New')));
  anna.update(
    anna.edit((records) => {
      records.delete(editKey('deal_a', 'title', first));
      records.set(editKey('deal_a', 'title', second), 'Newer');
    }),
  );
  const common = { record: 'deal_a', user: 'anna', device: anna.doc.clientID, flag: null };
  expect(rows()).toEqual([
    { ...common, field: '', old: null, new: null, stamp: made },
    { ...common, field: 'title', old: '"Old"', new: '"New"', stamp: first },
    { ...common, field: 'title', old: '"New"', new: '"Newer"', stamp: second },
  ]);
});

test('the user is the session’s, whatever the payload says', () => {
  const { sync, rows } = setUp();
  const eve = sync.connect({ id: 'eve' });
  eve.handshake();
  eve.update(eve.edit((records) => records.set(editKey('deal_a', 'title', stampAt(NOW)), 'signed: anna')));
  expect(rows()).toMatchObject([{ user: 'eve' }]);
});

test('history that was not written when the process died is written at the next start', () => {
  const { sync, anna, rows } = setUp();
  anna.update(anna.edit((records) => records.set(editKey('deal_a', 'title', stampAt(NOW)), 'x')));
  // Everything is committed, and the rows wait in the memory of a process that dies here.
  sync.db.exec('DELETE FROM changes');
  sync.flush();
  sync.db.exec('DELETE FROM changes; UPDATE rooms SET history_seq = 0');
  sync.restart();
  sync.rooms.open(ROOM);
  expect(rows()).toMatchObject([{ record: 'deal_a', field: 'title', new: '"x"' }]);
});

test('a stamp from the future becomes one of now; the history keeps the original, flagged [S3.11]', () => {
  const { sync, anna, rows } = setUp();
  const future = stampAt(NOW + 86_400_000);
  const ben = sync.connect({ id: 'ben' });
  ben.handshake();
  anna.update(
    anna.edit((records) => {
      records.set('deal_b', JSON.stringify({ t: 'deal', s: future, title: 'B' }));
      records.set(editKey('deal_a', 'title', future), 'x');
      records.set(editKey('deal_a', 'value', future), 1);
    }),
  );
  sync.flush();
  const keys = [...sync.rooms.open(ROOM).doc.getMap('records').keys()].sort();
  expect(keys).toHaveLength(3);
  const stamps = keys.filter((key) => key.includes('/')).map((key) => key.split('/')[2] ?? '');
  expect(new Set(stamps).size).toBe(1);
  expect(stamps[0]?.startsWith(NOW.toString(36).padStart(9, '0'))).toBe(true);
  expect(sync.rooms.open(ROOM).doc.getMap('records').get('deal_b')).toBe(
    JSON.stringify({ t: 'deal', s: stamps[0], title: 'B' }),
  );
  ben.takeIn();
  anna.takeIn();
  expect([...ben.doc.getMap('records').keys()].sort()).toEqual(keys);
  expect([...anna.doc.getMap('records').keys()].sort()).toEqual(keys);
  expect(rows().filter((row) => (row as { flag: unknown }).flag === 'clock-ahead')).toHaveLength(3);
  expect(rows().filter((row) => (row as { user: unknown }).user === null)).toHaveLength(3);
});

test('a stamp from the future that was stored by a process that died is one of now after the next start [S3.11]', async () => {
  const { sync, anna } = setUp();
  const device = new Y.Doc();
  device.getMap('records').set(editKey('deal_a', 'title', stampAt(NOW + 86_400_000)), 'x');
  const data = Y.encodeStateAsUpdate(device);
  // Committed, and neither applied nor told to anybody: the process dies here.
  sync.log.commit({
    updates: [{ room: ROOM, data, userId: 'anna', claims: [{ client: device.clientID, userId: 'anna' }] }],
    quarantine: [],
    changes: [],
    historySeqs: new Map(),
  });
  sync.restart();
  const { doc } = sync.rooms.open(ROOM);
  await nextTurn();
  const [key = ''] = doc.getMap('records').keys();
  expect(stampTime(key.split('/')[2] ?? '')).toBeLessThanOrEqual(NOW + 120_000);
  // And so it is for whoever comes.
  anna.doc.destroy();
  const ben = sync.connect({ id: 'ben' });
  ben.handshake();
  expect([...ben.doc.getMap('records').keys()]).toEqual([key]);
});

test('who comes with the state of others before a re-stamping gets it too [S3.11]', () => {
  const { sync, anna } = setUp();
  const first = sync.connect({ id: 'ben' });
  first.handshake();
  anna.update(anna.edit((records) => records.set(editKey('deal_a', 'title', stampAt(NOW + 86_400_000)), 'x')));
  sync.flush();
  const second = sync.connect({ id: 'carla' });
  second.handshake();
  expect([...second.doc.getMap('records').keys()]).toEqual([...sync.rooms.open(ROOM).doc.getMap('records').keys()]);
});

test('the moves of a deal are re-stamped too, in their order, wherever they stand [S3.11]', () => {
  const { sync, anna } = setUp();
  const [first, second, folded] = [1, 2, 3].map((day) => stampAt(NOW + day * 86_400_000)) as [string, string, string];
  const move = (stamp: string, to: string) => ({ stamp, from: '', to, by: 'member_a' });
  anna.update(
    anna.edit((records) => {
      const base = { t: 'deal', s: stampAt(NOW - 1), f: { title: folded }, stages: [move(first, 'stage_a')] };
      records.set('deal_b', JSON.stringify(base));
      // The move is from the future, the edit that brings it claims to be from now.
      records.set(editKey('deal_b', `stages:${second}`, stampAt(NOW)), move(second, 'stage_b'));
    }),
  );
  sync.flush();
  const records = sync.rooms.open(ROOM).doc.getMap('records');
  const base = JSON.parse(records.get('deal_b') as string) as {
    s: string;
    f: { title: string };
    stages: { stamp: string }[];
  };
  const [editedKey = ''] = [...records.keys()].filter((key) => key.includes('/stages:'));
  const edited = records.get(editedKey) as { stamp: string };
  expect(base.s).toBe(stampAt(NOW - 1));
  const stamps = [base.stages[0]?.stamp ?? '', edited.stamp, base.f.title];
  for (const stamp of stamps) expect(stampTime(stamp)).toBeLessThanOrEqual(NOW + 10);
  expect([...stamps].sort()).toEqual(stamps);
  expect(editedKey).toBe(editKey('deal_b', `stages:${edited.stamp}`, stampAt(NOW)));
  expect(records.size).toBe(2);
});

test('a clock two minutes ahead is an honest one and left alone [S3.11]', () => {
  const { sync, anna } = setUp();
  const key = editKey('deal_a', 'title', stampAt(NOW + 119_000));
  anna.update(anna.edit((records) => records.set(key, 'x')));
  sync.flush();
  expect(sync.rooms.open(ROOM).doc.getMap('records').has(key)).toBe(true);
});

test('what was shown at a moment is what had won until then, also where people wrote apart', () => {
  let now = NOW;
  const sync = setUpMemorySync({ now: () => now });
  const [anna, ben] = [sync.connect(), sync.connect({ id: 'ben' })];
  anna.handshake();
  anna.update(
    anna.edit((records) => records.set('deal_a', JSON.stringify({ t: 'deal', s: stampAt(NOW), title: 'Old' }))),
  );
  sync.flush();
  ben.handshake();
  /** Arrives so long after the beginning; the writer has seen nothing of the other. */
  const write = (who: typeof anna, { arrives, made }: { arrives: number; made: number }, title: string) => {
    now = NOW + arrives;
    who.update(who.edit((records) => records.set(editKey('deal_a', 'title', stampAt(NOW + made)), title)));
    sync.flush();
  };
  write(anna, { arrives: 1_000, made: 1_000 }, 'Anna’s');
  write(ben, { arrives: 2_000, made: 500 }, 'Ben’s, earlier and late');
  write(ben, { arrives: 3_000, made: 2_500 }, 'Ben’s');
  const history = createHistory(sync.db);
  const titleAt = (at: number) => {
    const ask = { at: NOW + at, spaces: ['team'] };
    const [of, all] = [history.valuesOf('deal_a', ask), history.valuesAt('pipeline', ask)];
    expect(of).toEqual(all);
    return of.find(({ field }) => field === 'title')?.old;
  };
  expect([500, 1_500, 2_700].map(titleAt)).toEqual(['"Old"', '"Anna’s"', '"Anna’s"']);
  expect(titleAt(3_000)).toBeUndefined();
});
