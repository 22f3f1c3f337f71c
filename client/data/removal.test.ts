// @vitest-environment node
import { expect, test } from 'vitest';
import { type RemovalPhase, startRemoval } from './removal.ts';
import { readRemoval } from './removal-notice.ts';

const NOTICE = { userId: 'ben', serverId: 's1', workspaceName: 'Acme', by: 'Anna', removedAt: 5 };
const COPY = { format: 'rapport-device-copy', what: 'waiting', records: { deal: [] }, updates: { room: 'AAA=' } };

/** A device with so many unsent changes, before a server that answers with this status (null = out of reach). */
function setUpDevice({ unsent = 2, status = 201 as number | null } = {}) {
  const kept = new Map<string, string>();
  const device = { status, wiped: 0, handedIn: [] as Record<string, unknown>[], kept, start };
  function start() {
    return startRemoval({
      notice: NOTICE,
      unsent,
      exportUnsent: async () => new Blob([JSON.stringify(COPY)]),
      wipeDevice: async () => void device.wiped++,
      fetch: (_path, init) => {
        if (device.status === null) return Promise.reject(new TypeError('Failed to fetch'));
        if (device.status === 201) device.handedIn.push(JSON.parse(String(init?.body)) as Record<string, unknown>);
        return Promise.resolve(new Response('{}', { status: device.status }));
      },
      storage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => void kept.set(key, value) },
      retryMs: 5,
    });
  }
  return device;
}

async function reached(removal: { phase: () => RemovalPhase }, phase: RemovalPhase): Promise<void> {
  for (let tries = 0; tries < 200 && removal.phase() !== phase; tries++)
    await new Promise((next) => setTimeout(next, 5));
  expect(removal.phase()).toBe(phase);
}

test('with nothing unsent the copy leaves the device at once', async () => {
  const device = setUpDevice({ unsent: 0 });
  await reached(device.start(), 'wiped');
  expect([device.wiped, device.handedIn.length]).toEqual([1, 0]);
});

test('unsent changes are handed in, and the copy stays until the person lets it go', async () => {
  const device = setUpDevice();
  const removal = device.start();
  await reached(removal, 'handed-in');
  expect(device.handedIn).toEqual([{ format: 'rapport-device-copy', what: 'waiting', updates: { room: 'AAA=' } }]);
  expect(device.wiped).toBe(0);
  await removal.wipe();
  expect([removal.phase(), device.wiped]).toEqual(['wiped', 1]);
});

test('the next contact after that takes the copy away by itself', async () => {
  const device = setUpDevice();
  const first = device.start();
  await reached(first, 'handed-in');
  first.dispose();
  await reached(device.start(), 'wiped');
  expect(device.wiped).toBe(1);
});

test('a server that is out of reach or stumbles wipes nothing and is tried again', async () => {
  for (const status of [null, 500, 502, 429]) {
    const device = setUpDevice({ status });
    const removal = device.start();
    await reached(removal, 'unreachable');
    await removal.wipe();
    expect(device.wiped).toBe(0);
    device.status = 201;
    await reached(removal, 'handed-in');
    removal.dispose();
  }
});

test('when the server will not take the changes, the copy goes only after they were saved as a file', async () => {
  const device = setUpDevice({ status: 413 });
  const removal = device.start();
  await reached(removal, 'not-taken');
  await removal.wipe();
  expect(device.wiped).toBe(0);
  await removal.exportUnsent();
  await removal.wipe();
  expect(device.wiped).toBe(1);
});

test('only a whole notice is one: a proxy’s 403, or half an answer, is not', () => {
  expect(readRemoval({ error: { code: 'removed' }, removal: NOTICE })).toEqual(NOTICE);
  for (const body of [
    null,
    'Forbidden',
    {},
    { error: { code: 'removed' } },
    { error: { code: 'removed' }, removal: {} },
  ]) {
    expect(readRemoval(body)).toBeNull();
  }
  expect(readRemoval({ error: { code: 'forbidden' }, removal: NOTICE })).toBeNull();
  expect(readRemoval({ error: { code: 'removed' }, removal: { ...NOTICE, userId: '' } })).toBeNull();
});
