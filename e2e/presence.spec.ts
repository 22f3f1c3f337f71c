/** Teammates at work on one pipeline: seen by name where they are, and gone when they are gone. */
import type { Page } from '@playwright/test';
import { boardOf } from './pages/board.ts';
import { expect, test } from './support/fixtures.ts';

/** Two throttles and a round trip, on a machine that other tests share. */
const SOON = { timeout: 5_000 };
/** Gone 15 s after the last word, and a little for the screen. */
const WHEN_GONE = { timeout: 20_000 };

/** Three browsers each. */
test.slow();

const hereNow = (page: Page, name: RegExp) =>
  page.getByRole('main').getByRole('list', { name: 'Here now' }).getByRole('img', { name });

test('three people see each other by name on board, table and record, and what one types', async ({
  owner,
  teammate,
}) => {
  const [tomas, priya] = [await teammate('Tomás Rivera'), await teammate('Priya Raman')];
  const [mine, his] = [boardOf(owner), boardOf(tomas)];
  await Promise.all([mine.open(), his.open(), priya.page.goto('/contacts')]);
  await mine.add('Cold rooms 86400');
  await expect(his.card('Cold rooms')).toBeVisible();

  await expect(hereNow(owner.page, /Tomás Rivera/)).toBeVisible(SOON);
  await expect(hereNow(tomas.page, /Maya Lindqvist/)).toBeVisible(SOON);
  await expect(hereNow(owner.page, /Priya/)).toHaveCount(0);
  const contacts = owner.page.getByRole('link', { name: /Contacts/ });
  await expect(contacts.getByRole('img', { name: /Priya Raman/ })).toBeVisible(SOON);

  await owner.page.goto('/contacts');
  await expect(hereNow(owner.page, /Priya Raman/)).toBeVisible(SOON);

  await his.card('Cold rooms').press('Enter');
  await tomas.page.waitForURL(/\/deals\/deal_/);
  await priya.page.goto(new URL(tomas.page.url()).pathname);
  await expect(hereNow(priya.page, /Tomás Rivera/)).toBeVisible(SOON);
  await tomas.page
    .getByRole('button', { name: /^Close date/ })
    .first()
    .click();
  await expect(priya.page.locator('.is-remote .flag', { hasText: 'Tomás' })).toBeVisible(SOON);
  await tomas.page.keyboard.type('12 Dec');
  await expect(priya.page.locator('.remotedraft', { hasText: '12 Dec' })).toBeVisible(SOON);
  await tomas.page.keyboard.press('Escape');
  await expect(priya.page.locator('.is-remote')).toHaveCount(0, SOON);

  tomas.line.cut();
  await expect(hereNow(priya.page, /Tomás Rivera/)).toHaveCount(0, WHEN_GONE);
});
