/** Every page and every surface that opens over one, as axe sees it, in both themes (WCAG 2.2 AA). */
import { boardOf } from './pages/board.ts';
import { addressOf, addSampleData } from './pages/sample.ts';
import { expectAccessible } from './support/axe.ts';
import { dayFromToday } from './support/days.ts';
import { expect, test } from './support/fixtures.ts';
import { setUpWorkspace } from './support/person.ts';
import { makeRecord, memberOf } from './support/records.ts';

test('whoever is not signed in can use the pages of the door: setup, sign-in and an invitation', async ({
  visitor,
  server,
  browser,
}) => {
  const { page } = visitor;
  await page.goto('/');
  await expect(page.getByRole('heading', { name: 'Start your workspace' })).toBeVisible();
  await expectAccessible(page);
  // Errors are part of the page: all fields refused at once.
  await page.getByRole('button', { name: 'Start workspace' }).click();
  await expect(page.getByRole('textbox', { name: 'Workspace name' })).toHaveAttribute('aria-invalid', 'true');
  await expectAccessible(page);
  const owner = await setUpWorkspace(browser, server);
  await page.reload();
  await expect(page.getByRole('heading', { name: /^Sign in to/ })).toBeVisible();
  await expectAccessible(page);
  const answer = await owner.context.request.post('/api/invitations', {
    data: { name: 'Jonas Weber', role: 'member' },
    headers: { origin: owner.line.url },
  });
  const { url } = (await answer.json()) as { url: string };
  await page.goto(new URL(url).pathname);
  await expect(page.getByRole('heading', { name: 'Join Northlane' })).toBeVisible();
  await expectAccessible(page);
  await owner.leave();
});

test('a new owner can use the welcome, the empty lists and the first step of an import', async ({ owner }) => {
  const { page } = owner;
  await page.goto('/deals');
  await expect(page.getByRole('heading', { name: 'Bring in the people you sell to' })).toBeVisible();
  await expectAccessible(page);
  for (const path of ['/contacts', '/companies']) {
    await page.goto(path);
    await expect(page.getByText(/^No (contacts|companies) yet$/)).toBeVisible();
    await expectAccessible(page);
  }
  await page.goto('/import');
  await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
  await expectAccessible(page);
});

test('a seller can use the board, its quick add and the question why a deal was lost', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Add deal to Proposal' }).click();
  await page.getByRole('textbox', { name: /in one line/ }).fill('Route planner @Kestrel 48k 11 Dec');
  await expect(page.getByRole('status', { name: 'Understood' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await board.card('Kitchen refit').focus();
  await page.keyboard.press('Shift+W');
  await expect(page.getByRole('dialog', { name: /as lost/ })).toBeVisible();
  await expectAccessible(page);
});

test('a seller can use the table of the deals and a deal', async ({ owner }) => {
  const { page } = owner;
  const board = boardOf(owner);
  await addSampleData(owner);
  await page.goto('/deals?view=table');
  await expect(page.getByRole('grid')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/deals');
  await board.card('Kitchen refit').press('Enter');
  await expect(page.getByRole('radiogroup', { name: 'Stage' })).toBeVisible();
  await expectAccessible(page);
});

test('a seller can use the lists and the pages of contacts and companies', async ({ owner }) => {
  const { page } = owner;
  await addSampleData(owner);
  for (const [list, name] of [
    ['/contacts', 'Tessa Hallworth'],
    ['/companies', 'Pinewharf Outdoor'],
  ] as const) {
    const href = await addressOf(owner, list, name);
    await expectAccessible(page);
    await page.goto(href);
    await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
    await expectAccessible(page);
  }
});

test('search, all keys, and where the data is can be used by everybody', async ({ owner }) => {
  const { page } = owner;
  await boardOf(owner).open();
  await boardOf(owner).add('Route planner @Kestrel 48k');
  await page.keyboard.press('ControlOrMeta+k');
  const search = page.getByRole('combobox', { name: 'Search or run a command' });
  await expect(search).toBeVisible();
  await expectAccessible(page);
  await search.fill('route');
  await expect(page.getByRole('option', { name: /^Route planner/ })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(search).toBeHidden();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'All keys' })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: /^Sync status/ }).click();
  await expect(page.getByRole('dialog', { name: 'Sync status' })).toBeVisible();
  await expectAccessible(page);
});

const SETTINGS = [
  ['profile', 'Profile'],
  ['security', 'Sign-in and devices'],
  ['appearance', 'Appearance'],
  ['tokens', 'API tokens'],
  ['general', 'General'],
  ['pipelines', 'Pipelines'],
  ['members', 'Members and roles'],
  ['data', 'Import and export'],
  ['devices', 'Devices and sync'],
] as const;

test('every section of the settings can be used by everybody', async ({ owner }) => {
  // Nine pages, each looked at in both themes.
  test.slow();
  const { page } = owner;
  for (const [section, heading] of SETTINGS) {
    await page.goto(`/settings/${section}`);
    await expect(page.getByRole('heading', { level: 1, name: heading })).toBeVisible();
    await expectAccessible(page);
  }
});

test('on a phone the board, the contacts, a contact and a deal can be used by everybody @mobile', async ({ owner }) => {
  const { page } = owner;
  await page.setViewportSize({ width: 390, height: 844 });
  await addSampleData(owner);
  await expectAccessible(page);
  const href = await addressOf(owner, '/contacts', 'Tessa Hallworth');
  await expectAccessible(page);
  await page.goto(href);
  await expect(page.getByRole('heading', { level: 1, name: 'Tessa Hallworth' })).toBeVisible();
  await expectAccessible(page);
  await page.goto('/deals');
  await boardOf(owner).card('Shop fittings').press('Enter');
  await expect(page.getByRole('radiogroup', { name: 'Stage' })).toBeVisible();
  await expectAccessible(page);
});

test('on a phone Today and the tasks can be used by everybody @mobile', async ({ owner }) => {
  const { page } = owner;
  await page.setViewportSize({ width: 390, height: 844 });
  await addSampleData(owner);
  await makeRecord(owner, 'task', { title: 'Send the offer', due: dayFromToday(-1), owner: await memberOf(owner) });
  for (const [path, place] of [
    ['/today', page.getByRole('complementary', { name: 'Day at a glance' })],
    ['/tasks', page.getByRole('textbox', { name: 'Find a task' })],
  ] as const) {
    await page.goto(path);
    await expect(place).toBeVisible();
    await expectAccessible(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
  }
  await page.getByText('Team', { exact: true }).click();
  await page.getByText('By owner', { exact: true }).click();
  await expect(page.getByRole('region', { name: /^Maya/ })).toBeVisible();
});
