/**
 * Typing into notes, in real Chromium: a short one, one of 200,000 characters (in the shared text and in the composer's
 * draft), and a short one while three others type in it, too. From the key to the painted frame, and the CPU of the main
 * thread; the long note is held against the short one of the same run.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import {
  type BenchPage,
  type Figures,
  launchBrowser,
  longestTasks,
  measureSteps,
  openWorkspace,
  SIGN_IN,
} from './in-browser.ts';
import { measured } from './measure.ts';

const FRAME = 16;
const OTHERS = 3;
const WORDS =
  'They lose about two thousand a month on deliveries that come late and on doors that stand open at night. ';
const SHORT = `Short one. ${WORDS}`;
/** Paragraphs of some 600 characters, 200,000 in all. */
const LONG = `Long one. ${`${WORDS.repeat(6)}\n`.repeat(400)}`.slice(0, 199_000);
const KEYS = [...'and Ingrid asked twice about it'].map((letter) => (letter === ' ' ? 'Space' : letter));

const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
const browser = await launchBrowser();
try {
  const bench = await openWorkspace(browser, { dataDir: join(folder, 'notes'), contacts: 30, deals: 10 });
  const address = await withNotes(bench.page, [SHORT, LONG]);
  await bench.page.goto(address);
  const short = await typing(bench, 'typing in a short note', () => edit(bench.page, 'Short one.'));
  const long = await typing(bench, 'typing in a note of 200,000 characters', () => edit(bench.page, 'Long one.'));
  compare('a key in the long note', long, short);
  const brief = await typing(bench, 'typing in a short draft', () => draft(bench.page, SHORT));
  const book = await typing(bench, 'typing in a draft of 200,000 characters', () => draft(bench.page, LONG));
  compare('a key in the long draft', book, brief);
  await withOthers(browser, bench, address, 'Short one.', 'typing in a note with three others typing');
  await withOthers(
    browser,
    bench,
    address,
    'Long one.',
    'typing in a note of 200,000 characters with three others typing',
  );
  await bench.close();
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

function compare(name: string, value: Figures, against: Figures): void {
  console.log(
    measured({ name, value: value.worked, unit: 'ms', against: against.worked, what: 'in a short one', atMost: 3 }),
  );
}

/** The page of a contact with these notes. */
async function withNotes(page: Page, bodies: readonly string[]): Promise<string> {
  const { origin } = new URL(page.url());
  const post = async (entity: string, data: object) => {
    const answer = await page.context().request.post(`/api/records/${entity}`, { data, headers: { origin } });
    if (!answer.ok()) throw new Error(`${entity}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as { record: { id: string } };
  };
  const { record } = await post('contact', { firstName: 'Ingrid' });
  for (const body of bodies) await post('activity', { kind: 'note', body, about: [record.id] });
  return `/contacts/${record.id}`;
}

async function edit(page: Page, words: string): Promise<void> {
  const note = page.getByRole('article').filter({ hasText: words });
  await note.hover();
  await note.getByRole('button', { name: /^More for this note/ }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await page.getByRole('article').getByRole('textbox', { name: 'Note' }).waitFor();
}

async function draft(page: Page, words: string): Promise<void> {
  const box = page.getByRole('form', { name: 'Add to the timeline' }).getByRole('textbox', { name: 'Note' });
  await box.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await box.evaluate((element, text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, words);
}

/** In the middle and at the end. */
async function typing(bench: BenchPage, name: string, open: () => Promise<void>): Promise<Figures> {
  const { page } = bench;
  await open();
  await page.keyboard.press('Control+End');
  await bench.settled();
  const figures = await press(bench, name);
  await page.keyboard.press('Escape');
  return figures;
}

function press(bench: BenchPage, name: string): Promise<Figures> {
  const steps = KEYS.map((key) => () => bench.page.keyboard.press(key));
  return measureSteps(bench, { name, event: 'keydown', aim: FRAME, steps });
}

async function withOthers(
  browser: Browser,
  bench: BenchPage,
  address: string,
  words: string,
  name: string,
): Promise<void> {
  const { origin } = new URL(bench.page.url());
  await edit(bench.page, words);
  await bench.page.keyboard.press('Control+End');
  const others = await Promise.all(
    Array.from({ length: OTHERS }, async (_, index) => {
      const context = await browser.newContext({ baseURL: origin, viewport: { width: 1440, height: 900 } });
      await context.request.post('/api/auth/sign-in/email', { data: SIGN_IN, headers: { origin } });
      const page = await context.newPage();
      await page.goto(address);
      await page.getByRole('article').filter({ hasText: words }).waitFor({ timeout: 60_000 });
      await page.getByRole('toolbar', { name: 'Form of the text' }).waitFor({ timeout: 60_000 });
      await edit(page, words);
      for (let at = 0; at < index; at++) await page.keyboard.press('ArrowLeft');
      return page;
    }),
  );
  await bench.settled();
  let isOver = false;
  const typed = others.map(async (page) => {
    while (!isOver) await page.keyboard.type('x', { delay: 200 });
  });
  await press(bench, name);
  const [longest = 0] = await longestTasks(browser, bench.page, async () => {
    for (const key of KEYS) await bench.page.keyboard.press(key, { delay: 100 });
  });
  console.log(measured({ name: `${name}, longest task`, value: longest, unit: 'ms', against: FRAME, what: 'aim' }));
  isOver = true;
  await Promise.all(typed);
  await Promise.all(others.map((page) => page.context().close()));
  await bench.page.keyboard.press('Escape');
}
