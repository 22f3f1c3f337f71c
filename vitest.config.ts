/**
 * Unit tests: `node` runs server, shared and the repository's own checks; `client` runs Solid in jsdom; `simulation` runs
 * both sides at once, with Solid as in a browser and no DOM.
 * Files named `*.real-data.test.ts` read `../shared/data` (third-party samples that are not in this repository) and
 * are only run where that folder exists.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import solid from 'vite-plugin-solid';
import { configDefaults, defineConfig } from 'vitest/config';
import { settleLateImports } from './e2e/simulation/late-imports.ts';

const root = fileURLToPath(new URL('.', import.meta.url));
const hasRealData = existsSync(new URL('../shared/data', import.meta.url));
/** Generous: some tests start linters or servers, and the machine may be busy. What should be fast has a bench. */
const testTimeout = 20_000;
/** What is loaded late is loaded before the tests of some files: all of it, through the transforms of a cold cache. */
const hookTimeout = 60_000;
/** Some tests wait for a real server process, which a busy machine may stall: in CI they get a second try. */
const retry = process.env.CI ? 1 : 0;
const exclude = [...configDefaults.exclude, ...(hasRealData ? [] : ['**/*.real-data.test.ts'])];

export default defineConfig({
  test: {
    // vite-plugin-solid sets jsdom for every project unless the root names an environment.
    environment: 'node',
    reporters: process.env.CI ? ['default', ['json', { outputFile: 'test-results/unit.json' }]] : ['default'],
    projects: [
      {
        root,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{server,shared,e2e,bench,.ci,.oxlint}/**/*.test.ts'],
          exclude: [...exclude, 'e2e/simulation/**'],
          testTimeout,
          hookTimeout,
          retry,
        },
      },
      {
        root,
        plugins: [solid()],
        test: {
          name: 'client',
          environment: 'jsdom',
          // Tests import what they use; the global afterEach is how @solidjs/testing-library unmounts after each one.
          globals: true,
          include: ['client/**/*.test.{ts,tsx}'],
          exclude,
          testTimeout,
          hookTimeout,
          retry,
        },
      },
      {
        root,
        plugins: [settleLateImports(), solid()],
        test: { name: 'simulation', environment: 'node', include: ['e2e/simulation/*.test.ts'], exclude, testTimeout },
      },
    ],
  },
});
