/** The contacts table as people work with it: ordering, choosing columns, editing cells, acting on many, adding. */
import type { Page } from '@playwright/test';
import { addSampleData } from './pages/sample.ts';
import { expect, test } from './support/fixtures.ts';

async function openContacts(page: Page): Promise<void> {
  await page.goto('/contacts');
  await expect(page.getByRole('rowheader').first()).toBeVisible();
}

const header = (page: Page, name: string | RegExp) => page.getByRole('columnheader', { name, exact: true });
/** Rows stand in the document in any order; which is first is said by their index. */
const firstRow = (page: Page) => page.locator('[role="row"][aria-rowindex="2"]');
const row = (page: Page, name: string) => page.getByRole('row').filter({ has: page.getByRole('rowheader', { name }) });

test('the table is sorted by the name of the company, up and down, and stays so', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await openContacts(page);
  await header(page, 'Company').click();
  await expect(header(page, 'Company')).toHaveAttribute('aria-sort', 'ascending');
  await expect(firstRow(page)).toContainText('Alder & Finch Studio');
  await header(page, 'Company').click();
  await expect(header(page, 'Company')).toHaveAttribute('aria-sort', 'descending');
  await expect(firstRow(page)).toContainText('Zielony Młyn');
  await page.reload();
  await expect(header(page, 'Company')).toHaveAttribute('aria-sort', 'descending');
  await expect(firstRow(page)).toContainText('Zielony Młyn');
});

test('columns are hidden and shown, and the next visit has them the same way', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await openContacts(page);
  await page.getByRole('button', { name: 'Columns' }).click();
  await page.getByRole('checkbox', { name: 'Job title' }).uncheck();
  await page.getByRole('checkbox', { name: 'Phone' }).check();
  await page.keyboard.press('Escape');
  await expect(header(page, 'Job title')).toHaveCount(0);
  await expect(header(page, /^Phone/)).toBeVisible();
  await page.reload();
  await expect(header(page, /^Phone/)).toBeVisible();
  await expect(header(page, 'Job title')).toHaveCount(0);
});

test('several contacts get another owner in one step, which one undo takes back', async ({ owner, teammate }) => {
  const { page } = owner;
  await teammate('Jonas Weber');
  await addSampleData(owner);
  await openContacts(page);
  await page.getByRole('textbox', { name: 'Find a contact' }).fill('pinewharf');
  await expect(page.getByText('4 contacts', { exact: true })).toBeVisible();
  await page.getByRole('checkbox', { name: 'Select all' }).check();
  const bar = page.getByRole('toolbar', { name: 'Selected records' });
  await expect(bar).toContainText('4 selected');
  await bar.getByRole('button', { name: 'Owner' }).click();
  await page.getByRole('option', { name: 'Jonas Weber' }).click();
  const owners = page.getByRole('row', { name: /Pinewharf/ }).getByText('Jonas');
  await expect(owners).toHaveCount(4);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(owners).toHaveCount(0);
  await expect(page.getByRole('row', { name: /Pinewharf/ }).getByText('Maya')).toHaveCount(4);
});

test('a cell is edited where it stands; an address that is none stays in it with the reason', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await openContacts(page);
  await page.getByRole('textbox', { name: 'Find a contact' }).fill('hallworth');
  const tessa = row(page, 'Tessa Hallworth');
  await tessa.getByRole('gridcell', { name: 'Head of Stores' }).dblclick();
  await page.getByRole('textbox', { name: 'Job title of Tessa Hallworth' }).fill('Director');
  await page.keyboard.press('Enter');
  await expect(tessa.getByRole('gridcell', { name: 'Director' })).toBeVisible();

  await tessa.getByRole('gridcell', { name: /tessa\.hallworth@/ }).dblclick();
  const mail = page.getByRole('textbox', { name: /^Email.* of Tessa Hallworth$/ });
  await mail.fill('tessa at pinewharf');
  await mail.press('Enter');
  await expect(mail).toHaveValue('tessa at pinewharf');
  await expect(mail).toHaveAttribute('aria-invalid', 'true');
  await expect(mail).toHaveAccessibleDescription(/.+/);
  await mail.fill('tessa@pinewharf.example');
  await mail.press('Enter');
  await expect(mail).toHaveCount(0);
  await expect(tessa).toContainText('tessa@pinewharf.example');
  await page.reload();
  await page.getByRole('textbox', { name: 'Find a contact' }).fill('hallworth');
  await expect(tessa).toContainText('tessa@pinewharf.example');
  await expect(tessa).toContainText('Director');
});

test('N adds a contact with a company that did not exist, and the form is ready for the next one', async ({
  owner,
}) => {
  const { page } = owner;
  await addSampleData(owner);
  await openContacts(page);
  await page.keyboard.press('n');
  const form = page.getByRole('dialog', { name: 'New contact' });
  const name = form.getByRole('textbox', { name: 'Name' });
  await expect(name).toBeFocused();
  await name.fill('Marta Halvorsen');
  await form.getByRole('textbox', { name: 'Email' }).fill('marta@havnfisk');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('textbox', { name: 'Email' })).toHaveAttribute('aria-invalid', 'true');
  await expect(name).toHaveValue('Marta Halvorsen');
  await form.getByRole('textbox', { name: 'Email' }).fill('marta@havnfisk.example');
  await page.keyboard.press('Enter');
  await expect(form.getByRole('link', { name: 'Marta Halvorsen' })).toBeVisible();
  await expect(name).toHaveValue('');
  await expect(name).toBeFocused();
  await page.keyboard.press('Escape');
  await page.getByRole('textbox', { name: 'Find a contact' }).fill('halvorsen');
  await expect(row(page, 'Marta Halvorsen')).toContainText('marta@havnfisk.example');
});
