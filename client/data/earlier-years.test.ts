// @vitest-environment node
/** Years before the last one: what a device wrote there is not forgotten, and all of them come by themselves in the end. */
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { createRecord } from '../../shared/commands/record-commands.ts';
import { activity } from '../../shared/entities/activity.ts';
import { Device } from '../testing/device.ts';
import { type Person, TeamServer } from '../testing/team-server.ts';
import { until } from '../testing/until.ts';
import { mayFetch } from './earlier-years.ts';

const server = new TeamServer();
let anna: Person;
let cara: Person;
const devices: Device[] = [];

beforeAll(async () => {
  await server.start();
  anna = await server.setUp('Anna');
  cara = await server.newcomer(anna, 'Cara');
}, 30_000);
afterEach(async () => {
  for (const device of devices.splice(0)) await device.close();
});
afterAll(() => server.remove());

async function open(device = new Device(server, anna)): Promise<Device> {
  if (!devices.includes(device)) devices.push(device);
  await device.open();
  await until('the address book is here', () => device.workspace.isLoaded('directory'));
  return device;
}

/** Logs a call of that year. */
async function logCall({ workspace }: Device, year: number, subject: string, about: readonly string[] = []) {
  await workspace.openTimeline(year);
  const values = { kind: 'call', subject, at: Date.UTC(year, 5, 1), about } as const;
  return workspace.run('Logged', (tx) => createRecord(tx, { entity: activity, values }));
}

const isSynced = ({ workspace }: Device) => workspace.sync.state() === 'synced' && workspace.sync.waitingCount() === 0;
const subjectsOf = ({ workspace }: Device) =>
  new Set([...workspace.collection('activity').each()].map(({ subject }) => subject));
const namesHere = async () =>
  (await indexedDB.databases()).flatMap(({ name = '' }) => (name.includes(cara.me.userId) ? [name] : []));

test('what was written in an old year without a line is there after a reload, waits, and is sent without anybody looking there', async () => {
  const device = await open();
  await until('all is sent', () => isSynced(device));
  device.isOnline = false;
  for (const room of device.workspace.roomsHere()) room.connection.dropLine();
  const call = await logCall(device, 2011, 'Found in a drawer');
  await device.workspace.dispose();
  await device.close();

  await open(device);
  await until('the call is on the screen', () => device.workspace.collection('activity').byId(call) !== undefined);
  expect(device.workspace.sync.waitingCount()).toBeGreaterThan(0);
  device.isOnline = true;
  await device.session?.check();
  await until('all is sent', () => isSynced(device));
  expect((await server.ask('GET', `/api/records/activity/${call}`, { cookie: device.cookie })).status).toBe(200);
}, 60_000);

test('signing out leaves nothing of an old year on the device, also of one that was opened in a former session', async () => {
  const device = await open(new Device(server, cara));
  await logCall(device, 2012, 'Private');
  await until('all is sent', () => isSynced(device));
  await device.close();
  await open(device);
  expect((await namesHere()).some((name) => name.includes('timeline-2012'))).toBe(true);
  expect(await device.workspace.signOut({ discard: false })).toBe('signed-out');
  expect(await namesHere()).toEqual([]);
}, 60_000);

test('a device that is new gets all years in silence, the newest first, and has them without a line', async () => {
  const writer = await open();
  for (const year of [2013, 2015, 2014]) await logCall(writer, year, `Call of ${year}`);
  await until('all is sent', () => isSynced(writer));
  await writer.close();

  const device = new Device(server, await server.newcomer(anna, 'Bert'));
  device.earlierYearsAfterMs = 20;
  await open(device);
  await until('the first rooms are here', () => isSynced(device));
  const came: number[] = [];
  let said = 0;
  await until('all years are here', () => {
    for (const { parts, hasCopy } of device.workspace.roomsHere()) {
      if (parts.year !== null && parts.year < 2020 && hasCopy() && !came.includes(parts.year)) came.push(parts.year);
    }
    if (device.workspace.sync.state() !== 'synced' || device.workspace.sync.firstLoad() !== null) said++;
    return [2013, 2014, 2015].every((year) => subjectsOf(device).has(`Call of ${year}`));
  });
  expect(came.filter((year) => year >= 2013)).toEqual([2015, 2014, 2013]);
  expect(said, 'times that the pill said something of it').toBe(0);
  await until('nothing is left to be fetched', () => device.workspace.earlierYears().length === 0);

  await device.close();
  device.isOnline = false;
  await open(device);
  await until('they are here without a line', () => subjectsOf(device).has('Call of 2013'));
}, 60_000);

test.each([
  ['a usual device', {}, 10_000, true],
  ['one that saves data', { connection: { saveData: true } }, 10_000, false],
  ['one on a line that is paid for by the byte', { connection: { type: 'cellular' } }, 10_000, false],
  ['one on a slow line', { connection: { effectiveType: 'slow-2g' } }, 10_000, false],
  ['one with a good line', { connection: { effectiveType: '4g', saveData: false, type: 'wifi' } }, 10_000, true],
  ['one with little memory and many records', { deviceMemory: 4 }, 60_000, false],
  ['one with much memory and many records', { deviceMemory: 8 }, 60_000, true],
  ['one with more records than any should hold', { deviceMemory: 8 }, 200_000, false],
  ['one that is nearly full', { storage: storageOf({ usage: 900_000_000, quota: 1_000_000_000 }) }, 10_000, false],
  ['one with room', { storage: storageOf({ usage: 900_000_000, quota: 9_000_000_000 }) }, 10_000, true],
])('%s fetches earlier years by itself: %o, %i records, %s', async (_what, device, records, expected) => {
  expect(await mayFetch(records, device)).toBe(expected);
});

function storageOf(estimate: StorageEstimate): StorageManager {
  return { estimate: async () => estimate } as unknown as StorageManager;
}
