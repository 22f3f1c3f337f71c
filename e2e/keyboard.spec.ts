/** Everything without a mouse: the board, a deal, a table, search, help, undo, an import. No test here clicks. */
import type { Locator, Page } from '@playwright/test';
import { boardOf } from './pages/board.ts';
import { csvNamed, importOf } from './pages/import.ts';
import { addSampleData } from './pages/sample.ts';
import { expect, test } from './support/fixtures.ts';

const MANY_STOPS = 60;

/** Presses Tab until something has the focus, as somebody does who has nothing else. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  for (let stops = 0; stops < MANY_STOPS; stops++) {
    if (await target.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  await expect(target, `reached within ${MANY_STOPS} Tabs`).toBeFocused();
}

test('a card is lifted, carried to another stage and dropped by keys, and each step is spoken', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  const spoken = page.locator('[aria-live="assertive"]');
  const kitchen = board.card('Kitchen refit');
  await tabTo(page, board.column('Proposal').getByRole('article').first());
  await page.keyboard.press('ArrowDown');
  await expect(kitchen).toBeFocused();

  await page.keyboard.press('Space');
  await expect(spoken).toHaveText('Lifted Kitchen refit with dining terrace. Proposal, 2 of 3.');
  await page.keyboard.press('ArrowLeft');
  await expect(spoken).toHaveText(/^Qualified, \d of 5\.$/);
  await page.keyboard.press('Escape');
  await expect(spoken).toHaveText('Put back. Proposal, 2 of 3.');
  await expect(board.column('Proposal').getByRole('article', { name: /^Kitchen refit/ })).toBeFocused();

  await page.keyboard.press('Space');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('End');
  await expect(spoken).toHaveText('Negotiation, 3 of 3.');
  await page.keyboard.press('ArrowUp');
  await expect(spoken).toHaveText('Negotiation, 2 of 3.');
  await page.keyboard.press('Space');
  await expect(spoken).toHaveText('Dropped in Negotiation. Value there 90,700 euros and 96,000 US dollars.');
  await expect(board.column('Negotiation').getByRole('article').nth(1)).toHaveAccessibleName(/^Kitchen refit/);
  await expect(kitchen).toBeFocused();
});

test('a deal is opened, its value changed where it stands, and left again, by keys', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  await tabTo(page, board.column('Negotiation').getByRole('article').first());
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/deals\/deal_/);
  const value = page.getByRole('button', { name: /^Value, / });
  await tabTo(page, value);
  await page.keyboard.press('Enter');
  const input = page.getByRole('textbox', { name: 'Value' });
  await expect(input).toBeFocused();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('61500');
  await page.keyboard.press('Escape');
  await expect(value, 'Escape restores').toHaveAccessibleName('Value, €52,300');
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('61500');
  await page.keyboard.press('Enter');
  await expect(value).toHaveAccessibleName('Value, €61,500');
  await expect(value, 'and goes on from there').toBeFocused();
  await page.goBack();
  await expect(board.card('Ski workshop')).toContainText('€61,500');
});

test('a cell of the contacts table is found, edited and restored by keys', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/\/contacts$/);
  await expect(page.getByRole('grid', { name: 'Contacts' })).toBeVisible();
  await page.keyboard.press('f');
  await expect(page.getByRole('textbox', { name: 'Find a contact' })).toBeFocused();
  await page.keyboard.type('hallworth');
  await expect(page.getByText('1 contact', { exact: true })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('rowheader', { name: /Tessa Hallworth/ })).toBeFocused();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  const cell = page.getByRole('gridcell', { name: 'Head of Stores' });
  await expect(cell).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Job title of Tessa Hallworth' })).toBeFocused();
  await page.keyboard.type('Somebody else');
  await page.keyboard.press('Escape');
  await expect(cell).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('End');
  await page.keyboard.type(', North');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('gridcell', { name: 'Head of Stores, North' })).toBeVisible();
  await page.keyboard.press('Home');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Tessa Hallworth' })).toBeVisible();
});

test('search finds somebody without the accents of the name and opens them', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await page.keyboard.press('ControlOrMeta+k');
  await expect(page.getByRole('combobox', { name: 'Search or run a command' })).toBeFocused();
  await page.keyboard.type('noemie lamb');
  await expect(page.getByRole('option', { name: /Noémie Lambrechts/ })).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1, name: 'Noémie Lambrechts' })).toBeVisible();
  await expect(page).toHaveTitle(/Noémie Lambrechts/);
});

test('a question mark shows all keys, Escape closes them, and the focus is where it was', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  const card = boardOf(owner).column('Lead').getByRole('article').first();
  await tabTo(page, card);
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'All keys' });
  await expect(help).toContainText('Lift and drop');
  await page.keyboard.press('End');
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await expect(card).toBeFocused();

  // Also when what had the focus was taken out of it.
  await page.keyboard.press('?');
  await help.getByRole('button', { name: 'Close' }).focus();
  await help.getByRole('button', { name: 'Close' }).evaluate((button) => button.remove());
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('what was done by keys is undone and done again by keys', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  await tabTo(page, board.column('Negotiation').getByRole('article').first());
  await page.keyboard.press('w');
  const won = page.getByRole('region', { name: /^Won/ }).getByRole('article', { name: /^Ski workshop/ });
  await expect(won).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(won).toHaveCount(0);
  await expect(board.column('Negotiation').getByRole('article', { name: /^Ski workshop/ })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+z');
  await expect(won).toBeVisible();
  await expect(page.getByRole('status').filter({ hasText: 'Done again: ' })).toBeVisible();
});

test('a file is matched, checked and imported by keys, and every step begins with the focus on its heading', async ({
  owner,
}) => {
  const wizard = importOf(owner);
  const { page } = owner;
  const heading = (name: string) => page.getByRole('heading', { level: 1, name });
  await wizard.open();
  const rows = 'Full Name;E-mail;Firma;Notiz\nMarta Halvorsen;marta@havnfisk.example;Havn Fisk;Stand 4B\n';
  await wizard.choose([csvNamed('messe-2026.csv', rows)]);
  await tabTo(page, page.getByRole('button', { name: 'Match columns' }));
  await page.keyboard.press('Enter');
  await expect(heading('Import: match columns')).toBeFocused();

  const field = page.getByRole('button', { name: /^Field for Notiz/ });
  await tabTo(page, field);
  await page.keyboard.press('Enter');
  await expect(page.getByPlaceholder('Search fields')).toBeFocused();
  await page.keyboard.type('do not');
  await expect(page.getByRole('option')).toHaveText(['Do not import']);
  await page.keyboard.press('Enter');
  await expect(field).toHaveAccessibleName('Field for Notiz, Do not import');
  await expect(field).toBeFocused();

  await tabTo(page, page.getByRole('button', { name: 'Check duplicates' }));
  await page.keyboard.press('Enter');
  await expect(heading('Import: check duplicates')).toBeFocused();
  const go = page.getByRole('button', { name: 'Import', exact: true });
  await expect(go, 'when it is worked out what the import would do').toBeEnabled();
  await tabTo(page, go);
  await page.keyboard.press('Enter');
  await expect(wizard.headline()).toHaveText('Imported 1 contact and 1 company');
  await expect(heading('Import: done')).toBeFocused();
  await tabTo(page, page.getByRole('link', { name: 'Go to contacts' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('rowheader', { name: /Marta Halvorsen/ })).toBeVisible();
});
