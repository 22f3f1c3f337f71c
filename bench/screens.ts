/** What people do on the board, in tables and on records, step by step, for the bench in real Chromium. */
import type { Locator } from '@playwright/test';
import { type BenchPage, type Figures, measureSteps, report } from './in-browser.ts';

/** Answered within one frame; a little more for what has to look through everything or opens a page. */
const FRAME = 16;
const LOOK = 50;
const DRAGS = 12;
const OPENINGS = 8;
const WALKED = 40;
const EDITS = 12;

export interface Screen {
  /** Words by which it is chosen: `--only drag`. */
  readonly name: string;
  readonly run: (bench: BenchPage) => Promise<readonly (Figures & { readonly name: string })[]>;
}

/** In this order: each begins where the one before it left the page. */
export const SCREENS: readonly Screen[] = [
  { name: 'typing a deal', run: typing },
  { name: 'carrying a card', run: carrying },
  { name: 'dragging a card', run: dragging },
  { name: 'searching', run: searching },
  { name: 'opening Today', run: openingToday },
  { name: 'opening a deal', run: openingDeal },
  { name: 'filtering a table', run: filtering },
  { name: 'walking and editing in a table', run: editing },
  { name: 'sorting a table', run: sorting },
  { name: 'opening a contact', run: openingContact },
];

type Named = Figures & { readonly name: string };

async function press(bench: BenchPage, name: string, keys: readonly string[], aim: number): Promise<Named> {
  const steps = keys.map((key) => () => bench.page.keyboard.press(key));
  return { name, ...(await measureSteps(bench, { name, event: 'keydown', aim, steps })) };
}

function letters(text: string): readonly string[] {
  return [...text].map((letter) => (letter === ' ' ? 'Space' : letter));
}

async function typing(bench: BenchPage): Promise<readonly Named[]> {
  const { page } = bench;
  await page.getByRole('button', { name: 'Add deal to Lead' }).click();
  const typed = await press(bench, 'typing a new deal', letters('Route planner @Kestrel Logistics 48k 11 Dec'), FRAME);
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Delete');
  await page.keyboard.press('Escape');
  return [typed];
}

async function carrying(bench: BenchPage): Promise<readonly Named[]> {
  await bench.page.locator('[data-card]').first().focus();
  const there = ['Space', 'ArrowRight', 'Space'];
  const back = ['Space', 'ArrowLeft', 'Space'];
  const keys = Array.from({ length: 4 }, () => [...there, ...back]).flat();
  return [await press(bench, 'moving a card by keyboard', keys, FRAME)];
}

/** Takes the first card of one column to the other and back. The hand moves first, then what it does on the way counts. */
async function dragging(bench: BenchPage): Promise<readonly Named[]> {
  const { page } = bench;
  const columns = page.locator('[data-column]');
  const [left, right] = [columns.nth(0), columns.nth(1)];
  const aboveOf = async (column: Locator) => {
    const box = await column.boundingBox();
    return { x: (box?.x ?? 0) + 80, y: (box?.y ?? 0) + 220 };
  };
  const lift = async (from: Locator, to: Locator) => {
    await from.locator('[data-card]').first().hover();
    await page.mouse.down();
    const { x, y } = await aboveOf(to);
    await page.mouse.move(x, y - 60, { steps: 4 });
    await page.waitForTimeout(200);
  };
  await lift(left, right);
  const { x, y } = await aboveOf(right);
  const moves = Array.from({ length: 30 }, (_, at) => () => page.mouse.move(x + at, y + 12 * at));
  const dragged = { name: 'dragging a card by mouse', event: 'dragover', aim: FRAME, steps: moves } as const;
  const drag = { name: dragged.name, ...(await measureSteps(bench, dragged)) };
  await page.mouse.up();
  await page.waitForTimeout(500);

  const drops = { painted: [] as number[], worked: [] as number[] };
  for (let index = 0; index < DRAGS; index++) {
    await (index % 2 === 0 ? lift(right, left) : lift(left, right));
    await page.evaluate(() => {
      globalThis.inputToPaint = {};
    });
    const before = await bench.worked();
    await page.mouse.up();
    // The card glides for 180 ms: what the frames of that take counts too.
    await page.waitForTimeout(300);
    drops.worked.push((await bench.worked()) - before);
    drops.painted.push(...(await page.evaluate(() => globalThis.inputToPaint.drop ?? [])));
  }
  if (drops.painted.length < DRAGS) throw new Error(`only ${drops.painted.length} of ${DRAGS} drops were seen`);
  const name = 'dropping a card by mouse, its glide included';
  return [drag, { name, ...report(name, FRAME, drops) }];
}

async function searching(bench: BenchPage): Promise<readonly Named[]> {
  await bench.page.keyboard.press('Control+k');
  await bench.page.getByRole('dialog').getByRole('combobox').waitFor();
  const searched = await press(bench, 'searching everything', letters('ingrid solberg'), LOOK);
  await bench.page.keyboard.press('Escape');
  await bench.page.keyboard.press('Escape');
  return [searched];
}

/** By its line in the sidebar, from the board. */
async function openingToday(bench: BenchPage): Promise<readonly Named[]> {
  const { page } = bench;
  await toPage(bench, '/deals', '[data-card]');
  const box = await page.locator('nav a[href="/today"]').first().boundingBox();
  if (!box) throw new Error('The sidebar does not lead to Today');
  const steps = Array.from(
    { length: OPENINGS },
    () => () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2),
  );
  const name = 'opening Today';
  const opened = await measureSteps(bench, {
    name,
    event: 'click',
    aim: LOOK,
    steps,
    awaited: '.today__lead h2',
    goBack: () => page.goBack(),
  });
  return [{ name, ...opened }];
}

/** From its card, by Enter. */
async function openingDeal(bench: BenchPage): Promise<readonly Named[]> {
  const { page } = bench;
  await toPage(bench, '/deals', '[data-card]');
  const focusCard = () => page.locator('[data-card]').first().focus();
  await focusCard();
  return opening(bench, 'opening a deal', async () => {
    await page.goBack();
    await focusCard();
  });
}

/** By Enter on what has the focus, until its timeline is there. */
async function opening(bench: BenchPage, name: string, goBack: () => Promise<void>): Promise<readonly Named[]> {
  const steps = Array.from({ length: OPENINGS }, () => () => bench.page.keyboard.press('Enter'));
  const event = 'keydown';
  return [{ name, ...(await measureSteps(bench, { name, event, aim: LOOK, steps, awaited: '.tl__row', goBack })) }];
}

async function filtering(bench: BenchPage): Promise<readonly Named[]> {
  const { page } = bench;
  await toPage(bench, '/contacts', '[role="rowheader"]');
  await page.keyboard.press('f');
  await page.waitForTimeout(500);
  return [await press(bench, 'filtering a table', letters('solberg'), LOOK)];
}

/** Down the table, then a cell of each row is written anew. The table is sorted by name, so that the rows stay. */
async function editing(bench: BenchPage): Promise<readonly Named[]> {
  const { page } = bench;
  await toPage(bench, '/contacts', '[role="rowheader"]');
  await page.locator('[data-row="0"][data-col="0"]').focus();
  const walked = await press(bench, 'walking down a table', Array<string>(WALKED).fill('ArrowDown'), LOOK);
  await page.locator(`[data-row="${WALKED}"][data-field$="/jobTitle"]`).focus();
  const type = async () => {
    await page.keyboard.type('Advisor');
    await page.waitForTimeout(200);
  };
  await type();
  const name = 'writing a cell';
  const steps = Array.from({ length: EDITS }, () => () => page.keyboard.press('Enter'));
  const written = await measureSteps(bench, { name, event: 'keydown', aim: FRAME, steps, goBack: type });
  return [walked, { name, ...written }];
}

/** By the heads of columns, each up and down. */
async function sorting(bench: BenchPage): Promise<readonly Named[]> {
  const { page } = bench;
  await toPage(bench, '/contacts', '[role="rowheader"]');
  const name = 'sorting a table';
  const heads = page.locator('[data-row="-1"][data-col]:not([data-col="-1"])');
  const boxes = await Promise.all([0, 1, 2, 3].map((column) => heads.nth(column).boundingBox()));
  const steps = boxes.flatMap((box) => {
    const click = () => page.mouse.click((box?.x ?? 0) + 40, (box?.y ?? 0) + 16);
    return [click, click];
  });
  return [{ name, ...(await measureSteps(bench, { name, event: 'click', aim: LOOK, steps })) }];
}

/** The contact with the longest timeline, from the table it stands in. */
async function openingContact(bench: BenchPage): Promise<readonly Named[]> {
  const { page, longestOf } = bench;
  await toPage(bench, `/contacts/${longestOf}`, '.tl__row');
  const title = await page.locator('.idcard__name h1').innerText();
  await toPage(bench, '/contacts', '[role="rowheader"]');
  const find = async () => {
    await page.keyboard.press('f');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(title);
    await page.locator(`[data-field="${longestOf}/name"]`).focus();
    await page.waitForTimeout(500);
  };
  await find();
  return opening(bench, 'opening a contact', async () => {
    await page.goBack();
    await page.locator('[role="rowheader"]').first().waitFor();
    await find();
  });
}

/** Goes to a page and waits until all that is read and made ready beforehand is there. */
async function toPage({ page, settled }: BenchPage, path: string, awaited: string): Promise<void> {
  await page.goto(path);
  await page.locator(awaited).first().waitFor({ timeout: 60_000 });
  await settled();
}
