/** Record pages as people work with them: looking in from a list, going on to the next, stars, relations, phones. */
import { addressOf, addSampleData } from './pages/sample.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';

test('Space shows a contact beside the list, follows the arrows, and Escape gives the list back', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await page.goto('/contacts');
  await expect(page.getByRole('rowheader').first()).toContainText('Anselm Rothweiler');
  await page.getByRole('textbox', { name: 'Find a contact' }).press('ArrowDown');
  await expect(page.getByRole('rowheader', { name: /Anselm Rothweiler/ })).toBeFocused();
  await page.keyboard.press('Space');
  const peek = page.getByRole('complementary', { name: 'Preview' });
  await expect(peek.getByRole('heading', { name: 'Anselm Rothweiler' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(peek.getByRole('heading', { name: 'Asger Lundemark' })).toBeVisible();
  await peek.getByRole('button', { name: /^Phones/ }).click();
  await page.keyboard.type('+45 33 12 34 56');
  await page.keyboard.press('Enter');
  await expect(peek.getByRole('button', { name: /^Phones, \+45/ })).toBeVisible();
  await expectAccessible(page, { within: '.peek' });
  await page.keyboard.press('Escape');
  await expect(peek).toHaveCount(0);
  await expect(page.getByRole('rowheader', { name: /Asger Lundemark/ })).toBeFocused();
});

test('J and K go through the filtered list, and the way back has its filter', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await page.goto('/contacts?q=pinewharf');
  await page.getByRole('rowheader').getByRole('link', { name: 'Idris Penrose' }).click();
  await expect(page.getByText('2 of 4')).toBeVisible();
  await page.getByRole('button', { name: 'History', exact: true }).click();
  await expect(page.getByRole('complementary', { name: 'History of Idris Penrose' })).toBeVisible();
  await page.keyboard.press('j');
  await expect(page.getByRole('heading', { level: 1, name: 'Maud Kerrigan' })).toBeVisible();
  await expect(page.getByRole('complementary', { name: 'History of Maud Kerrigan' })).toBeVisible();
  await page.keyboard.press('k');
  await expect(page.getByRole('heading', { level: 1, name: 'Idris Penrose' })).toBeVisible();
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Copy link' }).click();
  await expect(page.getByText('Link to Idris Penrose copied')).toBeVisible();
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: 'Contacts' }).click();
  await expect(page.getByText('4 contacts', { exact: true })).toBeVisible();
});

test('a relation is said once and read on both pages; a star is in the sidebar of this person only', async ({
  owner,
  teammate,
}) => {
  const { page } = owner;
  await addSampleData(owner);
  const tessa = await addressOf(owner, '/contacts', 'Tessa Hallworth');
  await page.goto(tessa);
  await page.getByRole('button', { name: 'Add to starred' }).click();
  const starred = page.getByRole('list', { name: 'Starred' });
  await expect(starred.getByRole('link', { name: 'Tessa Hallworth' })).toBeVisible();

  const relations = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Relations' }) })
    .last();
  await relations.getByRole('button', { name: 'Add a person' }).click();
  await page.getByRole('combobox', { name: 'Person' }).fill('Maud');
  await page.getByRole('option', { name: /Maud Kerrigan/ }).click();
  await relations.getByRole('button', { name: /^Relation of Maud/ }).click();
  await page.getByRole('menuitemradio', { name: 'Manager' }).click();
  await page.keyboard.press('Escape');
  await relations.getByRole('link', { name: 'Maud Kerrigan' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Maud Kerrigan' })).toBeVisible();
  await expect(relations.getByRole('link', { name: 'Tessa Hallworth' })).toBeVisible();
  await expect(relations.getByText('Direct report')).toBeVisible();

  const jonas = await teammate('Jonas Weber');
  await jonas.page.goto(tessa);
  await expect(jonas.page.getByRole('button', { name: /^Relation of Maud Kerrigan: Manager/ })).toBeVisible();
  await expect(jonas.page.getByRole('list', { name: 'Starred' })).toHaveCount(0);
});

test('other companies, key dates and the interval to keep in touch are edited by keyboard', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await page.goto(await addressOf(owner, '/contacts', 'Tessa Hallworth'));
  await page
    .getByRole('button', { name: /^Show \d+ empty fields$/ })
    .first()
    .click();
  const field = (name: RegExp) => page.getByRole('region', { name: 'Properties' }).getByRole('button', { name });

  await field(/^Key dates/).press('Enter');
  await page.getByRole('combobox', { name: 'Name of date 1' }).fill('Wedding');
  await page.keyboard.press('Tab');
  await page.keyboard.type('3 may');
  await page.keyboard.press('Enter');
  await expect(field(/^Key dates, Wedding 3 May$/)).toBeVisible();

  await field(/^Positions/).press('Enter');
  await page.keyboard.type('Havre');
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Role at Havre Jardin' }).fill('Board member');
  await page.getByRole('checkbox', { name: 'Ended' }).press('Space');
  await page.getByRole('textbox', { name: 'Role at Havre Jardin' }).press('Enter');
  await expect(field(/^Positions, Board member, Havre Jardin, ended$/)).toBeVisible();

  await field(/^Keep in touch/).press('Enter');
  await page.keyboard.type('six weeks');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('alert').filter({ hasText: 'Keep in touch needs a number.' })).toBeVisible();
  await page.getByRole('textbox', { name: 'Keep in touch' }).fill('6 weeks');
  await page.keyboard.press('Enter');
  await expect(field(/^Keep in touch, 6 weeks$/)).toBeVisible();

  await page.goto(await addressOf(owner, '/companies', 'Havre Jardin'));
  const former = page
    .locator('section')
    .filter({ has: page.getByRole('heading', { name: 'Formerly here' }) })
    .last();
  await expect(former.getByRole('link', { name: 'Tessa Hallworth' })).toBeVisible();
  await expect(former.getByText('Board member')).toBeVisible();
});

test('on a phone the parts of a deal are behind tabs @mobile', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await page.goto('/deals');
  await page.getByRole('article', { name: /^Shop fittings, 6 branches/ }).click();
  await expect(page.getByRole('tab', { name: 'Timeline' })).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('button', { name: /^Owner/ })).toBeHidden();
  await page.getByRole('tab', { name: 'Details' }).tap();
  await expect(page.getByRole('button', { name: /^Owner, Maya/ })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Comment on Close date' })).toBeVisible();
  const covered = await page.locator('.prop dt').evaluateAll((names) =>
    names.flatMap((name) => {
      const [words, button] = [name.querySelector('.truncate'), name.querySelector('.fieldcomment')];
      const isFree = !words || !button || words.getBoundingClientRect().right <= button.getBoundingClientRect().left;
      return isFree ? [] : [name.textContent];
    }),
  );
  expect(covered).toEqual([]);
  await page.getByRole('tab', { name: /^Related/ }).tap();
  await expect(page.getByRole('heading', { name: 'Company' })).toBeVisible();
  await expectAccessible(page);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(overflow).toBe(0);
});
