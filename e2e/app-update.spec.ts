/** What an open tab lives through when the server gets a new version: it is asked, and nothing happens until somebody wants it. */
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeServiceWorker } from '../vite.config.ts';
import { boardOf } from './pages/board.ts';
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

test('a new version asks, waits for what is being typed, and open tabs keep working with the old one', async ({
  dist,
  server,
  owner,
}) => {
  const firstTab = owner.page;
  const otherTab = await owner.context.newPage();
  for (const tab of [firstTab, otherTab]) {
    await tab.goto('/deals');
    await tab.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await tab.evaluate(() => Object.assign(window, { stillTheSamePage: true }));
  }

  await server.stop();
  const lazyPart = await release(dist);
  await server.restart();
  await firstTab.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await expect.poll(() => isUpdateWaiting(firstTab), { message: 'the new version is installed and waits' }).toBe(true);
  expect((await owner.context.request.get(lazyPart)).headers()['content-type'] ?? '').not.toContain('javascript');

  await test.step('neither tab was reloaded, and both still get parts the server no longer has', async () => {
    for (const tab of [firstTab, otherTab]) await expectOldVersionWorks(tab, lazyPart);
  });

  const board = boardOf(owner);
  const reload = firstTab.getByRole('button', { name: 'Reload' });
  await test.step('it asks, and does not reload over a deal that is being typed', async () => {
    await firstTab.getByRole('button', { name: /^New deal/ }).click();
    const line = firstTab.getByRole('textbox', { name: 'Deal, company, value and close date in one line' });
    await line.fill('Half a deal 10k');
    await reload.click();
    await expect(firstTab.getByText(/^Something here is not added yet/)).toBeVisible();
    await expect(line).toHaveValue('Half a deal 10k');
    await line.press('Enter');
    await line.press('Escape');
    await expect(board.card('Half a deal')).toBeVisible();
  });

  await test.step('after one tab switched, the other one still works', async () => {
    await reload.click();
    await expect(firstTab.locator('html')).toHaveAttribute('data-release', '2');
    await expect(board.card('Half a deal')).toBeVisible();
    await expect.poll(() => isUpdateWaiting(otherTab)).toBe(false);
    await expectOldVersionWorks(otherTab, lazyPart);
  });

  await test.step('the new version is stored too: it opens with the server gone', async () => {
    await server.kill();
    await firstTab.reload();
    await expect(firstTab.locator('html')).toHaveAttribute('data-release', '2');
    await expect(board.card('Half a deal')).toBeVisible();
  });
});

/** Puts another version in place, without one lazy part of the old one (a page nobody opens), and returns that part's path. */
async function release(dist: string): Promise<string> {
  const client = join(dist, 'client');
  const manifest: Record<string, { file: string }> = JSON.parse(
    readFileSync(join(client, '.vite/manifest.json'), 'utf8'),
  );
  const lazyPart = manifest['features/history/trash-page.tsx']?.file;
  if (!lazyPart) throw new Error('The page of the trash is no part of its own');
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
