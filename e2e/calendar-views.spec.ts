/** The views of the calendar: day, week and month at both widths, and with a finger. */
import { addSampleData } from './pages/sample.ts';
import { expectAccessible } from './support/axe.ts';
import { dayFromToday, TIME_ZONE } from './support/days.ts';
import { expect, test } from './support/fixtures.ts';
import { makeRecord, memberOf } from './support/records.ts';

const inTwoDays = () => dayFromToday(2);

// Six pages in two themes: on a busy machine more than the usual minute.
test('day, week and month are clean for axe at both widths, with an appointment, a task and deals that close', async ({
  owner,
}) => {
  test.slow();
  const { page } = owner;
  await addSampleData(owner);
  const day = dayFromToday(1);
  const me = await memberOf(owner);
  const clock = (time: string) => `${day}T${time}[${TIME_ZONE}]`;
  await makeRecord(owner, 'appointment', {
    title: 'Depot visit',
    start: clock('10:00'),
    end: clock('11:00'),
    owner: me,
  });
  await makeRecord(owner, 'task', { title: 'Send the plan', due: clock('12:00'), owner: me });
  for (const width of [1440, 390]) {
    await page.setViewportSize({ width, height: 900 });
    for (const view of ['day', 'week', 'month'] as const) {
      await page.goto(`/calendar?view=${view}&day=${day}`);
      await expect(page.getByRole('button', { name: /^Depot visit/ })).toBeVisible();
      await expect(page.getByRole('button', { name: /^Send the plan, task/ })).toBeVisible();
      await expectAccessible(page);
    }
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
  }
});

test('with a finger: a week as a list, a day from the month, an appointment carried and made longer @mobile', async ({
  owner,
}) => {
  const { page } = owner;
  const day = inTwoDays();
  const me = await memberOf(owner);
  const clock = (time: string) => `${day}T${time}[${TIME_ZONE}]`;
  await makeRecord(owner, 'appointment', {
    title: 'Depot visit',
    start: clock('09:00'),
    end: clock('10:00'),
    owner: me,
  });
  await page.goto(`/calendar?view=month&day=${day}`);
  const views = page.getByRole('radiogroup', { name: 'Days shown' });
  await views.getByText('Week').tap();
  const item = page.getByRole('button', { name: /^Depot visit/ });
  await expect(item).toHaveAccessibleName(/09:00 to 10:00/);
  const session = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', at?: { x: number; y: number }) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: at ? [at] : [] });
  await views.getByText('Day').tap();
  const box = await item.boundingBox();
  if (!box) throw new Error('the item is not there');
  const hour = box.height;
  const held = { x: box.x + 60, y: box.y + 20 };
  await touch('touchStart', held);
  await expect(item).toHaveClass(/is-lifted/);
  await touch('touchMove', { ...held, y: held.y + hour });
  await touch('touchEnd');
  await expect(item).toHaveAccessibleName(/10:00 to 11:00/);
  const edge = { x: held.x, y: box.y + 2 * hour - 5 };
  await touch('touchStart', edge);
  await expect(item).toHaveClass(/is-lifted/);
  await touch('touchMove', { ...edge, y: edge.y + hour / 2 });
  await touch('touchEnd');
  await expect(item).toHaveAccessibleName(/10:00 to 11:30/);
  await views.getByText('Month').tap();
  await page.locator(`[data-day="${day}"]`).tap();
  await expect(page).toHaveURL(/view=day/);
  await expect(item).toHaveAccessibleName(/10:00 to 11:30/);
});
