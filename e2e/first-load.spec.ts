/** The page must open fast on a slow line: at most 150 kB of JavaScript (gzip) before the board is on screen, and it looks right then. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { boardOf } from './pages/board.ts';
import { expect, test } from './support/fixtures.ts';

const BUDGET_BYTES = 150_000;
const dist = (path: string) => fileURLToPath(new URL(`../dist/client/${path}`, import.meta.url));

interface Chunk {
  readonly file: string;
  readonly isEntry?: boolean;
  readonly imports?: readonly string[];
}

test('what the entry imports fits the first-load budget', () => {
  const manifest: Record<string, Chunk> = JSON.parse(readFileSync(dist('.vite/manifest.json'), 'utf8'));
  const files = new Set<string>();
  const visit = (chunk: Chunk | undefined) => {
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const name of chunk.imports ?? []) visit(manifest[name]);
  };
  for (const chunk of Object.values(manifest)) if (chunk.isEntry) visit(chunk);
  expectWithinBudget([...files].filter((file) => file.endsWith('.js')));
});

test('what a device loads until the board with its deals is on screen fits the first-load budget', async ({
  owner,
  elsewhere,
}) => {
  const mine = boardOf(owner);
  await mine.open();
  await mine.add('Route planner 48k');
  await mine.synced();

  const { page } = await elsewhere(owner);
  await page.addInitScript(noteFirstCard);
  await page.goto('/deals');
  const card = page.getByRole('article', { name: 'Route planner' });
  await expect(card).toContainText('€48,000');
  const loaded = await page.evaluate(scriptsByTime);
  expect(loaded.shownAt).toBeGreaterThan(0);
  expectWithinBudget([...new Set(loaded.before)]);
  const unstyled = await page.evaluate(() => (window as unknown as { unstyledClasses: string[] }).unstyledClasses);
  const built = builtStyles();
  expect(
    unstyled.filter((name) => built.has(name)),
    'classes whose rules come after the first frame',
  ).toEqual([]);

  // What came later is what the rest needs: it follows by itself, and is there when somebody wants it.
  await expect.poll(async () => (await page.evaluate(scriptsByTime)).after.join()).toContain('menu-panel');
  await page.getByRole('button', { name: 'Board options' }).click();
  await expect(page.getByRole('menuitemcheckbox', { name: 'Show lost deals' })).toBeVisible();
  await page.keyboard.press('Escape');
  await card.focus();
  await page.keyboard.press('e');
  await expect(page.getByRole('textbox', { name: 'Value of Route planner' })).toBeFocused();
});

/** Runs in the page before its own scripts: marks the frame in which the first card is painted, and what has no style in it. */
function noteFirstCard(): void {
  const watch = new MutationObserver(() => {
    if (!document.querySelector('[data-card]')) return;
    watch.disconnect();
    requestAnimationFrame(() => {
      performance.mark('first card shown');
      const rulesOf = (rules: CSSRuleList): string =>
        [...rules]
          .map(
            (rule) =>
              ('cssRules' in rule ? rulesOf(rule.cssRules as CSSRuleList) : '') + (rule as CSSStyleRule).selectorText,
          )
          .join(' ');
      const known = [...document.styleSheets].map((sheet) => rulesOf(sheet.cssRules)).join(' ');
      const styled = new Set([...known.matchAll(/\.([\w-]+)/g)].map(([, name]) => name));
      const used = new Set([...document.querySelectorAll('body [class]')].flatMap((element) => [...element.classList]));
      Object.assign(window, { unstyledClasses: [...used].filter((name) => !styled.has(name)) });
    });
  });
  watch.observe(document, { childList: true, subtree: true });
}

/** Runs in the page: the scripts it has asked for before and after that mark. What its service worker fetches is not here. */
function scriptsByTime(): { shownAt: number; before: string[]; after: string[] } {
  const shownAt = performance.getEntriesByName('first card shown')[0]?.startTime ?? 0;
  const scripts = performance
    .getEntriesByType('resource')
    .map((entry) => ({ path: new URL(entry.name).pathname.slice(1), at: entry.startTime }))
    .filter(({ path }) => path.endsWith('.js'));
  return {
    shownAt,
    before: scripts.filter(({ at }) => at <= shownAt).map(({ path }) => path),
    after: scripts.filter(({ at }) => at > shownAt).map(({ path }) => path),
  };
}

/** Every class that some style sheet of the build has a rule for. */
function builtStyles(): ReadonlySet<string> {
  const sheets = readdirSync(dist('assets')).filter((name) => name.endsWith('.css'));
  const text = sheets.map((name) => readFileSync(dist(`assets/${name}`), 'utf8')).join(' ');
  return new Set([...text.matchAll(/\.([a-zA-Z_][\w-]*)/g)].map(([, name]) => name ?? ''));
}

function expectWithinBudget(files: readonly string[]): void {
  const sizes = files.map((file) => ({ file, bytes: gzipSync(readFileSync(dist(file)), { level: 9 }).byteLength }));
  const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
  console.log(`First load: ${(total / 1000).toFixed(1)} kB gzip in ${files.length} files`);
  expect(files.length).toBeGreaterThan(0);
  expect(total, JSON.stringify(sizes, null, 2)).toBeLessThanOrEqual(BUDGET_BYTES);
}
