/** Comments and what they tell: two browsers, a mention in the other's inbox within a second and once, apart and merged. */
import type { Page } from '@playwright/test';
import { boardOf } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { expect, test } from './support/fixtures.ts';
import type { Person } from './support/person.ts';

const WITHIN_A_SECOND = { timeout: 1_000 };

/** A deal both have, opened by the first. */
async function openDeal(owner: Person, other: Person): Promise<string> {
  const [mine, theirs] = [boardOf(owner), boardOf(other)];
  await Promise.all([mine.open(), theirs.open()]);
  await mine.add('Vans 48k');
  await expect(theirs.card('Vans')).toBeVisible();
  await mine.card('Vans').press('Enter');
  // In the first seconds the code of the page has to come first, and the address changes with the page.
  await expect(owner.page).toHaveURL(/\/deals\/deal_/, { timeout: 45_000 });
  return new URL(owner.page.url()).pathname;
}

const comments = (page: Page) => page.getByRole('dialog', { name: 'Comments', exact: true });

async function openComments(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Comments/ }).click();
  await expect(comments(page)).toBeVisible();
}

// Two people, three tabs and axe: on a busy machine more than the usual minute.
test.slow();

test('a mention by keyboard arrives in the other inbox within a second, once, and leads to its thread', async ({
  owner,
  teammate,
}) => {
  const jonas = await teammate('Jonas Weber');
  await openDeal(owner, jonas);
  await jonas.page.goto('/inbox');
  await expect(jonas.page.getByText('You are up to date')).toBeVisible();

  await openComments(owner.page);
  const box = comments(owner.page).getByRole('textbox', { name: 'Comment' });
  await expect(box).toBeFocused();
  await box.pressSequentially('Look at this @jo');
  await expect(owner.page.getByRole('option', { name: 'Jonas Weber' })).toBeVisible();
  await box.press('Enter');
  await expect(box).toHaveValue('Look at this @Jonas Weber ');
  await box.press('ControlOrMeta+Enter');

  const line = jonas.page.locator('[data-notice]');
  await expect(line).toContainText('mentioned you', WITHIN_A_SECOND);
  await expect(line).toContainText('Look at this @Jonas Weber');
  await expect(jonas.page.getByRole('link', { name: /Inbox.*1 unread/ })).toBeVisible();
  await expectAccessible(jonas.page);

  // A second tab of his, and more words about the same thing, make no second notice.
  const tab = await jonas.context.newPage();
  await tab.goto('/inbox');
  await expect(tab.locator('[data-notice]')).toHaveCount(1);
  await comments(owner.page).getByRole('button', { name: 'More for this comment' }).click();
  await owner.page.getByRole('menuitem', { name: 'Edit' }).click();
  const edit = comments(owner.page).getByRole('textbox', { name: 'Edit comment' });
  await edit.press('End');
  await edit.pressSequentially('please');
  await edit.press('ControlOrMeta+Enter');
  await expect(comments(owner.page).getByText(', edited')).toBeVisible();
  await expect(line).toHaveCount(1);
  await tab.close();

  await jonas.page.keyboard.press('j');
  await jonas.page.keyboard.press('Enter');
  await expect(comments(jonas.page)).toContainText('please');
  // The page behind it is checked elsewhere; here some of it is covered.
  await expectAccessible(jonas.page, { within: '.commentpop' });

  // He answers, reacts and settles it; she sees all of that and hears of the answer.
  await comments(jonas.page).getByRole('button', { name: 'Reply' }).click();
  await comments(jonas.page).getByRole('textbox', { name: 'Reply' }).fill('Done');
  await jonas.page.keyboard.press('ControlOrMeta+Enter');
  await expect(comments(owner.page).getByText('Done', { exact: true })).toBeVisible(WITHIN_A_SECOND);
  await comments(jonas.page).getByRole('button', { name: 'React' }).first().click();
  await jonas.page.getByRole('menuitem', { name: /Thumbs up/ }).click();
  await expect(comments(owner.page).getByRole('button', { name: 'Thumbs up: Jonas Weber' })).toBeVisible();
  await comments(jonas.page).getByRole('button', { name: 'Resolve' }).click();
  await expect(comments(owner.page).getByText('Everything is resolved.')).toBeVisible(WITHIN_A_SECOND);
  await owner.page.keyboard.press('Escape');
  await owner.page.keyboard.press('g');
  await owner.page.keyboard.press('i');
  await expect(owner.page.locator('[data-notice]')).toContainText('replied');
  await owner.page.keyboard.press('e');
  await expect(owner.page.getByText('You are up to date')).toBeVisible();
});

test('comments written apart on a field merge, and a draft outlives the page', async ({ owner, teammate }) => {
  const jonas = await teammate('Jonas Weber');
  const path = await openDeal(owner, jonas);
  await jonas.page.goto(path);
  const field = (page: Page) => page.getByRole('button', { name: /^(Comment on Close date|Close date: )/ });
  const box = (page: Page) => page.getByRole('textbox', { name: 'Comment on Close date' });
  for (const { page } of [owner, jonas]) {
    await field(page).focus();
    await field(page).click();
    await expect(box(page)).toBeFocused();
  }
  await Promise.all([owner.ready(), jonas.ready()]);
  owner.line.cut();
  jonas.line.cut();
  await box(owner.page).fill('Too early?');
  await owner.page.keyboard.press('ControlOrMeta+Enter');
  await box(jonas.page).fill('They want January');
  await jonas.page.keyboard.press('ControlOrMeta+Enter');
  await box(jonas.page).fill('Half a thought');
  owner.line.heal();
  jonas.line.heal();
  for (const { page } of [owner, jonas]) {
    await expect(page.getByText('Too early?')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText('They want January')).toBeVisible({ timeout: 20_000 });
  }
  await expect(async () => {
    await jonas.page.reload();
    await field(jonas.page).click();
    await expect(box(jonas.page)).toHaveValue('Half a thought', { timeout: 2_000 });
  }).toPass();
});
