/**
 * Browser tests: real Chromium against the built server (`npm run e2e` builds first). A test tagged `@mobile` runs on
 * a phone-sized touch screen, every other one on a desktop. TRACE=1 keeps a trace of what failed (20 % slower).
 * Files named `*.real-data.spec.ts` read `../shared/data`, which is not in this repository, and run only where it is.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { findBrowser } from './browser.ts';
import { TIME_ZONE } from './support/days.ts';

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  testDir: at('.'),
  testMatch: '*.spec.ts',
  testIgnore: existsSync(at('../../shared/data')) ? [] : ['*.real-data.spec.ts'],
  outputDir: at('../test-results/e2e'),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  workers: 2,
  // A busy machine may stall a browser for seconds; what passes only at a later attempt is named as flaky in the report.
  retries: process.env.CI ? 2 : 0,
  // Twice as long where the machine is shared: what passes takes no longer for it.
  timeout: process.env.CI ? 120_000 : 60_000,
  expect: { timeout: process.env.CI ? 20_000 : 10_000 },
  reporter: process.env.CI ? [['list'], ['json', { outputFile: at('../test-results/e2e.json') }]] : [['list']],
  use: {
    browserName: 'chromium',
    launchOptions: { executablePath: findBrowser(), args: ['--disable-gpu', '--disable-quic'] },
    locale: 'en-GB',
    timezoneId: TIME_ZONE,
    contextOptions: { reducedMotion: 'reduce' },
    screenshot: 'only-on-failure',
    trace: process.env.TRACE ? 'retain-on-failure' : 'off',
  },
  projects: [
    { name: 'desktop', grepInvert: /@mobile/, use: { viewport: { width: 1440, height: 900 } } },
    {
      name: 'mobile',
      grep: /@mobile/,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
    },
  ],
});
