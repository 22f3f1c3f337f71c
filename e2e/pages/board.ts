/** The deal board as a person uses it. Names are what is on the screen, so a test reads like a story. */
import { expect, type Locator } from '@playwright/test';
import type { Person } from '../support/person.ts';

export interface Board {
  open(): Promise<void>;
  column(name: string): Locator;
  card(title: string): Locator;
  /** Types one line into the quick add of a column: "Vans @Kestrel 48k". */
  add(line: string, column?: string): Promise<void>;
  /** Moves a card by keyboard: M, then the stage. */
  move(title: string, stage: string): Promise<void>;
  /** Changes the value of a deal in its card. */
  setValue(title: string, value: string): Promise<void>;
  sync(words: RegExp): Locator;
  /** Waits until everything of this person is on the server's disk. */
  synced(): Promise<void>;
}

/** Longer than the back-off after a cut line (at most 30 s), for what must arrive after it has healed. */
export const AFTER_HEALING = { timeout: 45_000 };

export function boardOf({ page }: Person): Board {
  const column = (name: string) => page.getByRole('region', { name, exact: true });
  const card = (title: string) => page.getByRole('article', { name: title });
  const sync = (words: RegExp) => page.getByRole('button', { name: new RegExp(`^Sync status: ${words.source}`) });
  return {
    column,
    card,
    sync,
    async open() {
      await page.goto('/deals');
      await expect(page.getByRole('main')).toBeVisible();
    },
    async add(line, where = 'Lead') {
      if ((await page.getByRole('form', { name: `New deal in ${where}` }).count()) === 0) {
        // "New deal" is there before the first deal too, when the page still shows the ways in.
        const button = where === 'Lead' ? /^New deal/ : `Add deal to ${where}`;
        await page.getByRole('button', { name: button }).click();
      }
      const input = page.getByRole('textbox', { name: 'Deal, company, value and close date in one line' });
      await input.fill(line);
      await input.press('Enter');
      await expect(input).toHaveValue('');
      await input.press('Escape');
    },
    async move(title, stage) {
      await card(title).focus();
      await page.keyboard.press('m');
      await page.getByRole('option', { name: stage }).click();
      await expect(column(stage).getByRole('article', { name: title })).toBeVisible();
    },
    async setValue(title, value) {
      await card(title).focus();
      await page.keyboard.press('e');
      const input = page.getByRole('textbox', { name: `Value of ${title}` });
      await input.fill(value);
      await input.press('Enter');
    },
    async synced() {
      // The words stay "Synced" for the first two seconds of sending.
      await expect(sync(/Synced/)).toHaveAttribute('aria-busy', 'false', AFTER_HEALING);
    },
  };
}
