/** A working day: tasks offline and apart, and from Today to a moved deal without a mouse. */
import type { Locator, Page } from '@playwright/test';
import { AFTER_HEALING, boardOf } from './pages/board.ts';
import { expectAccessible } from './support/axe.ts';
import { dayFromToday } from './support/days.ts';
import { expect, test } from './support/fixtures.ts';
import { makeRecord, memberOf } from './support/records.ts';

const line = (page: Page, title: string) => page.getByRole('listitem').filter({ hasText: title });
/** A browser without a telephone would ask which program makes calls, and take the keys while it asks. */
const dialNothing = (page: Page) =>
  page.evaluate(() => {
    const { navigation } = window as unknown as { readonly navigation: EventTarget };
    navigation.addEventListener('navigate', (event) => {
      const { destination } = event as unknown as { readonly destination: { readonly url: string } };
      if (destination.url.startsWith('tel:')) event.preventDefault();
    });
  });

test('a working day by keyboard: a call is made and logged, its task is done with a next step, a note is written, the deal is moved', async ({
  owner,
}) => {
  test.slow();
  const { page } = owner;
  const board = boardOf(owner);
  await board.open();
  await board.add('Route planner 48k');
  await board.synced();
  const me = await memberOf(owner);
  const contact = await makeRecord(owner, 'contact', {
    firstName: 'Femke',
    lastName: 'de Boer',
    phones: [{ value: '+31 20 123 4567', label: 'work', primary: true }],
  });
  const deal = (await board.card('Route planner').getAttribute('data-card')) ?? '';
  await makeRecord(owner, 'task', {
    title: 'Call about the depot',
    type: 'call',
    due: dayFromToday(-2),
    owner: me,
    about: [contact, deal],
  });

  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(page.getByRole('heading', { name: 'One person to follow up with' })).toBeVisible();
  await expect(line(page, 'Call about the depot')).toContainText('2 days late');
  await expectAccessible(page);
  await page.keyboard.press('ArrowDown');
  await expect(line(page, 'Call about the depot')).toBeFocused();
  await expect(line(page, 'Call about the depot')).toContainText('Femke');

  await dialNothing(page);
  await page.keyboard.press('c');
  await expect(page.getByText('Calling +31201234567')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Log call' })).toBeVisible();
  await page.keyboard.press('l');
  await expect(page).toHaveURL(new RegExp(`/deals/${deal}$`));
  const composer = page.getByRole('form', { name: 'Add to the timeline' });
  await expect(composer.getByRole('button', { name: /^Stop at/ })).toBeVisible();
  await expect(composer.getByRole('textbox', { name: 'What was said' })).toBeFocused();
  await page.keyboard.type('Both depots are wanted');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('article').filter({ hasText: 'Both depots are wanted' })).toContainText(
    'Maya called Femke',
  );

  await page.keyboard.press('Escape');
  await page.getByRole('main').focus();
  await page.keyboard.press('g');
  await page.keyboard.press('t');
  await expect(line(page, 'Call about the depot')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(line(page, 'Call about the depot')).toBeFocused();
  await page.keyboard.press('Shift+D');
  const form = page.getByRole('dialog', { name: 'Next step' });
  await expect(form.getByRole('textbox', { name: 'What is to be done' })).toBeFocused();
  await page.keyboard.type('Send two quotes');
  await page.keyboard.press('Tab');
  await form.getByRole('textbox', { name: 'Due' }).focus();
  await page.keyboard.type('tomorrow 15:00');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(form).toBeHidden();
  await expect(page.getByRole('heading', { name: 'Nobody is waiting for you' })).toBeVisible();

  await page.keyboard.press('g');
  await page.keyboard.press('k');
  await expect(line(page, 'Send two quotes')).toContainText('15:00', { ignoreCase: true });
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/deals/${deal}$`));

  await page.keyboard.press('n');
  const note = composer.getByRole('textbox', { name: 'Note' });
  await expect(note).toBeFocused({ timeout: 40_000 });
  await page.keyboard.type('Wants both depots in one contract.');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('article').filter({ hasText: 'Wants both depots' })).toBeVisible();

  // Out of the text, where a figure is a letter.
  await page.keyboard.press('Escape');
  await page.getByRole('main').focus();
  await page.keyboard.press('2');
  await expect(page.getByRole('radio', { name: /Qualified/ })).toBeChecked();
  await board.synced();
});

test('a task done offline by one and put off by the other: both stand, and both are in the history', async ({
  owner,
  teammate,
}) => {
  test.slow();
  const jonas = await teammate('Jonas Weber');
  const me = await memberOf(owner);
  const task = await makeRecord(owner, 'task', { title: 'Send the price list', due: dayFromToday(0), owner: me });
  for (const { page } of [owner, jonas]) {
    await page.goto('/tasks');
    await page.getByText('Team', { exact: true }).click();
    await expect(line(page, 'Send the price list')).toBeVisible();
  }
  await Promise.all([owner.ready(), jonas.ready()]);
  await Promise.all([owner.line.cut(), jonas.line.cut()]);
  await line(owner.page, 'Send the price list').getByRole('checkbox').click();
  await expect(line(owner.page, 'Send the price list')).toBeHidden();
  await line(jonas.page, 'Send the price list').focus();
  await expect(line(jonas.page, 'Send the price list').getByRole('button', { name: /^Snooze/ })).toBeVisible();
  await jonas.page.keyboard.press('s');
  await jonas.page.getByRole('menuitem', { name: /In a week/ }).click();
  await Promise.all([owner.line.heal(), jonas.line.heal()]);

  await expect(line(jonas.page, 'Send the price list')).toBeHidden(AFTER_HEALING);
  await jonas.page.getByText('Done', { exact: true }).click();
  await expect(line(jonas.page, 'Send the price list')).toBeVisible();
  await boardOf(owner).synced();
  await boardOf(jonas).synced();
  const answer = await owner.context.request.get(`/api/history?record=${task}`);
  const { changes } = (await answer.json()) as { changes: { field: string; by: string }[] };
  const by = (field: string) => changes.find((change) => change.field === field)?.by;
  expect([by('doneAt'), by('due')]).toEqual([me, await memberOf(jonas)]);
});

test('a repeated task comes back, undo takes that back too', async ({ owner }) => {
  const { page } = owner;
  await page.goto('/tasks');
  await page.getByRole('button', { name: /^New task/ }).click();
  const form = page.getByRole('dialog', { name: 'New task' });
  await form.getByRole('textbox', { name: 'What is to be done' }).fill('Newsletter');
  await form.getByRole('textbox', { name: 'Due' }).fill('today');
  await form.getByRole('button', { name: /Repeats/ }).click();
  await page.getByRole('option', { name: 'Every week', exact: true }).click();
  await form.getByRole('button', { name: /^Ends/ }).click();
  await page.getByRole('option', { name: 'After a number of times' }).click();
  await form.getByRole('textbox', { name: 'Times, with the first' }).fill('2');
  await expect(form.getByText('Every week, 2 times.')).toBeVisible();
  await expectAccessible(page);
  await form.getByRole('button', { name: 'Add' }).click();
  await line(page, 'Newsletter').getByRole('checkbox').click();
  const next = page.getByRole('region', { name: 'Next 7 days' });
  await expect(next.getByRole('listitem').filter({ hasText: 'Newsletter' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+z');
  await expect(
    page.getByRole('region', { name: 'Today' }).getByRole('listitem').filter({ hasText: 'Newsletter' }),
  ).toBeVisible();
  await expect(next).toBeHidden();
});

test('a task is carried to another day by mouse, by finger and by keyboard, and each is taken back', async ({
  owner,
}) => {
  const { page } = owner;
  await makeRecord(owner, 'task', { title: 'Renew the contract', due: dayFromToday(3), owner: await memberOf(owner) });
  await page.goto('/tasks');
  const task = line(page, 'Renew the contract');
  const due = task.locator('.fu__due');
  const before = await due.innerText();
  const place = (index: number) => page.locator('.daytray__day').nth(index);
  const middle = async (of: Locator) => {
    const box = await of.boundingBox();
    if (!box) throw new Error('nothing to touch');
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const isBackAfterUndo = async () => {
    await page.keyboard.press('ControlOrMeta+z');
    await expect(due).toHaveText(before);
  };

  const from = await middle(task.locator('.fu__what'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 20, from.y + 10, { steps: 3 });
  await expect(place(0)).toHaveText('Today');
  const tomorrow = await middle(place(1));
  await page.mouse.move(tomorrow.x, tomorrow.y, { steps: 3 });
  await expect(place(1)).toHaveClass(/is-over/);
  await page.mouse.up();
  await expect(due).toHaveText('Tomorrow');
  await isBackAfterUndo();

  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  await touch('touchStart', from);
  await expect(place(1)).toBeVisible();
  await touch('touchMove', tomorrow);
  await expect(place(1)).toHaveClass(/is-over/);
  await touch('touchEnd');
  await expect(due).toHaveText('Tomorrow');
  await isBackAfterUndo();

  await task.focus();
  await page.keyboard.press('Alt+ArrowUp');
  await page.keyboard.press('Alt+ArrowUp');
  await expect(due).toHaveText('Tomorrow');
  await expect(task).toBeFocused();
  await page.keyboard.press('ControlOrMeta+z');
  await isBackAfterUndo();
});

test('on a device whose clock is two days ahead today is today, and the clock is told of', async ({ owner }) => {
  const { context, page } = owner;
  const me = await memberOf(owner);
  await makeRecord(owner, 'task', { title: 'Call Oliver', due: dayFromToday(1), reminders: ['m0'], owner: me });
  await context.clock.install({ time: Date.now() + 2 * 86_400_000 });
  await page.goto('/tasks');
  await expect(page.getByRole('status').filter({ hasText: 'This device’s clock is 2 days ahead' })).toBeVisible();
  await expect(line(page, 'Call Oliver')).toContainText('Tomorrow');
  await expect(page.getByRole('region', { name: 'Late' })).toBeHidden();
});
