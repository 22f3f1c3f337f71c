/** Accessibility as axe sees it, in both themes: WCAG 2.0 to 2.2 A and AA, and best practices. */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
/** What another theme can change; everything else axe would only find a second time. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Fails with one line per finding: rule, element, what to do. */
export async function expectAccessible(page: Page, { within }: { within?: string } = {}): Promise<void> {
  const before = await page.evaluate(() => document.documentElement.dataset.theme);
  for (const theme of ['light', 'dark']) {
    await setTheme(page, theme);
    // The legacy mode asks this page only, and not frames through a second page: there are no frames.
    const builder = new AxeBuilder({ page }).setLegacyMode();
    if (theme === 'light') builder.withTags(TAGS);
    else builder.withRules(COLOUR_RULES);
    const { violations } = await (within ? builder.include(within) : builder).analyze();
    const findings = violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ target }) => `${id}: ${help} (${target})`),
    );
    expect(findings, `axe, ${theme} theme, ${page.url()}`).toEqual([]);
  }
  await setTheme(page, before ?? 'light');
}

async function setTheme(page: Page, theme: string): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
}
