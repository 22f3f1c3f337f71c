// @vitest-environment node
/**
 * A server that was restored, wiped or damaged, and the devices that know more: the real client data layer, session
 * included, against real server processes.
 */
import { execFile } from 'node:child_process';
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRecord, editRecords } from '../../shared/commands/record-commands.ts';
import { activity } from '../../shared/entities/activity.ts';
import { contact } from '../../shared/entities/contact.ts';
import { member } from '../../shared/entities/member.ts';
import type { RichDoc } from '../../shared/model/rich-text.ts';
import { Device } from '../testing/device.ts';
import { type Person, TeamServer } from '../testing/team-server.ts';
import { until } from '../testing/until.ts';

let server: TeamServer;
const devices: Laptop[] = [];

beforeEach(async () => {
  server = new TeamServer();
  server.env = { FEWEST_KEYS: '1000000' };
  await server.start();
}, 30_000);

afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
  await server.remove();
});

const restore = (file: string, ...flags: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/scripts/restore.ts', file, ...flags], {
    env: { ...process.env, DATA_DIR: server.data },
  });

class Laptop extends Device {
  constructor(person: Person) {
    super(server, person);
    devices.push(this);
  }

  override async open(): Promise<void> {
    await super.open();
    await until('the address book is here', () => this.workspace.isLoaded('directory'));
  }

  add(firstName: string): string {
    return this.workspace.run('Added', (tx) => createRecord(tx, { entity: contact, values: { firstName } }));
  }

  rename(id: string, firstName: string): void {
    this.workspace.run('Edited', (tx) => editRecords(tx, { entity: contact, ids: [id], changes: { firstName } }));
  }

  names(): readonly string[] {
    return [...this.workspace.collection('contact').each()].map((each) => each.firstName).sort();
  }

  isSynced(): boolean {
    return this.workspace.sync.state() === 'synced' && this.workspace.sync.waitingCount() === 0;
  }

  async allSent(): Promise<void> {
    // What was just done is counted in the next turn.
    await new Promise((next) => setTimeout(next, 50));
    await until('nothing waits', () => this.isSynced());
  }
}

/** What the server itself knows. */
async function atServer(cookie: string): Promise<readonly string[]> {
  const path = '/api/records/contact?limit=1000';
  const { records } = await server.json<{ records: readonly { firstName: string }[] }>('GET', path, { cookie });
  return records.map((each) => each.firstName).sort();
}

/** Backs up, then Anna and Bert go on: both with changes the backup lacks, Bert with one that was never sent. */
async function divergedTeam() {
  const anna = new Laptop(await server.setUp());
  const bert = new Laptop(await server.newcomer(anna.person, 'Bert'));
  await Promise.all([anna.open(), bert.open()]);
  const shared = anna.add('Before');
  await anna.allSent();
  const { cookie } = anna;
  const { backup } = await server.json<{ backup: { name: string } }>('POST', '/api/backups', { cookie });
  const file = join(server.data, 'backups', backup.name);
  anna.add('By Anna');
  bert.add('By Bert');
  await until('each sees the other', () => anna.names().length === 3 && bert.names().length === 3);
  await Promise.all([anna.allSent(), bert.allSent()]);
  // Bert goes away with changes that only his device knows, made under the client id that Anna has a part of.
  bert.isOnline = false;
  await server.meanwhile(() => undefined);
  bert.add('Never sent');
  bert.rename(shared, 'Before, renamed by Bert');
  await bert.workspace.dispose();
  await bert.close();
  return { anna, bert, file };
}

const decide = (cookie: string, decision: string) =>
  server.ask('POST', '/api/recovery', { cookie, body: { decision } });

test('a server restored from an older backup: devices ahead stop and say so, and heal it after the owner agrees [S4.7] [S4.8]', async () => {
  const { anna, bert, file } = await divergedTeam();
  await server.meanwhile(() => restore(file));
  await until('Anna is told', () => anna.workspace.sync.state() === 'needs-you');
  expect(anna.workspace.sync.refused()[0]?.reason).toMatch(
    /^The server was restored from a backup on .* wait until an owner decides in Settings, Backups\.$/,
  );
  anna.add('While it waits');
  await new Promise((next) => setTimeout(next, 300));
  expect(await atServer(anna.cookie)).toEqual(['Before']);
  expect((await decide(bert.cookie, 'recover')).status).toBe(403);
  expect((await decide(anna.cookie, 'finish')).status).toBe(409);
  expect((await decide(anna.cookie, 'recover')).status).toBe(200);
  await anna.allSent();
  expect(await atServer(anna.cookie)).toEqual(['Before', 'By Anna', 'By Bert', 'While it waits']);
  // Anna's device brought a part of what Bert's wrote; what only his has must still be taken from him.
  bert.isOnline = true;
  await bert.open();
  await bert.allSent();
  expect(bert.workspace.sync.refused()).toEqual([]);
  const all = ['Before, renamed by Bert', 'By Anna', 'By Bert', 'Never sent', 'While it waits'];
  expect(await atServer(anna.cookie)).toEqual(all);
  await until('Anna has Bert’s', () => anna.names().length === 5);
  expect((await decide(anna.cookie, 'finish')).status).toBe(200);
  anna.add('Afterwards');
  await anna.allSent();
  await until('Bert goes on as before', () => bert.names().length === 6);
}, 90_000);

test('the owner goes on from the backup: everybody starts from it, and each is offered what they had changed [S4.10]', async () => {
  const { anna, bert, file } = await divergedTeam();
  const bertsName = () => anna.workspace.collection('member').byId(bert.person.me.memberId)?.name;
  await server.json('PATCH', '/api/me', { cookie: bert.cookie, body: { name: 'Bertram' } });
  await until('Anna knows his new name', () => bertsName() === 'Bertram');
  await server.meanwhile(() => restore(file));
  await until('Anna is told', () => anna.workspace.sync.state() === 'needs-you');
  const before = anna.workspace;
  expect((await decide(anna.cookie, 'revert')).status).toBe(200);
  await until('Anna starts afresh', () => anna.workspace !== before && anna.workspace.isLoaded('directory'));
  await anna.allSent();
  expect(anna.names()).toEqual(['Before']);
  const [copy] = anna.workspace.formerCopies();
  expect(await copy?.news('mine')).toMatchObject({ records: 1, changes: [{ text: 'Added By Anna' }] });
  expect((await copy?.news('everything'))?.records).toBe(2);
  expect(await (await copy?.download())?.text()).toContain('By Bert');

  bert.isOnline = true;
  await bert.open();
  await until('Bert starts afresh', () => bert.workspace.formerCopies().length === 1 && bert.names().length === 1);
  await until('Bert is here', () => bert.workspace.isLoaded('directory') && bert.isSynced());
  expect(await atServer(anna.cookie)).toEqual(['Before']);
  const [berts] = bert.workspace.formerCopies();
  expect((await berts?.news('mine'))?.records).toBe(3);
  expect(await berts?.takeOver('mine')).toBe(3);
  await bert.allSent();
  expect(await atServer(anna.cookie)).toEqual(['Before, renamed by Bert', 'By Bert', 'Never sent']);
  expect((await berts?.news('mine'))?.entries).toBe(0);
  await berts?.discard();
  expect(bert.workspace.formerCopies()).toEqual([]);
  // Names of accounts are the server's: what it would refuse is not brought.
  await copy?.takeOver('everything');
  await anna.allSent();
  expect([anna.workspace.sync.refused(), bertsName()]).toEqual([[], 'Bert']);
  anna.add('Afterwards');
  await until('the server has it', async () => (await atServer(anna.cookie)).includes('Afterwards'));
}, 90_000);

test('a wiped server is refilled from a laptop, after the owner says so; everybody comes back as who they were', async () => {
  const anna = new Laptop(await server.setUp());
  await anna.open();
  const { memberId: bertsId } = (await server.newcomer(anna.person, 'Bert')).me;
  const { userId, memberId } = anna.person.me;
  for (let index = 0; index < 50; index++) anna.add(`Nr ${index}`);
  await until('Bert is on the team', () => anna.workspace.collection('member').byId(bertsId) !== undefined);
  anna.workspace.run('Goals', (tx) => {
    tx.patch(member, memberId, { monthlyGoal: { minor: 5_000_00, currency: 'EUR' } });
    tx.patch(member, bertsId, { team: 'North' });
  });
  const owned = anna.add('Bert’s');
  await anna.workspace.openTimeline(2019);
  const call = { kind: 'call', subject: 'Long ago', at: Date.UTC(2019, 5, 1) } as const;
  const longAgo = anna.workspace.run('Logged', (tx) => createRecord(tx, { entity: activity, values: call }));
  const bold = { type: 'text', text: 'Remember', marks: [{ type: 'bold' }] };
  const text: RichDoc = { type: 'doc', content: [{ type: 'paragraph', content: [bold] }] };
  anna.workspace.texts.write(longAgo, text);
  anna.workspace.run('Edited', (tx) => editRecords(tx, { entity: contact, ids: [owned], changes: { owner: bertsId } }));
  await anna.allSent();
  await server.meanwhile(() => rmSync(server.data, { recursive: true }));
  anna.person = await server.setUp('Anna', userId);
  const before = anna.workspace;
  await anna.session?.check();
  await until('the new workspace is open', () => anna.workspace !== before && anna.workspace.isLoaded('directory'));
  await anna.allSent();
  expect(anna.names()).toEqual([]);
  const [copy] = anna.workspace.formerCopies();
  await copy?.takeOver('everything');
  await anna.allSent();
  expect(anna.workspace.sync.refused()).toEqual([]);
  expect(anna.names()).toHaveLength(51);
  expect(await atServer(anna.cookie)).toHaveLength(51);
  // Also of a year that nobody has looked at since, and with its form.
  const { cookie } = anna;
  expect((await server.ask('GET', `/api/records/activity/${longAgo}`, { cookie })).status).toBe(200);
  expect(await copy?.news('everything')).toMatchObject({ entries: 0, homeless: 0 });
  expect(anna.workspace.texts.read(longAgo)).toEqual(text);
  expect(anna.workspace.me().memberId).toBe(memberId);

  // Bert has no device left: his address is enough.
  const bert = new Laptop(await server.newcomer(anna.person, 'Bert'));
  await bert.open();
  const team = () => [...bert.workspace.collection('member').each()].map(({ id, name }) => ({ id, name }));
  await until('the team is as it was', () => team().length === 2);
  expect(team().sort((one, two) => one.name.localeCompare(two.name))).toEqual([
    { id: memberId, name: 'Anna' },
    { id: bertsId, name: 'Bert' },
  ]);
  expect(bert.workspace.collection('contact').byId(owned)?.owner).toBe(bert.workspace.me().memberId);
  expect(bert.workspace.collection('member').byId(bertsId)?.team).toBe('North');
  expect(bert.workspace.collection('member').byId(memberId)?.monthlyGoal).toEqual({ minor: 5_000_00, currency: 'EUR' });
}, 60_000);

test('an older database put in place by hand is noticed by the witness; without it, by the first device that knows more [S4.6]', async () => {
  const anna = new Laptop(await server.setUp());
  await anna.open();
  anna.add('Before');
  await anna.allSent();
  const { data, folder } = server;
  const files = ['rapport.db', 'rapport.db-wal'];
  await server.meanwhile(() => {
    for (const name of files) copyFileSync(join(data, name), join(folder, name));
  });
  anna.add('After');
  while (!(await atServer(anna.cookie)).includes('After')) await anna.allSent();
  // The note of what was seen is written a little later.
  await new Promise((next) => setTimeout(next, 600));
  const putOldInPlace = () => {
    rmSync(join(data, 'rapport.db-shm'), { force: true });
    for (const name of files) copyFileSync(join(folder, name), join(data, name));
  };
  await server.meanwhile(putOldInPlace);
  const state = async () => {
    const { cookie } = anna;
    return (await server.json<{ state: string }>('GET', '/api/recovery', { cookie })).state;
  };
  expect(await state()).toBe('awaiting');
  await until('Anna is told', () => anna.workspace.sync.state() === 'needs-you');

  await server.meanwhile(() => {
    putOldInPlace();
    rmSync(join(data, 'rapport.witness'));
  });
  await until('it waits for a decision', async () => (await state()) === 'awaiting');
  await decide(anna.cookie, 'recover');
  await until('Anna is let in', () => anna.isSynced());
  await anna.allSent();
  expect(await atServer(anna.cookie)).toEqual(['After', 'Before']);
}, 90_000);

test('a room goes over to its next generation; a device that was offline all the while loses nothing [S4.9]', async () => {
  server.env = { FEWEST_KEYS: '600' };
  await server.meanwhile(() => undefined);
  const anna = new Laptop(await server.setUp());
  const bert = new Laptop(await server.newcomer(anna.person, 'Bert'));
  await Promise.all([anna.open(), bert.open()]);
  const ids = ['One', 'Two', 'Three'].map((name) => anna.add(name));
  await anna.allSent();
  await until('Bert has them', () => bert.names().length === 3);
  // Bert goes away, and writes: a record, an edit of what Anna edits as well, and one of what nobody else does.
  bert.isOnline = false;
  bert.workspace.sync.tryNow();
  await bert.close();
  await bert.open();
  bert.add('By Bert, offline');
  bert.rename(ids[1] ?? '', 'Two, by Bert');
  await bert.workspace.dispose();
  await bert.close();

  const { cookie } = anna;
  const roomsAt = async () =>
    (await server.json<{ rooms: readonly { name: string }[] }>('GET', '/api/rooms', { cookie })).rooms.map(
      ({ name }) => name,
    );
  for (let round = 0; round < 250; round++) for (const id of ids) anna.rename(id, `Round ${round}`);
  await anna.allSent();
  await until('there is a next generation', async () => (await roomsAt()).includes('team.directory.2'));
  const here = () => [...anna.workspace.roomsHere()].map(({ name }) => name);
  await until('Anna went over', () => here().includes('team.directory.2') && !here().includes('team.directory.1'));
  expect(anna.names()).toEqual(['Round 249', 'Round 249', 'Round 249']);
  anna.rename(ids[0] ?? '', 'After the switch');
  await anna.allSent();

  bert.isOnline = true;
  await bert.open();
  await until('Bert went over', () => [...bert.workspace.roomsHere()].every(({ name }) => name !== 'team.directory.1'));
  await bert.allSent();
  const all = ['After the switch', 'By Bert, offline', 'Round 249', 'Round 249'];
  await until('Bert sees what Anna sees', () => String(bert.names()) === String(anna.names()));
  expect(await atServer(anna.cookie)).toEqual(all);
  expect(anna.names()).toEqual(all);
  // Bert's edit was the older one: it is not shown, and kept beside the one that is.
  const kept = anna.workspace.keptEdits(ids[1] ?? '').flatMap(({ edits }) => edits.map(({ value }) => value));
  expect(kept).toEqual(['Round 249', 'Two, by Bert']);
  anna.rename(ids[1] ?? '', 'Settled');
  expect(anna.workspace.keptEdits(ids[1] ?? '')).toEqual([]);
  bert.rename(ids[2] ?? '', 'By Bert, afterwards');
  await until('Anna sees Bert', () => anna.names().includes('By Bert, afterwards'));
}, 90_000);
