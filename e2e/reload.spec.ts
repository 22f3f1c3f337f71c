/** What a person has done is on their device when they see it: a reload right after it, or a closed tab, loses nothing, without a line. */
import { boardOf } from './pages/board.ts';
import { csvNamed, importOf } from './pages/import.ts';
import { expect, test } from './support/fixtures.ts';

const ROWS = 5_000;

test('a large import, the line cut and the tab closed at once: every record is there', async ({ owner }) => {
  const wizard = importOf(owner);
  const { page } = owner;
  await wizard.open();
  await owner.ready();
  const rows = Array.from(
    { length: ROWS },
    (_, index) => `Person ${index},p${index}@reload.example,Firm ${index % 50}`,
  );
  await wizard.choose([csvNamed('people.csv', `Full name,E-mail,Company\n${rows.join('\n')}`)]);
  await wizard.goTo('Match columns');
  await wizard.goTo('Check duplicates');
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled({ timeout: 30_000 });
  await wizard.goTo('Import');
  // Nothing reaches the server from here on: what is there after the reload was on the device.
  owner.line.cut();
  const again = await owner.context.newPage();
  await wizard.headline().waitFor({ timeout: 60_000 });
  // Nobody is asked and nothing is waited for: harsher than a reload, which lets the page finish what it is at.
  await page.close();
  await again.goto('/contacts');
  await expect(again.getByText('5,000 contacts').first()).toBeVisible();
  await again.goto('/companies');
  await expect(again.getByText('50 companies').first()).toBeVisible();
});

test('several deals added one after the other without a line, and a reload at once: all are there', async ({
  owner,
}) => {
  const board = boardOf(owner);
  const { page } = owner;
  await board.open();
  await board.add('First 1k');
  await board.synced();
  await owner.ready();
  owner.line.cut();
  for (let index = 1; index <= 6; index++) await board.add(`Quick ${index} 1k`);
  await page.reload();
  for (let index = 1; index <= 6; index++) await expect(board.card(`Quick ${index}`)).toBeVisible();
  await expect(board.sync(/Offline, 6 to sync/)).toBeVisible();
});

test('the tab is closed in the middle of an import: what was counted as done is on the device', async ({ owner }) => {
  const wizard = importOf(owner);
  const { page } = owner;
  await wizard.open();
  await owner.ready();
  const rows = Array.from({ length: ROWS }, (_, index) => `Person ${index},p${index}@reload.example`);
  await wizard.choose([csvNamed('people.csv', `Full name,E-mail\n${rows.join('\n')}`)]);
  await wizard.goTo('Match columns');
  await wizard.goTo('Check duplicates');
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled({ timeout: 30_000 });
  const again = await owner.context.newPage();
  owner.line.cut();
  await wizard.goTo('Import');
  const bar = page.getByRole('progressbar');
  let percent = 0;
  while (percent < 25) percent = Number(await bar.getAttribute('aria-valuenow'));
  await page.close();
  await again.goto('/contacts');
  const shown = again.getByText(/^[\d,]+ contacts$/).first();
  const count = async () => Number((await shown.innerText()).replaceAll(/\D/g, ''));
  await expect.poll(count).toBeGreaterThanOrEqual((ROWS * (percent - 5)) / 100);
});
