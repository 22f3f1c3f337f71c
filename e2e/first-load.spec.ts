/** The page must open fast on a slow line: at most 150 kB of JavaScript (gzip) before it can be used. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { expect, test } from './support/fixtures.ts';

const BUDGET_BYTES = 150_000;
const dist = (path: string) => fileURLToPath(new URL(`../dist/client/${path}`, import.meta.url));

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

test('what the entry imports fits the first-load budget', () => {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(dist('.vite/manifest.json'), 'utf8'));
  const files = new Set<string>();
  const visit = (chunk: Chunk | undefined) => {
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const name of chunk.imports ?? []) visit(manifest[name]);
  };
  for (const chunk of Object.values(manifest)) if (chunk.isEntry) visit(chunk);
  expectWithinBudget([...files].filter((file) => file.endsWith('.js')));
});

test('what a signed-in page loads until it can be used fits the first-load budget', async ({ owner }) => {
  await owner.page.goto('/');
  await expect(owner.page.getByRole('main')).toBeVisible();
  const loaded = await owner.page.evaluate(() =>
    performance.getEntriesByType('resource').map((entry) => new URL(entry.name).pathname.slice(1)),
  );
  expectWithinBudget([...new Set(loaded)].filter((path) => path.endsWith('.js')));
});

function expectWithinBudget(files: readonly string[]): void {
  const sizes = files.map((file) => ({ file, bytes: gzipSync(readFileSync(dist(file)), { level: 9 }).byteLength }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`First load: ${(total / 1000).toFixed(1)} kB gzip in ${files.length} files`);
  expect(files.length).toBeGreaterThan(0);
  expect(total, JSON.stringify(sizes, null, 2)).toBeLessThanOrEqual(BUDGET_BYTES);
}
