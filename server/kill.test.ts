import { rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createRandom } from '../shared/seed/random.ts';
import { killRounds } from './testing/kill-rounds.ts';
import { makeTemporaryFolder } from './testing/test-server.ts';

test('killed with SIGKILL three times under write load, nothing that was received or acknowledged is gone', async () => {
  const folder = makeTemporaryFolder();
  const seed = Date.now() % 1_000_000;
  const result = await killRounds({ rounds: 3, clients: 4, folder, random: createRandom(seed).next });
  expect(result.lost, `seed ${seed}`).toEqual([]);
  expect(result.promised).toBeGreaterThan(100);
  rmSync(folder, { recursive: true, force: true });
}, 60_000);
