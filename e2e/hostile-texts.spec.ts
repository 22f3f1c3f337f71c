/** Somebody writes HTML and script wherever a text goes; on every page it is what it is: a text. */
import type { Locator } from '@playwright/test';
import { entities } from '../shared/entities/registry.ts';
import type { AnyField } from '../shared/model/field.ts';
import { dayFromToday } from './support/days.ts';
import { expect, test } from './support/fixtures.ts';
import { makeRecord, memberOf } from './support/records.ts';

const RUNS = `localStorage.setItem('ran','yes')`;
const EVIL = `<img src=x onerror="${RUNS}"><script>${RUNS}</script><svg onload="${RUNS}">"'javascript:${RUNS}`;

const PASTED = `<p onclick="${RUNS}" style="background:url(javascript:${RUNS})">pasted words ${EVIL}</p>
  <iframe srcdoc="<script>parent.${RUNS}</script>"></iframe><object data="data:text/html,<script>${RUNS}</script>"></object>
  <form action="javascript:${RUNS}"><input autofocus onfocus="${RUNS}"><button>Go</button></form><math href="javascript:${RUNS}">m</math>
  <p><a href="javascript:${RUNS}">a link</a> <a href="java\tscript:${RUNS}">another</a> <a href="data:text/html,<script>${RUNS}</script>">a third</a>
  <a href="https://northlane.example/" onmouseover="${RUNS}">a good link</a></p>
  <div data-type="file" data-id="file_x" onload="${RUNS}"></div><span data-type="mention" data-id="${RUNS}"><script>${RUNS}</script></span>`;

/** Nothing in it that runs, loads or leads to something that does. */
async function expectHarmless(place: Locator): Promise<void> {
  const harmful = await place.evaluate((element) =>
    [...element.querySelectorAll('*')].flatMap((each) => {
      const isEvil =
        /^(script|iframe|object|embed|form|input|math|style|base|meta)$/i.test(each.tagName) ||
        (each.tagName === 'svg' && each.hasAttribute('onload')) ||
        [...each.attributes].some(
          ({ name, value }) => /^on|^srcdoc$/.test(name) || /^\s*(java\s*script|data):/i.test(value),
        );
      return isEvil ? [each.outerHTML.slice(0, 200)] : [];
    }),
  );
  expect(harmful).toEqual([]);
}

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
  const me = await memberOf(owner);
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
  expect(owner.complaints).toEqual([]);
  // Pasted as rich text it is words as well, while it is written and when it is read.
  await page.goto(`/contacts/${contact}`);
  const composer = page.getByRole('form', { name: 'Add to the timeline' });
  await expect(composer.getByRole('toolbar', { name: 'Form of the text' })).toBeVisible({ timeout: 40_000 });
  const box = composer.getByRole('textbox', { name: 'Note' });
  await box.click();
  await box.evaluate((element, html) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/html', html);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, PASTED);
  await expect(box).toContainText('pasted words');
  await expectHarmless(box);
  await page.keyboard.press('ControlOrMeta+Enter');
  const note = page.getByRole('article').filter({ hasText: 'pasted words' });
  await expect(note).toContainText('a good link');
  await expectHarmless(note);
  // What is typed finds it, and shows it as it is.
  await page.keyboard.press('ControlOrMeta+k');
  await page.getByRole('combobox').fill('<img');
  await expect(page.getByRole('option').first()).toContainText('<img src=x');
  expect(await page.evaluate(() => localStorage.getItem('ran'))).toBeNull();
  // Chromium complains of handlers where pasted HTML is read already: in a document of its own in which nothing runs.
  const complaints = owner.complaints as string[];
  expect(complaints.filter((text) => !/inline (event handler|style)/.test(text))).toEqual([]);
  complaints.length = 0;
});
