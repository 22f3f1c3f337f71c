import { expect, test, vi } from 'vitest';
import { mergeRecords } from '../../shared/commands/merge-commands.ts';
import { trashDaysOf } from '../storage/meta.ts';
import { writeOwn } from '../sync/own-writes.ts';
import { findTraces } from '../sync/person-traces.ts';
import { emptyTrashByTheClock, trashedBefore } from '../sync/purge.ts';
import { setUpMemoryApp } from '../testing/memory-app.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;

async function setUpTrash() {
  let now = Date.UTC(2026, 10, 22, 9);
  const app = setUpMemoryApp({ now: () => (now += 1_000) });
  const owner = await app.setUp();
  const make = async (firstName: string) => {
    const answer = await app.ask('POST', '/api/records/contact', { cookie: owner, body: { firstName } });
    return ((await answer.json()) as { record: { id: string } }).record.id;
  };
  const trash = (id: string) => app.ask('DELETE', `/api/records/contact/${id}`, { cookie: owner });
  const purge = async (ids: readonly string[], cookie = owner) => {
    const answer = await app.ask('POST', '/api/trash/purge', { cookie, body: { ids } });
    return [answer.status, (await answer.json()) as { purged?: number }] as const;
  };
  const room = () => app.services.rooms.open('team.directory.1');
  return { app, owner, make, trash, purge, room, wait: (days: number) => (now += days * DAY), now: () => now };
}

test('what is in the trash is removed for good: from the document, and its values from the history', async () => {
  const { app, owner, make, trash, purge, room } = await setUpTrash();
  const [gone, kept] = [await make('Femke'), await make('Oliver')];
  await app.ask('PATCH', `/api/records/contact/${gone}`, { cookie: owner, body: { lastName: 'Secret' } });
  await trash(gone);
  expect(await purge([gone, kept, 'contact_unknown000000', 'nonsense'])).toEqual([200, { purged: 1 }]);
  expect([...room().records.map.keys()].filter((key) => key.startsWith(gone))).toEqual([]);
  expect(room().records.get(kept)).toBeDefined();
  const answer = await app.ask('GET', `/api/history?record=${gone}`, { cookie: owner });
  const text = await answer.text();
  expect(text).not.toContain('Secret');
  expect((JSON.parse(text) as { changes: unknown[] }).changes.length).toBeGreaterThan(2);
});

test('a removal is on disk: the room loads without the record', async () => {
  const { app, make, trash, purge, room } = await setUpTrash();
  const id = await make('Femke');
  await trash(id);
  await purge([id]);
  app.services.rooms.services.drop(room(), 'the test loads it again');
  expect(room().records.stateOf(id)).toBeUndefined();
});

test('only those who may change settings remove for good', async () => {
  const { app, owner, make, trash, purge, room } = await setUpTrash();
  const bert = await app.join(owner, 'Bert');
  const id = await make('Femke');
  await trash(id);
  expect((await purge([id], bert))[0]).toBe(403);
  expect(room().records.get(id)?.deleted).toBe(true);
});

test('retention finds what has been in the trash for long enough', async () => {
  const { app, make, trash, wait, now } = await setUpTrash();
  const [old, fresh] = [await make('Old'), await make('Fresh')];
  await trash(old);
  wait(31);
  await trash(fresh);
  expect(trashedBefore(app.services.rooms, now() - 30 * DAY)).toEqual([old]);
});

test('what was merged into a record goes with it, and nothing of it comes back as a record of its own', async () => {
  const { app, owner, make, trash, purge, room } = await setUpTrash();
  const [stays, merged] = [await make('Jane'), await make('Janet')];
  writeOwn(app.services.rooms, { actor: null, kinds: ['directory'] }, (tx) =>
    mergeRecords(tx, { entity: 'contact', primary: stays, others: [merged] }),
  );
  const shown = async () => {
    const answer = await app.ask('GET', '/api/records/contact', { cookie: owner });
    return ((await answer.json()) as { records: { id: string }[] }).records.map(({ id }) => id);
  };
  expect(await shown()).toEqual([stays]);
  const traces = await findTraces(app.services, stays, { spaces: ['team'] });
  expect(traces?.persons).toEqual([stays, merged]);
  await trash(stays);
  expect(await shown()).toEqual([]);
  expect(await purge([stays])).toEqual([200, { purged: 2 }]);
  expect(room().records.stateOf(merged)).toBeUndefined();
  expect(await shown()).toEqual([]);
});

test('everybody sees how long the trash keeps things; an owner or admin changes it, within bounds, and it lasts', async () => {
  const { app, owner } = await setUpTrash();
  const admin = await app.join(owner, 'Ada', 'admin');
  const vera = await app.join(owner, 'Vera', 'viewer');
  const mia = await app.join(owner, 'Mia');
  const days = async (cookie: string) => (await app.ask('GET', '/api/trash', { cookie })).json();
  const set = async (cookie: string, chosen: unknown) =>
    (await app.ask('PUT', '/api/trash', { cookie, body: { days: chosen } })).status;
  expect(await days(vera)).toEqual({ days: 30 });
  expect((await app.ask('GET', '/api/trash')).status).toBe(401);
  for (const cookie of [vera, mia]) expect(await set(cookie, 1)).toBe(403);
  for (const nonsense of [-1, 1.5, 3_651, '7', null]) expect(await set(owner, nonsense), String(nonsense)).toBe(422);
  expect(await days(mia)).toEqual({ days: 30 });
  expect(await set(admin, 90)).toBe(200);
  expect(await days(mia)).toEqual({ days: 90 });
  expect(trashDaysOf(app.db)).toBe(90);
  expect(await set(owner, 0)).toBe(200);
  expect(await days(vera)).toEqual({ days: 0 });
});

test('the clock empties the trash by what was chosen last, an hour after it was chosen', async () => {
  const { app, make, trash, wait, now } = await setUpTrash();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    const old = await make('Old');
    await trash(old);
    wait(10);
    let days = 30;
    const { rooms, history, spaces } = app.services;
    const clock = emptyTrashByTheClock({ rooms, history, spaces, days: () => days, now, report: () => undefined });
    const isThere = () => rooms.open('team.directory.1').records.stateOf(old) !== undefined;
    vi.advanceTimersByTime(HOUR + 1);
    expect(isThere()).toBe(true);
    days = 7;
    vi.advanceTimersByTime(HOUR - 2);
    clock.begin();
    vi.advanceTimersByTime(HOUR - 1);
    expect(isThere()).toBe(true);
    days = 0;
    vi.advanceTimersByTime(2);
    expect(isThere()).toBe(true);
    days = 7;
    vi.advanceTimersByTime(HOUR);
    expect(isThere()).toBe(false);
    clock.stop();
  } finally {
    vi.useRealTimers();
  }
});
