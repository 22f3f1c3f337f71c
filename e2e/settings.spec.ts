/** What a team sets up for itself: the stages of its pipeline, sample data in and out, its data as files. */
import { readFile } from 'node:fs/promises';
import type { Locator, Page } from '@playwright/test';
import { boardOf } from './pages/board.ts';
import { addressOf, addSampleData } from './pages/sample.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';

const stageNames = (page: Page): Locator =>
  page.getByRole('table', { name: 'Stages' }).getByRole('button', { name: /^Stage, / });

async function openStages(page: Page): Promise<void> {
  await page.goto('/settings/pipelines');
  await expect(stageNames(page).first()).toBeVisible();
}

test('a stage is added, named and put into order by keys, and the teammate’s board has it', async ({
  owner,
  teammate,
}) => {
  const { page } = owner;
  const jonas = await teammate('Jonas Weber');
  const his = boardOf(jonas);
  await his.open();
  await his.add('Warm up');
  await openStages(page);
  await page.getByRole('button', { name: 'Add a stage' }).click();
  const added = page.getByRole('button', { name: 'Stage, New stage' });
  await expect(added).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Pilot');
  await page.keyboard.press('Enter');
  const pilot = page.getByRole('button', { name: 'Stage, Pilot' });
  await expect(pilot).toBeFocused();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(pilot).toBeFocused();
  await page.getByRole('button', { name: 'Stage, Lead' }).focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(stageNames(page)).toHaveText(['Qualified', 'Lead', 'Pilot', 'Proposal', 'Negotiation', 'Won', 'Lost']);
  await expect(jonas.page.getByRole('heading', { level: 2 })).toContainText([
    'Qualified',
    'Lead',
    'Pilot',
    'Proposal',
    'Negotiation',
    'Won',
  ]);
});

test('a plan is written by keys, and started on a contact it makes its tasks in order', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await page.goto('/settings/plans');
  await page.getByRole('button', { name: 'Add a plan' }).click();
  const name = page.getByRole('button', { name: 'Plan name, New plan' });
  await expect(name).toBeFocused();
  await page.keyboard.type('New customer');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Step, First step' }).press('Enter');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Welcome call');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Add a step to New customer' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Step, New step' })).toBeFocused();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Send the contract');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Alt+ArrowUp');
  await page.getByRole('button', { name: 'Due, Welcome call, At once' }).press('Enter');
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('2 weeks');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Steps of New customer' })).toContainText(
    /Send the contract.*At once.*Welcome call.*After 14 days/,
  );
  await expectAccessible(page);

  await page.goto(await addressOf(owner, '/contacts', 'Tessa Hallworth'));
  await page.getByRole('button', { name: 'Start a plan' }).click();
  await page.getByRole('menuitem', { name: 'New customer' }).click();
  const start = page.getByRole('dialog', { name: 'Start New customer' });
  await expect(start.getByText(/^2 tasks, due from Today to /)).toBeVisible();
  await start.getByRole('textbox', { name: 'First day' }).fill('tomorrow');
  await expect(start.getByText(/^2 tasks, due from Tomorrow to /)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('checkbox', { name: 'Done: Send the contract' })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Done: Welcome call' })).toBeVisible();
  await expect(page.getByRole('listitem').filter({ hasText: 'Send the contract' })).toContainText('Tomorrow');
});

test('deleting a stage asks where its deals go, and one undo brings stage and deals back', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  await openStages(page);
  await page.getByRole('button', { name: 'More about Proposal' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete Proposal' });
  await expect(dialog).toContainText('3 deals are in this stage.');
  await dialog.getByRole('button', { name: 'Move 3 deals and delete' }).click();
  await expect(stageNames(page)).toHaveText(['Lead', 'Qualified', 'Negotiation', 'Won', 'Lost']);
  await page.getByRole('link', { name: 'Back from settings' }).click();
  await expect(board.column('Qualified').getByRole('article')).toHaveCount(7);
  await expect(board.column('Proposal')).toHaveCount(0);
  await page.getByRole('main').click({ position: { x: 5, y: 5 } });
  await page.keyboard.press('ControlOrMeta+z');
  await expect(board.column('Proposal').getByRole('article')).toHaveCount(3);
  await expect(board.column('Qualified').getByRole('article')).toHaveCount(4);
});

test('sample data comes and goes in one step each, and what is our own stays', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  await board.add('Our own 48k');
  await expect(page.getByText('You are looking at sample data.')).toBeVisible();
  await page.getByRole('button', { name: 'Remove it' }).click();
  await expect(board.card('Kitchen refit')).toHaveCount(0);
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(board.card('Our own')).toBeVisible();
  await page.goto('/contacts');
  await expect(page.getByText('No contacts yet', { exact: true })).toBeVisible();
});

test('the contacts leave as a CSV file that a spreadsheet opens', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  await page.goto('/settings/data');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export contacts as CSV' }).press('Enter'),
  ]);
  expect(download.suggestedFilename()).toMatch(/^Northlane contacts \d{4}-\d\d-\d\d\.csv$/);
  const text = await readFile(await download.path(), 'utf8');
  const lines = text.trimEnd().split(/\r?\n/);
  expect(lines).toHaveLength(61);
  expect(lines.find((line) => line.includes('Lambrechts'))).toMatch(/Noémie.*Havre Jardin/);
  await expect(page.getByText(`${download.suggestedFilename()} is in your downloads.`)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Export contacts as CSV' })).toBeFocused();
});
