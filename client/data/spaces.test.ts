// @vitest-environment node
/** Private spaces against a real server process: what members have, and that nobody outside gets a byte of it. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createDeal } from '../../shared/commands/deal-commands.ts';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { starRecord } from '../../shared/commands/star-commands.ts';
import { contact } from '../../shared/entities/contact.ts';
import { deal } from '../../shared/entities/deal.ts';
import { task } from '../../shared/entities/task.ts';
import { Device } from '../testing/device.ts';
import { type Person, TeamServer } from '../testing/team-server.ts';
import { until } from '../testing/until.ts';

const SECRET = 'Nightingale';

const server = new TeamServer();
let anna: Person;
let bert: Person;
let cara: Person;
const devices: Device[] = [];

beforeAll(async () => {
  await server.start();
  anna = await server.setUp('Anna');
  bert = await server.newcomer(anna, 'Bert');
  cara = await server.newcomer(anna, 'Cara');
}, 30_000);

afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});

afterAll(() => server.remove());

class Laptop extends Device {
  private readonly heard: Buffer[] = [];

  /** Every frame and every HTTP body it was sent. */
  wire(): Buffer {
    return Buffer.concat(this.heard);
  }

  /** Everything in its IndexedDB. */
  kept(): Promise<string> {
    return databasesOf(this.person);
  }

  protected override async onAnswer(_path: string, answer: Response): Promise<Response> {
    this.heard.push(Buffer.from(await answer.clone().arrayBuffer()));
    return answer;
  }

  protected override onMessage(data: Buffer): void {
    this.heard.push(Buffer.from(data));
  }
}

async function open(person: Person): Promise<Laptop> {
  const device = new Laptop(server, person);
  devices.push(device);
  await device.open();
  await until('the stages are here', () => device.workspace.collection('stage').count() > 0);
  return device;
}

async function databasesOf(person: Person): Promise<string> {
  const names = (await indexedDB.databases()).flatMap(({ name }) => (name?.includes(person.me.userId) ? [name] : []));
  const contents = await Promise.all(names.map(contentOf));
  return [...names, ...contents].join('\n');
}

function contentOf(name: string): Promise<string> {
  return new Promise((settle, reject) => {
    const request = indexedDB.open(name);
    let isGone = false;
    // Removed since it was listed: looking must not make it again.
    request.onupgradeneeded = () => {
      isGone = true;
      request.transaction?.abort();
    };
    request.onerror = () => (isGone ? settle('') : reject(request.error));
    request.onsuccess = () => {
      const db = request.result;
      const stores = [...db.objectStoreNames];
      const transaction = db.transaction(stores, 'readonly');
      const texts: string[] = [];
      for (const store of stores) {
        const all = transaction.objectStore(store).getAll();
        all.onsuccess = () => {
          for (const value of all.result) {
            texts.push(value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : JSON.stringify(value));
          }
        };
      }
      transaction.oncomplete = () => {
        db.close();
        settle(texts.join('\n'));
      };
    };
  });
}

async function makeSpace({ cookie }: Person, name: string, ...others: readonly Person[]): Promise<string> {
  const { space } = await server.json<{ space: { id: string } }>('POST', '/api/spaces', { cookie, body: { name } });
  for (const { me } of others) {
    await server.ask('POST', `/api/spaces/${space.id}/members`, { cookie, body: { userId: me.userId } });
  }
  return space.id;
}

const isSent = ({ workspace }: Laptop) =>
  workspace.sync.state() === 'synced' && workspace.sync.waitingCount() === 0 && workspace.unsentCount() === 0;

/** On a slow machine the first rooms are in step before the next ones are opened. */
const hasAddressBook = ({ workspace }: Laptop, space: string) =>
  [...workspace.roomsHere()].some(({ name }) => name.startsWith(`${space}.directory`));

const firstStage = ({ workspace }: Laptop) => workspace.collection('stage').all()[0]?.id ?? '';

test('a member outside a space never receives one byte of it, on the wire or on the device', async () => {
  const space = await makeSpace(bert, 'Acquisitions', cara);
  const [outside, mine, theirs] = await Promise.all([open(anna), open(bert), open(cara)]);
  await until('everybody is in step', () => [outside, mine, theirs].every(isSent));
  mine.workspace.spaces.show(space);
  const person = mine.workspace.run('New contact', (tx) =>
    createRecord(tx, { entity: contact, values: { firstName: SECRET } }),
  );
  const dealId = mine.workspace.run('New deal', (tx) =>
    createDeal(tx, {
      stageId: firstStage(mine),
      values: { title: `${SECRET} takeover`, contacts: [{ contact: person, role: '' }] },
    }),
  );
  // Looking at everything again, what is about the private deal stays with it: a task, a star, a text.
  mine.workspace.spaces.show(null);
  const taskId = mine.workspace.run('New task', (tx) =>
    createRecord(tx, { entity: task, values: { title: `Call ${SECRET}`, about: [dealId] } }),
  );
  mine.workspace.run('Star', (tx) => starRecord(tx, { id: dealId, starred: true }));
  mine.workspace.texts.write(dealId, {
    type: 'doc',
    content: [{ type: 'paragraph', content: [{ type: 'text', text: `${SECRET} brief` }] }],
  });
  const brief = mine.workspace.texts.open(dealId, '');
  const common = mine.workspace.run('New contact', (tx) =>
    createRecord(tx, { entity: contact, values: { firstName: 'Femke' } }),
  );
  await until('the colleague has it', () => theirs.workspace.collection('task').peek(taskId) !== undefined);
  await until('everybody has what is common', () => outside.workspace.collection('contact').peek(common) !== undefined);
  await until('it is sent', () => isSent(mine));
  brief?.release();
  expect(theirs.workspace.collection('deal').peek(dealId)?.title).toBe(`${SECRET} takeover`);
  expect([dealId, person, taskId, common].map(theirs.workspace.spaces.of)).toEqual([space, space, space, 'team']);
  // What shows that this test would see it: the common record came this way.
  await until('it is kept', async () => (await outside.kept()).includes('Femke'));
  const wire = outside.wire();
  const kept = await outside.kept();
  expect(wire.includes('Femke')).toBe(true);
  for (const secret of [SECRET, dealId, person, taskId, space]) {
    expect([secret, wire.includes(secret), kept.includes(secret)]).toEqual([secret, false, false]);
  }
}, 60_000);

test('a query shows the space that is looked at, and everything again after that', async () => {
  const space = await makeSpace(bert, 'Fund', cara);
  const mine = await open(bert);
  await until('in step', () => isSent(mine));
  const { workspace } = mine;
  const query = workspace.createQuery('contact', () => ({}));
  const before = query.size();
  workspace.spaces.show(space);
  expect(query.size()).toBe(0);
  const id = workspace.run('New', (tx) => createRecord(tx, { entity: contact, values: { firstName: 'Ida' } }));
  expect([query.ids(), workspace.spaces.of(id)]).toEqual([[id], space]);
  workspace.spaces.show('team');
  expect(query.ids()).not.toContain(id);
  workspace.spaces.show(null);
  expect(query.size()).toBe(before + 1);
  await workspace.undo();
  expect(workspace.collection('contact').byId(id)).toBeUndefined();
  await workspace.redo();
  expect(workspace.spaces.of(id)).toBe(space);
}, 30_000);

test('who is added sees the space without signing in again; who is removed loses the copy of it', async () => {
  const space = await makeSpace(bert, 'Board');
  const [mine, hers] = await Promise.all([open(bert), open(cara)]);
  await until('in step', () => isSent(mine) && isSent(hers));
  mine.workspace.spaces.show(space);
  const id = mine.workspace.run('New', (tx) =>
    createRecord(tx, { entity: contact, values: { firstName: `${SECRET} Board` } }),
  );
  await until('sent', () => isSent(mine));
  const { cookie } = bert;
  const { userId } = cara.me;
  await server.ask('POST', `/api/spaces/${space}/members`, { cookie, body: { userId } });
  await until('it comes', () => hers.workspace.collection('contact').peek(id) !== undefined);
  await until('it is kept', async () => (await hers.kept()).includes(id));
  await server.ask('DELETE', `/api/spaces/${space}/members/${userId}`, { cookie });
  await until('it goes', () => hers.workspace.collection('contact').peek(id) === undefined);
  await until('it is not kept', async () => !(await hers.kept()).includes(space));
  expect((await hers.kept()).includes(`${SECRET} Board`)).toBe(false);
  expect(hers.workspace.spaces.list().map((each) => each.id)).not.toContain(space);
  await until('the rest goes on', () => isSent(hers));
}, 60_000);

test('what somebody wrote there and had not sent can be saved before it goes', async () => {
  const space = await makeSpace(bert, 'Plans', cara);
  const hers = await open(cara);
  hers.workspace.spaces.show(space);
  await until('in step', () => isSent(hers) && hasAddressBook(hers, space));
  const id = hers.workspace.run('New', (tx) => createRecord(tx, { entity: contact, values: { firstName: 'Ida' } }));
  await until('sent', () => isSent(hers));
  // Out, and writing before the device has heard of it.
  const gone = server.ask('DELETE', `/api/spaces/${space}/members/${cara.me.userId}`, bert);
  for (const room of hers.workspace.roomsHere()) if (room.name.startsWith(space)) room.connection.destroy();
  hers.workspace.run('Edit', (tx) => editRecords(tx, { entity: contact, ids: [id], changes: { lastName: SECRET } }));
  await gone;
  await hers.session?.check();
  await until('it is offered', () => hers.workspace.spaces.left().length === 1);
  const [left] = hers.workspace.spaces.left();
  expect(left?.name).toBe('Plans');
  expect(await (await left?.exportUnsent())?.text()).toContain(SECRET);
  expect(hers.workspace.collection('contact').peek(id)).toBeUndefined();
  expect(await hers.workspace.signOut({ discard: false })).toBe('changes-wait');
  expect(await hers.kept()).toContain(space);
  await left?.remove();
  expect(await hers.kept()).not.toContain(space);
  expect(hers.workspace.spaces.left()).toEqual([]);
}, 60_000);

test('a moved record goes over on every screen, and an edit made meanwhile goes with it', async () => {
  const space = await makeSpace(bert, 'Deals', cara);
  const [outside, mine, theirs] = await Promise.all([open(anna), open(bert), open(cara)]);
  await until('in step', () => [outside, mine, theirs].every(isSent));
  const id = outside.workspace.run('New deal', (tx) =>
    createDeal(tx, { stageId: firstStage(outside), values: { title: 'Route planner' } }),
  );
  await until('it is here', () => mine.workspace.collection('deal').peek(id) !== undefined);
  await until('sent', () => isSent(outside));
  for (const room of outside.workspace.roomsHere()) room.connection.dropLine();
  outside.workspace.run('Edit', (tx) => editRecords(tx, { entity: deal, ids: [id], changes: { title: 'Planner' } }));
  const { cookie } = bert;
  const moved = await server.json('POST', '/api/spaces/move', { cookie, body: { to: space, ids: [id] } });
  expect(moved).toEqual({ moved: [id] });
  await until('it is gone outside', () => outside.workspace.collection('deal').peek(id) === undefined);
  await until('it is in the space', () => theirs.workspace.spaces.of(id) === space);
  await until('the edit followed', () => theirs.workspace.collection('deal').peek(id)?.title === 'Planner');
  expect(mine.workspace.collection('deal').peek(id)?.title).toBe('Planner');
}, 60_000);
