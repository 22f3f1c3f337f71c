import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { setUpWorkspace } from '../../shared/commands/workspace-commands.ts';
import { notice } from '../../shared/entities/notice.ts';
import { entities } from '../../shared/entities/registry.ts';
import type { Role } from '../../shared/model/rights.ts';
import { editKey, RECORDS } from '../../shared/sync/record-keys.ts';
import { ROOM, setUpMemorySync } from '../testing/memory-sync.ts';
import { writeOwn } from './own-writes.ts';

const WORKSPACE = 'team.workspace.1';
const OWNER = { id: 'member_anna', name: 'Anna', email: 'anna@acme.test', role: 'owner' } as const;

/** A workspace with a pipeline and an owner, and one person of a role who is connected to a room. */
function setUpWriter(role: Role, room = WORKSPACE) {
  const sync = setUpMemorySync();
  for (const name of [WORKSPACE, ROOM]) sync.log.ensureRoom(name);
  writeOwn(sync.rooms, { actor: null, kinds: ['workspace'] }, (tx) =>
    setUpWorkspace(tx, { name: 'Acme', currency: 'EUR', owner: OWNER }),
  );
  const client = sync.connect({ id: 'ben', role, room, isAccount: (id) => id === OWNER.id });
  client.hello();
  client.handshake();
  const server = sync.rooms.open(room);
  const refusals = () => client.of('refused').map(({ refused }) => refused);
  /** What somebody with a changed client sends, and the code it is refused with; null when it was taken. */
  function write(change: (map: Y.Map<unknown>) => void): string | null {
    const before = refusals().length;
    client.update(client.edit(change));
    sync.flush();
    return refusals()[before]?.code ?? null;
  }
  const stageId = () => [...sync.rooms.open(WORKSPACE).records.ids(entities.stage.name)][0] ?? '';
  return { sync, client, write, refusals, server, stageId };
}

const STAMP = '0lzzzzzzz0000abcdef0000';

test('a member cannot change a stage, the workspace’s name or an account through sync [S3.12]', () => {
  for (const key of [(id: string) => editKey(id, 'name', STAMP), () => editKey('workspace_settings', 'name', STAMP)]) {
    const { write, stageId, server } = setUpWriter('member');
    const size = server.doc.getMap(RECORDS).size;
    expect(write((map) => map.set(key(stageId()), 'Mine'))).toBe('not-allowed');
    expect(server.doc.getMap(RECORDS).size).toBe(size);
  }
  const { write } = setUpWriter('member');
  expect(write((map) => map.set(editKey(OWNER.id, 'role', STAMP), 'viewer'))).toBe('not-allowed');
});

test('a member cannot overwrite or delete the record of a stage either [S3.12]', () => {
  const first = setUpWriter('member');
  const id = first.stageId();
  expect(first.write((map) => map.set(id, '{"t":"stage","name":"Mine"}'))).toBe('not-allowed');
  expect(first.server.records.get(id)?.name).not.toBe('Mine');
  const second = setUpWriter('member');
  const other = second.stageId();
  expect(second.write((map) => map.delete(other))).toBe('not-allowed');
  expect(second.server.records.get(other)).toBeDefined();
});

test('a member may add a teammate by name, as an import does', () => {
  const { write, server } = setUpWriter('member');
  expect(write((map) => map.set('member_byname000000001', '{"t":"member","name":"Darcel"}'))).toBeNull();
  expect(server.records.get('member_byname000000001')?.name).toBe('Darcel');
});

test('an admin changes stages, and not even an owner writes an account’s role past the server', () => {
  const admin = setUpWriter('admin');
  expect(admin.write((map) => map.set(editKey(admin.stageId(), 'name', STAMP), 'Enquiry'))).toBeNull();
  const owner = setUpWriter('owner');
  expect(owner.write((map) => map.set(editKey(OWNER.id, 'role', STAMP), 'viewer'))).toBe('not-allowed');
});

test('a setting smuggled into the room of the deals is refused, a deal there is taken [S3.12]', () => {
  const { write, server } = setUpWriter('member', ROOM);
  expect(write((map) => map.set('deal_0000000000000001', '{"t":"deal","title":"Cold rooms"}'))).toBeNull();
  expect(write((map) => map.set('stage_evil00000000001', '{"t":"stage","name":"Mine"}'))).toBe('not-allowed');
  expect(server.records.get('stage_evil00000000001')).toBeUndefined();
});

test('a change beside the records is refused in the workspace room', () => {
  const { sync, client, refusals, server } = setUpWriter('member');
  const doc = new Y.Doc();
  doc.getMap('elsewhere').set('a', 1);
  client.update(Y.encodeStateAsUpdate(doc));
  sync.flush();
  expect(refusals().at(-1)?.code).toBe('not-allowed');
  expect([...server.doc.share.keys()]).toEqual([RECORDS]);
});

test('a viewer’s update is refused in every room, deletions too [S3.9]', () => {
  for (const room of [WORKSPACE, ROOM]) {
    const { write } = setUpWriter('viewer', room);
    expect(write((map) => map.set('deal_0000000000000001', '{}'))).toBe('read-only');
  }
  const { write, stageId, server } = setUpWriter('viewer');
  const id = stageId();
  expect(write((map) => map.delete(id))).toBe('read-only');
  expect(server.records.get(id)).toBeDefined();
});

/** A viewer who was told of something, as a teammate was. */
function setUpTold() {
  const sync = setUpMemorySync();
  const WORK = 'team.work.1';
  for (const name of [WORKSPACE, WORK]) sync.log.ensureRoom(name);
  const [mine = '', hers = ''] = writeOwn(sync.rooms, { actor: null, kinds: ['work'] }, (tx) => {
    tx.insert(entities.task, { title: 'Call back' }, TASK);
    return ['member_ben', OWNER.id].map((owner) => tx.insert(notice, { owner, kind: 'mention', text: 'Ben, look' }));
  });
  const client = sync.connect({ id: 'ben', role: 'viewer', room: WORK });
  client.hello();
  client.handshake();
  const { records } = sync.rooms.open(WORK);
  const size = () => sync.rooms.open(WORK).doc.getMap(RECORDS).size;
  function send(update: Uint8Array): string | null {
    const before = client.of('refused').length;
    client.update(update);
    sync.flush();
    return client.of('refused')[before]?.refused.code ?? null;
  }
  const write = (change: (map: Y.Map<unknown>) => void) => send(client.edit(change));
  return { sync, client, mine, hers, records, size, send, write };
}

const TASK = 'task_0000000000000001';
const LATER = '0lzzzzzzz0001abcdef0000';

test('a viewer marks their own notices read, put off, done and new again [S3.9]', () => {
  const { mine, records, write } = setUpTold();
  expect(write((map) => map.set(editKey(mine, 'readAt', STAMP), 5))).toBeNull();
  for (const path of ['doneAt', 'snoozedUntil', 'shownAt']) {
    expect(write((map) => map.set(editKey(mine, path, STAMP), 7))).toBeNull();
  }
  expect(records.get(mine)).toMatchObject({ readAt: 5, doneAt: 7, snoozedUntil: 7, shownAt: 7 });
  const again = write((map) => {
    map.set(editKey(mine, 'readAt', LATER), null);
    map.delete(editKey(mine, 'readAt', STAMP));
  });
  expect(again).toBeNull();
  expect(records.get(mine)?.readAt).toBeNull();
});

test('marks that a viewer made and took back without a line arrive together [S3.9]', () => {
  const { client, mine, records, send } = setUpTold();
  client.edit((map) => map.set(editKey(mine, 'readAt', STAMP), 5));
  client.edit((map) => {
    map.set(editKey(mine, 'readAt', LATER), 9);
    map.delete(editKey(mine, 'readAt', STAMP));
  });
  const asked = client.of('step1').at(-1)?.bytes;
  expect(send(Y.encodeStateAsUpdate(client.doc, asked))).toBeNull();
  expect(records.get(mine)?.readAt).toBe(9);
});

test('nothing else passes beside a viewer’s mark, nor under its name [S3.9]', () => {
  const attempts: readonly ((map: Y.Map<unknown>, ids: { mine: string; hers: string }) => void)[] = [
    (map, { hers }) => map.set(editKey(hers, 'readAt', STAMP), 5),
    (map, { mine }) => map.set(editKey(mine, 'owner', STAMP), OWNER.id),
    (map, { mine }) => map.set(editKey(mine, 'text', STAMP), 'Mine'),
    (map, { mine }) => map.set(editKey(mine, 'deleted', STAMP), true),
    (map, { mine }) => map.set(mine, '{"t":"notice"}'),
    (map, { mine }) => map.delete(mine),
    (map) => map.set('notice_forged0000000001', '{"t":"notice","owner":"member_ben"}'),
    (map) => map.set(editKey('notice_forged0000000001', 'readAt', STAMP), 5),
    (map) => map.set(editKey(TASK, 'doneAt', STAMP), 5),
    (map, { mine }) => map.set(editKey(mine, 'readAt', STAMP), 'x'.repeat(2_000)),
    (map, { mine }) => {
      map.set(editKey(mine, 'readAt', STAMP), 5);
      map.set(editKey(TASK, 'title', STAMP), 'Mine');
    },
    (map, { mine }) => {
      map.set(editKey(mine, 'readAt', STAMP), 5);
      map.delete(TASK);
    },
    (map, { mine }) => {
      map.set(editKey(mine, 'readAt', STAMP), 5);
      map.doc?.getMap('elsewhere').set('a', 1);
    },
    (map, { mine }) => {
      map.set(editKey(mine, 'readAt', STAMP), 5);
      map.doc?.getText(`text:${TASK}`).insert(0, 'Mine');
    },
    (map, { mine }) => map.set(editKey(mine, 'readAt', STAMP), new Y.Map()),
  ];
  for (const [index, attempt] of attempts.entries()) {
    const { mine, hers, size, write } = setUpTold();
    const before = size();
    expect(
      write((map) => attempt(map, { mine, hers })),
      `attempt ${index}`,
    ).toMatch(/^(read-only|malformed)$/);
    expect(size(), `attempt ${index}`).toBe(before);
  }
});

test('an older mark of somebody else’s notice is not a viewer’s to take away [S3.9]', () => {
  const { sync, client, mine, hers, size, write } = setUpTold();
  writeOwn(sync.rooms, { actor: null, kinds: ['work'] }, (tx) => tx.patch(notice, hers, { readAt: 5 }));
  const anna = sync.connect({ id: 'anna', room: 'team.work.1' });
  anna.hello();
  anna.handshake();
  anna.update(anna.edit((map) => map.set(editKey(hers, 'readAt', LATER), 6)));
  sync.flush();
  client.takeIn();
  const before = size();
  const older = [...client.doc.getMap(RECORDS).keys()].find((key) => key.startsWith(`${hers}/readAt/`)) ?? '';
  const code = write((map) => {
    map.set(editKey(mine, 'readAt', STAMP), 5);
    map.delete(older);
  });
  expect(code).toBe('read-only');
  expect(size()).toBe(before);
});

test('the refusal says what to do, and where the change still is', () => {
  const { write, refusals, stageId } = setUpWriter('member');
  write((map) => map.set(editKey(stageId(), 'name', STAMP), 'Mine'));
  expect(refusals().at(-1)?.message).toBe(
    'Only an owner or an admin can change the workspace’s settings. Ask one of them, or for the right. ' +
      'Your change is still on this device only.',
  );
});
