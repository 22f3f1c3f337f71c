/** Everybody comes back at once, each with some edits made meanwhile. */
import { type Crews, gatherCrews } from './crews.ts';
import { type Contestant, cpuSeconds } from './servers.ts';
import { withFolder } from './workplace.ts';

export interface Storm {
  /** Until everybody has everybody's edits and, where the server says so, all is on disk. */
  readonly ms: number;
  readonly serverCpuMs: number;
  /** Devices that did not get there. */
  readonly incomplete: number;
  /** Devices that sent again what the server had, in a second return. */
  readonly uploadedTwice: number;
}

const EDITS = 5;

export function storm(contestant: Contestant, script: string, devices: number): Promise<Storm> {
  return withFolder(async (folder) => {
    const server = await contestant.start(folder);
    const crews: Crews = await gatherCrews(script, server.target('team.directory.1'), devices);
    try {
      await crews.tell({ do: 'cut' });
      await new Promise((resolve) => setTimeout(resolve, 1_000));
      const before = cpuSeconds(server.pid);
      const began = performance.now();
      const back = await crews.tell({ do: 'return', edits: EDITS, everybody: devices, round: 1 });
      const ms = performance.now() - began;
      const serverCpuMs = (cpuSeconds(server.pid) - before) * 1_000;
      await crews.tell({ do: 'cut' });
      await new Promise((resolve) => setTimeout(resolve, 500));
      const again = await crews.tell({ do: 'return', edits: 0, everybody: devices, round: 2 });
      return {
        ms,
        serverCpuMs,
        incomplete: back.missing,
        uploadedTwice: again.uploadedEdits + back.uploadedEdits - devices,
      };
    } finally {
      crews.end();
      await server.stop();
    }
  });
}
