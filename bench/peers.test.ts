/**
 * The quick form of `npm run bench -- peers`: nothing is lost, nothing is sent twice and the room arrives, with few devices
 * and no limit on time. The other servers are tried where the bench has installed them.
 */
import { expect, test } from 'vitest';
import { coldJoin, directoryOf } from './peers/cold-join.ts';
import { fanOut } from './peers/fan-out.ts';
import { ensurePeers } from './peers/install.ts';
import { bundleScripts, hocuspocus, rapport, yWebsocket } from './peers/servers.ts';
import { storm } from './peers/storm.ts';

const script = bundleScripts();
const hasPeers = ensurePeers({ mayInstall: false });
const LONGEST_MS = 60_000;
const QUICK = { devices: 10, burstMs: 200, paceMs: 200 };

for (const each of [rapport, ...(hasPeers ? [hocuspocus, yWebsocket] : [])]) {
  test(`ten devices that all write at once lose nothing on ${each.name}`, { timeout: LONGEST_MS }, async () => {
    const { lost, deliveredPerSecond } = await fanOut(each, await script, QUICK);
    expect(lost).toBe(0);
    expect(deliveredPerSecond).toBeGreaterThan(0);
  });
}

test('twenty devices that return at once with changes all get all of them, and send nothing twice', {
  timeout: LONGEST_MS,
}, async () => {
  expect(await storm(rapport, await script, 20)).toMatchObject({ incomplete: 0, uploadedTwice: 0 });
});

test('a device that joins after a restart downloads the whole room, packed', { timeout: LONGEST_MS }, async () => {
  const document = directoryOf(2_000);
  const { megabytesSent } = await coldJoin(rapport, document, 1, true);
  const share = megabytesSent / (document.length / 1e6);
  expect(share).toBeGreaterThan(0.05);
  expect(share).toBeLessThan(0.9);
});
