/** `npm run seed` runs the sources as they are, without a bundle: what Node reads in another way than bundlers is noticed here. */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { makeTemporaryFolder } from '../testing/test-server.ts';

test('an empty folder gets a workspace with made-up records', async () => {
  const folder = makeTemporaryFolder();
  try {
    const numbers = ['--contacts', '5', '--deals', '3', '--activities', '4'];
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', 'server/scripts/seed.ts', ...numbers],
      { env: { ...process.env, DATA_DIR: folder } },
    );
    expect(stdout).toMatch(/Made \d+ records in /);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 60_000);
