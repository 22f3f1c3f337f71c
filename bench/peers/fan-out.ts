/** One edit to everybody: how many arrive a second when all write as fast as they can, and how late at a set pace. */
import { percentile } from '../measure.ts';
import { SILENCE_MS } from './crew-messages.ts';
import { gatherCrews } from './crews.ts';
import { type Contestant, cpuSeconds, memory } from './servers.ts';
import { withFolder } from './workplace.ts';

export interface FanOut {
  /** Edits delivered to others, per second, everybody writing. */
  readonly deliveredPerSecond: number;
  /** Server CPU per delivery, µs. */
  readonly cpuPerDeliveryUs: number;
  /** CPU of the load itself per delivery, µs: where both share the cores no server can be quicker than this allows. */
  readonly deviceCpuPerDeliveryUs: number;
  /** At `PACE` edits a second from all together, ms. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Share of one core at that pace. */
  readonly pacedCpu: number;
  readonly megabytes: number;
  readonly lost: number;
}

export interface FanOutSize {
  readonly devices: number;
  readonly burstMs: number;
  readonly paceMs: number;
}

/** Edits a second, all devices together. */
export const PACE = 100;
const WINDOW = 250;
/** What may be under way to all together: at 200 devices a whole window each would keep the slowest peer busy for minutes. */
const MOST_UNDER_WAY = 1_000_000;
const WARM_UP_MS = 1_000;

export function fanOut(contestant: Contestant, script: string, size: FanOutSize): Promise<FanOut> {
  return withFolder(async (folder) => {
    const server = await contestant.start(folder);
    const crews = await gatherCrews(script, server.target('team.directory.1'), size.devices);
    const window = Math.min(WINDOW, Math.ceil(MOST_UNDER_WAY / size.devices ** 2));
    try {
      let total = 0;
      let lost = 0;
      const everybodyGot = async (sent: number) => {
        total += sent;
        const drained = await crews.tell({ do: 'drain', total });
        lost = drained.missing;
        if (drained.problem !== null) throw new Error(`a device of ${contestant.name}: ${drained.problem}`);
        return drained;
      };
      const others = size.devices - 1;
      const warm = await crews.tell({ do: 'burst', ms: WARM_UP_MS, window, others });
      await everybodyGot(warm.sent);

      const before = cpuSeconds(server.pid);
      const began = performance.now();
      const burst = await crews.tell({ do: 'burst', ms: size.burstMs, window, others });
      const rest = await everybodyGot(burst.sent);
      const silence = lost > 0 ? SILENCE_MS : 0;
      const seconds = (performance.now() - began - silence) / 1_000;
      const cpu = cpuSeconds(server.pid) - before;
      const delivered = burst.delivered + rest.delivered;
      const deviceCpu = (burst.cpuMs + rest.cpuMs) / 1_000;
      const { most } = memory(server.pid);

      const pacedBefore = cpuSeconds(server.pid);
      const share = PACE / Math.min(3, Math.ceil(size.devices / 20));
      const paced = await crews.tell({ do: 'pace', ms: size.paceMs, perSecond: share });
      const pacedCpu = (cpuSeconds(server.pid) - pacedBefore) / (size.paceMs / 1_000);
      await everybodyGot(paced.sent);
      const late = (part: number) => percentile(paced.latenciesMs, part);
      return {
        deliveredPerSecond: delivered / seconds,
        cpuPerDeliveryUs: (cpu / Math.max(1, delivered)) * 1e6,
        deviceCpuPerDeliveryUs: (deviceCpu / Math.max(1, delivered)) * 1e6,
        p50: late(0.5),
        p95: late(0.95),
        p99: late(0.99),
        pacedCpu,
        megabytes: most,
        lost,
      };
    } finally {
      crews.end();
      await server.stop();
    }
  });
}
