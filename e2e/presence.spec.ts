/** Teammates at work on one pipeline: seen by name where they are, what they carry and change, and gone when they are gone. */
import type { Locator, Page } from '@playwright/test';
import { AFTER_HEALING, boardOf } from './pages/board.ts';
import { expect, test } from './support/fixtures.ts';
import type { Person } from './support/person.ts';

/** Two throttles and a round trip, on a machine that other tests share. */
const SOON = { timeout: 10_000 };
/** Presence is loaded after everything that is seen first; three browsers load at once. */
const WHEN_LOADED = { timeout: 30_000 };
/** Gone 15 s after the last word, and a little for the screen. */
const WHEN_GONE = { timeout: 20_000 };

/** Three browsers each. */
test.slow();

const hereNow = (page: Page, name: RegExp) =>
  page.getByRole('main').getByRole('list', { name: 'Here now' }).getByRole('img', { name });

/** The owner and Tomás on the board, and one deal that both see. */
async function twoWithOneDeal(owner: Person, teammate: (name: string) => Promise<Person>) {
  const tomas = await teammate('Tomás Rivera');
  const [mine, his] = [boardOf(owner), boardOf(tomas)];
  await Promise.all([mine.open(), his.open()]);
  // An empty workspace shows the ways in, which have no top bar of a view.
  await mine.add('Cold rooms 86400');
  await expect(his.card('Cold rooms')).toBeVisible();
  return { tomas, mine, his };
}

test('three people see each other by name on board, table and record, and what one types', async ({
  owner,
  teammate,
}) => {
  const [tomas, priya] = [await teammate('Tomás Rivera'), await teammate('Priya Raman')];
  const [mine, his] = [boardOf(owner), boardOf(tomas)];
  await Promise.all([mine.open(), his.open(), priya.page.goto('/contacts')]);
  await mine.add('Cold rooms 86400');
  await expect(his.card('Cold rooms')).toBeVisible();

  await expect(hereNow(owner.page, /Tomás Rivera/)).toBeVisible(WHEN_LOADED);
  await expect(hereNow(tomas.page, /Maya Lindqvist/)).toBeVisible(WHEN_LOADED);
  await expect(hereNow(owner.page, /Priya/)).toHaveCount(0);
  const contacts = owner.page.getByRole('link', { name: /Contacts/ });
  await expect(contacts.getByRole('img', { name: /Priya Raman/ })).toBeVisible(WHEN_LOADED);

  await owner.page.goto('/contacts');
  await expect(hereNow(owner.page, /Priya Raman/)).toBeVisible(WHEN_LOADED);

  await his.card('Cold rooms').press('Enter');
  await tomas.page.waitForURL(/\/deals\/deal_/);
  await priya.page.goto(new URL(tomas.page.url()).pathname);
  await expect(hereNow(priya.page, /Tomás Rivera/)).toBeVisible(WHEN_LOADED);
  await tomas.page
    .getByRole('button', { name: /^Close date/ })
    .first()
    .click();
  await expect(priya.page.locator('.is-remote .flag', { hasText: 'Tomás' })).toBeVisible(SOON);
  await tomas.page.keyboard.type('12 Dec');
  await expect(priya.page.locator('.remotedraft', { hasText: '12 Dec' })).toBeVisible(SOON);
  await priya.page.getByRole('button', { name: 'History', exact: true }).click();
  const writing = priya.page
    .getByRole('complementary', { name: /^History of/ })
    .getByText(/^Tomás is editing Close date/);
  await expect(writing).toBeVisible(SOON);
  await tomas.page.keyboard.press('Escape');
  await expect(writing).toHaveCount(0, SOON);
  await expect(priya.page.locator('.is-remote')).toHaveCount(0, SOON);

  tomas.line.cut();
  await expect(hereNow(priya.page, /Tomás Rivera/)).toHaveCount(0, WHEN_GONE);
});

/** Takes a card up with the mouse and carries it over a column: it stays in the hand. */
async function carry(page: Page, card: Locator, over: Locator): Promise<void> {
  await card.hover();
  // Pointing at the board loads what carries.
  await expect(card).toHaveAttribute('draggable', 'true');
  const [from, to] = [await card.boundingBox(), await over.boundingBox()];
  if (!from || !to) throw new Error('The board is not on the screen');
  await page.mouse.move(from.x + 40, from.y + 20);
  await page.mouse.down();
  await page.mouse.move(from.x + 60, from.y + 30, { steps: 4 });
  await expect(page.locator('[data-drop-tray="won"]')).toBeVisible();
  await page.mouse.move(to.x + 80, to.y + 160, { steps: 6 });
  // Playwright reports a move of a native drag with the next one.
  await page.mouse.move(to.x + 82, to.y + 162);
  await page.mouse.move(to.x + 80, to.y + 160);
}

test('a card in a teammate’s hand is seen live by the others: cancelled it is back, dropped it is marked as theirs', async ({
  owner,
  teammate,
}) => {
  const [tomas, priya] = [await teammate('Tomás Rivera'), await teammate('Priya Raman')];
  const [mine, his, hers] = [boardOf(owner), boardOf(tomas), boardOf(priya)];
  await Promise.all([mine.open(), his.open(), hers.open()]);
  await his.add('Cold rooms 86400');
  await Promise.all([expect(mine.card('Cold rooms')).toBeVisible(), expect(hers.card('Cold rooms')).toBeVisible()]);
  for (const { page } of [owner, priya]) await expect(hereNow(page, /Tomás Rivera/)).toBeVisible(WHEN_LOADED);

  await carry(tomas.page, his.card('Cold rooms'), his.column('Negotiation'));
  for (const [{ page }, board] of [
    [owner, mine],
    [priya, hers],
  ] as const) {
    await expect(page.locator('[data-remote-drag]').getByText('Tomás')).toBeVisible(SOON);
    await expect(board.column('Lead').getByText('Tomás is moving this')).toBeVisible(SOON);
    await expect(board.column('Negotiation').getByText('+€86,400')).toBeVisible(SOON);
  }
  await tomas.page.keyboard.press('Escape');
  await tomas.page.mouse.up();
  for (const { page } of [owner, priya]) {
    await expect(page.locator('[data-remote-drag]')).toHaveCount(0, SOON);
    await expect(page.getByText('Tomás is moving this')).toHaveCount(0, SOON);
  }
  await expect(mine.column('Lead').getByRole('article', { name: 'Cold rooms' })).toBeVisible();

  await carry(tomas.page, his.card('Cold rooms'), his.column('Negotiation'));
  await expect(owner.page.locator('[data-remote-drag]').getByText('Tomás')).toBeVisible(SOON);
  const marked = [owner, priya].map(({ page }) => expect(page.getByText('Tomás moved this')).toBeVisible(SOON));
  await tomas.page.mouse.up();
  await Promise.all(marked);
  await expect(mine.column('Negotiation').getByRole('article', { name: 'Cold rooms' })).toBeVisible();
  for (const { page } of [owner, priya]) await expect(page.locator('[data-remote-drag], .just-changed')).toHaveCount(0);
});

test('somebody is followed from view to view until Escape, and it ends with words when they go', async ({
  owner,
  teammate,
}) => {
  const { tomas, his } = await twoWithOneDeal(owner, teammate);
  const go = (name: RegExp) => tomas.page.getByRole('navigation').getByRole('link', { name }).first().click();
  async function follow(): Promise<void> {
    await owner.page.getByRole('main').getByRole('list', { name: 'Here now' }).getByRole('button').first().click();
    await owner.page.getByRole('menuitem', { name: 'Follow Tomás' }).click();
    await expect(owner.page.getByText('Following Tomás')).toBeVisible();
  }
  await expect(hereNow(owner.page, /Tomás Rivera/)).toBeVisible(WHEN_LOADED);
  await follow();
  await go(/^Contacts/);
  await owner.page.waitForURL(/\/contacts$/);
  await go(/^Deals/);
  await owner.page.waitForURL(/\/deals$/);
  await his.card('Cold rooms').press('Enter');
  await owner.page.waitForURL(/\/deals\/deal_/);
  await expect(owner.page.getByRole('status').filter({ hasText: 'Following Tomás' })).toContainText('Cold rooms');

  await owner.page.keyboard.press('Escape');
  await expect(owner.page.getByText('Following Tomás')).toHaveCount(0);
  await go(/^Contacts/);
  await expect(hereNow(owner.page, /Tomás/)).toHaveCount(0, SOON);
  expect(new URL(owner.page.url()).pathname).toMatch(/^\/deals\/deal_/);

  await owner.page.goto('/contacts');
  await expect(hereNow(owner.page, /Tomás Rivera/)).toBeVisible(WHEN_LOADED);
  await follow();
  tomas.line.cut();
  await expect(owner.page.getByText('Tomás is no longer here. You stay on this page.')).toBeVisible(WHEN_GONE);
  await expect(owner.page.getByText('Following Tomás')).toHaveCount(0);
});

test('a field changed by a teammate is marked as theirs for a moment, in the table and on the record', async ({
  owner,
  teammate,
}) => {
  const { mine, his } = await twoWithOneDeal(owner, teammate);
  await owner.page.getByText('Table', { exact: true }).click();
  const cell = owner.page.getByRole('gridcell').filter({ hasText: '€90,000' });
  await his.setValue('Cold rooms', '90000');
  await expect(cell.getByRole('img', { name: 'Tomás Rivera, changed this just now' })).toBeVisible(SOON);
  await expect(cell).toHaveClass(/just-changed/);
  await expect(cell.getByRole('img')).toHaveCount(0);
  await expect(cell).not.toHaveClass(/just-changed/);

  await owner.page.getByText('Board', { exact: true }).click();
  await mine.card('Cold rooms').press('Enter');
  await owner.page.waitForURL(/\/deals\/deal_/);
  await his.setValue('Cold rooms', '95000');
  const mark = owner.page.getByRole('img', { name: 'Tomás Rivera, changed this just now' });
  await expect(owner.page.locator('.just-changed').filter({ has: mark })).toContainText('€95,000', SOON);
  await expect(mark).toHaveCount(0);
});

test('a card that two moved apart lies where the later put it, and the earlier can put it back', async ({
  owner,
  teammate,
}) => {
  const { mine, his } = await twoWithOneDeal(owner, teammate);
  await Promise.all([mine.synced(), his.synced(), owner.ready()]);
  owner.line.cut();
  await mine.move('Cold rooms', 'Qualified');
  await his.move('Cold rooms', 'Negotiation');
  await his.synced();
  owner.line.heal();
  const toast = owner.page.getByText('Tomás moved Cold rooms to Negotiation after you.');
  await expect(toast).toBeVisible(AFTER_HEALING);
  for (const board of [mine, his]) {
    await expect(board.column('Negotiation').getByRole('article', { name: 'Cold rooms' })).toBeVisible(AFTER_HEALING);
  }
  await owner.page.getByRole('button', { name: 'Put back' }).click();
  for (const board of [mine, his])
    await expect(board.column('Qualified').getByRole('article', { name: 'Cold rooms' })).toBeVisible(SOON);
  await owner.page.keyboard.press('ControlOrMeta+z');
  await expect(his.column('Negotiation').getByRole('article', { name: 'Cold rooms' })).toBeVisible(SOON);
});
