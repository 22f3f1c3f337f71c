/** An owner backs up, goes back to the backup, and takes over what came after it; all in the settings. */
import { rm } from 'node:fs/promises';
import { AFTER_HEALING, boardOf } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { memberOf } from './support/records.ts';

test('back up, change, go back, and take the change over from what this device kept', async ({ owner }) => {
  test.slow();
  const { page } = owner;
  const board = boardOf(owner);
  await board.open();
  await board.add('Before the backup 1k');
  await board.synced();
  await page.goto('/settings/backups');
  await expect(page.getByText('No backups yet')).toBeVisible();
  await page.getByRole('button', { name: 'Back up now' }).click();
  await expect(page.getByText('Backed up and verified.')).toBeVisible();
  await expectAccessible(page);
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download zip' }).click();
  expect((await download).suggestedFilename()).toMatch(/^rapport-everything-.*\.zip$/);

  await board.open();
  await board.add('After the backup 2k');
  await board.synced();
  await page.goto('/settings/backups');
  await page
    .getByRole('button', { name: /^Restore the backup of/ })
    .first()
    .click();
  await expectAccessible(page);
  await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
  await expect(page.getByRole('heading', { name: /^Kept on this device/ })).toBeVisible({ timeout: 45_000 });
  await expect(page.getByText('Added After the backup')).toBeVisible();
  await expectAccessible(page);
  await board.open();
  await expect(board.card('Before the backup')).toBeVisible();
  await expect(board.card('After the backup')).toBeHidden();

  await page.goto('/settings/backups');
  await page.getByRole('button', { name: 'Add mine to the workspace' }).click();
  await expect(page.getByText('Everything you wrote is in the workspace.')).toBeVisible();
  await board.open();
  await expect(board.card('After the backup')).toBeVisible();
});

test('a wiped server is set up again from the laptop that still has everything, and refilled from it', async ({
  owner,
  server,
}) => {
  test.slow();
  const { page } = owner;
  const board = boardOf(owner);
  await board.open();
  for (const title of ['One', 'Two', 'Three']) await board.add(`${title} 1k`);
  await board.synced();
  await owner.ready();
  const before = await memberOf(owner);
  await server.kill();
  await rm(server.dataDir, { recursive: true });
  await server.restart();
  await page.reload();
  await page.getByRole('button', { name: /^Sync status/ }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Workspace name').fill('Northlane');
  await page.getByLabel('Your name').fill(owner.name);
  await page.getByLabel('Email').fill(owner.email);
  await page.getByLabel('Password', { exact: true }).fill('correct-horse-battery');
  await page.getByRole('form', { name: 'Start a workspace' }).locator('[type=submit]').click();
  await page.getByRole('link', { name: 'Review' }).click({ timeout: 30_000 });
  await page.getByRole('button', { name: /^Add everything/ }).click();
  await expect(
    page.getByText(/added to this workspace.* The empty pipeline “New business” .* was removed/),
  ).toBeVisible();
  // Who sets it up again on the device they had is who they were: their deals are theirs.
  expect(await memberOf(owner)).toBe(before);
  const again = await owner.context.newPage();
  await again.goto('/deals');
  for (const title of ['One', 'Two', 'Three']) {
    await expect(again.getByRole('article', { name: title })).toBeVisible(AFTER_HEALING);
  }
});
