/** What the benches in real Chromium share: a server with a workspace, a signed-in page, and how a wait is measured. */
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../e2e/browser.ts';
import { startServer } from '../e2e/support/server.ts';
import { measured, percentile } from './measure.ts';

export const SIGN_IN = { email: 'maya@northlane.example', password: 'northlane-demo' };
/** Between two things a person does. */
const PAUSE_MS = 120;
/** A page that is opened is measured until everything on it is there. */
const OPENED_MS = 700;
const SYNCED_WITHIN_MS = 300_000;
/** A page that works less than this in a second has nothing to do; presence and timers take a few ms. */
const IDLE_MS = 20;
const QUIET_SECONDS = 2;
const SETTLED_WITHIN_S = 60;

/** Kept by the page. */
declare global {
  /** By kind of event: ms from each to the frame that was painted after it. */
  var inputToPaint: Record<string, number[]>;
  /** What must be in the document before a frame counts as the answer: a selector, '' for nothing. */
  var awaited: string;
}

/** A text, because tsx leaves its own helpers in functions, which the page does not have. */
const WATCH = `
  globalThis.inputToPaint = {};
  globalThis.awaited = '';
  for (const type of ['keydown', 'click', 'dragover', 'drop']) {
    addEventListener(type, (event) => {
      const { awaited } = globalThis;
      const look = () => requestAnimationFrame(() => {
        if (awaited !== '' && !document.querySelector(awaited)) {
          if (performance.now() - event.timeStamp < 5000) look();
          return;
        }
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () =>
          (globalThis.inputToPaint[type] ??= []).push(performance.now() - event.timeStamp);
        port2.postMessage(null);
      });
      look();
    }, true);
  }
`;

export interface WorkspaceSize {
  readonly contacts: number;
  readonly deals: number;
  /** Four a deal unless given. */
  readonly activities?: number;
  /** So many of them are about one contact. */
  readonly longest?: number;
}

export interface BenchPage {
  readonly page: Page;
  /** The contact with the longest timeline; '' when none was asked for. */
  readonly longestOf: string;
  /** CPU ms the page's main thread has worked since it was opened: handlers, layout, paint, garbage collection. */
  worked(): Promise<number>;
  /** Resolves when the page has nothing to do any more: everything is read and made ready beforehand. */
  settled(): Promise<void>;
  /** MB that JavaScript holds, what could be thrown away left out. */
  heap(): Promise<number>;
  close(): Promise<void>;
}

export function launchBrowser(): Promise<Browser> {
  const executablePath = findBrowser();
  return chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--disable-gpu', '--disable-quic'],
  });
}

/** Seeds a workspace of this size into `dataDir`, serves it and opens its board, synced and kept on the device. */
export async function openWorkspace(
  browser: Browser,
  { dataDir, ...size }: WorkspaceSize & { dataDir: string },
): Promise<BenchPage> {
  const numbers = Object.entries({ ...size, seed: 7 }).flatMap(([name, value]) => [`--${name}`, `${value}`]);
  const seeded = execFileSync(process.execPath, ['--import', 'tsx', 'server/scripts/seed.ts', ...numbers], {
    env: { ...process.env, DATA_DIR: dataDir },
    encoding: 'utf8',
  });
  const server = await startServer({ env: { DATA_DIR: dataDir } });
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  await context.request.post('/api/auth/sign-in/email', { data: SIGN_IN, headers: { origin: server.url } });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  const session: CDPSession = await context.newCDPSession(page);
  // Thread time, so that what else the machine does does not count as ours.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const metric = async (wanted: string) => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  };
  await page.goto('/deals');
  await page.getByRole('button', { name: /^Sync status: Synced/ }).waitFor({ timeout: SYNCED_WITHIN_MS });
  await page.evaluate(() => navigator.serviceWorker.ready);
  const worked = async () => (await metric('TaskDuration')) * 1000;
  return {
    page,
    longestOf: /contact_\w+/.exec(seeded)?.[0] ?? '',
    worked,
    async settled() {
      for (let quiet = 0, second = 0; quiet < QUIET_SECONDS && second < SETTLED_WITHIN_S; second++) {
        const before = await worked();
        await page.waitForTimeout(1_000);
        quiet = (await worked()) - before < IDLE_MS ? quiet + 1 : 0;
      }
    },
    async heap() {
      await session.send('HeapProfiler.collectGarbage');
      return (await metric('JSHeapUsedSize')) / 1e6;
    },
    async close() {
      await context.close();
      await server.dispose();
    },
  };
}

export interface Steps {
  readonly name: string;
  /** The event a person waits for the answer of. */
  readonly event: 'keydown' | 'click' | 'dragover' | 'drop';
  /** What a frame leaves, in ms. */
  readonly aim: number;
  readonly steps: readonly (() => Promise<void>)[];
  /** What must be in the document, where that is not so in the first frame already: a page that is opened. */
  readonly awaited?: string;
  /** Goes back after each step; not measured. */
  readonly goBack?: () => Promise<unknown>;
}

/** Both in ms that 95 % do not exceed. */
export interface Figures {
  readonly painted: number;
  readonly worked: number;
}

/**
 * Does things at a person's pace and reports for each how long it took from the event to the painted frame (which
 * includes waiting for the display, up to 17 ms) and how long the main thread worked for it, which is ours alone.
 */
export async function measureSteps(
  { page, worked }: BenchPage,
  { name, event, aim, steps, awaited = '', goBack }: Steps,
): Promise<Figures> {
  await page.evaluate(() => {
    globalThis.inputToPaint = {};
  });
  const work: number[] = [];
  const times: number[] = [];
  const take = async () => {
    times.push(...(await page.evaluate((type) => globalThis.inputToPaint[type]?.splice(0) ?? [], event)));
  };
  for (const step of steps) {
    await page.evaluate((selector) => {
      globalThis.awaited = selector;
    }, awaited);
    const before = await worked();
    await step();
    if (awaited !== '') await page.locator(awaited).first().waitFor();
    await page.waitForTimeout(awaited === '' ? PAUSE_MS : OPENED_MS);
    work.push((await worked()) - before);
    if (!goBack) continue;
    await take();
    await page.evaluate(() => {
      globalThis.awaited = '';
    });
    await goBack();
    await page.waitForTimeout(OPENED_MS);
    await page.evaluate(() => {
      globalThis.inputToPaint = {};
    });
  }
  await take();
  // The browser puts several moves of the hand into one event.
  const fewest = event === 'dragover' ? 5 : steps.length;
  if (times.length < fewest) throw new Error(`${name}: ${times.length} of ${steps.length} ${event} were seen`);
  return report(name, aim, { painted: times, worked: work });
}

/** Prints how long each of several waits took, in ms. */
export function report(
  name: string,
  aim: number,
  { painted, worked }: { readonly painted: readonly number[]; readonly worked: readonly number[] },
): Figures {
  const shares = (values: readonly number[]) =>
    `50 % ${percentile(values, 0.5).toFixed(0)}, 95 % ${percentile(values, 0.95).toFixed(0)}, worst ${percentile(values, 1).toFixed(0)} ms`;
  console.log(`${name} (aim ${aim}): painted ${shares(painted)}; worked ${shares(worked)}; load ${load()}`);
  const figures = { painted: percentile(painted, 0.95), worked: percentile(worked, 0.95) };
  const row = { unit: 'ms', against: aim, what: 'aim' };
  console.log(measured({ name: `${name}, painted, 95 %`, value: figures.painted, ...row }));
  console.log(measured({ name: `${name}, main thread, 95 %`, value: figures.worked, ...row }));
  return figures;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** Thread time in µs. */
  readonly tdur?: number;
  readonly args: { readonly name?: string };
}

/**
 * The longest tasks of the page's main thread while something goes on, in CPU ms, longest first: for so long nothing
 * could be painted. Not the `longtask` entries the page sees: those count the time other programs had the processor.
 */
export async function longestTasks(
  browser: Browser,
  page: Page,
  during: () => Promise<void>,
): Promise<readonly number[]> {
  await browser.startTracing(page, { categories: ['toplevel', 'devtools.timeline'] });
  await during();
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  const mains = new Set(
    traceEvents
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid}/${tid}`),
  );
  return traceEvents
    .filter(({ name, ph, pid, tid }) => name.endsWith('RunTask') && ph === 'X' && mains.has(`${pid}/${tid}`))
    .map(({ tdur = 0 }) => tdur / 1000)
    .sort((left, right) => right - left)
    .slice(0, 10);
}

/** How many processes want the machine: figures of a busy one say little. */
export function load(): string {
  return loadavg()[0]?.toFixed(1) ?? '';
}
