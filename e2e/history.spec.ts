/** What was, and how to get it back: a value, a record, what one action did, the pipeline of a past day, the trash. */
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { boardOf } from './pages/board.ts';
import { csvNamed, importOf } from './pages/import.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import type { Person } from './support/person.ts';
import { makeRecord, patchRecord } from './support/records.ts';
import type { RunningServer } from './support/server.ts';

/** Everything in the server's log happened so many days earlier. */
async function age({ dataDir }: RunningServer, { context }: Person, days: number): Promise<void> {
  // The history of the newest changes is written when somebody asks for it, or with the next ones.
  expect((await context.request.get('/api/history')).ok()).toBe(true);
  const db = new Database(join(dataDir, 'rapport.db'));
  db.prepare('UPDATE changes SET at = at - ?').run(days * 86_400_000);
  db.close();
}

test('a value is restored from the history, and undo takes that back', async ({ owner, teammate }) => {
  const { page } = owner;
  const jonas = await teammate('Jonas Weber');
  const id = await makeRecord(owner, 'contact', { firstName: 'Femke', lastName: 'de Boer', jobTitle: 'Buyer' });
  await patchRecord(jonas, 'contact', id, { jobTitle: 'Head of Fleet', nickname: 'Fem' });
  await page.goto(`/contacts/${id}`);
  await expect(page.getByRole('button', { name: 'Job title, Head of Fleet' })).toBeVisible();

  await page.keyboard.press('h');
  const history = page.getByRole('complementary', { name: /^History of Femke de Boer/ });
  const change = history.getByRole('listitem').filter({ hasText: 'Jonas changed Job title' });
  await expect(change).toContainText('Buyer');
  await expect(change).toContainText('Head of Fleet');
  await expectAccessible(page);
  const restore = change.getByRole('button', { name: 'Restore “Buyer” for Job title' });
  await restore.click();
  // A line for what was done now comes above it, and the keys still go to it.
  const newest = history.getByRole('listitem').first();
  await expect(newest).toContainText('Maya changed Job title');
  await expect(restore).toBeFocused();

  // The page stays in use, and what is done there is told.
  await page.getByRole('button', { name: 'Nickname, Fem' }).click();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.type('Femmie');
  await page.keyboard.press('Enter');
  await expect(newest).toContainText(/Maya changed Nickname.*Fem.*Femmie/);
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('button', { name: 'Nickname, Fem', exact: true })).toBeVisible();
  await restore.focus();
  await page.keyboard.press('Escape');
  await expect(history).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'History', exact: true })).toBeFocused();
  await expect(page.getByRole('button', { name: 'Job title, Buyer' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(page.getByRole('button', { name: 'Job title, Head of Fleet' })).toBeVisible();
});

test('a whole record is restored as it was on a day, its stage too, from the server’s own history', async ({
  owner,
  server,
}) => {
  test.slow();
  const { page } = owner;
  const board = boardOf(owner);
  await board.open();
  await board.add('Route planner 48k');
  await board.synced();
  await age(server, owner, 3);
  await board.setValue('Route planner', '20k');
  await board.move('Route planner', 'Qualified');
  await board.synced();

  await board.card('Route planner').press('Enter');
  await page.waitForURL(/\/deals\/deal_/);
  await page.keyboard.press('h');
  const history = page.getByRole('complementary', { name: /^History of Route planner/ });
  await history.getByRole('button', { name: 'As it was on a day' }).click();
  await expect(history.locator('.is-changed').filter({ hasText: 'Stage' })).toContainText('Lead');
  await expect(history.locator('.is-changed').filter({ hasText: 'Value' })).toContainText('€48,000');
  await expectAccessible(page);
  await history.getByRole('button', { name: 'Restore these values' }).click();
  await expect(history.getByText('Nothing differs from today.')).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Deals' }).click();
  await expect(board.column('Lead')).toContainText('Route planner');
  await expect(board.column('Lead')).toContainText('€48,000');
  await page.keyboard.press('ControlOrMeta+z');
  await expect(board.column('Qualified')).toContainText('Route planner');
  await expect(board.column('Qualified')).toContainText('€20,000');
});

test('a colleague’s import of many rows is one line of the history, and taken back whole', async ({
  owner,
  teammate,
}) => {
  test.slow();
  const { page } = owner;
  const jonas = await teammate('Jonas Weber');
  const rows = Array.from({ length: 700 }, (_, index) => `Guest ${index};guest${index}@fair.example`);
  const wizard = importOf(jonas);
  await wizard.open();
  await wizard.choose([csvNamed('fair.csv', ['First name;E-mail', ...rows].join('\n'))]);
  await wizard.goTo('Match columns');
  await wizard.goTo('Check duplicates');
  await wizard.goTo('Import');
  await expect(wizard.headline()).toHaveText(/^Imported 700 contacts/);
  await expect(jonas.page.getByText('Everything is on this device and with your team.')).toBeVisible();

  await page.goto('/history');
  const action = page.getByRole('listitem').filter({ hasText: 'Jonas Weber' }).filter({ hasText: 'Import' });
  await expect(action).toHaveCount(1);
  await expect(action).toContainText('700 records made');
  await action.getByRole('button', { name: 'Take back' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Maya Lindqvist' }).first()).toBeVisible();
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Contacts' }).click();
  await expect(page.getByText('Guest 0')).toHaveCount(0);
  await page.goto('/trash');
  await expect(page.getByRole('button', { name: 'Show all 700' })).toBeVisible();
});

test('what one action did to many records is taken back, but for what somebody changed since', async ({
  owner,
  teammate,
}) => {
  test.slow();
  const { page } = owner;
  const jonas = await teammate('Jonas Weber');
  for (const firstName of ['Anna', 'Bea', 'Cleo']) await makeRecord(owner, 'contact', { firstName, source: 'Call' });
  await jonas.page.goto('/contacts');
  await expect(jonas.page.getByRole('grid')).toContainText('Cleo');
  await jonas.page.getByRole('checkbox', { name: 'Select all' }).check();
  const bar = jonas.page.getByRole('toolbar', { name: 'Selected records' });
  await expect(bar).toContainText('3 selected');
  await bar.getByRole('button', { name: 'Owner' }).click();
  await jonas.page.getByRole('option', { name: 'Jonas Weber' }).click();
  await expect(jonas.page.getByRole('row').getByText('Jonas', { exact: true })).toHaveCount(3);
  await boardOf(jonas).synced();

  await page.goto('/history');
  const action = page.getByRole('listitem').filter({ hasText: 'Jonas Weber' }).filter({ hasText: 'Bulk edit' });
  await expect(action).toContainText('3 changes of 3 records');
  await expectAccessible(page);
  await action.getByRole('button', { name: 'Take back' }).click();
  // Within the page: what it was asked for is read from the server first.
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Contacts' }).click();
  await expect(page.getByRole('grid')).toContainText('Cleo');
  await expect(page.getByRole('row').getByText('Jonas', { exact: true })).toHaveCount(0);
});

test('the pipeline as of a past day has the totals that a copy saved on that day has', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await board.open();
  await board.add('Route planner 48k');
  await board.add('Tanker telemetry 12k');
  await board.synced();
  const then = Date.now();
  await board.move('Route planner', 'Qualified');
  await board.setValue('Tanker telemetry', '20k');
  await board.add('Depot rollout 5k');
  await board.synced();
  const answer = await owner.context.request.get(`/api/history/as-of?kind=pipeline&at=${then}`);
  const { values } = (await answer.json()) as { values: { field: string; old: unknown; created?: boolean }[] };
  const old = (field: string) => values.find((value) => value.field === field)?.old;
  expect(old('amount')).toEqual({ minor: 1_200_000, currency: 'EUR' });
  expect(values.filter((value) => value.created)).toHaveLength(1);

  await page.goto('/history/pipeline');
  const row = page.getByRole('row', { name: /^Lead/ });
  await expect(row).toContainText('€25,000');
  await expect(page.getByRole('heading', { name: /^Added/ })).toContainText('3');
  await expectAccessible(page);
  await page.getByRole('slider', { name: 'Day to look at' }).press('End');
  await expect(page.getByRole('columnheader', { name: 'Now' })).toHaveCount(2);
  await expect(page.getByRole('heading', { name: /^Added/ })).toContainText('0');
});

test('what is deleted is in the trash, is restored from there, and removed for good only by those who may', async ({
  owner,
  teammate,
}) => {
  const { page } = owner;
  const jonas = await teammate('Jonas Weber');
  const id = await makeRecord(owner, 'contact', { firstName: 'Femke' });
  await makeRecord(owner, 'contact', { firstName: 'Oliver' });
  for (const name of ['Femke', 'Oliver']) {
    await jonas.page.goto('/contacts');
    await jonas.page.getByRole('link', { name }).click();
    await jonas.page.getByRole('button', { name: /^More/ }).first().click();
    await jonas.page.getByRole('menuitem', { name: 'Delete contact' }).click();
  }
  await boardOf(jonas).synced();
  await jonas.page.goto('/trash');
  await expect(jonas.page.getByRole('listitem').filter({ hasText: 'Femke' })).toContainText('Jonas');
  await expect(jonas.page.getByRole('button', { name: 'Restore Femke' })).toBeVisible();
  await expect(jonas.page.getByRole('button', { name: /for good$/ })).toHaveCount(0);

  await page.goto('/trash');
  await expect(page.getByRole('listitem').filter({ hasText: 'Oliver' })).toBeVisible();
  await expectAccessible(page);
  // By keys: they go on from the line that stands where the restored one was, and from the heading when none is left.
  await page.getByRole('button', { name: 'Restore Oliver' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Restore Femke' })).toBeFocused();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').getByRole('button', { name: 'Remove for good' }).press('Enter');
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await expect(page.getByRole('heading', { level: 1, name: 'Trash' })).toBeFocused();
  await jonas.page.goto(`/contacts/${id}`);
  await expect(jonas.page.getByText('No contact here')).toBeVisible();
  await jonas.page.goto('/contacts');
  await expect(jonas.page.getByRole('grid')).toContainText('Oliver');
});
