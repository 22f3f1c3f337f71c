/**
 * Finds a Chromium for the end-to-end tests, or installs one: the first step of `npm run e2e`, and `findBrowser()` for
 * playwright.config.ts. Order: CHROMIUM_PATH, Playwright's own build, an installed browser, Debian's package when
 * we are root, Playwright's download.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';

// Ubuntu's /usr/bin/chromium-browser is left out: it is a wrapper of a snap that a root shell cannot start.
const INSTALLED: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ['/usr/bin/google-chrome', '/usr/bin/chromium', '/usr/bin/microsoft-edge'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/** Path of a browser that is there now, or undefined. */
export function findBrowser(): string | undefined {
  const candidates = [process.env.CHROMIUM_PATH, chromium.executablePath(), ...(INSTALLED[process.platform] ?? [])];
  return candidates.find((path) => path && existsSync(path));
}

function installBrowser(): void {
  const isRoot = process.getuid?.() === 0;
  if (isRoot && existsSync('/etc/debian_version')) {
    const options = { stdio: 'inherit' as const, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    execFileSync('apt-get', ['update', '-qq'], options);
    execFileSync(
      'apt-get',
      ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-liberation'],
      options,
    );
    return;
  }
  const cli = join(dirname(createRequire(import.meta.url).resolve('@playwright/test/package.json')), 'cli.js');
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const found = findBrowser();
  if (!found) installBrowser();
  const browser = found ?? findBrowser();
  if (!browser) {
    console.error(
      'No Chromium was found and none could be installed, so the browser tests cannot run. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one.',
    );
    process.exit(1);
  }
  console.log(`Browser tests use ${browser}`);
}
