import { expect, test } from 'vitest';
import * as Y from 'yjs';
import { setUpWorkspace } from '../../shared/commands/workspace-commands.ts';
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

test('the refusal says what to do, and where the change still is', () => {
  const { write, refusals, stageId } = setUpWriter('member');
  write((map) => map.set(editKey(stageId(), 'name', STAMP), 'Mine'));
  expect(refusals().at(-1)?.message).toBe(
    'Only an owner or an admin can change the workspace’s settings. Ask one of them, or for the right. ' +
      'Your change is still on this device only.',
  );
});
