// @vitest-environment node
/** What two people do to each other's work at the worst moment, on the real client data layer against a real server. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createRecord, deleteRecords, editRecords, restoreRecords } from '../../shared/commands/record-commands.ts';
import { contact } from '../../shared/entities/contact.ts';
import { Device } from '../testing/device.ts';
import { type Person, TeamServer } from '../testing/team-server.ts';
import { until } from '../testing/until.ts';

const server = new TeamServer();
let anna: Person;
let bert: Person;
const devices: Laptop[] = [];

beforeAll(async () => {
  await server.start();
  anna = await server.setUp('Anna');
  bert = await server.newcomer(anna, 'Bert');
}, 30_000);
afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});
afterAll(() => server.remove());

class Laptop extends Device {
  frames = 0;

  add(firstName: string): string {
    return this.workspace.run('Added', (tx) => createRecord(tx, { entity: contact, values: { firstName } }));
  }

  edit(id: string, changes: { readonly firstName?: string; readonly jobTitle?: string }): void {
    this.workspace.run('Edited', (tx) => editRecords(tx, { entity: contact, ids: [id], changes }));
  }

  contact(id: string) {
    return this.workspace.collection('contact').peek(id);
  }

  async sent(): Promise<void> {
    await new Promise((next) => setTimeout(next, 50));
    await until('nothing waits', () => isSynced(this));
  }

  protected override onMessage(): void {
    this.frames++;
  }
}

const isSynced = ({ workspace }: Laptop) =>
  workspace.sync.state() === 'synced' && workspace.sync.waitingCount() === 0 && workspace.unsentCount() === 0;

async function open(person: Person): Promise<Laptop> {
  const device = new Laptop(server, person);
  devices.push(device);
  await device.open();
  await until('everything is here', () => device.workspace.isLoaded('directory') && device.workspace.isLoaded('work'));
  return device;
}

/** The lid is closed: the device goes on without a line. */
async function withoutLine(device: Laptop, work: () => void): Promise<void> {
  await device.close();
  device.isOnline = false;
  await device.open();
  await until('the copy is here', () => device.workspace.isLoaded('directory') && device.workspace.isLoaded('work'));
  work();
  await new Promise((next) => setTimeout(next, 50));
  await until('it is stored here', () => device.workspace.sync.isStored());
  await device.close();
}

async function withLine(device: Laptop): Promise<void> {
  device.isOnline = true;
  await device.open();
  await until('everything is here', () => device.workspace.isLoaded('directory') && device.workspace.isLoaded('work'));
}

interface Change {
  readonly record: string;
  readonly field: string;
  readonly old: unknown;
  readonly new: unknown;
  readonly by: string;
  readonly stamp: string;
}

const historyOf = async (search: string) =>
  (await server.json<{ changes: readonly Change[] }>('GET', `/api/history${search}`, anna)).changes;

const setRole = (role: string) =>
  server.json('PATCH', `/api/members/${bert.me.userId}`, { cookie: anna.cookie, body: { role } });

const purge = (ids: readonly string[]) =>
  server.json<{ purged: number }>('POST', '/api/trash/purge', { cookie: anna.cookie, body: { ids } });

test('removed for good while somebody is offline with edits to it: it is gone for both, the edits are in the history, and their author is told', async () => {
  const [mine, his] = await Promise.all([open(anna), open(bert)]);
  const id = mine.add('Femke');
  await until('Bert has her', () => his.contact(id) !== undefined);
  await mine.sent();
  await withoutLine(his, () => his.edit(id, { jobTitle: 'Head of Fleet' }));
  mine.workspace.run('Deleted', (tx) => deleteRecords(tx, { entity: contact, ids: [id] }));
  await mine.sent();
  expect(await purge([id])).toEqual({ purged: 1 });

  await withLine(his);
  await his.sent();
  await until('it is gone on both', () => [mine, his].every((each) => each.contact(id) === undefined));
  expect(his.workspace.sync.refused()).toEqual([]);
  const late = (await historyOf(`?record=${id}`)).find(({ field }) => field === 'jobTitle');
  expect(late).toMatchObject({ new: 'Head of Fleet', by: bert.me.memberId });
  const told = () => [...his.workspace.collection('notice').each()].filter(({ owner }) => owner === bert.me.memberId);
  await until('Bert is told', () => told().length === 1);
  expect(told()[0]?.text).toBe(
    'Femke was removed while you were away. What you changed (job title) is in the history.',
  );
  await his.sent();
  // No loop: nobody answers anybody any more, but for what keeps the line alive.
  const before = [mine.frames, his.frames];
  await new Promise((next) => setTimeout(next, 1_000));
  expect(mine.frames - (before[0] ?? 0)).toBeLessThan(10);
  expect(his.frames - (before[1] ?? 0)).toBeLessThan(10);
  // Neither comes back with the next visit, nor is told again.
  await his.close();
  await withLine(his);
  await his.sent();
  expect(his.contact(id)).toBeUndefined();
  expect(told()).toHaveLength(1);
}, 60_000);

test('a value restored onto a record that was deleted since is kept with it; onto one removed for good it is refused in words', async () => {
  const [mine, his] = await Promise.all([open(anna), open(bert)]);
  const id = mine.add('Oliver');
  mine.edit(id, { firstName: 'Olivier' });
  await until('Bert has him', () => his.contact(id)?.firstName === 'Olivier');
  await mine.sent();
  await withoutLine(his, () => his.edit(id, { firstName: 'Oliver' }));
  mine.workspace.run('Deleted', (tx) => deleteRecords(tx, { entity: contact, ids: [id] }));
  await mine.sent();
  await withLine(his);
  await his.sent();
  await until('both have both', () => [mine, his].every((each) => each.contact(id)?.firstName === 'Oliver'));
  expect(mine.contact(id)?.deleted).toBe(true);
  mine.workspace.run('Restored', (tx) => restoreRecords(tx, { entity: contact, ids: [id] }));
  await until(
    'it is back with it',
    () => his.contact(id)?.deleted === false && his.contact(id)?.firstName === 'Oliver',
  );

  his.workspace.run('Deleted', (tx) => deleteRecords(tx, { entity: contact, ids: [id] }));
  await his.sent();
  const changes = await historyOf(`?record=${id}`);
  await purge([id]);
  await until('it is gone', () => mine.contact(id) === undefined);
  expect(() => mine.edit(id, { firstName: 'Olivier' })).toThrow('This contact is no longer there.');
  const report = await mine.workspace.revert(
    'Taken back',
    changes.map((each) => ({ id, path: each.field, before: each.old, after: each.new, stamp: each.stamp })),
  );
  expect(report.skipped).toBe(changes.length);
  expect(mine.contact(id)).toBeUndefined();
}, 60_000);

test('a role that is lowered while its owner types: nothing more is taken, nothing typed is lost, and all of it arrives when the role is back', async () => {
  const [mine, his] = await Promise.all([open(anna), open(bert)]);
  const id = mine.add('Ines');
  await until('Bert has her', () => his.contact(id) !== undefined);
  await his.sent();
  // He types on while the answer to the change of his role is on its way.
  let typed = 0;
  const typing = setInterval(() => {
    if (!his.workspace.canWrite()) return;
    typed++;
    his.edit(id, { jobTitle: `Letter ${typed}` });
  }, 5);
  await until('he types', () => typed > 5);
  await setRole('viewer');
  await until('he sees that he only looks', () => !his.workspace.canWrite());
  clearInterval(typing);
  expect(his.contact(id)?.jobTitle).toBe(`Letter ${typed}`);
  expect(() => his.edit(id, { jobTitle: 'More' })).toThrow('your role does not change it');
  // Nor is a step of undo made that the server would refuse.
  expect(his.workspace.undoLabel()).toBeNull();
  await expect(his.workspace.undo()).rejects.toThrow('You can look at this workspace but not change it.');
  expect(his.contact(id)?.jobTitle).toBe(`Letter ${typed}`);
  await until('the line is back', () => his.workspace.sync.offlineSince() === null);
  // What waits can only be the last letters; it is on his device, and the reason is said.
  await until(
    'what came too late is named',
    () => isSynced(his) || his.workspace.sync.refused().some(({ reason }) => reason.includes('look at this workspace')),
  );
  expect(his.contact(id)?.jobTitle).toBe(`Letter ${typed}`);

  await setRole('member');
  await until('he writes again', () => his.workspace.canWrite());
  await his.sent();
  await until('all of it arrives', () => mine.contact(id)?.jobTitle === `Letter ${typed}`);
}, 60_000);

test('a bulk edit and an import are taken back from the history as the server tells it, but for what somebody did since', async () => {
  const [mine, his] = await Promise.all([open(anna), open(bert)]);
  const ids = his.workspace.run('Import', (tx) =>
    ['Ann', 'Ben', 'Cas'].map((firstName) =>
      createRecord(tx, { entity: contact, values: { firstName, batch: 'leads' } }),
    ),
  );
  const older = mine.add('Dora');
  await until('both have all', () => his.contact(older) !== undefined && ids.every((id) => mine.contact(id)));
  const edited = [ids[0] ?? '', older];
  his.workspace.run('Edit', (tx) => editRecords(tx, { entity: contact, ids: edited, changes: { jobTitle: 'Lead' } }));
  await his.sent();
  await until('Anna has it', () => edited.every((id) => mine.contact(id)?.jobTitle === 'Lead'));
  mine.edit(older, { jobTitle: 'Buyer' });
  await mine.sent();

  /** As the page of the history does it. */
  const takeBack = async (stamp = '') => {
    const changes = await historyOf(`/actions/${stamp}`);
    return mine.workspace.revert(
      'Taken back',
      changes.map((each) => ({ id: each.record, path: each.field, before: each.old, after: each.new, stamp })),
    );
  };
  const [edit, creation] = await historyOf(`?record=${ids[0]}`);
  expect(await takeBack(edit?.stamp)).toMatchObject({ skipped: 1, skippedBy: null });
  expect(edited.map((id) => mine.contact(id)?.jobTitle)).toEqual(['', 'Buyer']);
  // The first of the import is as it was made again, and goes; the last was worked on since, and stays.
  mine.edit(ids[2] ?? '', { jobTitle: 'Founder' });
  expect(creation?.field).toBe('');
  expect(await takeBack(creation?.stamp)).toMatchObject({ skipped: 1 });
  await until('Bert sees it too', () => ids.every((id, index) => his.contact(id)?.deleted === index < 2));
  expect(his.contact(ids[2] ?? '')).toMatchObject({ deleted: false, jobTitle: 'Founder' });
  expect(his.contact(older)?.deleted).toBe(false);
}, 60_000);
