/** The board with mouse, typing and fingers: moving, winning, losing, adding, finding, and taking it all back. */
import type { Locator, Page } from '@playwright/test';
import { boardOf } from './pages/board.ts';
import { addSampleData } from './pages/sample.ts';
import { expect, test } from './support/fixtures.ts';

/**
 * Picks a card up with the mouse; it is in the hand when this returns. Takes it again when the board moved in between:
 * where a card is, is measured one moment and pressed the next.
 */
async function pickUp(page: Page, card: Locator): Promise<void> {
  await expect(async () => {
    await card.hover();
    // Pointing at the board loads what carries.
    await expect(card).toHaveAttribute('draggable', 'true');
    const box = await card.boundingBox();
    if (!box) throw new Error('The card is not on the screen');
    await page.mouse.move(box.x + 40, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 60, box.y + 30, { steps: 4 });
    try {
      await expect(page.locator('[data-drop-tray="won"]')).toBeVisible({ timeout: 5_000 });
    } catch (error) {
      await page.mouse.up();
      throw error;
    }
  }).toPass();
}

async function dropOn(page: Page, target: Locator): Promise<void> {
  const box = await target.boundingBox();
  if (!box) throw new Error('The target is not on the screen');
  await page.mouse.move(box.x + box.width / 2, box.y + Math.min(box.height / 2, 200), { steps: 6 });
  await page.mouse.up();
}

/** Closed columns are named after the time they show too: "Won this month". */
const closed = (page: Page, name: 'Won' | 'Lost') => page.getByRole('region', { name: new RegExp(`^${name}`) });
const sums = (column: Locator) => column.locator('[title^="Total"]');

test('a card is dragged to another stage, and both totals and what is likely of them change', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  const [proposal, negotiation] = [board.column('Proposal'), board.column('Negotiation')];
  await expect(sums(proposal)).toHaveAttribute('title', 'Total €183,900\nWeighted €101,145');
  await pickUp(page, board.card('Kitchen refit'));
  await page.mouse.move(5, 5);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect(proposal.getByRole('article'), 'let go over nothing').toHaveCount(3);

  await pickUp(page, board.card('Kitchen refit'));
  await dropOn(page, negotiation);
  await expect(negotiation.getByRole('article', { name: /^Kitchen refit/ })).toBeVisible();
  await expect(sums(proposal)).toHaveAttribute('title', 'Total €145,500\nWeighted €80,025');
  await expect(sums(negotiation)).toHaveAttribute('title', 'Total €90,700 + US$96,000\nWeighted €72,560 + US$76,800');
  await page.reload();
  await expect(negotiation.getByRole('article', { name: /^Kitchen refit/ })).toBeVisible();
});

test('a card dragged to the tray is won, and one that is lost says why on its page', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  await pickUp(page, board.card('Pallet racking'));
  await dropOn(page, page.locator('[data-drop-tray="won"]'));
  await expect(closed(page, 'Won').getByRole('article', { name: /^Pallet racking/ })).toBeVisible();

  await pickUp(page, board.card('Kitchen refit'));
  await dropOn(page, page.locator('[data-drop-tray="lost"]'));
  const dialog = page.getByRole('dialog', { name: /^Mark .*Kitchen refit.* as lost$/ });
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Built it themselves');
  await dialog.getByRole('button', { name: 'Mark as lost' }).click();
  await expect(board.card('Kitchen refit')).toHaveCount(0);
  await page.getByRole('button', { name: 'Board options' }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Show lost deals' }).click();
  await closed(page, 'Lost')
    .getByRole('article', { name: /^Kitchen refit/ })
    .press('Enter');
  await expect(page.getByText(/Lost today.*: Built it themselves\./)).toBeVisible();
});

test('one line of typing becomes a deal with its company, value and close date', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await board.open();
  await board.add('Route planner @Kestrel 48k 11 Dec', 'Lead');
  const card = board.column('Lead').getByRole('article', { name: /^Route planner, €48,000, / });
  await expect(card).toContainText('Kestrel');
  await expect(card).toContainText('11 Dec');
  await page.getByRole('link', { name: 'Companies' }).click();
  await expect(page.getByRole('rowheader', { name: 'Kestrel' })).toBeVisible();
});

test('the board shows only what is looked for: by words, and by whose it is', async ({ owner, teammate }) => {
  const { page } = owner;
  const board = boardOf(owner);
  const jonas = await teammate('Jonas Weber');
  await addSampleData(owner);
  const his = boardOf(jonas);
  await his.open();
  await his.add('Only of Jonas 5k');
  await expect(board.card('Only of Jonas')).toBeVisible();

  const find = page.getByRole('textbox', { name: 'Find deals' });
  await find.fill('cafes');
  await expect(board.card('Four cafés, one look')).toBeVisible();
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(sums(board.column('Proposal'))).toHaveAttribute('title', /^Total €84,500\n/);
  await find.fill('');
  await page.getByRole('button', { name: 'Filter', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Owner' }).click();
  await page.getByRole('option', { name: 'Jonas Weber' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(board.card('Only of Jonas')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect(board.card('Kitchen refit')).toBeVisible();
});

test('a deal that was added and one that was deleted are both taken back, and the board stays right', async ({
  owner,
}) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  const lead = board.column('Lead');
  await expect(lead.getByRole('article')).toHaveCount(4);
  await board.add('Second thoughts 48k');
  await expect(lead.getByRole('article')).toHaveCount(5);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(board.card('Second thoughts')).toHaveCount(0);
  await expect(lead.getByRole('article')).toHaveCount(4);
  await expect(lead.getByRole('heading', { level: 2 })).toHaveText('Lead');

  // The rest of the board goes on working after a card was taken down with its record.
  await board.move('Cloakroom benches', 'Qualified');
  await board.card('Brewery cold store').press('Delete');
  await expect(lead.getByRole('article')).toHaveCount(2);
  await page.getByRole('button', { name: /^Undo/ }).click();
  await expect(board.card('Brewery cold store')).toContainText('€11,800');
  await expect(lead.getByRole('article')).toHaveCount(3);
});

test('with one finger: one stage at a time, moved from the card’s menu, nothing too small or too wide @mobile', async ({
  owner,
}) => {
  const { page } = owner;
  const board = boardOf(owner);
  await page.setViewportSize({ width: 390, height: 844 });
  await addSampleData(owner);
  await expect(board.column('Lead')).toBeInViewport({ ratio: 0.9 });
  await expect(board.column('Proposal')).not.toBeInViewport();
  const chips = page.getByRole('navigation', { name: 'Stages' });
  await chips.getByRole('button', { name: /^Proposal/ }).tap();
  await expect(board.column('Proposal')).toBeInViewport({ ratio: 0.9 });
  await expect(board.column('Lead')).not.toBeInViewport();
  await expect(chips.getByRole('button', { name: /^Proposal/ })).toHaveAttribute('aria-current', 'true');

  await board
    .card('Kitchen refit')
    .getByRole('button', { name: /^More for/ })
    .tap();
  await page.getByRole('menuitem', { name: 'Move to stage' }).tap();
  await page.getByRole('menuitem', { name: 'Negotiation' }).tap();
  await expect(board.column('Negotiation').getByRole('article', { name: /^Kitchen refit/ })).toHaveCount(1);
  await expect(board.column('Proposal').getByRole('article')).toHaveCount(2);

  expect(await sidewaysScrollers(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
  await page.goto('/contacts');
  await expect(page.getByRole('link', { name: /Anselm Rothweiler/ })).toBeVisible();
  expect(await sidewaysScrollers(page)).toEqual([]);
  expect(await smallTargets(page)).toEqual([]);
});

test('a long press lifts a card, the side of the screen turns to the next stage, and letting go leaves it there @mobile', async ({
  owner,
}) => {
  const { page } = owner;
  const board = boardOf(owner);
  await page.setViewportSize({ width: 390, height: 844 });
  await addSampleData(owner);
  const chips = page.getByRole('navigation', { name: 'Stages' });
  await chips.getByRole('button', { name: /^Proposal/ }).tap();
  await expect(board.column('Proposal')).toBeInViewport({ ratio: 0.9 });
  const card = board.card('Kitchen refit');
  const finger = await touching(page);
  // The first thing this finger does: nothing has to have been pointed at before.
  await expect(card).toBeInViewport({ ratio: 0.9 });
  const box = await card.boundingBox();
  if (!box) throw new Error('The card is not on the screen');
  await finger.down(box.x + 60, box.y + 20);
  await expect(page.locator('[data-drop-tray="won"]')).toBeVisible();
  // The stages go on turning while the finger rests at a side; who is slow turns back.
  await expect(async () => {
    const box = await board.column('Negotiation').boundingBox();
    const middle = box === null ? 0 : box.x + box.width / 2;
    await finger.move(middle > 300 ? 380 : middle < 90 ? 10 : 195, 400);
    expect(Math.abs(middle - 195)).toBeLessThanOrEqual(105);
  }).toPass({ intervals: [50] });
  await expect(board.column('Negotiation')).toBeInViewport({ ratio: 0.9 });
  await finger.up();
  await expect(board.column('Negotiation').getByRole('article', { name: /^Kitchen refit/ })).toBeVisible();
  await expect(board.column('Proposal').getByRole('article')).toHaveCount(2);
  await expect(page, 'letting go opens nothing').toHaveURL(/\/deals(\?|$)/);
});

/** One finger that stays on the screen; Playwright itself can only tap. */
async function touching(page: Page) {
  const client = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    client.send('Input.dispatchTouchEvent', { type, touchPoints });
  return {
    down: (x: number, y: number) => send('touchStart', [{ x, y }]),
    move: (x: number, y: number) => send('touchMove', [{ x, y }]),
    up: () => send('touchEnd', []),
  };
}

/** What scrolls sideways, apart from the board itself and rows of chips. */
function sidewaysScrollers(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll<HTMLElement>('body *')]
      .filter((element) => {
        const { overflowX } = getComputedStyle(element);
        const mayScroll = element === document.documentElement || overflowX === 'auto' || overflowX === 'scroll';
        const isMeantTo = element.matches('.board, [aria-label="Stages"], [class*="chips"], [class*="filters"]');
        return mayScroll && !isMeantTo && element.scrollWidth > element.clientWidth + 1;
      })
      .map((element) => `${element.tagName} ${element.className}`),
  );
}

/**
 * What a finger could miss: controls on the screen under 44 × 44 px. The target counts, not the drawing: a label
 * around a control belongs to it, and so does a `::before` or `::after` that reaches further.
 */
function smallTargets(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const leastPx = 43.5;
    const reach = (element: Element, side: 'width' | 'height') =>
      Math.max(
        element.getBoundingClientRect()[side],
        ...['::before', '::after'].map((part) => Number.parseFloat(getComputedStyle(element, part)[side]) || 0),
      );
    return [...document.querySelectorAll<HTMLElement>('button, a[href], input, textarea, [role="menuitem"]')]
      .filter((element) => {
        const target = element.closest('label') ?? element;
        const box = target.getBoundingClientRect();
        const isSeen =
          element.checkVisibility() && box.width > 1 && box.right > 0 && box.bottom > 0 && box.left < innerWidth;
        return isSeen && (reach(target, 'width') < leastPx || reach(target, 'height') < leastPx);
      })
      .map((element) => {
        const box = element.getBoundingClientRect();
        const name = element.getAttribute('aria-label') ?? element.textContent?.trim() ?? '';
        return `${element.tagName} “${name}” ${Math.round(box.width)} × ${Math.round(box.height)}`;
      });
  });
}
