/** Memory of a server whose rooms are looked at and quiet: one device in each, a hundred records in each. */
import { askAt } from '../../server/testing/test-server.ts';
import { gatherCrews } from './crews.ts';
import { type Contestant, memory, type Started } from './servers.ts';
import { withFolder } from './workplace.ts';

const FIRST_YEAR = 1_971;
/** A workspace has a timeline for each year since then, so more rooms are those of a private space. */
const YEARS = 50;
const RECORDS_EACH = 100;

/** Megabytes after so many rooms were opened, for each of `counts`. */
export function idleMemory(contestant: Contestant, script: string, counts: readonly number[]): Promise<number[]> {
  return withFolder(async (folder) => {
    const server = await contestant.start(folder);
    const spaces = contestant.dialect === 'rapport' ? ['team', await makeSpace(server)] : ['team', 'other'];
    const roomOf = (index: number) => `${spaces[Math.floor(index / YEARS)]}.timeline-${FIRST_YEAR + (index % YEARS)}.1`;
    const guests: { end(): void }[] = [];
    const megabytes: number[] = [];
    try {
      for (const count of counts) {
        while (guests.length < count) {
          const crews = await gatherCrews(script, server.target(roomOf(guests.length)), 1);
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

async function makeSpace({ url, cookie }: Started): Promise<string> {
  const answer = await askAt(url)('POST', '/api/spaces', { cookie, body: { name: 'Other' } });
  if (!answer.ok) throw new Error(await answer.text());
  return ((await answer.json()) as { space: { id: string } }).space.id;
}
