/** What a phone has room for only in other places: the board's options, selection and what is done with it. */
import { boardOf } from './pages/board.ts';
import { addSampleData } from './pages/sample.ts';
import { expect, test } from './support/fixtures.ts';

test('on a phone the board begins with its whole name and its stages; the filters come when they are wanted @mobile', async ({
  owner,
}) => {
  const { page } = owner;
  await addSampleData(owner);
  const name = page.getByRole('button', { name: 'Pipeline: New business' }).locator('.truncate');
  expect(await name.evaluate((element) => element.scrollWidth <= element.clientWidth)).toBe(true);
  const find = page.getByRole('textbox', { name: 'Find deals' });
  await expect(find).toBeHidden();
  await page.getByRole('button', { name: 'Options of Lead' }).click();
  await page.getByRole('menuitem', { name: 'Find and filter deals' }).click();
  await expect(find).toBeFocused();
  await find.fill('brewery');
  await expect(boardOf(owner).card('Shop fittings')).toHaveCount(0);
  await page.getByRole('button', { name: 'Options of Lead' }).click();
  await page.getByRole('menuitem', { name: 'Clear and close the filters' }).click();
  await expect(boardOf(owner).card('Shop fittings')).toBeVisible();
  await expect(find).toBeHidden();
});

test('on a phone deals and contacts are selected by tapping and changed together @mobile', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  await page.getByRole('button', { name: /^More for Shop fittings/ }).click();
  await page.getByRole('menuitem', { name: 'Select' }).click();
  await board.card('Brewery cold store').click();
  const bar = page.getByRole('toolbar', { name: '2 selected deals' });
  await bar.getByRole('button', { name: 'Stage' }).click();
  await page.getByRole('menuitem', { name: 'Lost' }).click();
  await page.getByRole('button', { name: 'Price' }).click();
  await page.getByRole('button', { name: 'Mark as lost' }).click();
  await expect(board.card('Shop fittings')).toHaveCount(0);
  await expect(board.card('Brewery cold store')).toHaveCount(0);

  await page.goto('/contacts');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByRole('checkbox', { name: 'Select Asger Lundemark' }).click();
  await page.getByRole('checkbox', { name: 'Select Barney Oldroyd' }).click();
  await page.getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('58 contacts')).toBeVisible();
});

test('what was done before a reload is undone after it', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await board.open();
  await board.add('First 1k');
  await board.move('First', 'Proposal');
  await page.reload();
  await expect(board.column('Proposal').getByRole('article', { name: 'First' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(board.column('Lead').getByRole('article', { name: 'First' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(board.card('First')).toHaveCount(0);
});
