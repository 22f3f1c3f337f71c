/**
 * This server beside its peers, under the same load in the same run: Hocuspocus with SQLite, @y/websocket-server with
 * leveldb, and `ws` passing messages on, as the physical limit. The peers are installed on demand (bench/peers/install.ts).
 *
 * `npm run bench -- peers` takes about ten minutes. `npm run bench -- peers --quick` takes half a minute, installs nothing
 * and says so when the peers are not there; a part by name: `npm run bench -- peers fan-out`.
 */
import { measured, percentile } from './measure.ts';
import { coldJoin, directoryOf } from './peers/cold-join.ts';
import { type FanOut, fanOut, PACE } from './peers/fan-out.ts';
import { idleMemory } from './peers/idle.ts';
import { ensurePeers } from './peers/install.ts';
import {
  bundleScripts,
  bytesOnly,
  type Contestant,
  hocuspocus,
  rapport,
  raw,
  rawCorked,
  yWebsocket,
} from './peers/servers.ts';
import { storm } from './peers/storm.ts';

const words = process.argv.slice(2);
const isQuick = words.includes('--quick');
const parts = words.filter((word) => !word.startsWith('--'));
const wants = (part: string) => parts.length === 0 || parts.includes(part);

const FULL = {
  sizes: [10, 50, 200],
  rounds: 3,
  burstMs: 3_000,
  paceMs: 2_000,
  contacts: 50_000,
  joins: 3,
  storms: 3,
  returning: 200,
  rooms: [1, 10, 100],
};
const QUICK = {
  sizes: [10],
  rounds: 1,
  burstMs: 500,
  paceMs: 500,
  contacts: 2_000,
  joins: 1,
  storms: 1,
  returning: 20,
  rooms: [1, 10],
};
const extent = isQuick ? QUICK : FULL;

if (!ensurePeers({ mayInstall: !isQuick })) {
  console.log(
    'The peers are not installed, so nothing was compared. “npm run bench -- peers” installs them, with a network.',
  );
} else {
  const script = await bundleScripts();
  if (wants('fan-out')) for (const devices of extent.sizes) await compareFanOut(script, devices);
  if (wants('join')) await compareColdJoins();
  if (wants('storm')) await compareStorms(script);
  if (wants('idle')) await compareIdle(script);
}

/** One after the other in each round, so that what else the machine does falls on all of them. */
async function inRounds<Figure>(
  rounds: number,
  all: readonly Contestant[],
  once: (each: Contestant) => Promise<Figure>,
) {
  const figures = new Map<Contestant, Figure[]>(all.map((each) => [each, []]));
  for (let round = 0; round < rounds; round++) {
    for (const each of all) figures.get(each)?.push(await once(each));
  }
  return (each: Contestant, of: (figure: Figure) => number) => percentile((figures.get(each) ?? []).map(of), 0.5);
}

async function compareFanOut(script: string, devices: number): Promise<void> {
  const all = [rapport, hocuspocus, yWebsocket, raw, rawCorked];
  const size = { devices, burstMs: extent.burstMs, paceMs: extent.paceMs };
  const middle = await inRounds(extent.rounds, all, (each) => fanOut(each, script, size));
  const isAim = devices === 50;
  table(`${devices} devices, everybody writing, then ${PACE} edits a second`, all, {
    'delivered/s': (each) => middle(each, ({ deliveredPerSecond }) => deliveredPerSecond),
    'CPU µs each': (each) => middle(each, ({ cpuPerDeliveryUs }) => cpuPerDeliveryUs),
    'load µs each': (each) => middle(each, ({ deviceCpuPerDeliveryUs }) => deviceCpuPerDeliveryUs),
    'p50 ms': (each) => middle(each, ({ p50 }) => p50),
    'p95 ms': (each) => middle(each, ({ p95 }) => p95),
    'p99 ms': (each) => middle(each, ({ p99 }) => p99),
    'CPU at pace': (each) => middle(each, ({ pacedCpu }) => pacedCpu),
    MB: (each) => middle(each, ({ megabytes }) => megabytes),
    lost: (each) => middle(each, ({ lost }) => lost),
  });
  const perSecond = ({ deliveredPerSecond }: FanOut) => deliveredPerSecond;
  const perDelivery = ({ cpuPerDeliveryUs }: FanOut) => cpuPerDeliveryUs;
  const versus = (peer: Contestant, aim: number) =>
    console.log(
      measured({
        name: `fan-out to ${devices}, delivered`,
        value: middle(rapport, perSecond),
        unit: '/s',
        against: middle(peer, perSecond),
        what: peer.name,
        ...(isAim ? { atLeast: aim } : {}),
      }),
    );
  versus(hocuspocus, 3);
  versus(yWebsocket, 8);
  console.log(
    measured({
      name: `fan-out to ${devices}, CPU per delivery`,
      value: middle(rapport, perDelivery),
      unit: 'µs',
      against: middle(rawCorked, perDelivery),
      what: rawCorked.name,
      ...(isAim ? { atMost: 1 } : {}),
    }),
  );
  console.log(
    measured({
      name: `fan-out to ${devices}, lost`,
      value: middle(rapport, ({ lost }) => lost),
      unit: 'edits',
      atMost: 0,
    }),
  );
}

async function compareColdJoins(): Promise<void> {
  const document = directoryOf(extent.contacts);
  const viaSocket: Contestant = { ...rapport, name: 'by socket only' };
  const all = [rapport, viaSocket, hocuspocus, yWebsocket, bytesOnly];
  const middle = await inRounds(1, all, (each) => coldJoin(each, document, extent.joins, each === rapport));
  const name = `cold join, ${extent.contacts.toLocaleString('en')} contacts`;
  table(name, all, {
    ms: (each) => middle(each, ({ ms }) => ms),
    'first ms': (each) => middle(each, ({ firstMs }) => firstMs),
    'MB sent': (each) => middle(each, ({ megabytesSent }) => megabytesSent),
    'server MB': (each) => middle(each, ({ serverMegabytes }) => serverMegabytes),
  });
  const memory = (each: Contestant) => middle(each, ({ serverMegabytes }) => serverMegabytes);
  const aims = isQuick ? [{}, {}] : [{ atMost: 0.2 }, { atMost: 1.5 }];
  for (const each of [rapport, viaSocket]) {
    const [ours, theirs] = [each, hocuspocus].map((one) => middle(one, ({ ms }) => ms)) as [number, number];
    const way = each === rapport ? name : `${name}, by socket only`;
    console.log(measured({ name: way, value: ours, unit: 'ms', against: theirs, what: hocuspocus.name, ...aims[0] }));
    console.log(
      measured({
        name: `${way}, memory`,
        value: memory(each),
        unit: 'MB',
        against: memory(bytesOnly),
        what: bytesOnly.name,
        ...aims[1],
      }),
    );
  }
}

async function compareStorms(script: string): Promise<void> {
  const all = [rapport, hocuspocus, yWebsocket];
  const middle = await inRounds(extent.storms, all, (each) => storm(each, script, extent.returning));
  const name = `${extent.returning} devices return at once`;
  table(`${name}, 5 edits each`, all, {
    ms: (each) => middle(each, ({ ms }) => ms),
    'CPU ms': (each) => middle(each, ({ serverCpuMs }) => serverCpuMs),
    incomplete: (each) => middle(each, ({ incomplete }) => incomplete),
    'sent twice': (each) => middle(each, ({ uploadedTwice }) => uploadedTwice),
  });
  const [ours, theirs] = [rapport, hocuspocus].map((each) => middle(each, ({ ms }) => ms)) as [number, number];
  console.log(
    measured({
      name,
      value: ours,
      unit: 'ms',
      against: theirs,
      what: hocuspocus.name,
      ...(isQuick ? {} : { atMost: 0.5 }),
    }),
  );
  const faults = middle(rapport, ({ incomplete, uploadedTwice }) => incomplete + uploadedTwice);
  console.log(measured({ name: `${name}, incomplete or sent twice`, value: faults, unit: 'devices', atMost: 0 }));
}

async function compareIdle(script: string): Promise<void> {
  const all = [rapport, hocuspocus, yWebsocket];
  const megabytes = new Map<Contestant, number[]>();
  for (const each of all) megabytes.set(each, await idleMemory(each, script, extent.rooms));
  const columns = extent.rooms.map((count, index) => [
    `${count} rooms, MB`,
    (each: Contestant) => megabytes.get(each)?.[index] ?? Number.NaN,
  ]);
  table('memory of quiet rooms', all, Object.fromEntries(columns) as Record<string, (each: Contestant) => number>);
}

function table(
  title: string,
  all: readonly Contestant[],
  columns: Readonly<Record<string, (each: Contestant) => number>>,
): void {
  console.log(title);
  for (const each of all) {
    const cells = Object.entries(columns).map(([name, of]) => `${name} ${Number(of(each).toPrecision(3))}`);
    console.log(`  ${each.name.padEnd(16)} ${cells.join(' | ')}`);
  }
}
