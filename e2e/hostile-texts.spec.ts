/** Somebody writes HTML and script wherever a text goes; on every page it is what it is: a text. */
import { entities } from '../shared/entities/registry.ts';
import type { AnyField } from '../shared/model/field.ts';
import { dayFromToday } from './support/days.ts';
import { expect, test } from './support/fixtures.ts';
import { makeRecord } from './support/records.ts';

const RUNS = `localStorage.setItem('ran','yes')`;
const EVIL = `<img src=x onerror="${RUNS}"><script>${RUNS}</script><svg onload="${RUNS}">"'javascript:${RUNS}`;

/** Every field of the entity that takes any text, filled with it. */
const evilTexts = (name: keyof typeof entities) =>
  Object.fromEntries(
    Object.entries(entities[name].fields as Readonly<Record<string, AnyField>>).flatMap(([field, { kind, hidden }]) =>
      !hidden && (kind === 'text' || kind === 'longText') ? [[field, EVIL]] : [],
    ),
  );

test('HTML and script in every text field of every kind of record run on no page', async ({ owner }) => {
  test.slow();
  const { page } = owner;
  const me = ((await (await owner.context.request.get('/api/me')).json()) as { memberId: string }).memberId;
  const today = dayFromToday(0);
  const company = await makeRecord(owner, 'company', { ...evilTexts('company'), tags: [EVIL] });
  const contact = await makeRecord(owner, 'contact', { ...evilTexts('contact'), company, tags: [EVIL] });
  const deal = await makeRecord(owner, 'deal', { ...evilTexts('deal'), owner: me, company, tags: [EVIL] });
  const about = [contact, company, deal];
  await makeRecord(owner, 'task', { ...evilTexts('task'), owner: me, due: today, about });
  await makeRecord(owner, 'activity', { ...evilTexts('activity'), kind: 'call', at: Date.now(), about });
  await makeRecord(owner, 'noteTemplate', evilTexts('noteTemplate'));

  const pages = ['/deals', '/contacts', '/companies', '/today', '/tasks', '/calendar', '/history'];
  for (const path of [...pages, `/deals/${deal}`, `/contacts/${contact}`, `/companies/${company}`]) {
    await page.goto(path);
    await expect(page.locator('main').getByText('<img src=x', { exact: false }).first(), path).toBeVisible();
    expect(await page.locator('img[src="x"], svg[onload], main script').count(), path).toBe(0);
  }
  // What is typed finds it, and shows it as it is.
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('<img');
  await expect(page.getByRole('option').first()).toContainText('<img src=x');
  expect(await page.evaluate(() => localStorage.getItem('ran'))).toBeNull();
});
