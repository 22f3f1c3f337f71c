/**
 * What a person waits for, in real Chromium with 50,000 contacts, 10,000 deals and 100,000 activities kept on the device:
 * the board after a reload (held against an empty workspace), and from the event to the painted frame for what people do
 * on the board, in tables and on records (`screens.ts`). Figures are distributions of one run; the machine's load is
 * printed with them.
 *
 * `--sizes 10000,50000,200000` does it with so many contacts each, with a fifth as many deals and twice as many
 * activities, and prints how much longer each takes than in the first; `--only searching` does some of it.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { type BenchPage, launchBrowser, load, longestTasks, openWorkspace } from './in-browser.ts';
import { measured, percentile } from './measure.ts';
import { SCREENS } from './screens.ts';

const RELOADS = 5;
const LONGEST = 5_000;

const { values: options } = parseArgs({
  options: { sizes: { type: 'string', default: '50000' }, only: { type: 'string', default: '' } },
});
const sizes = options.sizes.split(',').map(Number);
const isWhole = options.only === '';
const inEnglish = (count: number) => count.toLocaleString('en');
/** By name: the figure at the first size. */
const first = new Map<string, number>();

const folder = mkdtempSync(join(tmpdir(), 'rapport-bench-'));
const browser = await launchBrowser();
try {
  const empty = await openEmpty();
  for (const contacts of sizes) {
    const deals = Math.ceil(contacts / 5);
    const size = { contacts, deals, activities: contacts * 2, longest: LONGEST };
    const dataDir = join(folder, `${contacts}`);
    const began = performance.now();
    const full = await openWorkspace(browser, { dataDir, ...size });
    console.log(`--- ${inEnglish(contacts)} contacts, there after ${Math.round((performance.now() - began) / 1000)} s`);
    if (isWhole) await measureStart(full, contacts, empty);
    await full.settled();
    for (const screen of SCREENS.filter(({ name }) => name.includes(options.only))) {
      for (const { name, painted, worked } of await screen.run(full)) {
        grows(`${name}, painted`, contacts, painted);
        grows(`${name}, main thread`, contacts, worked);
      }
    }
    await full.close();
    rmSync(dataDir, { recursive: true, force: true });
  }
} finally {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
}

interface Empty {
  readonly reload: number;
  readonly heap: number;
}

async function openEmpty(): Promise<Empty> {
  if (!isWhole) return { reload: Number.NaN, heap: Number.NaN };
  const small = await openWorkspace(browser, { dataDir: join(folder, 'empty'), contacts: 0, deals: 0 });
  const reload = await reloadTime(small.page, () => document.querySelector('main h1') !== null);
  const heap = await small.heap();
  await small.close();
  return { reload, heap };
}

async function measureStart(full: BenchPage, contacts: number, empty: Empty): Promise<void> {
  const board = await reloadTime(full.page, () => document.querySelector('[data-card]') !== null);
  console.log(`load ${load()} while reloading`);
  const name = 'reload to a usable board';
  console.log(measured({ name, value: board, unit: 'ms', against: empty.reload, what: 'an empty workspace' }));
  grows(name, contacts, board);
  // The address book is read after the board is there, and got ready for searching.
  const [longest = 0] = await longestTasks(browser, full.page, async () => {
    await full.page.reload();
    await full.page.waitForTimeout(8_000 + contacts / 20);
  });
  console.log(measured({ name: 'longest task of a start, address book included', value: longest, unit: 'ms' }));
  grows('longest task of a start', contacts, longest);
  const records = Number(/([\d,]+) records/.exec(await recordsHere(full.page))?.[1]?.replaceAll(',', ''));
  const each = ((await full.heap()) - empty.heap) / (records / 1000);
  console.log(`${inEnglish(records)} records on the device`);
  console.log(measured({ name: 'memory of 1,000 records', value: each, unit: 'MB' }));
  grows('memory of 1,000 records', contacts, each);
}

/** What the palette says it searches. */
async function recordsHere(page: Page): Promise<string> {
  await page.keyboard.press('Control+k');
  const words = await page.getByText(/records on this device/).innerText();
  await page.keyboard.press('Escape');
  return words;
}

/** Prints what becomes of a figure where there is more data: as a ratio to the smallest workspace of this run. */
function grows(name: string, contacts: number, value: number): void {
  const [smallest = 0] = sizes;
  const unit = name.startsWith('memory') ? 'MB' : 'ms';
  if (contacts === smallest) first.set(name, value);
  else {
    const what = `at ${inEnglish(smallest)}`;
    const against = first.get(name);
    console.log(measured({ name: `${name}, ${inEnglish(contacts)} contacts`, value, unit, against, what }));
  }
}

async function reloadTime(page: Page, isThere: () => boolean): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RELOADS; run++) {
    await page.waitForTimeout(2_000);
    await page.reload({ waitUntil: 'commit' });
    await page.waitForFunction(isThere, undefined, { polling: 'raf', timeout: 60_000 });
    times.push(await page.evaluate(() => performance.now()));
  }
  return percentile(times, 0.5);
}
