/** The import wizard as a person uses it. */
import { expect, type Locator } from '@playwright/test';
import type { Person } from '../support/person.ts';

/** A file on disk, or one made for the test. */
export type ChosenFile = string | { readonly name: string; readonly mimeType: string; readonly buffer: Buffer };

export interface ImportWizard {
  open(): Promise<void>;
  choose(files: readonly ChosenFile[]): Promise<void>;
  /** Goes on to the step of this name. */
  goTo(step: 'Match columns' | 'Match values' | 'Check duplicates' | 'Import'): Promise<void>;
  footer(): Locator;
  headline(): Locator;
}

export function csvNamed(name: string, text: string): ChosenFile {
  return { name, mimeType: 'text/csv', buffer: Buffer.from(text) };
}

export function importOf({ page }: Person): ImportWizard {
  return {
    async open() {
      await page.goto('/import');
      await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
    },
    async choose(files) {
      const chooser = page.getByLabel('CSV files');
      if (files.every((file) => typeof file === 'string')) await chooser.setInputFiles(files as string[]);
      else await chooser.setInputFiles(files.filter((file) => typeof file !== 'string'));
    },
    async goTo(step) {
      await page.getByRole('button', { name: step, exact: true }).click();
    },
    footer: () => page.locator('footer.impfoot p'),
    headline: () => page.getByRole('heading', { level: 2, name: /^(Imported|The import is undone)/ }),
  };
}
