/** Two people changed the same while apart: both values are kept, and there are three ways out. */
import type { Page } from '@playwright/test';
import { AFTER_HEALING, boardOf } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';

async function write(page: Page, field: string, text: string): Promise<void> {
  await page
    .getByRole('button', { name: new RegExp(`^${field}`) })
    .first()
    .click();
  const input = page.locator('input:focus');
  await expect(input).toBeVisible();
  await input.fill(text);
  await page.keyboard.press('Enter');
  await expect(
    page.getByRole('button', { name: new RegExp(`^${field}.*${text.replace('+', '\\+')}`) }).first(),
  ).toBeVisible();
}

test('use the other one, keep what is shown, keep both numbers: decided by one, the same for both', async ({
  owner,
  teammate,
}) => {
  // Two people, three clashes: most of it is waiting for a busy machine.
  test.slow();
  const made = await owner.context.request.post('/api/records/contact', {
    headers: { origin: owner.line.url },
    data: {
      firstName: 'Ingrid',
      lastName: 'Solberg',
      jobTitle: 'CFO',
      phones: ['+47 900 00 000'],
      lifecycle: 'Lead',
      source: 'Web',
    },
  });
  const { record } = (await made.json()) as { record: { id: string } };
  const jonas = await teammate('Jonas Weber');
  const [mine, his] = [boardOf(owner), boardOf(jonas)];
  for (const { page } of [owner, jonas]) {
    await page.goto(`/contacts/${record.id}`);
    await expect(page.getByRole('heading', { level: 1, name: 'Ingrid Solberg' })).toBeVisible(AFTER_HEALING);
  }
  await Promise.all([mine.synced(), his.synced()]);
  // The editors are there without a line.
  await Promise.all([owner.ready(), jonas.ready()]);
  owner.line.cut();
  jonas.line.cut();
  await write(owner.page, 'Job title', 'COO');
  await write(owner.page, 'Lead source', 'Call');
  await write(owner.page, 'Phones', '+47 906 12 474');
  await write(jonas.page, 'Job title', 'CTO');
  await write(jonas.page, 'Lead source', 'Partner');
  await write(jonas.page, 'Phones', '+47 906 12 447');
  owner.line.heal();
  jonas.line.heal();
  const { page } = owner;
  const kept = (field: string) => page.getByRole('button', { name: `${field}: 2 kept` });
  for (const field of ['Job title', 'Lead source', 'Phones']) await expect(kept(field)).toBeVisible(AFTER_HEALING);

  // From the field: back to what she wrote herself.
  await kept('Job title').click();
  await expect(page.getByText(/Jonas was later, so that value is shown/)).toBeVisible();
  await expectAccessible(page, { within: '.keptbox' });
  await page.getByRole('radio', { name: /COO/ }).check();
  await page.getByRole('button', { name: 'Use Maya’s' }).click();
  await expect(kept('Job title')).toHaveCount(0);

  // From the history: who and when, and the others.
  await page.keyboard.press('h');
  const history = page.getByRole('complementary', { name: /^History of Ingrid Solberg/ });
  const source = history.getByRole('region', { name: 'Values kept for lead source' });
  await expect(source.getByText('Call')).toBeVisible();
  await source.getByRole('button', { name: 'Keep this one' }).click();
  await expect(source).toHaveCount(0);
  const phones = history.getByRole('region', { name: 'Values kept for phones' });
  await phones.getByRole('button', { name: 'Keep both' }).click();
  await expect(phones).toHaveCount(0);
  await history.getByRole('button', { name: 'Close history' }).click();

  for (const each of [owner.page, jonas.page]) {
    const field = (name: string) => each.getByRole('button', { name: new RegExp(`^${name}`) }).first();
    await expect(field('Job title')).toContainText('COO', AFTER_HEALING);
    await expect(field('Lead source')).toContainText('Partner');
    await expect(each.getByText('+47 906 12 474').first()).toBeVisible();
    await expect(each.getByText('+47 906 12 447').first()).toBeVisible();
    await expect(each.getByRole('button', { name: /: 2 kept$/ })).toHaveCount(0);
  }
});
