/** A workspace filled with the sample data, the way a person fills it: 60 contacts, 17 companies, 17 deals. */
import { expect } from '@playwright/test';
import type { Person } from '../support/person.ts';

export async function addSampleData({ page }: Person): Promise<void> {
  await page.goto('/deals');
  // By key: a click leaves the mouse in the middle of what is a phone in some tests, and what is drawn under it is hovered.
  await page.getByRole('button', { name: /Look around with sample data/ }).press('Enter');
  await expect(page.getByRole('article', { name: /^Shop fittings, 6 branches/ })).toBeVisible();
}

/** The address of a record that is found by its name in a list: `/contacts/…`. */
export async function addressOf({ page }: Person, list: '/contacts' | '/companies', name: string): Promise<string> {
  await page.goto(list);
  // Found by its name: a list has only the rows that are in view.
  await page.getByRole('textbox', { name: /^Find a / }).fill(name);
  const href = await page.getByRole('link', { name }).first().getAttribute('href');
  expect(href, `where ${name} is`).not.toBeNull();
  return href ?? '';
}
