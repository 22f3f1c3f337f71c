/** What an open tab lives through when the server gets a new version: nothing, until somebody asks for it. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeServiceWorker } from '../vite.config.ts';
import { test as base, expect } from './support/fixtures.ts';
import { DIST } from './support/server.ts';

const test = base.extend({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures a function needs from this pattern.
  dist: async ({}, use, testInfo) => {
    const dist = testInfo.outputPath('dist'); // inside the repository, where the server finds its native addon
    cpSync(DIST, dist, { recursive: true });
    await use(dist);
  },
});

test('a new version waits, and open tabs keep working with the old one', async ({ dist, server, visitor }) => {
  const firstTab = visitor.page;
  const otherTab = await visitor.context.newPage();
  for (const tab of [firstTab, otherTab]) {
    await tab.goto('/');
    await tab.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await tab.evaluate(() => Object.assign(window, { stillTheSamePage: true }));
  }

  await server.stop();
  const lazyPart = await release(dist);
  await server.restart();
  await firstTab.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect.poll(() => isUpdateWaiting(firstTab), { message: 'the new version is installed and waits' }).toBe(true);
  expect((await visitor.context.request.get(lazyPart)).headers()['content-type'] ?? '').not.toContain('javascript');

  await test.step('neither tab was reloaded, and both still get parts the server no longer has', async () => {
    for (const tab of [firstTab, otherTab]) await expectOldVersionWorks(tab, lazyPart);
  });

  await test.step('after one tab switched, the other one still works', async () => {
    await firstTab.evaluate(async () => (await navigator.serviceWorker.ready).waiting?.postMessage('apply-update'));
    await expect.poll(() => isUpdateWaiting(otherTab)).toBe(false);
    await firstTab.reload();
    await expect(firstTab.locator('html')).toHaveAttribute('data-release', '2');
    await expectOldVersionWorks(otherTab, lazyPart);
  });

  await test.step('the new version is stored too: it opens with the server gone', async () => {
    await server.kill();
    await firstTab.reload();
    await expect(firstTab.locator('html')).toHaveAttribute('data-release', '2');
  });
});

/** Puts another version in place, without one lazy part of the old one, and returns that part's path. */
async function release(dist: string): Promise<string> {
  const client = join(dist, 'client');
  const manifest: Record<string, { file: string; isDynamicEntry?: boolean }> = JSON.parse(
    readFileSync(join(client, '.vite/manifest.json'), 'utf8'),
  );
  const lazyPart = Object.values(manifest).find((chunk) => chunk.isDynamicEntry)?.file;
  if (!lazyPart) throw new Error('The build has no lazy part');
  rmSync(join(client, lazyPart));
  const shell = join(client, 'index.html');
  writeFileSync(shell, readFileSync(shell, 'utf8').replace('<html ', '<html data-release="2" '));
  await writeServiceWorker(client);
  return `/${lazyPart}`;
}

function isUpdateWaiting(page: Page): Promise<boolean> {
  return page.evaluate(async () => Boolean((await navigator.serviceWorker.getRegistration())?.waiting));
}

/** `no-store` leaves the browser's own cache out of it: what answers is the service worker, or the server. */
async function expectOldVersionWorks(page: Page, lazyPart: string): Promise<void> {
  expect(await page.evaluate(() => 'stillTheSamePage' in window)).toBe(true);
  const type = await page.evaluate(
    (path) => fetch(path, { cache: 'no-store' }).then((response) => response.headers.get('content-type')),
    lazyPart,
  );
  expect(type).toContain('javascript');
}
