/** Erasing a person on a real server: what is left of them is looked for in every file of its data folder. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { unzipSync } from 'fflate';
import { afterEach, expect, test } from 'vitest';
import * as Y from 'yjs';
import { scrubRecords } from '../../shared/sync/scrub.ts';
import { createClock, newWriter } from '../../shared/sync/stamp.ts';
import { restoreBackup } from '../storage/restore-file.ts';
import { connectStock, type StockClient, until } from '../testing/stock-client.ts';
import { type Person, startTestServer, type TestServer } from '../testing/test-server.ts';

/** In no other word of the program. */
const NAME = 'Quartzfinch';
const opened: (StockClient | TestServer)[] = [];

afterEach(async () => {
  for (const each of opened.splice(0).toReversed()) {
    if ('destroy' in each) each.destroy();
    else await each.stop();
  }
});

/** The files below a folder that hold a word, in any case. */
function filesWith(folder: string, word: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return filesWith(path, word);
    return readFileSync(path).toString('latin1').toLowerCase().includes(word.toLowerCase()) ? [path] : [];
  });
}

async function setUpPerson() {
  const server = await startTestServer();
  opened.push(server);
  const owner = await server.setUp();
  const make = async (entity: string, body: object): Promise<string> => {
    const answer = await server.ask('POST', `/api/records/${entity}`, { cookie: owner.cookie, body });
    expect([answer.status, answer.ok || (await answer.text())]).toEqual([201, true]);
    return ((await answer.json()) as { record: { id: string } }).record.id;
  };
  const company = await make('company', { name: 'Acme' });
  const person = await make('contact', {
    firstName: 'Zebulon',
    lastName: NAME,
    company,
    emails: [`zeb@${NAME}.test`],
  });
  const at = Date.now();
  const note = await make('activity', { kind: 'note', subject: `About ${NAME}`, at, about: [person] });
  const bytes = new TextEncoder().encode(`The passport of ${NAME}`);
  const hash = createHash('sha256').update(bytes).digest('hex');
  await make('file', { name: `${NAME}.pdf`, hash, bytes: bytes.length, at, about: [person] });
  const sent = await fetch(`${server.url}/api/files/${hash}`, {
    method: 'PUT',
    headers: { cookie: owner.cookie },
    body: bytes,
  });
  expect(sent.status).toBe(201);
  const made = {
    person,
    note,
    hash,
    shared: await make('activity', { kind: 'meeting', subject: 'Kick-off', at, about: [person, company] }),
    task: await make('task', { title: `Call ${NAME}`, about: [person] }),
    deal: await make('deal', { title: 'Kitchen', contacts: [{ contact: person, role: 'user' }] }),
  };
  await make('comment', { body: `${NAME} likes tea`, at, on: [person] });
  return { server, owner, made };
}

const erase = (server: TestServer, { cookie }: Person, id: string, body: object = {}) =>
  server.ask('POST', `/api/persons/${id}/erase`, {
    cookie,
    body: { name: `zebulon ${NAME} `, also: [], withBackups: false, ...body },
  });

test('a person who is erased is in no file of the server any more, and neither in the document of a device [S3.18]', async () => {
  const { server, owner, made } = await setUpPerson();
  const bert = await server.invite(owner, { name: 'Bert' });
  const device = connectStock(server.url, 'team.directory.1', { cookie: bert.cookie });
  opened.push(device);
  await device.synced();
  const [year] = /\d{4}/.exec(made.note) ?? [];
  const timeline = connectStock(server.url, `team.timeline-${year}.1`, { cookie: bert.cookie });
  opened.push(timeline);
  await timeline.synced();
  const paragraph = new Y.XmlElement('paragraph');
  paragraph.insert(0, [new Y.XmlText(`${NAME} said so`)]);
  timeline.doc.getXmlFragment(`text:${made.note}`).insert(0, [paragraph]);
  // Replaced values lie in the log and the history too.
  const patched = { emails: [`new@${NAME}.test`], jobTitle: `Chief ${NAME}` };
  await server.ask('PATCH', `/api/records/contact/${made.person}`, { cookie: owner.cookie, body: patched });
  await server.ask('PATCH', `/api/records/deal/${made.deal}`, {
    cookie: owner.cookie,
    body: { title: `Zebulon ${NAME}` },
  });
  await server.ask('PATCH', `/api/records/deal/${made.deal}`, { cookie: owner.cookie, body: { title: 'Kitchen' } });
  expect((await server.ask('POST', '/api/backups', { cookie: owner.cookie })).status).toBe(201);

  const preview = await server.ask('GET', `/api/persons/${made.person}`, { cookie: owner.cookie });
  expect(await preview.json()).toMatchObject({
    name: `Zebulon ${NAME}`,
    counts: { contact: 1, activity: 1, file: 1, task: 1, comment: 1 },
    shared: [{ id: made.shared, title: 'Kick-off' }],
    mentions: [],
    backups: { count: 1 },
  });
  const copy = await server.ask('GET', `/api/persons/${made.person}/export`, { cookie: owner.cookie });
  const files = unzipSync(new Uint8Array(await copy.arrayBuffer()));
  const told = new TextDecoder().decode(files['person.json']);
  expect(told).toContain(`${NAME} said so`);
  expect(told).toContain(`Chief ${NAME}`);
  const stored = Object.keys(files).find((name) => name.startsWith('files/')) ?? '';
  expect(new TextDecoder().decode(files[stored])).toBe(`The passport of ${NAME}`);

  expect((await erase(server, bert, made.person)).status).toBe(403);
  expect((await erase(server, owner, made.person, { name: 'Zebulon' })).status).toBe(422);
  // He is away, and writes to who is being erased.
  device.provider.disconnect();
  const stamp = createClock(Date.now, newWriter(bert.memberId)).next();
  device.records.set(`${made.person}/nickname/${stamp}`, `Late ${NAME}`);

  const answer = await erase(server, owner, made.person, { withBackups: true });
  expect([answer.status, await answer.json()]).toEqual([200, { erased: 5, backupsDeleted: 1 }]);
  expect(filesWith(server.dataFolder, NAME)).toEqual([]);
  expect(filesWith(server.dataFolder, made.hash).filter((path) => !/\.db(-wal)?$/.test(path))).toEqual([]);

  device.provider.connect();
  await until(() => ![...device.records.keys()].some((key) => key.startsWith(made.person)), 'the records to go');
  await until(() => filesWith(server.dataFolder, NAME).length === 0, 'what came late to go');
  scrubRecords(device.doc, new Set([made.person]));
  expect(Buffer.from(Y.encodeStateAsUpdate(device.doc)).toString('latin1')).not.toContain(NAME);
  await until(() => timeline.doc.getXmlFragment(`text:${made.note}`).length === 0, 'the text to go');

  const deal = await server.ask('GET', `/api/records/deal/${made.deal}`, { cookie: owner.cookie });
  expect(await deal.json()).toMatchObject({ record: { title: 'Kitchen', contacts: [] } });
  const history = await server.ask('GET', `/api/history?record=${made.person}`, { cookie: owner.cookie });
  const { changes } = (await history.json()) as { changes: { by: string; old: unknown; new: unknown }[] };
  expect(changes.length).toBeGreaterThan(2);
  expect(changes.every((change) => change.old === null && change.new === null)).toBe(true);
  expect(new Set(changes.map(({ by }) => by))).toEqual(new Set([owner.memberId, bert.memberId]));
  // The device that still has the file is told so, and cannot bring it back.
  const asked = { cookie: owner.cookie, body: { hashes: [made.hash] } };
  expect(await (await server.ask('POST', '/api/files/missing', asked)).json()).toEqual({
    missing: [],
    gone: [made.hash],
  });
}, 60_000);

test('a backup from before brings an erased person back for nobody: the next start erases them again', async () => {
  const { server, owner, made } = await setUpPerson();
  const made1 = await server.ask('POST', '/api/backups', { cookie: owner.cookie });
  const { backup } = (await made1.json()) as { backup: { name: string } };
  expect((await erase(server, owner, made.person, { also: [made.shared] })).status).toBe(200);
  const inBackup = filesWith(server.dataFolder, NAME);
  expect(inBackup.every((path) => path.includes('backups'))).toBe(true);
  await server.server.close();
  const file = join(server.dataFolder, 'backups', backup.name);
  await restoreBackup({ folder: server.dataFolder, file, mode: 'revert', at: Date.now() });
  const again = await startTestServer(server.dataFolder);
  opened.push(again);
  const answer = await again.ask('GET', `/api/records/contact/${made.person}`, { cookie: owner.cookie });
  expect(answer.status).toBe(404);
  expect(filesWith(server.dataFolder, NAME)).toEqual(inBackup);
});
