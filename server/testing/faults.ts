/** `npm run faults [-- rounds]`: SIGKILL under write load, 20 rounds; exit code 1 when anything was lost. */
import { rmSync } from 'node:fs';
import { createRandom } from '../../shared/seed/random.ts';
import { killRounds } from './kill-rounds.ts';
import { makeTemporaryFolder } from './test-server.ts';

const rounds = Number(process.argv[2] ?? 20);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const folder = makeTemporaryFolder();
try {
  console.log(`SIGKILL under write load, ${rounds} rounds, 6 clients in two rooms, seed ${seed}`);
  const { written, promised, acknowledged, lost } = await killRounds({
    rounds,
    clients: 6,
    folder,
    random: createRandom(seed).next,
    onRound: (round, so) =>
      console.log(`round ${round + 1}: ${so.written} written, ${so.promised} promised, ${so.lost.length} lost`),
  });
  console.log(
    `${written} updates written, ${promised} received by somebody or acknowledged (${acknowledged} acknowledged), ${lost.length} lost`,
  );
  for (const key of lost) console.log(`lost: ${key}`);
  process.exitCode = lost.length === 0 && promised > 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
