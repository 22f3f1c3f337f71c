/** What the README promises is tested under the same words. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('every promise in the README has a browser test with its name', () => {
  const readme = readFileSync(`${root}README.md`, 'utf8');
  const promises = [...readme.matchAll(/^- (.+)$/gm)].map(([, promise]) => promise ?? '');
  expect(promises.length).toBeGreaterThan(5);
  const specs = readdirSync(`${root}e2e`)
    .filter((name) => name.endsWith('.spec.ts'))
    .map((name) => readFileSync(`${root}e2e/${name}`, 'utf8'))
    .join('\n');
  for (const promise of promises) expect(specs).toContain(`'${promise}'`);
});
