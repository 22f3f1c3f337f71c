// @vitest-environment node
/** Two people's workspaces against a real server process: real sockets, real SQLite, IndexedDB in memory. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import * as Y from 'yjs';
import type { Tx } from '../../shared/commands/command.ts';
import { createDeal, moveDeal } from '../../shared/commands/deal-commands.ts';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { contact } from '../../shared/entities/contact.ts';
import { deal } from '../../shared/entities/deal.ts';
import { entities } from '../../shared/entities/registry.ts';
import { RoomRecords } from '../../shared/sync/room-records.ts';
import { socketsOf } from '../testing/device.ts';
import { type Person, TeamServer } from '../testing/team-server.ts';
import { until } from '../testing/until.ts';
import type { DeviceCopy } from './export-local-data.ts';
import { type OpenWorkspace, openWorkspace } from './open-workspace.ts';

const server = new TeamServer();
let anna: Person;
let bert: Person;
const open: OpenWorkspace[] = [];

beforeAll(async () => {
  await server.start();
  anna = await server.setUp('Anna');
  bert = await server.newcomer(anna, 'Bert');
}, 30_000);

afterEach(async () => {
  for (const workspace of open.splice(0)) await workspace.dispose();
});

afterAll(() => server.remove());

async function roomsAndServer({ cookie }: Person): Promise<{ rooms: readonly string[]; serverId: string }> {
  const [{ rooms }, { serverId }] = await Promise.all([
    server.json<{ rooms: readonly { name: string }[] }>('GET', '/api/rooms', { cookie }),
    server.json<{ serverId: string }>('GET', '/api/status'),
  ]);
  return { rooms: rooms.map((room) => room.name), serverId };
}

async function openFor(person: Person): Promise<OpenWorkspace> {
  const { rooms, serverId } = await roomsAndServer(person);
  return openWith(person, rooms, serverId);
}

async function openWith(
  person: Person,
  rooms: readonly string[],
  serverId: string,
  websocketUrl = server.websocketUrl,
): Promise<OpenWorkspace> {
  const workspace = await openWorkspace({
    me: person.me,
    serverId,
    rooms,
    websocketUrl,
    build: 'test',
    webSocket: socketsOf(() => person.cookie),
    random: () => 0.05,
  });
  open.push(workspace);
  return workspace;
}

async function firstStage(workspace: OpenWorkspace): Promise<string> {
  await until('the board is here', () => workspace.isLoaded('pipeline') && workspace.collection('stage').count() > 0);
  return (
    workspace
      .collection('stage')
      .all()
      .find((each) => each.type === 'open' && each.name === 'Lead')?.id ?? ''
  );
}

async function addDeal(workspace: OpenWorkspace, title: string): Promise<string> {
  const stageId = await firstStage(workspace);
  return workspace.run('New deal', (tx) => createDeal(tx, { stageId, values: { title } }));
}

const titleIn = (workspace: OpenWorkspace, id: string) => workspace.collection('deal').peek(id)?.title;
const isSynced = (workspace: OpenWorkspace) =>
  workspace.sync.state() === 'synced' && workspace.sync.waitingCount() === 0;

test('two people see each other’s changes at once, and both are synced', async () => {
  const [annas, berts] = await Promise.all([openFor(anna), openFor(bert)]);
  const id = await addDeal(annas, 'Route planner');
  expect(titleIn(annas, id)).toBe('Route planner');
  await until('Bert sees it', () => titleIn(berts, id) === 'Route planner');
  berts.run('Renamed', (tx) => editRecords(tx, { entity: deal, ids: [id], changes: { title: 'Route planner 2' } }));
  await until('Anna sees the new name', () => titleIn(annas, id) === 'Route planner 2');
  await until('nothing waits', () => isSynced(annas) && isSynced(berts));
  await until('it is known when', () => annas.sync.lastSyncedAt() !== null);
});

test('with the server killed everything goes on, a reload still knows what waits, and it all arrives later', async () => {
  const before = await openFor(anna);
  const berts = await openFor(bert);
  const id = await addDeal(before, 'Cold-room sensors');
  await until('synced', () => isSynced(before) && titleIn(berts, id) !== undefined);

  const { rooms, serverId } = await roomsAndServer(anna);
  await server.kill();
  await until('offline', () => before.sync.state() === 'offline');
  expect(before.sync.nextAttemptAt()).not.toBeNull();
  const stages = before
    .collection('stage')
    .all()
    .filter((each) => each.type !== 'lost');
  const target = stages.find((each) => each.name === 'Proposal');
  before.run('Moved', (tx) => moveDeal(tx, { id, to: { stageId: target?.id ?? '' } }));
  before.run('Edited', (tx) =>
    editRecords(tx, { entity: deal, ids: [id], changes: { nextStep: 'Call', product: 'S1' } }),
  );
  before.run('Added', (tx) =>
    createRecord(tx, { entity: contact, values: { firstName: 'Marta', lastName: 'Halvorsen' } }),
  );
  await until('counted', () => before.sync.waitingCount() === 4);
  expect(before.isWaiting(id)).toBe(true);
  await before.dispose();
  open.splice(open.indexOf(before), 1);

  const after = await openWith(anna, rooms, serverId);
  await until('the directory is loaded', () => after.isLoaded('directory'));
  await until('counted again', () => after.sync.waitingCount() === 4);
  expect(
    after.sync
      .waiting()
      .map(({ text }) => text)
      .sort(),
  ).toEqual(['Added Marta Halvorsen', 'Edited 2 fields of Cold-room sensors', 'Moved Cold-room sensors']);
  expect(after.sync.state()).toBe('offline');
  expect(await after.signOut({ discard: false })).toBe('changes-wait');
  const copy = JSON.parse(await (await after.exportLocalData('waiting')).text()) as DeviceCopy;
  expect(Object.keys(copy.records).sort()).toEqual(['contact', 'deal']);
  expect(copy.records.deal?.map((each) => each.id)).toEqual([id]);
  expect(Object.keys(copy.updates).sort()).toEqual(['team.directory.1', 'team.pipeline.1']);
  expect(titleIn(after, id)).toBe('Cold-room sensors');

  await server.start();
  await until('sent', () => isSynced(after));
  await until('Bert has it', () => berts.collection('deal').peek(id)?.nextStep === 'Call');
  expect(berts.collection('deal').peek(id)?.place[1]).toBe(target?.id);
}, 30_000);

test('a second tab of one person sees edits without the server, and both count as waiting until it is back', async () => {
  const one = await openFor(anna);
  const { rooms, serverId } = await roomsAndServer(anna);
  const two = await openWith(anna, rooms, serverId);
  const id = await addDeal(one, 'Two tabs');
  await until('synced', () => isSynced(one) && isSynced(two) && titleIn(two, id) !== undefined);
  await server.kill();
  await until('offline', () => one.sync.state() === 'offline' && two.sync.state() === 'offline');
  one.run('Edited', (tx) => editRecords(tx, { entity: deal, ids: [id], changes: { title: 'From tab one' } }));
  await until('the other tab shows it', () => titleIn(two, id) === 'From tab one');
  await until('the other tab counts it', () => two.sync.waitingCount() === 1);
  await one.dispose();
  open.splice(open.indexOf(one), 1);
  await server.start();
  await until('the other tab sends it', () => isSynced(two));
  const berts = await openFor(bert);
  await until('Bert has it', () => titleIn(berts, id) === 'From tab one');
}, 30_000);

test('a copy of everything on the device brings every record back', async () => {
  const workspace = await openFor(anna);
  const id = await addDeal(workspace, 'In the copy');
  const copy = JSON.parse(await (await workspace.exportLocalData('everything')).text()) as DeviceCopy;
  expect(copy.records.deal?.find((each) => each.id === id)?.title).toBe('In the copy');
  const doc = new Y.Doc();
  Y.applyUpdate(doc, Buffer.from(copy.updates['team.pipeline.1'] ?? '', 'base64'));
  expect(new RoomRecords(doc, entities).get(id)?.title).toBe('In the copy');
});

test('undo leaves alone what somebody else has changed since, and says who', async () => {
  const [annas, berts] = await Promise.all([openFor(anna), openFor(bert)]);
  const id = await addDeal(annas, 'Undo');
  const edit = (workspace: OpenWorkspace, changes: { title?: string; product?: string }) =>
    workspace.run('Edited', (tx) => editRecords(tx, { entity: deal, ids: [id], changes }));
  edit(annas, { title: 'By Anna', product: 'A' });
  await until('Bert sees it', () => titleIn(berts, id) === 'By Anna');
  edit(berts, { title: 'By Bert' });
  await until('Anna sees it', () => titleIn(annas, id) === 'By Bert');
  expect(annas.undoLabel()).toBe('Edited');
  expect(await annas.undo()).toEqual({ label: 'Edited', skipped: 1, skippedBy: 'Bert' });
  expect(annas.collection('deal').peek(id)).toMatchObject({ title: 'By Bert', product: '' });
  expect(await annas.redo()).toEqual({ label: 'Edited', skipped: 0, skippedBy: null });
  expect(annas.collection('deal').peek(id)).toMatchObject({ title: 'By Bert', product: 'A' });
});

test('a large import runs in slices, is one step, and a cancelled one leaves nothing', async () => {
  const workspace = await openFor(anna);
  await until('loaded', () => workspace.isLoaded('directory'));
  const before = workspace.collection('contact').count();
  const steps = function* (batch: string) {
    for (let index = 0; index < 3_000; index++) {
      yield (tx: Tx) => void tx.insert(contact, { firstName: `Nr ${index}`, batch });
    }
  };
  const progress: number[] = [];
  const onProgress = ({ done }: { done: number }) => void progress.push(done);
  expect(await workspace.runSteps('Import', steps('b1'), { total: 3_000, onProgress })).toBe('done');
  expect(workspace.sync.isStored()).toBe(true);
  // What a page finds that opens now, after this one died without a chance to write anything more.
  const { rooms, serverId } = await roomsAndServer(anna);
  const next = await openWith(anna, rooms, serverId, 'ws://127.0.0.1:9/sync');
  await until('loaded', () => next.isLoaded('directory'));
  expect(next.collection('contact').count()).toBe(before + 3_000);
  expect(progress.at(-1)).toBe(3_000);
  expect(progress.length).toBeGreaterThan(3);
  expect(workspace.collection('contact').count()).toBe(before + 3_000);
  await workspace.undo();
  expect(workspace.collection('contact').count()).toBe(before);

  const stop = new AbortController();
  const cancelled = workspace.runSteps('Import', steps('b2'), {
    total: 3_000,
    signal: stop.signal,
    onProgress: ({ done }) => {
      if (done > 500) stop.abort();
    },
  });
  expect(await cancelled).toBe('cancelled');
  expect(workspace.collection('contact').count()).toBe(before);
  expect(workspace.undoLabel()).toBeNull();
});
