/** Somebody who is there twice becomes one person, on every screen, and two again. */
import { boardOf } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import { makeRecord } from './support/records.ts';

test('two contacts are merged in the table: a teammate sees one with the timeline of both, and undo brings both back', async ({
  owner,
  teammate,
}) => {
  test.slow();
  const { page } = owner;
  const jane = await makeRecord(owner, 'contact', {
    firstName: 'Jane',
    lastName: 'Doe',
    jobTitle: 'Buyer',
    tags: 'fair',
  });
  const double = await makeRecord(owner, 'contact', {
    firstName: 'Jane',
    lastName: 'Roe',
    emails: 'jane@acme.example',
  });
  const at = Date.now();
  await makeRecord(owner, 'activity', { kind: 'call', body: 'Asked for a price', about: [jane], at });
  await makeRecord(owner, 'activity', { kind: 'note', body: 'Met at the fair', about: [double], at });

  await page.goto('/contacts');
  await expect(page.getByRole('rowheader', { name: 'Jane Roe' })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  await page.getByRole('toolbar', { name: 'Selected records' }).getByRole('button', { name: 'Merge' }).click();
  const dialog = page.getByRole('dialog', { name: 'Merge 2 contacts' });
  await expect(dialog.getByRole('radio', { name: 'Jane Doe' })).toBeChecked();
  const after = dialog.getByRole('region', { name: 'After merging' });
  await expect(after.getByText('jane@acme.example')).toBeVisible();
  await expect(after.getByText('1 entry')).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('radiogroup', { name: 'Last name' }).getByRole('radio', { name: 'Roe' }).check();
  await page.keyboard.press('ArrowLeft');
  await expect(dialog.getByRole('radio', { name: 'Doe', exact: true })).toBeChecked();
  await dialog.getByRole('button', { name: 'Merge' }).click();
  await expect(page.getByText('Jane Roe merged into Jane Doe')).toBeVisible();
  await expect(page.getByRole('rowheader')).toHaveCount(1);

  const jonas = await teammate('Jonas Weber');
  await jonas.page.goto(`/contacts/${double}`);
  await expect(jonas.page).toHaveURL(new RegExp(`/contacts/${jane}$`));
  await expect(jonas.page.getByText('Asked for a price')).toBeVisible();
  await expect(jonas.page.getByText('Met at the fair')).toBeVisible();
  await expect(jonas.page.getByRole('button', { name: 'Unmerge Jane Roe' })).toBeVisible();
  await expectAccessible(jonas.page, { within: '.recordpage__related' });

  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('rowheader')).toHaveCount(2);
  await boardOf(owner).synced();
  await expect(jonas.page.getByText('Met at the fair')).toHaveCount(0);
  await expect(jonas.page.getByRole('button', { name: 'Unmerge Jane Roe' })).toHaveCount(0);

  // Who else is there twice, without having been looked for: compared and merged by keys, and the next one has them.
  await makeRecord(owner, 'contact', { firstName: 'J', emails: 'JANE@acme.example' });
  await makeRecord(owner, 'contact', { firstName: 'Jane', lastName: 'Doe', tags: 'list' });
  await page.getByRole('link', { name: 'Duplicates' }).press('Enter');
  const pairs = page.getByRole('button', { name: /^Compare: / });
  await expect(pairs).toHaveCount(2);
  await expect(pairs.first()).toHaveAccessibleName('Compare: J and Jane Roe');
  await expectAccessible(page);
  await pairs.first().press('Enter');
  await page.getByRole('dialog', { name: 'Merge 2 contacts' }).getByRole('button', { name: 'Merge' }).press('Enter');
  await expect(pairs).toHaveCount(1);
  await expect(pairs).toBeFocused();
  await expect(pairs).toHaveAccessibleName('Compare: Jane Doe and Jane Doe');
});
