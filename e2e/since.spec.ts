/** Since you last looked: what a teammate did is marked, told on Today, and seen once one has looked. */
import { AFTER_HEALING, boardOf } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';

test('what a teammate did shows as dots and on Today, until it was opened or marked as seen', async ({
  owner,
  teammate,
}) => {
  test.slow();
  const mine = boardOf(owner);
  await mine.open();
  await mine.add('Cold rooms 10k');
  await mine.add('Vans 20k');
  const dot = (title: string) => mine.card(title).getByRole('img', { name: 'Changed since you last looked' });
  await expect(mine.card('Cold rooms')).toBeVisible();
  await expect(dot('Cold rooms')).toHaveCount(0);
  const jonas = await teammate('Jonas Weber');
  const his = boardOf(jonas);
  await his.open();
  await expect(his.card('Vans')).toBeVisible(AFTER_HEALING);
  await his.move('Cold rooms', 'Proposal');
  await his.setValue('Vans', '30000');
  await expect(dot('Cold rooms')).toBeVisible(AFTER_HEALING);
  await expect(dot('Vans')).toBeVisible();

  const { page } = owner;
  await page.goto('/today');
  const news = page.getByRole('region', { name: 'Since you last looked' });
  await expect(news.getByText('1 deal moved, 1 deal changed')).toBeVisible(AFTER_HEALING);
  await expect(news.getByRole('listitem').filter({ hasText: 'Jonas moved Cold rooms' })).toBeVisible();
  await expectAccessible(page);
  // Opening is looking.
  await news.getByRole('link', { name: 'Cold rooms' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Cold rooms' })).toBeVisible(AFTER_HEALING);
  await page.goBack();
  await expect(news.getByText('1 deal changed')).toBeVisible(AFTER_HEALING);
  await news.getByRole('button', { name: 'Mark as seen' }).click();
  await expect(news).toHaveCount(0);
  await mine.open();
  await expect(mine.card('Vans')).toContainText('€30,000', AFTER_HEALING);
  await expect(dot('Vans')).toHaveCount(0);
});
