/** An owner backs up, goes back to the backup, and takes over what came after it; all in the settings. */
import { boardOf } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';

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
