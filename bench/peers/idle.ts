/** Memory of a server whose rooms are looked at and quiet: one device in each, a hundred records in each. */
import { gatherCrews } from './crews.ts';
import { type Contestant, memory } from './servers.ts';
import { withFolder } from './workplace.ts';

const FIRST_YEAR = 1_971;
const RECORDS_EACH = 100;

/** Megabytes after so many rooms were opened, for each of `counts`. */
export function idleMemory(contestant: Contestant, script: string, counts: readonly number[]): Promise<number[]> {
  return withFolder(async (folder) => {
    const server = await contestant.start(folder);
    const guests: { end(): void }[] = [];
    const megabytes: number[] = [];
    try {
      for (const count of counts) {
        const rooms = Array.from({ length: count - guests.length }, (_, index) => FIRST_YEAR + guests.length + index);
        for (const year of rooms) {
          const crews = await gatherCrews(script, server.target(`team.timeline-${year}.1`), 1);
          await crews.tell({ do: 'pace', ms: 200, perSecond: RECORDS_EACH * 5 });
          guests.push(crews);
        }
        await new Promise((resolve) => setTimeout(resolve, 1_500));
        megabytes.push(memory(server.pid).now);
      }
      return megabytes;
    } finally {
      for (const guest of guests) guest.end();
      await server.stop();
    }
  });
}
