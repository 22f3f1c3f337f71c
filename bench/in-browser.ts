/** What the benches in real Chromium share: a server with a workspace, a signed-in page, and how a wait is measured. */
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../e2e/browser.ts';
import { startServer } from '../e2e/support/server.ts';
import { measured, percentile } from './measure.ts';

const SIGN_IN = { email: 'maya@northlane.example', password: 'northlane-demo' };
/** Between two things a person does. */
const PAUSE_MS = 120;

/** Kept by the page: ms from each event to the frame that was painted after it. */
declare global {
  var inputToPaint: Record<string, number[]>;
}

/** A text, because tsx leaves its own helpers in functions, which the page does not have. */
const WATCH = `
  globalThis.inputToPaint = {};
  for (const type of ['keydown', 'dragover', 'drop']) {
    addEventListener(type, (event) => {
      requestAnimationFrame(() => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () =>
          (globalThis.inputToPaint[type] ??= []).push(performance.now() - event.timeStamp);
        port2.postMessage(null);
      });
    }, true);
  }
`;

export interface BenchPage {
  readonly page: Page;
  /** CPU ms the page's main thread has worked since it was opened: handlers, layout, paint, garbage collection. */
  worked(): Promise<number>;
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
  { dataDir, contacts, deals }: { dataDir: string; contacts: number; deals: number },
): Promise<BenchPage> {
  const size = ['--deals', `${deals}`, '--contacts', `${contacts}`, '--seed', '7'];
  execFileSync(process.execPath, ['--import', 'tsx', 'server/scripts/seed.ts', ...size], {
    env: { ...process.env, DATA_DIR: dataDir },
  });
  const server = await startServer({ env: { DATA_DIR: dataDir } });
  const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1440, height: 900 } });
  await context.request.post('/api/auth/sign-in/email', { data: SIGN_IN, headers: { origin: server.url } });
  const page = await context.newPage();
  await page.addInitScript(WATCH);
  const session: CDPSession = await context.newCDPSession(page);
  // Thread time, so that what else the machine does does not count as ours.
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  await page.goto('/deals');
  await page.getByRole('button', { name: /^Sync status: Synced/ }).waitFor({ timeout: 120_000 });
  await page.evaluate(() => navigator.serviceWorker.ready);
  return {
    page,
    async worked() {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000;
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
  readonly event: 'keydown' | 'dragover' | 'drop';
  /** What a frame leaves, in ms. */
  readonly aim: number;
  readonly steps: readonly (() => Promise<void>)[];
}

/**
 * Does things at a person's pace and reports for each how long it took from the event to the painted frame (which
 * includes waiting for the display, up to 17 ms) and how long the main thread worked for it, which is ours alone.
 */
export async function measureSteps({ page, worked }: BenchPage, { name, event, aim, steps }: Steps): Promise<void> {
  await page.evaluate(() => {
    globalThis.inputToPaint = {};
  });
  const work: number[] = [];
  for (const step of steps) {
    const before = await worked();
    await step();
    await page.waitForTimeout(PAUSE_MS);
    work.push((await worked()) - before);
  }
  const times = await page.evaluate((type) => globalThis.inputToPaint[type] ?? [], event);
  // The browser puts several moves of the hand into one event.
  const fewest = event === 'dragover' ? 5 : steps.length;
  if (times.length < fewest) throw new Error(`${name}: ${times.length} of ${steps.length} ${event} were seen`);
  const shares = (values: readonly number[]) =>
    `50 % ${percentile(values, 0.5).toFixed(0)}, 95 % ${percentile(values, 0.95).toFixed(0)}, worst ${percentile(values, 1).toFixed(0)} ms`;
  console.log(`${name} (aim ${aim}): painted ${shares(times)}; worked ${shares(work)}; load ${load()}`);
  const row = { unit: 'ms', against: aim, what: 'aim' };
  console.log(measured({ name: `${name}, painted, 95 %`, value: percentile(times, 0.95), ...row }));
  console.log(measured({ name: `${name}, main thread, 95 %`, value: percentile(work, 0.95), ...row }));
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
