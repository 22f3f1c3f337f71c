/** The Maven sample through the interface: 8,800 deals, with the known answers of its SOURCES.md. */
import { importOf } from './pages/import.ts';
import { expect, test } from './support/fixtures.ts';
import { realData } from './support/real-data.ts';

const FILES = ['accounts.csv', 'products.csv', 'sales_teams.csv', 'sales_pipeline.csv'];

test('Maven: four files become 8,800 deals with companies and owners, and no task holds up the screen', async ({
  owner,
}) => {
  const wizard = importOf(owner);
  const { page } = owner;
  await wizard.open();
  await wizard.choose(FILES.map((name) => realData(`maven/${name}`)));
  await expect(wizard.footer()).toContainText('8,800 new deals', { timeout: 30_000 });
  await wizard.goTo('Match columns');
  await wizard.goTo('Match values');
  await expect(page.getByRole('button', { name: /GTXPro becomes, GTX Pro/ })).toBeVisible();
  await wizard.goTo('Check duplicates');
  await expect(page.getByRole('button', { name: 'Import', exact: true })).toBeEnabled({ timeout: 30_000 });
  await page.evaluate(() => {
    const tasks: number[] = [];
    Object.assign(window, { longTasks: tasks });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) tasks.push(Math.round(entry.duration));
    }).observe({ type: 'longtask' });
  });
  await wizard.goTo('Import');
  await expect(wizard.headline()).toHaveText('Imported 8,800 deals, 85 companies and 35 owners', { timeout: 30_000 });
  const tasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
  expect(tasks.reduce((sum, each) => sum + each, 0)).toBeLessThan(3_000);

  await page.getByRole('link', { name: 'Go to deals' }).click();
  await expect(page.getByRole('region', { name: 'Engaging', exact: true })).toContainText('1,589 deals');
  await expect(page.getByRole('region', { name: 'Prospecting', exact: true })).toContainText('500 deals');
  await page.goto('/deals?won=all&lost=all');
  const won = page.getByRole('region', { name: /^Won/ });
  await expect(won).toContainText('4,238 deals', { timeout: 30_000 });
  await expect(won).toContainText('€10,005,534');
  await expect(page.getByRole('region', { name: /^Lost/ })).toContainText('2,473 deals');
});
