/** The calendar by keyboard and by mouse, calendar files, and reminders that come once however many tabs are open. */
import AxeBuilder from '@axe-core/playwright';
import { dayFromToday, TIME_ZONE } from './support/days.ts';
import { expect, test } from './support/fixtures.ts';

const inTwoDays = () => dayFromToday(2);

test('an appointment is made, moved and made longer by keyboard, and taken back', async ({ owner }) => {
  const { page } = owner;
  const day = inTwoDays();
  await page.goto(`/calendar?view=day&day=${day}`);
  await expect(page.getByRole('heading', { name: 'Calendar' })).toBeVisible();
  await page.keyboard.press('n');
  const form = page.getByRole('dialog', { name: 'New appointment' });
  await form.getByRole('textbox', { name: 'What' }).fill('Depot visit');
  await form.getByRole('textbox', { name: 'Starts' }).fill(`${day} 10:00`);
  await form.getByRole('textbox', { name: 'Ends' }).fill('09:00');
  await page.keyboard.press('Control+Enter');
  await expect(form.getByRole('alert')).toContainText('The end is before the start');
  await form.getByRole('textbox', { name: 'Ends' }).fill('11:00');
  await page.keyboard.press('Control+Enter');
  const item = page.getByRole('button', { name: /^Depot visit/ });
  await expect(item).toHaveAccessibleName(/10:00 to 11:00/);

  await item.focus();
  await page.keyboard.press('Alt+ArrowDown');
  await expect(item).toHaveAccessibleName(/10:15 to 11:15/);
  await expect(item).toBeFocused();
  await page.keyboard.press('Alt+Shift+ArrowDown');
  await expect(item).toHaveAccessibleName(/10:15 to 11:30/);
  await page.keyboard.press('Control+z');
  await expect(item).toHaveAccessibleName(/10:15 to 11:15/);
  // To the next day, and the calendar with it.
  await item.focus();
  await page.keyboard.press('Alt+ArrowRight');
  await expect(page).toHaveURL(new RegExp(`day=${dayFromToday(3)}`));
  await expect(item).toBeFocused();

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)).toEqual([]);
});

test('dragging over hours makes an appointment, dragging it moves it, its edge makes it longer', async ({ owner }) => {
  const { page } = owner;
  await page.goto(`/calendar?view=day&day=${inTwoDays()}`);
  const column = page.locator('[data-hours]');
  await expect(column).toBeVisible();
  const at = async (hour: number) => {
    const box = await column.boundingBox();
    if (!box) throw new Error('the hours are not there');
    return { x: box.x + box.width / 2, y: box.y + (box.height * hour) / 24 };
  };
  const drag = async (from: { x: number; y: number }, to: { x: number; y: number }) => {
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    await page.mouse.move(to.x, to.y, { steps: 5 });
    await page.mouse.up();
  };
  await drag(await at(9.02), await at(10.48));
  await page.getByRole('textbox', { name: 'What' }).fill('Workshop');
  await page.keyboard.press('Control+Enter');
  const item = page.getByRole('button', { name: /^Workshop/ });
  await expect(item).toHaveAccessibleName(/09:00 to 10:30/);
  await drag(await at(9.5), await at(12.5));
  await expect(item).toHaveAccessibleName(/12:00 to 13:30/);
  const box = await item.boundingBox();
  if (!box) throw new Error('the item is not there');
  await drag({ x: box.x + box.width / 2, y: box.y + box.height - 3 }, await at(14.24));
  await expect(item).toHaveAccessibleName(/12:00 to 14:15/);
});

test('a calendar file becomes an appointment; a broken one says what is wrong', async ({ owner }) => {
  const { page } = owner;
  await page.goto('/calendar');
  const choose = page.locator('input[type="file"]');
  const file = (lines: readonly string[]) => ({
    name: 'invitation.ics',
    mimeType: 'text/calendar',
    buffer: Buffer.from(['BEGIN:VCALENDAR', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n')),
  });
  await choose.setInputFiles(file(['UID:1', 'SUMMARY:Trade fair', 'DTSTART:INVALID-DATE']));
  await expect(
    page.getByRole('paragraph').filter({ hasText: '“Trade fair” was left out: its start cannot be read.' }),
  ).toBeVisible();
  await choose.setInputFiles(
    file(['UID:1', 'SUMMARY:Trade fair', 'DTSTART:20270302T090000Z', 'DTEND:20270302T100000Z']),
  );
  await expect(page).toHaveURL(/day=2027-03-02/);
  await expect(page.getByRole('button', { name: /^Trade fair/ })).toHaveAccessibleName(/10:00 to 11:00/);
});

test('a reminder comes once with two tabs open', async ({ owner }) => {
  const { context, page } = owner;
  const shown: string[] = [];
  await context.grantPermissions(['notifications']);
  await context.exposeBinding('noteShown', (_source, title: string) => void shown.push(title));
  await context.addInitScript(() => {
    if (!isSecureContext) return; // about:blank has neither
    const note = (title: string) => (window as unknown as { noteShown: (title: string) => void }).noteShown(title);
    ServiceWorkerRegistration.prototype.showNotification = async (title) => note(title);
    window.Notification = new Proxy(window.Notification, {
      construct(target, [title, options]: [string, NotificationOptions]) {
        note(title);
        return Reflect.construct(target, [title, options]);
      },
    });
  });
  const other = await context.newPage();
  // One clock for both: it belongs to the context.
  await context.clock.install();
  await Promise.all([page.goto('/tasks'), other.goto('/tasks')]);
  await page.bringToFront();
  await expect(page.getByRole('heading', { name: 'Tasks' })).toBeVisible();
  await page.keyboard.press('n');
  await page.getByRole('textbox', { name: 'What is to be done' }).fill('Call Oliver');
  // A full minute that does not pass while this is typed; near enough that a browser put forward to it is still believed.
  const minute = Math.ceil((Date.now() + 30_000) / 60_000) * 60_000;
  const due = new Date(minute).toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: TIME_ZONE });
  await page.getByRole('textbox', { name: 'Due' }).fill(`today ${due}`);
  await page.getByRole('checkbox', { name: 'At the time' }).check();
  await page.keyboard.press('Control+Enter');
  await expect(other.getByText('Call Oliver')).toBeVisible();
  expect(shown).toEqual([]);

  await context.clock.fastForward(Math.max(0, minute - Date.now()) + 5_000);
  await expect.poll(() => shown.length).toBe(1);
  expect(shown[0]).toContain('Call Oliver');
  await expect(page.getByRole('link', { name: /Inbox/ }).first()).toContainText('1');
  await context.clock.runFor(5_000);
  expect(shown).toHaveLength(1);
});
