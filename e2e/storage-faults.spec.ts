/**
 * The browser's storage deleted, closed, full or forbidden under a running tab: the person is told at once and can download
 * what is only in this window, nothing is called saved that is not, and with a line the work still reaches the team.
 */
import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { boardOf } from './pages/board.ts';
import { expect, test } from './support/fixtures.ts';
import type { Person } from './support/person.ts';

const alertIn = ({ page }: Person) => page.getByRole('alert').filter({ has: page.getByRole('button') });

/** What "Download my changes" puts into the downloads folder. */
async function downloaded(person: Person): Promise<string> {
  const coming = person.page.waitForEvent('download');
  await person.page.getByRole('button', { name: 'Download my changes' }).first().click();
  return readFile(await (await coming).path(), 'utf8');
}

/** On a page of the same origin that is not the app. */
function deleteDatabases(other: Page): Promise<number> {
  return other.evaluate(async () => {
    const databases = await indexedDB.databases();
    for (const { name } of databases) indexedDB.deleteDatabase(name ?? '');
    return databases.length;
  });
}

test('deleted: said at once, the change made after it can be downloaded, and with a line it reaches the team', async ({
  owner,
  teammate,
}) => {
  // Two browsers, and up to 30 s of back-off after the line has healed.
  test.slow();
  const jonas = await teammate('Jonas Weber');
  const [mine, his] = [boardOf(owner), boardOf(jonas)];
  await Promise.all([mine.open(), his.open()]);
  await mine.add('Before 1k');
  await mine.synced();
  const other = await owner.context.newPage();
  await other.goto('/healthz');
  await owner.page.bringToFront();
  await owner.ready();
  owner.line.cut();
  expect(await deleteDatabases(other)).toBeGreaterThan(2);
  await expect(alertIn(owner)).toContainText('The data on this device was removed');
  await mine.add('Only here 2k');
  await expect(mine.sync(/Not saved/)).toBeVisible();
  expect(await downloaded(owner)).toContain('Only here');
  owner.line.heal();
  await expect(his.card('Only here')).toBeVisible({ timeout: 40_000 });
  await expect(alertIn(owner)).toBeVisible();
});

test('closed by the browser: the copy is made again from what is in the window, and a reload without a line finds it', async ({
  owner,
}) => {
  const { page, context } = owner;
  const board = boardOf(owner);
  await board.open();
  await board.add('Before 1k');
  await board.synced();
  await owner.ready();
  owner.line.cut();
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', { origin: owner.line.url, storageTypes: 'indexeddb' });
  await board.add('After 2k');
  // Either it is told, or everything is stored again: never a quiet loss.
  const isTold = await alertIn(owner)
    .waitFor({ timeout: 3_000 })
    .then(
      () => true,
      () => false,
    );
  if (isTold) {
    expect(await downloaded(owner)).toContain('After');
    return;
  }
  await page.reload();
  await expect(board.card('Before')).toBeVisible();
  await expect(board.card('After')).toBeVisible();
});

test('full: said with the first write that does not fit, and what could not be stored is in the download', async ({
  owner,
}) => {
  const { page, context } = owner;
  const board = boardOf(owner);
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', { origin: owner.line.url, quotaSize: 1 });
  await board.open();
  await expect(alertIn(owner)).toContainText('This device is full');
  await board.add('Reaches the server 1k');
  owner.line.cut();
  await board.add('Too much 2k');
  await expect(board.sync(/Not saved/)).toBeVisible();
  expect(await downloaded(owner)).toContain('Too much');
});

test('forbidden from the start: the app works with a line, says that it keeps nothing, and never calls a change saved here', async ({
  owner,
  teammate,
}) => {
  const jonas = await teammate('Jonas Weber');
  const { page } = owner;
  // As browsers answer when storage is blocked for a site.
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The user denied permission to access the database.', 'SecurityError');
    };
  });
  const [mine, his] = [boardOf(owner), boardOf(jonas)];
  await Promise.all([mine.open(), his.open()]);
  await expect(alertIn(owner)).toContainText('This browser has stopped saving');
  await mine.add('Through the line 1k');
  await expect(his.card('Through the line')).toBeVisible();
  await owner.ready();
  owner.line.cut();
  await mine.add('Only in this window 2k');
  await expect(mine.sync(/Not saved/)).toBeVisible();
  expect(await downloaded(owner)).toContain('Only in this window');
});
